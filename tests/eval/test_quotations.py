"""The task of quotations across versions, on a few stories of its own."""

import json

import pytest

from eval.core import GoldError, f1
from eval.quotecases import KINDS, STATUS, Story, stories, wrapped
from eval.tasks import quotations


def test_stories_are_the_same_for_a_seed_and_hold_every_kind():
    made = stories(3)
    assert made == stories(3)
    assert made != stories(3, seed=1)
    assert {q["kind"] for story in made for q in story["quotes"]} == set(KINDS)


def test_places_of_the_truth_are_those_of_the_texts():
    for story in stories(6):
        for quote in story["quotes"]:
            text = story["articles"][quote["version"]]["text"]
            said = text[quote["start"] : quote["end"]]
            assert said == said.strip()
            assert text[quote["start"] - 1] in '“‘"'


def test_wrapping_moves_nothing():
    text = "word " * 40 + "end\n\nsecond"
    assert len(wrapped(text)) == len(text)
    assert wrapped(text).split() == text.split()


def test_scores_of_two_kinds():
    row = json.loads(json.dumps(Story(5).make(("verbatim", "trimmed at the end", "one frame"))))
    told = quotations.judged(row)
    assert {(t.kind, t.status) for t in told if t.version == 1} == {
        (kind, STATUS[kind]) for kind in ("verbatim", "trimmed at the end", "one frame")
    }
    assert quotations.f_of(quotations.bcubed(told, simple=False)) == 1.0
    assert f1(quotations.pairs(told, simple=False)) == 1.0
    assert not [t for t in told if t.kind == "verbatim" and t.changes]


STORY = json.loads(json.dumps(Story(5).make(("verbatim",))))


@pytest.mark.parametrize(
    "record",
    [
        {"articles": 3},
        STORY | {"quotes": [STORY["quotes"][0] | {"version": 3}]},
        STORY | {"quotes": [STORY["quotes"][0] | {"kind": "sung"}]},
        STORY | {"articles": [STORY["articles"][0] | {"published": "in spring"}]},
    ],
)
def test_damaged_data_are_told(tmp_path, record):
    lines = [json.dumps(STORY), json.dumps(record)]
    (tmp_path / "stories.jsonl").write_text("\n".join(lines), "utf-8")
    with pytest.raises(GoldError, match=r"stories\.jsonl:2: not in the layout"):
        quotations.load(tmp_path)


def test_a_folder_without_stories(tmp_path):
    with pytest.raises(GoldError, match="no such file"):
        quotations.evaluate(tmp_path)
