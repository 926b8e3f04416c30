"""Claims that two outlets share and what differs in them: what is labelled, and what is found.

The tasks ``basil`` and ``reports`` score it, each on its own labelled pairs of articles.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from retold import annotate, collate, reuse, rewrite
from retold.config import Config
from retold.lexicon import idf
from retold.model import (
    Agreement,
    Apparatus,
    Article,
    Change,
    ChangeKind,
    Document,
    Row,
    Span,
    Stemma,
    Story,
    article_id,
    identify,
)
from retold.text import forms

Range = tuple[int, int]

Told = tuple[Article, tuple[Range, ...]]
"""An article, and where its sentences stand."""


@dataclass(frozen=True, slots=True)
class Label:
    """What one sentence of the second article has to do with an anchor."""

    span: Range
    same: bool
    changes: tuple[tuple[ChangeKind, bool], ...] = ()
    """Kind, and whether it is real."""
    contradiction: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """A sentence of the first article with all that was labelled for it."""

    span: Range
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class ArticlePair:
    """Two articles of one event, as labelled."""

    event: int
    """Its number in the order of the file: even for development."""
    a: str
    b: str
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What the pipeline and the simple methods say of one labelled pair of articles."""

    pair: ArticlePair
    counts: list[tuple[int, int, int]]
    """For each anchor: shared claims found, sentences put beside it wrongly, shared ones missed."""
    plain: dict[Range, dict[Range, float]]
    """For each anchor, the cosine with each sentence of the other article."""
    changes: list[tuple[Label, tuple[Change, ...], bool]]
    """For each pair that shares a claim: what is shown, and whether it is said to contradict."""
    naive: list[tuple[Label, bool, bool]]
    """The same: whether numbers and names differ, and whether neither set holds the other."""


# ---------------------------------------------------------------- labelled articles


def layout(paragraphs: Iterable[Iterable[str]]) -> tuple[str, tuple[Range, ...]]:
    """Return the text of an article and where its sentences stand."""
    text, spans = "", []
    for paragraph in paragraphs:
        gap = "\n\n" if text else ""
        for sentence in (" ".join(s.split()) for s in paragraph):
            if sentence:
                start = len(text) + len(gap)
                text += gap + sentence
                spans.append((start, len(text)))
                gap = " "
    return text, tuple(spans)


def report(
    paragraphs: Iterable[Iterable[str]], title: str, outlet: str, day: str, url: str = ""
) -> Told:
    """Return an article and where its sentences stand; ``day`` is in ISO 8601, taken as UTC."""
    text, sentences = layout(paragraphs)
    published = datetime.fromisoformat(day).replace(tzinfo=UTC)
    name = article_id(text, title, outlet, url, "", published)
    return Article(name, text, title, outlet, "", url, "en", published, "given"), sentences


def label(record: Mapping[str, Any], span: Range) -> Label:
    """Return what a record says of the sentence at ``span`` of the second article.

    Raises:
        ValueError: it is neither "same" nor "related", or has a change of an unknown kind.
    """
    if record["label"] not in {"same", "related"}:
        raise ValueError(f"unknown label {record['label']!r}")
    changes = tuple((ChangeKind(c["kind"]), bool(c["real"])) for c in record.get("changes", ()))
    same = record["label"] == "same"
    return Label(span, same, changes, record.get("contradiction", False))


# ---------------------------------------------------------------- what Retold says


