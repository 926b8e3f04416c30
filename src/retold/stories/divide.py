"""Two events of one kind in one group: its best division in two, and whether that is sharp.

Reports of two earthquakes share the words of earthquakes, but each side has names, places, figures
and dates of its own, in every report: within each, the scores lie above what they would by chance.
Reports of one event are divided by nothing in particular.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retold.stories.graph import UNITS, Graph, Indices

_STEPS = 200
"""Steps of the power iteration."""
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


def bisect(table: Indices) -> tuple[NDArray[np.bool_], float]:
    """Return the division in two with the highest modularity found, and its modularity.

    ``table`` holds whole numbers, is symmetric, and 0 on the diagonal. The division follows the
    signs of the leading eigenvector of the modularity matrix, and is mended by moving one item
    after another for as long as that helps (Newman 2006).
    """
    degrees = table.sum(axis=1)
    total = int(degrees.sum())
    if not total:
        return np.zeros(len(table), dtype=np.bool_), 0.0
    excess = table - np.outer(degrees, degrees) / total
    own = float(np.trace(excess))
    np.fill_diagonal(excess, 0)  # an item is always on its own side: it moves nothing
    # a pair's weight on the diagonal makes the leading eigenvalue the largest in size, too
    scaled = excess / UNITS + np.eye(len(table))
    vector = np.random.default_rng(0).standard_normal(len(table))
    for _ in range(_STEPS):
        vector = scaled @ vector
        vector /= np.linalg.norm(vector)
    sign = np.where(vector > 0, 1, -1)
    for _ in range(len(table)):
        gains = sign * (excess @ sign)
        weakest = int(gains.argmin())
        if gains[weakest] > -_TIE:
            break
        sign[weakest] = -sign[weakest]
    if sign[0] < 0:
        sign = -sign
    return sign > 0, (float(sign @ (excess @ sign)) + own) / total / 2
