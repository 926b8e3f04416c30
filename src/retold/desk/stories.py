"""Stories as they are stored and listed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from retold.desk import paging, times
from retold.desk.numbering import number
from retold.desk.values import Moved, Page, StoryRow
from retold.errors import UsageError

TITLE = 120
"""Characters of the text that stand for a title where no version has one."""

_ORDERS = {"new": "first", "growing": "grown", "retold": "versions", "altered": "altered"}
_LISTED = (
    "SELECT story.*, job.story IS NOT NULL AS waits, dossier.renewed FROM story"
    " LEFT JOIN job ON job.story = story.row LEFT JOIN dossier ON dossier.story = story.row"
)


# ---------------------------------------------------------------- reading


def state(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """Return what changes whenever an article is placed or the versions of stories change."""
    placed = connection.execute("SELECT max(article) FROM story_article").fetchone()[0]
    grown = connection.execute("SELECT max(grown) FROM story WHERE versions > 1").fetchone()[0]
    # one of two versions that is divided leaves none of several, but a new one
    newest = connection.execute("SELECT max(row) FROM story").fetchone()[0]
    return placed or 0, grown or 0, newest or 0


def one(connection: sqlite3.Connection, wanted: int) -> StoryRow | Moved | None:
    """Return a story; where it went, if it became part of another; None if there never was one."""
    if not paging.storable(wanted):
        return None
    row = connection.execute(f"{_LISTED} WHERE story.row = ?", (wanted,)).fetchone()
    if row is not None:
        return _row(row)
    moved = connection.execute("SELECT new FROM story_moved WHERE old = ?", (wanted,)).fetchone()
    return None if moved is None else Moved(wanted, moved["new"])


def rows(connection: sqlite3.Connection, wanted: Iterable[int]) -> dict[int, StoryRow]:
    """Return some stories as they are listed, by number; those that are not there are missing."""
    found = connection.execute(
        f"{_LISTED} JOIN json_each(?) AS asked ON asked.value = story.row",
        (json.dumps(list(wanted)),),
    )
    return {row["row"]: _row(row) for row in found}


def listed(
    connection: sqlite3.Connection,
    order: str,
    since: datetime | None,
    cursor: str | None,
    limit: int,
) -> Page[StoryRow]:
    """Return a page of the stories that several versions tell."""
    if order not in _ORDERS:
        raise UsageError(f"order {order}: give one of {', '.join(_ORDERS)}")
    key, limit = _ORDERS[order], paging.bounded(limit)
    conditions, given = ["story.versions > 1"], list[object]()
    if order == "altered":
        conditions.append("story.altered IS NOT NULL")
    if since is not None:
        conditions.append("story.last >= ?")
        given.append(times.stored(since))
    listing = f"stories {order} {since}"
    if cursor is not None:
        conditions.append(f"(story.{key}, story.row) < (?, ?)")
        given += paging.behind(cursor, listing, int, int)
    found = connection.execute(
        f"{_LISTED} WHERE {' AND '.join(conditions)}"
        f" ORDER BY story.{key} DESC, story.row DESC LIMIT ?",
        (*given, limit + 1),
    ).fetchall()
    following = None
    if len(found) > limit:
        last = found[limit - 1]
        following = paging.cursor(listing, (last[key], last["row"]))
    return Page(tuple(map(_row, found[:limit])), following)


def _row(row: sqlite3.Row) -> StoryRow:
    return StoryRow(
        row["row"],
        row["title"],
        row["versions"],
        row["outlets"],
        times.shown(row["first"]),
        times.shown(row["last"]),
        times.shown(row["begun"]),
        times.shown(row["grown"]),
        None if row["origins_low"] is None else (row["origins_low"], row["origins_high"]),
        row["altered"],
        bool(row["waits"]),
        None if row["renewed"] is None else times.shown(row["renewed"]),
    )


def of_articles(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, int]:
    """Return the stories of articles, or of the texts that stand for them, by id."""
    found = connection.execute(
        "SELECT article.id, story FROM article JOIN story_article"
        " ON story_article.article = coalesce(article.latest, article.row)"
        " WHERE article.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    )
    return dict(found.fetchall())


def versions(connection: sqlite3.Connection, wanted: int) -> dict[int, str]:
    """Return the articles of a story, number and id, in the order of arrival."""
    return dict(
        connection.execute(
            "SELECT article.row, article.id FROM story_article"
            " JOIN article ON article.row = story_article.article"
            " WHERE story_article.story = ? ORDER BY article.row",
            (wanted,),
        ).fetchall()
    )


def homes(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, int]:
    """Return the stories that some articles are in, by article, all by number."""
    found = connection.execute(
        "SELECT article, story FROM story_article"
        " WHERE article IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    )
    return dict(found.fetchall())


def members(connection: sqlite3.Connection, wanted: Iterable[int]) -> dict[int, set[int]]:
    """Return the articles of some stories, all by number."""
    found: dict[int, set[int]] = {}
    for story, article in connection.execute(
        "SELECT story, article FROM story_article WHERE story IN (SELECT value FROM json_each(?))",
        (json.dumps(list(wanted)),),
    ):
        found.setdefault(story, set()).add(article)
    return found


# ---------------------------------------------------------------- writing


def store(
    connection: sqlite3.Connection,
    held: Mapping[int, Collection[int]],
    stands: Mapping[int, int],
    groups: Sequence[Collection[int]],
) -> list[int]:
    """Make groups of articles the stories that they are; return the numbers of what changed.

    Stories keep their numbers (:func:`retold.desk.numbering.number`), and the dossiers of all that
    changed are to be renewed.

    Args:
        connection: within a transaction.
        held: the stories that may change, with all their articles.
        stands: of articles that leave, the one that stands for each.
        groups: what these stories become: their articles, but for those that leave, and new ones.
    """
    now = times.now()
    before = [(stands.get(at, at), story) for story, held_by in held.items() for at in held_by]
    numbering = number(before, groups)
    numbers = [_begin(connection, now) if n is None else n for n in numbering.numbers]
    changed = [
        (story, group)
        for story, group in zip(numbers, groups, strict=True)
        if set(held.get(story, ())) != set(group)
    ]
    leave = [(at,) for at in stands]
    connection.executemany("DELETE FROM story_article WHERE article = ?", leave)
    connection.executemany(
        "INSERT INTO story_article VALUES (?, ?)"
        " ON CONFLICT (article) DO UPDATE SET story = excluded.story",
        sorted((article, story) for story, group in changed for article in group),
    )
    for old, at in numbering.moved.items():
        connection.execute("UPDATE story_moved SET new = ? WHERE new = ?", (numbers[at], old))
        connection.execute("INSERT INTO story_moved VALUES (?, ?)", (old, numbers[at]))
    ended = [(story,) for story in (*numbering.moved, *numbering.ended)]
    connection.executemany("DELETE FROM story WHERE row = ?", ended)
    for story, _ in changed:
        _describe(connection, story, now)
        ask(connection, story)
    return [story for story, _ in changed]


def _begin(connection: sqlite3.Connection, now: int) -> int:
    made = connection.execute(
        "INSERT INTO story (title, versions, outlets, first, last, begun, grown)"
        " VALUES ('', 0, 0, 0, 0, ?, ?)",
        (now, now),
    )
    assert made.lastrowid is not None
    return made.lastrowid


def _describe(connection: sqlite3.Connection, story: int, now: int) -> None:
    """Bring what lists show of a story up to date with its versions."""
    connection.execute(
        "UPDATE story SET title = ?, versions = ?, outlets = ?, first = ?, last = ?, grown = ?"
        " WHERE row = ?",
        (*described(connection, story), now, story),
    )


def described(connection: sqlite3.Connection, story: int) -> tuple[str, int, int, int, int]:
    """Return what lists show of a story by its versions: title, versions, outlets, first, last."""
    of_story = (
        " FROM story_article JOIN article ON article.row = story_article.article"
        " WHERE story_article.story = ?"
    )
    facts = connection.execute(
        "SELECT count(*), count(DISTINCT nullif(outlet, '')), min(moment), max(moment)" + of_story,
        (story,),
    ).fetchone()
    title = connection.execute(
        "SELECT title" + of_story + " ORDER BY title = '', moment, row LIMIT 1", (story,)
    ).fetchone()[0]
    if not title:
        title = connection.execute(
            "SELECT substr(text, 1, ?) FROM article_full AS article JOIN story_article"
            " ON story_article.article = article.row WHERE story = ? ORDER BY moment, row LIMIT 1",
            (TITLE, story),
        ).fetchone()[0]
    return (" ".join(title.split()), *facts)


def ask(connection: sqlite3.Connection, story: int) -> None:
    """Ask for the dossier of a story to be renewed; a story of one article has none."""
    several = connection.execute(
        "INSERT INTO job (story, since, asked) SELECT row, ?, 1 FROM story"
        " WHERE row = ? AND versions > 1"
        " ON CONFLICT (story) DO UPDATE SET asked = asked + 1, tries = 0, fault = ''",
        (times.now(), story),
    ).rowcount
    if not several:
        for emptied in (
            "DELETE FROM job WHERE story = ?",
            "DELETE FROM dossier WHERE story = ?",
            "DELETE FROM carried WHERE story = ?",
        ):
            connection.execute(emptied, (story,))
        connection.execute(
            "UPDATE story SET origins_low = NULL, origins_high = NULL, altered = NULL"
            " WHERE row = ?",
            (story,),
        )
