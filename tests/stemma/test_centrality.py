"""The root that a tree's shape tells, against counting the orders in which the tree can grow."""

from itertools import permutations
from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.stemma.centrality import root_odds


def orders(links, first, nodes):
    """In how many orders the tree can grow from ``first``, each node after one that it hangs on."""
    count = 0
    for rest in permutations([n for n in nodes if n != first]):
        seen = {first}
        for node in rest:
            if not seen & links[node]:
                break
            seen.add(node)
        else:
            count += 1
    return count


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6))
def test_odds_are_those_of_the_orders_that_a_tree_can_grow_in(drawn):
    parents = [-1, 0, *(1 + d % at for at, d in enumerate(drawn[1:], 1))]
    nodes = list(range(1, len(parents)))
    links = {n: {parents[n]} - {0} | {c for c in nodes if parents[c] == n} for n in nodes}
    counts = np.array([orders(links, n, nodes) for n in nodes])
    assert np.allclose(root_odds(parents)[1:], np.log(counts / counts.max()))


def test_each_tree_has_its_own_likeliest_top():
    odds = root_odds([-1, 0, 1, 1, 0])
    assert odds[1] == odds[4] == 0
    assert [exp(odds[2]), exp(odds[3])] == pytest.approx([0.5, 0.5])
    assert root_odds([-1, 0, 1, 2])[1] == pytest.approx(log(0.5))
