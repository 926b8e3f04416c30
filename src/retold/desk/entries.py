"""Entries of feeds in the store: each once, kept with what the feed gives until its text is had.

An entry waits (``due``) from the transaction in which its feed's answer is noted until its article
is stored: whoever is killed in between loses nothing, and the next start goes on.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from retold.desk import times
from retold.desk.feeds import host
from retold.feeds.values import Entry
from retold.feeds.whole import Own
from retold.fetch.values import Validators
from retold.model import Article, Cut, CutKind
from retold.stories.revisions import address

MOST_KEY = 2_000
"""Characters of a key; of longer ones the hash stands for the rest."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an answer of a feed."""

    new: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry of which the text is to be had."""

    row: int
    feed: int
    source: str
    """The feed's address."""
    url: str
    address: str
    title: str
    author: str
    outlet: str
    """What its articles are given; empty where they say themselves."""
    named: str
    """The outlet as pages say it to which the feed led on the same site; empty where none did."""
    said: str
    """The outlet by what the feed says; empty where it says nothing of it."""
    published: datetime | None
    updated: int | None
    """As stored."""
    changed: int
    """As stored."""
    tries: int
    read: int | None
    own: Own


def take(
    connection: sqlite3.Connection,
    feed: int,
    place: str,
    entries: Sequence[tuple[Entry, Own, str]],
) -> Taken:
    """Keep the entries of an answer that are new or have changed, to be had now.

    Args:
        connection: within a transaction.
        feed: the feed's number.
        place: the feed's host.
        entries: each with what the feed gives of its text, and the outlet by what the feed says.
    """
    often = Counter(entry.id for entry, _, _ in entries)
    seen = set[str]()
    new = changed = 0
    for entry, own, outlet in entries:
        digest = _digest(entry, own)
        # programs that give several entries one id tell them apart by their addresses
        key = _key(entry.id if often[entry.id] == 1 else f"{entry.id}\x1f{entry.url}", digest)
        if key in seen:
            continue
        seen.add(key)
        held = connection.execute(
            "SELECT row, digest, published FROM feed_entry WHERE feed = ? AND key = ?", (feed, key)
        ).fetchone()
        if held is not None and held["digest"] == digest:
            continue
        page = bool(entry.url) and not own.whole
        # an entry that only says when it was updated was published when it first said so
        moment = entry.published or entry.updated
        values = (
            entry.url,
            address(entry.url),
            host(entry.url) if page else place,
            digest,
            _held_or(held, moment if entry.published or held is None else None),
            times.stored(entry.updated),
            times.now(),
            int(page),
            _packed(entry, own, outlet),
            times.now(),
        )
        if held is None:
            connection.execute(
                "INSERT INTO feed_entry (url, address, host, digest, published, updated, changed,"
                " page, held, due, feed, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*values, feed, key),
            )
            new += 1
        else:
            connection.execute(
                "UPDATE feed_entry SET url = ?, address = ?, host = ?, digest = ?, published = ?,"
                " updated = ?, changed = ?, page = ?, held = ?, due = ?, tries = 0, reason = ''"
                " WHERE row = ?",
                (*values, held["row"]),
            )
            connection.execute("DELETE FROM look WHERE entry = ?", (held["row"],))
            changed += 1
    return Taken(new, changed)


def waiting(connection: sqlite3.Connection, place: str, limit: int, *, page: bool) -> list[Pending]:
    """Return the entries of a host of which the text is to be had now, the longest due first."""
    found = connection.execute(
        "SELECT feed_entry.*, feed.url AS source, feed.outlet AS outlet FROM feed_entry"
        " JOIN feed ON feed.row = feed_entry.feed"
        " WHERE feed_entry.due <= ? AND feed_entry.host = ? AND page = ?"
        " ORDER BY feed_entry.due, feed_entry.row LIMIT ?",
        (times.now(), place, int(page), limit),
    ).fetchall()
    sites = [(row["feed"], row["address"].partition("?")[0].partition("/")[0]) for row in found]
    names = {site: _named(connection, *site) for site in set(sites)}
    return [_pending(row, names[site]) for row, site in zip(found, sites, strict=True)]


def had_elsewhere(connection: sqlite3.Connection, entry: Pending) -> int | None:
    """Return the article of an entry's address, where another entry brought it as it now stands.

    It counts as such where it was read since the feed last said that the entry changed.
    """
    if not entry.address:
        return None
    since = entry.updated if entry.read is None else entry.changed
    row = connection.execute(
        "SELECT article FROM feed_entry WHERE address = ? AND row <> ? AND article IS NOT NULL"
        " AND due IS NULL AND read >= ? AND (page OR feed <> ?) ORDER BY read DESC LIMIT 1",
        (entry.address, entry.row, since or 0, entry.feed),
    ).fetchone()
    return None if row is None else int(row[0])


