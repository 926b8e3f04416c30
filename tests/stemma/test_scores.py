"""The kept scores against the plain formula for one pair of nodes at a time."""

from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retold.config import StemmaConfig
from retold.stemma.nodes import Unseen
from retold.stemma.scores import Scores

CONFIG = StemmaConfig()


@dataclass
class Trust:
    pairs: np.ndarray
    own: np.ndarray

    def among(self, kin):
        """Something that depends on the version and on who the kin are."""
        return np.array([self.own[v] * (1 + sum(kin) % 3) / 4 for v in range(len(self.own))])


@dataclass
class Pairs:
    drag: np.ndarray
    selective: np.ndarray
    facing: np.ndarray
    mutual: Trust


@st.composite
def stories(draw):
    """(has, weights, told, pairs, unseen sources, second parents) with weights in eighths."""
    n, m = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    generator = np.random.default_rng(draw(st.integers(0, 10_000)))
    weights = generator.integers(1, 40, size=m) / 8
    has = generator.random((n, m)) < 0.5
    tables = [generator.integers(0, 16, size=(n, n)) / 8 for _ in range(2)]
    facing = generator.integers(-16, 16, size=(n, n)) / 8
    factors = generator.integers(0, 5, size=(n, n)) / 4
    mutual = Trust((factors + factors.T) / 2, generator.integers(0, 5, size=n) / 4)
    pairs = Pairs(*tables, facing, mutual)
    told = generator.random(m) < 0.5
    unseen = [
        Unseen(
            generator.random(m) < 0.5,
            1.0,
            tuple(sorted({int(i) for i in generator.integers(1, n + 2, size=3)})),
            tuple(sorted({int(i) for i in generator.integers(1, n + 1, size=3)})),
            group=bool(generator.random() < 0.5),
            credit=float(generator.integers(0, 3)),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    second = {}
    if n > 1 and draw(st.booleans()):
        child = draw(st.integers(1, n))
        second[child] = draw(st.integers(1, n).filter(lambda other: other != child))
    return has, weights, told, pairs, unseen, second


def factor(story, node, other):
    """By what a statement counts in a node as it is seen from a version (by number) or itself."""
    has, _, _, pairs, unseen, _ = story
    if node <= len(has):
        return 1.0
    kin = unseen[node - len(has) - 1].kin
    if not kin:
        return 1.0
    each = pairs.mutual.among([k - 1 for k in kin])
    if len(kin) == 1:
        each[kin[0] - 1] = 1.0
    most = max(each[k - 1] for k in kin)
    return min(most, each[other - 1]) if 0 < other <= len(has) else most


def slow(story, parent, child):
    has, weights, told, pairs, unseen, second = story
    n = len(has)
    flags = [np.zeros(len(weights), bool), *has, *(one.has for one in unseen)]

    def held(node, other=0):
        factors = np.where(told, factor(story, node, other), 1.0)
        return weights * flags[node] * factors

    def common(a, b):
        return sum(np.minimum(held(a, b) * flags[b], held(b, a) * flags[a]))

    new = sum(held(child)) - common(parent, child)
    nats = -new
    if child in second:
        from_other = weights * flags[child] * flags[second[child]]
        nats += sum(from_other - np.minimum(from_other, held(parent)))
    lost = sum(held(parent)) - common(parent, child)
    nats -= min(CONFIG.loss_most, CONFIG.loss_cost * lost)
    if parent:
        nats -= CONFIG.kin_cost
    if 0 < parent <= n and child <= n:
        at = parent - 1, child - 1
        nats += pairs.facing[at] - pairs.drag[at] - pairs.selective[at]
        statements = sum((weights * told)[flags[parent] & flags[child]])
        nats -= (1 - pairs.mutual.pairs[at]) * statements
    if child > n:
        one = unseen[child - n - 1]
        nats -= 0 if one.group else CONFIG.unseen_cost
        nats += one.credit if parent == 0 else 0
        if 0 < parent <= n:
            nats -= min(CONFIG.own_most, new)
            others = [m - 1 for m in one.members if m <= n and m != parent]
            if others:
                nats -= min(pairs.drag[parent - 1, m] for m in others)
                nats += min(0, *(pairs.facing[parent - 1, m] for m in others))
    return nats


@given(stories(), st.data())
def test_scores_are_those_of_the_plain_formula(story, data):
    has, weights, told, pairs, unseen, second = story
    kept = Scores(has, weights, told, pairs, CONFIG)
    # what is known from other calls must not show
    some = data.draw(st.lists(st.sampled_from(unseen), unique=True)) if unseen else []
    kept.table(some, {})
    found = kept.table(unseen, second)
    size = 1 + len(has) + len(unseen)
    assert found.shape == (size, size)
    for parent in range(size):
        for child in range(1, size):
            if parent != child:
                assert abs(found[parent, child] - slow(story, parent, child)) < 1e-9


def test_an_unseen_source_of_no_version_passes_nothing_on():
    mutual = Trust(np.ones((2, 2)), np.ones(2))
    pairs = Pairs(np.ones((2, 2)), np.zeros((2, 2)), -np.ones((2, 2)), mutual)
    source = Unseen(np.array([True]), 1.0, (5, 6))
    told = np.array([False])
    kept = Scores(np.array([[True], [True]]), np.ones(1), told, pairs, CONFIG)
    found = kept.table([source], {})
    expected = -CONFIG.kin_cost - CONFIG.unseen_cost
    assert abs(found[1, 3] - expected) < 1e-9
