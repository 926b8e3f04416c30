"""One line of JSON a request, counts for the metrics, and a plain answer where a route fails.

A line tells the method, the route's template, the status and the time: never an address with its
query, never a word of an article, never a token. Of an error that nobody foresaw it tells the type
and the places in the code, not the message, which may quote what was read.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from retold.web.metrics import Metrics
from retold.web.problems import refusal

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNKNOWN = "(none)"
"""Route of an address that leads nowhere, or that a guard refused before it was looked up."""


def write(line: dict[str, Any]) -> None:
    """Write a line to the standard error."""
    sys.stderr.write(json.dumps(line) + "\n")
    sys.stderr.flush()


def route_of(scope: Scope) -> str:
    """Return the template of the route that took a request, such as ``/stories/{number}``."""
    return str(getattr(scope.get("route"), "path", UNKNOWN))


def told(error: BaseException) -> dict[str, Any]:
    """Return what a log may say of an error."""
    places = traceback.extract_tb(error.__traceback__)
    at = [f"{place.filename.rpartition('/')[2]}:{place.lineno}" for place in places[-6:]]
    return {"error": type(error).__name__, "at": at}


class Logs:
    """Tells of every request."""

    def __init__(
        self, app: ASGIApp, metrics: Metrics, log: Callable[[dict[str, Any]], None] = write
    ) -> None:
        """Stand before ``app``."""
        self.app, self.metrics, self.log = app, metrics, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0
        line: dict[str, Any] = {"time": datetime.now(UTC).isoformat(timespec="milliseconds")}

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        extra = {}
        try:
            await self.app(scope, receive, sent)
        except Exception as error:  # noqa: BLE001 - the last resort: the desk goes on
            extra = told(error)
            if not status:
                why = "Something went wrong here; the log of the desk says where."
                await refusal(scope, 500, why)(scope, receive, sent)
        took = time.perf_counter() - began
        method = scope["method"] if scope["method"] in METHODS else "OTHER"
        route = route_of(scope)
        self.metrics.count(method, route, status, took)
        line |= {"method": method, "route": route, "status": status, "ms": round(1000 * took, 1)}
        self.log(line | extra)
