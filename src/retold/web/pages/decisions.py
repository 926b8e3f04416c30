"""Decisions of editors: the list, and the forms by which they are made and undone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response

from retold.desk import Desk
from retold.desk.values import Decision, DecisionKind, Moved, StoryRow
from retold.errors import UsageError
from retold.model import Dossier, Span
from retold.report.html.naming import clip
from retold.web.api.common import Cursor, Number
from retold.web.api.decisions import decision, who
from retold.web.guard.access import Visit
from retold.web.pages.articles import following
from retold.web.pages.decided import told
from retold.web.visiting import TheDesk, TheVisit, missing, page

router = APIRouter(include_in_schema=False)

SHOWN = 90
"""Characters of a reading in a list to choose from."""
Names = Annotated[list[Annotated[str, Form(max_length=100)]], Form(max_length=1_000)]
Word = Annotated[str, Form(max_length=300)]
Note = Annotated[str, Form(max_length=10_000)]


@router.get("/decisions")
def decisions(desk: TheDesk, visit: TheVisit, cursor: Cursor = None) -> Response:
    """Show the list."""
    found = desk.decisions(None, cursor)
    return page(
        "decisions.html.j2",
        visit,
        "/decisions",
        decided=told(desk, found.items),
        following=following("/decisions", {}, found.next),
    )


@router.post("/decisions/{number}/undo")
def undo(desk: TheDesk, visit: TheVisit, number: Number, back: Word = "") -> Response:
    """Undo one."""
    desk.undo(decision(desk, number).number, who(visit))
    story = back if back.isascii() and back.isdigit() else ""
    return RedirectResponse(f"/stories/{story}#decided" if story else "/decisions", 303)


@router.get("/stories/{number}/decide")
def ask(
    desk: TheDesk,
    visit: TheVisit,
    number: Number,
    claim: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """Show the forms."""
    found = _story(desk, number)
    if isinstance(found, Moved):
        return RedirectResponse(f"/stories/{found.to}/decide", 308)
    return _forms(desk, visit, found, claim)


@router.post("/stories/{number}/decide")
def decide(
    desk: TheDesk,
    visit: TheVisit,
    number: Number,
    kind: Word,
    article: Names = [],  # noqa: B006 - never changed
    other: Word = "",
    span: Names = [],  # noqa: B006 - never changed
    value: Word = "",
    note: Note = "",
) -> Response:
    """Decide."""
    found = _story(desk, number)
    if isinstance(found, Moved):  # since the form was shown
        found = _story(desk, found.to)
    if isinstance(found, Moved):
        raise missing("story")
    try:
        _decide(desk, who(visit), found.number, kind, article, other, span, value, note)
    except UsageError as error:
        return _forms(desk, visit, found, "", str(error), 422)
    return RedirectResponse(f"/stories/{found.number}#decided", 303)


def _decide(
    desk: Desk,
    by: str,
    number: int,
    kind: str,
    articles: list[str],
    other: str,
    spans: list[str],
    value: str,
    note: str,
) -> None:
    match kind:
        case "split":
            desk.split(articles, number, by, note)
        case "merge":
            if not (other.isascii() and other.isdigit() and len(other) < 19):
                raise UsageError("give the number of the other story")
            desk.merge([number, int(other)], by, note)
        case "note":
            desk.note(number, note, by)
        case "not-derived":
            pair = (*articles, other)
            desk.decide(Decision(DecisionKind.NOT_DERIVED, pair, note=note), by)
        case "date":
            desk.decide(Decision(DecisionKind.DATE, tuple(articles), value=value, note=note), by)
        case "speaker" | "not-same":
            places = tuple(_span(text) for text in spans)
            made = Decision(DecisionKind(kind), spans=places, value=value, note=note)
            desk.decide(made, by)
        case _:
            raise UsageError("choose what is to be decided")


def _span(text: str) -> Span:
    article, _, place = text.rpartition(":")
    start, _, end = place.partition("-")
    if not all(n.isascii() and n.isdigit() and len(n) < 10 for n in (start, end)):
        raise UsageError("choose the words from the list")
    return Span(article, int(start), int(end))


def _story(desk: Desk, number: int) -> StoryRow | Moved:
    found = desk.story(number)
    if found is None:
        raise missing("story")
    return found


def _forms(
    desk: Desk,
    visit: Visit,
    found: StoryRow,
    claim: str,
    trouble: str = "",
    status: int = 200,
) -> Response:
    versions = desk.versions(found.number)
    names = {row.id: clip(row.outlet or row.title or row.id, 40) for row in versions}
    dossier = desk.dossier(found.number)
    claims, readings = _claims(dossier, names, claim)
    return page(
        "decide.html.j2",
        visit,
        "/",
        status=status,
        story=found,
        versions=versions,
        quotations=_quotations(dossier, names),
        claims=claims,
        claim=claim,
        readings=readings,
        trouble=trouble,
    )


Choice = tuple[str, str]
"""What a form sends, and what is shown for it."""


def _quotations(dossier: Dossier | None, names: dict[str, str]) -> list[Choice]:
    """Return the quoted words of a story to choose from."""
    stories = dossier.stories if dossier else ()
    return [
        _choice(reading.article, reading.start, reading.end, reading.text, names)
        for story in stories
        for quotation in story.apparatus.quotations
        for reading in quotation.readings
        if reading.article in names
    ]


def _claims(
    dossier: Dossier | None, names: dict[str, str], wanted: str
) -> tuple[list[Choice], list[Choice]]:
    """Return the claims of several versions, and the readings of the one that is wanted."""
    claims, readings = [], []
    for story in dossier.stories if dossier else ():
        for item in story.apparatus.claims:
            here = [r for r in item.readings if r.article in names]
            if len(here) > 1:
                claims.append((item.id, clip(item.label, SHOWN)))
                if item.id == wanted:
                    readings = [_choice(r.article, r.start, r.end, r.text, names) for r in here]
    return claims, readings


def _choice(article: str, start: int, end: int, text: str, names: dict[str, str]) -> Choice:
    return f"{article}:{start}-{end}", f"{names[article]}: {clip(text, SHOWN)}"
