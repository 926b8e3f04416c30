"""The scores of every parent for every child, and the unseen sources that they call for.

One model over whole trees. Every feature arises once at no cost; each time a tree lets it arise anew
(a child has it, its parent does not) costs the feature's weight, so that the best tree explains most
of what is shared by descent. Losing text is cheap, as in Dollo parsimony (Farris 1977), but a parent
and a child that both have reports of their own are better explained by a source that nobody collected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from retold.config import StemmaConfig
from retold.model import Evidence
from retold.stemma.arborescence import best_tree
from retold.stemma.coverage import Coverage
from retold.stemma.direction import direct, selective
from retold.stemma.features import Features
from retold.stemma.witness import Witness, agency_key, same_agency

Flags = NDArray[np.bool_]
Table = NDArray[np.float64]

ROOT = 0


@dataclass(frozen=True, slots=True)
class Evidences:
    """All that the versions of a story say of their kinship."""

    witnesses: tuple[Witness, ...]
    features: Features
    coverage: Coverage
    direction: dict[tuple[int, int], list[Evidence]]
    """By (parent, child), where there is any."""
    drag: Table
    """(versions, versions) nats against [parent, child]: both report what the other lacks."""
    selective: Table
    """(versions, versions) nats against [parent, child]: a parent that merges two sources."""


def gather(
    witnesses: tuple[Witness, ...], features: Features, coverage: Coverage, config: StemmaConfig
) -> Evidences:
    """Weigh every ordered pair of versions."""
    n = len(witnesses)
    drag = np.zeros((n, n))
    direction: dict[tuple[int, int], list[Evidence]] = {}
    own = own_reports(witnesses, coverage)
    for p in range(n):
        for c in range(n):
            if p == c:
                continue
            # what one child dropped another may have kept; what all lack the parent has alone
            both = float(min(own[p, p], own[c, p]))
            drag[p, c] = min(config.own_most, config.own_cost * both)
            found = direct(witnesses, coverage, p, c, config)
            if found:
                direction[p, c] = found
    merged = np.array([selective(coverage, p, config) for p in range(n)]).reshape(n, n)
    return Evidences(witnesses, features, coverage, direction, drag, merged)


def own_reports(witnesses: Sequence[Witness], coverage: Coverage) -> Table:
    """Return how many checkable sentences, comment aside, ``[a, b]`` a has and b lacks.

    ``[a, a]`` is how many a has that no other version has.
    """
    n = len(witnesses)
    own = np.zeros((n, n))
    for version, witness in enumerate(witnesses):
        checkable = np.array(witness.specific, dtype=np.bool_) & ~np.array(
            witness.commentary, dtype=np.bool_
        )
        if len(checkable):
            lacking = ~coverage.sentences[version]
            own[version] = (checkable[:, None] & lacking).sum(axis=0)
            lacking[:, version] = True
            own[version, version] = (checkable & lacking.all(axis=1)).sum()
    return own


@dataclass(slots=True, eq=False)
class Unseen:
    """A supposed source: what it must have had, and the nats by which it improves the tree."""

    has: Flags
    gain: float
    members: tuple[int, ...]
    """The nodes that called for it."""
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
    """Further parents by child, by node: what the child has from there does not arise anew in it."""
    barred: set[tuple[int, int]] = field(default_factory=set)
    """Edges (parent, child) that would close a cycle with a second parent."""

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

    def solve(self) -> None:
        """Score every pair of nodes and find the best tree."""
        self.scores = self._scores()
        self.parents = best_tree(self.scores)

    def _scores(self) -> Table:
        has = self.table().astype(np.float64)
        weights = self.evidences.features.weights
        weighed = has * weights
        # what the child has and the parent lacks arises anew
        shared = has @ weighed.T
        each = weighed.sum(axis=1)
        scores = -(each[None, :] - shared)
        scores -= np.minimum(
            self.config.loss_most, self.config.loss_cost * (each[:, None] - shared)
        )
        for child, other in self.second.items():
            own = weighed[child] * (1 - has[other])
            kept = weighed[child] - own
            scores[:, child] += kept.sum() - has @ kept
        n = self.versions
        inner = slice(1, n + 1)
        scores[inner, inner] -= self.evidences.drag + self.evidences.selective
        for (p, c), found in self.evidences.direction.items():
            scores[p + 1, c + 1] += sum(e.weight for e in found)
        for at, one in enumerate(self.unseen, n + 1):
            scores[:, at] -= 0.0 if one.group else self.config.unseen_cost
            scores[ROOT, at] += one.credit
            scores[inner, at] += self._towards(one.members)
        for parent, child in sorted(self.barred):
            scores[parent, child] = -np.inf
        for child, parent in self.pinned.items():
            held = np.arange(len(scores)) != parent
            scores[held, child] = -np.inf
        np.fill_diagonal(scores, -np.inf)
        scores[:, ROOT] = -np.inf
        return scores

    def _towards(self, members: Sequence[int]) -> Table:
        """Nats for each version as the source of an unseen one, through which ``members`` had it.

        What it has alone all of them lost, and what shows that it is later than one of them shows
        that it is later than what lies between.
        """
        nats = np.zeros(self.versions)
        inside = [m - 1 for m in members if m <= self.versions]
        for version in range(self.versions):
            others = [m for m in inside if m != version]
            if others:
                facing = [self.evidences.direction.get((version, m), []) for m in others]
                nats[version] -= min(float(self.evidences.drag[version, m]) for m in others)
                nats[version] += min(0.0, *(sum(e.weight for e in f) for f in facing))
        return nats

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


TRIES = 8
"""Proposals of unseen sources that are tried, the most promising first, before none is accepted."""


def suppose(forest: Forest) -> None:
    """Add unseen sources as long as each makes the best tree better, the best first."""
    while len(forest.unseen) < forest.config.unseen_most:
        before, kept = forest.total(), list(forest.unseen)
        best: tuple[float, list[Unseen]] | None = None
        for proposal in _proposals(forest)[:TRIES]:
            forest.unseen = [*kept, proposal]
            forest.solve()
            _prune(forest)
            gain = forest.total() - before
            if gain > (best[0] if best else 0.0) + 1e-9 and proposal in forest.unseen:
                proposal.gain = gain
                best = gain, forest.unseen
        forest.unseen = best[1] if best else kept
        forest.solve()
        if best is None:
            return


def _prune(forest: Forest) -> None:
    """Drop unseen sources that the final tree gives fewer than two children."""
    while True:
        children = forest.children()
        idle = [
            at for at in range(len(forest.unseen)) if len(children[forest.versions + 1 + at]) < 2
        ]
        if not idle:
            return
        forest.unseen.pop(idle[0])
        forest.solve()


def _proposals(forest: Forest) -> list[Unseen]:
    """Return the unseen sources that by themselves would make the tree better, the best first."""
    children = forest.children()
    table = forest.table()
    found: list[tuple[float, list[int], Unseen]] = []
    versions = table[1 : forest.versions + 1].sum(axis=0)
    for node in range(len(table)):
        for group, top, tops in _groups(forest, table, node, children[node]):
            at_least_two = table[group].sum(axis=0) >= 2
            some = table[group].any(axis=0)
            elsewhere = table[top]
            if top == ROOT:  # what stands outside of these subtrees too came from above them
                below = sorted({v for t in tops for v in forest.below(t)})
                elsewhere = versions > table[below].sum(axis=0)
            has = at_least_two | (some & elsewhere)
            credit, agency = _credit(forest, group, top)
            gain = _gain(forest, table, has, group, top) + credit
            if gain > 1e-9:
                found.append(
                    (-gain, group, Unseen(has, gain, tuple(group), agency=agency, credit=credit))
                )
    found.sort(key=lambda one: one[:2])
    return [one for _, _, one in found]


def _groups(
    forest: Forest, table: Flags, node: int, children: Sequence[int]
) -> list[tuple[list[int], int, list[int]]]:
    """Groups that an unseen source could stand above, the node above that, the group's topmost."""
    n = forest.versions
    weights = forest.evidences.features.weights
    found: list[tuple[list[int], int, list[int]]] = []
    if 0 < node <= n and children:  # the node is no parent but a sibling of its children
        top = forest.parents[node]
        poor = [c for c in children if forest.scores[node, c] < -forest.config.unseen_cost / 2]
        if len(poor) > 1:
            found.append((sorted((node, *poor)), top, [node]))
        found.extend((sorted((node, c)), top, [node]) for c in poor)
        below = forest.below(node)
        if poor and len(below) > 2:  # or all that seems to descend from it is
            found.append((below, top, [node]))
    left = table[list(children)] & ~table[node] if children else table[:0]
    shared = (left * weights) @ left.T.astype(np.float64) if children else np.zeros((0, 0))
    for i, a in enumerate(children):
        for j in range(i + 1, len(children)):
            if shared[i, j] > forest.config.unseen_cost:
                pair = sorted((a, children[j]))
                found.append((pair, node, pair))
    return found


