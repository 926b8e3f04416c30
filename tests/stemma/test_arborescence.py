"""Trees against the enumeration of all trees."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.stemma.arborescence import best_tree, marginals


def all_trees(n):
    """Every choice of parents that leads each node to the root, node by node."""
    for choice in product(range(n), repeat=n - 1):
        parents = (-1, *choice)
        if all(leads_to_root(parents, c) for c in range(1, n)):
            yield parents


def leads_to_root(parents, node):
    seen = set()
    while node > 0:
        if node in seen:
            return False
        seen.add(node)
        node = parents[node]
    return True


def total(scores, parents):
    return sum(scores[p, c] for c, p in enumerate(parents) if c)


@st.composite
def score_tables(draw, most=5):
    n = draw(st.integers(2, most))
    values = st.integers(-400, 40).map(lambda v: v / 4)
    cells = draw(st.lists(values, min_size=n * n, max_size=n * n))
    return np.array(cells).reshape(n, n)


@given(score_tables())
def test_best_tree_is_the_best_of_all_trees(scores):
    found = best_tree(scores)
    best = max(total(scores, t) for t in all_trees(len(scores)))
    assert leads_to_root(found, len(scores) - 1)
    assert total(scores, found) == pytest.approx(best)


@given(score_tables())
def test_marginals_are_those_of_all_trees(scores):
    n = len(scores)
    trees = list(all_trees(n))
    totals = np.array([total(scores, t) for t in trees])
    odds = np.exp(totals - totals.max())
    expected = np.zeros((n, n))
    for weight, tree in zip(odds / odds.sum(), trees, strict=True):
        for c in range(1, n):
            expected[tree[c], c] += weight
    assert np.allclose(marginals(scores), expected, atol=2e-5)


def test_a_family_far_from_the_root_keeps_its_direction():
    # two near kin: either may be the first, by odds of e to one, however far the root is
    scores = np.array([[-np.inf, -900.0, -901.0], [0, 0, -1.0], [0, -1.0, 0]])
    found = marginals(scores)
    assert found[0, 1] == pytest.approx(np.e / (1 + np.e), abs=1e-4)
    assert found[1, 2] == pytest.approx(np.e / (1 + np.e), abs=1e-4)


def test_a_node_without_a_possible_parent_is_an_error():
    with pytest.raises(ValueError, match="node 1"):
        best_tree(np.full((2, 2), -np.inf))


def test_a_large_random_table_gives_a_tree():
    scores = np.random.default_rng(7).normal(size=(300, 300)) * 20
    parents = best_tree(scores)
    assert all(leads_to_root(parents, c) for c in range(1, 300))
    sums = marginals(scores)[:, 1:].sum(axis=0)
    assert np.allclose(sums, 1)
