"""Rows: everything in, nothing unrelated together, whatever the order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.collate.align import align
from retold.config import CollateConfig
from retold.model import Article, Document, MatchKind, Sentence, Span, Story, make_match

BLIND = replace(CollateConfig(), row_judged=0)
"""Rows from the matches alone: the sentences of these tests have no words to compare."""


def document(name, count):
    text = "\n".join(f"{name} sentence {n}." for n in range(count))
    length = len(text.split("\n")[0]) + 1
    spans = [Span(name, n * length, (n + 1) * length - 1) for n in range(count)]
    return Document(Article(name, text), tuple(Sentence(s, n, (0, 0)) for n, s in enumerate(spans)))


def story(sizes, told):
    """``told`` holds ((version, sentence), (version, sentence), probability)."""
    documents = {f"v{n}": document(f"v{n}", size) for n, size in enumerate(sizes)}
    matches = []
    for (u, i), (v, j), p in told:
        a, b = documents[f"v{u}"].sentences[i].span, documents[f"v{v}"].sentences[j].span
        matches.append(make_match(a, b, MatchKind.REWRITE, p, "test"))
    return Story("story:test", tuple(sorted(documents)), tuple(matches)), documents


def rows(sizes, told, config=BLIND):
    found, documents = story(sizes, told)
    place = {
        s.span: (int(name[1:]), n)
        for name, d in documents.items()
        for n, s in enumerate(d.sentences)
    }
    return [tuple(sorted(place[s] for s in row.spans)) for row in align(found, documents, config)]


def test_unmatched_sentences_are_rows_of_their_own():
    assert sorted(rows([2, 1], [])) == [((0, 0),), ((0, 1),), ((1, 0),)]


def test_matched_sentences_share_a_row():
    found = rows([2, 2, 2], [((0, 0), (1, 0), 0.9), ((1, 0), (2, 1), 0.9), ((0, 0), (2, 1), 0.8)])
    assert ((0, 0), (1, 0), (2, 1)) in found


def test_chain_does_not_pull_strangers_together():
    chain = [((n, 0), (n + 1, 0), 0.8) for n in range(5)]
    assert max(len({v for v, _ in row}) for row in rows([1] * 6, chain)) <= 3


def test_two_things_in_one_sentence_stand_in_two_rows():
    told = [
        ((0, 0), (1, 0), 0.95),
        ((0, 0), (1, 4), 0.9),
        ((0, 0), (2, 0), 0.95),
        ((0, 0), (2, 4), 0.9),
        ((1, 0), (2, 0), 0.95),
        ((1, 4), (2, 4), 0.9),
    ]
    found = rows([1, 5, 5], told)
    assert ((0, 0), (1, 0), (2, 0)) in found
    assert ((0, 0), (1, 4), (2, 4)) in found


def test_distant_sentences_of_a_version_do_not_share_a_row():
    found = rows([1, 9], [((0, 0), (1, 0), 0.9), ((0, 0), (1, 8), 0.6)])
    assert not any({(1, 0), (1, 8)} <= set(row) for row in found)


def test_neighbouring_sentences_of_one_version_may():
    told = [((0, 0), (1, 0), 0.9), ((0, 0), (1, 1), 0.8)]
    assert ((0, 0), (1, 0), (1, 1)) in rows([1, 2], told)


def test_passage_joins_the_sentences_that_it_covers():
    found, documents = story([3, 3], [])
    whole = [Span(name, 0, len(documents[name].article.text)) for name in ("v0", "v1")]
    match = make_match(*whole, MatchKind.VERBATIM, 1.0, "test")
    aligned = align(replace(found, matches=(match,)), documents, BLIND)
    assert [len(row.spans) for row in aligned] == [2, 2, 2]
    assert {row.probability for row in aligned} == {1.0}


pair = st.tuples(st.integers(0, 3), st.integers(0, 3))
told_pairs = st.lists(
    st.tuples(pair, pair, st.floats(0.1, 1.0)).filter(lambda t: t[0][0] != t[1][0]), max_size=24
)


@given(told_pairs, st.randoms(use_true_random=False))
def test_rows_cover_everything_in_any_order(told, rng):
    found, documents = story([4] * 4, told)
    aligned = align(found, documents, BLIND)
    everything = {s.span for d in documents.values() for s in d.sentences}
    assert {span for row in aligned for span in row.spans} == everything
    assert len({row.id for row in aligned}) == len(aligned)
    assert all(0 <= row.probability <= 1 for row in aligned)
    strong = {frozenset((m.a, m.b)) for m in found.matches}
    for row in aligned:
        # nobody stands in a row without a match to a member
        for span in row.spans:
            assert len(row.spans) == 1 or any(frozenset((span, o)) in strong for o in row.spans)
    shuffled = list(found.matches)
    rng.shuffle(shuffled)
    again = Story(found.id, found.articles[::-1], tuple(shuffled))
    assert align(again, dict(reversed(documents.items())), BLIND) == aligned


def test_rows_read_in_story_order():
    found = rows([4, 2], [((0, 1), (1, 0), 0.9)])
    assert found == [((0, 0),), ((0, 1), (1, 0)), ((1, 1),), ((0, 2),), ((0, 3),)]


def test_empty_story():
    assert align(Story("story:none", ()), {}, BLIND) == ()
    with pytest.raises(KeyError):
        align(Story("story:gone", ("missing",)), {}, BLIND)
