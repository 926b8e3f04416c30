"""The task basil: its loader and its scores, on two invented outlets."""

import json
import re

import pytest

from eval import basil
from eval.basil import key
from eval.claims import layout
from eval.core import GoldError
from eval.tasks.basil import evaluate

ONE = [
    ["The Harbour Board of Velmark rejected the new lighthouse on Tuesday."],
    ["The lighthouse would have cost 40 million crowns, said its chairwoman, Oda Brisk."],
]
TWO = [
    ["On Tuesday the Harbour Board of Velmark rejected the new lighthouse."],
    ["Fishermen had gathered before the town hall in the rain.", ""],
    ["Chairwoman Oda Brisk said the lighthouse would have cost 90 million crowns."],
]


def _article(uuid, paragraphs):
    return {
        "triplet": "velmark",
        "uuid": uuid,
        "source": uuid,
        "title": "Lighthouse rejected",
        "url": "",
        "date": "2021-03-09",
        "body-paragraphs": paragraphs,
    }


def _labels(event=0):
    text, ours = layout(ONE)
    other, theirs = layout(TWO)
    figure = [{"kind": "figure", "real": True}]
    return {
        "event": event,
        "a": key("one", text),
        "b": key("two", other),
        "anchors": [
            {"span": ours[0], "pairs": [{"span": theirs[0], "label": "same"}]},
            {
                "span": ours[1],
                "pairs": [
                    {"span": theirs[0], "label": "related"},
                    {
                        "span": theirs[2],
                        "label": "same",
                        "changes": figure,
                        "contradiction": True,
                    },
                ],
            },
        ],
    }


@pytest.fixture
def folder(tmp_path, monkeypatch):
    labels = tmp_path / "labels"
    labels.write_text(json.dumps(_labels()) + "\n", "utf-8")
    monkeypatch.setattr(basil, "LABELS", labels)
    data = tmp_path / "data"
    data.mkdir()
    lines = [json.dumps(_article(*a)) for a in (("one", ONE), ("two", TWO))]
    (data / "articles.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return data


def test_claims_and_changes_are_scored(folder):
    scores = {s.name: s for s in evaluate(folder)}
    assert scores["claims shared, recall, even events"].value == 1.0
    assert scores["claims shared, precision, all"].value == 1.0
    assert "claims shared, recall, odd events" not in scores
    assert scores["real changes found, figure, date, place, name"].value == 1.0
    assert scores["unchanged pairs without alarm, figure, date, place, name"].value == 1.0
    assert scores["contradiction, balanced accuracy"].value == 1.0
    assert scores["claims shared, recall, all"].baseline is not None


def test_labelled_articles_that_are_not_there_are_named(folder):
    (folder / "articles.jsonl").write_text(json.dumps(_article("one", ONE)) + "\n", "utf-8")
    with pytest.raises(GoldError, match=r"1 labelled articles are not here.*two:"):
        evaluate(folder)


def test_text_that_was_edited_is_not_the_labelled_one(folder):
    edited = [["Another text."], *ONE[1:]]
    lines = [json.dumps(_article(*a)) for a in (("one", edited), ("two", TWO))]
    (folder / "articles.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(GoldError, match="have another text"):
        evaluate(folder)


def test_bad_record_names_file_and_line(folder):
    (folder / "articles.jsonl").write_text('{"triplet": "x"}\n', "utf-8")
    with pytest.raises(GoldError, match=re.escape("articles.jsonl:1: not an article")):
        evaluate(folder)


def test_folder_without_data(tmp_path):
    with pytest.raises(GoldError, match=re.escape("no .jsonl file")):
        evaluate(tmp_path)


def test_shipped_labels_are_sound():
    pairs = basil.load()
    assert len(pairs) == 24
    for pair in pairs:
        for anchor in pair.anchors:
            spans = [label.span for label in anchor.labels]
            assert spans == sorted(set(spans))
            assert all(not label.changes or label.same for label in anchor.labels)
