"""Where else a passage stands: the matches of a story as columns, sorted for each version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from retold.model import Match, MatchKind, Passage

_OWN = 2.0
"""Added to the score of the match that a passage was told by: more than any other has."""


class Place(NamedTuple):
    """A stretch of another version."""

    version: int
    start: int
    end: int
    kind: MatchKind


class Sides:
    """Both sides of every match between some versions."""

    def __init__(self, matches: Iterable[Match], order: Mapping[str, int]) -> None:
        """Read the matches; ``order`` numbers the versions, and others are left out."""
        # sorted, so that of equally good ones the same is named for any order
        self._matches = sorted(
            (m for m in matches if m.a.article in order and m.b.article in order),
            key=attrgetter("id"),
            reverse=True,
        )
        self._numbers = {match.id: n for n, match in enumerate(self._matches)}
        sides = ((order[s.article], s.start, s.end) for m in self._matches for s in (m.a, m.b))
        flat = np.fromiter((value for side in sides for value in side), np.int64)
        table = flat.reshape(-1, 6)
        both = np.concatenate([table, table[:, [3, 4, 5, 0, 1, 2]]])
        match = np.tile(np.arange(len(table)), 2)
        sort = np.lexsort((match, both[:, 1], both[:, 0]))
        self._match = match[sort]
        self._starts, self._ends, self._others = both[sort][:, [1, 2, 3]].T.copy()
        self._scores = np.array([m.score for m in self._matches], np.float64)[self._match]
        self._there = both[sort][:, 3:]
        self._firsts = np.searchsorted(both[sort, 0], np.arange(len(order) + 1))

    def nearest(self, version: int, passage: Passage, most: int) -> tuple[list[Place], int]:
        """Return where a passage stands in other versions, ``most`` at most, and in how many.

        By the best match with each: first the one that the passage was told by, then those that
        cover half of it, in the order of the versions.
        """
        first, last = passage.start, passage.end
        half = (last - first) / 2
        low, high = self._firsts[version], self._firsts[version + 1]
        high = low + np.searchsorted(self._starts[low:high], last)
        near = low + np.flatnonzero(self._ends[low:high] > first)
        starts, ends, rank = self._starts[near], self._ends[near], self._scores[near]
        told = self._match[near] == self._numbers.get(passage.match, -1)
        rank[told] += _OWN
        held = told | ((ends - first >= half) & (last - starts >= half) & (ends - starts >= half))
        near, rank = near[held], rank[held]
        # the best with each version; of equal ones the first
        order = np.lexsort((near, -rank, self._others[near]))
        _, best = np.unique(self._others[near[order]], return_index=True)
        chosen = order[best]
        named = near[chosen[np.argsort(rank[chosen] < _OWN, kind="stable")][:most]]
        kinds = [self._matches[n].kind for n in self._match[named].tolist()]
        rows = zip(self._there[named].tolist(), kinds, strict=True)
        return [Place(other, start, end, kind) for (other, start, end), kind in rows], len(chosen)
