"""The stemma by time: nothing overlaps, parents stand above, the earlier above the later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from retold.report.html.layout import HEIGHT, LAYER, WIDEST, WIDTH, Link
from retold.report.html.timeline import ACROSS, LANE, arrange, suits
from tests.report.html.test_layout import NODES, links_of, overlapping

START = datetime(2031, 3, 3, 9, 15, tzinfo=UTC)
times_of = st.dictionaries(
    st.sampled_from(NODES),
    st.integers(0, 5000).map(lambda minutes: START + timedelta(minutes=minutes)),
)


@given(links_of, times_of, st.integers(1, len(NODES)))
def test_every_box_has_its_place(links, times, count):
    nodes = NODES[:count]
    picture = arrange(nodes, links, {n: t for n, t in times.items() if n in nodes})
    assert set(picture.boxes) == set(nodes)
    assert not overlapping(picture.boxes)
    for box in picture.boxes.values():
        assert 0 <= box.x <= picture.width - WIDTH
        assert 0 <= box.y <= picture.height - HEIGHT
        if box.parent is not None:
            assert picture.boxes[box.parent].y + HEIGHT <= box.y
    rows = [box.y for box in picture.boxes.values()]
    assert max(rows.count(y) for y in rows) <= ACROSS


@given(links_of, times_of)
def test_edges_run_between_the_boxes(links, times):
    picture = arrange(NODES, links, times)
    for (parent, child), lanes in picture.routes.items():
        high, low = picture.boxes[parent].y, picture.boxes[child].y
        assert [y for _, y in lanes] == [high + LAYER * n for n in range(1, len(lanes) + 1)]
        assert low == high + LAYER * (len(lanes) + 1)
        for x, y in lanes:
            beside = [b for b in picture.boxes.values() if b.y == y]
            assert all(x + LANE / 2 <= b.x or x - LANE / 2 >= b.x + WIDTH for b in beside)


@given(times_of)
def test_the_earlier_of_two_never_stands_below_the_later(times):
    picture = arrange(NODES, [Link(n, "n0", 0.5) for n in NODES[1:]], {"n0": START, **times})
    dated = sorted((t, picture.boxes[n].y) for n, t in times.items() if n != "n0" and t >= START)
    root = times.get("n0", START)
    kept = [y for t, y in dated if t >= root]
    assert kept == sorted(kept)


def test_a_wrong_date_moves_nothing_above_its_source():
    links = [Link("b", "a", 0.9), Link("c", "b", 0.9)]
    times = {"a": START, "b": START - timedelta(days=1), "c": START + timedelta(hours=1)}
    picture = arrange(["a", "b", "c"], links, times)
    assert [picture.boxes[n].y for n in "abc"] == sorted(picture.boxes[n].y for n in "abc")
    assert [(band.days, band.hours) for band in picture.bands] == [
        ("3 Mar 2031", "09:15"),
        ("3 Mar 2031", "10:15"),
    ]


def test_sources_without_times_crowd_no_layer():
    """Two of them belong just above what was taken from them, where one has room."""
    when = {"a": 0, "b1": 1, "b2": 1, "b3": 1, "b4": 1, "d": 2, "e": 3, "f": 4}
    links = [Link(b, "a", 0.9) for b in ("b1", "b2", "b3", "b4")]
    links += [Link("d", "b1", 0.9), Link("e", "x", 0.9), Link("f", "y", 0.9)]
    times = {n: START + timedelta(hours=h) for n, h in when.items()}
    picture = arrange([*when, "x", "y"], links, times)
    rows = [box.y for box in picture.boxes.values()]
    assert max(rows.count(y) for y in rows) == ACROSS
    assert picture.boxes["x"].y == picture.boxes["b1"].y


def test_no_layer_is_left_empty():
    """Five sources without times move down from one layer; one that nobody took from stays."""
    when = {"a": 0, "b": 1, "d": 2, "c6": 3, "c9": 3, "c10": 3, "e": 4, "c7": 5, "f": 6, "c8": 7}
    links = [Link(low, high, 0.9) for high, low in pairwise("abdef")]
    links += [Link(f"c{n}", f"r{n}", 0.9) for n in range(6, 11)]
    nodes = [*(f"r{n}" for n in range(1, 11)), *when]
    picture = arrange(nodes, links, {n: START + timedelta(hours=h) for n, h in when.items()})
    rows = sorted({box.y for box in picture.boxes.values()})
    assert rows == [rows[0] + LAYER * n for n in range(len(rows))]


def test_fifteen_copies_fit_on_a_page():
    names = [f"c{n}" for n in range(15)]
    times = {name: START + timedelta(hours=n) for n, name in enumerate(["a", *names])}
    picture = arrange(["a", *names], [Link(n, "a", 0.9) for n in names], times)
    assert picture.width <= WIDEST
    assert len(picture.bands) == 4


def test_a_layer_of_days_without_hours_tells_days():
    days = {n: datetime(2031, 3, d, tzinfo=UTC) for n, d in (("a", 3), ("b", 4), ("c", 5))}
    picture = arrange(["a", "b", "c"], [Link("b", "a", 1.0), Link("c", "a", 1.0)], days)
    assert [(b.days, b.hours) for b in picture.bands] == [
        ("3 Mar 2031", ""),
        ("4 Mar –", "5 Mar 2031"),
    ]


def test_time_is_used_where_there_is_enough():
    dated = dict.fromkeys(NODES[:3], START)
    assert suits(NODES[:5], dated)
    assert not suits(NODES[:8], dated)
    assert not suits(NODES[:1], dated)
    assert not suits([f"n{i}" for i in range(61)], {f"n{i}": START for i in range(61)})
