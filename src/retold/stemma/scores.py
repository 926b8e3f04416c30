"""How well each node explains each other as its parent, worked out once for each pair.

A tree is sought over and over with another unseen source or second parent at a time. What does not
change meanwhile is kept: the block of root and versions, and for each unseen source and each second
parent a row and a column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retold.config import StemmaConfig

Flags = NDArray[np.bool_]
Table = NDArray[np.float64]


class Source(Protocol):
    """What scores need of an unseen source; it must not change once it was scored."""

    has: Flags
    members: tuple[int, ...]
    kin: tuple[int, ...]
    group: bool
    credit: float


class Trust(Protocol):
    """By what factor statements count that versions share; see :mod:`retold.stemma.mutual`."""

    @property
    def pairs(self) -> Table:
        """(versions, versions), symmetric."""

    def among(self, kin: Sequence[int]) -> Table:
        """Return (versions,) the factors below a source of ``kin``, indices of versions."""


class Pairs(Protocol):
    """What pairs of versions say, each (versions, versions) by [parent, child]."""

    @property
    def drag(self) -> Table:
        """Nats against: both report what the other lacks."""

    @property
    def selective(self) -> Table:
        """Nats against: a parent that merges two sources."""

    @property
    def facing(self) -> Table:
        """Nats for the direction."""

    @property
    def mutual(self) -> Trust:
        """By what factor shared statements count."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """What an unseen source explains: statements by how far its kin cover one another."""

    weight: float
    """Nats of all that it has."""
    level: float
    """By what factor its statements count."""
    weighed: Table
    """(features,): nats of each."""
    shared: Table
    """(versions + 1,): nats that it has in common with the root (none) and each version."""


@dataclass(slots=True, eq=False)
class _Known:
    """What is known of one unseen source against root and versions (versions + 1,)."""

    weight: float
    level: float
    as_child: Table
    as_parent: Table
    weighed: Table
    shared: dict[int, float] = field(default_factory=dict)
    """Nats shared with another source, by its place among those known."""
    lifted: dict[tuple[int, int], float] = field(default_factory=dict)
    """Nats that it has of what a child has from a second parent, by (child, second parent)."""
    place: int = 0


class Scores:
    """The scores of one story's nodes; see :mod:`retold.stemma.nodes` for the model."""

    def __init__(
        self,
        has: Flags,
        weights: Table,
        told: Flags,
        pairs: Pairs,
        config: StemmaConfig,
    ) -> None:
        """``has`` is (versions, features), ``weights`` and ``told`` (features,).

        ``told`` says which features are statements.
        """
        self._config = config
        self._has = np.vstack([np.zeros((1, has.shape[1])), has.astype(np.float64)])
        self._holders: Table = self._has.T.copy()
        """Feature by feature, which a source is looked up by."""
        self._weighed = self._has * weights
        self._told = weights * told
        self._said = weights * ~told
        self._pairs = pairs
        self._shared: Table = self._has @ self._weighed.T
        self._each: Table = self._weighed.sum(axis=1)
        self._versions = self._plain(
            self._each[None, :] - self._shared, self._each[:, None] - self._shared
        )
        self._versions[1:, 1:] -= config.kin_cost
        self._versions[1:, 1:] -= pairs.drag + pairs.selective
        self._versions[1:, 1:] += pairs.facing
        statements = self._has[1:] @ (self._has[1:] * self._told).T
        self._versions[1:, 1:] -= (1 - pairs.mutual.pairs) * statements
        self._known: dict[Source, _Known] = {}
        self._lift: dict[tuple[int, int], Table] = {}

    def _plain(self, new: Table, lost: Table) -> Table:
        """Nats for what the child has and the parent lacks, and for what the parent alone has."""
        result: Table = -new
        result -= np.minimum(self._config.loss_most, self._config.loss_cost * lost)
        return result

    def table(self, unseen: Sequence[Source], second: Mapping[int, int]) -> Table:
        """Return the scores [parent, child] over root, versions and ``unseen``.

        ``second`` maps children to second parents: what they have from there does not arise anew.
        """
        size = len(self._each)
        known = [self._of(one) for one in unseen]
        scores = np.empty((size + len(known), size + len(known)))
        scores[:size, :size] = self._versions
        if known:
            scores[:size, size:] = np.array([k.as_child for k in known]).T
            scores[size:, :size] = np.array([k.as_parent for k in known])
            shared = np.array([[self._both(a, b) for b in known] for a in known])
            each = np.array([k.weight for k in known])
            costs = np.array([0.0 if one.group else self._config.unseen_cost for one in unseen])
            corner = self._plain(each[None, :] - shared, each[:, None] - shared)
            scores[size:, size:] = corner - self._config.kin_cost - costs
        for child, other in second.items():
            scores[:size, child] += self._lifted(child, other)
            for at, one in enumerate(known, size):
                scores[at, child] += self._lifted_by(one, child, other)
        return scores

    def _of(self, one: Source) -> _Known:
        found = self._known.get(one)
        if found is None:
            found = self._known[one] = self._learn(one)
            found.place = len(self._known)
        return found

    def bearing(self, has: Flags, kin: Sequence[int]) -> Bearing:
        """Return what an unseen source with these features explains.

        ``kin`` are the versions that call for it, from 1. Its statements count by how well the two
        of these that do so best cover one another; with a version, by how well that and any of the
        kin do.
        """
        each = np.ones(len(self._each))
        most = 1.0
        if kin:
            each[1:] = self._pairs.mutual.among([k - 1 for k in kin])
            if len(kin) == 1:  # it covers itself
                each[kin[0]] = 1.0
            most = float(each[list(kin)].max())
            each = np.minimum(each, most)
        weighed: Table = (self._said + most * self._told) * has
        at = np.flatnonzero(has)
        held = self._holders[at]
        shared: Table = self._said[at] @ held + each * (self._told[at] @ held)
        return Bearing(float(weighed.sum()), most, weighed, shared)

    def explains(self, bearing: Bearing, unseen: Sequence[Source]) -> Table:
        """Return (nodes,) the nats that a source has in common with each node."""
        at = np.flatnonzero(bearing.weighed)
        weighed = np.array([self._of(one).weighed[at] for one in unseen]).reshape(
            len(unseen), len(at)
        )
        both = np.minimum(weighed, bearing.weighed[at]).sum(axis=1)
        return np.concatenate([bearing.shared, both])

    def weights(self, unseen: Sequence[Source]) -> Table:
        """Return (nodes,) the nats of all that each node has."""
        return np.concatenate([self._each, np.array([self._of(one).weight for one in unseen])])

    def levels(self, unseen: Sequence[Source]) -> Table:
        """Return (nodes,) the factor by which the statements of each node count."""
        return np.concatenate([np.ones(len(self._each)), [self._of(one).level for one in unseen]])

    def _learn(self, one: Source) -> _Known:
        config = self._config
        bearing = self.bearing(one.has, one.kin)
        weight, weighed, shared = bearing.weight, bearing.weighed, bearing.shared
        as_child = self._plain(weight - shared, self._each - shared)
        as_child[1:] -= config.kin_cost
        as_child -= 0.0 if one.group else config.unseen_cost
        as_child[0] += one.credit
        as_child[1:] += self._towards(one.members)
        # what took from a version and added what others share is more than one supposition
        as_child[1:] -= np.minimum(config.own_most, weight - shared[1:])
        as_parent = self._plain(self._each - shared, weight - shared)
        as_parent[1:] -= config.kin_cost
        return _Known(weight, bearing.level, as_child, as_parent, weighed)

    def _both(self, a: _Known, b: _Known) -> float:
        a, b = (a, b) if a.place <= b.place else (b, a)
        found = a.shared.get(b.place)
        if found is None:
            found = a.shared[b.place] = float(np.minimum(a.weighed, b.weighed).sum())
        return found

    def _lifted(self, child: int, other: int) -> Table:
        found = self._lift.get((child, other))
        if found is None:
            kept = self._weighed[child] * self._has[other]
            found = self._lift[child, other] = kept.sum() - self._has @ kept
        return found

    def _lifted_by(self, one: _Known, child: int, other: int) -> float:
        found = one.lifted.get((child, other))
        if found is None:
            kept = one.weighed * self._has[child] * self._has[other]
            found = one.lifted[child, other] = float(self._shared[other, child] - kept.sum())
        return found

    def _towards(self, members: Sequence[int]) -> Table:
        """Nats for each version as the source of an unseen one, through which ``members`` had it.

        What it has alone all of them lost, and what shows that it is later than one of them shows
        that it is later than what lies between.
        """
        inside = [m - 1 for m in members if m < len(self._each)]
        if not inside:
            return np.zeros(len(self._each) - 1)
        least = []
        for table in (self._pairs.drag, self._pairs.facing):
            others = table[:, inside]
            others[inside, np.arange(len(inside))] = np.inf  # none passes through itself
            least.append(others.min(axis=1))
        drag, facing = least
        result: Table = np.minimum(0.0, facing) - np.where(np.isinf(drag), 0.0, drag)
        return result
