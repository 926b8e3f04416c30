"""The search for unseen sources against looking at every group of a tree."""

from dataclasses import dataclass
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.config import StemmaConfig
from retold.stemma.arborescence import ROOT
from retold.stemma.features import FeatureKind, Features
from retold.stemma.nodes import Evidences, Forest, Unseen
from retold.stemma.unseen import TRIES, _credit, _gain, _groups, _proposals, promise, suppose
from retold.stemma.view import View

CONFIG = StemmaConfig()


@dataclass
class Trust:
    pairs: np.ndarray

    def among(self, kin):
        table = self.pairs[:, list(kin)].copy()
        table[list(kin), range(len(kin))] = 0.0
        return table.max(axis=1)


@st.composite
def forests(draw):
    """A solved forest over random features, with up to three unseen sources in it."""
    n, m = draw(st.integers(2, 9)), draw(st.integers(1, 30))
    generator = np.random.default_rng(draw(st.integers(0, 10_000)))
    has = generator.random((n, m)) < generator.choice([0.3, 0.6])
    weights = generator.integers(1, 40, size=m) / 8
    kinds = generator.choice([FeatureKind.PASSAGE.value, FeatureKind.STATEMENT.value], size=m)
    tables = [generator.integers(0, 16, size=(n, n)) / 8 for _ in range(2)]
    facing = generator.integers(-16, 16, size=(n, n)) / 8
    factors = generator.integers(0, 5, size=(n, n)) / 4
    witnesses = tuple(
        SimpleNamespace(own="", reports=("Orlane",) if generator.random() < 0.3 else ())
        for _ in range(n)
    )
    loci = np.where(kinds == FeatureKind.STATEMENT.value, -1, generator.integers(-1, 4, size=m))
    features = Features((), has, weights, kinds, np.zeros(n), np.zeros((n, n)), loci)
    mutual = Trust(np.maximum(factors, factors.T))
    none = np.zeros(n, dtype=np.bool_)
    evidences = Evidences(witnesses, features, None, {}, facing, *tables, mutual, none)
    forest = Forest(evidences, CONFIG)
    for _ in range(draw(st.integers(0, 3))):
        kin = tuple(sorted({int(i) for i in generator.integers(1, n + 1, size=3)}))
        group, credit = bool(generator.random() < 0.3), float(generator.integers(0, 3))
        forest.unseen.append(
            Unseen(generator.random(m) < 0.5, 1.0, kin, kin, group=group, credit=credit)
        )
    forest.solve()
    return forest


def gain_of(view, nodes, top, tops):
    """The features, and the gain, of a source of ``nodes`` below ``top``."""
    held = view.table[nodes].sum(axis=0)
    elsewhere = view.outside(tops) if top == ROOT else view.table[top]
    has = view.of_one_text((held >= 2) | ((held > 0) & elsewhere), nodes)
    return has, round(_gain(view, has, nodes, top) + _credit(view.forest, nodes, top)[0], 9)


def all_pairs(view):
    """Every two nodes that one source could stand above: (nodes, top, topmost)."""
    parents, n = view.forest.parents, view.forest.versions
    for node, children in view.children.items():
        for pair in combinations(children, 2):
            yield list(pair), node, list(pair)
        if 0 < node <= n:
            for child in children:
                yield sorted((node, child)), parents[node], [node]


@given(forests())
def test_no_source_gains_more_than_it_promises(forest):
    view = View(forest)
    for nodes, top, tops in all_pairs(view):
        _, most = promise(view, top, nodes[:1], nodes[1:])
        assert gain_of(view, nodes, top, tops)[1] <= most[0, 0] + 1e-9


@given(forests())
def test_what_two_share_is_what_both_have_and_the_top_lacks(forest):
    view, weights = View(forest), forest.evidences.features.weights
    for (a, b), top, _ in all_pairs(view):
        shared, _ = promise(view, top, [a], [b])
        left = view.table[a] & view.table[b] & ~view.table[top]
        assert shared[0, 0] == pytest.approx(weights[left].sum())


@given(forests())
def test_the_proposals_are_the_best_of_all(forest):
    view = View(forest)
    expected = []
    for nodes, top, tops in all_pairs(view):
        has, gain = gain_of(view, nodes, top, tops)
        left = view.table[nodes].all(axis=0) & ~view.table[top]
        shared = forest.evidences.features.weights[left].sum()
        if gain > 0 and (tops == nodes and shared > CONFIG.unseen_cost):
            expected.append((-gain, nodes, has))
    for node in range(len(view.table)):
        for group in _groups(view, node):
            if group.tops != group.nodes:
                has, gain = gain_of(view, group.nodes, group.top, group.tops)
                if gain > 0:
                    expected.append((-gain, group.nodes, has))
    expected.sort(key=lambda one: one[:2])
    found = [(-one.gain, list(one.members), one.has) for one in _proposals(forest)]
    assert [one[:2] for one in found] == [one[:2] for one in expected[:TRIES]]
    assert all((a[2] == b[2]).all() for a, b in zip(found, expected, strict=False))


@given(forests())
def test_a_forest_stays_solved_while_sources_are_supposed(forest):
    before = forest.total()
    suppose(forest)
    after, parents = forest.total(), forest.parents
    forest.solve()
    assert forest.parents == parents
    assert forest.total() == after >= before
