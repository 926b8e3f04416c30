"""Stories: the list, and one of them with all that its dossier holds."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from retold.desk import Desk
from retold.desk.values import Moved, StoryRow
from retold.report.html import render
from retold.report.html.piece import Body
from retold.web.api.common import Cursor, Number
from retold.web.api.stories import Order
from retold.web.kept import Kept
from retold.web.pages import decided
from retold.web.pages.articles import following
from retold.web.visiting import TheDesk, TheVisit, missing, page

router = APIRouter(include_in_schema=False)

ORDERS: tuple[tuple[Order, str], ...] = (
    ("new", "New"),
    ("growing", "Growing"),
    ("retold", "Most retold"),
    ("altered", "Most altered"),
)


@router.get("/")
def stories(
    desk: TheDesk, visit: TheVisit, order: Order = "new", cursor: Cursor = None
) -> Response:
    """Show the list."""
    found = desk.stories(order, cursor=cursor)
    return page(
        "stories.html.j2",
        visit,
        "/",
        found=found,
        order=order,
        orders=[(f"/?order={name}", name, words) for name, words in ORDERS],
        waiting=desk.waiting(),
        following=following("/", {"order": order}, found.next),
    )


@router.get("/stories/{number}")
def story(request: Request, desk: TheDesk, visit: TheVisit, number: Number) -> Response:
    """Show one."""
    found = desk.story(number)
    if isinstance(found, Moved):
        return RedirectResponse(f"/stories/{found.to}", 308)
    if found is None:
        raise missing("story")
    told = _told(request, desk, found)
    if told is None and found.renewed is not None:
        found = replace(found, waits=True)  # it could not be read: it was asked for anew
    return page(
        "story_page.html.j2",
        visit,
        "/",
        story=found,
        told=told,
        versions=() if told else desk.versions(number),
        related=desk.related(number),
        decided=decided.told(desk, desk.decisions(number).items),
    )


def _told(request: Request, desk: Desk, found: StoryRow) -> Body | None:
    """Return what the dossier of a story tells, if it has one."""
    if found.renewed is None:
        return None
    kept: Kept = request.app.state.kept
    return kept.get((found.number, found.renewed), lambda: desk.piece(found.number))


@router.get("/stories/{number}/report.html")
def report(desk: TheDesk, number: Number) -> Response:
    """Give the dossier as one file that needs nothing else, to hand on."""
    found = desk.story(number)
    if isinstance(found, Moved):
        return RedirectResponse(f"/stories/{found.to}/report.html", 308)
    dossier = desk.dossier(number)
    if dossier is None:
        raise missing("report")
    name = f'attachment; filename="story-{number}.html"'
    headers = {"content-disposition": name}
    return Response(render(dossier), media_type="text/html; charset=utf-8", headers=headers)
