"""Sources that versions credit and that nobody collected."""

from __future__ import annotations

import numpy as np

from retold.stemma.arborescence import ROOT
from retold.stemma.nodes import Flags, Forest, Unseen
from retold.stemma.unseen import absent_credits


def credit_sources(forest: Forest) -> None:
    """Name unseen sources by the agency that their versions credit; suppose the merely credited.

    At the top of each tree the agency that most of its versions credit is taken, if its report is
    not at hand: for an unseen source the credits of all below it count, for a version its own, and
    where it has none those of half of the versions below it, if they are signed: what an agency
    wrote they cannot have from a version that is not the agency's.
    """
    n, witnesses = forest.versions, forest.evidences.witnesses
    wanted: dict[str, list[int]] = {}
    for node in forest.children()[ROOT]:
        below = [v - 1 for v in forest.below(node)]
        counts = absent_credits(witnesses, below if node > n else [node - 1])
        if not counts and node <= n:
            signed = absent_credits(witnesses, [v for v in below if witnesses[v].signed])
            counts = {name: by for name, by in signed.items() if 2 * len(by) >= len(below) - 1}
        if counts:
            agency = min(counts, key=lambda name: (-len(counts[name]), name))
            wanted.setdefault(agency, []).append(node)
    for agency, nodes in sorted(wanted.items()):
        unseen = [node for node in nodes if node > n]
        for node in unseen:
            forest.unseen[node - n - 1].agency = agency
        versions = [node for node in nodes if node <= n]
        if versions:
            _suppose(forest, agency, versions)


def _suppose(forest: Forest, agency: str, versions: list[int]) -> None:
    """Put versions that share only the credit below a source of their own."""
    config, table = forest.config, forest.table()
    has: Flags = np.any(table[versions], axis=0)
    gain = config.credit_weight - config.unseen_cost - config.kin_cost
    gain += config.shared_credit * (len(versions) - 1)
    forest.unseen.append(
        Unseen(has, gain, tuple(versions), tuple(versions), alone=True, agency=agency)
    )
    at = forest.versions + len(forest.unseen)
    forest.pinned.update(dict.fromkeys(versions, at) | {at: ROOT})
    forest.solve()
