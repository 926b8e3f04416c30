"""The one shape of an error: problem details (RFC 9457), or a page where a person reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from retold.web.guard.asgi import headers
from retold.web.render import render

JSON = "application/problem+json"
API = "/api/"
"""Begins every address that answers in JSON."""

PLAIN = {
    400: "That cannot be done",
    403: "Not allowed",
    405: "That cannot be done here",
    408: "It took too long",
    413: "Too much at once",
    415: "That cannot be read",
    421: "Another name",
    422: "That cannot be taken",
    429: "Too many requests",
    500: "Something went wrong",
    503: "Not just now",
}
"""What heads a page instead of the usual words, which are for programs."""


class Refused(Exception):  # noqa: N818 - nothing is wrong here
    """What a request holds cannot be taken; the message says why, to whoever sent it."""


def title(status: int) -> str:
    """Return the usual words for a status."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def problem(status: int, detail: str, errors: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """Return a problem as JSON has it; ``errors`` name the places of a request that are off."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": title(status),
        "status": status,
        "detail": detail,
    }
    return {**told, "errors": [dict(e) for e in errors]} if errors else told


def wants_page(scope: Scope) -> bool:
    """Say whether a person in a browser asks."""
    asked = str(scope["path"])
    return not asked.startswith(API) and any("text/html" in a for a in headers(scope, "accept"))


def refusal(
    scope: Scope,
    status: int,
    detail: str,
    errors: Sequence[Mapping[str, str]] = (),
    more: Mapping[str, str] | None = None,
) -> Response:
    """Return the answer to a request that is not met, for a program or a person.

    Args:
        scope: the request.
        status: of the answer.
        detail: a sentence for whoever asked; nothing that the request said is repeated.
        errors: see :func:`problem`.
        more: further headers.
    """
    if wants_page(scope):
        head = PLAIN.get(status, title(status))
        page = render("error.html.j2", status=status, title=head, detail=detail, errors=errors)
        return HTMLResponse(page, status, headers=more)
    body = json.dumps(problem(status, detail, errors))
    return Response(body, status, headers=more, media_type=JSON)
