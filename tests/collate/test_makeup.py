import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.collate import makeup
from retold.collate.makeup import _Descent
from retold.model import (
    Alternative,
    Derivation,
    Edge,
    HypotheticalAncestor,
    MatchKind,
    Row,
    Span,
    Stemma,
    Story,
    make_match,
)
from tests.reuse.build import document

LEAD = "The ferry to Oddmoor was taken out of service after a crack was found in its hull."
SAID = "The harbour board said that it would stay in dock until an inspector had seen it."
OWN = "Islanders gathered at the pier in the evening and demanded that bread be flown in by Friday."
WIRE = document(f"{LEAD} {SAID}")
COPY = document(f"{LEAD} {SAID} {OWN}")
PART = document(f"{LEAD} Nobody was hurt.")
ALL = {d.id: d for d in (WIRE, COPY, PART)}


def edge(child, parent, probability=0.95, rival=None, decided=True):
    other = Alternative(*rival) if rival else None
    return Edge(f"{child}{parent}", child, parent, probability, 0.9, decided, runner_up=other)


def same(a, b, words, kind=MatchKind.VERBATIM):
    spans = []
    for d in (a, b):
        start = d.article.text.index(words)
        spans.append(Span(d.id, start, start + len(words)))
    return make_match(*spans, kind, 1.0, "test")


MATCHES = (
    same(WIRE, COPY, LEAD),
    same(WIRE, COPY, SAID),
    same(WIRE, PART, LEAD),
    same(COPY, PART, LEAD),
)


def made(*edges, rows=(), unseen=(), matches=MATCHES):
    story = Story("story:1", tuple(sorted(ALL)), tuple(matches))
    hypothetical = tuple(HypotheticalAncestor(u, "an unseen report", 0.8, "") for u in unseen)
    found = makeup(story, ALL, rows, Stemma("story:1", "test", edges, hypothetical))
    assert [m.article for m in found] == list(story.articles)
    return {m.article: m for m in found}


ROOT = edge(WIRE.id, None, 0.9)


def test_a_root_is_not_derived_though_all_of_it_stands_in_others():
    found = made(ROOT, edge(COPY.id, WIRE.id), edge(PART.id, WIRE.id))[WIRE.id]
    assert found.derivation is Derivation.NOT
    assert found.probability == pytest.approx(0.9)
    assert (found.sources, found.own) == ((), 1)


def test_a_copy_with_a_report_of_its_own_is_partially_derived():
    found = made(ROOT, edge(COPY.id, WIRE.id), edge(PART.id, WIRE.id))
    copy, part = found[COPY.id], found[PART.id]
    assert copy.derivation is Derivation.PARTIALLY
    assert copy.decided
    (own,) = (p for p in copy.passages if p.kind is None)
    assert COPY.article.text[own.start : own.end] == OWN
    assert part.derivation is Derivation.WHOLLY  # three words do not make it another report
    assert part.sources == (WIRE.id,)
    for m in found.values():
        assert m.verbatim + m.near + m.rewritten + m.own == pytest.approx(1, abs=1e-12)


def test_what_a_row_says_is_told_in_other_words():
    told = Row("row:1", tuple(sorted((span(COPY, OWN), span(WIRE, SAID)))), 0.8)
    faint = Row("row:1", told.spans, 0.3)
    edges = (ROOT, edge(COPY.id, WIRE.id), edge(PART.id, WIRE.id))
    assert made(*edges, rows=(told,))[COPY.id].derivation is Derivation.WHOLLY
    assert made(*edges, rows=(told,))[COPY.id].rewritten > 0.3
    assert made(*edges, rows=(faint,))[COPY.id].rewritten == 0


def span(of, words):
    start = of.article.text.index(words)
    return Span(of.id, start, start + len(words))


def test_a_doubtful_parent_leaves_the_class_undecided():
    doubt = edge(COPY.id, WIRE.id, 0.5, (None, 0.45), decided=False)
    found = made(ROOT, doubt, edge(PART.id, WIRE.id))[COPY.id]
    assert not found.decided
    assert found.derivation is Derivation.PARTIALLY
    turned = edge(COPY.id, None, 0.5, (WIRE.id, 0.45), decided=False)
    found = made(ROOT, turned, edge(PART.id, WIRE.id))[COPY.id]
    assert (found.derivation, found.probability) == (Derivation.NOT, 0.5)
    assert not found.decided


def test_of_an_unseen_source_is_known_what_its_other_descendants_kept():
    edges = (edge("h", None), edge(WIRE.id, "h"), edge(COPY.id, "h"), edge(PART.id, COPY.id))
    found = made(*edges, unseen=("h",))
    assert found[WIRE.id].own == 0
    assert found[WIRE.id].sources == ("h",)
    assert found[COPY.id].derivation is Derivation.PARTIALLY
    alone = made(ROOT, edge("h", None), edge(COPY.id, "h"), edge(PART.id, WIRE.id), unseen=("h",))
    assert alone[COPY.id].own == 1
    assert not alone[COPY.id].decided  # derived, and nobody knows how far


def test_the_runner_up_is_asked_too():
    sure = edge(COPY.id, WIRE.id, 0.55, (PART.id, 0.4), decided=False)
    found = made(ROOT, sure, edge(PART.id, WIRE.id), matches=[*MATCHES, same(COPY, WIRE, LEAD)])
    assert found[COPY.id].derivation is Derivation.PARTIALLY


def test_two_that_may_each_have_it_from_the_other():
    found = made(
        ROOT,
        edge(COPY.id, PART.id, 0.5, (None, 0.4), decided=False),
        edge(PART.id, COPY.id, 0.5, (None, 0.4), decided=False),
    )
    assert found[PART.id].verbatim > 0.8
    assert found[COPY.id].verbatim > 0.2


NODES = [f"n{i}" for i in range(8)]
links = st.dictionaries(st.sampled_from(NODES), st.sampled_from([None, "h", "g", *NODES]))


@given(links)
def test_the_texts_that_a_version_can_have_its_words_from(parents):
    """Against an oracle that follows every path."""
    parents = {child: p for child, p in parents.items() if p != child}
    edges = tuple(edge(child, p) for child, p in parents.items())
    descent = _Descent(Stemma("s", "test", edges), NODES)

    def above(node):
        seen = []
        while node is not None and node not in seen:
            seen.append(node)
            node = parents.get(node)
        return seen

    for article in NODES:
        direct = set(descent.parents(article))
        wanted = set()
        for node in (n for d in direct for n in above(d)):
            wanted |= {node} if node in NODES else {n for n in NODES if node in above(n)}
        wanted -= {n for n in NODES if article in above(n)} - direct
        assert descent.texts(article, direct) == wanted - {article}
