"""Articles that arrive join the stories that are there, and leave the rest as it was."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

import retold
from eval.groups import bcubed, by_label
from retold.config import StoriesConfig
from retold.model import MatchKind, Span, make_match
from retold.stories import Background, extend, group, telling
from retold.stories.pile import read_pile
from retold.stories.scores import score_pairs
from tests.stories import texts
from tests.stories.test_group import shape
from tests.stories.test_piles import ISK, PIECES, QUAKE, TAM, on, pile, reports

DAY = datetime(2031, 4, 9, tzinfo=UTC)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(len(PIECES))), st.integers(1, 6))
def test_in_any_order_and_lots_the_stories_are_nearly_those_of_all_at_once(order, lot):
    documents, _ = pile(*([text] for text in PIECES))
    expected = group(documents, [])
    arrived, stories = [], []
    for first in range(0, len(order), lot):
        arrived += [documents[at] for at in order[first : first + lot]]
        stories = extend(stories, arrived, [])
        assert sorted(a for s in stories for a in s.articles) == sorted(d.id for d in arrived)
    story, label = ({a: s.id for s in found for a in s.articles} for found in (stories, expected))
    assert bcubed(by_label((label[a], story[a]) for a in label)) > 0.9


def whole(documents):
    """All documents as the background of a few."""
    counts = Counter(term for d in documents for term in telling(d.article.text, StoriesConfig()))
    return Background(len(documents), lambda names: [counts[name] for name in names])


def near(documents):
    """The score of any two documents, and their ids."""
    read = read_pile(documents, [], StoriesConfig())
    graph = score_pairs(read, StoriesConfig())
    place = {name: at for at, name in enumerate(read.ids)}
    return lambda a, b: graph.score(place[a], place[b]), read.ids


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(PIECES))), st.integers(0, len(PIECES) - 1), st.randoms())
def test_among_few_with_their_background_as_among_all(order, split, random):
    documents, _ = pile(*([text] for text in PIECES))
    documents = [documents[at] for at in order]
    known, new = group(documents[:split], []), documents[split:]
    expected = extend(known, documents, [])
    alike = whole(documents)
    assert group(documents, [], background=alike) == group(documents, [])
    scores, ids = near(documents)
    fresh = {d.id for d in new}
    touched = {b for a in fresh for b in ids if scores(a, b) >= StoriesConfig().cut}
    kept = [s for s in known if touched & set(s.articles) or random.random() < 0.5]
    given_ids = {a for s in kept for a in s.articles} | {d.id for d in new}
    few = [d for d in documents if d.id in given_ids]
    found = extend(kept, few, [], background=alike)
    for story in expected:
        if fresh & set(story.articles):
            (same,) = [s for s in found if s.articles == story.articles]
            assert same.merges == story.merges


def test_what_is_not_touched_stays_as_it_was():
    documents, events = pile(
        [texts.VELL, texts.VELL_COPY], [texts.STRIKE], [*reports(QUAKE, TAM, 1)]
    )
    before = group(documents[:5], [])
    after = extend(before, documents, [])
    assert shape(documents, after) == events
    untouched = {s.id: s for s in before}
    for story in after:
        if story.id in untouched:
            assert story.merges == untouched[story.id].merges
    assert len({s.id for s in after} & set(untouched)) == 2
    assert extend(after, documents, []) == after


def test_a_story_whose_articles_are_not_all_given_is_left():
    documents, _ = pile([texts.VELL, texts.VELL_COPY], [texts.STRIKE])
    before = group(documents[:2], [])
    after = extend(before, documents[1:], [])
    assert [s for s in after if len(s.articles) == 2] == before
    assert len(after) == 2


def test_a_division_is_still_told_when_something_else_arrives():
    documents, _ = pile(reports(QUAKE, ISK, 1), reports(QUAKE, TAM, 2), [texts.STRIKE])
    loose = StoriesConfig(cohesion=0, straggler=0, cut=0.08, related_from=0.9)
    before = group(documents[:-1], [], loose)
    assert [r.divided for s in before for r in s.related] == [True, True]
    after = extend(before, documents, [], loose)
    assert len(after) == 3
    assert [r.divided for s in after for r in s.related] == [True, True]


def test_the_api_groups_and_extends_and_lets_updates_replace_what_they_update():
    told = [texts.VELL, texts.VELL_REWRITE, texts.STRIKE]
    articles = [
        retold.article(text, outlet=f"Outlet {at}", url=f"https://o{at}.example/a", published=DAY)
        for at, text in enumerate(told)
    ]
    stories = retold.group(articles)
    assert sorted(len(s.articles) for s in stories) == [1, 2]
    update = retold.article(
        f"{texts.VELL} The mayor spoke again.", outlet="Outlet 0", url="https://o0.example/a#now",
        published=DAY + timedelta(hours=3),
    )  # fmt: skip
    later = retold.group([*articles, update], known=stories)
    assert {a for s in later for a in s.articles} == {a.id for a in (*articles[1:], update)}
    assert sorted(len(s.articles) for s in later) == [1, 2]
    assert later == retold.group([update, *articles[::-1]])
    without = retold.group([articles[0], update], known=stories)  # the other version is not given
    assert {a for s in without for a in s.articles} >= {a.id for a in (articles[1], update)}
    away = make_match(Span(articles[0].id, 0, 9), Span("sha256:0", 0, 9), MatchKind.NEAR, 0.9, "t")
    assert retold.group(articles, matches=[away]) == stories


def test_a_follow_up_that_arrives_is_related():
    documents, _ = pile([texts.VELL, texts.VELL_COPY], [texts.VELL_REWRITE])
    dated = on(documents[:2], DAY) + on(documents[2:], DAY + timedelta(days=20))
    before = group(dated[:2], [])
    first, second = sorted(extend(before, dated, []), key=lambda s: -len(s.articles))
    assert first.related[0].story == second.id
