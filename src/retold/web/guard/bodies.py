"""Bodies that are too large, too slow or packed are refused before anything reads them."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send

from retold.web.guard.asgi import headers, replayed
from retold.web.problems import refusal


class _TooLargeError(Exception):
    pass


class Bodies:
    """Reads each body whole, within bounds, and hands it on."""

    def __init__(self, app: ASGIApp, most: int, seconds: float) -> None:
        """Stand before ``app``; take ``most`` bytes that come within ``seconds``."""
        self.app, self.most, self.seconds = app, most, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if any(value.strip().lower() != "identity" for value in headers(scope, "content-encoding")):
            why = "Send the body as it is: packed bodies are not unpacked."
            await refusal(scope, 415, why)(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self.seconds):
                body = await self._read(scope, receive)
        except (TimeoutError, _TooLargeError) as error:
            slow = isinstance(error, TimeoutError)
            why = (
                f"The body did not come within {self.seconds:g} seconds."
                if slow
                else f"A body may have {self.most} bytes at most."
            )
            more = {"connection": "close"}  # the rest of the body is not read
            await refusal(scope, 408 if slow else 413, why, more=more)(scope, receive, send)
            return
        if body is not None:
            await self.app(scope, replayed(body, receive), send)

    @staticmethod
    def _told(scope: Scope) -> int:
        lengths = [v for v in headers(scope, "content-length") if v.isascii() and v.isdigit()]
        return max(map(int, lengths), default=0)

    async def _read(self, scope: Scope, receive: Receive) -> bytes | None:
        """Return the body; None where the client went away."""
        parts, size, more = [], 0, True
        if self._told(scope) > self.most:
            raise _TooLargeError
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            part = message.get("body", b"")
            size += len(part)
            if size > self.most:
                raise _TooLargeError
            parts.append(part)
            more = message.get("more_body", False)
        return b"".join(parts)
