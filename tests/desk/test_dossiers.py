"""In which order the dossiers that wait are made, and what becomes of those that fail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from retold.desk import Desk, dossiers, stories, times
from tests.desk.making import DAY, article

SECOND = 10**6


@pytest.fixture
def desk(tmp_path):
    """A desk of six stories of two versions, the later told later, all of whose dossiers wait."""
    with Desk.open(tmp_path / "retold.db") as opened:
        texts = [f"{at} of {story}" for story in range(6) for at in range(2)]
        opened.add(article(text, published=DAY) for text in texts)
        groups = [{at, at + 1} for at in range(1, 13, 2)]
        with opened.database.write() as connection:
            stories.store(connection, {}, {}, groups)
            connection.execute("UPDATE article SET placed = 1")
            connection.execute("UPDATE story SET last = row, grown = 0")
            connection.execute("UPDATE job SET since = story")
        yield opened


def change(desk, statement, *given):
    with desk.database.write() as connection:
        connection.execute(statement, given)


def order(desk, **given):
    """Begin all that can be; return the stories in the order in which they are taken."""
    taken = []
    with desk.database.write() as connection:
        while job := dossiers.begin(connection, but=taken, **given):
            taken.append(job.story)
    return taken


def test_the_latest_come_first_and_those_of_many_versions_after_them(desk):
    change(desk, "UPDATE story SET versions = ? WHERE row = 5", dossiers.QUICK + 1)
    assert order(desk) == [6, 4, 3, 2, 1, 5]


def test_one_of_very_many_words_comes_last(desk):
    change(desk, "UPDATE article SET words = ? WHERE row IN (11, 12)", dossiers.LARGE)
    assert order(desk) == [5, 4, 3, 2, 1, 6]


def test_the_one_that_waited_longest_is_asked_for_but_not_a_large_one(desk):
    change(desk, "UPDATE job SET since = 10 - story")
    change(desk, "UPDATE article SET words = ? WHERE row IN (11, 12)", dossiers.LARGE)
    assert order(desk, longest=True) == [5, 4, 3, 2, 1, 6]


def test_a_story_that_grows_lets_others_go_before_for_a_while(desk):
    now = times.now()
    change(desk, "UPDATE story SET grown = ? WHERE row IN (5, 6)", now)
    change(desk, "UPDATE job SET since = ? WHERE story = 6", now - SECOND)
    change(desk, "UPDATE job SET since = ? WHERE story = 5", now - dossiers.COOL - SECOND)
    assert order(desk) == [5, 4, 3, 2, 1, 6]


def test_each_so_many_the_worker_takes_the_one_that_waited_longest(desk, monkeypatch):
    asked = []
    begin = dossiers.begin

    def begun(connection, *, longest, but):
        asked.append(longest)
        return begin(connection, longest=longest, but=but)

    monkeypatch.setattr(dossiers, "begin", begun)
    monkeypatch.setattr(dossiers, "_articles", lambda *_: [])
    assert desk.work().renewed == 6
    assert asked == [False, False, False, True, False, False, False]


def test_what_fails_is_told_and_left_after_some_tries(desk, monkeypatch):
    assert desk.failed() == []

    def fail(*_, **__):
        raise ValueError("words of an article")

    monkeypatch.setattr(dossiers, "examine", fail)
    monkeypatch.setattr(dossiers.documents, "make", lambda *_: {})
    assert desk.work().renewed == 6 * dossiers.TRIES
    found = desk.failed()
    assert sorted(each.number for each in found) == [1, 2, 3, 4, 5, 6]
    assert {(each.tries, each.versions) for each in found} == {(dossiers.TRIES, 2)}
    assert all(each.fault.startswith("ValueError in test_dossiers.py") for each in found)
    with desk.database.write() as connection:
        stories.ask(connection, 3)
    assert 3 not in [each.number for each in desk.failed()]


def test_books_are_not_compared_and_nothing_of_them_is_read(desk, monkeypatch):
    change(desk, "UPDATE article SET words = 300000 WHERE row IN (3, 4)")
    change(desk, "UPDATE article SET words = 50000 WHERE row IN (5, 6)")
    read = []
    monkeypatch.setattr(dossiers, "_articles", lambda _, story: read.append(story) or [])
    assert desk.work().renewed == 5 + dossiers.TRIES
    (found,) = desk.failed()
    assert found.number == 2
    assert found.fault == "too long to be compared: 300,000 words in one version, 600,000 in all"
    assert sorted(read) == [1, 3, 4, 5, 6]


def test_a_story_at_which_the_process_ended_is_told_without_a_fault(desk):
    change(desk, "UPDATE job SET tries = ? WHERE story = 2", dossiers.TRIES)
    (found,) = desk.failed()
    assert (replace(found, tried=None, title="")) == dossiers.Failed(2, "", 2, 3, None, "")
    assert desk.waiting().failed == 1
