"""A folded stemma: nothing is lost, few boxes, what is drawn hangs together."""

from hypothesis import given
from hypothesis import strategies as st

from retold.report.html.bundles import MOST, fold
from retold.report.html.layout import Link, forest

NODES = [f"n{i}" for i in range(70)]


@st.composite
def stemmata(draw):
    """Each node below an earlier one or below none, some with a second parent."""
    count = draw(st.integers(1, len(NODES)))
    links = []
    for at in range(1, count):
        parent = draw(st.integers(-1, at - 1))
        if parent >= 0:
            links.append(Link(NODES[at], NODES[parent], 0.8))
        if draw(st.booleans()):
            links.append(Link(NODES[at], NODES[draw(st.integers(0, at - 1))], 0.3))
    return NODES[:count], links


@given(stemmata(), st.integers(1, MOST))
def test_every_node_is_drawn_or_in_one_bundle(stemma, most):
    nodes, links = stemma
    folded = fold(nodes, links, most)
    held = [m for b in folded.bundles for m in b.members]
    assert sorted([*folded.shown, *held]) == sorted(nodes)
    assert len(folded.shown) + len(folded.bundles) <= max(most, 1)
    parents = forest(nodes, links)
    for node in folded.shown:
        assert parents.get(node) in (None, *folded.shown)
    assert len({b.parent for b in folded.bundles}) == len(folded.bundles)
    for bundle in folded.bundles:
        assert bundle.parent is None or bundle.parent in folded.shown
        assert set(bundle.tops) == {m for m in bundle.members if parents.get(m) == bundle.parent}
        assert all(parents.get(m) in (bundle.parent, *bundle.members) for m in bundle.members)


@given(stemmata())
def test_the_largest_branches_are_drawn(stemma):
    """No branch that is folded away is larger than one beside or below which it could stand."""
    nodes, links = stemma
    folded = fold(nodes, links, 12)
    parents = forest(nodes, links)

    def size(top):
        return sum(top in _above(n, parents) for n in nodes)

    closed = [size(t) for b in folded.bundles for t in b.tops]
    drawn = [size(n) for n in folded.shown if size(n) > 1]
    assert not closed or not drawn or max(closed) <= min(drawn)


def _above(node, parents):
    found = [node]
    while found[-1] in parents:
        found.append(parents[found[-1]])
    return found


def test_few_nodes_stay_as_they_are():
    folded = fold(["a", "b"], [Link("b", "a", 1.0)])
    assert folded.shown == ("a", "b")
    assert folded.bundles == ()


def test_copies_of_one_version_are_one_bundle():
    nodes = ["a", *(f"copy {i}" for i in range(99))]
    folded = fold(nodes, [Link(n, "a", 0.9) for n in nodes[1:]], 12)
    assert folded.shown == ("a",)
    assert [len(b.members) for b in folded.bundles] == [99]
    few = fold(nodes[:20], [Link(n, "a", 0.9) for n in nodes[1:20]], 19)
    assert few.shown == ("a",)
    nodes += ["b", "c"]
    links = [Link(n, "a", 0.9) for n in nodes[1:101]] + [Link("c", "b", 0.9)]
    folded = fold(nodes, links, 12)
    assert folded.shown == ("a", "b", "c")
