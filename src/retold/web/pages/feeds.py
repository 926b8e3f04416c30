"""Feeds that are watched, and sites that share rare marks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from retold.desk import Desk
from retold.web.api.common import Cursor, Number
from retold.web.api.feeds import Wanted, feed, imported, watched
from retold.web.guard.access import Visit
from retold.web.pages.articles import following
from retold.web.problems import Refused
from retold.web.visiting import TheDesk, TheVisit, page

router = APIRouter(include_in_schema=False)

Word = Annotated[str, Form(max_length=4_000)]
List = Annotated[str, Form(max_length=2_000_000)]


def _shown(
    desk: Desk, visit: Visit, cursor: str | None = None, trouble: str = "", url: str = ""
) -> Response:
    found = desk.feeds(cursor)
    return page(
        "feeds.html.j2",
        visit,
        "/feeds",
        status=422 if trouble else 200,
        found=found,
        kin=desk.kin_sites() if cursor is None else [],
        following=following("/feeds", {}, found.next),
        trouble=trouble,
        url=url,
    )


def _done(desk: Desk, visit: Visit, step: Callable[[], object], url: str = "") -> Response:
    """Take a step and go on to the list, or say there why it could not be taken."""
    try:
        step()
    except Refused as error:
        return _shown(desk, visit, trouble=str(error), url=url)
    return RedirectResponse("/feeds", 303)


@router.get("/feeds")
def feeds(desk: TheDesk, visit: TheVisit, cursor: Cursor = None) -> Response:
    """Show the list."""
    return _shown(desk, visit, cursor)


@router.post("/feeds")
def add(
    request: Request,
    desk: TheDesk,
    visit: TheVisit,
    url: Word = "",
    outlet: Word = "",
    every: Word = "",
) -> Response:
    """Watch one."""
    wanted = Wanted(url, outlet[:500], bool(every))
    return _done(desk, visit, lambda: watched(request, desk, wanted), url)


@router.post("/feeds/opml")
def add_list(desk: TheDesk, visit: TheVisit, opml: List = "") -> Response:
    """Watch all of a list."""
    return _done(desk, visit, lambda: imported(desk, opml))


@router.post("/feeds/{number}/remove")
def remove(desk: TheDesk, number: Number) -> Response:
    """Watch one no more."""
    desk.remove_feed(feed(desk, number).number)
    return RedirectResponse("/feeds", 303)
