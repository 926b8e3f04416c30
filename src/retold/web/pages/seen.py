"""Has the desk seen this? Articles picked by hand, compared; storing what was pasted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from retold.desk import Desk
from retold.desk.addresses import links
from retold.desk.values import ArticleRow, Seen, SeenVersion
from retold.errors import UsageError
from retold.report.html.piece import body
from retold.web.api.common import article_of
from retold.web.api.seen import Given, handed
from retold.web.problems import Refused
from retold.web.visiting import TheDesk, TheVisit, in_turn, page

router = APIRouter(include_in_schema=False)

PASSAGES = 5
"""Passages shown of an article, the longest first."""
Text = Annotated[str, Form(max_length=1_000_000)]
Word = Annotated[str, Form(max_length=4_000)]
Picks = Annotated[list[Annotated[str, Query(max_length=100)]], Query(max_length=100)]
Picked = Annotated[list[Annotated[str, Form(max_length=100)]], Form(max_length=100)]


@dataclass(frozen=True, slots=True)
class Beside:
    """An article beside the text, with passages that both have."""

    version: SeenVersion
    passages: list[tuple[str, str]]
    """Kind, and the words as the article has them."""
    more: int
    """Passages that are not shown."""


def beside(desk: Desk, found: Seen) -> list[Beside]:
    """Return the articles that a text was laid beside, with their passages."""
    values = desk.values(v.article.id for v in found.versions)
    told = []
    for version in found.versions:
        text = values[version.article.id].text
        sides = [(m, m.b if m.a.article == found.text.id else m.a) for m in version.passages]
        sides.sort(key=lambda pair: (pair[1].start - pair[1].end, pair[1].start))
        shown = [(str(m.kind), text[side.start : side.end]) for m, side in sides[:PASSAGES]]
        told.append(Beside(version, shown, max(0, len(sides) - PASSAGES)))
    return told


def pasted(text: Text = "", url: Word = "", title: Word = "", outlet: Word = "") -> Given:
    """Return what the form says."""
    return Given(text=text, url=url, title=title, outlet=outlet)


Pasted = Annotated[Given, Depends(pasted)]


def _form(visit: TheVisit, given: Given, trouble: str = "", status: int = 200) -> Response:
    return page("seen.html.j2", visit, "/seen", status=status, given=given, trouble=trouble)


@router.get("/seen")
def ask(visit: TheVisit) -> Response:
    """Show the form."""
    return _form(visit, Given())


@router.post("/seen")
def seen(request: Request, desk: TheDesk, visit: TheVisit, given: Pasted) -> Response:
    """Show what the desk has of a text; store nothing."""
    try:
        article = handed(request, given)
        with in_turn(request):
            found = desk.seen(article)
    except (Refused, UsageError) as error:
        return _form(visit, given, str(error), 422)
    return page(
        "seen_result.html.j2",
        visit,
        "/seen",
        found=found,
        story=None if found.story is None else desk.story(found.story),
        beside=beside(desk, found),
        given=given,
    )


@router.post("/articles")
def store(request: Request, desk: TheDesk, visit: TheVisit, given: Pasted) -> Response:
    """Store a text that was asked about."""
    try:
        article = handed(request, given)
    except (Refused, UsageError) as error:
        return _form(visit, given, str(error), 422)
    desk.add([article], "handed in")
    return RedirectResponse(f"/articles/{article.id}", 303)


# ---------------------------------------------------------------- by hand


def _picks(
    desk: Desk, visit: TheVisit, keys: list[str], trouble: str = "", status: int = 200
) -> Response:
    rows = _rows(desk, keys)
    return page("compare.html.j2", visit, "/compare", status=status, rows=rows, trouble=trouble)


def _rows(desk: Desk, keys: list[str]) -> list[ArticleRow]:
    """Return the articles that were picked, each once: a field may name several."""
    rows = (article_of(desk, key) for field in keys for key in field.replace(",", " ").split())
    return list({row.id: row for row in rows}.values())


@router.get("/compare")
def pick(desk: TheDesk, visit: TheVisit, article: Picks = []) -> Response:  # noqa: B006 - never changed
    """Show what was picked."""
    return _picks(desk, visit, article)


@router.post("/compare")
def compare(request: Request, desk: TheDesk, visit: TheVisit, article: Picked = []) -> Response:  # noqa: B006 - never changed
    """Lay what was picked side by side; store nothing."""
    rows = _rows(desk, article)
    try:
        with in_turn(request):
            dossier = desk.compare([row.id for row in rows])
    except UsageError as error:
        return _picks(desk, visit, article, str(error), 422)

    def number(name: str) -> int | None:
        row = desk.article(name)
        return row.number if row else None

    told = body(dossier, links(number))
    return page("compare_result.html.j2", visit, "/compare", told=told, rows=rows)