def _gain(forest: Forest, table: Flags, has: Flags, group: Sequence[int], top: int) -> float:
    """Nats by which the tree gets better with an unseen source between ``top`` and ``group``."""
    weights = forest.evidences.features.weights
    after = -float(weights[has & ~table[top]].sum()) - forest.config.unseen_cost
    before = 0.0
    for node in group:
        after -= float(weights[table[node] & ~has].sum())
        lost = forest.config.loss_cost * float(weights[has & ~table[node]].sum())
        after -= min(forest.config.loss_most, lost)
        if node > forest.versions and not forest.unseen[node - forest.versions - 1].group:
            after -= forest.config.unseen_cost
        before += float(forest.scores[forest.parents[node], node])
    return after - before


def unseen_between(forest: Forest, parent: int, child: int) -> float:
    """Return the probability that two versions, one put below the other, share an unseen source."""
    n = forest.versions
    if not (0 < parent <= n and 0 < child <= n):
        return 0.0
    table, top = forest.table(), forest.parents[parent]
    elsewhere = table[top]
    if top == ROOT:
        below = forest.below(parent)
        elsewhere = table[1 : n + 1].sum(axis=0) > table[below].sum(axis=0)
    group = sorted((parent, child))
    has = table[group].all(axis=0) | (table[group].any(axis=0) & elsewhere)
    gain = _gain(forest, table, has, group, top) + _credit(forest, group, top)[0]
    return odds(gain)


