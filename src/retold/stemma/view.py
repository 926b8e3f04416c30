"""A tree as it is looked at for unseen sources."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retold.stemma.features import FeatureKind
from retold.stemma.nodes import Flags, Forest, Table


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
        self.levels: Table = forest.levels()
        """By what factor the statements of each node count."""
        features, witnesses = forest.evidences.features, forest.evidences.witnesses
        self.weights: Table = features.weights
        self._loci = features.loci
        self.told: Flags = features.kinds == FeatureKind.STATEMENT.value
        agencies = [(), *(w.reports for w in witnesses), *(one.agency for one in forest.unseen)]
        self.crediting: Flags = np.array([bool(names) for names in agencies])
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

    def levels_of(self, ours: Sequence[int], theirs: Sequence[int]) -> Table:
        """Return by what factor the statements of a source of two nodes can count at most."""
        n = self.forest.versions
        level: Table = np.minimum.outer(self.levels[ours], self.levels[theirs])
        rows, columns = (np.flatnonzero(np.array(nodes) <= n) for nodes in (ours, theirs))
        pairs = np.ix_(np.array(ours)[rows] - 1, np.array(theirs)[columns] - 1)
        level[np.ix_(rows, columns)] = self.forest.evidences.mutual.pairs[pairs]
        return level

    def slack(self, top: int, nodes: Sequence[int]) -> Table:
        """Return nats, for each node, by which its edge is worse than one to a source could be.

        What arises anew in it below ``top`` is left out. (nodes,)
        """
        forest, config = self.forest, self.forest.config
        at = np.flatnonzero(self.table[top])
        has, told = self.has[nodes][:, at], self.told[at]
        level = np.minimum(self.levels[nodes], self.levels[top])
        met = has @ (self.weights[at] * ~told) + level * (has @ (self.weights[at] * told))
        own = [
            k > forest.versions and not forest.unseen[k - forest.versions - 1].group for k in nodes
        ]
        before = np.array([forest.scores[forest.parents[k], k] for k in nodes])
        found: Table = met - self.weight[nodes] - before - config.kin_cost
        found -= config.unseen_cost * np.array(own)
        return found

    def of_one_text(self, has: Flags, nodes: Sequence[int]) -> Flags:
        """Return what of ``has`` one text can hold: of each row one wording.

        That is taken to be the wording of the one among ``nodes`` that has most of it there.
        Otherwise a source that has all variants of all its kin would explain whatever versions
        share by chance.
        """
        at = np.flatnonzero(has & (self._loci >= 0))
        if not len(at):
            return has
        at = at[np.argsort(self._loci[at], kind="stable")]
        _, starts, where = np.unique(self._loci[at], return_index=True, return_inverse=True)
        held = self.table[nodes][:, at]
        heft = np.add.reduceat(held * self.weights[at], starts, axis=1)
        found = has.copy()
        found[at] = held[heft.argmax(axis=0)[where], np.arange(len(at))]
        return found

    def outside(self, tops: Sequence[int]) -> Flags:
        """Return which features stand outside of the subtrees at ``tops``, none within another."""
        below = self._count(tops[0])
        for top in tops[1:]:
            below = below + self._count(top)
        found: Flags = self._versions > below
        return found
