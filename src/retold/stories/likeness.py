"""How alike the articles of a pile are by their words: every pair, by an index of the words.

What costs is the pairs that share a word: quadratic in the articles, at a billionth of a second for
each. Times of publication leave only the pairs that lie close enough to tell one event.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.config import StoriesConfig
from retold.reuse.compiled import compiled
from retold.stories.graph import Indices
from retold.stories.terms import Terms

UNDATED = -1
"""The day of an article without a time of publication."""

Values = NDArray[np.float64]


class Pairs(NamedTuple):
    """Pairs of articles that are alike: the lower index, the higher, and the likeness 0..1."""

    a: Indices
    b: Indices
    likeness: Values


def similarity(
    articles: Sequence[Terms],
    rows: Sequence[Values],
    days: Sequence[int],
    config: StoriesConfig,
) -> Pairs:
    """Return the pairs of articles whose likeness is at least ``config.least_alike``.

    The cosine over all terms, and that over numbers alone, weighed together (Salton & Buckley
    1988), less for each day that lies between their times of publication. ``rows`` has the weights
    of the articles' terms, ``days`` the days of publication.
    """
    order = np.argsort(np.asarray(days, dtype=np.int64), kind="stable")
    bounds, terms, weights = _columns(articles, rows, order, config)
    fade = nearness_by_days(config)
    ordered = np.asarray(days, dtype=np.int64)[order]
    pairs, likeness = _alike(bounds, terms, weights, ordered, fade, config.least_alike)
    sides = order[pairs]
    return Pairs(sides.min(axis=1), sides.max(axis=1), likeness)


def nearness_by_days(config: StoriesConfig) -> Values:
    """Return what a likeness counts by the days between two articles, until it falls below 1/20."""
    days = np.arange(config.same_days + int(config.days_to_half * 4.4) + 1)
    found: Values = 0.5 ** (np.maximum(0, days - config.same_days) / config.days_to_half)
    return found


def nearness(a: int, b: int, config: StoriesConfig) -> float:
    """Return what the likeness of two articles counts, given their days; 1 where one has none."""
    if UNDATED in (a, b):
        return 1.0
    fade = nearness_by_days(config)
    return float(fade[abs(a - b)]) if abs(a - b) < len(fade) else 0.0


def _columns(
    articles: Sequence[Terms], rows: Sequence[Values], order: Indices, config: StoriesConfig
) -> tuple[Indices, NDArray[np.int32], NDArray[np.float32]]:
    """Return, by article in ``order``, where its terms begin, the terms, and their weights.

    The weights are such that a product of two rows is the likeness: a number has two terms, one
    among all and one among the numbers. Terms of one article only are left out.
    """
    held: dict[str, int] = {}
    for article in articles:
        for name in article.names:
            held[name] = held.get(name, 0) + 1
    column = {name: at for at, name in enumerate(name for name, n in held.items() if n > 1)}
    share = config.figures_weight
    bounds, terms, weights = [0], [], []
    for at in order.tolist():
        article, row = articles[at], rows[at]
        which = np.array([column.get(name, -1) for name in article.names], dtype=np.int32)
        number = article.numeric & (which >= 0)
        word = which >= 0
        numbers = row[article.numeric]
        terms += [which[word], which[number] + np.int32(len(column))]
        weights += [
            (row[word] * ((1 - share) ** 0.5 / _length(row))).astype(np.float32),
            (row[number] * (share**0.5 / _length(numbers))).astype(np.float32),
        ]
        bounds.append(bounds[-1] + len(terms[-1]) + len(terms[-2]))
    if not terms:
        return np.zeros(1, dtype=np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32)
    return np.array(bounds, dtype=np.int64), np.concatenate(terms), np.concatenate(weights)


def _length(row: Values) -> float:
    return max(float(np.linalg.norm(row)), 1e-12)


@compiled
def _starts(terms: NDArray[np.int32]) -> Indices:
    """Return where the rows of each term begin when they are put side by side; one longer."""
    size = 0
    for term in terms:
        size = max(size, term + 1)
    starts = np.zeros(size + 1, dtype=np.int64)
    for term in terms:
        starts[term + 1] += 1
    for term in range(size):
        starts[term + 1] += starts[term]
    return starts


@compiled
def _alike(
    bounds: Indices,
    terms: NDArray[np.int32],
    weights: NDArray[np.float32],
    days: Indices,
    fade: Values,
    least: float,
) -> tuple[NDArray[np.int32], Values]:
    """Return pairs (earlier, later) of rows, sorted by day, the undated first, and their likeness.

    A row meets those before it that have its terms: all without a day, and all that are near.
    """
    count = len(days)
    starts = _starts(terms)
    held = np.empty(len(terms), dtype=np.int32)  # by term, the rows that have it so far
    values = np.empty(len(terms), dtype=np.float32)
    undated = starts[:-1].copy()  # by term, where those without a day end
    near = starts[:-1].copy()  # where those begin whose day is near enough
    filled = starts[:-1].copy()
    total = np.zeros(count)
    touched = np.empty(count, dtype=np.int32)
    found = 0
    pairs = np.empty((1024, 2), dtype=np.int32)
    likeness = np.empty(1024)
    for row in range(count):
        met = 0
        day = days[row]
        for at in range(bounds[row], bounds[row + 1]):
            term, weight = terms[at], weights[at]
            if day < 0:
                low = starts[term]
            else:
                low = max(near[term], undated[term])
                while low < filled[term] and day - days[held[low]] >= len(fade):
                    low += 1
                near[term] = low
                for k in range(starts[term], undated[term]):
                    other = held[k]
                    if total[other] == 0:
                        touched[met] = other
                        met += 1
                    total[other] += weight * values[k]
            for k in range(low, filled[term]):
                other = held[k]
                if total[other] == 0:
                    touched[met] = other
                    met += 1
                total[other] += weight * values[k]
            held[filled[term]] = row
            values[filled[term]] = weight
            filled[term] += 1
            if day < 0:
                undated[term] = filled[term]
        for k in range(met):
            other = touched[k]
            alike = min(1.0, total[other])
            total[other] = 0
            if day >= 0 and days[other] >= 0:
                alike *= fade[day - days[other]]
            if alike >= least:
                if found == len(likeness):
                    pairs = np.concatenate((pairs, np.empty_like(pairs)))
                    likeness = np.concatenate((likeness, np.empty_like(likeness)))
                pairs[found, 0], pairs[found, 1] = other, row
                likeness[found] = alike
                found += 1
    return pairs[:found], likeness[:found]
