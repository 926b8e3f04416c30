"""How alike two stemmata of one tradition are: the measures of the task ``stemma``.

A stemma is a directed graph over collected versions and hypothetical nodes. Hypothetical nodes of
two stemmata are matched by the collected versions that descend from them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Edge = tuple[str, str]
"""A child and its parent."""

Counts = tuple[int, int, int]
"""True positives, false positives, false negatives."""

ALIKE = 0.5
"""Jaccard index of their collected descendants above which two hypothetical nodes are one."""

TOP = ""
"""The parent of a root."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A stemma. ``parents`` has every node; ``collected`` are those with a text."""

    parents: Mapping[str, tuple[str, ...]]
    collected: frozenset[str]
    probability: Mapping[Edge, float] = field(default_factory=dict)
    """Of each edge of a collected version, ``TOP`` as the parent included, where it is given."""

    def edges(self) -> set[Edge]:
        """Return the edges."""
        return {(child, p) for child, above in self.parents.items() for p in above}

    def ancestors(self, node: str) -> set[str]:
        """Return all nodes above a node."""
        found: set[str] = set()
        stack = list(self.parents[node])
        while stack:
            at = stack.pop()
            if at not in found:
                found.add(at)
                stack.extend(self.parents[at])
        return found

    def below(self) -> dict[str, frozenset[str]]:
        """Return the collected descendants of every node, itself included."""
        found: dict[str, set[str]] = {node: set() for node in self.parents}
        for name in self.collected:
            for node in (name, *self.ancestors(name)):
                found[node].add(name)
        return {node: frozenset(names) for node, names in found.items()}

    def root(self) -> str:
        """Return the node without a parent that most collected versions descend from."""
        below = self.below()
        roots = [n for n, above in self.parents.items() if not above]
        return min(roots, key=lambda n: (-len(below[n]), n))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one stemma agrees with the truth."""

    root: bool
    edges: Counts
    pairs: Counts
    """Of collected versions, an ancestor and its descendant."""
    sign: float
    """Average sign similarity."""
    contaminated: Counts
    """Versions with two parents."""
    sure: tuple[tuple[float, bool], ...]
    """Edges of collected versions, with probability and whether they are right."""


def compare(truth: Graph, found: Graph) -> Outcome:
    """Compare a stemma with the true one.

    The root is right where both have the same collected version at the top, or both a hypothetical.
    """
    names = matched(truth, found)
    true_edges = truth.edges()
    edges = {(names[c], names[p]) for c, p in found.edges()}
    top, root = truth.root(), found.root()
    right = true_edges | {(n, TOP) for n, above in truth.parents.items() if not above}
    return Outcome(
        root=top == root or (top not in truth.collected and root not in found.collected),
        edges=counts(true_edges, edges),
        pairs=counts(_pairs(truth), _pairs(found)),
        sign=sign_similarity(distances(truth), distances(found)),
        contaminated=counts(_drawing_on_two(truth), _drawing_on_two(found)),
        sure=tuple(
            (p, (child, names.get(parent, parent)) in right)
            for (child, parent), p in sorted(found.probability.items())
        ),
    )


def matched(truth: Graph, found: Graph) -> dict[str, str]:
    """Return the true name of every found node; hypothetical ones without one get a new name."""
    names = {n: n if n in found.collected else f"found {n}" for n in found.parents}
    theirs, ours = truth.below(), found.below()
    pairs = [
        (-len(a & b) / len(a | b), t, f)
        for t, a in theirs.items()
        for f, b in ours.items()
        if t not in truth.collected and f not in found.collected and a & b
    ]
    taken: set[str] = set()
    for unlike, t, f in sorted(pairs):
        if -unlike > ALIKE and t not in taken and f not in taken:
            taken |= {t, f}
            names[f] = t
    return names


def counts(true: Iterable[object], found: Iterable[object]) -> Counts:
    """Return true positives, false positives, false negatives of two sets."""
    true, found = set(true), set(found)
    return len(true & found), len(found - true), len(true - found)


def _pairs(graph: Graph) -> set[Edge]:
    return {(n, a) for n in graph.collected for a in graph.ancestors(n) if a in graph.collected}


def _drawing_on_two(graph: Graph) -> set[str]:
    return {n for n in graph.collected if len(graph.parents[n]) > 1}


def distances(graph: Graph) -> NDArray[np.int64]:
    """Return how many edges lie between each two collected versions, by name in their order.

    Several roots are joined above.
    """
    links: dict[str, set[str]] = {node: set() for node in (*graph.parents, TOP)}
    roots = [n for n, above in graph.parents.items() if not above]
    tied = graph.edges() | ({(r, TOP) for r in roots} if len(roots) > 1 else set())
    for child, parent in tied:
        links[child].add(parent)
        links[parent].add(child)
    order = sorted(graph.collected)
    table = np.zeros((len(order), len(order)), dtype=np.int64)
    for row, start in enumerate(order):
        far = {start: 0}
        queue = deque([start])
        while queue:
            node = queue.popleft()
            for other in links[node]:
                if other not in far:
                    far[other] = far[node] + 1
                    queue.append(other)
        table[row] = [far[name] for name in order]
    return table


def sign_similarity(true: NDArray[np.int64], found: NDArray[np.int64]) -> float:
    """Return the average sign similarity of two tables of distances (Roos & Heikkilä 2009).

    Over all A and pairs B, C: 1 where both agree on which is nearer to A, or that neither is, 0
    where they say the opposite, 1/2 where one of them sees no difference.
    """
    n = len(true)
    if n < 3:
        return 1.0
    total = 0.0
    for a in range(n):
        rest = np.delete(np.arange(n), a)
        signs = [np.sign(np.subtract.outer(d[a, rest], d[a, rest])) for d in (true, found)]
        agree = 1 - np.abs(signs[0] - signs[1]) / 2
        total += float(agree.sum() - (n - 1)) / ((n - 1) * (n - 2))
    return total / n
