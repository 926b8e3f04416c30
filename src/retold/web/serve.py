"""Serving over the network."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

import uvicorn
from fastapi import FastAPI

from retold.errors import RetoldError
from retold.web.app import create_app
from retold.web.beside import working
from retold.web.connections import EACH, Connection
from retold.web.render import warm
from retold.web.settings import Settings

CONNECTIONS = 256
"""Connections and tasks at once, at most; who comes then is told to come again."""
GRACE = 5
"""Seconds that requests have to finish when the desk is stopped."""


def serve(desk: str | Path, settings: Settings, say: Callable[[str], object]) -> None:
    """Serve the desk until it is stopped.

    Raises:
        DeskError: the file is no desk, or cannot be opened.
        RetoldError: the address cannot be bound to.
        UsageError: the desk would be open to other machines.
    """
    with _bound(settings) as listening:
        settings = replace(settings, port=listening.getsockname()[1])
        app = create_app(Path(desk), settings)
        warm()
        app.state.desk.warm()
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        say(f"serving {desk} at http://{host}:{settings.port}/ (Ctrl-C ends it)")
        with app.state.desk, working(Path(desk)) if settings.work else nullcontext() as beside:
            app.state.beside = beside
            uvicorn.Server(_configured(app, settings)).run(sockets=[listening])


def _configured(app: FastAPI, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,  # requests are told of by retold.web.guard.logs
        access_log=False,
        server_header=False,
        http=cast("Any", partial(Connection, most=CONNECTIONS if settings.proxy else EACH)),
        proxy_headers=bool(settings.proxy),
        forwarded_allow_ips=settings.proxy or None,
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=GRACE,
        ws="none",
        lifespan="off",
    )


def _bound(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host.strip("[]"), settings.port), family=family)
    except OSError as error:
        raise RetoldError(
            f"{settings.host}:{settings.port}: cannot be bound to ({error.strerror or error});"
            " give another --port or --host"
        ) from None
