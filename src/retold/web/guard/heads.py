"""HEAD is answered as GET is, without the body."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Heads:
    """Lets the routes take a HEAD for a GET, and keeps what they answer with to itself."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        # a scope of its own: whoever sends asks the other whether a body belongs to it
        asked = {**scope, "method": "GET"}
        try:
            await self.app(asked, receive, sent)
        finally:
            scope["route"] = asked.get("route")  # the log's
