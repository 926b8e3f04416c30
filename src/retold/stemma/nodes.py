"""The scores of every parent for every child, and the unseen sources that they call for.

One model over whole trees. Every feature arises once at no cost; each time a tree lets it arise
anew (a child has it, its parent does not) costs the feature's weight, so that the best tree
explains most of what is shared by descent. Losing text is cheap, as in Dollo parsimony (Farris
1977), but a parent and a child that both have reports of their own are better explained by a
source that nobody collected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp

import numpy as np
from numpy.typing import NDArray

from retold.config import StemmaConfig
from retold.model import Evidence
from retold.stemma.arborescence import ROOT, best_tree
from retold.stemma.centrality import root_odds
from retold.stemma.coverage import Coverage
from retold.stemma.direction import compared, direct, selective
from retold.stemma.features import FeatureKind, Features
from retold.stemma.mutual import Mutual, checkable
from retold.stemma.scores import Scores
from retold.stemma.witness import Witness, is_report

Flags = NDArray[np.bool_]
Table = NDArray[np.float64]

NEVER = -1e7
"""Nats of an edge that an editor ruled out: no best tree has it, and yet trees there are, also
where nothing else is left for a version that has a second source."""


@dataclass(frozen=True, slots=True)
class Evidences:
    """All that the versions of a story say of their kinship."""

    witnesses: tuple[Witness, ...]
    features: Features
    coverage: Coverage
    direction: dict[tuple[int, int], list[Evidence]]
    """By (parent, child), where there is any."""
    facing: Table
    """(versions, versions): its sum for [parent, child]."""
    drag: Table
    """(versions, versions) nats against [parent, child]: both report what the other lacks."""
    selective: Table
    """(versions, versions) nats against [parent, child]: a parent that merges two sources."""
    mutual: Mutual
    """By what factor shared statements count."""
    reports: Flags
    """(versions,): whether it is an agency's own report, or one that other versions credit."""
    barred: frozenset[tuple[int, int]] = frozenset()
    """Edges (parent, child), by node, that an editor ruled out."""


def gather(
    witnesses: tuple[Witness, ...], features: Features, coverage: Coverage, config: StemmaConfig
) -> Evidences:
    """Weigh every ordered pair of versions."""
    n = len(witnesses)
    drag, facing = np.zeros((n, n)), np.zeros((n, n))
    direction: dict[tuple[int, int], list[Evidence]] = {}
    reports = [checkable(w) for w in witnesses]
    own, counted = own_reports(reports, coverage), compared(witnesses, coverage)
    for p in range(n):
        for c in range(n):
            if p == c:
                continue
            # what one child dropped another may have kept; what all lack the parent has alone
            both = float(min(own[p, p], own[c, p]))
            drag[p, c] = min(config.own_most, config.own_cost * both)
            found = direct(witnesses, coverage, counted, p, c, config)
            if found:
                direction[p, c] = found
                facing[p, c] = sum(e.weight for e in found)
    merged = np.array([selective(coverage, p, config) for p in range(n)]).reshape(n, n)
    mutual = Mutual(reports, coverage, config)
    first = np.array([is_report(witnesses, at) for at in range(n)], dtype=np.bool_)
    return Evidences(witnesses, features, coverage, direction, facing, drag, merged, mutual, first)


def own_reports(reports: Sequence[Flags], coverage: Coverage) -> Table:
    """Return how many of its ``reports`` (flags by sentence) ``[a, b]`` a has and b lacks.

    ``[a, a]`` is how many a has that no other version has.
    """
    n = len(reports)
    own = np.zeros((n, n))
    for version, flags in enumerate(reports):
        if len(flags):
            lacking = ~coverage.sentences[version]
            own[version] = (flags[:, None] & lacking).sum(axis=0)
            lacking[:, version] = True
            own[version, version] = (flags & lacking.all(axis=1)).sum()
    return own


@dataclass(slots=True, eq=False)
class Unseen:
    """A supposed source: what it must have had, and the nats by which it improves the tree."""

    has: Flags
    gain: float
    members: tuple[int, ...]
    """The nodes that called for it."""
    kin: tuple[int, ...] = ()
    """The versions among these, and those below the unseen sources among these."""
    group: bool = False
    """Whether it is supposed because its kin share more with one another than chance has it."""
    alone: bool = False
    """Whether nothing but a credit calls for it."""
    agency: str = ""
    credit: float = 0.0
    """Nats for being what versions credit, where it stands at the top."""