def compare(pair: ArticlePair, event: Sequence[Article], one: Told, two: Told) -> Found:
    """Compare the articles of an event, and lay the labelled pairs of two side by side.

    Args:
        pair: what was labelled; names the story.
        event: all articles of the event.
        one: the first article of the pair.
        two: the second.
    """
    config = Config()
    documents = annotate.annotate(sorted(event, key=lambda a: a.id))
    by_id = {d.id: d for d in documents}
    matches = reuse.find(documents, config.reuse)
    matches += rewrite.find(documents, matches, config.rewrite)
    story = Story(identify("story", pair.a), tuple(sorted(by_id)), tuple(matches))
    rows = collate.align(story, by_id, config.collate, config.rewrite)
    (a, places_a), (b, places_b) = one, two
    beside = _beside(rows, a.id, b.id)
    counts = [_found(x, beside, places_a) for x in pair.anchors]
    plain = {
        x.span: {p: cosine(a.text[slice(*x.span)], b.text[slice(*p)]) for p in places_b}
        for x in pair.anchors
    }
    same = [(x.span, label) for x in pair.anchors for label in x.labels if label.same]
    apparatus = _judge(by_id, story, [(x, label.span) for x, label in same], (a.id, b.id))
    changes = [
        (label, claim.changes, claim.agreement is Agreement.CONTRADICTED)
        for (_, label), claim in zip(same, apparatus.claims, strict=True)
    ]
    naive = [
        (label, *differ(a.text[slice(*anchor)], b.text[slice(*label.span)]))
        for anchor, label in same
    ]
    return Found(pair, counts, plain, changes, naive)


def _beside(rows: Iterable[Row], a: str, b: str) -> dict[Span, set[Span]]:
    """The sentences of article ``b`` that rows put beside each of ``a``."""
    beside: dict[Span, set[Span]] = {}
    for row in rows:
        theirs = {s for s in row.spans if s.article == b}
        for span in row.spans:
            if span.article == a:
                beside.setdefault(span, set()).update(theirs)
    return beside


def _found(
    anchor: Anchor, beside: dict[Span, set[Span]], places: Sequence[Range]
) -> tuple[int, int, int]:
    """Count what is found, wrong and missed, in Retold's own sentences.

    Where one of these holds other sentences of the first article too, which were not labelled,
    nobody knows whether its pairs are wrong.
    """
    gold = [label.span for label in anchor.labels if label.same]
    ours = [span for span in beside if _one(anchor.span, span)]
    near = {span for mine in ours for span in beside[mine]}
    hits = sum(any(_one(place, span) for span in near) for place in gold)
    sure = [s for s in ours if not any(_one(p, s) for p in places if p != anchor.span)]
    known = {span for mine in sure for span in beside[mine]}
    wrong = sum(not any(_one(place, span) for place in gold) for span in known)
    return hits, wrong, len(gold) - hits


def _one(place: Range, span: Span) -> bool:
    """Say whether two sentences are one: each splitter has its own mind about some."""
    shared = min(place[1], span.end) - max(place[0], span.start)
    return 2 * shared > min(place[1] - place[0], span.end - span.start)


def _judge(
    documents: dict[str, Document],
    story: Story,
    pairs: Sequence[tuple[Range, Range]],
    names: tuple[str, str],
) -> Apparatus:
    """Collate the pairs that share a claim, each as a row of its own, however they were aligned."""
    rows = []
    for number, places in enumerate(pairs):
        spans = [
            s.span
            for name, place in zip(names, places, strict=True)
            for s in documents[name].sentences
            if _one(place, s.span)
        ]
        rows.append(Row(identify("row", number, *names), tuple(sorted(spans)), 1.0))
    two = Story(story.id, tuple(sorted(names)))
    return collate.collate(two, documents, tuple(rows), Stemma(story.id, "none"))


# ---------------------------------------------------------------- simple methods


def cosine(one: str, two: str) -> float:
    """Return the cosine of two sentences' words, weighted by idf (Salton & Buckley 1988)."""
    a, b = ({w: n * idf(w) for w, n in Counter(forms(t)).items()} for t in (one, two))
    norm = math.sqrt(sum(x * x for x in a.values()) * sum(x * x for x in b.values()))
    return sum(a[w] * b[w] for w in sorted(a.keys() & b.keys())) / norm if norm else 0.0


def differ(one: str, two: str) -> tuple[bool, bool]:
    """Say whether numbers and capitalised words differ, and whether neither side holds the other's.

    The first word of a sentence counts for no name.
    """
    kinds = re.compile(r"\d[\d,.]*\b"), re.compile(r"(?<=[\w,;:”’\"'] )[^\W\d_a-z]\w+")
    sets = [[set(kind.findall(text)) for kind in kinds] for text in (one, two)]
    unequal = any(x != y for x, y in zip(*sets, strict=True))
    apart = any(not (x <= y or y <= x) for x, y in zip(*sets, strict=True))
    return unequal, apart
