"""The examples of the how-to run on a finished scan."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from retold.corpus.results import Scan
from retold.corpus.tables import REWRITES

HOW_TO = (Path(__file__).parents[2] / "docs" / "how-to-scan.md").read_text("utf-8")


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", HOW_TO, re.DOTALL)


@pytest.fixture
def found(scan: Scan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan.folder.rename(tmp_path / "found")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("found")
@pytest.mark.parametrize("code", examples("python"), ids=["polars", "pandas", "pyarrow"])
def test_the_examples_in_python_run(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("polars", "pandas"):
        if f"import {name}" in code:
            pytest.importorskip(name)
    names: dict[str, object] = {}
    exec(code, names)
    assert {"largest", "furthest", "near"} & set(names)


@pytest.mark.usefixtures("found")
def test_the_examples_in_sql_run() -> None:
    duckdb = pytest.importorskip("duckdb")
    rewrites, code = examples("sql")
    pq.write_table(REWRITES.schema.empty_table(), "found/rewrites.parquet")
    assert duckdb.sql(rewrites).fetchall() == []
    carriers, passages = (duckdb.sql(each).fetchall() for each in code.split(";")[:2])
    assert [c[0] for c in carriers] == ["Harbour Post", "Quellmar Gazette"]
    assert any(p[2].startswith("A grain barge ran aground") for p in passages)
    assert all("\n" not in p[2][:1] for p in passages)
