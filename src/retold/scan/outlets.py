"""Who carries whose text: outlets by the groups that their articles stand in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from retold.reuse.candidates import Index
from retold.reuse.compiled import compiled
from retold.scan.groups import Groups
from retold.scan.passages import NEVER, Articles
from retold.scan.tables import OUTLETS

_NEVER = np.int64(NEVER)
_HOUR = 3_600_000_000.0


def table(found: Groups, known: Articles, names: Sequence[str]) -> pa.Table:
    """Build the table; ``names`` are the outlets by their numbers."""
    every = np.bincount(known.outlets[known.outlets >= 0], minlength=len(names))
    rows = _carried(found.bounds, found.texts, known.outlets, known.published)
    key = rows[:, 0] * max(1, len(names)) + rows[:, 1]
    order = np.lexsort((rows[:, 2], key))
    rows, key = rows[order], key[order]
    pairs, begins, sizes = np.unique(key, return_index=True, return_counts=True)
    one, two = pairs // max(1, len(names)), pairs % max(1, len(names))
    lag = rows[:, 2]
    dated = lag != _NEVER
    later = np.add.reduceat(dated & (lag > 0), begins) if len(begins) else sizes
    earlier = np.add.reduceat(dated & (lag < 0), begins) if len(begins) else sizes
    counted = np.add.reduceat(dated, begins) if len(begins) else sizes
    # lags are sorted within a pair, and those without a time come last
    middle = begins + np.maximum(0, counted - 1) // 2
    upper = begins + np.maximum(0, counted) // 2
    median = (lag[middle] / 2 + lag[np.minimum(upper, len(lag) - 1)] / 2) / _HOUR if len(lag) else lag
    text = np.array([*names, ""], dtype=object)
    order = np.lexsort((text[two].astype(str), -sizes, text[one].astype(str)))
    return pa.table(
        [
            pa.array(text[one[order]], pa.large_string()),
            pa.array(text[two[order]], pa.large_string()),
            sizes[order],
            (sizes / np.maximum(1, every[one]))[order].astype(np.float32),
            later[order].astype(np.int64),
            earlier[order].astype(np.int64),
            pa.array(median[order].astype(np.float64), mask=(counted == 0)[order]),
        ],
        schema=OUTLETS.schema,
    )


@compiled
def _carried(
    bounds: Index, texts: Index, outlets: NDArray[np.int32], published: Index
) -> NDArray[np.int64]:
    """Return a row for each article and each other outlet in its group.

    Columns: its outlet, the other, microseconds from the other's first article in the group to it.
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
        first = np.full(len(known), _NEVER, np.int64)
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
                dated = first[at] != _NEVER and published[text] != _NEVER
                out[filled, 2] = published[text] - first[at] if dated else _NEVER
                filled += 1
    return out[:filled]
