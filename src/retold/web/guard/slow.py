"""Guessing passwords is slow: after some failures each further one doubles the wait."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

FREE = 3
"""Failures without a wait."""
HELD = 10_000
"""Names and clients remembered."""
FORGOTTEN = 3600.0
"""Seconds after which a failure no longer counts."""


@dataclass(slots=True)
class _Failures:
    number: int
    last: float


class Slow:
    """Failures by whatever they are counted by: a client, or the name that was tried."""

    def __init__(self, most: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Let nobody wait for more than ``most`` seconds."""
        self.most, self.clock = most, clock
        self.held: OrderedDict[str, _Failures] = OrderedDict()
        self.lock = Lock()

    def wait(self, key: str) -> float:
        """Return the seconds until ``key`` may try again; 0 for at once."""
        failures = self.held.get(key)
        if failures is None or failures.number < FREE:
            return 0.0
        due = failures.last + min(self.most, 2.0 ** (failures.number - FREE + 1))
        return max(0.0, due - self.clock())

    def failed(self, key: str) -> None:
        """Count a failure."""
        now = self.clock()
        with self.lock:  # else of two at the same time one would begin to count anew
            failures = self.held.pop(key, None)
            if failures is None or now - failures.last > FORGOTTEN:
                failures = _Failures(0, now)
            self.held[key] = _Failures(min(failures.number + 1, 64), now)
            if len(self.held) > HELD:
                self.held.popitem(last=False)

    def done(self, key: str) -> None:
        """Forget the failures of who got in."""
        self.held.pop(key, None)
