"""Requests for another name than the desk's own are refused.

A page on the web can let its own name point to 127.0.0.1 and so have the reader's browser ask the
desk as if it were that page's own server (DNS rebinding); the name in the request gives it away.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection

from starlette.types import ASGIApp, Receive, Scope, Send

from retold.web.guard.asgi import header
from retold.web.problems import refusal

LOOPBACK = ("localhost", "127.0.0.1", "::1")


_HOST = re.compile(r"(?:\[(?P<six>[^\[\]]*)\]|(?P<name>[^\[\]:]*))(?::[0-9]*)?")


def hostname(host: str) -> str:
    """Return the name or address in a Host header, without port and brackets; empty if none."""
    found = _HOST.fullmatch(host)
    return (found["six"] or found["name"] or "").lower().removesuffix(".") if found else ""


def _address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Hosts:
    """Lets only requests for known names through."""

    def __init__(self, app: ASGIApp, names: Collection[str], *, addresses: bool) -> None:
        """Stand before ``app`` and answer to ``names``.

        Where ``addresses`` is set, any bare address will do: nobody else can make one point here.
        """
        self.app = app
        self.names = frozenset(name.lower().strip("[]") for name in names)
        self.addresses = addresses

    def known(self, host: str | None) -> bool:
        """Say whether the desk answers to a Host header."""
        name = hostname(host or "")
        return name in self.names or (self.addresses and _address(name))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] == "http" and not self.known(header(scope, "host")):
            why = "The desk does not answer to this name; whoever runs it can add one with --name."
            await refusal(scope, 421, why)(scope, receive, send)
            return
        await self.app(scope, receive, send)
