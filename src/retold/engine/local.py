"""The engine of one machine: this process, or several of them."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from retold.engine.base import Item, Result

SHARE = 3
"""Batches that a process must get for its start (seconds, as models load anew) to be worth it."""


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LocalEngine:
    """Runs in this process, or in up to ``processes`` of them where there is enough to do.

    A script that asks for several must guard its start with ``if __name__ == "__main__":``,
    as every spawned process imports it.
    """

    name = "local"

    def __init__(self, processes: int = 1) -> None:
        """``processes`` bounds the number; fewer are started where there are few items."""
        self.processes = max(1, processes)

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """See :meth:`retold.engine.base.Engine.map`."""
        wanted = min(self.processes, len(items) // SHARE)
        if wanted < 2:
            yield from map(function, items)
            return
        # spawned, not forked: the native libraries underneath hold threads and locks
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(wanted, mp_context=context) as pool:
            yield from pool.map(function, items)
