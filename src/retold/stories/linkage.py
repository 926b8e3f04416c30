"""Grouping by average link, with guards against chains and against stories of one kind.

A pure function over a graph of scores; the caller knows what the items are.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np

from retold.stories.graph import UNITS, Graph, Indices


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


def agglomerate(graph: Graph, guards: Guards) -> list[Joint]:
    """Merge the two most alike groups for as long as the guards allow; return the merges in order.

    Groups are alike as the mean of the scores between their members (UPGMA, Sokal & Michener 1958).
    Of equal candidates, the one with the first items is taken, so that sorted items give the same
    groups whatever the order of the input.
    """
    joints: list[Joint] = []
    for items in components(graph, guards.cut):
        joints.extend(_Groups(graph, items, guards).merge())
    return joints


def join(graph: Graph, items: list[int]) -> list[Joint]:
    """Merge the items of one group (rising), the most alike first, as far as any score joins them.

    For groups that were found otherwise.
    """
    return _Groups(graph, items, Guards(1 / UNITS / len(items) ** 2, 0, 1, 0)).merge()


def components(graph: Graph, cut: float) -> list[list[int]]:
    """Return the groups of two or more items joined by any chain of pairs that reach ``cut``.

    Nothing is lost by that: two groups whose mean reaches the cut have a pair that does.
    """
    waiting = np.ones(len(graph), dtype=np.bool_)
    found = []
    for item in range(len(graph)):
        if not waiting[item]:
            continue
        waiting[item] = False
        inside, edge = [item], [item]
        while edge:
            others, units = graph.row(edge.pop())
            new = others[(units >= cut * UNITS) & waiting[others]]
            waiting[new] = False
            inside += new.tolist()
            edge += new.tolist()
        if len(inside) > 1:
            found.append(sorted(inside))
    return found


class _Groups:
    """The groups so far of one component; a group is known by its first item."""

    def __init__(self, graph: Graph, items: list[int], guards: Guards) -> None:
        self.graph = graph
        self.guards = guards
        self.members = {item: [item] for item in items}
        self.inner = dict.fromkeys(items, 0)
        """Sum of the scores within a group."""
        self.owner: Indices = np.full(len(graph), -1, dtype=np.int64)
        self.owner[items] = items
        self.sums: dict[int, dict[int, int]] = {}
        """Sum of the scores between two groups, where there is any."""
        self.heap: list[tuple[float, int, int, int]] = []
        """(mean with its sign turned, group, group, members of both when it was counted)."""
        for item in items:
            others, units = graph.row(item)
            inside = self.owner[others] >= 0
            others, units = others[inside], units[inside]
            self.sums[item] = dict(zip(others.tolist(), units.tolist(), strict=True))
            near = (units >= guards.cut * UNITS) & (others > item)
            self.heap += [
                (-unit / UNITS, item, other, 2)
                for other, unit in zip(others[near].tolist(), units[near].tolist(), strict=True)
            ]
        heapify(self.heap)

    def merge(self) -> list[Joint]:
        """Merge for as long as there is a pair that may."""
        joints = []
        while self.heap:
            negative, i, j, size = heappop(self.heap)
            if i not in self.members or j not in self.members:
                continue
            left, right = self.members[i], self.members[j]
            # what was counted before one of them grew was counted anew then
            if len(left) + len(right) != size or not self._allowed(i, j, -negative):
                continue
            joints.append(Joint(tuple(left), tuple(right), -negative))
            self._join(i, j)
        return joints

    def _allowed(self, i: int, j: int, mean: float) -> bool:
        for group in (i, j):
            size = len(self.members[group])
            if size >= 3:
                within = self.inner[group] / (size * (size - 1) / 2) / UNITS
                if mean < self.guards.cohesion * min(within, self.guards.cohesion_cap):
                    return False
        floor = self.guards.straggler * self.guards.cut * UNITS
        for group, other in ((i, j), (j, i)):
            if len(self.members[group]) == 1:
                continue  # its score is the mean itself
            count = len(self.members[other])
            for item in self.members[group]:
                others, units = self.graph.row(item)
                if int(units[self.owner[others] == other].sum()) / count < floor:
                    return False
        return True

    def _join(self, i: int, j: int) -> None:
        """Let group ``i`` take in group ``j``."""
        gone = self.sums.pop(j)
        mine = self.sums[i]
        self.inner[i] += self.inner.pop(j) + mine.pop(j)
        del gone[i]
        self.owner[self.members[j]] = i
        self.members[i] = sorted(self.members[i] + self.members.pop(j))
        for other, total in gone.items():
            mine[other] = mine.get(other, 0) + total
            del self.sums[other][j]
        size = len(self.members[i])
        for other, total in mine.items():
            self.sums[other][i] = total
            count = len(self.members[other])
            mean = total / (count * size) / UNITS
            if mean >= self.guards.cut:
                heappush(self.heap, (-mean, min(i, other), max(i, other), size + count))
