"""Feeds in the store: which are watched, how each fares, when each is asked again."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from retold.desk import paging, times
from retold.desk.values import FeedRow, Page
from retold.errors import UsageError
from retold.feeds.lines import line, web
from retold.feeds.schedule import Due
from retold.feeds.values import Entry, Feed, FeedLink
from retold.fetch.values import Fetched, Validators
from retold.labels import short
from retold.read import compose

_NUMBER = re.compile(r"\d{1,20}", re.ASCII)
_LISTED = (
    "SELECT feed.*,"
    " (SELECT count(DISTINCT article) FROM feed_entry WHERE feed = feed.row) AS articles,"
    " (SELECT count(*) FROM feed_entry WHERE feed = feed.row AND due IS NOT NULL) AS waiting,"
    " (SELECT count(*) FROM look WHERE look.feed = feed.row) AS looks"
    " FROM feed"
)
_SAME = ("url", "given", "title", "outlet", "folder", "site", "format", "failures", "error",
         "articles", "waiting", "looks")  # fmt: skip
_MOMENTS = ("added", "asked", "answered", "brought")


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking a feed needs to know of it."""

    row: int
    url: str
    title: str
    outlet: str
    validators: Validators
    digest: bytes
    """Of the last answer that was read."""
    wait: float | None
    failures: int


