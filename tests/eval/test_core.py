"""The scores themselves."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import floors as command
from eval.core import (
    GoldError,
    Score,
    accuracy,
    auc,
    auc_labelled,
    balanced_accuracy,
    data_hash,
    f1,
    records,
    score,
)

scores = st.floats(0, 1).map(lambda x: round(x, 2))


@given(st.lists(st.tuples(scores, scores), min_size=1, max_size=30))
def test_auc_counts_pairs(cases: list[tuple[float, float]]) -> None:
    wins = [(p > n) + (p == n) / 2 for p, _ in cases for _, n in cases]
    assert auc(cases) == pytest.approx(sum(wins) / len(wins))


@given(st.lists(st.tuples(scores, st.booleans()), max_size=30))
def test_auc_of_labelled_cases_counts_pairs_of_both_kinds(cases: list[tuple[float, bool]]) -> None:
    wins = [(p > n) + (p == n) / 2 for p, one in cases if one for n, other in cases if not other]
    assert auc_labelled(cases) == pytest.approx(sum(wins) / len(wins) if wins else 0.5)


def test_f1_and_accuracies() -> None:
    assert f1([(1, 1, 0), (1, 0, 1)]) == pytest.approx(2 / 3)
    assert f1([(0, 1, 1)]) == 0
    cases = [("a", "a"), ("a", "a"), ("a", "b"), ("b", "b")]
    assert accuracy(cases) == 0.75
    assert balanced_accuracy(cases) == pytest.approx((2 / 3 + 1) / 2)


def test_records_are_read_by_line_and_the_bad_one_is_named(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    with pytest.raises(GoldError, match="no such file"):
        records(file, int, "no number")
    file.write_text('"one\u2028line"\n"two"\n', "utf-8")
    assert records(file, str.upper, "no word") == ["ONE\u2028LINE", "TWO"]
    for bad in ("{", '"x"', "[1]"):
        file.write_text(f"1\n{bad}\n", "utf-8")
        with pytest.raises(GoldError, match=r"cases\.jsonl:2: no number \("):
            records(file, int, "no number")


def test_the_interval_holds_the_value_and_is_repeatable() -> None:
    cases = [(1, 1)] * 60 + [(1, 0)] * 40
    one, two = (score("s", cases, accuracy) for _ in range(2))
    assert one == two
    assert one.low < one.value == 0.6 < one.high
    assert one.high - one.low == pytest.approx(0.19, abs=0.04)
    with pytest.raises(GoldError):
        score("none", [], accuracy)


def test_the_hash_of_data_sees_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    first = data_hash(tmp_path)
    (tmp_path / "a").write_text("y")
    second = data_hash(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({first, second, data_hash(tmp_path)}) == 3


def guard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: float, *, renew: bool = False
) -> int:
    (tmp_path / "data" / "msrp").mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(command, "FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr(command, "tasks", lambda: ["msrp"])
    made = [Score("accuracy", value, value, value, 50), Score("of few", value, value, value, 9)]
    monkeypatch.setattr(command, "evaluate", lambda _task, _path: made)
    return command.guard(tmp_path / "data", renew=renew)


def test_floors_rise_and_never_fall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert guard(tmp_path, monkeypatch, 0.7, renew=True) == 0
    assert guard(tmp_path, monkeypatch, 0.69) == 1
    assert guard(tmp_path, monkeypatch, 0.69, renew=True) == 1
    assert guard(tmp_path, monkeypatch, 0.8, renew=True) == 0
    assert json.loads((tmp_path / "floors.json").read_text())["msrp"]["floors"] == {"accuracy": 0.8}
    assert guard(tmp_path, monkeypatch, 0.7) == 1


def test_other_data_are_not_held_to_the_floor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert guard(tmp_path, monkeypatch, 0.7, renew=True) == 0
    (tmp_path / "data" / "msrp" / "new").write_text("x")
    assert guard(tmp_path, monkeypatch, 0.1) == 0


def test_the_command_names_what_is_off(tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "eval", *words]
        root = Path(__file__).parents[2]
        return subprocess.run(line, capture_output=True, text=True, check=False, cwd=root)

    assert run("nonsense", str(tmp_path)).returncode == 2
    assert "no such folder" in run("msrp", str(tmp_path / "gone")).stderr
    assert "train.tsv: no such file" in run("msrp", str(tmp_path)).stderr
