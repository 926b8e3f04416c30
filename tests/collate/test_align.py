"""Rows: everything in, nothing unrelated together, whatever the order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.collate.align import _link, _Sentences, align
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


def slow_link(sentences, strengths, config):
    """Average link as plain as can be: every mean afresh from the sentences, after every join."""
    groups = [frozenset([n]) for n in range(len(sentences.spans))]

    def by_version(group):
        return {v: [n for n in group if sentences.articles[n] == v] for v in sentences.by_article}

    def best(one, two):
        return max((strengths.get(a, {}).get(b, 0.0) for a in one for b in two), default=0.0)

    def joins(g, h):
        one = {v: members for v, members in by_version(g).items() if members}
        two = {v: members for v, members in by_version(h).items() if members}
        means = [best(a, b) for u, a in one.items() for v, b in two.items() if u != v]
        mean = round(sum(means) / len(means), 9) if means else 0.0
        linked = any(b in strengths.get(a, {}) for a in g for b in h)
        many = config.row_link_many
        enough = mean >= many + (config.row_link - many) / (len(one) * len(two))
        both = one.keys() & two.keys()
        apart = len(both) > max(1.0, config.row_spread * min(len(one), len(two))) or any(
            min(abs(a - b) for a in one[v] for b in two[v]) > config.row_reach
            or len(one[v]) + len(two[v]) > config.row_sentences
            for v in both
        )
        return mean, linked and enough and not apart

    while True:
        found = []
        for g in groups:
            for h in groups:
                if min(g) < min(h):
                    mean, allowed = joins(g, h)
                    if allowed:
                        found.append((-mean, min(g), min(h), g, h))
        if not found:
            return sorted(groups, key=sorted)
        *_, g, h = min(found)
        groups = [x for x in groups if x not in (g, h)] + [g | h]


linked = st.lists(
    st.tuples(pair, pair, st.integers(1, 16)).filter(lambda t: t[0][0] != t[1][0]), max_size=40
)


@given(linked)
def test_average_link_is_the_slow_one(told):
    names = [f"v{n}" for n in range(4)]
    spans = [Span(name, 10 * n, 10 * n + 9) for name in names for n in range(4)]
    places = {name: range(4 * n, 4 * n + 4) for n, name in enumerate(names)}
    starts = {name: [0, 10, 20, 30] for name in names}
    sentences = _Sentences(spans, places, starts, [span.article for span in spans])
    strengths = {}
    for (u, i), (v, j), sixteenths in told:
        a, b = 4 * u + i, 4 * v + j
        strengths.setdefault(a, {})[b] = strengths.setdefault(b, {})[a] = sixteenths / 16
    config = CollateConfig()
    assert _link(sentences, strengths, config) == slow_link(sentences, strengths, config)
