"""Settling: all articles of the desk grouped at once, as :func:`retold.group` groups them.

Articles that come one by one are placed among the stories that are there, and which came first can
matter at the margin. Grouping all at once ends that: the stories are those of the articles alone.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from retold.desk import standing, stories, times, wording
from retold.desk.database import Database
from retold.desk.reader import Reader
from retold.desk.values import Settled
from retold.engine import Progress, silent
from retold.model import Article
from retold.stories import Bag, members


@dataclass(slots=True)
class _Read:
    """What was read of the desk while its articles were grouped."""

    rows: dict[str, int]
    """Of each article that was grouped, its number."""
    counts: Counter[str]
    """In how many of them each telling word stands."""
    step: int = 0
    """How much had been decided."""


def settle(
    database: Database, reader: Reader, threads: int = 1, progress: Progress = silent
) -> Settled:
    """Group all articles at once; stories keep their numbers by what they share with the old.

    Texts are read one after another, and none is kept. Only one process may settle or place at a
    time; what is added meanwhile waits to be placed.
    """
    read = _Read({}, Counter())
    with database.read() as connection:
        gone = dict(
            connection.execute(
                "SELECT row, latest FROM article WHERE latest IS NOT NULL"
            ).fetchall()
        )
        read.step = standing.step(connection)
        told = members(
            _bags(connection, reader, read),
            reader.config,
            threads,
            progress,
            standing.rulings(connection),
        )
    groups = [{read.rows[name] for name in names} for names in told]
    with database.write() as connection:
        held: dict[int, set[int]] = {}
        for row, story in connection.execute("SELECT article, story FROM story_article"):
            held.setdefault(story, set()).add(row)
        inside = {row for rows in held.values() for row in rows}
        leaving = {row: latest for row, latest in gone.items() if row in inside}
        changed = stories.store(connection, held, leaving, groups)
        wording.replace(connection, read.counts)
        # what was revised meanwhile waits on, and is placed next
        connection.executemany(
            "UPDATE article SET placed = 1 WHERE row = ? AND placed = 0 AND latest IS ?",
            [*((row, None) for row in read.rows.values()), *gone.items()],
        )
        standing.take_effect_since(connection, read.step)
    return Settled(len(read.rows), len(groups), len(changed))


def _bags(connection: sqlite3.Connection, reader: Reader, read: _Read) -> Iterator[Bag]:
    days = standing.days(connection)
    for row in connection.execute(
        "SELECT row, id, text, published FROM article_full WHERE latest IS NULL"
    ):
        at = row["published"]
        published = None if at is None else times.shown(at)
        made = reader.read(Article(row["id"], row["text"], published=published))
        made = replace(made, day=days.get(made.id, made.day))
        read.rows[made.id] = row["row"]
        read.counts.update(made.names)
        yield made
