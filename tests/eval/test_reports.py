"""The task reports: its loader, its scores and the data that it ships."""

import json
import re
from collections import Counter

import pytest

from eval.claims import layout
from eval.core import GoldError
from eval.tasks.reports import DATA, evaluate, load, make
from retold.model import ChangeKind

ONE = [
    ["The Harbour Board of Velmark rejected the new lighthouse on Tuesday."],
    ["The lighthouse would have cost 40 million crowns, said its chairwoman, Oda Brisk."],
]
TWO = [
    ["On Tuesday the Harbour Board of Velmark rejected the new lighthouse."],
    ["Fishermen had gathered before the town hall in the rain."],
    ["Chairwoman Oda Brisk said the lighthouse would have cost 90 million crowns."],
]
PAIRS = [
    {"a": 0, "b": 0, "label": "same"},
    {"a": 1, "b": 0, "label": "related"},
    {
        "a": 1,
        "b": 2,
        "label": "same",
        "changes": [{"kind": "figure", "real": True}],
        "contradiction": True,
    },
]


def _event(pairs=PAIRS):
    articles = [
        {"outlet": o, "published": "2031-03-11", "title": "Lighthouse rejected", "paragraphs": p}
        for o, p in (("Velmark Echo", ONE), ("The Tidings", TWO))
    ]
    return {"event": "lighthouse", "writer": 1, "articles": articles, "pairs": pairs}


def _write(folder, *events):
    text = "".join(json.dumps(e) + "\n" for e in events)
    (folder / DATA.name).write_text(text, "utf-8")


def test_labels_stand_at_the_sentences(tmp_path):
    _write(tmp_path, _event())
    (event,) = load(tmp_path)
    text = event.two[0].text
    told = [[(text[slice(*x.span)], x.same) for x in a.labels] for a in event.anchors]
    assert told == [[(TWO[0][0], True)], [(TWO[0][0], False), (TWO[2][0], True)]]
    assert event.anchors[1].labels[1].changes == ((ChangeKind.FIGURE, True),)
    assert event.one[0].outlet == "Velmark Echo"


def test_odd_events_are_scored_by_themselves(tmp_path):
    _write(tmp_path, _event([]), _event())
    scores = {s.name: s for s in evaluate(tmp_path)}
    assert scores["claims shared, recall, odd events"].value == 1.0
    assert scores["claims shared, recall, odd events"].n == 2
    assert scores["claims shared, precision, odd events"].value == 1.0
    assert scores["claims shared, precision, all"].value == 0.5
    assert scores["real changes found, figure, odd events"].value == 1.0
    assert scores["1 - false alarms, figure, odd events"].n == 1
    assert scores["contradiction, balanced accuracy, all"].value == 1.0


@pytest.mark.parametrize(
    ("pair", "why"),
    [
        ({"a": 0, "b": 3, "label": "same"}, "no sentences 0 and 3"),
        ({"a": -1, "b": 0, "label": "same"}, "no sentences -1 and 0"),
        ({"a": 0, "b": 0, "label": "alike"}, "unknown label 'alike'"),
        ({"a": 0, "label": "same"}, "'b'"),
    ],
)
def test_bad_record_names_file_and_line(tmp_path, pair, why):
    _write(tmp_path, _event(), _event([pair]))
    wanted = f"{DATA.name}:2: not a labelled event ({why})"
    with pytest.raises(GoldError, match=re.escape(wanted)):
        load(tmp_path)


def test_halves_have_events_of_every_writer(tmp_path):
    make(tmp_path)
    events = load(tmp_path)
    assert len({e.name for e in events}) == len(events) == 60
    halves = [Counter(e.writer for e in events[half::2]) for half in (0, 1)]
    assert halves[0] == halves[1] == dict.fromkeys(range(1, 7), 5)


def test_shipped_labels_are_sound():
    for line in DATA.read_text("utf-8").splitlines():
        record = json.loads(line)
        spans = [layout(a["paragraphs"])[1] for a in record["articles"]]
        named = [(p["a"], p["b"]) for p in record["pairs"]]
        assert named == sorted(set(named))
        for pair in record["pairs"]:
            assert pair["label"] == "same" or pair.keys() == {"a", "b", "label"}
            for side, name in enumerate("ab"):
                told = [pair.get(f"clause_{name}"), *(c.get(name) for c in pair.get("changes", ()))]
                start, end = spans[side][pair[name]]
                assert all(start <= x < y <= end for x, y in filter(None, told))
            assert all(c.keys() & {"a", "b"} for c in pair.get("changes", ()))
