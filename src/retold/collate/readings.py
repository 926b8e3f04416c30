"""The distinct readings of a claim, and which of their sentences are laid side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from retold.collate.descent import Descent, plan
from retold.collate.views import View, per_view, weights
from retold.config import CollateConfig
from retold.text import form, squeeze


@dataclass(frozen=True)
class Group:
    """The versions that word a claim in one way."""

    said: dict[str, tuple[View, ...]]
    """For each version its sentences, in their order."""

    @cached_property
    def articles(self) -> tuple[str, ...]:
        """The versions, sorted."""
        return tuple(sorted(self.said))

    @property
    def views(self) -> tuple[View, ...]:
        """The sentences of the first of the versions."""
        return self.said[self.articles[0]]

    @cached_property
    def weights(self) -> dict[str, float]:
        """How rare each thing is that the reading holds."""
        return {u.key: u.weight for v in self.views for u in v.units}


@dataclass(frozen=True, slots=True)
class Compared:
    """A sentence of one reading and its partner in another, with all that either reading says."""

    first: Group
    second: Group
    ours: tuple[View, ...]
    theirs: tuple[View, ...]
    a: View
    b: View
    directed: bool
    """Whether the first reading is the elder."""


def group_readings(said: Sequence[View]) -> list[Group]:
    """Group the versions of a row by their wording; typography makes no difference.

    ``said`` are its sentences, sorted by their places.
    """
    by_article: dict[str, list[View]] = defaultdict(list)
    for each in said:
        by_article[each.span.article].append(each)
    by_words: dict[tuple[str, ...], dict[str, tuple[View, ...]]] = defaultdict(dict)
    for article, own in by_article.items():
        by_words[tuple(_signature(v) for v in own)][article] = tuple(own)
    groups = [Group(own) for own in by_words.values()]
    return sorted(groups, key=lambda g: g.articles)


@per_view
def _signature(said: View) -> str:
    return form(squeeze(said.text))


def overlap(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the share of the lighter side's weight that both sides have."""
    lighter = min(sum(a.values()), sum(b.values()))
    shared = sum(min(a[k], b[k]) for k in sorted(a.keys() & b.keys()))
    return min(1.0, shared / lighter) if lighter else 0.0


def comparisons(
    groups: Sequence[Group], descent: Descent, config: CollateConfig
) -> Iterator[Compared]:
    """Yield the sentences to compare, as :func:`retold.collate.descent.plan` chooses readings."""
    for planned in plan(
        [g.articles for g in groups],
        descent,
        config.all_pairs,
        lambda i, j: overlap(groups[i].weights, groups[j].weights),
    ):
        first, second = groups[planned.before], groups[planned.after]
        ours, theirs = first.said[planned.first], second.said[planned.second]
        for a, b in _sentence_pairs(ours, theirs, config.least_overlap):
            yield Compared(first, second, ours, theirs, a, b, planned.directed)


def _sentence_pairs(
    ours: Sequence[View], theirs: Sequence[View], least: float
) -> list[tuple[View, View]]:
    """Return each sentence of either version with its best partner in the other."""
    if len(ours) == len(theirs) == 1:
        return [(ours[0], theirs[0])]
    scores = [[overlap(weights(x), weights(y)) for y in theirs] for x in ours]
    chosen = set()
    for i, line in enumerate(scores):
        j = max(range(len(line)), key=lambda n: (line[n], -n))
        if line[j] >= least:
            chosen.add((i, j))
    for j in range(len(theirs)):
        i = max(range(len(scores)), key=lambda n: (scores[n][j], -n))
        if scores[i][j] >= least:
            chosen.add((i, j))
    return [(ours[i], theirs[j]) for i, j in sorted(chosen)]
