"""Grouping by average link, with guards against chains and against stories of one kind.

A pure function over a matrix of scores; the caller knows what the items are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNITS = 10_000
"""Scores are counted in ten-thousandths: sums of whole numbers are exact, whatever their order."""


@dataclass(frozen=True, slots=True)
class Guards:
    """When two groups may merge; the meaning is given in :class:`retold.config.StoriesConfig`."""

    cut: float
    cohesion: float
    cohesion_cap: float
    straggler: float


@dataclass(frozen=True, slots=True)
class Joint:
    """Two groups that became one: their members, sorted, and the mean score between them."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    score: float


def agglomerate(scores: NDArray[np.float64], guards: Guards) -> list[Joint]:
    """Merge the two most alike groups for as long as the guards allow; return the merges in order.

    ``scores`` is symmetric, 0..1, shape (items, items). Groups are alike as the mean of the scores
    between their members (UPGMA, Sokal & Michener 1958). Of equal candidates, the one with the
    first items is taken, so that sorted items give the same groups whatever the order of the input.
    """
    exact = np.rint(np.asarray(scores) * UNITS).astype(np.int64)
    joints: list[Joint] = []
    for items in _components(exact >= guards.cut * UNITS):
        joints.extend(_agglomerate(exact[np.ix_(items, items)], items, guards))
    return joints


def _components(linked: NDArray[np.bool_]) -> list[NDArray[np.int64]]:
    """The groups of items joined by any chain.

    Nothing is lost by that: two groups whose mean reaches the cut have a pair that does.
    """
    waiting = np.ones(len(linked), dtype=np.bool_)
    found = []
    for item in range(len(linked)):
        if not waiting[item]:
            continue
        inside = np.zeros(len(linked), dtype=np.bool_)
        edge = inside.copy()
        edge[item] = True
        while edge.any():
            inside |= edge
            edge = linked[edge].any(axis=0) & ~inside
        waiting &= ~inside
        if inside.sum() > 1:
            found.append(np.flatnonzero(inside))
    return found


class _Groups:
    """The groups so far; a group is known by its first item."""

    def __init__(self, exact: NDArray[np.int64]) -> None:
        count = len(exact)
        self.exact = exact
        self.members: list[list[int]] = [[item] for item in range(count)]
        self.sizes = np.ones(count, dtype=np.int64)
        self.sums = exact.copy()
        """Sum of the scores between two groups."""
        self.to_group = exact.copy()
        """Row: item; column: group; sum of the scores of the item with the group."""
        self.inner = np.zeros(count, dtype=np.int64)
        """Sum of the scores within a group."""
        self.means = exact / UNITS
        np.fill_diagonal(self.means, -1.0)
        self.best = self.means.max(axis=1)

    def allowed(self, i: int, j: int, guards: Guards) -> bool:
        mean = self.means[i, j]
        for group in (i, j):
            size = int(self.sizes[group])
            if size >= 3:
                within = self.inner[group] / (size * (size - 1) / 2) / UNITS
                if mean < guards.cohesion * min(within, guards.cohesion_cap):
                    return False
        floor = guards.straggler * guards.cut * UNITS
        for group, other in ((i, j), (j, i)):
            weakest = self.to_group[self.members[group], other].min() / self.sizes[other]
            if weakest < floor:
                return False
        return True

    def bar(self, i: int, j: int) -> None:
        """Leave a pair out until one of the two groups has grown."""
        self.means[i, j] = self.means[j, i] = -1.0
        for group in (i, j):
            self.best[group] = self.means[group].max()

    def join(self, i: int, j: int) -> None:
        """Let group ``i`` take in group ``j``."""
        self.inner[i] += self.inner[j] + self.sums[i, j]
        self.sums[i] += self.sums[j]
        self.sums[:, i] += self.sums[:, j]
        self.to_group[:, i] += self.to_group[:, j]
        self.sizes[i] += self.sizes[j]
        self.members[i] = sorted(self.members[i] + self.members[j])
        self.members[j] = []
        self.sizes[j] = 0
        alive = self.sizes > 0
        alive[i] = False
        row = np.full(len(self.sizes), -1.0)
        row[alive] = self.sums[i, alive] / (self.sizes[alive] * self.sizes[i]) / UNITS
        stale = (self.means[:, i] >= self.best) | (self.means[:, j] >= self.best)
        self.means[i], self.means[:, i] = row, row
        self.means[j], self.means[:, j] = -1.0, -1.0
        self.best = np.maximum(self.best, row)
        stale[[i, j]] = True
        self.best[stale] = self.means[stale].max(axis=1)


def _agglomerate(exact: NDArray[np.int64], items: NDArray[np.int64], guards: Guards) -> list[Joint]:
    groups = _Groups(exact)
    joints: list[Joint] = []
    while True:
        i = int(groups.best.argmax())
        if groups.best[i] < guards.cut:
            return joints
        j = int(groups.means[i].argmax())
        i, j = min(i, j), max(i, j)
        if not groups.allowed(i, j, guards):
            groups.bar(i, j)
            continue
        left = tuple(items[groups.members[i]].tolist())
        right = tuple(items[groups.members[j]].tolist())
        joints.append(Joint(left, right, float(groups.means[i, j])))
        groups.join(i, j)