@dataclass(slots=True)
class Forest:
    """Root, versions (1..n), unseen sources (n + 1..): their scores and the best tree over them."""

    evidences: Evidences
    config: StemmaConfig
    unseen: list[Unseen] = field(default_factory=list)
    scores: Table = field(default_factory=lambda: np.zeros((1, 1)))
    parents: list[int] = field(default_factory=list)
    pinned: dict[int, int] = field(default_factory=dict)
    """Children that are held below an unseen source, by node."""
    second: dict[int, int] = field(default_factory=dict)
    """Further parents by child, by node: what the child has from there does not arise anew in
    it."""
    second_gain: dict[int, float] = field(default_factory=dict)
    """Nats by which a second parent made the tree better, by child."""
    barred: set[tuple[int, int]] = field(default_factory=set)
    """Edges (parent, child) that would close a cycle with a second parent."""
    shaped: Table | None = None
    """(nodes,) nats for each node at the top, by the shape of the tree; None before there is
    one."""
    _known: Scores = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Score root and versions, which stay."""
        features = self.evidences.features
        told = features.kinds == FeatureKind.STATEMENT.value
        self._known = Scores(features.has, features.weights, told, self.evidences, self.config)

    @property
    def versions(self) -> int:
        """How many versions there are."""
        return len(self.evidences.witnesses)

    def has(self, node: int) -> Flags:
        """Return the features of a node; none for the root."""
        if node == ROOT:
            return np.zeros(self.evidences.features.has.shape[1], dtype=np.bool_)
        if node <= self.versions:
            found: Flags = self.evidences.features.has[node - 1]
            return found
        return self.unseen[node - self.versions - 1].has

    def table(self) -> Flags:
        """Return (nodes, features)."""
        size = 1 + self.versions + len(self.unseen)
        return np.array([self.has(i) for i in range(size)])

    def weights(self) -> Table:
        """Return (nodes,) the nats of all that each node has."""
        return self._known.weights(self.unseen)

    def levels(self) -> Table:
        """Return (nodes,) the factor by which the statements of each node count."""
        return self._known.levels(self.unseen)

    def bearing(self, has: Flags, kin: Sequence[int]) -> tuple[float, Table]:
        """Return the nats of a source with these features, and what it shares with each node."""
        found = self._known.bearing(has, kin)
        return found.weight, self._known.explains(found, self.unseen)

    def solve(self) -> None:
        """Score every pair of nodes and find the best tree."""
        self.scores = self._scores()
        self.parents = best_tree(self.scores)

    def _scores(self) -> Table:
        scores = self._known.table(self.unseen, self.second)
        scores[ROOT, 1 : self.versions + 1] += self.config.report_first * self.evidences.reports
        if self.shaped is not None:
            scores[ROOT] += self.shaped
        scores[ROOT, list(self.second)] = -np.inf  # who has a second parent has a first one
        for parent, child in sorted(self.evidences.barred):
            scores[parent, child] = NEVER
        for parent, child in sorted(self.barred):
            scores[parent, child] = -np.inf
        for child, parent in self.pinned.items():
            held = scores[parent, child]
            scores[:, child] = -np.inf
            scores[parent, child] = held
        np.fill_diagonal(scores, -np.inf)
        scores[:, ROOT] = -np.inf
        return scores

    def shape(self) -> None:
        """Let the shape of the tree tell its top; no source is supposed afterwards."""
        self.shaped = self.config.shape_weight * root_odds(self.parents)
        self.solve()

    def total(self) -> float:
        """Return the score of the best tree."""
        return float(sum(self.scores[p, c] for c, p in enumerate(self.parents) if c))

    def children(self) -> dict[int, list[int]]:
        """Return the children of every node of the best tree."""
        found: dict[int, list[int]] = {i: [] for i in range(len(self.parents))}
        for child, parent in enumerate(self.parents):
            if child:
                found[parent].append(child)
        return found

    def below(self, node: int) -> list[int]:
        """Return the versions that descend from a node, itself included if it is one."""
        children = self.children()
        found, stack = [], [node]
        while stack:
            at = stack.pop()
            if 0 < at <= self.versions:
                found.append(at)
            stack.extend(children[at])
        return sorted(found)


def odds(nats: float) -> float:
    """Return the probability that nats of log odds stand for."""
    return 1 / (1 + exp(-nats)) if nats > -700 else 0.0
