"""How soon a host may be asked again."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Pace:
    """The next moment at which each host may be asked; threads may share it."""

    def __init__(self, clock: Callable[[], float], most: int) -> None:
        """Begin without any host.

        Args:
            clock: seconds that only grow.
            most: hosts that are remembered; beyond that, those that are free again are forgotten.
        """
        self._clock = clock
        self._most = most
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def turn(self, host: str, between: float, longest: float) -> float:
        """Take the next turn of a host and return the seconds until it.

        Nothing is taken where they are more than ``longest``.

        Args:
            host: the host's name.
            between: seconds from this turn to the one after it.
            longest: seconds that one is willing to wait.
        """
        with self._lock:
            now = self._clock()
            start = max(now, self._next.get(host, now))
            if start - now <= longest:
                self._forget(now)
                self._next[host] = start + between
            return start - now

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for some seconds from now."""
        with self._lock:
            until = self._clock() + seconds
            self._next[host] = max(until, self._next.get(host, until))

    def _forget(self, now: float) -> None:
        if len(self._next) >= self._most:
            self._next = {host: at for host, at in self._next.items() if at > now}
