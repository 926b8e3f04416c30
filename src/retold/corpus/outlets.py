"""Who carries whose text: outlets by the groups that their articles stand in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from retold.corpus.groups import Groups
from retold.corpus.passages import NEVER, Articles
from retold.corpus.tables import OUTLETS
from retold.reuse.candidates import Index
from retold.reuse.compiled import compiled

_UNDATED = np.int64(NEVER)
_MICROSECONDS = 60_000_000
_MINUTES = 60.0
_LAG_BITS = 32
_ZERO = np.int64(1) << (_LAG_BITS - 1)
"""What is added to a lag in minutes so that it is not negative: four thousand years."""
_NEVER = _ZERO - 1
"""The lag where there is none."""


def table(found: Groups, known: Articles, names: Sequence[str]) -> pa.Table:
    """Build the table; ``names`` are the outlets by their numbers, sorted."""
    every = np.bincount(known.outlets[known.outlets >= 0], minlength=len(names))
    rows = carried(found.bounds, found.texts, known.outlets, known.published)
    pairs, told = lags(rows[:, 0] * len(names) + rows[:, 1], rows[:, 2])
    one, two = (pairs // len(names), pairs % len(names)) if len(names) else (pairs, pairs)
    order = np.lexsort((two, -told.articles, one))
    text = pa.array(names, pa.large_string())
    return pa.table(
        [
            text.take(one[order]),
            text.take(two[order]),
            told.articles[order],
            (told.articles / np.maximum(1, every[one]))[order].astype(np.float32),
            told.later[order],
            told.earlier[order],
            pa.array(told.median[order], mask=np.isnan(told.median)[order]),
        ],
        schema=OUTLETS.schema,
    )


class Lags(NamedTuple):
    """By outlet and other: how many articles, how many of them later and earlier, and the lag."""

    articles: Index
    later: Index
    earlier: Index
    median: NDArray[np.float64]
    """In hours; NaN where no article has a time."""


def lags(pair: Index, lag: Index) -> tuple[Index, Lags]:
    """Gather the rows of :func:`carried`, given a number for outlet and other.

    Returns:
        The pairs, rising, and what is told of each.
    """
    pairs, number, sizes = np.unique(pair, return_inverse=True, return_counts=True)
    # pair and lag in one number, so that one plain sort orders by both; no time comes last
    packed = np.sort(number << _LAG_BITS | lag)
    lag = (packed & (2 * _ZERO - 1)) - _ZERO
    number = np.sort(number)
    begins = np.cumsum(sizes) - sizes
    dated = lag != _NEVER
    later, earlier, counted = (
        np.bincount(number, what, len(pairs)).astype(np.int64)
        for what in (dated & (lag > 0), lag < 0, dated)
    )
    low = begins + np.maximum(0, counted - 1) // 2
    high = begins + np.maximum(0, np.minimum(counted // 2, sizes - 1))
    median = np.where(counted > 0, (lag[low] + lag[high]) / 2 / _MINUTES, np.nan)
    return pairs, Lags(sizes, later, earlier, median)


@compiled
def carried(
    bounds: Index, texts: Index, outlets: NDArray[np.int32], published: Index
) -> NDArray[np.int64]:
    """Return a row for each article and each other outlet in its group.

    Columns: its outlet, the other, minutes from the other's first article in the group to it,
    ``_ZERO`` added.
    """
    room = 16
    out = np.empty((room, 3), np.int64)
    filled = 0
    for group in range(len(bounds) - 1):
        own = texts[bounds[group] : bounds[group + 1]]
        known = np.unique(outlets[own])
        known = known[known >= 0]
        if len(known) < 2:
            continue
        first = np.full(len(known), _UNDATED, np.int64)
        for text in own:
            if outlets[text] >= 0:
                at = np.searchsorted(known, outlets[text])
                first[at] = min(first[at], published[text])
        for text in own:
            for at in range(len(known)):
                if outlets[text] < 0 or known[at] == outlets[text]:
                    continue
                if filled == room:
                    larger = np.empty((2 * room, 3), np.int64)
                    larger[:room] = out
                    out, room = larger, 2 * room
                out[filled, 0], out[filled, 1] = outlets[text], known[at]
                lag = _NEVER
                if first[at] != _UNDATED and published[text] != _UNDATED:
                    lag = np.int64(np.rint((published[text] - first[at]) / _MICROSECONDS))
                out[filled, 2] = _ZERO + lag
                filled += 1
    return out[:filled]
