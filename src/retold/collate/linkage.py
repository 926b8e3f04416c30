"""Average link of sentences over versions (Sokal & Michener 1958), which makes rows.

The link of two groups is the mean, over each pair of different versions, of the best probability
that a sentence of the one tells what a sentence of the other tells.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from retold.config import CollateConfig

Strengths = dict[int, dict[int, float]]
"""Sentence -> the sentences of other versions that tell the same, with how surely."""

_UNIT = 1 << 40
"""Probabilities are summed as whole numbers of this part of 1, so that no order matters."""


_DENSE = 4000
"""Most sentences for which a cell is held for each pair: two matrices of 128 MB."""


def link(
    articles: Sequence[str], strengths: Strengths, config: CollateConfig
) -> list[frozenset[int]]:
    """Join the nearest groups of sentences while their link allows; return the groups, sorted.

    ``articles`` names the article of each sentence. ``strengths`` is symmetric, above 0 and lies
    between sentences of different articles.
    """
    linker = link_dense if len(articles) <= _DENSE else link_sparse
    return linker(articles, strengths, config)


@dataclass(slots=True)
class _Group:
    """A row in the making."""

    members: list[int]
    versions: dict[str, list[int]]
    links: dict[int, dict[tuple[str, str], int]] = field(default_factory=dict)
    """Other group -> (version here, version there) -> best probability, in units."""
    totals: dict[int, int] = field(default_factory=dict)
    """Other group -> the sum of these."""


def _mean(group: _Group, other: _Group, total: int) -> float:
    """Mean of the best probabilities over all pairs of different versions; unknown ones are 0."""
    pairs = len(group.versions) * len(other.versions) - len(
        group.versions.keys() & other.versions.keys()
    )
    return round(total / _UNIT / pairs, 9) if pairs else 0.0


def _least(group: _Group, other: _Group, config: CollateConfig) -> float:
    """The mean that makes one row of two groups: less where more pairs of versions speak for it."""
    pairs = len(group.versions) * len(other.versions)
    return config.row_link_many + (config.row_link - config.row_link_many) / pairs


def _apart(group: _Group, other: _Group, config: CollateConfig) -> bool:
    """Whether versions that tell both in sentences of their own show that these are two things.

    One version may spread a statement over neighbouring sentences; where several do, there are two.
    """
    both = group.versions.keys() & other.versions.keys()
    fewer = min(len(group.versions), len(other.versions))
    return len(both) > max(1.0, config.row_spread * fewer) or any(
        min(abs(a - b) for a in group.versions[v] for b in other.versions[v]) > config.row_reach
        or len(group.versions[v]) + len(other.versions[v]) > config.row_sentences
        for v in both
    )


# ---------------------------------------------------------------- with the linked pairs alone


def link_sparse(
    articles: Sequence[str], strengths: Strengths, config: CollateConfig
) -> list[frozenset[int]]:
    """Do the same as :func:`link` in memory that grows only with the pairs that are linked."""
    groups = {n: _Group([n], {article: [n]}) for n, article in enumerate(articles)}
    for a, others in strengths.items():
        for b, strength in others.items():
            units = round(strength * _UNIT)
            groups[a].links[b] = {(articles[a], articles[b]): units}
            groups[a].totals[b] = units
    heap: list[tuple[float, int, int, int]] = []

    def offer(a: int, b: int) -> None:
        one, two = groups[a], groups[b]
        mean = _mean(one, two, one.totals[b])
        if mean >= _least(one, two, config):
            size = len(one.members) + len(two.members)
            heapq.heappush(heap, (-mean, min(a, b), max(a, b), size))

    for a, group in groups.items():
        for b in group.links:
            if a < b:
                offer(a, b)
    while heap:
        _, a, b, size = heapq.heappop(heap)
        if a not in groups or b not in groups:
            continue
        if len(groups[a].members) + len(groups[b].members) != size:
            continue  # one of the two has grown since, and was offered anew
        if _apart(groups[a], groups[b], config):
            continue
        _join(groups, a, b)
        for c in groups[a].links:
            offer(a, c)
    return sorted((frozenset(g.members) for g in groups.values()), key=sorted)


def _join(groups: dict[int, _Group], a: int, b: int) -> None:
    """Let group ``b`` go up in ``a``, with its links."""
    gone, kept = groups.pop(b), groups[a]
    kept.members.extend(gone.members)
    for version, members in gone.versions.items():
        kept.versions.setdefault(version, []).extend(members)
    kept.links.pop(b, None)
    kept.totals.pop(b, None)
    for c, brought in gone.links.items():
        if c == a:
            continue
        other, links = groups[c], brought
        theirs, total = other.links.pop(b), other.totals.pop(b)
        if c in kept.links:
            mine, known = kept.links[c], other.links[a]
            if len(mine) < len(links):
                # the smaller goes up in the larger
                mine, links, known, theirs = links, mine, theirs, known
            else:
                total = kept.totals[c]
            for (u, v), strength in links.items():
                before = mine.get((u, v), 0)
                if strength > before:
                    mine[u, v] = known[v, u] = strength
                    total += strength - before
            kept.links[c], other.links[a] = mine, known
        else:
            kept.links[c], other.links[a] = links, theirs
        kept.totals[c] = other.totals[a] = total


# ---------------------------------------------------------------- with a cell for each pair


class _Dense:
    """The groups so far; a group is known by its first sentence."""

    def __init__(
        self, articles: Sequence[str], strengths: Strengths, config: CollateConfig
    ) -> None:
        count = len(articles)
        self.config = config
        self.groups = {n: _Group([n], {article: [n]}) for n, article in enumerate(articles)}
        self.told: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
        """Of each sentence, those that tell the same, and how surely, in units."""
        self.totals = np.zeros((count, count), dtype=np.int64)
        """Sum of the best probabilities over all pairs of versions, in units; the diagonal and
        what belongs to groups that are gone have no meaning."""
        for n in range(count):
            others = strengths.get(n, {})
            places = np.fromiter(others.keys(), dtype=np.int64, count=len(others))
            sure = np.fromiter(others.values(), dtype=np.float64, count=len(others))
            units = np.rint(sure * _UNIT).astype(np.int64)
            self.told.append((places, units))
            self.totals[n, places] = units
        names = {article: at for at, article in enumerate(sorted(set(articles)))}
        self.versions = np.zeros((count, len(names)), dtype=np.float32)
        """Whether a group has a version, 0 or 1."""
        self.versions[np.arange(count), [names[article] for article in articles]] = 1
        self.sizes = np.ones(count, dtype=np.int64)
        """Versions of each group; 0 for those that are gone."""
        self.group = np.arange(count)
        """Of each sentence, its group."""
        self.first = np.arange(count)
        """Of each sentence, one that stands for all of its group and version."""
        self.means = np.full((count, count), -1.0)
        """The links that would join two groups; -1 for others."""
        for n, (places, units) in enumerate(self.told):
            means = np.round(units / _UNIT, 9)
            offered = means >= config.row_link_many + (config.row_link - config.row_link_many)
            self.means[n, places[offered]] = means[offered]
        self.best = self.means.max(axis=1, initial=-1.0)

    def _offers(self, n: int) -> NDArray[np.float64]:
        """The links of a group that would join it with another."""
        linked = np.flatnonzero((self.totals[n] > 0) & (self.sizes > 0))
        linked = linked[linked != n]
        common = (self.versions[linked] @ self.versions[n]).astype(np.int64)
        product = self.sizes[linked] * self.sizes[n]
        several = product > common
        linked, common, product = linked[several], common[several], product[several]
        means = np.round(self.totals[n, linked] / _UNIT / (product - common), 9)
        many = self.config.row_link_many
        usable = means >= many + (self.config.row_link - many) / product
        offers = np.full(len(self.sizes), -1.0)
        offers[linked[usable]] = means[usable]
        return offers

    def bar(self, a: int, b: int) -> None:
        """Leave a pair out until one of the two groups has grown."""
        self.means[a, b] = self.means[b, a] = -1.0
        for n in (a, b):
            self.best[n] = self.means[n].max()

    def _surest(self, members: Sequence[int]) -> NDArray[np.int64]:
        """Best probability of some sentences of a version with each group and version."""
        surest = np.zeros(len(self.first), dtype=np.int64)
        for n in members:
            places, units = self.told[n]
            np.maximum.at(surest, self.first[places], units)
        return surest

    def join(self, a: int, b: int) -> None:
        """Let group ``b`` go up in ``a``."""
        kept, gone = self.groups[a], self.groups.pop(b)
        self.totals[a] += self.totals[b]
        both = kept.versions.keys() & gone.versions.keys()
        for version in sorted(both):
            # only the better of the two counts
            mine, theirs = kept.versions[version], gone.versions[version]
            lesser = np.minimum(self._surest(mine), self._surest(theirs))
            np.subtract.at(self.totals[a], self.group, lesser)
        self.totals[:, a] = self.totals[a]
        kept.members.extend(gone.members)
        for version, members in gone.versions.items():
            if version in both:
                self.first[members] = self.first[kept.versions[version][0]]
            kept.versions.setdefault(version, []).extend(members)
        self.group[gone.members] = a
        self.versions[a] = np.maximum(self.versions[a], self.versions[b])
        self.sizes[a], self.sizes[b] = len(kept.versions), 0
        offers = self._offers(a)
        nearest = np.maximum(self.means[:, a], self.means[:, b])
        # those whose nearest group was one of the two, and is farther now
        stale = (nearest >= self.best) & (offers < self.best)
        self.means[a] = self.means[:, a] = offers
        self.means[b] = self.means[:, b] = -1.0
        self.best = np.maximum(self.best, offers)
        stale[[a, b]] = True
        self.best[stale] = self.means[stale].max(axis=1)


def link_dense(
    articles: Sequence[str], strengths: Strengths, config: CollateConfig
) -> list[frozenset[int]]:
    """Do the same as :func:`link` with a cell for each pair of sentences: faster, but larger."""
    state = _Dense(articles, strengths, config)
    groups = state.groups
    while len(groups) > 1:
        # of equal links, the one of the first groups
        a = int(state.best.argmax())
        if state.best[a] < 0:
            break
        b = int(state.means[a].argmax())
        if _apart(groups[a], groups[b], config):
            state.bar(a, b)
        else:
            state.join(a, b)
    return sorted((frozenset(g.members) for g in groups.values()), key=sorted)
