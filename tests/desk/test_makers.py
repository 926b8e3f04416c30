"""Dossiers that several processes make are those that one makes."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from datetime import timedelta
from typing import ClassVar

import pytest

from retold.desk import Desk, dossiers, makers, stories
from retold.desk.makers import Makers
from retold.pipeline import examine
from tests.desk.making import DAY, article
from tests.desk.test_told import timeless
from tests.stories import texts

PAIRS = [(texts.VELL, texts.VELL_COPY), (texts.ORRIN, texts.ORRIN_REWRITE)]


@pytest.fixture
def desk(tmp_path):
    """A desk of two stories of two versions, whose dossiers wait."""
    made = [
        article(text, published=DAY + timedelta(days=90 * at, hours=hour))
        for at, pair in enumerate(PAIRS)
        for hour, text in enumerate(pair)
    ]
    with Desk.open(tmp_path / "retold.db") as opened:
        opened.add(made)
        opened.work(most=0)
        assert opened.waiting().dossiers == 2
        yield opened


@pytest.fixture(autouse=True)
def _started_for_few(monkeypatch):
    monkeypatch.setattr(makers, "SHARE", 1)


def test_for_a_few_no_process_is_started(desk, monkeypatch):
    monkeypatch.setattr(makers, "SHARE", 2)
    monkeypatch.setattr(makers, "ProcessPoolExecutor", None)
    monkeypatch.setattr(dossiers, "_articles", lambda *_: [])
    assert desk.work(processes=2).renewed == 2


def test_several_processes_make_what_one_makes(desk):
    assert desk.work(processes=2).renewed == 2
    assert desk.waiting().dossiers == 0
    for story in desk.stories().items:
        held = desk.values(version.id for version in desk.versions(story.number))
        assert timeless(desk.dossier(story.number)) == timeless(examine(held.values()))


class Pool:
    """Processes that end at one story, and make all others at once."""

    deadly = 0
    asked: ClassVar[list[int]] = []

    def __init__(self, *_):
        self.broken = False

    def submit(self, make, path, config, job):
        self.asked.append(job.story)
        self.broken |= job.story == self.deadly
        future = Future()
        if self.broken:
            future.set_exception(BrokenProcessPool())
        else:
            make(path, config, job)
            future.set_result(None)
        return future

    def shutdown(self, **_):
        pass


def test_a_story_at_which_processes_end_is_found_out_and_left(desk, monkeypatch):
    monkeypatch.setattr(makers, "ProcessPoolExecutor", Pool)
    monkeypatch.setattr(dossiers, "_articles", lambda *_: [])
    latest = desk.stories().items[0].number
    monkeypatch.setattr(Pool, "deadly", latest)
    monkeypatch.setattr(Pool, "asked", [])
    desk.work(processes=2)
    (failed,) = desk.failed()
    assert (failed.number, failed.tries, failed.fault) == (latest, dossiers.TRIES, "")
    assert desk.waiting().dossiers == 1
    for database in makers._DESKS.values():
        database.close()
    makers._DESKS.clear()


def test_no_more_are_begun_than_asked_for(desk, monkeypatch):
    monkeypatch.setattr(makers, "ProcessPoolExecutor", Pool)
    monkeypatch.setattr(makers, "_make", lambda *_: None)
    monkeypatch.setattr(Pool, "asked", [])
    with Makers(desk.database, desk.config, 4) as several:
        assert several.renew(4, 1) == 1
        assert len(Pool.asked) == 1
        with desk.database.write() as connection:
            for story in desk.stories().items:
                stories.ask(connection, story.number)
        assert several.renew(4) == 2
        assert len(set(Pool.asked[1:])) == 2
        assert several.renew(4, 0) == 0
