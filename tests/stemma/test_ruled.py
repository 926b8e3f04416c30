"""A derivation that an editor ruled out is nowhere in the stemma, whatever speaks for it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from retold.stemma import build
from tests.stemma.tradition import (
    BASE,
    OWN,
    Telling,
    Tradition,
    copy,
    cut,
    merge,
    random_tradition,
)


def stemma_of(tradition, barred=()):
    pairs = [(tradition.ids[child], tradition.ids[parent]) for child, parent in barred]
    return build(tradition.story(), tradition.documents, tradition.rows(), barred=pairs)


def edges(tradition, barred=()):
    """Child, parent, and the runner-up's parent, by name."""
    names = tradition.names
    return [
        (
            names.get(e.child, e.child),
            names.get(e.parent, e.parent),
            e.runner_up and names.get(e.runner_up.parent, e.runner_up.parent),
        )
        for e in stemma_of(tradition, barred).edges
    ]


def test_what_is_ruled_out_is_no_parent_and_the_reason_says_so():
    base = Telling("base", BASE, hours=0, outlet="Vellmar Lantern")
    tradition = Tradition([base, copy(base, "copy", hours=3)])
    assert ("copy", "base", None) in edges(tradition)
    found = stemma_of(tradition, [("copy", "base")])
    for edge in found.edges:
        assert (edge.child, edge.parent) != (tradition.ids["copy"], tradition.ids["base"])
    reasons = [e for edge in found.edges for e in edge.evidence if "editor" in e.explanation]
    assert [e.explanation for e in reasons] == [
        "An editor ruled that it does not derive from “Vellmar Lantern”."
    ]


def test_a_second_source_is_ruled_out_too():
    first = Telling("first", BASE, hours=0)
    second = Telling("second", OWN, hours=1)
    tradition = Tradition([first, second, merge(first, second, "both", hours=5)])
    assert {p for c, p, _ in edges(tradition) if c == "both"} == {"first", "second"}
    for name in ("first", "second"):
        assert name not in {
            x for c, *others in edges(tradition, [("both", name)]) if c == "both" for x in others
        }


@settings(max_examples=25)
@given(st.integers(0, 50), st.integers(2, 6), st.booleans(), st.data())
def test_no_edge_is_one_that_was_ruled_out(seed, versions, dated, data):
    tradition = random_tradition(seed, versions, dated=dated)
    first, last = tradition.tellings[0], tradition.tellings[-1]
    tradition = Tradition([*tradition.tellings, merge(first, last, "merged", hours=99.0)])
    names = [t.name for t in tradition.tellings]
    pair = st.tuples(st.sampled_from(names), st.sampled_from(names)).filter(lambda p: p[0] != p[1])
    barred = data.draw(st.lists(pair, max_size=12, unique=True))
    found = edges(tradition, barred)
    assert {child for child, *_ in found} >= set(names)
    for child, parent, other in found:
        assert (child, parent) not in barred
        assert (child, other) not in barred
    assert stemma_of(tradition, barred[::-1]) == stemma_of(tradition, barred)


def test_rulings_on_others_change_nothing():
    base = Telling("base", BASE, hours=0)
    tradition = Tradition([base, cut(base, "cut", list(range(10)), hours=1)])
    plain = stemma_of(tradition)
    elsewhere = build(
        tradition.story(), tradition.documents, tradition.rows(), barred=[("sha256:x", "sha256:y")]
    )
    assert elsewhere == plain
