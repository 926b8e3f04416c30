from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.collate.versions import versions
from retold.config import CollateConfig
from retold.model import Edit, MatchKind, Passage, Span, Story, make_match
from retold.text import words
from tests.reuse.build import document

TEXT = "The owls left Vell. “Nobody knows why,” said Ansa Merrow.\n\nThe herons stayed."
OTHER = document("Owls have gone from Vell, and the herons did not follow them there.")
MINE = document(TEXT)


def span(part, of=MINE):
    start = of.article.text.index(part)
    return Span(of.id, start, start + len(part))


def match(part, kind, score=1.0, other="Owls"):
    return make_match(span(part), span(other, OTHER), kind, score, "test")


def version(*matches, mine=MINE, config=None):
    story = Story("story:1", tuple(sorted((mine.id, OTHER.id))), tuple(matches))
    found = versions(story, {mine.id: mine, OTHER.id: OTHER}, config)
    assert [v.article for v in found] == list(story.articles)
    return next(v for v in found if v.article == mine.id)


def cut(found):
    return [(TEXT[p.start : p.end], p.kind) for p in found.passages]


def test_a_version_alone_is_all_its_own():
    found = version()
    assert (found.words, found.own) == (13, 1)
    assert found.passages == (Passage(0, len(TEXT), None),)


def test_punctuation_goes_with_its_word():
    found = version(match("Nobody knows why", MatchKind.NEAR, 0.8))
    assert cut(found) == [
        ("The owls left Vell.", None),
        ("“Nobody knows why,”", MatchKind.NEAR),
        ("said Ansa Merrow.\n\nThe herons stayed.", None),
    ]
    assert found.near == pytest.approx(3 / 13, abs=1e-4)


def test_the_better_kind_wins_then_the_score_then_the_length():
    rewrite = match("The owls left Vell. “Nobody knows why,”", MatchKind.REWRITE, 0.99)
    near = match("left Vell. “Nobody", MatchKind.NEAR, 0.7)
    verbatim = match("Nobody", MatchKind.VERBATIM)
    found = version(rewrite, near, verbatim)
    assert [(TEXT[p.start : p.end], p.kind, p.match) for p in found.passages] == [
        ("The owls", MatchKind.REWRITE, rewrite.id),
        ("left Vell.", MatchKind.NEAR, near.id),
        ("“Nobody", MatchKind.VERBATIM, verbatim.id),
        ("knows why,”", MatchKind.REWRITE, rewrite.id),
        ("said Ansa Merrow.\n\nThe herons stayed.", None, ""),
    ]
    low, high = match("owls left", MatchKind.NEAR, 0.7), match("left Vell", MatchKind.NEAR, 0.8)
    assert [p.match for p in version(low, high).passages] == ["", low.id, high.id, ""]
    short, long = (
        match("owls left", MatchKind.VERBATIM),
        match("owls left Vell", MatchKind.VERBATIM),
    )
    assert [p.match for p in version(short, long).passages] == ["", long.id, ""]


def test_long_stretches_between_edits_are_verbatim():
    edit = Edit(span("why"), span("Owls", OTHER))
    whole = make_match(span(TEXT), span("Owls", OTHER), MatchKind.NEAR, 0.9, "test", (edit,))
    pieces = [
        ("The owls left Vell. “Nobody knows", MatchKind.VERBATIM, whole.id),
        ("why,”", MatchKind.NEAR, whole.id),
        ("said Ansa Merrow.\n\nThe herons stayed.", MatchKind.VERBATIM, whole.id),
    ]
    found = version(whole, config=CollateConfig(verbatim_words=6))
    assert [(TEXT[p.start : p.end], p.kind, p.match) for p in found.passages] == pieces
    assert found.near == pytest.approx(1 / 13, abs=1e-4)
    strict = version(whole, config=CollateConfig(verbatim_words=7))
    assert [p.kind for p in strict.passages] == [MatchKind.NEAR]


def test_shares_sum_to_one():
    found = version(
        match("The owls left", MatchKind.VERBATIM),
        match("Nobody knows", MatchKind.NEAR, 0.8),
        match("herons stayed", MatchKind.REWRITE, 0.8),
    )
    shares = (found.verbatim, found.near, found.rewritten, found.own)
    assert shares == (0.2308, 0.1539, 0.1538, 0.4615)
    assert sum(shares) == pytest.approx(1, abs=1e-12)


def test_asides_are_painted_but_not_counted():
    mine = document(TEXT, asides=("The herons stayed.",))
    whole = make_match(Span(mine.id, 0, len(TEXT)), span("Owls", OTHER), MatchKind.VERBATIM, 1, "t")
    lead = make_match(Span(mine.id, 0, 19), span("Owls", OTHER), MatchKind.VERBATIM, 1, "t")
    assert version(lead, mine=mine).words == 10
    assert version(lead, mine=mine).verbatim == pytest.approx(0.4)
    assert version(whole, mine=mine).passages[-1].end == len(TEXT)
    only = document(TEXT, asides=(TEXT,))
    assert version(mine=only).words == 13


@pytest.mark.parametrize("text", ["", "  \n ", "?!", " … "])
def test_texts_without_words(text):
    mine = document(text)
    found = version(mine=mine)
    assert (found.words, found.own) == (0, 1)
    assert [text[p.start : p.end] for p in found.passages] == [text.strip()] * bool(text.strip())


spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30), st.sampled_from(MatchKind))


@given(st.lists(spans, max_size=6))
def test_passages_cover_the_text_once(chosen):
    matches = [
        make_match(
            Span(MINE.id, start, min(len(TEXT), start + length)), span("Owls", OTHER), kind, 1, "t"
        )
        for start, length, kind in chosen
    ]
    found = version(*matches)
    assert found == version(*matches[::-1])
    for before, after in pairwise(found.passages):
        assert before.end <= after.start
        assert not TEXT[before.end : after.start].strip()
        assert (before.kind, before.match) != (after.kind, after.match)
    assert (found.passages[0].start, found.passages[-1].end) == (0, len(TEXT))
    assert found.verbatim + found.near + found.rewritten + found.own == pytest.approx(1, abs=1e-12)
    best = {MatchKind.VERBATIM: 0, MatchKind.NEAR: 1, MatchKind.REWRITE: 2}
    for word in words(TEXT):
        over = [
            m.kind
            for m in matches
            for s in (m.a, m.b)
            if s.article == MINE.id and s.start <= word.start and word.end <= s.end
        ]
        (owner,) = [p.kind for p in found.passages if p.start <= word.start and word.end <= p.end]
        assert owner == min(over, key=lambda kind: best[kind], default=None)
