"""Documents, rows and stemmata for the tests, from invented text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

from retold.annotate import annotate
from retold.collate.apparatus import collate
from retold.collate.changes import Found, find_changes
from retold.collate.pairs import Pair, align_pair
from retold.collate.views import View, view
from retold.model import (
    Apparatus,
    Article,
    ChangeKind,
    Document,
    Edge,
    Row,
    Span,
    Stemma,
    Story,
    article_id,
    identify,
    rounded,
)

PUBLISHED = datetime(2031, 7, 20, tzinfo=UTC)


@cache
def documents(*texts: str) -> tuple[Document, ...]:
    """Annotate texts together, so that names are joined; each is of an outlet of its own."""
    articles = [
        Article(
            article_id(text, outlet=f"Outlet {n}", published=PUBLISHED),
            text,
            outlet=f"Outlet {n}",
            language="en",
            published=PUBLISHED,
        )
        for n, text in enumerate(texts)
    ]
    return tuple(annotate(articles))


def views(document: Document) -> tuple[View, ...]:
    return tuple(view(document, s.span) for s in document.sentences)


def pair(before: str, after: str, *, directed: bool = True) -> Pair:
    a, b = documents(before, after)
    va, vb = views(a), views(b)
    return align_pair(va[0], vb[0], directed=directed, context_a=va, context_b=vb)


def changes(before: str, after: str, *, directed: bool = True) -> list[Found]:
    return find_changes(pair(before, after, directed=directed))


def kinds(before: str, after: str) -> set[ChangeKind]:
    return {found.kind for found in changes(before, after)}


def row(*spans: Span, probability: float = 0.9) -> Row:
    ordered = tuple(sorted(spans))
    parts = [p for s in ordered for p in (s.article, s.start, s.end)]
    return Row(identify("row", *parts), ordered, probability)


def rows_by_number(docs: Sequence[Document]) -> tuple[Row, ...]:
    """The n-th sentences of all documents are one row."""
    most = max((len(d.sentences) for d in docs), default=0)
    return tuple(
        row(*(d.sentences[n].span for d in docs if n < len(d.sentences))) for n in range(most)
    )


def story(docs: Sequence[Document]) -> Story:
    ids = tuple(sorted(d.id for d in docs))
    return Story(identify("story", *ids), ids)


def stemma(docs: Sequence[Document], *edges: tuple[int, int]) -> Stemma:
    """Decided edges as (parent, child), by number of the document."""
    made = tuple(
        Edge(
            identify("edge", docs[child].id, docs[parent].id),
            docs[child].id,
            docs[parent].id,
            rounded(0.95),
            0.9,
            decided=True,
        )
        for parent, child in edges
    )
    return Stemma(story(docs).id, "given", made)


def collated(
    docs: Sequence[Document], *edges: tuple[int, int], rows: Sequence[Row] | None = None
) -> Apparatus:
    """The apparatus of documents whose n-th sentences are rows, unless ``rows`` are given."""
    aligned = rows_by_number(docs) if rows is None else tuple(rows)
    return collate(story(docs), {d.id: d for d in docs}, aligned, stemma(docs, *edges))
