"""The application: the desk, its routes, and the guards before them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from retold._version import __version__
from retold.desk import Desk
from retold.desk.people import People
from retold.errors import DeskError, UsageError
from retold.web import api, pages
from retold.web.api.common import describe
from retold.web.given import client
from retold.web.guard.access import Access
from retold.web.guard.bodies import Bodies
from retold.web.guard.headers import Headers
from retold.web.guard.heads import Heads
from retold.web.guard.hosts import LOOPBACK, Hosts
from retold.web.guard.logs import Logs, write
from retold.web.guard.rates import Buckets, Rates
from retold.web.kept import Kept
from retold.web.metrics import Metrics
from retold.web.pages import login
from retold.web.problems import Refused, refusal, title
from retold.web.settings import Settings, is_loopback, require_secret
from retold.web.turns import Turns

ABOUT = """\
What the pages of a desk show, as JSON. Lists come a page at a time: hand `next` back as `cursor`.
Errors are problem details (RFC 9457). Send `Authorization: Bearer TOKEN` where the desk has people
or a token; without, requests that change something need the `X-CSRF-Token` of `/api/v1/session`."""
SENTENCES = {404: "There is nothing at this address.", 405: "This cannot be done at this address."}


def create_app(
    desk_path: Path,
    settings: Settings,
    log: Callable[[dict[str, Any]], None] = write,
) -> FastAPI:
    """Open the desk and make the application that serves it; its ``state.desk`` is to be closed.

    Args:
        desk_path: the desk's file; it is made where there is none.
        settings: how it is served.
        log: takes a line for each request.

    Raises:
        DeskError: the file is no desk, or cannot be opened.
        UsageError: the desk would be open to other machines.
    """
    desk = Desk.open(desk_path)
    people = People(desk.database)
    try:
        require_secret(settings, people=people.any())
    except UsageError:
        desk.close()
        raise

    app = FastAPI(
        title="Retold",
        version=__version__,
        description=ABOUT,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
    )
    app.state.desk, app.state.settings, app.state.metrics = desk, settings, Metrics()
    app.state.comparing = Turns(2, "Others are comparing just now; try again in a moment.")
    app.state.fetching = Turns(4, "Others are asking the web just now; try again in a moment.")
    app.state.kept, app.state.web = Kept(), client(settings)
    app.state.beside = None  # until one works beside the serving
    app.state.door = login.Door(people, settings)
    _guard(app, people, settings, log)
    _explain(app, log)
    for room in (*api.ROOMS, *pages.ROOMS):
        app.include_router(room.router)
    describe(app)
    return app


def _guard(
    app: FastAPI, people: People, settings: Settings, log: Callable[[dict[str, Any]], None]
) -> None:
    """Put the guards before the routes, the innermost first."""
    app.add_middleware(Heads)
    app.add_middleware(Access, people=people, settings=settings)
    app.add_middleware(Bodies, most=settings.body_bytes, seconds=settings.body_seconds)
    app.add_middleware(Rates, buckets=Buckets(settings.rate, settings.burst))
    app.add_middleware(
        Hosts,
        names=(*LOOPBACK, settings.host, *settings.names),
        addresses=not is_loopback(settings.host),
    )
    app.add_middleware(Logs, metrics=app.state.metrics, log=log)
    app.add_middleware(Headers)


def _explain(app: FastAPI, log: Callable[[dict[str, Any]], None]) -> None:
    """Give every error its one shape."""

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        told = str(error.detail)
        if told == title(error.status_code):  # said by no route of ours
            told = SENTENCES.get(error.status_code, "This cannot be done.")
        return refusal(request.scope, error.status_code, told, more=error.headers)

    @app.exception_handler(RequestValidationError)
    def misread(request: Request, error: RequestValidationError) -> Response:
        places = [
            {"where": "/".join(str(part) for part in e["loc"]), "why": str(e["msg"])}
            for e in error.errors()
        ]
        return refusal(request.scope, 422, "Something in the request is off.", places)

    @app.exception_handler(Refused)
    def untaken(request: Request, error: Refused) -> Response:
        return refusal(request.scope, 422, str(error))

    @app.exception_handler(UsageError)
    def misused(request: Request, error: UsageError) -> Response:
        return refusal(request.scope, 400, str(error))

    @app.exception_handler(DeskError)
    def broken(request: Request, error: DeskError) -> Response:
        log({"error": type(error).__name__, "told": str(error)})
        why = "The desk's file cannot be read or written just now; its log says why."
        return refusal(request.scope, 503, why)
