"""``retold desk export``."""

from __future__ import annotations

from pathlib import Path

import pytest

from retold.cli import USAGE
from retold.desk import Desk
from retold.read import read
from tests.cli.conftest import Run


@pytest.fixture
def filled(pile: Path, tmp_path: Path) -> Path:
    path = tmp_path / "test.desk"
    with Desk.open(path) as desk:
        desk.add(read([pile]), "a folder")
    return path


def test_a_list_is_written_and_counted(run: Run, filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "articles.csv"
    done = run("desk", "export", "articles", "--out", out, "--desk", filled)
    assert done.code == 0, done.err
    assert done.out == f"written: {out}, 2 rows\n"


def test_a_search_of_several_words_is_one_query(run: Run, filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "hits.jsonl"
    words = ("desk", "export", "hits", "second", "lamp", "--out", out, "--desk", filled)
    assert run(*words).out == f"written: {out}, 1 row\n"


def test_outlets_are_a_table_or_a_graph(run: Run, filled: Path, tmp_path: Path) -> None:
    for name, told in (("outlets.csv", ", 0 rows"), ("outlets.gexf", "")):
        done = run("desk", "export", "outlets", "--out", tmp_path / name, "--desk", filled)
        assert done.out == f"written: {tmp_path / name}{told}\n"


@pytest.mark.parametrize(
    "given",
    [
        ("rejected", "soon"),
        ("rejected",),
        ("runs", "1", "2"),
        ("ferries",),
        ("story",),
        ("story", "1"),
        ("story", "1", "--outlet", "Harbour Post"),
        ("hits", "lamp", "--kind", "smell"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    run: Run, filled: Path, tmp_path: Path, given: tuple[str, ...]
) -> None:
    done = run("desk", "export", *given, "--out", tmp_path / "out.csv", "--desk", filled)
    assert done.code == USAGE
