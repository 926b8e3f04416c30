"""Groups under rules: some items belong together, some must not meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pair = tuple[int, int]


def part(
    scores: NDArray[Any], together: Iterable[Pair] = (), apart: Iterable[Pair] = ()
) -> list[list[int]]:
    """Divide items where the evidence is weakest, so that no two that are apart meet.

    What is ``together`` is joined first; then the two groups that are most alike in the mean
    (UPGMA, Sokal & Michener 1958), of equal ones those of the first items, for as long as any two
    may be joined. So nothing is divided but what must be. Pairs apart go before pairs together.

    Args:
        scores: whole numbers from 0, symmetric; shape (items, items). The diagonal is of no
            account.
        together: pairs of items; of two that contradict each other the earlier counts.
        apart: pairs of items.

    Returns:
        The groups, each with its items rising, sorted.
    """
    count = len(scores)
    members = [[item] for item in range(count)]
    sums = scores.astype(np.int64)
    barred = np.eye(count, dtype=np.bool_)
    for a, b in apart:
        barred[a, b] = barred[b, a] = True
    sizes = np.ones(count, dtype=np.int64)
    home = list(range(count))

    def join(kept: int, gone: int) -> None:
        sums[kept] += sums[gone]
        sums[:, kept] = sums[kept]
        barred[kept] |= barred[gone]
        barred[:, kept] = barred[kept]
        barred[gone] = barred[:, gone] = True
        sizes[kept] += sizes[gone]
        for item in members[gone]:
            home[item] = kept
        members[kept] += members[gone]
        members[gone] = []

    for a, b in together:
        one, other = sorted((home[a], home[b]))
        if one != other and not barred[one, other]:
            join(one, other)
    means = np.where(barred, -1.0, sums / np.outer(sizes, sizes))
    best = means.max(axis=1, initial=-1.0)
    while count and best.max() >= 0:
        one = int(best.argmax())
        one, other = sorted((one, int(means[one].argmax())))
        join(one, other)
        row = np.where(barred[one], -1.0, sums[one] / (sizes * sizes[one]))
        # whose nearest was one of the two may have another now
        stale = np.maximum(means[:, one], means[:, other]) >= best
        means[one] = means[:, one] = row
        means[other] = means[:, other] = -1.0
        best = np.maximum(best, row)
        stale[[one, other]] = True
        best[stale] = means[stale].max(axis=1)
    return sorted(sorted(group) for group in members if group)


def connected(count: int, pairs: Iterable[Sequence[int]]) -> list[list[int]]:
    """Return what hangs together by pairs: groups of items, each rising, sorted."""
    home = list(range(count))

    def top(item: int) -> int:
        while home[item] != item:
            home[item] = home[home[item]]
            item = home[item]
        return item

    for one, other in pairs:
        a, b = sorted((top(one), top(other)))
        home[b] = a
    groups: dict[int, list[int]] = {}
    for item in range(count):
        groups.setdefault(top(item), []).append(item)
    return [groups[first] for first in sorted(groups)]