def _credit(forest: Forest, group: Sequence[int], top: int) -> tuple[float, str]:
    """Nats, and the agency, for one unseen source of versions that credit a report not at hand.

    One report explains a credit once, and a collected source explains it as well: only what stands
    at the top counts.
    """
    if top != ROOT:
        return 0.0, ""
    counts: dict[str, int] = {}
    for node in group:
        if node > forest.versions:
            names = {forest.unseen[node - forest.versions - 1].agency} - {""}
        else:
            names = set(absent_credits(forest.evidences.witnesses, [node - 1]))
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    if not counts:
        return 0.0, ""
    agency = min(counts, key=lambda name: (-counts[name], name))
    more = forest.config.shared_credit * (counts[agency] - 1)
    return forest.config.credit_weight + more, agency


def absent_credits(witnesses: Sequence[Witness], members: Sequence[int]) -> dict[str, list[int]]:
    """Return, by agency, which of ``members`` credit a report of it that is not at hand."""
    found: dict[str, list[int]] = {}
    for member in sorted(members):
        for name in witnesses[member].agencies:
            key = agency_key(name)
            if not any(w.own and same_agency(key, w.own) for w in witnesses):
                found.setdefault(name, []).append(member)
    return dict(sorted(found.items()))


def regroup(forest: Forest, near: Table) -> None:
    """Put each other's nearest kin below an unseen source under one of their own, bottom up.

    ``near`` is the affinity of versions. Two nodes below one unseen source are grouped where each is
    the other's nearest there by a clear margin and they share more than chance has it.
    """
    weights = forest.evidences.features.weights
    while True:
        children, table = forest.children(), forest.table()
        groups: list[tuple[float, list[int], int]] = []
        for top in range(forest.versions + 1, len(table)):
            kin = children[top]
            if len(kin) < 3:
                continue
            held = table[kin].astype(np.float64)
            over = excess((held * weights) @ held.T)
            groups += [
                (-float(over[i, j]), [kin[i], kin[j]], top)
                for i, j in _mutual(forest, near, kin)
                if over[i, j] >= forest.config.group_least
            ]
        room = forest.config.unseen_most - len(forest.unseen)
        if not groups or room <= 0:
            return
        for nats, group, top in sorted(groups)[:room]:
            has = table[group].all(axis=0) | (table[group].any(axis=0) & table[top])
            forest.unseen.append(Unseen(has, -nats, tuple(group), group=True))
            at = forest.versions + len(forest.unseen)
            forest.pinned.update(dict.fromkeys(group, at) | {at: top})
        forest.solve()


def _mutual(forest: Forest, near: Table, kin: Sequence[int]) -> list[tuple[int, int]]:
    """Places in ``kin`` of nodes that are each other's nearest by ``group_margin``, by mean affinity."""
    below = [[v - 1 for v in forest.below(node)] for node in kin]
    k = len(kin)
    mean = np.array([[float(near[np.ix_(a, b)].mean()) for b in below] for a in below])
    np.fill_diagonal(mean, -1.0)
    found = []
    for i in range(k):
        j = int(np.argmax(mean[i]))
        rest = [float(mean[x, y]) for x in (i, j) for y in range(k) if y not in (i, j)]
        clear = mean[i, j] >= forest.config.group_margin * max(rest)
        if i < j and mean[i, j] > 0 and clear:
            found.append((i, j))
    return found


def excess(shared: Table) -> Table:
    """Return nats by which each two of several siblings share more than chance has it.

    ``shared`` (k, k): weight of what two share. If each took from the common source on its own, what
    two share is proportional to how much each shares with the others; the log likelihood ratio is
    Poisson's (Dunning 1993): ``o log(o / e) - (o - e)``. Negative where they share less.
    """
    k = len(shared)
    off = shared * (1 - np.eye(k))
    total, rows = off.sum() / 2, off.sum(axis=1)
    products = np.outer(rows, rows) * (1 - np.eye(k))
    result = np.zeros((k, k))
    if k < 3 or total <= 0 or products.sum() <= 0:
        return result
    expected = total * products / (products.sum() / 2)
    for i in range(k):
        for j in range(k):
            seen, chance = off[i, j], expected[i, j]
            if i != j and chance > 0:
                log_ratio = (seen * log(seen / chance) if seen > 0 else 0.0) - (seen - chance)
                result[i, j] = log_ratio if seen > chance else -log_ratio
    return result


def odds(nats: float) -> float:
    """Return the probability that nats of log odds stand for."""
    return 1 / (1 + exp(-nats)) if nats > -700 else 0.0
