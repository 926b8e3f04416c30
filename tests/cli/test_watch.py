"""``retold watch``, ``retold desk feed`` and ``retold desk kin``, on the example's two papers."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from retold.desk import Desk
from tests.cli.conftest import Run
from tests.conftest import ROOT

OPML = b"""<opml version="2.0"><body><outline text="North"><outline text="Herald"
xmlUrl="https://herald.example/feed"/></outline><outline xmlUrl="nonsense"/></body></opml>"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def papers(tmp_path: Path):
    """A copy of the example's papers, served; the folder and its address."""
    folder = shutil.copytree(ROOT / "examples" / "feeds", tmp_path / "papers")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk that the environment names; not there yet."""
    monkeypatch.setenv("RETOLD_DESK", str(tmp_path / "news.db"))
    return tmp_path / "news.db"


WATCH = ("watch", "--once", "--now", "--allow-private", "--no-work", "--delay", "0")


def test_the_feeds_of_a_page_are_watched(run: Run, desk: Path, papers):
    folder, home = papers
    told = run("desk", "feed", "add", "--allow-private", home)
    assert told.code == 2
    assert f"{home}post/feed.xml Harbour Post" in told.err
    told = run("desk", "feed", "add", "--all", "--allow-private", home)
    assert told.out.splitlines() == [
        "feed 1 is watched from now on: Harbour Post",
        "feed 2 is watched from now on: Tarn Hollow Echo",
    ]
    told = run(*WATCH, "--log", folder.parent / "log.jsonl")
    assert told.code == 0
    assert "2 feeds asked, 2 with news, 2 pages read, 3 new articles, next " in told.out
    assert "stopped" not in told.out
    log = (folder.parent / "log.jsonl").read_text()
    assert sum(json.loads(line)["articles"] for line in log.splitlines()) == 3
    assert "passengers" not in log
    told = run("desk", "feed", "list").out
    assert "1 article, asked 20" in told
    assert "2 articles, 2 pages to be asked again, asked 20" in told
    again = run(*WATCH)
    assert "2 feeds asked, 0 new articles" in again.out


def test_a_changed_page_becomes_a_revision(run: Run, desk: Path, papers):
    folder, home = papers
    run("desk", "feed", "add", "--allow-private", f"{home}echo/feed.xml")
    run(*WATCH)
    for name, old, new in (
        ("ferry.html", "six weeks", "eight weeks"),
        ("feed.xml", "snapped …", "broke …"),
    ):
        file = folder / "echo" / name
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert "1 new article, 1 revised" in run(*WATCH).out


def test_lists_of_feeds_come_and_go(run: Run, desk: Path, tmp_path: Path):
    (tmp_path / "list.opml").write_bytes(OPML)
    told = run("desk", "feed", "import", tmp_path / "list.opml")
    assert "1 new, 1 without an address of the web left out" in told.out
    assert "1 watched already" in run("desk", "feed", "import", tmp_path / "list.opml").out
    assert "Herald  https://herald.example/feed" in run("desk", "feed", "list").out
    assert "not asked yet" in run("desk", "feed", "list").out
    told = run("desk", "feed", "export", tmp_path / "out.opml")
    assert told.out == f"written: {tmp_path / 'out.opml'}\n"
    assert 'xmlUrl="https://herald.example/feed"' in (tmp_path / "out.opml").read_text()
    told = run("desk", "feed", "remove", "1")
    assert told.out == "feed 1 is watched no more: Herald\n"
    assert "no feed is watched" in run("desk", "feed", "list").out
    told = run("desk", "feed", "remove", "1")
    assert (told.code, "is not watched" in told.err) == (2, True)


def test_what_is_no_list_or_no_feed_is_refused(run: Run, desk: Path, papers, tmp_path: Path):
    (tmp_path / "list.opml").write_bytes(b"<html/>")
    told = run("desk", "feed", "import", tmp_path / "list.opml")
    assert (told.code, "no OPML" in told.err) == (1, True)
    _, home = papers
    told = run("desk", "feed", "add", "--allow-private", f"{home}echo/market.html")
    assert (told.code, "web page, no feed" in told.err) == (1, True)
    told = run("desk", "feed", "add", f"{home}echo/feed.xml")
    assert (told.code, "--allow-private" in told.err) == (1, True)


def test_nothing_to_watch_is_said(run: Run, desk: Path):
    told = run("watch", "--once")
    assert (told.code, "there is no desk" in told.err) == (1, True)
    Desk.open(desk).close()
    told = run("watch", "--once", "--no-work")
    assert (told.code, "no feed is watched yet" in told.out) == (0, True)


def test_sites_akin_are_listed(run: Run, desk: Path):
    with Desk.open(desk) as opened, opened.database.write() as connection:
        connection.executemany(
            "INSERT INTO fingerprint VALUES (?, 'analytics', 'google-analytics UA-12345-1', 0)",
            [("one.example",), ("two.example",)],
        )
    told = run("desk", "kin").out.splitlines()
    assert told == [
        "analytics: google-analytics UA-12345-1  (2 of 2 sites)",
        "  one.example, two.example",
    ]
    assert run("desk", "kin", "one.example").out.splitlines()[0] == "two.example"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_watch_ends_when_it_is_asked_to_and_goes_on(run: Run, desk: Path, papers, number: int):
    _, home = papers
    run("desk", "feed", "add", "--all", "--allow-private", home)
    command = ("watch", "--allow-private", "--no-work", "--delay", "1", "--log", "-")
    with subprocess.Popen(
        [sys.executable, "-c", "from retold.cli import main; main()", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert process.stdout is not None
        process.stderr.readline()  # the first feed was asked; the second waits for its turn
        other = run("watch", "--once", "--allow-private", "--no-work")
        assert (other.code, "watched already" in other.err) == (2, True)
        process.send_signal(number)
        said = process.stdout.read()
        if number == signal.SIGKILL:
            assert process.wait() == -number
        else:
            assert process.wait() == 0
            assert "stopped; the next start goes on" in said
    run("watch", "--once", "--allow-private", "--no-work", "--delay", "0")
    with Desk.open(desk) as opened:
        assert [row.articles for row in opened.feeds().items] == [1, 2]
        assert opened.status().articles == 3
        assert opened.check() == []


def test_pages_that_are_added_leave_their_marks_too(run: Run, desk: Path, papers):
    _, home = papers
    run("add", f"{home}echo/ferry.html", "--allow-private", "--no-work", "--delay", "0")
    with Desk.open(desk) as opened, opened.database.read() as connection:
        kept = connection.execute("SELECT DISTINCT site, kind FROM fingerprint").fetchall()
    assert [tuple(row) for row in kept] == [("127.0.0.1", "header")]


def test_a_page_of_a_feed_that_is_added_as_well_is_no_revision(run: Run, desk: Path, papers):
    _, home = papers
    run("desk", "feed", "add", "--allow-private", f"{home}echo/feed.xml")
    run(*WATCH)
    told = run("add", f"{home}echo/ferry.html", "--allow-private", "--no-work", "--delay", "0")
    assert (told.code, "0 new, 1 left out" in told.out) == (0, True)
    assert "has this text of the address already" in told.out
    with Desk.open(desk) as opened:
        assert opened.status().revised == 0


def test_pages_are_not_asked_again_where_that_is_not_wanted(
    run: Run, desk: Path, papers, monkeypatch: pytest.MonkeyPatch
):
    _, home = papers
    run("desk", "feed", "add", "--allow-private", f"{home}echo/feed.xml")
    run(*WATCH, "--no-looks")
    assert "to be asked again" not in run("desk", "feed", "list").out
    run("desk", "feed", "remove", "1")
    run("desk", "feed", "add", "--allow-private", f"{home}echo/feed.xml")
    monkeypatch.setenv("RETOLD_LOOKS", "0")
    run(*WATCH)
    assert "to be asked again" not in run("desk", "feed", "list").out


def test_a_page_that_changed_without_a_word_becomes_a_revision(run: Run, desk: Path, papers):
    folder, home = papers
    run("desk", "feed", "add", "--allow-private", f"{home}echo/feed.xml")
    run(*WATCH)
    page = folder / "echo" / "ferry.html"
    page.write_text(page.read_text().replace("six weeks", "eight weeks"))
    with Desk.open(desk) as opened, opened.database.write() as connection:
        connection.execute("UPDATE look SET due = 0")  # an hour later
    log = folder.parent / "log.jsonl"
    told = run("watch", "--once", "--allow-private", "--no-work", "--delay", "0", "--log", log).out
    assert "2 pages asked again, 1 new article, 1 revised" in told
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert sorted(line["outcome"] for line in lines if line["what"] == "look") == [
        "new",
        "unchanged",
    ]
