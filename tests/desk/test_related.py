"""Stories that have to do with each other are told as they are told of a pile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from retold.desk import Desk, wording
from retold.desk import related as module
from retold.model import Document
from retold.stories import group
from tests.desk.making import DAY, article, numbered
from tests.stories import texts
from tests.stories.test_related import LATER

LAST = (
    "Nine million crowns after the flood: the insurers of Vell have paid, mayor Teodora Quill said"
    " on the market square, two weeks after the river left it."
)
TOLD = [(texts.VELL, 0), (texts.VELL_COPY, 0), (LATER, 8), (LAST, 40), (texts.STRIKE, 1)]
ARTICLES = [
    *(article(text, published=DAY + timedelta(days=days)) for text, days in TOLD),
    *map(numbered, range(12)),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk with a story, two that follow upon it, and others."""
    with Desk.open(tmp_path_factory.mktemp("desk") / "retold.db") as opened:
        opened.add(ARTICLES)
        opened.work(most=0)
        yield opened


def of_pile(articles):
    """The related stories of each article's, as a pile has them: articles, score and words."""
    told = {story.id: story for story in group(map(Document, articles), [])}
    return {
        name: [(told[r.story].articles, r.score, r.explanation) for r in story.related]
        for story in told.values()
        for name in story.articles
    }


def articles_of(desk, number):
    return tuple(sorted(version.id for version in desk.versions(number)))


def test_related_stories_are_those_of_all_articles_as_a_pile(desk):
    expected = of_pile(ARTICLES)
    assert sum(map(bool, expected.values())) >= 4
    for each in ARTICLES:
        found = desk.related(desk.story_of(each.id))
        told = [(articles_of(desk, r.story.number), r.score, r.explanation) for r in found]
        # of equals, either may come first
        assert sorted(told, reverse=True) == sorted(expected[each.id], reverse=True)
        assert [r.score for r in found] == sorted((r.score for r in found), reverse=True)


def test_what_is_compared_is_bounded(desk, monkeypatch):
    told = {n: desk.related(n) for n in map(desk.story_of, (a.id for a in ARTICLES))}
    number, before = max(told.items(), key=lambda item: len(item[1]))
    monkeypatch.setattr(module, "VERSIONS", 1)
    monkeypatch.setattr(module, "MOST", 1)
    desk._related.clear()
    (found,) = desk.related(number)
    assert len(before) > 1
    assert found.story in [each.story for each in before]
    own = len(desk.versions(number))
    monkeypatch.setattr(module, "NEAR", -own)
    desk._related.clear()
    assert desk.related(number) == []


def test_what_is_related_is_worked_out_once_until_a_story_changes(desk, monkeypatch):
    asked = []

    def noted(*words):
        asked.append(words)
        return found(*words)

    found = module.compared
    monkeypatch.setattr(module, "compared", noted)
    desk._related.clear()
    number = desk.story_of(ARTICLES[0].id)
    told = desk.related(number)
    assert desk.related(number) == told
    assert len(asked) == 1
    desk.add([article("A heron was seen on the pier of Low Tarn, the wardens said.")])
    desk.work()
    desk.related(number)
    assert len(asked) == 2


def test_no_story_has_none_related(desk):
    assert desk.related(99) == []
    assert desk.related(1 << 70) == []


def test_the_counts_of_words_are_those_of_the_table(desk):
    with desk.database.read() as connection:
        held = dict(connection.execute("SELECT name, articles FROM term").fetchall())
        asked = [*sorted(held, reverse=True), "no such word", "", 'a "b", c', next(iter(held))]
        assert len(held) > 50
        assert wording.holders(connection, asked) == held
        assert wording.holders(connection, []) == {}
