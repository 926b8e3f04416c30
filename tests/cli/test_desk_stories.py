"""``retold desk work``, ``settle``, ``stories`` and ``story``."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

import retold
from retold.desk import Desk
from tests.cli.conftest import Run
from tests.desk.making import DAY, article
from tests.stories import texts


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk of three articles, two of one story, that the environment names."""
    path = tmp_path / "news.db"
    told = [texts.VELL, texts.VELL_COPY, texts.STRIKE]
    with Desk.open(path) as opened:
        opened.add(
            article(text, title=f"Report {at}", outlet=f"Outlet {at}", published=DAY)
            for at, text in enumerate(told)
        )
    monkeypatch.setenv("RETOLD_DESK", str(path))
    return path


def test_stories_are_placed_told_and_listed(run: Run, desk: Path, tmp_path: Path):
    done = run("desk", "work", "-q")
    assert (done.code, done.out) == (0, "3 articles placed, 1 dossiers made\n")
    listed = run("desk", "stories", "--order", "retold")
    assert "Report 0  (2 versions, 2 outlets" in listed.out
    number = listed.out.split()[0]
    file = tmp_path / "story.json"
    shown = run("desk", "story", number, "--json", file)
    assert "Outlet 1" in shown.out
    assert len(retold.load(file).articles) == 2
    settled = run("desk", "settle", "-q")
    assert settled.out == "3 articles make 2 stories, 0 of them new or changed\n"


def test_related_stories_are_shown_when_asked(run: Run, desk: Path):
    after = article(texts.VELL_COPY + " Nobody was there.", published=DAY + timedelta(days=40))
    with Desk.open(desk) as opened:
        opened.add([after])
        opened.work(most=0)
        one, other = opened.stories().items[0].number, opened.story_of(after.id)
        alone = opened.story_of(
            article(texts.STRIKE, title="Report 2", outlet="Outlet 2", published=DAY).id
        )
    assert "related" not in run("desk", "story", one).out
    told = run("desk", "story", one, "--related").out
    assert re.search(rf"related, 0\.\d\d: Both have .+\n +{other}  ", told)
    assert run("desk", "story", alone, "--related").out.endswith("related to no other story\n")


def test_what_is_not_there_is_said(run: Run, desk: Path, tmp_path: Path):
    assert run("desk", "story", "9").code == 2
    with Desk.open(desk) as opened:
        opened.work(until_quiet=False)
        waiting = opened.stories().items[0].number
    told = run("desk", "story", waiting, "--json", tmp_path / "none.json")
    assert told.code == 2
    assert "retold desk work" in told.err
    assert not (tmp_path / "none.json").exists()
