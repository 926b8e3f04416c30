"""``retold desk``: status, check, backup, restore, search, articles, runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from retold.desk import Desk, finding, stories
from retold.model import Reason, Rejected
from tests.cli.conftest import Run
from tests.desk.making import article, damage, numbered
from tests.desk.test_revisions import texts


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk of thirty articles, one of them revised, that the environment names."""
    path = tmp_path / "news.db"
    left = Rejected("pile/bad\x1b[31m.txt", Reason.EMPTY, "Nothing in it.")
    with Desk.open(path) as opened:
        opened.add([*(numbered(n) for n in range(28)), left], "pile")
        opened.add(texts()[:2], "more")
    monkeypatch.setenv("RETOLD_DESK", str(path))
    monkeypatch.chdir(tmp_path)
    return path


def test_status(run: Run, desk: Path):
    told = run("desk", "status")
    assert told.code == 0
    assert str(desk) in told.out
    assert "30, of which 1 were revised" in told.out
    assert "2031-04-09 08:00 to 2031-04-09 10:00" in told.out
    assert "failed" not in told.out


def test_status_tells_what_could_not_be_compared(run: Run, desk: Path):
    with Desk.open(desk) as opened, opened.database.write() as connection:
        stories.store(connection, {}, {}, [{1, 2}, {3, 4}])
        connection.execute("UPDATE job SET tries = 2, fault = 'KeyError in x.py, line 1'")
        connection.execute("UPDATE job SET tries = 3, fault = '' WHERE story = 2")
    told = run("desk", "status")
    assert "2 stories to be compared" in told.out
    assert re.search(r"failed +story 1 \(.+\), 2 times: KeyError in x\.py, line 1\n", told.out)
    assert re.search(r"failed +story 2 \(.+\), 3 times: the process ended each time", told.out)


def test_the_option_names_another_desk(run: Run, desk: Path, tmp_path: Path):
    told = run("desk", "status", "--desk", tmp_path / "none.db")
    assert (told.code, told.out) == (1, "")
    assert "there is no desk" in told.err
    assert not (tmp_path / "none.db").exists()


def test_an_empty_desk_has_a_status(run: Run, tmp_path: Path):
    Desk.open(tmp_path / "new.db").close()
    told = run("desk", "status", "--desk", tmp_path / "new.db")
    assert (told.code, "published" in told.out) == (0, False)


def test_check(run: Run, desk: Path):
    told = run("desk", "check", "-q")
    assert (told.code, told.out) == (0, "sound: 30 articles, as they were stored\n")
    damage(desk, "article_body")
    told = run("desk", "check", "-q")
    assert told.code == 1
    assert "damaged" in told.out


def test_backup_and_restore(run: Run, desk: Path, tmp_path: Path):
    copy = tmp_path / "copy.db"
    assert run("desk", "backup", copy, "-q").out == f"written: {copy}\n"
    told = run("desk", "backup", copy, "-q")
    assert told.code == 1
    assert "exists already" in told.err
    with Desk.open(desk) as opened:
        opened.add([numbered(99)])
        told = run("desk", "restore", copy, "-q")
        assert told.code == 1
        assert "is in use" in told.err
    told = run("desk", "restore", copy, "-q")
    assert told.code == 0
    kept = re.search(r"kept, as it was: (.+)", told.out)
    assert kept
    with Desk.open(desk) as opened, Desk.open(kept[1]) as old:
        assert (opened.status().articles, old.status().articles) == (30, 31)


