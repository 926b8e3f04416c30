"""Origins against the enumeration of everything that may hold."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from retold.model import (
    Alternative,
    Edge,
    Evidence,
    EvidenceKind,
    HypotheticalAncestor,
    Stemma,
    identify,
)
from retold.stemma import origins


def edge(child, parent, *, decided, nats=0.0):
    evidence = (Evidence(EvidenceKind.CONTAINMENT, nats, "shared text"),)
    return Edge(identify("edge", child, parent), child, parent, 0.7, 0.5, decided, evidence)


def stemma_of(links, unseen=()):
    sources = tuple(HypotheticalAncestor(u, f"source {u}", 0.9, "") for u in unseen)
    return Stemma("story:x", "given", tuple(links), sources)


def naive_roots(node, parents):
    """The ends of all paths upwards, one path after the other."""
    above = parents.get(node, [])
    return {r for p in above for r in naive_roots(p, parents)} if above else {node}


@st.composite
def graphs(draw, most_parents):
    """(child, parent, decided) with parents of lower number, so that there is no cycle."""
    n = draw(st.integers(1, 6))
    links = []
    for child in range(1, n):
        above = draw(st.lists(st.integers(0, child - 1), max_size=most_parents, unique=True))
        links += [(f"a{child}", f"a{p}", draw(st.booleans())) for p in above]
    return [f"a{i}" for i in range(n)], links


@given(graphs(most_parents=1))
def test_low_and_high_are_the_extremes_over_all_that_may_hold(graph):
    nodes, links = graph
    doubtful = [link for link in links if not link[2]]
    counts = set()
    for holds in product([True, False], repeat=len(doubtful)):
        kept = [x for x in links if x[2]] + [x for x, h in zip(doubtful, holds, strict=True) if h]
        parents = {}
        for child, parent, _ in kept:
            parents.setdefault(child, []).append(parent)
        counts.add(len({r for n in nodes for r in naive_roots(n, parents)}))
    found = origins(stemma_of([edge(c, p, decided=d) for c, p, d in links]), nodes)
    assert (found.low, found.high) == (min(counts), max(counts))


@given(graphs(most_parents=3), st.data())
def test_carriers_descend_only_through_carriers(graph, data):
    nodes, links = graph
    carriers = data.draw(st.lists(st.sampled_from(nodes), min_size=1, unique=True))
    sure = {}
    for child, parent, _ in links:
        if parent in carriers:
            sure.setdefault(child, []).append(parent)
    expected = {r for n in carriers for r in naive_roots(n, sure)}
    found = origins(stemma_of([edge(c, p, decided=True) for c, p, _ in links]), carriers)
    assert found.roots == tuple(sorted(expected))
    assert found.low <= found.high


def test_forty_copies_of_one_text_are_one_origin():
    copies = [f"a{i:02}" for i in range(40)]
    found = stemma_of([edge(c, "agency", decided=True) for c in copies], ["agency"])
    count = origins(found, copies)
    assert (count.low, count.high, count.roots) == (1, 1, ("agency",))
    assert "one origin" in count.explanation
    assert "source agency" in count.explanation


def test_near_kin_of_undecided_direction_are_one_origin():
    found = stemma_of([edge("b", "a", decided=False, nats=20.0), edge("a", None, decided=False)])
    assert origins(found, ["a", "b"]).high == 1


def test_doubtful_kin_are_one_or_two_origins():
    found = stemma_of([edge("b", "a", decided=False, nats=1.0), edge("a", None, decided=True)])
    count = origins(found, ["a", "b"])
    assert (count.low, count.high) == (1, 2)
    assert "1 to 2" in count.explanation


def test_an_undecided_root_may_go_back_to_its_runner_up():
    lone = Edge("e", "b", None, 0.5, 0.0, decided=False, runner_up=Alternative("a", 0.4))
    count = origins(stemma_of([edge("a", None, decided=True), lone]), ["a", "b"])
    assert (count.low, count.high) == (1, 2)


def test_one_that_may_derive_from_nothing_is_no_sure_child_of_an_unseen_source():
    near = (Evidence(EvidenceKind.CONTAINMENT, 9.0, "shared text"),)
    counts = []
    for other in (None, "a"):
        doubtful = Edge(
            "e", "b", "s", 0.6, 0.5, decided=False, evidence=near, runner_up=Alternative(other, 0.3)
        )
        count = origins(stemma_of([edge("a", "s", decided=True), doubtful], ["s"]), ["a", "b"])
        counts.append((count.low, count.high))
    assert counts == [(1, 2), (1, 1)]


def test_two_undecided_roots_that_point_at_each_other_are_at_least_one_origin():
    links = [
        Edge("e", "b", None, 0.5, 0.0, decided=False, runner_up=Alternative("a", 0.4)),
        Edge("f", "a", None, 0.5, 0.0, decided=False, runner_up=Alternative("b", 0.4)),
    ]
    count = origins(stemma_of(links), ["a", "b"])
    assert (count.low, count.high) == (1, 2)


def test_what_the_source_lacks_is_the_versions_own():
    found = stemma_of([edge("b", "a", decided=True), edge("c", "b", decided=True)])
    assert origins(found, ["b", "c"]).roots == ("b",)


def test_nobody_carries_it():
    assert origins(stemma_of([]), []).high == 0
