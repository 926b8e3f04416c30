"""Rewritten sentences are found, unrelated ones are not, whatever the order."""

import random
from dataclasses import replace

import pytest

from retold import annotate
from retold.config import RewriteConfig
from retold.model import Article, MatchKind, Span, article_id, make_match, rounded
from retold.rewrite import Scorer, find, scored, terms, vectors
from retold.rewrite.neighbours import article_pairs
from retold.rewrite.stems import stem

FIRST = """The ferry Maren Dawl left Ostrel before dawn with 212 people on board.
A fire broke out in its engine room about forty minutes later, the coast guard said.
Rescue boats brought 198 passengers and crew back to the harbour.
Minister Ilse Corvane promised an independent inquiry into the disaster.
The tragedy underscores the complex interplay of ageing ships and growing demand.
Whether it will lead to lasting change remains uncertain."""
SECOND = """Before sunrise the Maren Dawl had sailed from Ostrel, with 212 people on board.
Boats brought 198 of the passengers and crew back to the harbour of Ostrel.
An independent inquiry into the disaster was promised by Ilse Corvane, the minister.
The cafe on the pier sold more soup on that day than in all of February.
The vote in the council underscores the complex interplay of money and power.
Whether the team will find a new coach in time remains uncertain."""


def documents(*texts):
    return annotate.annotate([Article(article_id(t), t, language="en") for t in texts])


@pytest.fixture(scope="module")
def pile():
    return documents(FIRST, SECOND)


def told(pile, matches):
    by_id = {d.id: d for d in pile}
    lines = {t: n for n, t in enumerate(FIRST.split("\n") + SECOND.split("\n"))}
    return {tuple(sorted(lines[by_id[s.article].text_of(s)] for s in (m.a, m.b))) for m in matches}


def test_rewrites_are_found_and_commonplaces_are_not(pile):
    matches = find(pile, [])
    assert told(pile, matches) == {(0, 6), (2, 7), (3, 8)}
    assert all(
        m.kind is MatchKind.REWRITE and RewriteConfig().accept <= m.score <= 1 for m in matches
    )


def test_order_makes_no_difference(pile):
    assert find(pile, []) == find(pile[::-1], [])


def test_passages_found_already_are_left_out(pile):
    a, b = pile
    s, t = a.sentences[2].span, next(x.span for x in b.sentences if "198" in b.text_of(x.span))
    if "198" not in a.text_of(s):
        s, t = t, s
        s = next(x.span for x in a.sentences if "198" in a.text_of(x.span))
        t = next(x.span for x in b.sentences if "198" in b.text_of(x.span))
    known = make_match(s, t, MatchKind.NEAR, 0.9, "test")
    assert (2, 7) not in told(pile, find(pile, [known]))
    elsewhere = make_match(Span(a.id, 0, 5), Span(b.id, 0, 5), MatchKind.NEAR, 0.9, "test")
    assert (2, 7) in told(pile, find(pile, [elsewhere]))


def test_without_the_model_words_still_find_something(pile, monkeypatch):
    monkeypatch.setattr(vectors, "fault", lambda: "gone")
    matches = find(pile, [], RewriteConfig(accept=0.3))
    assert (2, 7) in told(pile, matches)
    assert not {(4, 10), (5, 11)} & told(pile, matches)
    assert {m.method for m in matches} == {"terms"}


def test_scorer_is_symmetric_and_order_independent(pile):
    one, other = Scorer(pile), Scorer(pile[::-1])
    for i in range(6):
        for j in range(6):
            assert one.probability((0, i), (1, j)) == one.probability((1, j), (0, i))
            assert one.probability((0, i), (1, j)) == other.probability((1, i), (0, j))


def test_few_articles_find_nothing(pile):
    assert find([], []) == []
    assert find(pile[:1], []) == []


def test_large_piles_compare_neighbours_only():
    rng = random.Random(5)
    nouns = ["otter", "glacier", "trombone", "parliament", "volcano", "herring", "cathedral"]
    texts = [
        f"The {noun} of {rng.choice(nouns)} number {n} surprised the {noun} keepers of Velm."
        for n, noun in enumerate(nouns * 2)
    ]
    pile = documents(*texts)
    contents = [[s.content for s in article] for article in Scorer(pile).said]
    everything = article_pairs(contents, RewriteConfig())
    near = article_pairs(contents, RewriteConfig(all_pairs=2, neighbours=2, common=0.5))
    assert len(everything) == 14 * 13 // 2
    assert set(near) < set(everything)
    assert len(near) <= 14 * 2


def test_forms_of_one_word_meet():
    assert stem("liberated") == stem("liberation")
    assert stem("creates") == stem("creation")
    assert stem("election") != stem("electricity")


def test_what_is_scored_is_what_is_found(pile):
    weak = RewriteConfig(accept=0.05)
    found = find(pile, [], weak)
    assert len(found) > len(find(pile, []))
    assert scored(pile, [], weak) == [(match.a, match.b, match.score) for match in found]
    assert [match.score for match in found] == [rounded(match.score) for match in found]


def test_what_a_text_says_is_asked_anew_where_it_was_annotated_otherwise(pile):
    bare = replace(pile[0], names=(), figures=(), dates=())
    assert hash(bare) == hash(pile[0])
    assert terms.contents(bare) != terms.contents(pile[0])
    again = replace(bare, names=pile[0].names, figures=pile[0].figures, dates=pile[0].dates)
    assert terms.contents(again) == terms.contents(pile[0])
