"""Articles in the store, as values and as they are listed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from retold.desk import paging, times
from retold.desk.values import ArticleFilter, ArticleRow, Page, SearchFilter
from retold.errors import UsageError
from retold.model import Article, Cut, CutKind

OPENING = 280
"""Characters of the text that a listed article shows."""

_LISTED = (
    "article.row, article.id, article.title, article.outlet, article.byline, article.url,"
    " article.language, article.published, article.published_source, article.fetched,"
    " article.arrived, article.words, article.run, article.placed,"
    f" substr(article_body.text, 1, {OPENING}) AS opening, later.id AS latest"
)
_FROM = (
    " FROM article JOIN article_body ON article_body.row = article.row"
    " LEFT JOIN article AS later ON later.row = article.latest"
)


def values(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Article]:
    """Return the articles with these ids, whole; those that are not there are missing."""
    return {
        row["id"]: _value(row)
        for row in connection.execute(
            "SELECT * FROM article_full WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
    }


def _value(row: sqlite3.Row) -> Article:
    return Article(
        row["id"],
        row["text"],
        row["title"],
        row["outlet"],
        row["byline"],
        row["url"],
        row["language"],
        None if row["published"] is None else times.shown(row["published"]),
        row["published_source"],
        None if row["fetched"] is None else times.shown(row["fetched"]),
        row["extractor"],
        row["source"],
        tuple(Cut(CutKind(kind), text) for kind, text in json.loads(row["cuts"])),
        tuple(json.loads(row["remarks"])),
    )


def fetched(connection: sqlite3.Connection, urls: Iterable[str]) -> dict[str, datetime | None]:
    """Return the addresses of which a text is stored or that were read, with when that last was."""
    from retold.stories.revisions import address

    places = {url: address(url) for url in urls}
    found = dict(
        connection.execute(
            "SELECT address, max(fetched) AS last FROM article WHERE address <> ''"
            " AND address IN (SELECT value FROM json_each(?)) GROUP BY address",
            (json.dumps(sorted(set(places.values()))),),
        ).fetchall()
    )
    read = dict(
        connection.execute(
            "SELECT url, fetched FROM page WHERE url IN (SELECT value FROM json_each(?))",
            (json.dumps(list(places)),),
        ).fetchall()
    )
    moments = {
        url: [at for at in (found.get(place), read.get(url)) if at is not None]
        for url, place in places.items()
        if place in found or url in read
    }
    return {url: times.shown(max(known, default=None)) for url, known in moments.items()}


def rows(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, ArticleRow]:
    """Return the articles with these numbers as they are listed; none for what is not there."""
    found = connection.execute(
        f"SELECT {_LISTED}{_FROM} WHERE article.row IN (SELECT value FROM json_each(?))",  # noqa: S608
        (json.dumps(list(numbers)),),
    )
    return {row["row"]: _row(row) for row in found}


def one(connection: sqlite3.Connection, key: str | int) -> ArticleRow | None:
    """Return an article by id or number, as it is listed."""
    if not paging.storable(key):
        return None
    column = "row" if isinstance(key, int) else "id"
    row = connection.execute(
        f"SELECT {_LISTED}{_FROM} WHERE article.{column} = ?",
        (key,),
    ).fetchone()
    return None if row is None else _row(row)


def _row(row: sqlite3.Row) -> ArticleRow:
    return ArticleRow(
        row["row"],
        row["id"],
        row["title"],
        row["outlet"],
        row["byline"],
        row["url"],
        row["language"],
        None if row["published"] is None else times.shown(row["published"]),
        row["published_source"],
        None if row["fetched"] is None else times.shown(row["fetched"]),
        times.shown(row["arrived"]),
        row["words"],
        row["opening"],
        row["run"],
        row["latest"],
        bool(row["placed"]),
    )


def revised(connection: sqlite3.Connection, key: str) -> list[ArticleRow]:
    """Return all texts that one text stands for, that one first, then the later before earlier."""
    if not paging.storable(key):
        return []
    found = connection.execute(
        f"SELECT {_LISTED}{_FROM}"
        " JOIN article AS asked ON asked.id = ?"
        " WHERE article.row = coalesce(asked.latest, asked.row)"
        " OR article.latest = coalesce(asked.latest, asked.row)"
        " ORDER BY article.latest IS NOT NULL, article.moment DESC, article.row DESC",
        (key,),
    )
    return [_row(row) for row in found]


def conditions(wanted: ArticleFilter | SearchFilter) -> tuple[list[str], list[object]]:
    """Return what a filter asks of ``article``, as conditions and the values in them."""
    narrowed: list[str] = []
    given: list[object] = []
    if wanted.standing:
        narrowed.append("article.latest IS NULL")
    for condition, value in (
        ("article.outlet = ?", wanted.outlet),
        ("article.language = ?", wanted.language),
        ("article.moment >= ?", wanted.since and times.stored(wanted.since)),
        ("article.moment < ?", wanted.until and times.stored(wanted.until)),
    ):
        if value not in {"", None}:
            _narrow(narrowed, given, condition, value)
    return narrowed, given


def _narrow(narrowed: list[str], given: list[object], condition: str, value: object) -> None:
    """Add a condition; one on what cannot be stored lets nothing through."""
    if paging.storable(value):
        narrowed.append(condition)
        given.append(value)
    else:
        narrowed.append("FALSE")


_ORDERS = {
    "published": ("article.moment", "article.row"),
    "arrived": ("article.row",),
}


def listed(
    connection: sqlite3.Connection, wanted: ArticleFilter, cursor: str | None, limit: int
) -> Page[ArticleRow]:
    """Return a page of the articles that a filter lets through."""
    if wanted.order not in _ORDERS:
        raise UsageError(f"order {wanted.order}: give one of {', '.join(_ORDERS)}")
    keys = _ORDERS[wanted.order]
    narrowed, given = conditions(wanted)
    if wanted.run is not None:
        _narrow(narrowed, given, "article.run = ?", wanted.run)
    listing = f"articles {wanted}"
    if cursor is not None:
        narrowed.append(f"({', '.join(keys)}) < ({', '.join('?' for _ in keys)})")
        given += paging.behind(cursor, listing, *(int for _ in keys))
    where = " AND ".join(narrowed) or "1"
    order = ", ".join(f"{key} DESC" for key in keys)
    limit = paging.bounded(limit)
    found = connection.execute(
        f"SELECT {_LISTED}, article.moment{_FROM} WHERE {where} ORDER BY {order} LIMIT ?",
        (*given, limit + 1),
    ).fetchall()
    following = None
    if len(found) > limit:
        last = found[limit - 1]
        key = (last["row"],) if wanted.order == "arrived" else (last["moment"], last["row"])
        following = paging.cursor(listing, key)
    return Page(tuple(map(_row, found[:limit])), following)
