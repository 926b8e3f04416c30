"""Which readings are compared."""

from hypothesis import given
from hypothesis import strategies as st

from retold.collate.descent import Descent, plan
from retold.model import Edge, Stemma


def _stemma(edges, *, decided=True):
    return Stemma(
        "story:x",
        "given",
        tuple(Edge(f"edge:{c}{p}", c, p, 0.9, 0.9, decided=decided) for p, c in edges),
    )


def test_ancestors_nearest_first_and_only_along_decided_edges():
    descent = Descent(_stemma([("a", "b"), ("b", "c")]))
    assert descent.ancestors("c") == ("b", "a")
    assert descent.before("a", "c")
    assert not descent.before("c", "a")
    assert Descent(_stemma([("a", "b")], decided=False)).ancestors("b") == ()


def test_child_is_compared_with_its_nearest_ancestor_that_has_a_reading():
    descent = Descent(_stemma([("a", "b"), ("b", "c")]))
    steps = plan([("a",), ("c",)], descent, 6, lambda i, j: 0.0)
    assert [(s.before, s.after, s.directed) for s in steps] == [(0, 1, True)]


def test_siblings_are_not_compared():
    descent = Descent(_stemma([("a", "b"), ("a", "c")]))
    steps = plan([("a",), ("b",), ("c",)], descent, 6, lambda i, j: 0.0)
    assert {(s.before, s.after) for s in steps} == {(0, 1), (0, 2)}


def test_cycle_of_edges_ends():
    descent = Descent(_stemma([("a", "b"), ("b", "a")]))
    assert descent.ancestors("a") == ("b",)


@given(
    st.integers(2, 30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=40),
    st.integers(1, 8),
)
def test_plan_reaches_every_reading_and_stays_linear(count, pairs, limit):
    """Oracle: every group is compared at least once, nothing twice, and never more than allowed."""
    edges = [(f"v{min(p)}", f"v{max(p)}") for p in pairs if p[0] != p[1]]
    groups = [(f"v{n}",) for n in range(count)]
    steps = plan(groups, Descent(_stemma(edges)), limit, lambda i, j: 1 / (1 + abs(i - j)))
    seen = [frozenset((s.before, s.after)) for s in steps]
    assert len(seen) == len(set(seen))
    assert all(len(s) == 2 for s in seen)
    assert {n for s in seen for n in s} == set(range(count))
    assert len(seen) <= count + limit * (limit - 1) // 2
    for step in steps:
        if step.directed:
            assert step.before < step.after
