from itertools import permutations

import pytest

from retold.config import StoriesConfig
from retold.model import MatchKind, Span, identify, make_match
from retold.reuse import find
from retold.stories import group
from tests.reuse.build import document
from tests.stories import texts


def told(*pieces):
    documents = [document(text, outlet=f"Outlet {n}") for n, text in enumerate(pieces)]
    return documents, group(documents, find(documents))


def shape(documents, stories):
    """The stories as sets of the numbers of their articles."""
    number = {d.id: n for n, d in enumerate(documents)}
    return {frozenset(number[a] for a in story.articles) for story in stories}


def test_copies_and_rewrites_are_one_story_and_others_are_not():
    documents, stories = told(
        texts.VELL,
        texts.VELL_COPY,
        texts.VELL_REWRITE,
        texts.ORRIN,
        texts.ORRIN_REWRITE,
        texts.STRIKE,
    )
    assert shape(documents, stories) == {frozenset({0, 1, 2}), frozenset({3, 4}), frozenset({5})}


@pytest.mark.parametrize("other", [texts.ORRIN, texts.ORRIN_REWRITE, texts.STRIKE])
def test_two_floods_stay_apart_one_report_of_each(other):
    documents, stories = told(texts.VELL, other)
    assert shape(documents, stories) == {frozenset({0}), frozenset({1})}


def test_a_paragraph_of_background_does_not_make_one_story():
    documents, stories = told(texts.PRISONERS, texts.TURBINES)
    assert find(documents), "the background itself is a match"
    assert shape(documents, stories) == {frozenset({0}), frozenset({1})}


def test_more_than_background_does():
    shared = texts.PRISONERS
    lead = "In the capital the day began with bells, and the bakers opened late for once."
    documents, stories = told(shared, f"{lead} {shared}")
    assert shape(documents, stories) == {frozenset({0, 1})}


def test_every_article_has_one_story_and_stories_keep_their_own_matches():
    documents, stories = told(
        texts.VELL, texts.VELL_COPY, texts.PRISONERS, texts.TURBINES, texts.STRIKE
    )
    assert sorted(a for s in stories for a in s.articles) == sorted(d.id for d in documents)
    for story in stories:
        assert story.id == identify("story", *story.articles)
        assert list(story.articles) == sorted(story.articles)
        assert len(story.merges) == len(story.articles) - 1
        for match in story.matches:
            assert {match.a.article, match.b.article} <= set(story.articles)
    crossing = [m for m in find(documents) if all(m not in s.matches for s in stories)]
    assert len(crossing) == 1


def test_the_order_of_articles_and_matches_makes_no_difference():
    documents = [
        document(t) for t in (texts.VELL, texts.VELL_COPY, texts.VELL_REWRITE, texts.ORRIN)
    ]
    matches = find(documents)
    expected = group(documents, matches)
    for order in permutations(documents):
        assert group(order, matches[::-1]) == expected


def test_a_merge_says_what_is_shared():
    documents, (story,) = told(texts.VELL, texts.VELL_COPY, texts.VELL_REWRITE)
    first, second = story.merges
    assert {first.a, first.b} == {documents[0].id, documents[1].id}
    assert first.score > second.score
    assert "the same passage (42 words, up to 93% of a text)" in first.explanation
    assert "“quill”" in first.explanation
    assert "“73”" in first.explanation
    assert first.matches == tuple(m.id for m in story.matches)
    assert "joining 1 article and 2 articles" in second.explanation


def test_names_that_were_annotated_are_named():
    pieces = (texts.VELL, texts.VELL_COPY)
    documents = [document(text, names=("Teodora Quill", "Isk")) for text in pieces]
    (story,) = group(documents, find(documents))
    assert "the names Isk and Teodora Quill" in story.merges[0].explanation


def test_aliases_of_a_name_meet():
    from dataclasses import replace

    pieces = (
        "Krasnova fell to the League on Monday, and its garrison marched out singing",
        "Pokrel has new masters since Monday; the League let its defenders go",
    )
    plain = [document(text) for text in pieces]
    named = []
    for text, name in zip(pieces, ("Krasnova", "Pokrel"), strict=True):
        base = document(text, names=(name,))
        named.append(replace(base, names=(replace(base.names[0], entity="Krasnova"),)))
    config = StoriesConfig(cut=0.2)
    assert len(group(plain, [], config)) == 2
    assert len(group(named, [], config)) == 1


def test_rewritten_sentences_bring_articles_together():
    a = document("A tanker of the Northshore Line ran aground off Cape Merrow. Its crew is safe.")
    b = document("Sailors were winched from a stranded ship near the headland. All survived.")
    assert len(group([a, b], [])) == 2
    middle_a, middle_b = a.article.text.index(" Its"), b.article.text.index(" All")
    matches = [
        make_match(Span(a.id, 0, middle_a), Span(b.id, 0, middle_b), MatchKind.REWRITE, 0.9, "t"),
        make_match(
            Span(a.id, middle_a + 1, len(a.article.text)),
            Span(b.id, middle_b + 1, len(b.article.text)),
            MatchKind.REWRITE,
            0.8,
            "t",
        ),
    ]
    (story,) = group([a, b], matches)
    assert story.merges[0].matches == tuple(m.id for m in matches)
    assert "2 sentences told in other words" in story.merges[0].explanation


def test_asides_bring_nothing_together():
    caption = "The lighthouse of Dunmoor at sunset, seen from the deck of the mail boat Hesper"
    pieces = (f"{texts.STRIKE} {caption}", f"{caption} {texts.ORRIN}")
    documents = [document(text, asides=(caption,)) for text in pieces]
    assert len(group(documents, [])) == 2
    pieces = (f"{caption} Wool is dear.", f"{caption} Owls returned.")
    documents = [document(text) for text in pieces]
    assert len(group(documents, find(documents))) == 1
    documents = [document(text, asides=(caption,)) for text in pieces]
    assert len(group(documents, find(documents))) == 2


@pytest.mark.parametrize("text", ["", "?!", "the of and", "\ud800"])
def test_odd_articles_are_stories_of_their_own(text):
    documents, stories = told(text, texts.VELL)
    assert shape(documents, stories) == {frozenset({0}), frozenset({1})}


def test_no_articles_no_stories():
    assert group([], []) == []


def test_equal_articles_are_one_story():
    _, (story,) = told(*[texts.VELL] * 4)
    assert len(story.articles) == 4
    assert {merge.score for merge in story.merges} == {1.0}


def test_the_seeds_are_one_story(seeds):
    documents = [document(p.read_text(encoding="utf-8")) for p in sorted(seeds.glob("*.txt"))]
    (story,) = group(documents, find(documents))
    assert len(story.articles) == 5
