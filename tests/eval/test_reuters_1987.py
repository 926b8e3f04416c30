"""The task that asks which of two updates came first, on items written for this."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from eval.core import GoldError
from eval.direction import Lean
from eval.tasks.reuters_1987 import Item, load, pairs, scores

NOON = datetime(1987, 3, 2, 12, tzinfo=UTC)
WORDS = (
    "The quarry of Velm will open again in spring, its owner said, after eleven months in which "
    "divers looked for the crane that fell into it and found two bells, a boat and no crane at all."
)


def item(text, hours=0.0):
    return Item("Velm", text, NOON + timedelta(hours=hours))


def test_pairs_share_half_of_the_shorter_and_the_earlier_comes_first():
    long, short = item(WORDS + " The bells will be rung.", 2), item(WORDS)
    other = item("Nothing of this is told in any other item of the day, whoever may have read it.")
    assert pairs([long, other, short]) == [(short, long)]


def test_equal_texts_and_equal_times_are_no_pairs():
    assert pairs([item(WORDS), item(WORDS, 1)]) == []
    assert pairs([item(WORDS), item(WORDS + " The bells will be rung.")]) == []


def test_items_with_a_damaged_time_are_left_out(tmp_path):
    rows = [
        {"title": "Velm", "text": WORDS, "published": "2-MAR-1987 12:00:00.41"},
        {"title": "Velm", "text": WORDS, "published": "31-MAR-1987 605:12:19.12"},
        {"title": "Velm", "text": WORDS, "published": "soon"},
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "items.parquet")
    assert load(tmp_path) == [item(WORDS)]


def test_what_are_no_items_is_said(tmp_path):
    with pytest.raises(GoldError, match=r"no \.parquet"):
        load(tmp_path)
    pq.write_table(pa.Table.from_pylist([{"text": "x"}]), tmp_path / "items.parquet")
    with pytest.raises(GoldError, match="title, text and published"):
        load(tmp_path)


def test_only_what_is_told_and_decided_is_held_to_be_right():
    cases = [(item("long text", 0), item("text", hours)) for hours in (1, 2, 30, 40)]
    found = [Lean(0.9, 1), Lean(0.2, -1), Lean(0.55, 0), Lean(0.7, 0)]
    told = {s.name: (s.value, s.n) for s in scores(cases, found)}
    assert told == {
        "direction told": (0.75, 4),
        "right, of those told": (pytest.approx(2 / 3, abs=1e-3), 3),
        "direction decided": (0.5, 4),
        "right, of those decided": (0.5, 2),
        "direction told, within a day": (1.0, 2),
        "right, of those told, within a day": (0.5, 2),
        "direction decided, within a day": (1.0, 2),
        "right, of those decided, within a day": (0.5, 2),
    }
