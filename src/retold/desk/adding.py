"""Adding articles: once by content, in durable batches, with the revisions of each address."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from retold.config import StoriesConfig
from retold.desk import runs, stories, times
from retold.desk.articles import values
from retold.desk.database import Database
from retold.desk.values import Added
from retold.errors import UsageError
from retold.model import Article, Rejected, article_id

BATCH_ARTICLES = 500
BATCH_CHARACTERS = 4 << 20
BATCH_SECONDS = 1.0
"""A batch, which is one transaction, ends with the article that reaches any of these."""
_TEXTS = (
    *("text", "title", "outlet", "byline", "url", "language"),
    *("published_source", "extractor"),
)


def add(
    database: Database,
    items: Iterable[Article | Rejected],
    config: StoriesConfig,
    source: str = "",
    run: int | None = None,
) -> Added:
    """Store articles, and what was left out, batch by batch; see :meth:`retold.desk.Desk.add`."""
    with database.write() as connection:
        number = runs.begin(connection, "add", source) if run is None else run
        runs.must_be_open(connection, number)
    added = Added(number)
    for batch in _batches(items):
        with database.write() as connection:
            part = _put(connection, batch, number, config)
            runs.count(connection, part)
        added = Added(
            number,
            added.new + part.new,
            added.known + part.known,
            added.revised + part.revised,
            added.rejected + part.rejected,
        )
    if run is None:
        with database.write() as connection:
            runs.end(connection, number)
    return added


@dataclass(slots=True)
class _Batch:
    articles: list[Article] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    characters: int = 0


def _batches(items: Iterable[Article | Rejected]) -> Iterator[_Batch]:
    """Gather what comes until it is worth a transaction, or has waited long enough."""
    batch = _Batch()
    since = time.monotonic()
    for item in items:
        if isinstance(item, Rejected):
            batch.rejected.append(item)
        else:
            _require_sound(item)
            batch.articles.append(item)
            batch.characters += len(item.text)
        if (
            len(batch.articles) + len(batch.rejected) >= BATCH_ARTICLES
            or batch.characters >= BATCH_CHARACTERS
            or time.monotonic() - since >= BATCH_SECONDS
        ):
            yield batch
            batch = _Batch()
            since = time.monotonic()
    if batch.articles or batch.rejected:
        yield batch


def _require_sound(article: Article) -> None:
    """Refuse what could not be given back as it came: its id would not fit it."""
    published = times.shown(times.stored(article.published))
    made = article_id(
        article.text, article.title, article.outlet, article.url, article.byline, published
    )
    if made != article.id:
        raise UsageError(
            f"article {article.id}: its id is not that of its content; make articles with"
            " retold.article"
        )
    try:
        "".join(getattr(article, name) for name in _TEXTS).encode()
    except UnicodeEncodeError:
        raise UsageError(
            f"article {article.id}: holds half a surrogate pair, which no file can; make articles"
            " with retold.article"
        ) from None


def _put(connection: sqlite3.Connection, batch: _Batch, run: int, config: StoriesConfig) -> Added:
    """Store a batch within a transaction."""
    from retold.stories.revisions import address

    arrived = times.now()
    stored: list[tuple[int, str, str]] = []
    touched = set[str]()
    for article in batch.articles:
        place = address(article.url)
        published = times.stored(article.published)
        fetched = times.stored(article.fetched)
        moment = next(time for time in (published, fetched, arrived) if time is not None)
        row = connection.execute(
            "INSERT INTO article (id, title, outlet, byline, url, address, language, published,"
            " published_source, fetched, arrived, moment, words, extractor, source, cuts, remarks,"
            " run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO NOTHING RETURNING row",
            (
                article.id,
                article.title,
                article.outlet,
                article.byline,
                article.url,
                place,
                article.language,
                published,
                article.published_source,
                fetched,
                arrived,
                moment,
                len(article.text.split()),
                article.extractor,
                runs.nameable(article.source),
                json.dumps([[cut.kind, cut.text] for cut in article.cuts]),
                json.dumps(article.remarks),
                run,
            ),
        ).fetchone()
        if row is not None:
            stored.append((row[0], article.title, article.text))
            touched.add(place)
    connection.executemany(
        "INSERT INTO article_body VALUES (?, ?)", ((row, text) for row, _, text in stored)
    )
    # last and in one go: any other statement between makes the index write out what it gathers
    connection.executemany("INSERT INTO article_text (rowid, title, text) VALUES (?, ?, ?)", stored)
    connection.executemany(
        "INSERT INTO rejected (run, source, reason, detail) VALUES (?, ?, ?, ?)",
        (
            (run, runs.nameable(item.source), item.reason, runs.nameable(item.detail))
            for item in batch.rejected
        ),
    )
    revised = sum(_revise(connection, place, config) for place in sorted(touched) if place)
    known = len(batch.articles) - len(stored)
    return Added(run, len(stored), known, revised, len(batch.rejected))


def _revise(connection: sqlite3.Connection, place: str, config: StoriesConfig) -> int:
    """Say anew which texts of an address stand for which; return how many were revised by it.

    The rule takes them all together, so that the order in which they arrived is of no account.
    """
    from retold.stories.revisions import revisions

    held = connection.execute(
        "SELECT row, id, latest FROM article WHERE address = ? AND address <> ''", (place,)
    ).fetchall()
    if len(held) < 2:
        return 0
    stands = revisions(values(connection, [row["id"] for row in held]).values(), config)
    number = {row["id"]: row["row"] for row in held}
    revised = 0
    told = set[int]()
    for row in held:
        latest = number[stands[row["id"]]] if row["id"] in stands else None
        if latest != row["latest"]:
            connection.execute(
                "UPDATE article SET latest = ?, placed = 0 WHERE row = ?", (latest, row["row"])
            )
            revised += row["latest"] is None
            told |= {stands for stands in (row["latest"], latest) if stands is not None}
    # dossiers tell the earlier texts of their versions, too
    for story in sorted(set(stories.homes(connection, told).values())):
        stories.ask(connection, story)
    return revised
