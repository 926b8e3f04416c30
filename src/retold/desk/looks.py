"""When pages are asked again whose feeds say nothing of a change, in the store."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from retold.config import FeedConfig
from retold.desk import times
from retold.feeds import schedule

_BORN = "min(coalesce(updated, published, read), read)"
"""When an entry last changed, as its feed says; one that says a time to come was read by now."""


@dataclass(frozen=True, slots=True)
class Look:
    """A page that is to be asked again."""

    row: int
    """The entry's."""
    url: str
    article: str
    """The id of the article that stands for what it showed."""


def begin(connection: sqlite3.Connection, entry: int, config: FeedConfig) -> None:
    """Say when the page of an entry is asked again, if ever; its text was had just now.

    One that waits is not: its feed said meanwhile that it changed, so that it is read anyway.
    """
    row = connection.execute(
        f"SELECT url, feed, host, {_BORN} AS born FROM feed_entry WHERE row = ? AND due IS NULL",  # noqa: S608
        (entry,),
    ).fetchone()
    when = None
    if row is not None:
        moment = times.shown(times.now())
        when = schedule.look_again(times.shown(row["born"]), moment, config, row["url"])
    if when is None:
        connection.execute("DELETE FROM look WHERE entry = ?", (entry,))
    else:
        connection.execute(
            "INSERT OR REPLACE INTO look VALUES (?, ?, ?, ?)",
            (entry, row["feed"], row["host"], times.stored(when)),
        )


def done(
    connection: sqlite3.Connection,
    entry: int,
    config: FeedConfig,
    article: int | None = None,
    *,
    gone: bool = False,
) -> None:
    """Note that a page was asked again: what it shows, if that is another article, and what next.

    Where its feed said meanwhile that it changed, or is watched no more, nothing is noted.
    """
    if article is not None:
        connection.execute(
            "UPDATE feed_entry SET article = ? WHERE row = ? AND due IS NULL", (article, entry)
        )
    if gone:
        connection.execute("DELETE FROM look WHERE entry = ?", (entry,))
    else:
        begin(connection, entry, config)


def due(connection: sqlite3.Connection, place: str, limit: int) -> list[Look]:
    """Return the pages of a host that are to be asked again now, the longest due first."""
    found = connection.execute(
        "SELECT feed_entry.row, feed_entry.url, stands.id FROM look"
        " JOIN feed_entry ON feed_entry.row = look.entry"
        " JOIN article ON article.row = feed_entry.article"
        " JOIN article AS stands ON stands.row = coalesce(article.latest, article.row)"
        " WHERE look.due <= ? AND look.host = ? ORDER BY look.due, look.entry LIMIT ?",
        (times.now(), place, limit),
    )
    return [Look(*row) for row in found]
