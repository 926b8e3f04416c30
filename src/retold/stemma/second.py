"""Second sources: versions that draw on two that do not derive from one another (contamination)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from retold.model import Evidence, EvidenceKind, rounded
from retold.stemma.arborescence import ROOT
from retold.stemma.coverage import Flags
from retold.stemma.features import FeatureKind
from retold.stemma.nodes import Forest, odds
from retold.stemma.unseen import TRIES


@dataclass(frozen=True, slots=True)
class Second:
    """A further parent of a version, by nodes."""

    child: int
    parent: int
    probability: float
    share: float
    """Share of the child's words that this parent has."""
    evidence: Evidence


def draw_on_two(forest: Forest) -> None:
    """Give versions a second parent as long as each makes the best tree better, the best first.

    What a version has from its second parent costs nothing in it, so that the second parent itself
    is free to stand elsewhere in the tree. At most one for a version; none may close a cycle.
    """
    while True:
        before, barred = objective(forest), set(forest.barred)
        best: tuple[float, int, int, set[tuple[int, int]]] | None = None
        for child, other in _candidates(forest)[:TRIES]:
            forest.second[child] = other
            open_way = _keep_apart(forest, child, other)
            gain = objective(forest) - before
            if gain > 1e-9 and open_way and (best is None or (-gain, child, other) < best[:3]):
                best = -gain, child, other, forest.barred
            del forest.second[child]
            forest.barred = set(barred)
        if best is not None:
            forest.second[best[1]] = best[2]
            forest.second_gain[best[1]] = -best[0]
            forest.barred = best[3]
        forest.solve()
        if best is None:
            return


def objective(forest: Forest) -> float:
    """Return the score of the best tree with what its second parents cost and have for them."""
    nats = forest.total() - forest.config.second_cost * len(forest.second)
    for child, other in sorted(forest.second.items()):
        facing = forest.evidences.direction.get((other - 1, child - 1), [])
        nats += sum(e.weight for e in facing)
    return nats


def _keep_apart(forest: Forest, child: int, other: int) -> bool:
    """Solve with ``other`` held out of the tree below ``child``; say whether that succeeded."""
    forest.barred = {*forest.barred, (child, other)}
    for _ in range(TRIES):
        forest.solve()
        node = other
        while forest.parents[node] not in {child, ROOT}:
            node = forest.parents[node]
        if forest.parents[node] == ROOT:
            return not is_cyclic(forest)
        forest.barred.add((child, node))
    return False


def is_cyclic(forest: Forest) -> bool:
    """Say whether a version would descend from itself over first and second parents."""
    above: dict[int, set[int]] = {}
    for child, parent in enumerate(forest.parents):
        above[child] = {parent} if parent > ROOT else set()
    for child, other in forest.second.items():
        above[child].add(other)
    for start in forest.second:
        seen: set[int] = set()
        stack = list(above[start])
        while stack:
            node = stack.pop()
            if node == start:
                return True
            if node not in seen:
                seen.add(node)
                stack.extend(above[node])
    return False


def _candidates(forest: Forest) -> list[tuple[int, int]]:
    """Children with a version that has much of what their first parent lacks, the most first.

    Only long runs, and readings of a collated text, count: turns of phrase and statements may as
    well come from an unseen source.
    """
    evidences, config, n = forest.evidences, forest.config, forest.versions
    weights, has = evidences.features.weights, evidences.features.has
    copied = evidences.features.kinds == FeatureKind.PASSAGE.value
    long = copied & (weights >= config.second_passage)
    long |= evidences.features.kinds == FeatureKind.READING.value
    found = []
    for child in range(1, n + 1):
        first = forest.parents[child]
        if first == ROOT or child in forest.second:
            continue
        left = np.flatnonzero(has[child - 1] & ~forest.has(first) & long)
        heft = has[:, left] @ weights[left]
        below = set(forest.below(child))
        words = evidences.coverage.words[child - 1]
        known = covered_by(forest, child, first)
        for other in np.flatnonzero(heft >= config.second_weight) + 1:
            node = int(other)
            if node in (child, first) or (node, child) in evidences.barred:
                continue
            if node in below and not _misplaced(forest, child, node):
                continue
            if float((words[:, node - 1] & ~known).mean()) >= config.second_share:
                found.append((-float(heft[node - 1]), child, node))
    return [(child, node) for _, child, node in sorted(found)]


def _misplaced(forest: Forest, child: int, node: int) -> bool:
    """Say whether a version has much that ``child`` above it lacks, or is shown to be earlier."""
    features = forest.evidences.features
    alone = features.has[node - 1] & ~features.has[child - 1]
    if float(features.weights[alone].sum()) >= forest.config.second_weight / 2:
        return True
    facing = forest.evidences.direction.get((child - 1, node - 1), [])
    return sum(e.weight for e in facing) < 0


def covered_by(forest: Forest, child: int, parent: int) -> Flags:
    """Return which words of the child its parent, or the kin below an unseen one, has."""
    words = forest.evidences.coverage.words[child - 1]
    if parent <= forest.versions:
        found: Flags = words[:, parent - 1]
        return found
    own = set(forest.below(child))
    kin = [k - 1 for k in forest.below(parent) if k not in own]
    together: Flags = np.any(words[:, kin], axis=1)
    return together


def seconds(forest: Forest) -> Iterable[Second]:
    """Describe the second parents that were found, sorted by child."""
    evidences = forest.evidences
    for child, other in sorted(forest.second.items()):
        first = forest.parents[child]
        left = forest.has(child) & ~forest.has(first) & forest.has(other)
        weight = float(evidences.features.weights[left].sum())
        chosen = sorted(
            (evidences.features.listed[i] for i in np.flatnonzero(left)),
            key=lambda f: (-f.weight, f.spans[child - 1]),
        )
        words: Flags = evidences.coverage.words[child - 1][:, other - 1]
        known = covered_by(forest, child, first) if first != ROOT else np.zeros_like(words)
        extra = round(100 * float((words & ~known).mean()))
        explanation = (
            f"{extra} % of the child's words stand in this version and not in its first source."
        )
        spans = tuple(s for f in chosen[:4] for s in (f.spans[child - 1], f.spans[other - 1]))
        yield Second(
            child,
            other,
            odds(forest.second_gain[child]),
            float(words.mean()),
            Evidence(EvidenceKind.CONTAINMENT, rounded(weight), explanation, spans),
        )
