"""How surely two figures of a story count the same thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum

from retold.annotate.figures import agree, comparable
from retold.collate.changes.figures import same_figure
from retold.collate.claims import Views
from retold.collate.pairs import align_pair
from retold.config import CollateConfig
from retold.model import FigureMention, Hedge, Span

NEAR = 0.3
"""Share of idf weight that the sentences of two differing figures have in common at least."""

SAMPLE = 3
"""Sentences of a value that are laid beside those of another, at most."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with what it is compared by."""

    mention: FigureMention
    sentence: Span
    context: dict[str, float]
    """Stem -> idf of the other words of its sentence."""
    rows: frozenset[str]

    weight: float
    """Of the context, in all."""

    @property
    def value(self) -> tuple[float, float, str, str]:
        """What makes two figures one reading."""
        m = self.mention
        return m.low, m.high, m.unit, m.hedge.value


_Bare = tuple[float, float, str, Hedge]
"""What a figure says, without its place and what it counts: low, high, unit, hedge."""

_NOWHERE = Span("", 0, 0)


def _bare(mention: FigureMention) -> _Bare:
    return mention.low, mention.high, mention.unit, mention.hedge


@lru_cache(maxsize=65_536)
def _comparable(unit_a: str, noun_a: str, unit_b: str, noun_b: str) -> bool:
    """Say whether figures with these units and nouns are comparable."""
    one, two = ((unit_a, noun_a), (unit_b, noun_b))
    return comparable(
        FigureMention(_NOWHERE, 1.0, 1.0, *one), FigureMention(_NOWHERE, 1.0, 1.0, *two)
    )


class Likeness:
    """How surely figures of a story count the same thing.

    Versions repeat each other's values and sentences: two values, and the contexts of two
    sentences, are compared once, however many figures have them.
    """

    def __init__(self, counted: Sequence[Counted], config: CollateConfig) -> None:
        """``counted`` are the figures; they are named by their places there."""
        self._counted = counted
        self._config = config
        bare: dict[_Bare, int] = {}
        self.values = [bare.setdefault(_bare(c.mention), len(bare)) for c in counted]
        self._said: dict[int, FigureMention] = {}
        contexts: dict[tuple[frozenset[tuple[str, float]], float], int] = {}
        self._contexts = [
            contexts.setdefault((frozenset(c.context.items()), c.weight), len(contexts))
            for c in counted
        ]
        for value, c in zip(self.values, counted, strict=True):
            self._said.setdefault(value, c.mention)
        self._agreed: dict[tuple[int, int], bool] = {}
        self._nearness: dict[tuple[int, int], float] = {}

    def agree(self, value: int, other: int) -> bool:
        """Say whether two of :attr:`values` agree, wherever they stand."""
        key = (value, other) if value < other else (other, value)
        known = self._agreed.get(key)
        if known is None:
            known = self._agreed[key] = agree(self._said[value], self._said[other])
        return known

    def _near(self, i: int, j: int) -> float:
        """Return the share of the lighter context's weight that both have."""
        one, two = self._contexts[i], self._contexts[j]
        key = (one, two) if one < two else (two, one)
        known = self._nearness.get(key)
        if known is None:
            a, b = self._counted[i], self._counted[j]
            lighter = min(a.weight, b.weight)
            both = a.context.keys() & b.context.keys()
            shared = fsum(min(a.context[w], b.context[w]) for w in both)
            known = self._nearness[key] = min(1.0, shared / lighter) if lighter else 0.0
        return known

    def score(self, i: int, j: int) -> float:
        """Return how surely two figures count the same thing; 0 where nothing shows it."""
        a, b = self._counted[i], self._counted[j]
        x, y = a.mention, b.mention
        one_claim = not a.rows.isdisjoint(b.rows)
        near = self._near(i, j)
        if not one_claim and near < self._config.figure_context / 2:
            return 0.0  # neither a claim nor the words around them ties the two
        same_value = self.agree(self.values[i], self.values[j])
        if not _comparable(x.unit, x.counted, y.unit, y.counted):
            # "1,340 people", "1,340 villagers": a telling number in one claim counts one thing
            return 0.5 if x.low >= 10 and one_claim and same_value else 0.0
        same_noun = bool(x.counted) and x.counted == y.counted
        counts_what = bool((x.unit or x.counted) and (y.unit or y.counted))
        alike = counts_what and x.unit == y.unit and (same_noun or near >= NEAR)
        if not same_value and not alike:
            return 0.0  # two bare numbers in one claim need not be one figure
        if one_claim:
            return 0.5 + 0.2 * same_noun + 0.2 * same_value + 0.1 * near
        if near >= self._config.figure_context and (same_noun or same_value):
            return 0.4 * near + 0.2 * same_value
        telling = same_value and x.low >= 10 and same_noun
        return 0.3 + 0.1 * near if telling else 0.0

    def clash(self, first: Mapping[str, set[int]], second: Mapping[str, set[int]]) -> bool:
        """Say whether one article has values in both that disagree."""
        fewer, more = sorted((first, second), key=len)
        return any(
            not self.agree(one, two)
            for article in fewer
            if article in more
            for two in fewer[article]
            for one in more[article]
        )


class Sameness:
    """How surely two figures that differ are one, by the two sentences laid side by side."""

    def __init__(self, views: Views) -> None:
        """``views`` are the sentences of the story."""
        self._views = views
        self._known: dict[tuple[Span, Span], float] = {}

    def of(self, a: Counted, b: Counted) -> float:
        """Return the probability that the one figure became the other."""
        ours, theirs = sorted((a, b), key=lambda c: c.mention.span)
        key = ours.mention.span, theirs.mention.span
        if key not in self._known:
            pair = align_pair(self._views[ours.sentence], self._views[theirs.sentence])
            self._known[key] = same_figure(pair, ours.mention, theirs.mention)
        return self._known[key]

    def best(self, group: Sequence[Counted], other: Sequence[Counted]) -> float:
        """Return the best of that over some of two groups, those of one claim first."""
        pairs = sorted(
            ((a, b) for a in group[:SAMPLE] for b in other[:SAMPLE]),
            key=lambda p: p[0].rows.isdisjoint(p[1].rows),
        )
        return max(self.of(a, b) for a, b in pairs[:SAMPLE])
