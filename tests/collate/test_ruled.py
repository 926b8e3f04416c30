"""Readings that were ruled not to be the same stand in no row together."""

from hypothesis import given
from hypothesis import strategies as st

from retold.collate.align import align
from retold.collate.apparatus import collate
from retold.collate.ruled import Opposed, differing, divided
from retold.model import Span
from tests.collate.build import documents, stemma
from tests.collate.build import story as story_of
from tests.collate.test_align import BLIND, story


@st.composite
def stories(draw):
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    places = [(v, n) for v, size in enumerate(sizes) for n in range(size)]
    pairs = [(a, b) for a in places for b in places if a[0] < b[0]]
    told = [
        (a, b, draw(st.sampled_from([0.4, 0.6, 0.8, 0.95])))
        for a, b in draw(st.lists(st.sampled_from(pairs), unique=True))
    ]
    several = st.lists(st.sampled_from(places), min_size=2, max_size=2, unique=True)
    return sizes, told, draw(st.lists(several, max_size=3))


@given(stories())
def test_no_row_holds_what_was_ruled_apart_and_nothing_is_lost(case):
    sizes, told, ruled = case
    found, documents = story(sizes, told)
    span = {
        (v, n): documents[f"v{v}"].sentences[n].span for v, s in enumerate(sizes) for n in range(s)
    }
    barred = [(span[tuple(a)], span[tuple(b)]) for a, b in ruled]
    rows = align(found, documents, BLIND, not_same=barred)
    for row in rows:
        assert not any(a in row.spans and b in row.spans for a, b in barred)
        assert 0 <= row.probability <= 1
    assert {s for row in rows for s in row.spans} == set(span.values())
    assert len({row.id for row in rows}) == len(rows)
    assert align(found, documents, BLIND, not_same=barred[::-1]) == rows
    if not barred:
        assert rows == align(found, documents, BLIND)


def test_a_row_is_divided_where_its_evidence_is_weakest():
    told = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.7, (2, 3): 0.95, (0, 3): 0.7, (1, 3): 0.7}
    strengths = {a: {b: told[min(a, b), max(a, b)] for b in range(4) if b != a} for a in range(4)}
    rows = divided([frozenset(range(4)), frozenset({4})], {(0, 3)}, strengths)
    assert rows == [frozenset({0, 1}), frozenset({2, 3}), frozenset({4})]


def test_a_span_stands_for_the_sentence_that_it_has_most_of():
    sentences = [Span("a", 0, 10), Span("a", 11, 20), Span("b", 0, 9)]
    ruled = [(Span("a", 8, 17), Span("b", 2, 4)), (Span("a", 40, 50), Span("b", 0, 9))]
    assert differing(ruled, sentences) == {(1, 2)}


def test_a_part_that_another_row_holds_goes():
    strengths = {0: {1: 0.9}, 1: {0: 0.9, 2: 0.8}, 2: {1: 0.8}}
    assert divided([frozenset({0, 1}), frozenset({0, 1, 2})], [(1, 2)], strengths) == [
        frozenset({0, 1}),
        frozenset({2}),
    ]


FLOODS = (
    "The Isk flooded 40 houses at Vell, the mayor said. “Nobody may go back before the spring,”"
    " Teodora Quill said.",
    "At Vell the Isk flooded 40 houses, the mayor said. “Nobody may go back before the spring,”"
    " Teodora Quill said.",
    "The Isk flooded 40 houses at Vell, said the mayor. “Nobody may go back before the spring,”"
    " said Teodora Quill.",
)


def spans(docs, number):
    """The n-th sentence of each document."""
    return [d.sentences[number].span for d in docs]


def apparatus(docs, not_same=()):
    told, found = story_of(docs), {d.id: d for d in docs}
    rows = align(told, found, not_same=not_same)
    return collate(told, found, rows, stemma(docs), not_same=not_same)


def test_quotations_and_figures_that_are_not_the_same_are_two():
    docs = documents(*FLOODS)
    (quotation,), (figure,) = apparatus(docs).quotations, apparatus(docs).figures
    assert len(quotation.readings) == len(figure.readings) == 3
    a, b, _ = docs
    ruled = [tuple(spans((a, b), n)) for n in range(2)]
    found = apparatus(docs, ruled)
    for items in (found.claims, found.quotations, found.figures):
        assert len(items) > 1
        for item in items:
            assert not {a.id, b.id} <= {r.article for r in item.readings}
    assert found == apparatus(docs, [pair[::-1] for pair in reversed(ruled)])
    elsewhere = [(Span("sha256:x", 0, 4), Span("sha256:y", 0, 4))]
    assert apparatus(docs, elsewhere) == apparatus(docs)


def test_a_ruling_means_what_its_span_mostly_covers():
    ruled = Opposed([(Span("a", 0, 100), Span("b", 10, 20))])
    assert ruled([Span("a", 40, 60)], [Span("b", 10, 25)])
    assert ruled([Span("b", 16, 30)], [Span("a", 90, 105)]) is False
    assert not ruled([Span("a", 40, 60)], [Span("b", 30, 40)])
    assert not Opposed()
