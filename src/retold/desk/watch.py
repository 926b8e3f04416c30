"""Feeds watched: what is due is asked, sites side by side, until it is stopped.

Each site is asked by one thread at a time, so that a dead or slow one holds up itself alone. All
that is known stands in the desk: whoever is stopped, or killed, goes on at the next start.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from retold.config import FeedConfig
from retold.desk import feeds, locks, times
from retold.desk.asking import Asker
from retold.desk.events import Event, Outcome
from retold.errors import UsageError

if TYPE_CHECKING:
    from retold.desk.desk import Desk
    from retold.fetch.client import Client

PATIENCE = 5.0
"""Seconds after which it is looked anew whether something is due: others may have added a feed."""
GLANCE = 1.0
"""The same while sites are being asked; to look costs more the more waits."""
SHOWN = 60.0
"""Seconds after which a round that goes on is told as far as it is."""


@dataclass(frozen=True, slots=True)
class Round:
    """What came of all that was due, or of so much as was done in a minute."""

    asked: int = 0
    """Feeds."""
    new: int = 0
    """Feeds with new entries."""
    failed: int = 0
    """Feeds that were not read, those that are gone among them."""
    pages: int = 0
    """Pages that were asked for, for the first time or since their feed said that they changed."""
    looks: int = 0
    """Pages that were asked again of which no feed said anything."""
    articles: int = 0
    revised: int = 0
    next: datetime | None = None
    """When something is due again, in UTC."""


class StoppedError(BaseException):
    """Raised within a thread where it should wait and the watch has been stopped."""


class Watch:
    """Watches the feeds of one desk."""

    def __init__(
        self,
        desk: Desk,
        client: Callable[[Callable[[float], None]], Client],
        config: FeedConfig | None = None,
        *,
        stop: threading.Event | None = None,
        log: Callable[[Event], None] = lambda event: None,  # noqa: ARG005 - nothing is logged
    ) -> None:
        """Begin with nothing under way.

        Args:
            desk: whose feeds.
            client: makes the reader of the web, of what waits so many seconds.
            config: limits.
            stop: ends it, when set.
            log: told of every feed that was asked and every page that was read.
        """
        self._desk = desk
        self._config = config or FeedConfig()
        self._stop = stop or threading.Event()
        self._log = log
        self._asker = Asker(desk.database, desk.config, self._config, client(self._wait))
        self._hosts: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._told: queue.SimpleQueue[Event | _Ended] = queue.SimpleQueue()
        self._busy: set[str] = set()
        self._look = 0.0  # when it is looked anew whether something is due
        self._came = threading.Event()
        self._came.set()  # articles may wait from before
        self._last = threading.Event()

    def run(self, *, once: bool = False, now: bool = False, work: bool = True) -> Iterator[Round]:
        """Ask what is due until it is stopped; yield what came of each round.

        Args:
            once: end as soon as nothing is due.
            now: ask every feed at once, due or not.
            work: place what comes and renew dossiers meanwhile.

        Raises:
            UsageError: another process watches this desk.
            DeskError: the desk cannot be read or written.
        """
        path = self._desk.database.path
        with locks.alone(path, "watch") as mine:
            if not mine:
                raise UsageError(
                    f"{path}: is being watched already, by another `retold watch`; one is enough"
                )
            if now:
                with self._desk.database.write() as connection:
                    feeds.make_due(connection)
            for _ in range(self._config.workers):
                threading.Thread(target=self._ask, daemon=True).start()
            worker = threading.Thread(target=self._work, daemon=True)
            if work:
                worker.start()
            try:
                yield from self._rounds(once=once)
                self._last.set()
                self._came.set()
                while worker.is_alive() and not self._stop.wait(0.05):
                    self._heard(Round())
            finally:
                self._end(worker)

    def _rounds(self, *, once: bool) -> Iterator[Round]:
        round_, since = Round(), time.monotonic()
        while not self._stop.is_set():
            self._hand_out()
            round_ = self._heard(round_)
            if self._busy and time.monotonic() - since < SHOWN:
                continue
            following = self._next()
            if round_ != Round():
                yield replace(round_, next=following)
            round_, since = Round(), time.monotonic()
            if self._busy or _seconds_to(following) <= 0:
                continue
            if once:
                return
            self._stop.wait(min(PATIENCE, _seconds_to(following)))
        if round_ != Round():
            yield round_

    def _hand_out(self) -> None:
        """Give out the sites of which something is due, where one ended or it is time to look."""
        if self._busy and time.monotonic() < self._look:
            return
        self._look = time.monotonic() + GLANCE
        with self._desk.database.read() as connection:
            due = feeds.hosts(connection, self._busy, looks=bool(self._config.looks))
        for host in due:
            self._busy.add(host)
            self._hosts.put(host)

    def _heard(self, round_: Round) -> Round:
        """Count what threads have told; wait a little where any is at it."""
        try:
            told = self._told.get(timeout=0.2 if self._busy else 0.0)
            while True:
                round_ = self._counted(round_, told)
                told = self._told.get_nowait()
        except queue.Empty:
            return round_

    def _counted(self, round_: Round, told: Event | _Ended) -> Round:
        if isinstance(told, _Ended):
            self._busy.discard(told.host)
            self._look = 0.0
            if told.error is not None:
                raise told.error
            return round_
        self._log(told)
        if told.articles or told.revised:
            self._came.set()
        held = told.outcome is Outcome.HELD
        feed = told.what == "feed" and not held
        return replace(
            round_,
            asked=round_.asked + feed,
            new=round_.new + (feed and told.outcome is Outcome.NEW),
            failed=round_.failed + (feed and told.outcome in {Outcome.FAILED, Outcome.GONE}),
            pages=round_.pages + (told.what == "page" and not held),
            looks=round_.looks + (told.what == "look" and not held),
            articles=round_.articles + told.articles,
            revised=round_.revised + told.revised,
        )

    def _next(self) -> datetime | None:
        with self._desk.database.read() as connection:
            return feeds.next_due(connection, looks=bool(self._config.looks))

    def _ask(self) -> None:
        """Ask one host after the other, in a thread."""
        while True:
            host = self._hosts.get()
            if self._stop.is_set():
                return
            error: BaseException | None = None
            try:
                for event in self._asker.host(host):
                    self._told.put(event)
                    if self._stop.is_set():
                        break
            except StoppedError:
                pass
            except BaseException as raised:  # noqa: BLE001 - it is raised where the rounds are
                error = raised
            self._told.put(_Ended(host, error))

    def _wait(self, seconds: float) -> None:
        """Wait, in a thread, for the turn of a host."""
        if self._stop.wait(seconds):
            raise StoppedError

    def _work(self) -> None:
        """Place what came, in a thread of its own."""
        try:
            while not self._stop.is_set():
                self._came.wait()
                last = self._last.is_set()
                self._came.clear()
                self._desk.work(self._going)
                if last:
                    return
        except StoppedError:
            pass
        except BaseException as raised:  # noqa: BLE001 - it is raised where the rounds are
            self._told.put(_Ended("", raised))

    def _going(self, stage: str, done: int, total: int) -> None:  # noqa: ARG002 - the protocol's
        if self._stop.is_set():
            raise StoppedError

    def _end(self, worker: threading.Thread) -> None:
        """Stop the threads; wait a little for what they are at, so that little is read twice."""
        self._stop.set()
        self._came.set()
        for _ in range(self._config.workers):
            self._hosts.put("")
        until = time.monotonic() + self._config.grace
        while (self._busy or worker.is_alive()) and time.monotonic() < until:
            try:
                told = self._told.get(timeout=0.05)
            except queue.Empty:
                continue
            if isinstance(told, _Ended):
                self._busy.discard(told.host)
            else:
                self._log(told)


@dataclass(frozen=True, slots=True)
class _Ended:
    """A thread is through with a host."""

    host: str
    error: BaseException | None


def _seconds_to(moment: datetime | None) -> float:
    return PATIENCE if moment is None else (moment - times.shown(times.now())).total_seconds()
