"""Placing: articles that wait come into the stories of the desk, or begin new ones.

What is alike with them is sought in the index (:mod:`retold.desk.candidates`), and only the stories
of that are loaded; how rare words are, all articles of the desk say. So a lot of articles is placed
as :func:`retold.stories.extend` would place it among all. What editors decided is honoured; of what
they touched, whole stories wait and are told as if their articles had just arrived.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from retold.desk import standing, stories, wording
from retold.desk.candidates import candidates
from retold.desk.database import Database
from retold.desk.reader import Reader, count_terms
from retold.model import Story
from retold.stories import Background, Bag, alike, extend

LOT = 24
"""Articles that are placed at once, at most."""


@dataclass(slots=True)
class _Lot:
    """Articles that wait, and what becomes of them; all by number."""

    latest: dict[int, int | None]
    """Of each the one that stands for it, or None."""
    held: dict[int, set[int]]
    """The stories that may change, as they are."""
    gone: dict[int, int] = field(default_factory=dict)
    """Those that were revised, with what stands for them."""
    groups: list[set[int]] = field(default_factory=list)
    more: Counter[str] = field(default_factory=Counter)
    """In how many more articles words stand."""
    step: int = 0
    """How much had been decided."""


def waiting(connection: sqlite3.Connection) -> int:
    """Return how many articles wait to be placed."""
    found: int = connection.execute("SELECT count(*) FROM article WHERE placed = 0").fetchone()[0]
    return found


def place(database: Database, reader: Reader, most: int = LOT) -> int:
    """Place the articles that have waited longest; return how many, 0 where none waits.

    What is decided is written in one transaction. Only one process may place at a time; others may
    add articles meanwhile.
    """
    with database.read() as connection:
        lot = _gather(connection, reader, most)
    if not lot.latest:
        return 0
    with database.write() as connection:
        if (_latest(connection, lot.latest), standing.step(connection)) == (lot.latest, lot.step):
            stories.store(connection, lot.held, lot.gone, lot.groups)
            wording.change(connection, lot.more)
            connection.executemany(
                "UPDATE article SET placed = 1 WHERE row = ?", [(row,) for row in lot.latest]
            )
    # one that was revised, or a decision, meanwhile lets all of them wait for the next turn
    return len(lot.latest)


def _gather(connection: sqlite3.Connection, reader: Reader, most: int) -> _Lot:
    """Read what waits and work out where it belongs."""
    latest = dict(
        connection.execute(
            "SELECT row, latest FROM article WHERE placed = 0 ORDER BY row LIMIT ?", (most,)
        ).fetchall()
    )
    # what stands for another comes with it, so that the story does not end in between
    latest |= _latest(connection, {row for row in latest.values() if row}, waiting=True)
    latest |= _loose(connection, latest)
    home = stories.homes(connection, latest)
    gone = {row: other for row, other in latest.items() if other is not None}
    changing = {*home.values(), *stories.homes(connection, gone.values()).values()}
    lot = _Lot(latest, stories.members(connection, changing), gone=gone)
    lot.step = standing.step(connection)
    new = [row for row, other in latest.items() if other is None and row not in home]
    arriving = reader.stored(connection, new)
    leaving = reader.stored(connection, gone.keys() & home.keys())
    lot.more = count_terms(arriving.values())
    lot.more.subtract(count_terms(leaving.values()))
    number = wording.placed(connection) + len(arriving) - len(leaving)
    background = wording.background(connection, number, lot.more)
    loose = reader.stored(connection, home.keys() - gone.keys())
    touched = _touched(connection, reader, arriving | loose, gone.keys(), background)
    lot.held |= stories.members(connection, touched - lot.held.keys())
    staying = {story: held - latest.keys() for story, held in lot.held.items()}
    every = arriving | loose | reader.stored(connection, set().union(*staying.values()))
    known = [
        Story(str(story), tuple(sorted(every[row].id for row in rows)))
        for story, rows in staying.items()
        if rows
    ]
    row_of = {each.id: row for row, each in every.items()}
    rulings = standing.rulings(connection, row_of.keys())
    told = extend(known, every.values(), (), reader.config, background=background, rulings=rulings)
    lot.groups = [{row_of[name] for name in story.articles} for story in told]
    return lot


def _touched(
    connection: sqlite3.Connection,
    reader: Reader,
    arriving: Mapping[int, Bag],
    gone: Collection[int],
    background: Background,
) -> set[int]:
    """Return the stories that articles which arrive may join."""
    found: set[int] = set()
    for each in arriving.values():
        found.update(candidates(connection, each, reader.config, background))
    others = reader.stored(connection, found.difference(gone))
    new = {each.id for each in arriving.values()}
    near = alike(new, [*arriving.values(), *others.values()], reader.config, background)
    rows = {row for row, other in others.items() if other.id in near}
    return set(stories.homes(connection, rows | standing.partners(connection, new)).values())


def _latest(
    connection: sqlite3.Connection, rows: Collection[int], *, waiting: bool = False
) -> dict[int, int | None]:
    """Return, of some articles, what stands for each now."""
    found = connection.execute(
        "SELECT row, latest FROM article WHERE row IN (SELECT value FROM json_each(?))"
        " AND placed <= ?",
        (json.dumps(list(rows)), 0 if waiting else 1),
    )
    return dict(found.fetchall())


def _loose(connection: sqlite3.Connection, rows: Collection[int]) -> dict[int, int | None]:
    """Return what else waits in the stories of some articles, with what stands for each."""
    found = connection.execute(
        "SELECT row, latest FROM article JOIN story_article ON story_article.article = article.row"
        " WHERE placed = 0 AND story IN (SELECT story FROM story_article"
        " WHERE article IN (SELECT value FROM json_each(?)))",
        (json.dumps(list(rows)),),
    )
    return dict(found.fetchall())
