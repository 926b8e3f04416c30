"""Scores of groupings against values computed by hand."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.groups import (
    adjusted_rand,
    average_link,
    bcubed,
    by_label,
    right_number,
    tfidf,
    v_measure,
)

# labels aaab, groups 1122: one of three strays, and takes the fourth along
STRAY = by_label([("a", 1), ("a", 1), ("a", 2), ("b", 2)])
labelled = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12)


def test_b_cubed_by_hand():
    # precision (1 + 1 + 1/2 + 1/2) / 4 = 3/4; recall (2/3 + 2/3 + 1/3 + 1) / 4 = 2/3
    assert bcubed(STRAY) == pytest.approx(2 * (3 / 4) * (2 / 3) / (3 / 4 + 2 / 3))


def test_v_measure_by_hand():
    of_label = -(3 / 4 * log(3 / 4) + 1 / 4 * log(1 / 4))
    mixed = 1 / 2 * log(2)  # half of the items lie in a group of two labels
    spread = 3 / 4 * -(2 / 3 * log(2 / 3) + 1 / 3 * log(1 / 3))
    one, other = 1 - mixed / of_label, 1 - spread / log(2)
    assert v_measure(STRAY) == pytest.approx(2 * one * other / (one + other))


def test_adjusted_rand_by_hand():
    # pairs together in both 1, in labels 3, in groups 2, of 6: chance 1, most 5/2
    assert adjusted_rand(STRAY) == pytest.approx(0)
    # one pair kept of two: 1 in both, 2 and 1 in each, chance 1/3
    apart = by_label([("a", 1), ("a", 1), ("b", 2), ("b", 3)])
    assert adjusted_rand(apart) == pytest.approx((1 - 1 / 3) / (3 / 2 - 1 / 3))


@given(labelled)
def test_a_perfect_grouping_scores_one(items):
    perfect = by_label([(label, f"group {label}") for label, _ in items])
    for each in (bcubed, v_measure, adjusted_rand, right_number):
        assert each(perfect) == pytest.approx(1)


@given(labelled)
def test_scores_do_not_depend_on_names_or_order(items):
    renamed = [(f"l{label}", -group) for label, group in reversed(items)]
    for each in (bcubed, v_measure, adjusted_rand, right_number):
        assert each(by_label(items)) == pytest.approx(each(by_label(renamed)))


def test_the_number_of_groups_is_held_against_that_of_labels():
    assert right_number(by_label([("a", 1), ("a", 2), ("b", 3), ("b", 4)])) == 0.5
    assert right_number(by_label([("a", 1), ("b", 1)])) == 0.5


def test_cosines_by_hand():
    texts = ["otters swim", "the otters swim", "otters sleep", "owls"]
    likeness = tfidf(texts)
    assert likeness[0, 1] == pytest.approx(1, abs=1e-6), "stop words count nothing"
    assert likeness[0, 3] == 0
    assert likeness[0, 2] == 0, "what three of four texts have counts nothing"


def test_average_link_is_that_of_the_slow_way():
    generator = np.random.default_rng(5)
    for count in (1, 2, 5, 12):
        scores = generator.random((count, count))
        likeness = ((scores + scores.T) / 2).astype(np.float32)
        found = average_link(likeness, 0.5)
        groups = [[at] for at in range(count)]
        while True:
            pairs = [
                (float(likeness[np.ix_(a, b)].mean()), a, b)
                for a in groups
                for b in groups
                if a < b
            ]
            if not pairs or max(pairs)[0] < 0.5:
                break
            _, a, b = max(pairs)
            groups = [g for g in groups if g not in (a, b)] + [sorted(a + b)]
        assert {frozenset(g) for g in groups} == {
            frozenset(at for at in range(count) if found[at] == group) for group in set(found)
        }
