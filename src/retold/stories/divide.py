"""Two events of one kind in one group: its best division in two, and whether that is sharp.

Reports of two earthquakes share the words of earthquakes, but each side has names, places, figures
and dates of its own, in every report: within each, the scores lie above what they would by chance.
Reports of one event are divided by nothing in particular.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retold.reuse.compiled import compiled
from retold.stories.graph import UNITS, Graph, Table
from retold.stories.terms import Flags, Numbers, Values

_STEPS = 200
"""Steps of the power iteration, at most."""
_STILL = 1e-9
"""It ends when no part of the vector moves by more."""
_TIE = 1e-3
"""What a move must gain, in units of the scores, to be more than rounding."""


def divide(
    graph: Graph, items: Sequence[int], sharp: float, least: int, cap: float = 1.0
) -> list[list[int]]:
    """Return a group, given as rising items, in one part or in several, each with rising items.

    A part is divided in two for as long as the modularity of its best division is ``sharp`` and
    each side has ``least`` members. Scores above ``cap`` count as much as it: copies of one text
    are no event of their own.
    """
    parts, waiting = [], [list(items)]
    while waiting:
        group = waiting.pop()
        if len(group) >= 2 * least:
            side, modularity = bisect(np.minimum(graph.dense(group), round(cap * UNITS)))
            few = min(int(side.sum()), int((~side).sum()))
            if few >= least and modularity >= sharp:
                waiting += [np.asarray(group)[of].tolist() for of in (side, ~side)]
                continue
        parts.append(group)
    return sorted(parts)


def bisect(table: Table) -> tuple[Flags, float]:
    """Return the division in two with the highest modularity found, and its modularity.

    ``table`` holds whole numbers, is symmetric, and 0 on the diagonal. The division follows the
    signs of the leading eigenvector of the modularity matrix, and is mended by moving one item
    after another for as long as that helps (Newman 2006).
    """
    degrees = table.sum(axis=1, dtype=np.int64)
    total = int(degrees.sum())
    if not total:
        return np.zeros(len(table), dtype=np.bool_), 0.0
    start = np.random.default_rng(0).standard_normal(len(table))
    sign = _signs(np.ascontiguousarray(table), degrees, total, start)
    if sign[0] < 0:
        sign = -sign
    own = -float((degrees.astype(np.float64) ** 2).sum()) / total
    modularity = (_within(table, degrees, total, sign) + own) / total / 2
    return sign > 0, modularity


@compiled
def _signs(table: Table, degrees: Numbers, total: int, vector: Values) -> NDArray[np.int64]:
    """Return the sides, 1 and -1, by the leading eigenvector, mended."""
    count = len(table)
    for _ in range(_STEPS):
        # a pair's weight on the diagonal makes the leading eigenvalue the largest in size, too
        moved = _excess(table, degrees, total, vector) / UNITS + vector
        moved /= np.sqrt((moved * moved).sum())
        still = np.abs(moved - vector).max() < _STILL
        vector = moved
        if still:
            break
    sign = np.where(vector > 0, 1, -1)
    gains = _excess(table, degrees, total, sign.astype(np.float64))
    for _ in range(count):
        weakest = np.argmin(sign * gains)
        if sign[weakest] * gains[weakest] > -_TIE:
            break
        sign[weakest] = -sign[weakest]
        change = 2.0 * sign[weakest]
        for item in range(count):
            if item != weakest:  # an item is always on its own side: it moves nothing
                chance = degrees[item] * degrees[weakest] / total
                gains[item] += change * (table[weakest, item] - chance)
    return sign


@compiled
def _excess(table: Table, degrees: Numbers, total: int, vector: Values) -> Values:
    """Return the product of the modularity matrix, 0 on the diagonal, with a vector."""
    chance = (degrees * vector).sum() / total
    out = np.empty(len(table))
    for item in range(len(table)):
        found = 0.0
        row = table[item]
        for other in range(len(table)):
            found += row[other] * vector[other]
        out[item] = found - degrees[item] * (chance - degrees[item] * vector[item] / total)
    return out


def _within(table: Table, degrees: Numbers, total: int, sign: NDArray[np.int64]) -> float:
    """Return by how much more than chance the items agree with their sides, but each itself."""
    vector = sign.astype(np.float64)
    return float(vector @ _excess(table, degrees, total, vector))
