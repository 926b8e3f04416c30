"""Is a desk sound?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import islice

from retold.config import StoriesConfig
from retold.desk import copying, times
from retold.desk.database import Database, explained
from retold.engine import Progress, silent
from retold.errors import DeskError
from retold.model import article_id

TOLD = 20
"""Problems of one kind that are told; of more, how many there are."""


def check(database: Database, config: StoriesConfig, progress: Progress = silent) -> list[str]:
    """Return what is wrong with a desk, a sentence each; nothing where it is sound.

    A copy is examined, damage and all: to examine an index counts as writing, and takes so long in
    a large desk that nobody should wait for it.

    Raises:
        DeskError: there is no room for the copy.
    """
    checks = _CHECKS | _of_stories(config)
    problems: list[str] = []
    with copying.part(database.path, database.path) as made:
        with database.read() as connection:
            copying.copy(connection, made, database.path, progress)
        with closing(sqlite3.connect(made, isolation_level=None)) as copied:
            copied.row_factory = sqlite3.Row
            for done, (name, examine) in enumerate(checks.items()):
                progress("check", done, len(checks))
                try:
                    with explained(database.path):
                        problems += _bounded(examine(copied))
                except DeskError as error:
                    problems.append(f"{name}: {error}")
    progress("check", len(checks), len(checks))
    return problems


def _bounded(found: Iterator[str]) -> list[str]:
    told = list(islice(found, TOLD))
    more = sum(1 for _ in found)
    return [*told, f"and {more} more of that kind"] if more else told


def _file(connection: sqlite3.Connection) -> Iterator[str]:
    for (said,) in connection.execute(f"PRAGMA integrity_check({TOLD})"):
        if said != "ok":
            yield f"the file is damaged: {said}"


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, other, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to a row of {other} that is not there"


def _articles(connection: sqlite3.Connection) -> Iterator[str]:
    for row in connection.execute(
        "SELECT article.row, id, title, outlet, byline, url, published, text"
        " FROM article LEFT JOIN article_body ON article_body.row = article.row"
    ):
        if row["text"] is None:
            yield f"article {row['row']} has no text"
            continue
        published = None if row["published"] is None else times.shown(row["published"])
        made = article_id(
            row["text"], row["title"], row["outlet"], row["url"], row["byline"], published
        )
        if made != row["id"]:
            yield f"article {row['row']} is not what was stored: its content does not fit its id"


def _revisions(connection: sqlite3.Connection) -> Iterator[str]:
    for (row,) in connection.execute(
        "SELECT earlier.row FROM article AS earlier JOIN article AS later"
        " ON later.row = earlier.latest"
        " WHERE later.latest IS NOT NULL OR later.address <> earlier.address"
    ):
        yield f"article {row}: the text that is to stand for it does not"


def _search(connection: sqlite3.Connection) -> Iterator[str]:
    indexes = connection.execute(
        "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%'"
    )
    for (name,) in indexes.fetchall():
        try:
            connection.execute(
                f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
            )
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
                raise
            yield f"the index {name} does not fit what it is of: what is searched may not be found"


def _of_stories(config: StoriesConfig) -> dict[str, _Check]:
    # what reads dossiers and words takes a second to import
    from retold.desk import check_stories

    return {
        "stories": check_stories.homes,
        "lists of stories": check_stories.listed,
        "dossiers": check_stories.told,
        "pages": check_stories.shown,
        "mentions": check_stories.mentions,
        "words": partial(check_stories.words, config=config),
    }


_Check = Callable[[sqlite3.Connection], Iterator[str]]
_CHECKS: dict[str, _Check] = {
    "file": _file,
    "references": _references,
    "articles": _articles,
    "revisions": _revisions,
    "search": _search,
}
