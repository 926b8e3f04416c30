import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.stories.graph import build, whole_units
from retold.stories.linkage import Guards, ends, join
from retold.stories.linkage import agglomerate as agglomerate_graph

PLAIN = Guards(cut=0.3, cohesion=0, cohesion_cap=1, straggler=0)
GUARDED = Guards(cut=0.3, cohesion=0.7, cohesion_cap=0.6, straggler=0.5)


def graph(scores):
    """The graph of a matrix of scores."""
    a, b = np.nonzero(np.triu(scores, 1))
    return build(len(scores), a, b, whole_units(scores[a, b]))


def agglomerate(scores, guards):
    """Merge the items of a matrix of scores; return the members of both sides, and their mean."""
    members = {item: (item,) for item in range(len(scores))}
    found = []
    for left, right, mean, _ in agglomerate_graph(graph(scores), guards):
        found.append((members[left], members[right], mean))
        members[left] = tuple(sorted(members[left] + members.pop(right)))
    return found


@st.composite
def matrices(draw):
    count = draw(st.integers(1, 8))
    scores = np.eye(count)
    for i in range(count):
        for j in range(i):
            scores[i, j] = scores[j, i] = draw(st.integers(0, 20)) / 20
    return scores


def slow(scores, guards):
    """Merge the best allowed pair of groups, computing every mean anew."""
    groups, joints = [[i] for i in range(len(scores))], []

    def mean(a, b):
        return sum(round(scores[x, y] * 10_000) for x in a for y in b) / (len(a) * len(b)) / 10_000

    def allowed(a, b):
        for group in (a, b):
            if len(group) >= 3:
                pairs = [(x, y) for x in group for y in group if x < y]
                within = sum(round(scores[p] * 10_000) for p in pairs) / len(pairs) / 10_000
                if mean(a, b) < guards.cohesion * min(within, guards.cohesion_cap):
                    return False
        single = min([*(mean([x], b) for x in a), *(mean([x], a) for x in b)])
        return single >= guards.straggler * guards.cut

    while True:
        options = [
            (-mean(a, b), a, b)
            for a in groups
            for b in groups
            if a < b and mean(a, b) >= guards.cut and allowed(a, b)
        ]
        if not options:
            return joints
        best, a, b = min(options)
        joints.append((tuple(a), tuple(b), pytest.approx(-best)))
        groups = sorted([g for g in groups if g not in (a, b)] + [sorted(a + b)])


@pytest.mark.parametrize("guards", [PLAIN, GUARDED])
@given(scores=matrices())
def test_groups_are_those_of_the_slow_way(guards, scores):
    assert agglomerate(scores, guards) == slow(scores, guards)


def test_a_chain_of_weak_links_does_not_merge():
    count = 6
    scores = np.eye(count)
    for i in range(count - 1):
        scores[i, i + 1] = scores[i + 1, i] = 0.4
    merged = agglomerate(scores, PLAIN)
    assert max(len(left) + len(right) for left, right, _ in merged) == 2


def test_two_events_of_one_kind_stay_apart():
    scores = np.full((6, 6), 0.32)
    scores[:3, :3] = scores[3:, 3:] = 0.6
    assert len(agglomerate(scores, PLAIN)) == 5
    assert len(agglomerate(scores, GUARDED)) == 4


def test_copies_do_not_shut_their_rewrite_out():
    scores = np.full((4, 4), 1.0)
    scores[3, :3] = scores[:3, 3] = 0.45
    assert len(agglomerate(scores, GUARDED)) == 3


def test_no_article_joins_through_its_neighbour_alone():
    scores = np.eye(4)
    for i, j, value in ((0, 1, 1.0), (2, 3, 0.9), (0, 2, 0.7), (0, 3, 0.6)):
        scores[i, j] = scores[j, i] = value
    assert [sides for *sides, _ in agglomerate(scores, PLAIN)] == [
        [(0,), (1,)],
        [(2,), (3,)],
        [(0, 1), (2, 3)],
    ]
    assert len(agglomerate(scores, GUARDED)) == 2


def test_nothing_is_alike():
    assert agglomerate(np.eye(3), PLAIN) == []
    assert agglomerate(np.empty((0, 0)), PLAIN) == []


def test_a_group_that_was_found_otherwise_is_joined_as_far_as_scores_go():
    scores = np.eye(5)
    for i, j, value in ((0, 1, 0.1), (1, 2, 0.01), (3, 4, 0.9)):
        scores[i, j] = scores[j, i] = value
    assert [(j.left, j.right) for j in join(graph(scores), [0, 1, 2, 3])] == [(0, 1), (0, 2)]
    assert [(j.left, j.right) for j in join(graph(scores), [1, 2, 4])] == [(1, 2)]


@given(scores=matrices())
def test_every_item_ends_in_the_group_it_was_merged_into(scores):
    merged = agglomerate_graph(graph(scores), PLAIN)
    group = list(range(len(scores)))
    for left, right, *_ in merged:
        group = [left if each == right else each for each in group]
    assert ends(merged, len(scores)) == group


@given(scores=matrices())
def test_a_graph_holds_the_scores_of_its_matrix(scores):
    held = graph(scores)
    assert held.items == len(scores)
    items = list(range(held.items))
    assert (held.dense(items) == np.rint(np.where(np.eye(len(items)), 0, scores) * 10_000)).all()
    for i in items[1:]:
        assert held.score(0, i) == pytest.approx(scores[0, i])
    left, right = items[::2], items[1::2]
    most = max((scores[i, j] for i in left for j in right), default=0)
    best = [tuple(sorted((i, j))) for i in left for j in right if scores[i, j] == most]
    assert sorted(held.strongest(left, right)) == sorted(best)
