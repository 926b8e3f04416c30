"""Groups under rules: nothing meets that is apart, and nothing else is divided."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retold.parting import connected, part


@st.composite
def cases(draw):
    count = draw(st.integers(0, 7))
    scores = np.zeros((count, count), np.int64)
    for i in range(count):
        for j in range(i):
            scores[i, j] = scores[j, i] = draw(st.integers(0, 12))
    items = st.integers(0, max(0, count - 1))
    pairs = st.lists(st.tuples(items, items).filter(lambda p: p[0] != p[1]), max_size=4)
    return (scores, draw(pairs), draw(pairs)) if count > 1 else (scores, [], [])


def slow(scores, together, apart):
    """Join the best pair of groups that may be joined, every mean computed anew."""
    groups = [[item] for item in range(len(scores))]

    def barred(a, b):
        return any((x in a and y in b) or (x in b and y in a) for x, y in apart)

    def joined(a, b):
        return sorted([g for g in groups if g not in (a, b)] + [sorted(a + b)])

    for x, y in together:
        a, b = (next(g for g in groups if item in g) for item in (x, y))
        if a != b and not barred(a, b):
            groups = joined(a, b)
    while True:
        options = [
            (-sum(scores[x, y] for x in a for y in b) / (len(a) * len(b)), a, b)
            for a in groups
            for b in groups
            if a < b and not barred(a, b)
        ]
        if not options:
            return groups
        _, a, b = min(options)
        groups = joined(a, b)


@given(cases())
def test_groups_are_those_of_the_slow_way(case):
    assert part(*case) == slow(*case)


@given(cases())
def test_nothing_apart_meets_and_all_else_is_one(case):
    scores, together, apart = case
    found = part(scores, together, apart)
    home = {item: at for at, group in enumerate(found) for item in group}
    assert sorted(home) == list(range(len(scores)))
    assert all(home[a] != home[b] for a, b in apart)
    if not apart:
        assert len(found) == min(1, len(scores))


def test_a_group_is_divided_where_the_evidence_is_weakest():
    scores = np.array([[0, 9, 1, 1], [9, 0, 2, 1], [1, 2, 0, 8], [1, 1, 8, 0]])
    assert part(scores, apart=[(0, 3)]) == [[0, 1], [2, 3]]
    assert part(scores, together=[(1, 2)], apart=[(0, 3)]) == [[0, 1, 2], [3]]


def test_what_hangs_together():
    assert connected(5, [(3, 1), (4, 3)]) == [[0], [1, 3, 4], [2]]
    assert connected(0, []) == []
