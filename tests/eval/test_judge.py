"""Another judge on the tasks that have one, from the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from eval.__main__ import JUDGED, main
from tests.judges import judge

EVIDENCE = "About 30 boats waited outside the bar until dawn. The council approved a new dam."
CASES = (("Boats waited until dawn, some 30 of them.", True), ("50 boats waited.", False))


def folder_of(task: str, folder: Path) -> Path:
    records = {
        "summedits_news": [
            {"doc": EVIDENCE, "summary": text, "label": int(good), "edit_types": []}
            for text, good in CASES
        ],
        "fever_symmetric": [
            {"claim": text, "evidence": EVIDENCE, "label": "SUPPORTS" if good else "REFUTES"}
            for text, good in CASES
        ],
    }[task]
    folder.mkdir()
    (folder / "dev.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    return folder


def scored(monkeypatch: pytest.MonkeyPatch, *words: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["eval", *map(str, words)])
    return main()


@pytest.mark.parametrize("task", JUDGED)
def test_the_model_that_is_given_is_scored(task, tmp_path, monkeypatch, capsys):
    data = folder_of(task, tmp_path / "data")
    for says, value in ((4.0, 1.0), (-4.0, 0.5)):
        model = judge(tmp_path / "small", second={"50": (says, 0.0, 0.0)})
        assert scored(monkeypatch, task, data, "--json", "--judge", model) == 0
        scores = {s["name"]: s for s in json.loads(capsys.readouterr().out)["scores"]}
        (name,) = [n for n in scores if n.startswith("balanced accuracy")]
        assert scores[name]["value"] == value


def test_a_folder_without_a_model_is_told(tmp_path, monkeypatch, capsys):
    data = folder_of(JUDGED[0], tmp_path / "data")
    assert scored(monkeypatch, JUDGED[0], data, "--judge", tmp_path / "nowhere") == 1
    assert "no such folder" in capsys.readouterr().err


def test_a_task_without_a_judge_is_told(tmp_path, monkeypatch, capsys):
    with pytest.raises(SystemExit):
        scored(monkeypatch, "msrp", tmp_path, "--judge", tmp_path)
    assert "msrp has no judge" in capsys.readouterr().err