def test_search(run: Run, desk: Path):
    told = run("desk", "search", "Tarn", "hollow", "weir")
    assert told.code == 0
    assert told.out.splitlines()[0] == "1 article"
    assert "The weir at Tarn Hollow failed on day 21, the board said." in told.out
    told = run("desk", "search", "--limit", "3", "--outlet", "Harbour Post", "--", "board", "-weir")
    assert told.out.count("Harbour Post") == 3
    assert "weir" not in told.out
    cursor = told.out.splitlines()[-1].removeprefix("more: --cursor ")
    words = ("--limit", "3", "--outlet", "Harbour Post", "--cursor", cursor, "--", "board", "-weir")
    more = run("desk", "search", *words)
    assert more.out.count("Harbour Post") == 3
    assert not set(told.out.splitlines()[1:]) & set(more.out.splitlines()[1:])
    assert run("desk", "search", '"(', "OR").out == "0 articles\n"
    other = run("desk", "search", "board", "--cursor", cursor)
    assert other.code == 2
    assert "another list" in other.err


def test_very_many_finds_are_not_counted(run: Run, desk: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(finding, "MOST", 5)
    assert run("desk", "search", "board").out.startswith("more than 5 articles\n")


def test_quotations_figures_and_names_are_searched(run: Run, desk: Path):
    with Desk.open(desk) as opened, opened.database.write() as connection:
        connection.execute(
            "INSERT INTO mention (article, kind, start, stop, shown, about, times)"
            " VALUES (1, 'quotation', 4, 9, 'ferry', 'Ebba Rusk', 1)"
        )
    told = run("desk", "search", "--kind", "quotation", "rusk")
    assert told.out.splitlines()[0] == "1 quotation"
    assert "       Ebba Rusk: The ferry at Gull Point" in told.out
    assert run("desk", "search", "--kind", "name", "rusk").out == "0 names\n"


def test_what_is_shown_cannot_reach_the_terminal(run: Run, desk: Path):
    with Desk.open(desk) as opened:
        opened.add([article("A \x1b[31m red \u202eferry\x07 text.", title="\x1b]0;title\x07")])
    told = run("desk", "search", "red")
    assert not set(told.out) & {"\x1b", "\x07", "\u202e"}
    assert "red" in told.out
    assert not set(run("desk", "runs", "1").out) & {"\x1b"}


def test_articles(run: Run, desk: Path):
    told = run("desk", "articles", "--limit", "2")
    first, second, more = told.out.splitlines()
    assert "2031-04-09 10:00" in first
    assert "2031-04-09 08:27" in second
    assert more.startswith("more: --cursor ")
    told = run("desk", "articles", "--until", "2031-04-09T08:03", "--order", "arrived")
    assert [line.split()[0] for line in told.out.splitlines()] == ["29", "3", "2", "1"]
    assert "(revised later)" in told.out
    told = run("desk", "articles", "--until", "2031-04-09T08:03", "--standing", "--run", "2")
    assert told.out == ""
    assert run("desk", "articles", "--since", "yesterday").code == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("articles --outlet \udcff", 0),
        ("articles --language \udcff", 0),
        ("articles --run 99999999999999999999", 0),
        ("search ferry --outlet \udcff", 0),
        ("export articles --outlet \udcff --out none.csv", 0),
        ("export story 99999999999999999999 --out none.html", 2),
        ("feed remove \udcff", 2),
        ("user drop-token 99999999999999999999", 2),
        ("user token Edda --days 1e30", 2),
        ("user token Edda --label \udcff", 0),
        ("user remove \udcff", 2),
    ],
)
def test_what_no_file_can_hold_is_found_nowhere(run: Run, desk: Path, words: str, code: int):
    """Half a character, as a terminal of another encoding sends, and numbers without end."""
    with Desk.open(desk) as opened, opened.database.write() as connection:
        connection.execute("INSERT INTO person VALUES (1, 'Edda', 'reader', '', 0)")
    told = run("desk", *words.split())
    assert (told.code, "Traceback" in told.err) == (code, False)
    assert "ferry" not in told.out


def test_runs(run: Run, desk: Path):
    told = run("desk", "runs").out.splitlines()
    assert [line.split()[0] for line in told] == ["2", "1"]
    assert "28 new, 0 known, 0 revised, 1 left out  pile" in told[1]
    assert "Nothing in it." in run("desk", "runs", "1").out
