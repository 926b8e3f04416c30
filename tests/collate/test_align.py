"""Rows: everything in, nothing unrelated together, whatever the order."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.collate.align import _sentences, _shared, align
from retold.collate.bundles import second_rows
from retold.collate.linkage import link
from retold.config import CollateConfig
from retold.model import Article, Document, Edit, MatchKind, Sentence, Span, Story, make_match

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


def shared_slowly(match, sentences):
    """Characters that sentences share within the equal runs of a passage: run by run, all pairs."""
    found = Counter()
    bounds = [(match.a.start, match.b.start)]
    for edit in match.edits:
        bounds += [(edit.a.start, edit.b.start), (edit.a.end, edit.b.end)]
    bounds.append((match.a.end, match.b.end))
    for (start, first), (end, last) in zip(bounds[::2], bounds[1::2], strict=True):
        if start >= end or first >= last:
            continue
        scale = (last - first) / (end - start)
        for n, one in enumerate(sentences.spans):
            run = one.overlap(Span(match.a.article, start, end))
            if run:
                low = max(one.start, start) - start
                here, there = first + round(low * scale), first + round((low + run) * scale)
                for m, two in enumerate(sentences.spans):
                    found[n, m] += two.overlap(Span(match.b.article, here, there))
    return +found


@given(st.data())
def test_shared_characters_are_those_of_the_slow_way(data):
    documents = {name: document(name, count) for name, count in (("v0", 4), ("v1", 3))}
    sides = []
    for name, each in documents.items():
        most = len(each.article.text)
        cuts = st.lists(st.integers(0, most), min_size=4, max_size=4)
        sides.append([Span(name, s, e) for s, e in pairwise(sorted(data.draw(cuts)))])
    (a0, a1, a2), (b0, b1, b2) = sides
    match = make_match(
        Span("v0", a0.start, a2.end),
        Span("v1", b0.start, b2.end),
        MatchKind.NEAR,
        0.9,
        "test",
        (Edit(a1, b1),),
    )
    found = _sentences(Story("story:test", tuple(documents), (match,)), documents)
    assert +Counter(_shared([match], found)) == shared_slowly(match, found)


def second_rows_slowly(groups, sentences, strengths, config):
    """Every sentence held against every row that its version lacks."""
    articles, grown = sentences.articles, [set(group) for group in groups]
    for n, own in enumerate(articles):
        fits = []
        for g, group in enumerate(groups):
            versions = {articles[m] for m in group}
            best = {
                v: max(strengths.get(n, {}).get(m, 0.0) for m in group if articles[m] == v)
                for v in versions
            }
            fit, many = sum(sorted(best.values())) / len(best), config.row_second_many
            least = many + (config.row_second - many) / len(versions)
            if own not in versions and any(best.values()) and fit >= least:
                fits.append((-len(versions), -fit, g))
        for _, _, g in sorted(fits)[: config.row_extra]:
            grown[g].add(n)
    unique = {frozenset(group) for group in grown}
    return sorted((g for g in unique if not any(g < other for other in unique)), key=sorted)


@given(st.randoms(use_true_random=False))
def test_second_rows_are_those_of_the_slow_way(rng):
    documents = {f"v{n}": document(f"v{n}", rng.randrange(1, 5)) for n in range(4)}
    sentences = _sentences(Story("story:test", tuple(documents), ()), documents)
    size = len(sentences.articles)
    strengths = {n: {} for n in range(size)}
    for a in range(size):
        for b in range(a):
            if sentences.articles[a] != sentences.articles[b] and rng.random() < 0.5:
                strengths[a][b] = strengths[b][a] = rng.random()
    groups = link(sentences.articles, strengths, CollateConfig())
    found = second_rows(groups, sentences.articles, strengths, CollateConfig())
    assert found == second_rows_slowly(groups, sentences, strengths, CollateConfig())
