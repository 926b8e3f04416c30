"""``python -m tests.desk.killed KILLS``: one who works on a desk is killed, again and again.

A child adds some articles; others place them, make dossiers and settle, without end, each until it
is killed at a statement of SQL that was drawn: within a transaction, or between two. At last one
works in peace. Then the desk must be what it would be if nobody had been killed.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import retold
from retold.annotate import annotate_batch
from retold.desk import Desk, dossiers, placing, stories
from retold.desk.database import Database
from retold.pipeline import examine
from retold.report.json import dumps
from retold.rewrite import vectors
from tests.desk.making import DAY, article
from tests.stories import texts
from tests.stories.test_piles import PIECES

LONGEST = 8
"""Statements that write which one who works may begin, at most, as a power of two."""
WRITES = ("BEGIN IMMEDIATE", "COMMIT", "DELETE", "INSERT", "UPDATE")
MORE = 6
"""Kills between two additions."""
TOLD = (*PIECES[:8], f"{texts.VELL} The mayor spoke again.", *PIECES[8:11])
ARTICLES = [
    article(
        text,
        outlet=f"Outlet {at}",
        url=f"https://o{0 if text.startswith(texts.VELL) and at in {0, 8} else at}.example/a",
        published=DAY + timedelta(hours=at),
    )
    for at, text in enumerate(TOLD)
]


def child(act: Callable[[], None]) -> bool:
    """Let a child act; return whether it was killed."""
    forked = os.fork()
    if not forked:
        code = 1
        try:
            act()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(forked, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status):
        raise SystemExit("a child failed")
    return False


def count(left: int) -> None:
    """Kill this process when it begins so many statements that write."""
    connect = Database._connect
    begun = 0

    def told(statement: str) -> None:
        nonlocal begun
        begun += statement.startswith(WRITES)
        if begun >= left:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(database: Database) -> sqlite3.Connection:
        connection = connect(database)
        connection.set_trace_callback(told)
        return connection

    Database._connect = counted  # type: ignore[method-assign]


def work_on(path: Path, left: int) -> None:
    """Do all that is to be done, and do it over, until killed."""
    with Desk.open(path) as desk:
        pass
    count(left)
    with Desk.open(path) as desk:
        while True:
            desk.work()
            desk.settle()
            with desk.database.write() as connection:
                for (story,) in connection.execute("SELECT row FROM story").fetchall():
                    stories.ask(connection, story)
                connection.execute("UPDATE article SET placed = 0 WHERE row % 3 = 0")


def add(path: Path, some: list[retold.Article]) -> None:
    with Desk.open(path) as desk:
        desk.add(some)


def finish(path: Path) -> None:
    with Desk.open(path) as desk:
        desk.work()
        desk.settle()
        desk.work()


def timeless(dossier: retold.Dossier) -> str:
    return dumps(replace(dossier, run=replace(dossier.run, started=None, seconds=None)))


def require_whole(path: Path) -> str:
    """See that the desk is what it should be; say what it holds."""
    with Desk.open(path) as desk:
        assert desk.check() == []
        assert (desk.waiting().articles, desk.waiting().dossiers) == (0, 0)
        rows = desk.articles(limit=200).items
        assert {row.id for row in rows} == {each.id for each in ARTICLES}
        found: dict[int, set[str]] = {}
        for row in rows:
            number = desk.story_of(row.id)
            assert number is not None
            if row.latest is None:
                found.setdefault(number, set()).add(row.id)
        expected = {frozenset(s.articles) for s in retold.group(ARTICLES)}
        assert {frozenset(names) for names in found.values()} == expected
        for number, names in found.items():
            kept = desk.dossier(number)
            if len(names) < 2:
                assert kept is None
                continue
            assert kept is not None
            earlier = [row.id for row in rows if row.latest in names]
            told = [each for each in ARTICLES if each.id in names or each.id in earlier]
            assert timeless(kept) == timeless(examine(told))
        return f"{len(rows)} articles, {len(found)} stories"


def main() -> None:
    kills = int(sys.argv[1])
    draw = random.Random(11)
    # what is slow to load is loaded once; the sentence model is left out, as it is of no account
    vectors.fault = lambda: "left out"  # type: ignore[assignment]
    annotate_batch((ARTICLES[0],))
    dossiers.TRIES = 10**6
    placing.place = partial(placing.place, most=2)  # type: ignore[assignment]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "retold.db"
        coming = list(ARTICLES)
        for done in range(kills):
            if done % MORE == 0:
                some, coming = coming[:3], coming[3:]
                child(lambda some=some: add(path, some))
            left = round(2 ** draw.uniform(0, LONGEST))
            assert child(lambda left=left: work_on(path, left))
        child(lambda: add(path, coming))
        assert not child(lambda: finish(path))
        sys.stdout.write(f"{kills} kills: {require_whole(path)}\n")


if __name__ == "__main__":
    main()