def host(url: str) -> str:
    """Return host and port of an address: what is asked by one at a time."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].casefold()
    except ValueError:
        return ""


def outlet(entry: Entry, asked: Asked, feed: Feed) -> str:
    """Return the outlet of an entry: the feed's title where the entry is of the feed's own site."""
    if entry.source:
        return entry.source
    of_feed = {_owner(asked.url), _owner(feed.site)}
    same = not entry.url or _owner(entry.url) in of_feed
    return (asked.title or feed.title) if same else ""


def _owner(url: str) -> str:
    """Return the part of a host that one buys: two labels, or three below "co.uk" and the like."""
    labels = compose.host(url).split(".")
    shared = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3 if shared else -2 :])


def add(connection: sqlite3.Connection, link: FeedLink, outlet: str = "") -> tuple[int, bool]:
    """Add a feed, to be asked at once; return its number and whether it is new.

    One that was gone is asked anew.

    Raises:
        UsageError: the address is none of the web.
    """
    url = web(link.url, "")
    if not url:
        raise UsageError(f"{short(link.url, 80)}: give the address of a feed (https://...)")
    held = connection.execute(
        "SELECT row FROM feed WHERE url = ? OR given = ?", (url, url)
    ).fetchone()
    if held:
        if outlet:
            connection.execute("UPDATE feed SET outlet = ? WHERE row = ?", (line(outlet), held[0]))
        connection.execute(
            "UPDATE feed SET due = ?, failures = 0, error = '' WHERE row = ? AND due IS NULL",
            (times.now(), held[0]),
        )
        return int(held[0]), False
    moment = times.now()
    made = connection.execute(
        "INSERT INTO feed (url, given, host, title, outlet, folder, added, due)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING row",
        (url, url, host(url), line(link.title), line(outlet), line(link.folder), moment, moment),
    ).fetchone()
    return int(made[0]), True


def remove(connection: sqlite3.Connection, key: str | int) -> FeedRow:
    """Watch a feed no more; its articles stay. Return what was known of it.

    Raises:
        UsageError: there is no such feed.
    """
    row = one(connection, key)
    if row is None:
        raise UsageError(
            f"{short(str(key), 80)}: is not watched; `retold desk feed list` shows all"
        )
    connection.execute("DELETE FROM feed WHERE row = ?", (row.number,))
    return row


def one(connection: sqlite3.Connection, key: str | int) -> FeedRow | None:
    """Return a feed by number or address."""
    number = int(key) if isinstance(key, int) or _NUMBER.fullmatch(key) else None
    if number is not None:
        if not paging.storable(number):
            return None
        row = connection.execute(f"{_LISTED} WHERE row = ?", (number,)).fetchone()
    elif not paging.storable(key):
        return None
    else:
        row = connection.execute(f"{_LISTED} WHERE url = ? OR given = ?", (key, key)).fetchone()
    return None if row is None else _row(row)


def listed(connection: sqlite3.Connection, cursor: str | None, limit: int) -> Page[FeedRow]:
    """Return a page of feeds, in the order in which they were added."""
    after = paging.behind(cursor, "feeds", int) if cursor is not None else (0,)
    limit = paging.bounded(limit)
    found = connection.execute(
        f"{_LISTED} WHERE row > ? ORDER BY row LIMIT ?", (*after, limit + 1)
    ).fetchall()
    following = paging.cursor("feeds", (found[limit - 1]["row"],)) if len(found) > limit else None
    total = connection.execute("SELECT count(*) FROM feed").fetchone()[0]
    return Page(tuple(map(_row, found[:limit])), following, total)


def links(connection: sqlite3.Connection) -> list[FeedLink]:
    """Return all feeds as a list of feeds holds them, by folder and title."""
    found = connection.execute("SELECT url, title, folder FROM feed ORDER BY folder, title, url")
    return [FeedLink(*row) for row in found]


def due(connection: sqlite3.Connection, place: str, limit: int) -> list[Asked]:
    """Return the feeds of a host that are to be asked now, the longest due first."""
    found = connection.execute(
        "SELECT * FROM feed WHERE due <= ? AND host = ? ORDER BY due, row LIMIT ?",
        (times.now(), place, limit),
    )
    return [
        Asked(
            row["row"],
            row["url"],
            row["title"],
            row["outlet"],
            Validators(row["etag"], row["modified"]),
            row["digest"],
            row["wait"],
            row["failures"],
        )
        for row in found
    ]


def make_due(connection: sqlite3.Connection) -> None:
    """Ask every feed now that is not gone, whenever it would be asked."""
    connection.execute("UPDATE feed SET due = ? WHERE due IS NOT NULL", (times.now(),))


def summed(found: Fetched) -> bytes:
    """Return what tells the body of an answer from others."""
    return hashlib.sha256(found.body).digest()[:16]


def answered(
    connection: sqlite3.Connection,
    asked: Asked,
    found: Fetched,
    feed: Feed | None,
    following: Due,
    *,
    brought: bool,
) -> None:
    """Note that a feed answered: with ``feed``, or that nothing changed where that is None."""
    moment = times.stored(found.fetched)
    connection.execute(
        "UPDATE feed SET asked = ?, answered = ?, due = ?, failures = 0, error = '', etag = ?,"
        " modified = ?, brought = CASE WHEN ? THEN ? ELSE brought END WHERE row = ?",
        (
            moment,
            moment,
            times.stored(following.next),
            found.validators.etag,
            found.validators.modified,
            brought,
            moment,
            asked.row,
        ),
    )
    if feed is not None:
        connection.execute(
            # the first title stays: it names the outlet of articles that are stored
            "UPDATE feed SET wait = ?, format = ?, site = ?, digest = ?,"
            " title = CASE title WHEN '' THEN ? ELSE title END WHERE row = ?",
            (feed.wait, feed.format, feed.site, summed(found), feed.title, asked.row),
        )
    _move(connection, asked, found.settled_url)


def _move(connection: sqlite3.Connection, asked: Asked, settled: str) -> None:
    """Follow a feed that moved for good; where that one is watched already, stop at this one."""
    if not settled or settled == asked.url:
        return
    other = connection.execute(
        "SELECT row FROM feed WHERE url = ? AND row <> ?", (settled, asked.row)
    ).fetchone()
    if other is None:
        connection.execute(
            "UPDATE feed SET url = ?, host = ? WHERE row = ?", (settled, host(settled), asked.row)
        )
    else:
        connection.execute(
            "UPDATE feed SET due = NULL, error = ? WHERE row = ?",
            (f"It has moved to feed {other[0]}, which is watched.", asked.row),
        )


def failed(
    connection: sqlite3.Connection, asked: Asked, detail: str, now: datetime, following: Due
) -> None:
    """Note that a feed was not read, and why."""
    connection.execute(
        "UPDATE feed SET asked = ?, due = ?, failures = ?, error = ? WHERE row = ?",
        (times.stored(now), times.stored(following.next), following.failures, detail, asked.row),
    )


def hold(connection: sqlite3.Connection, place: str, until: datetime) -> None:
    """Leave a host alone until some moment, which is no failure of its feeds and pages."""
    moment = times.stored(until)
    for what in (
        "feed SET due = ? WHERE",
        "feed_entry SET due = ? WHERE page AND",
        "look SET due = ? WHERE",
    ):
        connection.execute(
            f"UPDATE {what} host = ? AND due < ?",
            (moment, place, moment),
        )


def _waits(what: str, *, looks: bool) -> str:
    """Return ``what`` of all that is to be read, with pages that are asked again or without."""
    return " UNION ALL ".join(
        f"SELECT {what} AS due FROM {table} WHERE due IS NOT NULL"  # noqa: S608
        for table in ("feed", "feed_entry", *(("look",) if looks else ()))
    )


def hosts(connection: sqlite3.Connection, busy: Iterable[str], *, looks: bool) -> list[str]:
    """Return the hosts of which something is to be read now, the longest due first."""
    found = connection.execute(
        f"SELECT host, min(due) AS since FROM ({_waits('host, due', looks=looks)})"  # noqa: S608
        " WHERE due <= ? GROUP BY host ORDER BY since, host",
        (times.now(),),
    )
    held = frozenset(busy)
    return [row["host"] for row in found if row["host"] not in held]


def next_due(connection: sqlite3.Connection, *, looks: bool) -> datetime | None:
    """Return when something is to be read next."""
    moment: int | None = connection.execute(
        f"SELECT min(due) FROM ({_waits('min(due)', looks=looks)})"  # noqa: S608
    ).fetchone()[0]
    return times.shown(moment)


def _row(row: sqlite3.Row) -> FeedRow:
    return FeedRow(
        number=row["row"],
        next=times.shown(row["due"]),
        **{name: row[name] for name in _SAME},
        **{name: times.shown(row[name]) for name in _MOMENTS},
    )
