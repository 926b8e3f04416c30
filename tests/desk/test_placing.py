"""Articles that arrive come into stories as they would among all; stories keep their numbers."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import retold
from retold.desk import Desk, stories, worker
from retold.desk.placing import place
from retold.desk.values import Moved, Worked
from retold.errors import UsageError
from retold.stories import telling
from tests.desk.making import DAY, article
from tests.stories import texts
from tests.stories.test_piles import ISK, PIECES, QUAKE, TAM, reports

ARTICLES = [
    article(text, outlet=f"Outlet {at}", published=DAY + timedelta(hours=at))
    for at, text in enumerate(PIECES)
]


def placed(desk, most=24):
    while place(desk.database, desk.reader, most):
        pass
    return held(desk)


def held(desk):
    """The stories by number, each with the ids of its articles."""
    found = {}
    with desk.database.read() as connection:
        for story, name in connection.execute(
            "SELECT story, id FROM story_article JOIN article ON article.row = article"
        ):
            found.setdefault(story, set()).add(name)
    return found


def shapes(groups):
    return {frozenset(names) for names in groups}


def require_sound(desk):
    """What is kept of stories is what their articles say."""
    found = held(desk)
    with desk.database.read() as connection:
        counts = dict(connection.execute("SELECT name, articles FROM term").fetchall())
        rows = {row["row"]: row for row in connection.execute("SELECT * FROM story")}
        moved = connection.execute("SELECT old, new FROM story_moved").fetchall()
        jobs = {row[0] for row in connection.execute("SELECT story FROM job")}
        dossiers = {row[0] for row in connection.execute("SELECT story FROM dossier")}
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()
        left = connection.execute("SELECT count(*) FROM article WHERE placed = 0").fetchone()[0]
    assert left == 0
    assert rows.keys() == found.keys()
    every = desk.values(name for names in found.values() for name in names)
    config = desk.config.stories
    assert counts == Counter(t for a in every.values() for t in telling(a.text, config))
    for number, names in found.items():
        row = rows[number]
        assert row["versions"] == len(names)
        assert row["outlets"] == len({every[name].outlet for name in names} - {""})
        assert (number in jobs | dossiers) == (len(names) > 1)
    assert not {old for old, _ in moved} & rows.keys()


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.permutations(ARTICLES), st.integers(1, 9))
def test_in_any_order_and_lots_settled_stories_are_those_of_all_at_once(tmp_path, order, lot):
    expected = shapes(s.articles for s in retold.group(ARTICLES))
    path = tmp_path / f"{hash((tuple(a.id for a in order), lot))}.db"
    with Desk.open(path) as desk:
        for first in range(0, len(order), lot):
            desk.add(order[first : first + lot])
            placed(desk, lot)
        require_sound(desk)
        before = held(desk)
        desk.settle()
        require_sound(desk)
        after = held(desk)
        assert shapes(after.values()) == expected
        for number, names in before.items():
            if names in after.values():
                assert after.get(number) == names
        assert desk.settle().changed == 0


def test_placing_gives_the_stories_of_extending_all(desk):
    known = [
        article(text, outlet=f"O{at}", published=DAY)
        for at, text in enumerate([*reports(QUAKE, ISK, 1), *reports(QUAKE, TAM, 2)])
    ]
    new = article(texts.VELL, outlet="New", published=DAY)
    more = article(next(reports(QUAKE, ISK, 5)), outlet="Newer", published=DAY)
    desk.add(known)
    desk.settle()
    before = retold.group(known)
    desk.add([new, more])
    expected = retold.group([*known, new, more], known=before)
    assert shapes(placed(desk).values()) == shapes(s.articles for s in expected)


def test_stories_that_merge_are_found_by_either_number(desk):
    desk.add([article(texts.VELL), article(texts.ORRIN), article(texts.STRIKE)])
    placed(desk)
    assert len(held(desk)) == 3
    with desk.database.write() as connection:
        assert stories.store(connection, {2: {2}, 3: {3}}, {}, [{2, 3}]) == [2]
    assert desk.story(3) == Moved(3, 2)
    with desk.database.write() as connection:
        stories.store(connection, {1: {1}, 2: {2, 3}}, {}, [{1, 2, 3}])
    assert [desk.story(number) for number in (2, 3)] == [Moved(2, 1), Moved(3, 1)]
    assert desk.story(1).versions == 3
    assert [a.number for a in desk.versions(1)] == [1, 2, 3]
    with desk.database.write() as connection:
        stories.store(connection, {1: {1, 2, 3}}, {}, [{1}, {2, 3}])
    assert (desk.story(1).versions, desk.story(4).versions) == (2, 1)
    assert desk.story(99) is None
    assert desk.story(2**70) is None


def test_a_revised_article_leaves_its_story_to_its_revision(desk):
    url = "https://harbour.example/flood"
    first = article(texts.VELL, url=url, outlet="Harbour Post", published=DAY)
    other = article(texts.VELL_REWRITE, outlet="Isk Star", published=DAY)
    desk.add([first, other])
    placed(desk)
    number = desk.story_of(first.id)
    assert desk.story_of(other.id) == number
    later = article(
        f"{texts.VELL} The mayor spoke again.",
        url=url, outlet="Harbour Post", published=DAY + timedelta(hours=2),
    )  # fmt: skip
    desk.add([later])
    placed(desk)
    require_sound(desk)
    assert held(desk)[number] == {later.id, other.id}
    assert desk.story_of(first.id) == desk.story_of(later.id) == number


def test_an_article_alone_keeps_its_number_when_it_is_revised(desk):
    url = "https://harbour.example/strike"
    first = article(texts.STRIKE, url=url, published=DAY)
    desk.add([first])
    placed(desk)
    number = desk.story_of(first.id)
    later = article(f"{texts.STRIKE} Talks go on.", url=url, published=DAY + timedelta(hours=2))
    desk.add([later])
    placed(desk, 1)
    require_sound(desk)
    assert held(desk) == {number: {later.id}}


def test_one_works_and_others_leave_it(desk, path):
    desk.add(ARTICLES[:3])
    with worker.turn(desk.database) as mine, Desk.open(path) as other:
        assert mine
        assert other.work() == Worked(busy=True)
        with pytest.raises(UsageError, match="another process"):
            other.settle()
    assert not held(desk)
    assert desk.work(until_quiet=False) == Worked(placed=3)


def test_many_that_wait_are_grouped_at_once(desk, monkeypatch):
    monkeypatch.setattr(worker, "AT_ONCE", 10)
    monkeypatch.setattr(worker.dossiers, "begin", lambda *_, **__: None)
    desk.add(ARTICLES)
    assert desk.work() == Worked(placed=len(ARTICLES), settled=1)
    require_sound(desk)


def test_stories_are_listed_by_what_is_kept_of_them(desk):
    desk.add(ARTICLES)
    placed(desk)
    every = desk.stories("retold").items
    assert [s.versions for s in every] == sorted((s.versions for s in every), reverse=True)
    assert all(s.versions > 1 and s.waits and s.renewed is None for s in every)
    first = desk.stories("retold", limit=1)
    rest = desk.stories("retold", cursor=first.next, limit=200)
    assert (*first.items, *rest.items) == every
    assert {s.number for s in desk.stories("new").items} == {s.number for s in every}
    assert not desk.stories("altered").items
    assert not desk.stories(since=DAY + timedelta(days=9)).items
    for wrong in ({"order": "best"}, {"cursor": "x"}, {"limit": 0}):
        with pytest.raises(UsageError):
            desk.stories(**wrong)
