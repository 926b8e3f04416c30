"""Scores of pairs, of which most are none: a symmetric sparse table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNITS = 10_000
"""Scores are counted in ten-thousandths: sums of whole numbers are exact, whatever their order."""

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Graph:
    """The pairs of items with a score; a pair that is not in it scores 0."""

    bounds: Indices
    """Where the row of each item begins; one longer than the items."""
    others: NDArray[np.int32]
    """Row by row, the items that an item has a score with, rising; never itself."""
    units: NDArray[np.int32]
    """Their scores in :data:`UNITS`."""

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self.bounds) - 1

    def row(self, item: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the items that ``item`` has a score with, and the scores in :data:`UNITS`."""
        inside = slice(self.bounds[item], self.bounds[item + 1])
        return self.others[inside], self.units[inside]

    def score(self, a: int, b: int) -> float:
        """Return the score of a pair, 0..1."""
        others, units = self.row(a)
        at = int(np.searchsorted(others, b))
        return float(units[at]) / UNITS if at < len(others) and others[at] == b else 0.0

    def dense(self, items: Sequence[int]) -> Indices:
        """Return the scores between some items (rising) in :data:`UNITS`; 0 on the diagonal."""
        wanted = np.asarray(items)
        table = np.zeros((len(wanted), len(wanted)), dtype=np.int64)
        for at, item in enumerate(wanted):
            others, units = self.row(item)
            place = np.minimum(np.searchsorted(wanted, others), len(wanted) - 1)
            inside = wanted[place] == others
            table[at, place[inside]] = units[inside]
        return table

    def between(self, left: Sequence[int], right: Sequence[int]) -> list[tuple[int, int, int]]:
        """Return (item, item, score in :data:`UNITS`) between two groups, the lower item first."""
        small, large = sorted((left, right), key=len)
        wanted = np.asarray(large)
        found = []
        for item in small:
            others, units = self.row(item)
            inside = np.isin(others, wanted)
            for other, value in zip(others[inside].tolist(), units[inside].tolist(), strict=True):
                found.append((min(item, other), max(item, other), value))
        return found


def build(count: int, a: Indices, b: Indices, scores: NDArray[np.float64]) -> Graph:
    """Build the table for ``count`` items from distinct pairs, each once; rounds the scores."""
    units = np.rint(scores * UNITS).astype(np.int32)
    keep = units > 0
    a, b, units = a[keep], b[keep], units[keep]
    keys = np.concatenate((a * count + b, b * count + a))
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    rows = np.bincount(keys // count, minlength=count) if count else np.zeros(0, dtype=np.int64)
    bounds = np.concatenate(([0], np.cumsum(rows))).astype(np.int64)
    both = np.concatenate((units, units))[order]
    return Graph(bounds, (keys % max(1, count)).astype(np.int32), both)
