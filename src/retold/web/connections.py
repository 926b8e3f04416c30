"""Connections: a client may hold so many, and says soon what it wants.

uvicorn waits for the head of a request without end and counts nobody's connections, so that one
client that says little, slowly, could keep everybody else out.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from retold.web.guard.rates import neighbour

SECONDS = 10.0
"""In which the head of a request must have come, from when it could begin."""
EACH = 64
"""Connections of one client, where no proxy holds those of all."""


class Connection(H11Protocol):
    """A connection that is closed where it waits in vain, or is one too many."""

    def __init__(self, *args: Any, most: int = EACH, **given: Any) -> None:
        """Let a client have ``most`` at once."""
        super().__init__(*args, **given)
        self.most = most
        self.due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin."""
        super().connection_made(transport)
        if sum(self._who(each) == self._who(self) for each in self.connections) > self.most:
            transport.close()
        else:
            self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        if self.due is not None:
            self.due.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._expect()
        super().on_response_complete()

    @staticmethod
    def _who(connection: Any) -> str:
        return neighbour(connection.client[0]) if connection.client else ""

    def _expect(self) -> None:
        if self.due is not None:
            self.due.cancel()
        self.due = self.loop.call_later(SECONDS, self._judge, self.cycle)

    def _judge(self, before: object) -> None:
        """Close the connection where no request began after ``before``."""
        if self.cycle is before:
            self.transport.close()
