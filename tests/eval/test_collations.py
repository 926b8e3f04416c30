"""Scholars' traditions are scored by their own stemmata."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.collations import collated
from eval.core import GoldError
from eval.stemmata import compare
from eval.tasks.stemma import evaluate

TABLE = "A,B,C,D,E\n" + "\n".join(
    [f"a{n},a{n},b{n},b{n},a{n}" for n in range(12)]
    + [f"x,x,x,y{n},x" for n in range(6)]
    + [f"x,z{n},x,x,z{n}" for n in range(6)]
    + [f"x,x,x,x,w{n}" for n in range(6)]
)
DRAWN = "digraph { lost -> A; lost -> C; A -> B -> E; C -> D }"


def test_a_collation_is_scored_by_the_stemma_beside_it(tmp_path: Path) -> None:
    (tmp_path / "heron.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "heron.dot").write_text(DRAWN, encoding="utf-8")
    (one,) = collated(tmp_path)
    assert one.name == "heron"
    assert one.truth.parents["E"] == ("B",)
    assert one.truth.collected == one.found.collected == frozenset("ABCDE")
    outcome = compare(one.truth, one.found)
    assert outcome.sign > 0.8
    assert compare(one.truth, one.truth).edges[1:] == (0, 0)
    assert {child for child, _ in one.found.probability} == set("ABCDE")


def test_what_does_not_fit_is_named(tmp_path: Path) -> None:
    (tmp_path / "heron.csv").write_text(TABLE, encoding="utf-8")
    with pytest.raises(GoldError, match=r"no heron\.dot beside it"):
        list(collated(tmp_path))
    (tmp_path / "heron.dot").write_text("digraph { A -> B }", encoding="utf-8")
    with pytest.raises(GoldError, match=r"witness C of heron\.csv is not in the stemma"):
        list(collated(tmp_path))
    (tmp_path / "heron.dot").write_text("graph { A -- B }", encoding="utf-8")
    with pytest.raises(GoldError, match="not a directed graph"):
        list(collated(tmp_path))


def test_the_task_scores_a_folder_of_collations(tmp_path: Path) -> None:
    (tmp_path / "heron.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "heron.dot").write_text(DRAWN, encoding="utf-8")
    scores = {s.name: s for s in evaluate(tmp_path)}
    assert scores["collated: sign"].value > 0.8
    assert scores["collated: edges"].n == 1
    assert all(s.baseline is None for s in scores.values())


def test_a_folder_with_neither_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"no truth\.dot"):
        evaluate(tmp_path)
