"""Has the desk seen this? A text laid beside what is stored, and articles picked by hand compared.

Nothing is stored by either.
"""

from __future__ import annotations

import heapq
import sqlite3
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import numpy as np

from retold import reuse
from retold.config import Config, ReuseConfig
from retold.desk import articles, documents, dossiers, standing, stories, wording
from retold.desk.candidates import candidates
from retold.desk.database import Database
from retold.desk.reader import Reader
from retold.desk.values import Seen, SeenVersion
from retold.errors import UsageError
from retold.model import Article, Document, Dossier, Match, Span, Story
from retold.pipeline import examine
from retold.reuse.shingles import Codes, encode, shingle_hashes
from retold.stories import Background, Bag, extend, likeness
from retold.text import forms, words

BESIDE = 30
"""Articles that a text is laid beside, at most."""
ALIGNED = 12
"""Of these, such as passages are sought in, at most: those that share most runs of words."""
MOST = 40
"""Articles that are compared by hand, at most: about half a minute's work."""


def seen(connection: sqlite3.Connection, text: Article, reader: Reader, config: Config) -> Seen:
    """Return what of the desk tells the same as a text, or holds passages of it.

    Articles of all times are sought, unless the text has a time of publication.
    """
    # it is none of the desk's, even where the same is stored
    text = replace(text, id="")
    own = reader.read(text)
    number = wording.placed(connection) + 1
    background = wording.background(connection, number, dict.fromkeys(own.names, 1))
    near = candidates(connection, own, reader.config, background, BESIDE)
    alike = likeness(own, reader.stored(connection, near).values(), reader.config, background)
    homes = stories.homes(connection, near)
    listed = articles.rows(connection, near)
    full = articles.values(connection, (listed[row].id for row in near))
    passages = _passages(text, full.values(), config.reuse)
    versions = []
    for row in near:
        other = full[listed[row].id]
        shared = passages.get(other.id, [])
        if shared or alike[other.id] >= reader.config.cut or other.text == text.text:
            versions.append(
                SeenVersion(
                    listed[row],
                    homes[row],
                    alike[other.id],
                    _covered(text, [match.a for match in shared]),
                    _covered(other, [match.b for match in shared]),
                    tuple(shared),
                )
            )
    versions.sort(key=lambda v: (-max(v.held, v.holds), -v.alike, v.article.number))
    touched = {v.story for v in versions if v.alike >= reader.config.cut}
    return Seen(text, _story(connection, own, touched, reader, background), tuple(versions))


def _passages(
    text: Article, others: Collection[Article], config: ReuseConfig
) -> dict[str, list[Match]]:
    """Return the passages that a text shares with some articles, by their ids."""

    def runs(article: Article) -> Codes:
        return np.unique(shingle_hashes(encode(forms(article.text)), config.shingle))

    own = runs(text)
    shared = {other.id: len(np.intersect1d(own, runs(other))) for other in others}
    most = heapq.nlargest(ALIGNED, others, key=lambda other: (shared[other.id], other.id))
    return {
        other.id: reuse.find([Document(text), Document(other)], config)
        for other in most
        if shared[other.id]
    }


def _covered(article: Article, spans: Iterable[Span]) -> float:
    """Return the share of an article's words that begin within some spans."""
    starts = [word.start for word in words(article.text)]
    held: set[int] = set()
    for span in spans:
        held.update(range(bisect_left(starts, span.start), bisect_left(starts, span.end)))
    return round(len(held) / max(1, len(starts)), 4)


def _story(
    connection: sqlite3.Connection,
    own: Bag,
    touched: Collection[int],
    reader: Reader,
    background: Background,
) -> int | None:
    """Return the story that a text would come into if it were added."""
    members = stories.members(connection, touched)
    every = reader.stored(connection, (row for rows in members.values() for row in rows))
    known = {
        story: Story(str(story), tuple(sorted(every[row].id for row in rows)))
        for story, rows in members.items()
    }
    told = extend(
        known.values(),
        [own, *every.values()],
        (),
        reader.config,
        background=background,
        rulings=standing.rulings(connection, {each.id for each in every.values()}),
    )
    joined = next((set(story.articles) for story in told if own.id in story.articles), set())
    shared = {story: len(joined.intersection(known[story].articles)) for story in known}
    best = min(shared, key=lambda story: (-shared[story], story), default=None)
    return best if best is not None and shared[best] else None


def compare(database: Database, ids: Sequence[str], config: Config) -> Dossier:
    """Lay articles beside each other that were picked by hand.

    Raises:
        UsageError: one is not there, or they are too many or too long.
    """
    if len(set(ids)) > MOST:
        raise UsageError(f"{len(set(ids))} articles: compare {MOST} at most")
    with database.read() as connection:
        found = articles.values(connection, ids)
        known = documents.known(connection, found.values())
        rulings = standing.rulings(connection, found.keys())
    for name in ids:
        if name not in found:
            raise UsageError(f"article {name}: is not in the desk")
    if fault := dossiers.too_long([len(article.text.split()) for article in found.values()]):
        raise UsageError(fault)
    return examine(found.values(), config=config, known=known, rulings=rulings)
