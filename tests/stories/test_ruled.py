"""What editors rule on stories holds, and touches nothing else."""

from hypothesis import given, settings
from hypothesis import strategies as st

import retold
from retold.model import RuledDate, Rulings
from retold.reuse import find
from retold.rulings import among
from retold.stories import extend, group
from tests.reuse.build import document
from tests.stories import texts
from tests.stories.test_group import shape
from tests.stories.test_piles import PIECES, pile


def vell():
    """Two copies and a rewrite of one flood, two reports of another, a strike."""
    pieces = (
        *(texts.VELL, texts.VELL_COPY, texts.VELL_REWRITE),
        *(texts.ORRIN, texts.ORRIN_REWRITE, texts.STRIKE),
    )
    documents = [document(text, outlet=f"Outlet {n}") for n, text in enumerate(pieces)]
    return documents, find(documents), [d.id for d in documents]


def story_of(stories):
    return {article: story.id for story in stories for article in story.articles}


def test_what_is_ruled_together_is_one_story_that_says_so():
    documents, matches, ids = vell()
    ruled = Rulings(together=((ids[5], ids[3]),))
    stories = group(documents, matches, rulings=ruled)
    assert shape(documents, stories) == {frozenset({0, 1, 2}), frozenset({3, 4, 5})}
    (one,) = [s for s in stories if ids[5] in s.articles]
    assert {one.merges[-1].a, one.merges[-1].b} == {ids[3], ids[5]}
    assert one.merges[-1].explanation.startswith("An editor ruled so.")
    assert len(one.merges) == 2
    (other,) = [s for s in stories if ids[0] in s.articles]
    (before,) = [s for s in group(documents, matches) if ids[0] in s.articles]
    assert (other.merges, other.matches) == (before.merges, before.matches)


def test_what_is_ruled_apart_is_divided_where_the_evidence_is_weakest():
    documents, matches, ids = vell()
    stories = group(documents, matches, rulings=Rulings(apart=((ids[2], ids[0]),)))
    assert shape(documents, stories) == {
        *(frozenset({0, 1}), frozenset({2})),
        *(frozenset({3, 4}), frozenset({5})),
    }
    (alone,) = [s for s in stories if s.articles == (ids[2],)]
    (rest,) = [s for s in stories if ids[0] in s.articles]
    assert [other.story for other in alone.related if other.divided] == [rest.id]


def test_of_contradicting_rulings_apart_goes_before():
    documents, matches, ids = vell()
    pair = (ids[0], ids[1])
    stories = group(
        documents, matches, rulings=among(Rulings(together=(pair,), apart=(pair,)), ids)
    )
    assert story_of(stories)[ids[0]] != story_of(stories)[ids[1]]


@st.composite
def rulings(draw, ids):
    pairs = st.lists(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True))
    made = [tuple(map(tuple, draw(pairs))) for _ in range(2)]
    return among(Rulings(together=made[0][:6], apart=made[1][:6]), ids)


DOCUMENTS, _ = pile(*([text] for text in PIECES))
IDS = [d.id for d in DOCUMENTS]
PLAIN = group(DOCUMENTS, [])


@settings(max_examples=25)
@given(rulings(IDS))
def test_rulings_hold_and_what_they_do_not_touch_stays(ruled):
    stories = group(DOCUMENTS, [], rulings=ruled)
    where, before = story_of(stories), story_of(PLAIN)
    assert sorted(where) == sorted(IDS)
    assert all(where[a] == where[b] for a, b in ruled.together)
    assert all(where[a] != where[b] for a, b in ruled.apart)
    for story in stories:
        assert len(story.merges) == len(story.articles) - 1
    touched = {before[a] for pair in (*ruled.together, *ruled.apart) for a in pair}
    kept = {s.id: (s.articles, s.merges) for s in stories}
    for story in PLAIN:
        if story.id not in touched:
            assert kept[story.id] == (story.articles, story.merges)


@settings(max_examples=15)
@given(rulings(IDS), st.integers(0, len(IDS)))
def test_rulings_hold_where_articles_arrive(ruled, split):
    known = group(DOCUMENTS[:split], [])
    where = story_of(extend(known, DOCUMENTS, [], rulings=ruled))
    assert sorted(where) == sorted(IDS)
    assert all(where[a] == where[b] for a, b in ruled.together)
    assert all(where[a] != where[b] for a, b in ruled.apart)


def test_the_public_function_takes_rulings_and_maps_them_to_the_latest_text():
    url = "https://harbour.example/flood"
    first = retold.article(texts.VELL, outlet="Harbour Post", url=url)
    later = retold.article(f"{texts.VELL} The mayor spoke again at noon.", outlet="H", url=url)
    strike = retold.article(texts.STRIKE, outlet="Isk Star")
    plain = retold.group([first, later, strike])
    assert len(plain) == 2
    (latest,) = {a for s in plain for a in s.articles} - {strike.id}
    (earlier,) = {first.id, later.id} - {latest}
    ruled = Rulings(together=((earlier, strike.id),))
    (one,) = retold.group([first, later, strike], rulings=ruled)
    assert set(one.articles) == {latest, strike.id}
    dated = Rulings(dates=(RuledDate(strike.id, None),))
    assert retold.group([first, later, strike], rulings=dated) == plain
