"""Small helpers for plain ASGI."""

from __future__ import annotations

from typing import Any

from starlette.types import Message, Receive, Scope

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""


def headers(scope: Scope, name: str) -> list[str]:
    """Return every value of a request's header; ``name`` is in small letters."""
    wanted = name.encode()
    return [value.decode("latin-1") for key, value in scope["headers"] if key == wanted]


def header(scope: Scope, name: str) -> str | None:
    """Return a request's header; None where it is missing or given more than once."""
    found = headers(scope, name)
    return found[0] if len(found) == 1 else None


def client(scope: Scope) -> str:
    """Return the address that a request came from."""
    return str((scope.get("client") or ("", 0))[0])


def state(scope: Scope) -> dict[str, Any]:
    """Return what the guards noted for the routes."""
    found: dict[str, Any] = scope.setdefault("state", {})
    return found


def replayed(body: bytes, receive: Receive) -> Receive:
    """Return a channel that gives ``body`` once and then goes on with what follows."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
