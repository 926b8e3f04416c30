"""``retold outlets``."""

from __future__ import annotations

from pathlib import Path

import retold
from tests.cli.conftest import Run
from tests.corpus.fiction import barge
from tests.report.html import piles


def test_a_dossier_and_a_scan_are_told_alike(run: Run, tmp_path: Path) -> None:
    data, page, drawn = tmp_path / "dossier.json", tmp_path / "page.html", tmp_path / "outlets.gexf"
    retold.export(piles.dossier(), json=data)
    done = run("outlets", data, "--html", page, "--graph", drawn)
    assert (done.code, done.err) == (0, "")
    assert " carries text of " in done.out
    assert f"written: {page}\nwritten: {drawn}\n" in done.out
    assert page.read_text("utf-8").startswith("<!doctype html>")
    done = run("outlets", barge().fiction.write(tmp_path / "scan"))
    assert (done.code, done.err) == (0, "")
    assert "; came later " in done.out


def test_what_is_off_is_named(run: Run, tmp_path: Path) -> None:
    assert run("outlets", tmp_path / "gone.json").code == 1
    assert run("outlets", tmp_path).code == 1
