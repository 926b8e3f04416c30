"""The task fever_symmetric: its loader and its score, on invented pairs."""

import json
import re

import pytest

from eval.core import GoldError
from eval.tasks.fever_symmetric import evaluate, load, plain

PAIRS = [
    ("The storm flooded 37 villages .", "The storm flooded 87 villages .", "REFUTES"),
    ("The storm flooded 87 villages .", "The storm flooded 87 villages .", "SUPPORTS"),
    ("The council rejected the dam .", "The council approved the dam .", "REFUTES"),
    ("The council approved the dam .", "The council approved the dam .", "SUPPORTS"),
]


def _write(folder, records):
    lines = [json.dumps(record) for record in records]
    (folder / "dev.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


def _records():
    return [{"claim": c, "evidence": e, "gold_label": label} for c, e, label in PAIRS]


def test_score_has_its_baseline_and_interval(tmp_path):
    _write(tmp_path, _records())
    score, sure = evaluate(tmp_path)
    assert 0.0 <= sure.value <= 1.0
    assert score.value == 1.0
    assert score.n == len(PAIRS)
    assert score.baseline is not None
    assert score.low <= score.value <= score.high


def test_tokenisation_is_undone():
    text = "Brandt -LRB- born 1961 -RRB- , `` the Ferrywoman '' , did n't sail ."
    assert plain(text) == 'Brandt (born 1961), " the Ferrywoman ", didn\'t sail.'


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (
            {"claim": "A.", "evidence": "B.", "gold_label": "MAYBE"},
            "dev.jsonl:2: no claim, evidence and label (label 'MAYBE'",
        ),
        ({"claim": "A.", "gold_label": "REFUTES"}, "dev.jsonl:2: no claim"),
        ({"claim": " ", "evidence": "B.", "gold_label": "REFUTES"}, "dev.jsonl:2"),
    ],
)
def test_bad_gold_names_file_and_line(tmp_path, record, message):
    _write(tmp_path, [_records()[0], record])
    with pytest.raises(GoldError, match=re.escape(message)):
        load(tmp_path)


def test_folder_without_data(tmp_path):
    with pytest.raises(GoldError, match=re.escape("no .jsonl file")):
        load(tmp_path)
