"""Quotations, figures and names of the articles that were annotated, and search over them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial

from retold.desk import articles
from retold.desk.finding import Found, Order, Source, find
from retold.desk.query import parse
from retold.desk.search import BEFORE, EXCERPT
from retold.desk.values import Hit, Page, SearchFilter
from retold.model import Document, Span, Speech

Mention = tuple[str, int, int, str, str]
"""Kind, start, stop, the words, and what they are about."""
KINDS = ("quotation", "figure", "name")


def of_document(document: Document) -> Iterator[Mention]:
    """Yield what is kept of a document's quotations, figures and names, in this order."""
    for said in document.attributions:
        if said.speech is not Speech.INDIRECT:
            start, stop = said.content[0].start, said.content[-1].end
            yield "quotation", start, stop, document.article.text[start:stop], said.speaker
    for figure in document.figures:
        about = " ".join(part for part in (figure.unit, figure.counted) if part)
        yield "figure", figure.span.start, figure.span.end, document.text_of(figure.span), about
    for name in document.names:
        yield "name", name.span.start, name.span.end, document.text_of(name.span), name.entity


def store(connection: sqlite3.Connection, article: int, document: Document) -> None:
    """Keep the mentions of an article, each of its wordings once."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for kind, start, stop, shown, about in of_document(document):
        found.setdefault((kind, shown, about), [start, stop, 0])[2] += 1
    connection.execute("DELETE FROM mention WHERE article = ?", (article,))
    connection.executemany(
        "INSERT INTO mention (article, kind, start, stop, shown, about, times)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (article, kind, start, stop, shown, about, times)
            for (kind, shown, about), (start, stop, times) in found.items()
        ),
    )


def search(
    connection: sqlite3.Connection,
    query: str,
    wanted: SearchFilter,
    cursor: str | None,
    limit: int,
    *,
    kind: str,
) -> Page[Hit]:
    """Return a page of the mentions of one kind that have the words of a query.

    Words are sought in the mention and in what it is about: in who said it, in what is counted.
    Articles are annotated when something is told of them, so not every one is found.
    """
    listing = f"{kind} {query} {wanted}"
    found = find(connection, _SOURCES[kind], parse(query), wanted, listing, cursor, limit)
    return Page(tuple(_hits(connection, found)), found.following, found.total)


def _hits(connection: sqlite3.Connection, found: Found) -> Iterator[Hit]:
    numbers = json.dumps([each.row for each in found.finds])
    kept = {
        row["row"]: row
        for row in connection.execute(
            "SELECT * FROM mention WHERE row IN (SELECT value FROM json_each(?))", (numbers,)
        )
    }
    listed = articles.rows(connection, [row["article"] for row in kept.values()])
    for each in found.finds:
        row = kept[each.row]
        article = listed[row["article"]]
        text: str = connection.execute(
            "SELECT text FROM article_body WHERE row = ?", (row["article"],)
        ).fetchone()[0]
        start = max(0, row["start"] - BEFORE)
        start = start and text.rfind(" ", 0, start) + 1
        stop = max(row["stop"], min(len(text), start + EXCERPT))
        yield Hit(
            article,
            -each.key if found.ranked else None,
            Span(article.id, start, stop),
            text[start:stop],
            (Span(article.id, row["start"], row["stop"]),),
            (),
            row["about"],
        )


_SOURCES = {
    kind: Source(
        "mention_text",
        "CROSS JOIN mention ON mention.row = mention_text.rowid"
        " CROSS JOIN article ON article.row = mention.article",
        "shown",
        {
            "best": Order(ranked=True),
            "published": Order(ranked=False),
        },
        "SELECT mention.row FROM article CROSS JOIN mention ON mention.article = article.row",
        "SELECT mention.row, article.moment FROM mention JOIN article ON article.row"
        " = mention.article WHERE mention.row IN (SELECT value FROM json_each(?))",
        f"mention.kind = '{kind}'",
    )
    for kind in KINDS
}
SEARCHES: dict[str, Callable[..., Page[Hit]]] = {kind: partial(search, kind=kind) for kind in KINDS}
"""What can be searched here, and how."""
