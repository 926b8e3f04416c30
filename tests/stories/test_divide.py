from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.stories.divide import bisect, divide
from tests.stories.test_linkage import graph, matrices


def two(within, between, count=4):
    """Scores of two events with as many reports each, in turn."""
    side = np.arange(2 * count) % 2
    scores = np.where(side[:, None] == side[None], within, between).astype(float)
    np.fill_diagonal(scores, 1.0)
    return scores


def modularity(table, side):
    """Newman's measure, pair by pair."""
    degrees, total = table.sum(axis=1), table.sum()
    sign = np.where(side, 1, -1)
    pairs = product(range(len(table)), repeat=2)
    return sum(
        (table[i, j] - degrees[i] * degrees[j] / total) * sign[i] * sign[j] for i, j in pairs
    ) / (2 * total)


def test_two_events_of_one_kind_are_divided_and_one_is_not():
    items = list(range(8))
    assert divide(graph(two(0.4, 0.15)), items, 0.05, 3) == [[0, 2, 4, 6], [1, 3, 5, 7]]
    assert divide(graph(two(0.4, 0.38)), items, 0.05, 3) == [items]
    assert divide(graph(two(0.4, 0.4)), items, 0.05, 3) == [items]


def test_three_events_are_divided_twice():
    scores = np.kron(np.full((3, 3), 0.1) + np.eye(3) * 0.4, np.ones((4, 4)))
    parts = divide(graph(scores), list(range(12)), 0.05, 3)
    assert parts == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]


def test_a_side_of_few_is_not_parted():
    scores = two(0.4, 0.0, count=2)
    assert divide(graph(scores), [0, 1, 2, 3], 0.05, 3) == [[0, 1, 2, 3]]


def test_items_without_scores_stay_together():
    assert divide(graph(np.eye(6)), list(range(6)), 0.05, 3) == [list(range(6))]


@given(scores=matrices())
def test_no_single_move_makes_a_division_sharper(scores):
    table = graph(scores).dense(range(len(scores)))
    side, value = bisect(table)
    if not table.any():
        return
    assert value == pytest.approx(modularity(table, side), abs=1e-9)
    for item in range(len(table)):
        moved = side.copy()
        moved[item] = ~moved[item]
        assert modularity(table, moved) <= value + 1e-6


@given(matrices(), st.integers(1, 3))
def test_parts_are_a_partition(scores, least):
    items = list(range(len(scores)))
    parts = divide(graph(scores), items, 0.01, least)
    assert sorted(item for part in parts for item in part) == items
    assert len(parts) == 1 or min(map(len, parts)) >= least
