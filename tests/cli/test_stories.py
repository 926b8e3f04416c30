"""``retold scan --stories``, with articles whose texts are attacks."""

from __future__ import annotations

from pathlib import Path

import retold
from retold.corpus.rows import rows
from retold.report.scan.page import render
from tests.cli.conftest import Run
from tests.corpus.test_scan import written
from tests.corpus.test_stories import EVENTS, pile

EVIL = "<script>window.pwned = 1</script> \x1b]0;owned\x07 {{ 7 * 7 }} --> ]]>"


def test_command_page_and_explanations(tmp_path: Path, run: Run) -> None:
    articles = pile()
    for row in articles:
        row["title"] += f" {EVIL}"
        row["text"] = row["text"].replace(" ", " <b>", 1)
    path = written(tmp_path, articles)
    page = tmp_path / "page.html"
    arguments = ["scan", path, "--out", tmp_path / "out", "--html", page]
    first = run(*arguments)
    assert first.code == 0, first.err
    assert "Stories" not in first.out
    assert 'id="stories"' not in page.read_text()
    second = run(*arguments, "--stories")
    assert second.code == 0, second.err
    assert "Stories  the largest" in second.out
    html = page.read_text()
    assert 'id="stories"' in html
    assert "<script>window" not in html
    assert "\x1b" not in html + second.out
    scan = retold.load_scan(tmp_path / "out")
    assert render(scan) == html
    (merge,) = rows(scan.merges, ("merge", "story", "reason"), most=1)
    said = run("explain", tmp_path / "out", merge["story"]).out
    assert f"Story of {len(EVENTS[3])} articles" in said
    assert merge["merge"] in said
    assert "Related stories" in said
    assert "\x1b" not in said
    assert merge["reason"] in run("explain", tmp_path / "out", merge["merge"]).out
    old = next(row for row in rows(scan.stories, scan.stories.schema.names) if row["revision_of"])
    told = run("explain", tmp_path / "out", old["article"]).out
    assert f"an earlier text of {old['revision_of']}" in told


def test_a_corpus_without_a_story_says_so(tmp_path: Path, run: Run) -> None:
    path = written(tmp_path, [pile()[0], pile()[5]])
    page = tmp_path / "page.html"
    out = run("scan", path, "--out", tmp_path / "out", "--stories", "--html", page).out
    assert "no two tell one event" in out
    assert "No two articles tell one event" in page.read_text()