def done(
    connection: sqlite3.Connection, entry: Pending, article: int | None, reason: str = ""
) -> None:
    """Note that the text of an entry was had, or why there is none.

    An entry that changed meanwhile waits on.
    """
    connection.execute(
        "UPDATE feed_entry SET due = NULL, held = NULL, tries = 0, read = ?, reason = ?,"
        " article = coalesce(?, article) WHERE row = ? AND changed = ?",
        (times.now(), reason, article, entry.row, entry.changed),
    )


def later(connection: sqlite3.Connection, entry: Pending, when: datetime, reason: str) -> None:
    """Note that a page could not be read, and when it is tried again."""
    connection.execute(
        "UPDATE feed_entry SET due = ?, tries = tries + 1, reason = ? WHERE row = ?",
        (times.stored(when), reason, entry.row),
    )


def page(connection: sqlite3.Connection, url: str) -> tuple[Validators, int | None]:
    """Return what is known of a page: what to ask it with, and the number of its article."""
    row = connection.execute("SELECT * FROM page WHERE url = ?", (url,)).fetchone()
    if row is None or row["article"] is None:
        return Validators(), None
    return Validators(row["etag"], row["modified"]), row["article"]


def keep_page(
    connection: sqlite3.Connection, url: str, known: Validators, fetched: datetime, article: int
) -> None:
    """Note what a page answered."""
    connection.execute(
        "INSERT OR REPLACE INTO page (url, etag, modified, fetched, article)"
        " VALUES (?, ?, ?, ?, ?)",
        (url, known.etag, known.modified, times.stored(fetched), article),
    )


def keep_read(connection: sqlite3.Connection, pages: Iterable[tuple[str, datetime]]) -> None:
    """Note when addresses were read, whatever came of it."""
    connection.executemany(
        "INSERT INTO page (url, etag, modified, fetched) VALUES (?, '', '', ?)"
        " ON CONFLICT (url) DO UPDATE SET fetched = excluded.fetched",
        ((url, times.stored(fetched)) for url, fetched in pages),
    )


def same(connection: sqlite3.Connection, article: Article) -> int | None:
    """Return the article that stands for its address and says the same, and no less of its date.

    A byline, an outlet or a date that is told otherwise, as feeds and pages do, makes no revision.
    """
    row = connection.execute(
        "SELECT article.row FROM article JOIN article_body ON article_body.row = article.row"
        " WHERE address = ? AND address <> '' AND ? IN (title, '') AND text = ?"
        " AND latest IS NULL AND (published IS NOT NULL OR ?) ORDER BY article.row LIMIT 1",
        (address(article.url), article.title, article.text, article.published is None),
    ).fetchone()
    return None if row is None else int(row[0])


def numbers(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    """Return the numbers of articles by id."""
    found = connection.execute(
        "SELECT id, row FROM article WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {row["id"]: row["row"] for row in found}


def _held_or(held: sqlite3.Row | None, moment: datetime | None) -> int | None:
    return times.stored(moment) if moment is not None or held is None else held["published"]


def _key(given: str, digest: bytes) -> str:
    if not given.strip("\x1f"):
        return digest.hex()
    if len(given) <= MOST_KEY:
        return given
    return f"{given[:MOST_KEY]}\x1f{hashlib.sha256(given.encode()).hexdigest()}"


def _digest(entry: Entry, own: Own) -> bytes:
    moments = [str(moment) for moment in (entry.published, entry.updated)]
    said = json.dumps([entry.url, entry.title, entry.author, own.text, *moments])
    return hashlib.sha256(said.encode()).digest()[:16]


def _packed(entry: Entry, own: Own, outlet: str) -> str:
    cuts = [[cut.kind, cut.text] for cut in own.cuts]
    return json.dumps(
        [entry.title, entry.author, outlet, own.text, own.words, own.whole, own.cut_off, cuts]
    )


def _named(connection: sqlite3.Connection, feed: int, site: str) -> str:
    """Return the outlet of the first article that a feed brought from a page of a site."""
    row = connection.execute(
        # "0" is the sign that follows "/"
        "SELECT outlet, min(article.row) FROM article JOIN feed_entry ON article = article.row"
        " WHERE feed = ? AND page AND extractor NOT LIKE 'retold-feed %'"
        " AND feed_entry.address >= ? || '/' AND feed_entry.address < ? || '0'"
        " AND outlet NOT IN ('', ?, 'm.' || ?, 'amp.' || ?)",
        (feed, site, site, site, site, site),
    ).fetchone()
    return row["outlet"] or ""


def _pending(row: sqlite3.Row, named: str) -> Pending:
    title, author, said, text, words, whole, cut_off, cuts = json.loads(row["held"])
    return Pending(
        row=row["row"],
        feed=row["feed"],
        source=row["source"],
        url=row["url"],
        address=row["address"],
        title=title,
        author=author,
        outlet=row["outlet"],
        named=named,
        said=said,
        published=times.shown(row["published"]),
        updated=row["updated"],
        changed=row["changed"],
        tries=row["tries"],
        read=row["read"],
        own=Own(text, words, whole, cut_off, tuple(Cut(CutKind(kind), cut) for kind, cut in cuts)),
    )
