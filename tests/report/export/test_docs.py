"""The how-to says what the code does: its examples run, its options and fields are there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import retold
from retold.cli.export import command
from retold.report.export.claimreview import reviews
from retold.report.export.sheets import SHEETS
from tests.report.html import piles

HOW_TO = (Path(__file__).parents[3] / "docs" / "how-to-export.md").read_text("utf-8")


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", HOW_TO, re.DOTALL)


def test_the_examples_in_python_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    retold.export(piles.dossier(), json="dossier.json")
    read, write = (each for each in examples("python") if "duckdb" not in each)
    exec(write, {})
    assert capsys.readouterr().out.split()[-2:] == ["edition.xml", "drafts.json"]
    exec(read, {})
    assert len(capsys.readouterr().out.splitlines()) == 5


def test_the_options_of_the_examples_are_there() -> None:
    known = {option for param in command.params for option in param.opts}
    lines = "".join(examples("sh")).splitlines()
    named = re.findall(r"(--\w+)", " ".join(line for line in lines if "retold export" in line))
    assert {"--csv", "--tei", "--claimreview", "--html"} <= set(named) <= known | {"--json"}


def test_every_table_and_every_field_of_a_draft_is_named() -> None:
    assert all(f"`{sheet.name}.csv`" in HOW_TO for sheet in SHEETS)
    (draft, *_) = json.loads(reviews(piles.dossier()))["@graph"]
    fields = {k for k in draft if not k.startswith("@")} - {"itemReviewed"}
    fields |= {
        f"itemReviewed.{k}" for k in draft["itemReviewed"] if k not in {"@type", "identifier"}
    }
    assert fields <= set(re.findall(r"`([\w.]+)`", HOW_TO))


def test_what_stays_empty_is_said_to() -> None:
    (line,) = [row for row in HOW_TO.splitlines() if row.endswith("nothing: `null` |")]
    for draft in json.loads(reviews(piles.dossier()))["@graph"]:
        empty = {k for k in draft if draft[k] is None}
        assert empty == set(re.findall(r"`(\w+)`", line)) - {"null"}
