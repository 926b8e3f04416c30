"""Unseen sources: where the best tree calls for a version that nobody collected."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log

import numpy as np

from retold.stemma.arborescence import ROOT
from retold.stemma.nodes import Flags, Forest, Table, Unseen, odds
from retold.stemma.view import View
from retold.stemma.witness import Witness, agency_key, same_agency

TRIES = 8
"""Proposals of unseen sources that are tried, the most promising first, before none is accepted."""

SLIGHT = 1e-6
"""Nats that are nothing but the rounding of sums."""


def suppose(forest: Forest) -> None:
    """Add unseen sources to a solved forest while each makes its best tree better, best first.

    In a large story each that promises to is added at once, if it stands above other nodes.
    """
    large = forest.versions > forest.config.pairs_all
    while len(forest.unseen) < forest.config.unseen_most:
        proposals = _proposals(forest)
        if not (_add_all(forest, proposals) if large else _add_best(forest, proposals)):
            return


def _add_best(forest: Forest, proposals: Sequence[Unseen]) -> bool:
    """Add the source by which the tree gets best; say whether there is one."""
    start = best = _State.of(forest)
    gain = 0.0
    for proposal in proposals:
        more = _try(forest, start, proposal)
        if more > gain + 1e-9:
            gain = proposal.gain = more
            best = _State.of(forest)
    best.restore(forest)
    return best is not start


def _add_all(forest: Forest, proposals: Sequence[Unseen]) -> bool:
    """Add all sources that make the tree better and share no node; say whether there is one."""
    taken: set[int] = set()
    for proposal in proposals:
        start = _State.of(forest)
        full = len(start.unseen) == forest.config.unseen_most
        if full or not taken.isdisjoint(proposal.members):
            continue
        more = _try(forest, start, proposal)
        if more > 1e-9:
            proposal.gain = more
            taken.update(proposal.members)
        else:
            start.restore(forest)
    return bool(taken)


@dataclass(frozen=True, slots=True)
class _State:
    """The unseen sources of a forest, and its tree with them."""

    unseen: list[Unseen]
    scores: Table
    parents: list[int]
    total: float

    @classmethod
    def of(cls, forest: Forest) -> _State:
        return cls(forest.unseen, forest.scores, forest.parents, forest.total())

    def restore(self, forest: Forest) -> None:
        forest.unseen, forest.scores, forest.parents = self.unseen, self.scores, self.parents


def _try(forest: Forest, state: _State, proposal: Unseen) -> float:
    """Add a source to ``state``; return the nats by which the tree gets better with it, or 0."""
    forest.unseen = [*state.unseen, proposal]
    forest.solve()
    _prune(forest)
    return forest.total() - state.total if proposal in forest.unseen else 0.0


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


@dataclass(frozen=True, slots=True)
class _Group:
    """Nodes that an unseen source could stand above."""

    nodes: list[int]
    top: int
    """The node above the source."""
    tops: list[int]
    """The topmost of the nodes."""
    promise: float
    """Nats by which the source can make the tree better at most."""


def _proposals(forest: Forest) -> list[Unseen]:
    """Return the unseen sources that by themselves would make the tree better, the best first.

    Of many only the first ``TRIES``: what promises less than these have is not looked at.
    """
    view = View(forest)
    groups = [group for node in range(len(view.table)) for group in _groups(view, node)]
    groups.sort(key=lambda group: -group.promise)
    found: list[tuple[float, list[int], Unseen]] = []
    for group in groups:
        if len(found) == TRIES and group.promise < -found[-1][0] - SLIGHT:
            break
        one = _proposal(view, group)
        if one.gain > 0:
            insort(found, (-one.gain, group.nodes, one), key=lambda item: item[:2])
            del found[TRIES:]
    return [one for _, _, one in found]


def _proposal(view: View, group: _Group) -> Unseen:
    """Return the source that a group calls for."""
    nodes, top = group.nodes, group.top
    held = view.table[nodes].sum(axis=0)
    # what stands outside of these subtrees too came from above them
    elsewhere = view.outside(group.tops) if top == ROOT else view.table[top]
    has = view.of_one_text((held >= 2) | ((held > 0) & elsewhere), nodes)
    credit, agency = _credit(view.forest, nodes, top)
    gain = round(_gain(view, has, nodes, top) + credit, 9)
    return Unseen(has, gain, tuple(nodes), view.kin(nodes), agency=agency, credit=credit)


def _groups(view: View, node: int) -> list[_Group]:
    """Return the groups at a node that a source could gain something by."""
    forest, children, n = view.forest, view.children[node], view.forest.versions
    found: list[_Group] = []
    if 0 < node <= n and children:  # the node is no parent but a sibling of its children
        top = forest.parents[node]
        poor = [
            c
            for c in children
            if forest.scores[node, c] < -forest.config.kin_cost - forest.config.unseen_cost / 2
        ]
        if len(poor) > 1:
            found.append(_Group(sorted((node, *poor)), top, [node], inf))
        promises = promise(view, top, [node], poor)[1][0].tolist() if poor else []
        for c, most in zip(poor, promises, strict=True):
            found.append(_Group(sorted((node, c)), top, [node], most))
        below = view.below(node)
        # or all that seems to descend from it is
        if poor and 2 < len(below) <= forest.config.unseen_family:
            found.append(_Group(below, top, [node], inf))
    if len(children) > 1:
        shared, promises = promise(view, node, children, children)
        hopeful = (shared > forest.config.unseen_cost) & (promises > -SLIGHT)
        for i, j in np.argwhere(np.triu(hopeful, 1)).tolist():
            pair = sorted((children[i], children[j]))
            found.append(_Group(pair, node, pair, float(promises[i, j])))
    return found


def promise(
    view: View, top: int, ours: Sequence[int], theirs: Sequence[int]
) -> tuple[Table, Table]:
    """Return what two nodes below ``top`` share, and what a source of both can gain at most.

    Both are nats, (ours, theirs); what the top has too is not counted as shared. Of a feature that
    counts by ``x`` in the source, by ``a`` and ``b`` in the nodes and by ``t`` at the top,
    ``min(x, t) - x + min(x, a) + min(x, b)`` is gained, the most where ``x`` is the median of the
    others. What would be lost on the way is left out.
    """
    config, above, told = view.forest.config, view.table[top], view.told
    first, second = view.has[ours], view.has[theirs]

    def both(wanted: Flags) -> Table:
        at = np.flatnonzero(wanted)
        shared: Table = (first[:, at] * view.weights[at]) @ second[:, at].T
        return shared

    said, new = both(~told & ~above), both(told & ~above)
    level = view.levels_of(ours, theirs)
    nats = said + level * new
    nats += np.maximum(0.0, level - view.levels[top]) * both(told & above)
    nats += view.slack(top, ours)[:, None] + view.slack(top, theirs)[None, :]
    nats -= config.unseen_cost
    if top == ROOT:
        a, b = view.crediting[ours][:, None], view.crediting[theirs][None, :]
        nats += config.credit_weight * (a | b) + config.shared_credit * (a & b)
    else:
        nats -= config.kin_cost
    return said + new, nats


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
    has = view.of_one_text(has, group)
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
    """Return, by agency, which of ``members`` have a report of it that is not at hand."""
    found: dict[str, list[int]] = {}
    for member in sorted(members):
        for name in witnesses[member].reports:
            key = agency_key(name)
            if not any(w.own and same_agency(key, w.own) for w in witnesses):
                found.setdefault(name, []).append(member)
    return dict(sorted(found.items()))
