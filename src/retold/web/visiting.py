"""What routes ask of a request: the desk, and who is there."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request
from fastapi.responses import HTMLResponse

from retold.desk import Desk
from retold.web.guard.access import Visit
from retold.web.render import render
from retold.web.turns import Turns

PLACES = (
    ("/", "Stories"),
    ("/articles", "Articles"),
    ("/outlets", "Outlets"),
    ("/seen", "Seen before?"),
    ("/compare", "Compare"),
    ("/decisions", "Decisions"),
    ("/feeds", "Feeds"),
    ("/runs", "Runs"),
)
"""What every page leads to."""


def the_desk(request: Request) -> Desk:
    """Return the desk that is served."""
    desk: Desk = request.app.state.desk
    return desk


def the_visit(request: Request) -> Visit:
    """Return who asks."""
    visit: Visit = request.state.visit
    return visit


TheDesk = Annotated[Desk, Depends(the_desk)]
TheVisit = Annotated[Visit, Depends(the_visit)]


def page(
    name: str, visit: Visit, here: str = "", /, *, status: int = 200, **given: Any
) -> HTMLResponse:
    """Return a page.

    Args:
        name: of the template.
        visit: who reads it.
        here: which of :data:`PLACES` it stands in.
        status: of the answer.
        given: what the template shows.
    """
    text = render(name, visit=visit, here=here, places=PLACES, **given)
    return HTMLResponse(text, status)


def in_turn(request: Request) -> AbstractContextManager[None]:
    """Let few compare at once; raises HTTPException (503) where too many do."""
    turns: Turns = request.app.state.comparing
    return turns.one()


def in_turn_to_fetch(request: Request) -> AbstractContextManager[None]:
    """Let few fetch from the web at once; raises HTTPException (503) where too many do."""
    turns: Turns = request.app.state.fetching
    return turns.one()


def missing(what: str) -> HTTPException:
    """Return the error that says that something is not there."""
    return HTTPException(404, f"There is no such {what} here.")
