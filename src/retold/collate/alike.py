"""How surely two quoted sentences are one: by words, order, build, speakers, claims and figures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from retold.collate.speakers import one_source
from retold.collate.utterances import Piece
from retold.collate.views import stem
from retold.collate.wording import sequence_share
from retold.config import CollateConfig

SHORT = 4
"""Words below which a quotation proves nothing by itself: one speaker or one claim must back it."""

PLAIN = 12.0
"""Nats below which two people may well say the same words of themselves."""

STRANGE = 0.2
"""Share of idf weight, names and figures aside, under which two sentences have hardly a word in
common."""

EXCERPT = 0.8
"""Share of the shorter one's words, and of its rare ones, in order, that make it a part of the
longer."""

BUILT = 0.45
"""Share of the words after a common beginning, grammar included, that two sentences have in order
from which only words were exchanged."""

LONG = 10
"""Words, a common beginning aside, from which on how two sentences are built tells anything."""


@dataclass(frozen=True, eq=False)
class Pool:
    """Quoted sentences of the same words, one a version."""

    pieces: tuple[Piece, ...]
    """Sorted by place."""
    articles: frozenset[str]
    rows: frozenset[str]

    @property
    def first(self) -> Piece:
        """The one that stands for all."""
        return self.pieces[0]


def likeness(a: Pool, b: Pool, config: CollateConfig) -> float:
    """Return how surely two wordings are one quotation, 0..1; at .5 it is as likely as not.

    Weighs the idf of the words that both have against that of the lighter and of both, their order,
    and how far the sentences are built alike. A frame alone ("we will continue to") has no weight.
    Less is asked of one speaker and of one claim; near-equal words of two known speakers.
    """
    if a.articles == b.articles and len(a.articles) == 1:
        return 0.0
    x, y = a.first, b.first
    shared = x.weights.keys() & y.weights.keys()
    # exactly, in whatever order the words come: all of a sentence's words weigh what it weighs
    weight = fsum(x.weights[w] for w in shared)
    told = bool(a.rows & b.rows)
    if len(shared) < 2 or weight < config.quote_rarity:
        return _plainly(a, b)
    said = _speakers(a, b)
    lighter = min(x.weight, y.weight)
    cover = min(1.0, weight / lighter)
    if cover == 1.0 and inside(x.key, y.key):
        enough = weight >= PLAIN or told or said is True
        return 0.97 if enough else 0.6 if said is None else 0.0
    if weight < PLAIN and _framed(x, y, shared):
        return 0.0
    dice = 2 * weight / (x.weight + y.weight)
    order = sequence_share(
        [s for s in map(stem, x.key) if s in shared], [s for s in map(stem, y.key) if s in shared]
    )
    built = _built(x.key, y.key)
    if said is False and (cover < 0.8 or built < 0.6):
        return 0.0
    content = (cover + dice) / 2 * (0.7 + 0.3 * order)
    score = 0.4 * content + 0.6 * min(1.0, 1.6 * built)
    excerpt = cover >= EXCERPT and (told or weight >= PLAIN)
    if excerpt and (in_order := sequence_share(x.key, y.key)) >= EXCERPT:
        score = max(score, 0.9 * in_order)  # a part of the other, hardly changed
    least = config.quote_likeness
    if told and said is True and weight >= PLAIN:
        least = config.quote_likeness_context
    elif (told or said is True) and weight >= PLAIN:
        least = (config.quote_likeness + config.quote_likeness_context) / 2
    if score >= least:
        return 0.5 + 0.48 * (score - least) / (1.0 - least)
    return max(0.5 * score / least, _reset(x, y) if told and said is True else 0.0)


def _built(a: Sequence[str], b: Sequence[str]) -> float:
    """Return how far two sentences are built alike: the words that both have in order, of both.

    Grammar counts: where words were exchanged, the sentence stays; two sentences about one matter
    share its words and little else.
    """
    short, long = sorted((len(a), len(b)))
    return sequence_share(a, b) * sqrt(short / long)


def _plainly(a: Pool, b: Pool) -> float:
    """Judge sentences that share too few rare words to be told by these."""
    x, y, told, said = a.first, b.first, bool(a.rows & b.rows), _speakers(a, b)
    if said is False:
        return 0.0
    if inside(x.key, y.key):
        return 0.75 if told or said is True else 0.0
    if min(len(x.key), len(y.key)) >= LONG and (built := _built(x.key, y.key)) >= EXCERPT:
        return built if said is True else 0.75 * built
    return _reset(x, y) if told and said is True else 0.0


def _reset(a: Piece, b: Piece) -> float:
    """Return how surely two sentences of one claim and speaker are one with most words exchanged.

    Either the sentence stayed and its words were exchanged, or each was translated by itself.
    """
    begin = next(
        (n for n, (x, y) in enumerate(zip(a.key, b.key, strict=False)) if x != y),
        min(len(a.key), len(b.key)),
    )
    ours, theirs = a.key[begin:], b.key[begin:]
    if min(len(ours), len(theirs)) >= LONG and (built := _built(ours, theirs)) >= BUILT:
        return 0.5 + 0.4 * (built - BUILT) / (1.0 - BUILT)
    return _translated(a, b)


def _speakers(a: Pool, b: Pool) -> bool | None:
    """Say whether two wordings are of one source; None where that is not known."""
    told = {
        one_source(x.said.attribution, y.said.attribution)
        for x in _distinct(a)
        for y in _distinct(b)
    }
    return True if True in told else False if False in told else None


def _distinct(pool: Pool) -> list[Piece]:
    return list({p.said.attribution.speaker: p for p in reversed(pool.pieces)}.values())


def _translated(a: Piece, b: Piece) -> float:
    """Return how surely two sentences of one claim and speaker say the same in other words.

    As where each was translated by itself: the figures are the same, names and length alike, and
    hardly another word.
    """
    shared = a.anchors & b.anchors
    figures = [{w for w in p.anchors if w[0].isdigit()} for p in (a, b)]
    short, long = sorted((len(a.key), len(b.key)))
    if figures[0] != figures[1] or 2 * short < long or short <= SHORT:
        return 0.0
    named = {stem(w) for anchor in shared for w in anchor.split()}
    others = fsum(a.weights[w] for w in a.weights.keys() & b.weights.keys() - named)
    if others > STRANGE * min(a.weight, b.weight):
        return 0.0
    alike = len(shared) / max(len(a.anchors), len(b.anchors), 1)
    return 0.45 + 0.2 * alike if alike >= 0.5 and (figures[0] or len(shared) > 1) else 0.0


def _framed(a: Piece, b: Piece, shared: Collection[str]) -> bool:
    """Say whether all that two sentences share is how they begin, and each goes on for itself."""
    for piece in (a, b):
        stems = [stem(w) for w in piece.key]
        places = [n for n, word in enumerate(stems) if word in piece.weights]
        common = [n for n in places if stems[n] in shared]
        if len(places) - len(common) < 2 or places[: len(common)] != common:
            return False
    return True


def inside(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Say whether the shorter stands in the longer, word for word."""
    short, long = sorted((a, b), key=len)
    return any(long[n : n + len(short)] == short for n in range(len(long) - len(short) + 1))
