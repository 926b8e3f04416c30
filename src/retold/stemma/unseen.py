"""Unseen sources: where the best tree calls for a version that nobody collected."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np

from retold.stemma.nodes import ROOT, Flags, Forest, Table, Unseen, odds
from retold.stemma.witness import Witness, agency_key, same_agency

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


class View:
    """The best tree as it stands: what its nodes have, and what stands below them.

    Valid until the forest is solved again.
    """

    def __init__(self, forest: Forest) -> None:
        """Look at ``forest``."""
        self.forest = forest
        self.table = forest.table()
        self.has: Table = self.table.astype(np.float64)
        self.weight: Table = forest.weights()
        self.children = forest.children()
        self._versions: Table = self.has[1 : forest.versions + 1].sum(axis=0)
        self._below: dict[int, list[int]] = {}
        self._counts: dict[int, Table] = {}

    def below(self, node: int) -> list[int]:
        """Return :meth:`Forest.below`."""
        found = self._below.get(node)
        if found is None:
            within, stack = [], [node]
            while stack:
                at = stack.pop()
                within.append(at)
                stack.extend(self.children[at])
            found = sorted(at for at in within if 0 < at <= self.forest.versions)
            self._below[node] = found
        return found

    def kin(self, group: Sequence[int]) -> tuple[int, ...]:
        """Return the versions of a group, and those below the unseen sources of it."""
        n = self.forest.versions
        found = {v for node in group for v in ([node] if node <= n else self.below(node))}
        return tuple(sorted(found))

    def _count(self, node: int) -> Table:
        """How many versions below a node have each feature."""
        found = self._counts.get(node)
        if found is None:
            found = self._counts[node] = self.has[self.below(node)].sum(axis=0)
        return found

    def outside(self, tops: Sequence[int]) -> Flags:
        """Return which features stand outside of the subtrees at ``tops``, none within another."""
        below = self._count(tops[0])
        for top in tops[1:]:
            below = below + self._count(top)
        found: Flags = self._versions > below
        return found


def _proposals(forest: Forest) -> list[Unseen]:
    """Return the unseen sources that by themselves would make the tree better, the best first."""
    view = View(forest)
    table = view.table
    found: list[tuple[float, list[int], Unseen]] = []
    for node in range(len(table)):
        for group, top, tops in _groups(view, node):
            held = table[group].sum(axis=0)
            # what stands outside of these subtrees too came from above them
            elsewhere = view.outside(tops) if top == ROOT else table[top]
            has = (held >= 2) | ((held > 0) & elsewhere)
            credit, agency = _credit(forest, group, top)
            gain = round(_gain(view, has, group, top) + credit, 9)
            if gain > 0:
                one = Unseen(has, gain, tuple(group), view.kin(group), agency=agency, credit=credit)
                found.append((-gain, group, one))
    found.sort(key=lambda one: one[:2])
    return [one for _, _, one in found]


def _groups(view: View, node: int) -> list[tuple[list[int], int, list[int]]]:
    """Groups that an unseen source could stand above, the node above that, the group's topmost."""
    forest, children, n = view.forest, view.children[node], view.forest.versions
    found: list[tuple[list[int], int, list[int]]] = []
    if 0 < node <= n and children:  # the node is no parent but a sibling of its children
        top = forest.parents[node]
        poor = [
            c
            for c in children
            if forest.scores[node, c] < -forest.config.kin_cost - forest.config.unseen_cost / 2
        ]
        if len(poor) > 1:
            found.append((sorted((node, *poor)), top, [node]))
        found.extend((sorted((node, c)), top, [node]) for c in poor)
        below = view.below(node)
        # or all that seems to descend from it is
        if poor and 2 < len(below) <= forest.config.unseen_family:
            found.append((below, top, [node]))
    if len(children) > 1:
        kept = np.flatnonzero((view.table[children].sum(axis=0) > 1) & ~view.table[node])
        left = view.has[children][:, kept]
        shared = (left * forest.evidences.features.weights[kept]) @ left.T
        for i, j in np.argwhere(np.triu(shared > forest.config.unseen_cost, 1)).tolist():
            pair = sorted((children[i], children[j]))
            found.append((pair, node, pair))
    return found


def _gain(view: View, has: Flags, group: Sequence[int], top: int) -> float:
    """Nats by which the tree gets better with an unseen source between ``top`` and ``group``."""
    forest, config = view.forest, view.forest.config
    weight, common = forest.bearing(has, view.kin(group))
    after = float(common[top]) - weight - config.unseen_cost
    after -= config.kin_cost if top != ROOT else 0.0
    before = 0.0
    for node, shared in zip(group, common[list(group)].tolist(), strict=True):
        after -= float(view.weight[node]) - shared
        after -= min(config.loss_most, config.loss_cost * (weight - shared))
        after -= config.kin_cost
        if node > forest.versions and not forest.unseen[node - forest.versions - 1].group:
            after -= config.unseen_cost
        before += float(forest.scores[forest.parents[node], node])
    return after - before


def unseen_between(view: View, parent: int, child: int) -> float:
    """Return the probability that two versions, one put below the other, share an unseen source."""
    forest, n = view.forest, view.forest.versions
    if not (0 < parent <= n and 0 < child <= n):
        return 0.0
    top = forest.parents[parent]
    elsewhere = view.outside([parent]) if top == ROOT else view.table[top]
    group = sorted((parent, child))
    has = view.table[group].all(axis=0) | (view.table[group].any(axis=0) & elsewhere)
    return odds(_gain(view, has, group, top) + _credit(forest, group, top)[0])


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


def regroup(forest: Forest, near: Table) -> None:
    """Put each other's nearest kin below an unseen source under one of their own, bottom up.

    ``near`` is the affinity of versions. Two nodes below one unseen source are grouped where each
    is the other's nearest there by a clear margin and they share more than chance has it.
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
            kin_of = tuple(v for node in group for v in forest.below(node))
            forest.unseen.append(Unseen(has, -nats, tuple(group), kin_of, group=True))
            at = forest.versions + len(forest.unseen)
            forest.pinned.update(dict.fromkeys(group, at) | {at: top})
        forest.solve()


def _mutual(forest: Forest, near: Table, kin: Sequence[int]) -> list[tuple[int, int]]:
    """Places in ``kin`` of nodes that are each other's nearest there by ``group_margin``."""
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

    ``shared`` (k, k): weight of what two share. If each took from the common source on its own,
    what two share is proportional to how much each shares with the others; the log likelihood
    ratio is Poisson's (Dunning 1993): ``o log(o / e) - (o - e)``. Negative where they share less.
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


def absent_credits(witnesses: Sequence[Witness], members: Sequence[int]) -> dict[str, list[int]]:
    """Return, by agency, which of ``members`` credit a report of it that is not at hand."""
    found: dict[str, list[int]] = {}
    for member in sorted(members):
        for name in witnesses[member].agencies:
            key = agency_key(name)
            if not any(w.own and same_agency(key, w.own) for w in witnesses):
                found.setdefault(name, []).append(member)
    return dict(sorted(found.items()))
