"""Whose report several outlets print, on pages made up for this."""

import csv
import json

import pytest

from eval.core import GoldError
from eval.tasks import wire_2018 as task

BODY = (
    "A crack was found in the dam wall above Tarn Hollow on Tuesday morning, and nine villages were"
    " told to leave. ### The keeper of the dam said that the water stood two metres under the crown"
    " and was falling. ### Buses took 212 people to a sports hall, and they spent the night there."
)
PAGES = [
    ("1", "vale-lantern.example", f"Dam cracks ### VELL (Reuters) - {BODY}"),
    ("2", "isk-post.example", f"Villages cleared ### VELL (Reuters) - {BODY}"),
    ("3", "lone.example", "Herons stay ### The herons stayed on the lake all winter long."),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    data = tmp_path / "data"
    data.mkdir()
    with (data / "dam.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(["id", "publisher", "scrape_time", "text"])
        writer.writerows([name, host, "2041-03-04T05:00:00Z", text] for name, host, text in PAGES)
    labels = tmp_path / "labels.jsonl"
    made = [
        {"versions": ["dam/1", "dam/2"], "source": "Reuters", "collected": [], "read": False},
        {"versions": ["dam/3"], "source": "", "collected": [], "read": False},
    ]
    labels.write_text("".join(json.dumps(one) + "\n" for one in made), "utf-8")
    monkeypatch.setattr(task, "LABELS", labels)
    return data


def test_an_agency_that_nobody_collected_is_found_by_its_datelines(folder):
    scores = {s.name: (s.value, s.n, s.baseline) for s in task.evaluate(folder)}
    assert scores["source found"] == (1, 1, 1)
    assert scores["unseen source named rightly"] == (1, 1, None)
    assert scores["none named where none is signed"] == (1, 1, None)


def test_a_text_that_is_missing_is_named(folder):
    (folder / "dam.csv").unlink()
    with pytest.raises(GoldError, match="no text dam/1"):
        task.evaluate(folder)


def test_the_labels_name_fifty_signed_groups_and_hold_no_text():
    groups = [json.loads(line) for line in task.LABELS.read_text("utf-8").splitlines()]
    assert sum(bool(g["source"]) for g in groups) == 50
    assert all(set(g) == {"versions", "source", "collected", "read"} for g in groups)
    assert all(set(g["collected"]) <= set(g["versions"]) for g in groups)
    assert max(len(v) for g in groups for v in g["versions"]) < 20
