"""The articles of a pile as rows of weighed terms, of which the product of two is a likeness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.config import StoriesConfig
from retold.reuse.compiled import compiled
from retold.stories.terms import Background, Flags, Lexis, Numbers, Terms, Values, lifts

UNDATED = -1
"""The day of an article without a time of publication."""

Weights = NDArray[np.float32]
Columns = NDArray[np.int32]


class Rows(NamedTuple):
    """The terms of all articles: row by row, as the kernels take them.

    A number has two columns: one among all terms and, behind those of all terms, one among the
    numbers. Terms of one article only are left out.
    """

    bounds: Numbers
    """Where the row of each article begins; one longer than the articles."""
    columns: Columns
    """Rising in each row."""
    weights: Weights
    proper: Flags
    """Whether a term is part of a name in its article."""
    width: int
    """Number of columns."""
    days: Numbers
    """The day of publication of each article, or :data:`UNDATED`."""
    fade: Values
    """What a likeness counts by the days between two articles, until it falls below 1/20."""
    least: float
    """Likeness below which two articles count as not alike at all."""

    def part(self, articles: Sequence[int]) -> Rows:
        """Return the rows of some articles alone, in their order."""
        at = np.asarray(articles, np.int64)
        sizes = np.diff(self.bounds)[at]
        bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
        kept = np.arange(bounds[-1]) + np.repeat(self.bounds[at] - bounds[:-1], sizes)
        return self._replace(
            bounds=bounds,
            columns=self.columns[kept],
            weights=self.weights[kept],
            proper=self.proper[kept],
            days=self.days[at],
        )


def nearness_by_days(config: StoriesConfig) -> Values:
    """Return what a likeness counts by the days between two articles, until it falls below 1/20."""
    days = np.arange(config.same_days + int(config.days_to_half * 4.4) + 1)
    found: Values = 0.5 ** (np.maximum(0, days - config.same_days) / config.days_to_half)
    return found


def no_rows(count: int) -> Rows:
    """Return the rows of articles that have no terms: what is not told of them is 0."""
    none = np.zeros(0, np.float32)
    days = np.full(count, UNDATED, np.int64)
    return Rows(
        np.zeros(count + 1, np.int64),
        np.zeros(0, np.int32), none, np.zeros(0, np.bool_), 0, days, np.ones(1), 1.0,
    )  # fmt: skip


class Weighed(NamedTuple):
    """The rows of a pile and what they were made with."""

    rows: Rows
    rarity: Values
    """Of each term of the lexis, in nats."""
    numeric: Flags
    """Of each term of the lexis, whether it is a number."""
    order: Numbers
    """Of each column among all terms, the term of the lexis."""


def weigh(
    articles: Sequence[Terms],
    days: Sequence[int],
    lexis: Lexis,
    config: StoriesConfig,
    background: Background | None = None,
) -> Weighed:
    """Weigh the terms of a pile: each by its frequency, its rarity and what it names.

    The likeness of two articles is the cosine over all terms, and that over numbers alone, weighed
    together (Salton & Buckley 1988). The commonest terms come first in each row. Where the pile is
    a part of something larger, ``background`` says what is common there: two articles are as alike
    as they are among all, to the last bit.
    """
    bounds = np.cumsum([0, *(len(each.numbers) for each in articles)])
    numbers = np.concatenate([np.zeros(0, np.int32), *(each.numbers for each in articles)])
    frequency = np.concatenate([np.zeros(0, np.float32), *(each.frequency for each in articles)])
    proper = np.concatenate([np.zeros(0, np.bool_), *(each.proper for each in articles)])
    count = len(lexis.names)
    here = np.bincount(numbers, minlength=count)
    holders, every = here, len(articles)
    if background:
        holders, every = np.asarray(background.holders(lexis.names), np.int64), background.articles
    rarity, numeric = lexis.rarity(holders, every, config), lexis.numeric()
    # by their names, so that nothing depends on which article was read first
    by_name = np.array(sorted(range(count), key=lexis.names.__getitem__), np.int64)
    order = by_name[np.argsort(-holders[by_name], kind="stable")]
    column = np.empty(count, np.int32)
    column[order] = np.arange(count)
    weights = (frequency * rarity[numbers] * lifts(proper, numeric[numbers], config)).astype(
        np.float32
    )
    kept = here > 1
    share = config.figures_weight
    made = _rows(bounds, numbers, weights, proper, column, numeric, kept, share)
    days_of = np.array(days, np.int64)
    rows = Rows(*made, 2 * count, days_of, nearness_by_days(config), config.least_alike)
    return Weighed(rows, rarity, numeric, order)


@compiled
def _rows(
    bounds: Numbers,
    numbers: Columns,
    weights: Weights,
    proper: Flags,
    column: Columns,
    numeric: Flags,
    kept: Flags,
    share: float,
) -> tuple[Numbers, Columns, Weights, Flags]:
    """Return the rows: bounds, columns, weights, and which are proper."""
    count = len(bounds) - 1
    edges = np.zeros(count + 1, np.int64)
    for row in range(count):
        size = 0
        for at in range(bounds[row], bounds[row + 1]):
            if kept[numbers[at]]:
                size += 2 if numeric[numbers[at]] else 1
        edges[row + 1] = edges[row] + size
    columns = np.empty(edges[count], np.int32)
    out = np.empty(edges[count], np.float32)
    names = np.empty(edges[count], np.bool_)
    for row in range(count):
        low, high = bounds[row], bounds[row + 1]
        order = np.argsort(column[numbers[low:high]])
        length, among = 0.0, 0.0
        for at in order:
            square = np.float64(weights[low + at]) ** 2
            length += square
            if numeric[numbers[low + at]]:
                among += square
        all_terms = (1 - share) ** 0.5 / max(length**0.5, 1e-12)
        numbers_alone = share**0.5 / max(among**0.5, 1e-12)
        filled = edges[row]
        for second in range(2):
            for at in order:
                number = numbers[low + at]
                if kept[number] and (numeric[number] or not second):
                    columns[filled] = column[number] + second * len(column)
                    out[filled] = weights[low + at] * (numbers_alone if second else all_terms)
                    names[filled] = proper[low + at]
                    filled += 1
    return edges, columns, out, names
