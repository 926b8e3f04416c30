"""Logging in and out."""

from __future__ import annotations

import math
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from retold.desk.people import GRANTED, People, Person, same, spelt
from retold.web.guard.asgi import client
from retold.web.guard.rates import neighbour
from retold.web.guard.slow import Slow
from retold.web.settings import Settings
from retold.web.turns import Turns
from retold.web.visiting import TheVisit, page

router = APIRouter(include_in_schema=False)

WRONG = "Name and password do not fit, or the token is another."
Text = Annotated[str, Form(max_length=1024)]


def inside(address: str) -> str:
    """Return an address within the desk, or its first page where it leads elsewhere."""
    plain = address.startswith("/") and not address.startswith("//")
    return address if plain and "\\" not in address and address.isprintable() else "/"


def _key(name: str) -> str:
    """Return what failures of a name are counted by, however it was typed."""
    return spelt(name).casefold()


class Door:
    """Lets in who knows a password or the token, and makes guessing slow."""

    def __init__(self, people: People, settings: Settings) -> None:
        """Know who may come in."""
        self.people, self.settings = people, settings
        self.clients, self.names = Slow(300.0), Slow(20.0)
        self.turns = Turns(2, "Others are logging in just now; try again in a moment.")
        """Each password that is tried takes 64 MB for a moment."""

    def wait(self, who: str, name: str) -> float:
        """Return the seconds until ``who`` may try as ``name``."""
        return max(self.clients.wait(who), self.names.wait(_key(name)))

    def enter(self, who: str, name: str, password: str, token: str) -> Person | None:
        """Return who it is; it counts as a failure until that is known.

        So whoever tries many at the same time is slowed as by one after the other.
        """
        counted = ((self.clients, who), (self.names, _key(name)))
        for slow, key in counted:
            slow.failed(key)
        if token:
            found = GRANTED if same(token, self.settings.token) else None
        else:
            with self.turns.one():
                found = self.people.known(name, password)
        if found is not None:
            for slow, key in counted:
                slow.done(key)
        return found


def _shown(
    request: Request,
    visit: TheVisit,
    back: str,
    name: str = "",
    trouble: str = "",
    status: int = 200,
) -> Response:
    door: Door = request.app.state.door
    return page(
        "login.html.j2",
        visit,
        status=status,
        next=back,
        name=name,
        trouble=trouble,
        people=door.people.any(),
        granted=bool(door.settings.token),
    )


@router.get("/login")
def ask(request: Request, visit: TheVisit, next: str = "/") -> Response:  # noqa: A002 - its name in the address
    """Show the form."""
    if visit.person is not None:
        return RedirectResponse(inside(next), 303)
    return _shown(request, visit, inside(next))


@router.post("/login")
def enter(
    request: Request,
    visit: TheVisit,
    name: Text = "",
    password: Text = "",
    token: Text = "",
    next: Text = "/",  # noqa: A002 - its name in the form
) -> Response:
    """Let somebody in."""
    door: Door = request.app.state.door
    who = neighbour(client(request.scope))
    wait = door.wait(who, name)
    if wait:
        seconds = math.ceil(wait)
        answer = _shown(
            request, visit, inside(next), name, f"Wait {seconds} seconds and try again.", 429
        )
        answer.headers["retry-after"] = str(seconds)
        return answer
    person = door.enter(who, name, password, token)
    if person is None:
        return _shown(request, visit, inside(next), name, WRONG, 403)
    hours = door.settings.session_hours
    grant = door.settings.token if person is GRANTED else ""
    visit.begin(door.people.open_session(person, hours, grant), hours)
    return RedirectResponse(inside(next), 303)


@router.post("/logout")
def leave(request: Request, visit: TheVisit) -> Response:
    """Let somebody out."""
    door: Door = request.app.state.door
    door.people.close_session(visit.secret)
    visit.end()
    return RedirectResponse("/login", 303)
