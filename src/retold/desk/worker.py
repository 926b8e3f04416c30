"""What is still to be done, done: articles placed, dossiers made, the stories settled.

One process works at a time; whoever finds another at it leaves it to that one. Every step is a
transaction of its own, so one that is killed has lost nothing: the next goes on with what waits.
"""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from dataclasses import replace

from retold.config import Config
from retold.desk import ahead as made_ahead
from retold.desk import documents, dossiers, locks, placing, settle, times, wording
from retold.desk.database import Database
from retold.desk.makers import Makers
from retold.desk.reader import Reader
from retold.desk.values import Settled, Waiting, Worked
from retold.engine import Progress, silent
from retold.errors import UsageError

AT_ONCE = 1_000
"""Articles that wait from which on all are grouped at once, where they are as many as a quarter of
those that are in stories: that is quicker than to place them, and nothing is lost by it."""
GROWN = 10
"""Part of the articles of the last settling, as 1 in so many, that must have come since for another
one when nothing else is to be done."""
LEAST = 500
"""Articles that must have come for it, at least."""


def turn(database: Database) -> AbstractContextManager[bool]:
    """Let one process at a time work; say whether it is this one's turn."""
    return locks.alone(database.path, "work")


def waiting(connection: sqlite3.Connection) -> Waiting:
    """Return what is still to be done."""
    made, failed = dossiers.waiting(connection)
    return Waiting(placing.waiting(connection), made, failed)


def work(
    database: Database,
    reader: Reader,
    config: Config,
    progress: Progress = silent,
    *,
    until_quiet: bool = True,
    alone: int = 0,
    ahead: int = 0,
    most: int | None = None,
    processes: int = 1,
) -> Worked:
    """Place what waits, then renew dossiers, until nothing waits; or do only the next step.

    Articles that come meanwhile are placed before the next dossier is made. Where much has come
    since the stories were settled, they are settled at the end. ``alone`` is up to how many
    articles that no other is alike with are annotated then, so that their quotations, figures and
    names are found, and ``ahead`` of up to how many stories is made last what their pages show.
    Dossiers are made in as many ``processes`` at once, where it is several.
    """
    done = Worked()
    with turn(database) as mine, Makers(database, config, processes) as makers:
        if not mine:
            return replace(done, busy=True)
        while True:
            step = _step(
                database, reader, makers, progress, done, alone=alone, ahead=ahead, most=most
            )
            if step == Worked():
                return done
            done = Worked(
                done.placed + step.placed,
                done.renewed + step.renewed,
                done.settled + step.settled,
                done.annotated + step.annotated,
                done.ahead + step.ahead,
            )
            if not until_quiet:
                return done


def settled(database: Database, reader: Reader, threads: int, progress: Progress) -> Settled:
    """Group all articles at once.

    Raises:
        UsageError: another process works on the desk.
    """
    with turn(database) as mine:
        if not mine:
            raise UsageError(
                f"{database.path}: another process places articles now; try again when it is done"
            )
        return _settle(database, reader, progress, threads)


def _step(
    database: Database,
    reader: Reader,
    makers: Makers,
    progress: Progress,
    done: Worked,
    *,
    alone: int,
    ahead: int,
    most: int | None,
) -> Worked:
    """Do the next thing that is to be done, after what was done; see :func:`work`."""
    with database.read() as connection:
        left = waiting(connection)
        inside = wording.placed(connection)
    if left.articles >= max(AT_ONCE, inside / 4):
        return Worked(_settle(database, reader, progress).articles - inside, settled=1)
    if left.articles:
        placed = placing.place(database, reader)
        progress("place", placed, left.articles)
        return Worked(placed)
    rest = None if most is None else most - done.renewed
    longest = done.renewed % dossiers.TURN == dossiers.TURN - 1
    if renewed := makers.renew(left.dossiers, rest, longest=longest):
        progress("renew", renewed, left.dossiers)
        return Worked(renewed=renewed)
    with database.read() as connection:
        before = connection.execute("SELECT articles FROM settled").fetchone()
        lone = documents.lacking(connection, max(0, min(alone - done.annotated, documents.BATCH)))
        shown = made_ahead.lacking(connection, reader.config, min(ahead - done.ahead, 1))
    came = inside - (before["articles"] if before else 0)
    if came >= max(LEAST, inside / GROWN):
        _settle(database, reader, progress)
        return Worked(settled=1)
    if lone:
        documents.annotate_stored(database, lone)
        return Worked(annotated=len(lone))
    if shown:
        made_ahead.make(database, reader, shown[0])
        return Worked(ahead=1)
    return Worked()


def _settle(database: Database, reader: Reader, progress: Progress, threads: int = 1) -> Settled:
    found = settle.settle(database, reader, threads, progress)
    with database.write() as connection:
        connection.execute(
            "INSERT INTO settled VALUES (1, ?, ?) ON CONFLICT (row)"
            " DO UPDATE SET at = excluded.at, articles = excluded.articles",
            (times.now(), found.articles),
        )
    return found
