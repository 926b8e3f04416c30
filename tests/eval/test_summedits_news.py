"""The task summedits_news: its loader and its score, on invented summaries."""

import json

import pytest

from eval.core import GoldError
from eval.judge import held_out, seen
from eval.tasks.summedits_news import evaluate, load
from retold.collate.conflict import weights

DOCUMENT = (
    "The storm flooded 87 villages in Norland on Tuesday. Governor Ilse Brandt visited the "
    "harbour in Velmora. The council approved a new dam. Fishermen lost forty boats."
)
CASES = [
    ("The storm flooded 87 villages in Norland.", 1, []),
    ("The council approved a new dam.", 1, []),
    ("The storm flooded 37 villages in Norland.", 0, ["entity_modification"]),
    ("The council rejected a new dam.", 0, ["antonym_swap"]),
]


def _write(folder, records):
    (folder / "dev.jsonl").write_text("\n".join(json.dumps(r) for r in records), "utf-8")


def test_scores_by_type_of_edit(tmp_path):
    records = [
        {"doc": DOCUMENT, "summary": s, "label": label, "edit_types": types}
        for s, label, types in CASES
    ]
    _write(tmp_path, records)
    scores = {s.name: s for s in evaluate(tmp_path)}
    assert scores["balanced accuracy"].value == 1.0
    assert scores["recall, another entity"].n == 1
    assert scores["balanced accuracy"].baseline is not None


@pytest.mark.parametrize(
    "record",
    [{}, {"doc": "", "summary": "x", "label": 1}, {"doc": "x", "summary": "x", "label": 2}],
)
def test_bad_records_are_named(tmp_path, record):
    _write(tmp_path, [record])
    with pytest.raises(GoldError, match=r"dev\.jsonl:1"):
        load(tmp_path)


def test_an_empty_folder_has_no_cases(tmp_path):
    with pytest.raises(GoldError, match="with cases"):
        load(tmp_path)


def test_unseen_texts_are_judged_by_what_ships():
    assert not seen(DOCUMENT)
    assert held_out(DOCUMENT) == weights()
