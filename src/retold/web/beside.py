"""Working beside the serving: a process of its own, so that pages stay quick meanwhile.

One that is killed or fails is begun again, later each time. Where it keeps ending soon after it was
begun, it is left: beginning it for ever would only hide what is wrong.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Protocol

from retold.engine import garbage
from retold.errors import RetoldError
from retold.labels import count
from retold.web.guard.logs import told, write

PAUSE = 1.0
"""Seconds from one look at what waits to the next."""
LATER = 30.0
"""Seconds until the next look after one that failed."""
ALONE = 50
"""Articles alone in their stories that are annotated each time when nothing else waits."""
AHEAD = 50
"""Stories of which it is made ahead, each time then, what their pages show."""
SOON = 60.0
"""Seconds after its beginning within which the end of the process counts as soon: it has not even
told the first stories then, as loading the models takes some of them."""
FIRST, LONGEST = 1.0, 300.0
"""Seconds until it is begun again, which double each time that it ended soon, and their most."""
TRIES = 10
"""Times in a row that it may end soon before it is left: with these waits after eight and a half
minutes, longer than another program usually wants all the memory. A story that ends it each time is
itself left after three (see :mod:`retold.desk.dossiers`)."""


class State(StrEnum):
    """What the process is at."""

    WORKING = "working"
    WAITING = "waiting"
    """It ended, and is begun again in a while."""
    LEFT = "left"
    """It ended so often that it is not begun again."""
    ELSEWHERE = "elsewhere"
    """None was to be begun: others work, as ``retold desk work`` does."""


@dataclass(frozen=True, slots=True)
class Worker:
    """How the process fares that places articles and tells stories."""

    state: State
    ended: int = 0
    """Times that it ended, unasked, since the serving began."""
    last: datetime | None = None
    """When it last did, in UTC."""
    why: str = ""
    """As far as the system says why."""
    next: datetime | None = None
    """When it is begun again."""


class Running(Protocol):
    """A process, as ``multiprocessing`` has them."""

    @property
    def exitcode(self) -> int | None:
        """Return how it ended; below 0 the signal that killed it."""

    def start(self) -> None:
        """Begin."""

    def join(self) -> None:
        """Wait for its end."""

    def terminate(self) -> None:
        """Ask it to end."""


class Beside:
    """Keeps a process at work."""

    def __init__(
        self,
        begin: Callable[[], Running],
        *,
        log: Callable[[dict[str, Any]], None] = write,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        """Begin nothing yet.

        Args:
            begin: makes a process that was not started.
            log: told of each end.
            clock: seconds.
            wait: waits so many seconds; says whether it is to end. For tests.
        """
        self.worker = Worker(State.WORKING)
        self._begin, self._log, self._clock = begin, log, clock
        self._end = Event()
        self._wait = wait or self._end.wait
        self._lock = Lock()
        self.process: Running | None = None
        """The one that was begun last."""

    def run(self) -> None:
        """Begin the process whenever it has ended, until it is to end or is left."""
        soon = 0
        while not self._end.is_set():
            began = self._clock()
            reason = self._one()
            soon = soon + 1 if self._clock() - began < SOON else 0
            if self._end.is_set() or not self._again(reason, soon):
                return

    def _one(self) -> str:
        """Begin the process and wait for its end; return how it ended."""
        try:
            with self._lock:
                if self._end.is_set():
                    return ""
                process = self._begin()
                process.start()
                self.process = process
        except OSError as error:
            return f"it could not be begun ({error.strerror or error})"
        self.worker = replace(self.worker, state=State.WORKING, next=None)
        process.join()
        return why(process.exitcode)

    def stop(self) -> None:
        """End the process, and begin none any more."""
        with self._lock:
            self._end.set()
            if self.process is not None:
                self.process.terminate()

    def _again(self, reason: str, soon: int) -> bool:
        """Tell of an end and wait; say whether it is to be begun again."""
        now = datetime.now(UTC)
        seconds = min(FIRST * 2 ** max(0, soon - 1), LONGEST)
        left = soon >= TRIES
        self.worker = Worker(
            State.LEFT if left else State.WAITING,
            self.worker.ended + 1,
            now,
            reason,
            None if left else now + timedelta(seconds=seconds),
        )
        line = {"time": now.isoformat(timespec="milliseconds"), "work": "ended", "why": reason}
        if left:
            told_so = f"It ended {count(TRIES, 'time')} within {SOON:g} s and is not begun again."
            help_ = "`retold desk work` may say why; then start `retold serve` again."
            self._log(line | {"work": "left", "told": f"{told_so} {help_}"})
            return False
        self._log(line | {"again_in_seconds": seconds})
        return not self._wait(seconds)


def why(code: int | None) -> str:
    """Say how a process ended, by its exit code."""
    if code is None or code >= 0:
        return f"it ended with code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    hint = ", as the system does where memory is short" if name == "SIGKILL" else ""
    return f"it was killed ({name}){hint}"


@contextmanager
def working(path: Path) -> Iterator[Beside]:
    """Work on the desk as long as the block lasts."""
    spawn = multiprocessing.get_context("spawn")

    def begin() -> Running:
        given = (path, os.getpid())
        return spawn.Process(target=work, args=given, name="retold-work", daemon=True)

    beside = Beside(begin, log=write)
    thread = Thread(target=beside.run, name="retold-beside", daemon=True)
    thread.start()
    try:
        yield beside
    finally:
        beside.stop()
        thread.join()


def work(path: Path, parent: int) -> None:
    """Do what waits whenever something does, until the process that serves is gone."""
    from retold.desk import Desk

    garbage.seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to both; the other ends this
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))

    def going() -> bool:
        return os.getppid() == parent

    def one(stage: str, done: int, total: int) -> None:  # noqa: ARG001 - the protocol's
        if not going():
            sys.exit(0)  # killed: another that serves has begun, or will

    try:
        with Desk.open(path) as desk:
            repeat(
                lambda: desk.work(one, alone=ALONE, ahead=AHEAD),
                going=going,
                sleep=time.sleep,
            )
    except RetoldError as error:
        write({"work": "failed", **told(error), "told": str(error)})
        sys.exit(1)


def repeat(
    step: Callable[[], object], going: Callable[[], bool], sleep: Callable[[float], object]
) -> None:
    """Take steps while it is going; what a step fails with is told, and the next comes later."""
    while going():
        pause = PAUSE
        try:
            step()
        except Exception as error:  # noqa: BLE001 - the last resort: the desk goes on
            plain = {"told": str(error)} if isinstance(error, RetoldError) else {}
            write({"work": "failed", **told(error), **plain})
            pause = LATER
        sleep(pause)
