"""Turns: few do a dear thing at once and few wait for it, so that pages stay quick for others.

Whoever waits holds one of the forty threads that answer requests; without a bound, those who wait
would keep everybody from everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore

from fastapi import HTTPException

WAITING = 8
"""Those that wait for one kind of turn, at most; who comes then is told to come again."""


class Turns:
    """Turns of one kind."""

    def __init__(self, at_once: int, why: str, patience: float = 20.0) -> None:
        """Let ``at_once`` have a turn, and others wait for ``patience`` seconds.

        ``why`` is what those are told who get none.
        """
        self.why, self.patience = why, patience
        self.free, self.room = Semaphore(at_once), Semaphore(at_once + WAITING)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Have a turn as long as the block lasts.

        Raises:
            HTTPException: others were at it for too long, or too many wait already (503).
        """
        with self._had(self.room, 0.0), self._had(self.free, self.patience):
            yield

    @contextmanager
    def _had(self, held: Semaphore, seconds: float) -> Iterator[None]:
        if not held.acquire(timeout=seconds):
            raise HTTPException(503, self.why, {"retry-after": "30"})
        try:
            yield
        finally:
            held.release()
