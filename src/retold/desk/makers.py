"""Dossiers made by several processes at once, each with a connection of its own to the desk.

Who works on the desk says which dossier is made next; the processes do nothing else, and end with
the one that began them, however it ends.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.process import parent_process
from pathlib import Path
from typing import Self

from retold.config import Config
from retold.desk import dossiers
from retold.desk.database import Database
from retold.desk.dossiers import Job
from retold.engine import garbage
from retold.engine.local import SHARE

_DESKS: dict[Path, Database] = {}
"""Of a process that makes dossiers, the desk that it has open."""


class Makers:
    """Those who make dossiers: this process, or up to so many others."""

    def __init__(self, database: Database, config: Config, processes: int) -> None:
        """Begin with none: processes are started as they are needed."""
        self._database, self._config, self._processes = database, config, processes
        self._room = processes
        self._pool: ProcessPoolExecutor | None = None
        self._going: dict[Future[None], Job] = {}

    def __enter__(self) -> Self:
        """Return these."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let each end what it is at."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def renew(self, waiting: int, most: int | None = None, *, longest: bool = False) -> int:
        """Let dossiers be made until some are done; return how many, 0 where none waits.

        Args:
            waiting: how many wait: for a few no process is started.
            most: how many are made at most.
            longest: begin with the story that waited longest.
        """
        room = self._room if most is None else min(self._room, most)
        started = self._pool is not None or self._room < self._processes
        here = self._processes == 1 or not (started or waiting >= SHARE * self._processes)
        while len(self._going) < room:
            job = self._next(longest=longest)
            if job is None:
                break
            if here:
                dossiers.make(self._database, self._config, job)
                return 1
            self._going[self._begun(job)] = job
            longest = False
        if not self._going:
            return 0
        done, _ = wait(self._going, return_when=FIRST_COMPLETED)
        try:
            for future in done:
                del self._going[future]
                future.result()
            self._room = self._processes
        except BrokenProcessPool:
            # one ended, for want of memory, say, and took the others with it: who it was shows when
            # they are made one by one
            self._pool, self._room = None, 1
            self._going.clear()
        return len(done)

    def _next(self, *, longest: bool) -> Job | None:
        going = [job.story for job in self._going.values()]
        with self._database.write() as connection:
            return dossiers.begin(connection, longest=longest, but=going)

    def _begun(self, job: Job) -> Future[None]:
        if self._pool is None:
            # spawned, not forked: the native libraries underneath hold threads and locks
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._processes, context, _prepare)
        return self._pool.submit(_make, self._database.path, self._config, job)


def _prepare() -> None:
    """Make this a process of its own, that ends with the one that began it."""
    garbage.seldom()
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _make(path: Path, config: Config, job: Job) -> None:
    if path not in _DESKS:
        _DESKS[path] = Database(path, create=False)
    dossiers.make(_DESKS[path], config, job)
