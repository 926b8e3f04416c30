"""Scores of pairs: those that are told, and those that are worked out when they are asked for.

In a large pile most pairs are a little alike, and nothing ever asks for most of these. Kept are the
pairs that may bring groups together; any other is the product of two rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.reuse.compiled import compiled
from retold.stories.rows import Rows, no_rows
from retold.stories.terms import Numbers, Values

UNITS = 10_000
"""Scores are counted in ten-thousandths: sums of whole numbers are exact, whatever their order."""

Item = int | np.int64
Items = NDArray[np.int32]
Table = NDArray[np.int32]


class Graph(NamedTuple):
    """The scores of all pairs of some items."""

    bounds: Numbers
    """Where the told pairs of each item begin; one longer than the items."""
    others: Items
    """Item by item, the others that its score with is told, rising; never itself."""
    units: NDArray[np.int32]
    """Those scores in :data:`UNITS`."""
    rows: Rows
    """What the scores of all other pairs are worked out from."""

    @property
    def items(self) -> int:
        """The number of items."""
        return len(self.bounds) - 1

    def score(self, a: int, b: int) -> float:
        """Return the score of a pair, 0..1."""
        return int(self.dense([a, b])[0, 1]) / UNITS

    def dense(self, items: Sequence[int]) -> Table:
        """Return the scores between some items in :data:`UNITS`; 0 on the diagonal."""
        return _dense(self, np.asarray(items, np.int64))

    def near(self, item: int, units: float) -> Items:
        """Return the others whose told score with an item is ``units`` at least."""
        told = slice(self.bounds[item], self.bounds[item + 1])
        return self.others[told][self.units[told] >= units]

    def part(self, items: Sequence[int]) -> Graph:
        """Return the graph of some items (rising) alone, numbered in their order."""
        place = np.full(self.items, -1, np.int32)
        place[items] = np.arange(len(items))
        owner = np.repeat(np.arange(self.items), np.diff(self.bounds))
        a, b = place[owner], place[self.others]
        kept = (a >= 0) & (b > a)
        return build(len(items), a[kept], b[kept], self.units[kept], self.rows.part(items))

    def strongest(self, left: Sequence[int], right: Sequence[int]) -> list[tuple[int, int]]:
        """Return the pairs between two groups with the highest score, the lower item first."""
        small, large = sorted((left, right), key=len)
        found = _strongest(self, np.asarray(small, np.int64), np.asarray(large, np.int64))
        return [(min(pair), max(pair)) for pair in found.tolist()]


def build(
    count: int, a: NDArray[Any], b: NDArray[Any], units: NDArray[Any], rows: Rows | None = None
) -> Graph:
    """Build the graph of ``count`` items from distinct pairs, each once, with their scores."""
    bounds, others, both = _sides(
        count, a.astype(np.int32), b.astype(np.int32), units.astype(np.int32)
    )
    return Graph(bounds, others, both, no_rows(count) if rows is None else rows)


def whole_units(scores: Values) -> NDArray[np.int32]:
    """Return scores of 0..1 in :data:`UNITS`."""
    return np.rint(scores * UNITS).astype(np.int32)


@compiled
def _sides(
    count: int, a: Items, b: Items, units: NDArray[np.int32]
) -> tuple[Numbers, Items, NDArray[np.int32]]:
    """Return the pairs from both sides, by item, the others rising."""
    bounds = np.zeros(count + 1, np.int64)
    for k in range(len(a)):
        bounds[a[k] + 1] += 1
        bounds[b[k] + 1] += 1
    for item in range(count):
        bounds[item + 1] += bounds[item]
    others = np.empty(2 * len(a), np.int32)
    out = np.empty(2 * len(a), np.int32)
    filled = bounds[:-1].copy()
    for k in range(len(a)):
        for one, other in ((a[k], b[k]), (b[k], a[k])):
            others[filled[one]] = other
            out[filled[one]] = units[k]
            filled[one] += 1
    for item in range(count):
        low, high = bounds[item], bounds[item + 1]
        order = np.argsort(others[low:high])
        others[low:high] = others[low:high][order]
        out[low:high] = out[low:high][order]
    return bounds, others, out


@compiled
def room(graph: Graph) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Return what :func:`take` writes an item to: its weights by column, its told scores."""
    return np.zeros(graph.rows.width, np.float32), np.full(len(graph.bounds) - 1, -1, np.int32)


@compiled
def take(graph: Graph, item: Item, held: NDArray[np.float32], told: NDArray[np.int32]) -> None:
    """Write an item to where :func:`measure` compares others with it."""
    rows = graph.rows
    for at in range(rows.bounds[item], rows.bounds[item + 1]):
        held[rows.columns[at]] = rows.weights[at]
    for at in range(graph.bounds[item], graph.bounds[item + 1]):
        told[graph.others[at]] = graph.units[at]


@compiled
def drop(graph: Graph, item: Item, held: NDArray[np.float32], told: NDArray[np.int32]) -> None:
    """Take away what :func:`take` wrote."""
    rows = graph.rows
    for at in range(rows.bounds[item], rows.bounds[item + 1]):
        held[rows.columns[at]] = 0
    for at in range(graph.bounds[item], graph.bounds[item + 1]):
        told[graph.others[at]] = -1


@compiled
def measure(
    graph: Graph, item: Item, other: Item, held: NDArray[np.float32], told: NDArray[np.int32]
) -> np.int64:
    """Return the score, in units, of another with the item that was taken."""
    if told[other] >= 0:
        return np.int64(told[other])
    rows = graph.rows
    day, then = rows.days[item], rows.days[other]
    near = 1.0
    if day >= 0 and then >= 0:
        apart = abs(day - then)
        if apart >= len(rows.fade):
            return np.int64(0)
        near = rows.fade[apart]
    total = np.float32(0)
    for at in range(rows.bounds[other], rows.bounds[other + 1]):
        total += held[rows.columns[at]] * rows.weights[at]
    return units_of(total, near, rows.least)


@compiled
def units_of(total: np.float32, near: float, least: float) -> np.int64:
    """Return a score in units: a product of rows, faded, and 0 below what counts as alike."""
    alike = min(1.0, np.float64(total)) * near
    return np.int64(np.rint(alike * UNITS)) if alike >= least else np.int64(0)


@compiled
def _dense(graph: Graph, items: Numbers) -> Table:
    held, told = room(graph)
    table = np.zeros((len(items), len(items)), np.int32)
    for i in range(len(items)):
        take(graph, items[i], held, told)
        for j in range(i):
            table[i, j] = table[j, i] = measure(graph, items[i], items[j], held, told)
        drop(graph, items[i], held, told)
    return table


@compiled
def _strongest(graph: Graph, small: Numbers, large: Numbers) -> NDArray[np.int64]:
    held, told = room(graph)
    found = np.empty((16, 2), np.int64)
    size, most = 0, np.int64(-1)
    for item in small:
        take(graph, item, held, told)
        for other in large:
            score = measure(graph, item, other, held, told)
            if score > most:
                size, most = 0, score
            if score == most:
                if size == len(found):
                    found = np.concatenate((found, np.empty_like(found)))
                found[size, 0], found[size, 1] = item, other
                size += 1
        drop(graph, item, held, told)
    return found[:size]
