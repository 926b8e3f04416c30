"""How common words are among the articles of the desk that are in a story."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from retold.stories import Background


def holders(connection: sqlite3.Connection, names: Iterable[str]) -> dict[str, int]:
    """Return in how many articles some words stand; those that stand in none are missing."""
    asked = sorted(set(names))
    # as one text: a row of SQLite's each costs as much again as to look its word up
    told: str | None = connection.execute(
        "SELECT group_concat(coalesce(articles, 0)) FROM (SELECT articles FROM json_each(?)"
        " LEFT JOIN term ON name = value ORDER BY json_each.key)",
        (json.dumps(asked),),
    ).fetchone()[0]
    counts = map(int, told.split(",")) if told else ()
    return {name: count for name, count in zip(asked, counts, strict=True) if count}


def placed(connection: sqlite3.Connection) -> int:
    """Return how many articles are in a story."""
    found: int = connection.execute("SELECT count(*) FROM story_article").fetchone()[0]
    return found


def background(
    connection: sqlite3.Connection, articles: int, more: Mapping[str, int]
) -> Background:
    """Return how common words are in the whole desk.

    Args:
        connection: is asked when it is needed, so it must stay open that long.
        articles: how many there are, with those that come and without those that go.
        more: in how many more articles words stand by that; fewer where below 0.
    """
    known: dict[str, int] = {}

    def ask(names: Sequence[str]) -> list[int]:
        known.update(dict.fromkeys(unknown := [n for n in names if n not in known], 0))
        known.update(holders(connection, unknown))
        return [known[name] + more.get(name, 0) for name in names]

    return Background(articles, ask)


def everywhere(connection: sqlite3.Connection) -> Background:
    """Return how common words are in the whole desk, as it is."""
    return background(connection, placed(connection), {})


def change(connection: sqlite3.Connection, more: Mapping[str, int]) -> None:
    """Note in how many more articles words stand; fewer where below 0."""
    connection.executemany(
        "INSERT INTO term VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET articles = articles + excluded.articles",
        sorted((name, count) for name, count in more.items() if count),
    )
    gone = sorted((name,) for name, count in more.items() if count < 0)
    connection.executemany("DELETE FROM term WHERE name = ? AND articles <= 0", gone)


def replace(connection: sqlite3.Connection, counts: Mapping[str, int]) -> None:
    """Make the counts those that were found by reading all articles."""
    held = dict(connection.execute("SELECT name, articles FROM term").fetchall())
    gone = sorted((name,) for name in held.keys() - counts.keys())
    connection.executemany("DELETE FROM term WHERE name = ?", gone)
    connection.executemany(
        "INSERT INTO term VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET articles = excluded.articles",
        sorted((name, count) for name, count in counts.items() if held.get(name) != count),
    )
