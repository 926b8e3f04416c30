"""Work spread over one machine: over threads, or over processes."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

SHARE = 3
"""Batches that a process must get for its start (seconds, as models load anew) to be worth it."""


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_threads(
    function: Callable[[Item], Result], items: Iterable[Item], threads: int
) -> Iterator[Result]:
    """Yield ``function(item)`` for each item, in their order, computed in ``threads`` threads.

    For kernels, which let other threads run. Items are taken as they are needed, a few ahead.
    """
    if threads < 2:
        yield from map(function, items)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(function, item))
                if len(waiting) > threads + 1:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


class Processes:
    """Runs functions here, or in up to ``processes`` processes where there is enough to do.

    A script that asks for several must guard its start with ``if __name__ == "__main__":``,
    as every spawned process imports it.
    """

    name = "local"

    def __init__(self, processes: int = 1) -> None:
        """``processes`` bounds the number; fewer are started where there are few items."""
        self.processes = max(1, processes)

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """Yield ``function(item)`` for each item, in the order of the items.

        ``function`` and the items must be picklable.
        """
        wanted = min(self.processes, len(items) // SHARE)
        if wanted < 2:
            yield from map(function, items)
            return
        # spawned, not forked: the native libraries underneath hold threads and locks
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(wanted, mp_context=context) as pool:
            yield from pool.map(function, items)
