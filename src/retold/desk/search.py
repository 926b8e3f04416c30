"""Search over the titles and texts of articles: which ones, and where in them."""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
from collections.abc import Sequence

from retold.desk import articles
from retold.desk.finding import Order, Source, find
from retold.desk.query import Query, parse
from retold.desk.values import Hit, Page, SearchFilter
from retold.model import Span

EXCERPT = 260
"""Characters of an excerpt, about."""
BEFORE = 60
"""Characters of it that stand before its first find."""
MOST_SPANS = 100
"""Finds within one article that are told."""


_SOURCE = Source(
    "article_text",
    "CROSS JOIN article ON article.row = article_text.rowid",
    "title",
    {
        "best": Order(ranked=True),
        "published": Order(ranked=False, last=True, every=True),
    },
    "SELECT row FROM article",
    "SELECT row, moment FROM article WHERE row IN (SELECT value FROM json_each(?))",
)


def texts(
    connection: sqlite3.Connection,
    query: str,
    wanted: SearchFilter,
    cursor: str | None,
    limit: int,
) -> Page[Hit]:
    """Return a page of the articles that have what a query asks for."""
    asked = parse(query)
    listing = f"texts {query} {wanted}"
    found = find(connection, _SOURCE, asked, wanted, listing, cursor, limit)
    scores = {each.row: -each.key if found.ranked else None for each in found.finds}
    return Page(_hits(connection, asked, scores), found.following, found.total)


def _hits(
    connection: sqlite3.Connection, asked: Query, scores: dict[int, float | None]
) -> tuple[Hit, ...]:
    """Say of each article, in their order, where in it the finds are."""
    # no text can hold a mark that was drawn for this search
    begin, end = (f"\x02{secrets.token_hex(8)}\x03" for _ in range(2))
    mark = re.compile(f"{begin}|{end}")
    # for each single row the words of a beginning would be looked up again: with a plus before it,
    # the row is no way to find them
    row = "+rowid" if asked.open else "rowid"
    found_in = f"FROM article_text WHERE article_text MATCH ? AND rowid BETWEEN ? AND ? AND {row}"
    marked = connection.execute(
        "SELECT rowid, highlight(article_text, 0, ?, ?), highlight(article_text, 1, ?, ?)"  # noqa: S608
        f" {found_in} IN (SELECT value FROM json_each(?))",
        (
            *(begin, end, begin, end, asked.expression()),
            *(min(scores, default=0), max(scores, default=0), json.dumps(list(scores))),
        ),
    )
    found = {row[0]: (_spans(row[1], mark), _spans(row[2], mark)) for row in marked}
    listed = articles.rows(connection, list(scores))
    hits = []
    for number, score in scores.items():
        article = listed[number]
        title, spans = found[number]
        text = connection.execute(
            "SELECT text FROM article_body WHERE row = ?", (number,)
        ).fetchone()[0]
        start, stop = excerpt(text, spans)
        hits.append(
            Hit(
                article,
                score,
                Span(article.id, start, stop),
                text[start:stop],
                tuple(Span(article.id, *span) for span in spans[:MOST_SPANS]),
                tuple(title[:MOST_SPANS]),
            )
        )
    return tuple(hits)


def _spans(marked: str, mark: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return where marked stretches stand in the text without its marks."""
    marks, places = 0, []
    for found in mark.finditer(marked):
        places.append(found.start() - marks)
        marks += len(found.group())
    # SQLite ends what it marks at a NUL: a find around one has no end
    return list(zip(places[::2], places[1::2], strict=False))


def excerpt(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the bounds of the stretch with most finds, of several the first; in whole words."""
    first, most, last = 0, 0, 0
    for at, (start, _) in enumerate(spans):
        last = max(last, at + 1)
        while last < len(spans) and spans[last][1] <= start + EXCERPT - BEFORE:
            last += 1
        if last - at > most:
            first, most = start, last - at
    start = max(0, first - BEFORE)
    stop = min(len(text), start + EXCERPT)
    if start and (gap := re.search(r"\s", text[start:first])):
        start += gap.end()
    if stop < len(text) and (gap := re.search(r"\s(?=\S*$)", text[first:stop])):
        stop = first + gap.start()
    return start, stop
