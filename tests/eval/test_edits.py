"""Controlled edits: how they are made, and how the task reads and scores them."""

import json
from random import Random

import pytest

from eval.core import GoldError
from eval.edits import HARMFUL, HARMLESS, WANTED, article, edits
from eval.tasks.edits import DATA, evaluate, load
from retold.annotate import annotate
from retold.collate.views import view


def _edits(text):
    (document,) = annotate([article(text, 0)])
    made = edits(view(document, document.sentences[0].span), Random(1))
    return {edit.kind: edit.after for edit in made}


def test_edits_differ_in_the_one_thing_that_they_are_named_for():
    made = _edits("On Tuesday, police arrested eleven smugglers in Velmora, the mayor said.")
    assert made["attribution dropped"] == (
        "On Tuesday, police arrested eleven smugglers in Velmora."
    )
    assert "Velmora" not in made["place"]
    assert "eleven" not in made["figure"]
    assert "Tuesday" not in made["date"]
    assert "11 smugglers" in made["number format"]
    assert made["source moved"].startswith("The mayor said that on Tuesday, police")


def test_voice_and_roles():
    made = _edits("The guards captured the rebels.")
    assert made["passive"] == "The rebels were captured by the guards."
    assert made["role swap"] == "The rebels captured the guards."
    assert made["negation"] == "The guards did not capture the rebels."


def test_every_kind_is_harmful_or_harmless():
    assert HARMFUL.keys() == WANTED.keys()
    assert HARMFUL.keys().isdisjoint(HARMLESS)


def test_shipped_edits_are_read():
    found = load(DATA.parent)
    assert {edit.kind for edit in found} == HARMFUL.keys() | HARMLESS.keys()
    assert all(edit.before != edit.after for edit in found)


def test_scores(tmp_path):
    records = [
        ("figure", "The storm flooded 87 villages.", "The storm flooded 37 villages."),
        ("passive", "The guards captured the rebels.", "The rebels were captured by the guards."),
    ]
    lines = [json.dumps({"kind": k, "before": b, "after": a}) for k, b, a in records]
    (tmp_path / DATA.name).write_text("\n".join(lines), "utf-8")
    scores = {s.name: s.value for s in evaluate(tmp_path)}
    assert scores["seen, figure"] == scores["left alone, passive"] == 1.0
    assert scores["right of those shown"] == 1.0


@pytest.mark.parametrize("line", ["{", '{"kind": "figure"}', '{"kind":"?","before":"","after":""}'])
def test_bad_records_are_named(tmp_path, line):
    (tmp_path / DATA.name).write_text(line, "utf-8")
    with pytest.raises(GoldError, match=r"edits\.jsonl:1"):
        load(tmp_path)
