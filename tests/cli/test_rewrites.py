"""``retold scan --rewrites``, with articles whose texts are attacks."""

from __future__ import annotations

from pathlib import Path

import retold
from retold.report.scan.page import render
from tests.cli.conftest import Run
from tests.corpus.test_rewrites import PAIRS, pile
from tests.corpus.test_scan import written

EVIL = "<script>window.pwned = 1</script> \x1b]0;owned\x07 {{ 7 * 7 }} --> ]]>"


def test_command_and_page(tmp_path: Path, run: Run) -> None:
    rows = pile()
    for row in rows:
        row["title"] += f" {EVIL}"
        row["text"] = row["text"].replace(" ", " <b>", 1)
    path = written(tmp_path, rows)
    page = tmp_path / "page.html"
    arguments = ["scan", path, "--out", tmp_path / "out", "--html", page]
    first = run(*arguments)
    assert first.code == 0, first.err
    assert "in other words" not in first.out
    assert 'id="rewrites"' not in page.read_text()
    second = run(*arguments, "--rewrites")
    assert second.code == 0, second.err
    assert f"{PAIRS} pairs that tell the same in other words" in second.out
    html = page.read_text()
    assert 'id="rewrites"' in html
    assert "<script>window" not in html
    assert "\x1b" not in html + second.out
    assert render(retold.load_scan(tmp_path / "out")) == html
