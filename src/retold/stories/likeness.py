"""Which articles of a pile are alike by their words: every pair, by an index of the words.

What costs is the pairs that share a word: quadratic in the articles, at a billionth of a second for
each. Times of publication leave only the pairs that lie close enough to tell one event.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.engine import Progress, in_threads, silent
from retold.reuse.compiled import compiled
from retold.stories.graph import units_of
from retold.stories.rows import Rows, Weights
from retold.stories.terms import Numbers, Values

_BLOCKS, _LEAST_BLOCK = 64, 500
"""In how many turns articles are searched for, and articles of a turn at least."""


class Pairs(NamedTuple):
    """Pairs of articles that are alike, by the lower and then the higher; all of one length."""

    a: NDArray[np.int32]
    """The lower article."""
    b: NDArray[np.int32]
    """The higher."""
    units: NDArray[np.int32]
    """Their likeness, in the units of :mod:`retold.stories.graph`."""


class _Index(NamedTuple):
    """The rows by column, in the order of days; the undated first."""

    starts: Numbers
    """Where each column begins; one longer than the columns."""
    places: NDArray[np.int32]
    """The places, in that order, of the articles that have it; rising."""
    weights: Weights
    order: Numbers
    """The article at each place."""
    days: Numbers
    """And its day."""


def similar(rows: Rows, reach: float, threads: int = 1, progress: Progress = silent) -> Pairs:
    """Return the pairs of articles whose likeness is ``reach`` at least."""
    order = np.argsort(rows.days, kind="stable")
    index = _Index(*_inverted(rows, order), order, rows.days[order])
    count = len(order)
    size = max(_LEAST_BLOCK, -(-count // _BLOCKS))

    def block(first: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        return _alike(rows, index, first, min(first + size, count), reach)

    firsts = range(0, count, size)
    pairs, units = [np.zeros((0, 2), np.int32)], [np.zeros(0, np.int32)]
    for found, alike in in_threads(block, firsts, threads):
        pairs.append(found)
        units.append(alike)
        progress("stories: likeness", min(count, (len(pairs) - 1) * size), count)
    every, scores = np.concatenate(pairs), np.concatenate(units)
    sides = order[every].astype(np.int32)
    return Pairs(sides.min(axis=1), sides.max(axis=1), scores)


def likeness(rows: Rows, a: Numbers, b: Numbers) -> Values:
    """Return the products of pairs of rows, whatever the days between them."""
    return _products(rows, a, b)


@compiled
def _products(rows: Rows, a: Numbers, b: Numbers) -> Values:
    out = np.zeros(len(a))
    for k in range(len(a)):
        at, to = rows.bounds[a[k]], rows.bounds[a[k] + 1]
        other, end = rows.bounds[b[k]], rows.bounds[b[k] + 1]
        total = np.float32(0)
        while at < to and other < end:
            if rows.columns[at] == rows.columns[other]:
                total += rows.weights[at] * rows.weights[other]
                at += 1
                other += 1
            elif rows.columns[at] < rows.columns[other]:
                at += 1
            else:
                other += 1
        out[k] = min(1.0, np.float64(total))
    return out


@compiled
def _inverted(rows: Rows, order: Numbers) -> tuple[Numbers, NDArray[np.int32], Weights]:
    """Return where each column begins, the places of the articles with it, and the weights."""
    starts = np.zeros(rows.width + 1, np.int64)
    for column in rows.columns:
        starts[column + 1] += 1
    for column in range(rows.width):
        starts[column + 1] += starts[column]
    filled = starts[:-1].copy()
    places = np.empty(len(rows.columns), np.int32)
    weights = np.empty(len(rows.columns), np.float32)
    for place in range(len(order)):
        for at in range(rows.bounds[order[place]], rows.bounds[order[place] + 1]):
            column = rows.columns[at]
            places[filled[column]] = place
            weights[filled[column]] = rows.weights[at]
            filled[column] += 1
    return starts, places, weights


@compiled
def _alike(
    rows: Rows, index: _Index, first: int, last: int, reach: float
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return pairs of places, the earlier first, of which the later is in ``first`` .. ``last``.

    A place meets those before it that have its columns: all without a day, and all that are near.
    """
    total = np.zeros(last, np.float32)
    undated = int(np.searchsorted(index.days, 0))
    low = undated
    found = 0
    pairs = np.empty((1024, 2), np.int32)
    units = np.empty(1024, np.int32)
    for place in range(first, last):
        article, day = index.order[place], index.days[place]
        always = min(undated, place)
        if day >= 0:
            while day - index.days[low] >= len(rows.fade):
                low += 1
        for at in range(rows.bounds[article], rows.bounds[article + 1]):
            column, weight = rows.columns[at], rows.weights[at]
            begin, end = index.starts[column], index.starts[column + 1]
            held = index.places[begin:end]
            for k in range(begin, begin + np.searchsorted(held, always)):
                total[index.places[k]] += weight * index.weights[k]
            if day >= 0:
                near = begin + np.searchsorted(held, low)
                for k in range(near, begin + np.searchsorted(held, place)):
                    total[index.places[k]] += weight * index.weights[k]
        for part in range(2):
            for other in range(low if part else 0, place if part else always):
                if total[other] == 0:
                    continue
                apart = day - index.days[other] if part else 0
                score = units_of(total[other], rows.fade[apart] if part else 1.0, reach)
                total[other] = 0
                if score:
                    if found == len(units):
                        pairs = np.concatenate((pairs, np.empty_like(pairs)))
                        units = np.concatenate((units, np.empty_like(units)))
                    pairs[found, 0], pairs[found, 1] = other, place
                    units[found] = score
                    found += 1
            if day < 0:
                break
    return pairs[:found], units[:found]
