"""Deciding by command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from retold.desk import Desk
from tests.cli.conftest import Run
from tests.desk.making import article
from tests.desk.test_decisions import ARTICLES, IDS, number_of, told


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk with three stories, named by the environment."""
    path = tmp_path / "retold.db"
    with Desk.open(path) as opened:
        opened.add(ARTICLES)
        told(opened)
    monkeypatch.setenv("RETOLD_DESK", str(path))
    monkeypatch.setenv("LOGNAME", "kim")
    return path


def test_stories_are_merged_split_and_restored(run: Run, desk: Path) -> None:
    with Desk.open(desk) as opened:
        vell, strike = number_of(opened, IDS[0]), number_of(opened, IDS[5])
    found = run("desk", "decide", "merge", strike, vell, "--note", "one flood")
    assert found.code == 0, found.err
    assert found.out == "decision 1: kept; `retold desk undo 1` takes it back\n"
    assert run("desk", "decide", "split", "3", "--from", min(vell, strike), "--by", "lee").code == 0
    listed = run("desk", "decisions")
    assert re.search(r"2  \d{4}-\d\d-\d\d \d\d:\d\d  lee: apart\n", listed.out)
    assert re.search(r"1  \S+ \S+  kim: together\n +Outlet 0, “The river Isk", listed.out)
    assert "“one flood”" in listed.out
    assert run("desk", "undo", "1").code == 0
    assert run("desk", "undo", "1").code == 2
    assert "(undone by kim, " in run("desk", "decisions").out
    with Desk.open(desk) as opened:
        assert IDS[2] in next(iter(s) for s in told(opened) if IDS[2] in s and len(s) == 1)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("together", "1", "2"), "together"),
        (("apart", "1", "2", "--other", "3"), "apart"),
        (("not-derived", "2", IDS[0]), "not-derived"),
        (("not-same", "1:0-40", f"{IDS[1]}:0-44"), "“The river Isk burst its banks above Vell”"),
        (("speaker", "1:0-40", "Teodora Quill"), "Teodora Quill"),
        (("date", "1", "2031-04-09"), "2031-04-09T00:00:00+00:00"),
        (("date", "1", "unknown"), "date"),
    ],
)
def test_every_kind_is_kept_and_listed(
    run: Run, desk: Path, words: tuple[str, ...], shown: str
) -> None:
    found = run("desk", "decide", *words, "--by", "kim", "--note", "seen by hand")
    assert found.code == 0, found.err
    listed = run("desk", "decisions", "--article", "1")
    assert shown in listed.out
    assert "“seen by hand”" in listed.out
    assert run("desk", "decisions", "--article", "6").out == ""


def test_notes_stand_by_their_story(run: Run, desk: Path) -> None:
    with Desk.open(desk) as opened:
        vell = number_of(opened, IDS[0])
    assert run("desk", "note", vell, "ask the mayor").code == 0
    assert run("desk", "note", "--article", "6", "who pays?").code == 0
    assert "ask the mayor" in run("desk", "decisions", vell).out
    assert "who pays?" not in run("desk", "decisions", vell).out
    first = run("desk", "decisions", "--limit", "1").out
    assert "who pays?" in first
    cursor = re.search(r"more: --cursor (\S+)", first)
    assert cursor
    assert "ask the mayor" in run("desk", "decisions", "--cursor", cursor[1]).out


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("decide", "together", "1", "77"), "`retold desk articles` lists them"),
        (("decide", "speaker", "1", "Teodora Quill"), "as in 12:340-395"),
        (("decide", "together", "1", "9" * 5000), "`retold desk articles` lists them"),
        (("decide", "speaker", f"1:0-{'9' * 5000}", "Teodora Quill"), "as in 12:340-395"),
        (("decide", "merge", "1"), "two stories"),
        (("decisions", "sha256:x"), "give the number of a story"),
        (("note", "99", "x"), "story 99: there is none"),
        (("undo", "7"), "there is none"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    run: Run, desk: Path, words: tuple[str, ...], why: str
) -> None:
    found = run("desk", *words)
    assert found.code == 2
    assert why in found.err
    assert found.err.count("\n") == 1


def test_hostile_titles_are_shown_without_their_escapes(run: Run, desk: Path) -> None:
    with Desk.open(desk) as opened:
        opened.add([article("A plain text of some length.", title="\x1b[31mred\u202e")])
    assert run("desk", "note", "--article", "7", "odd\x1b[0m").code == 0
    shown = run("desk", "decisions").out
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_decision_that_a_newer_one_contradicts_says_so(run: Run, desk: Path) -> None:
    run("desk", "decide", "apart", "1", "--other", "2", "--by", "kim")
    assert "says otherwise" not in run("desk", "decisions").out
    run("desk", "decide", "together", "1", "2", "--by", "ines")
    told = run("desk", "decisions").out
    assert told.count("a newer one says otherwise, and holds: decision 2") == 1
