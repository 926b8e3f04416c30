"""Second sources: versions that draw on two that do not derive from one another (contamination)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from retold.model import Evidence, EvidenceKind, rounded
from retold.stemma.features import FeatureKind
from retold.stemma.nodes import ROOT, Forest, Table, odds


@dataclass(frozen=True, slots=True)
class Second:
    """A further parent of a version, by nodes."""

    child: int
    parent: int
    probability: float
    share: float
    """Of the child's words: those that this parent has and the first one lacks."""
    evidence: Evidence


def second_sources(forest: Forest, probability: Table) -> list[Second]:
    """Return at most one further parent for each version, from its features that the first lacks.

    The parent must not descend from the child, nor one parent from the other. What it accounts for
    must outweigh ``second_weight`` and make ``second_share`` of the child's words.
    """
    found: list[Second] = []
    above = _ancestors(forest)
    for child in range(1, forest.versions + 1):
        best = _best(forest, child, above)
        if best is not None:
            found.append(best)
            # what the child draws on, its descendants draw on: no later edge may close a cycle
            gained = above[best.parent] | {best.parent}
            for node in range(1, len(forest.parents)):
                if node == child or child in above[node]:
                    above[node] |= gained
    return found


def _ancestors(forest: Forest) -> dict[int, set[int]]:
    above: dict[int, set[int]] = {ROOT: set()}
    for node in range(1, len(forest.parents)):
        found, at = set(), forest.parents[node]
        while at > ROOT:
            found.add(at)
            at = forest.parents[at]
        above[node] = found
    return above


def _best(forest: Forest, child: int, above: dict[int, set[int]]) -> Second | None:
    evidences, config, n = forest.evidences, forest.config, forest.versions
    first = forest.parents[child]
    if first == ROOT:
        return None
    left = forest.has(child) & ~forest.has(first)
    copied = evidences.features.kinds != FeatureKind.STATEMENT.value
    if float(evidences.features.weights[left & copied].sum()) < config.second_weight / 2:
        return None
    words = evidences.coverage.words[child - 1]
    known = _of(forest, words, child, first)
    best: tuple[float, int, float] | None = None
    for other in range(1, n + 1):
        related = child in above[other] or other in above[child] or other == child
        if related or other == first or first in above[other]:
            continue
        held = left & evidences.features.has[other - 1]
        weight = float(evidences.features.weights[held].sum())
        facing = evidences.direction.get((other - 1, child - 1), [])
        weight += min(0.0, sum(e.weight for e in facing))
        share = float((words[:, other - 1] & ~known).mean()) if len(words) else 0.0
        if weight >= config.second_weight and share >= config.second_share:
            candidate = (-weight, other, share)
            best = candidate if best is None else min(best, candidate)
    if best is None:
        return None
    weight, other, share = -best[0], best[1], best[2]
    held = left & evidences.features.has[other - 1]
    chosen = sorted(
        (evidences.features.listed[i] for i in np.flatnonzero(held)),
        key=lambda f: (-f.weight, f.spans[child - 1]),
    )
    spans = tuple(s for f in chosen[:4] for s in (f.spans[child - 1], f.spans[other - 1]))
    explanation = (
        f"{round(100 * share)} % of the child's words stand in this version and not in its first "
        "source."
    )
    evidence = Evidence(EvidenceKind.CONTAINMENT, rounded(weight), explanation, spans)
    return Second(child, other, odds(weight - config.unseen_cost), share, evidence)


def _of(forest: Forest, words: np.ndarray, child: int, parent: int) -> np.ndarray:
    """Which words of the child its parent (or the kin below an unseen one) has."""
    if parent <= forest.versions:
        return words[:, parent - 1]
    own = set(forest.below(child))
    kin = [k - 1 for k in forest.below(parent) if k not in own]
    found: np.ndarray = words[:, kin].any(axis=1)
    return found
