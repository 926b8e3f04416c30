"""The engine of one machine: this process, or several of them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from retold.engine.base import Item, Result


class LocalEngine:
    """Runs in this process, or in ``processes`` of them where there are items for more than one."""

    name = "local"

    def __init__(self, processes: int = 1) -> None:
        """``processes`` of 2 and more cost a start of seconds each, as models load anew."""
        self.processes = max(1, processes)

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """See :meth:`retold.engine.base.Engine.map`."""
        if self.processes == 1 or len(items) < 2:
            yield from map(function, items)
            return
        # spawned, not forked: the native libraries underneath hold threads and locks
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(self.processes, len(items)), mp_context=context) as pool:
            yield from pool.map(function, items)
