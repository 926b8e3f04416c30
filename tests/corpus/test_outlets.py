from collections import defaultdict
from itertools import pairwise
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.corpus.groups import Groups
from retold.corpus.outlets import table
from retold.corpus.passages import NEVER, Articles

MINUTE = 60_000_000
NAMES = ["Ember", "Harbour Post", "Tern"]


def told(groups, outlets, minutes, names=NAMES):
    """Rows for groups of texts; ``minutes`` of publication, None where it is not known."""
    count = len(outlets)
    bounds = np.cumsum([0, *map(len, groups)])
    texts = np.array([text for own in groups for text in own], np.int64)
    nothing = np.empty(0, np.int64)
    published = [NEVER if m is None else m * MINUTE for m in minutes]
    known = Articles(
        np.zeros((count, 10), np.uint8), np.array(outlets, np.int32), np.array(published, np.int64)
    )
    return table(Groups(texts, bounds, nothing, nothing, nothing), known, names).to_pylist()


def slow(groups, outlets, minutes):
    lags = defaultdict(list)
    for own in groups:
        for text in own:
            for other in {outlets[t] for t in own} - {-1, outlets[text]}:
                if outlets[text] < 0:
                    continue
                times = [minutes[t] for t in own if outlets[t] == other and minutes[t] is not None]
                lag = None
                if times and minutes[text] is not None:
                    lag = minutes[text] - min(times)
                lags[outlets[text], other].append(lag)
    rows = []
    for (one, two), every in lags.items():
        known = [lag for lag in every if lag is not None]
        rows.append(
            {
                "outlet": NAMES[one],
                "other": NAMES[two],
                "articles": len(every),
                "share": pytest.approx(len(every) / outlets.count(one)),
                "later": sum(lag > 0 for lag in known),
                "earlier": sum(lag < 0 for lag in known),
                "median_lag": pytest.approx(median(known) / 60) if known else None,
            }
        )
    return sorted(rows, key=lambda row: (row["outlet"], -row["articles"], row["other"]))


@st.composite
def corpora(draw):
    count = draw(st.integers(0, 40))
    outlets = draw(st.lists(st.integers(-1, 2), min_size=count, max_size=count))
    # minutes between the years 1700 and 2200, and some that are close together
    moments = st.one_of(st.none(), st.integers(0, 30), st.integers(-142_000_000, 121_000_000))
    minutes = draw(st.lists(moments, min_size=count, max_size=count))
    texts = draw(st.permutations(range(count)))
    edges = sorted({0, count, *draw(st.lists(st.integers(0, count), max_size=8))})
    return [texts[low:high] for low, high in pairwise(edges)], outlets, minutes


@given(corpora())
def test_rows_are_those_of_the_slow_way(corpus):
    assert told(*corpus) == slow(*corpus)


def test_who_was_first_and_by_how_much():
    # two groups; the Tern carries both an hour and three hours after the Ember, once undated
    groups = [[0, 1, 2], [3, 4]]
    rows = told(groups, [0, 2, 2, 0, 2], [0, 60, None, 1000, 1180])
    assert rows == [
        {
            "outlet": "Ember", "other": "Tern", "articles": 2, "share": 1.0, "later": 0,
            "earlier": 2, "median_lag": -2.0,
        },
        {
            "outlet": "Tern", "other": "Ember", "articles": 3, "share": 1.0, "later": 2,
            "earlier": 0, "median_lag": 2.0,
        },
    ]  # fmt: skip


def test_an_outlet_is_measured_by_the_first_article_of_the_other():
    rows = told([[0, 1, 2, 3]], [0, 0, 0, 1], [500, 100, None, 160])
    by = {row["outlet"]: row for row in rows}
    assert by["Harbour Post"]["median_lag"] == 1.0
    assert by["Ember"]["median_lag"] == pytest.approx((340 - 60) / 2 / 60)
    assert by["Ember"]["articles"] == 3
    assert (by["Ember"]["later"], by["Ember"]["earlier"]) == (1, 1)


def test_nothing_to_tell():
    assert told([], [], [], []) == []
    assert told([[0, 1]], [-1, -1], [0, 1], []) == []
    assert told([[0, 1]], [0, -1], [0, 1]) == []
    assert told([[0, 1]], [0, 0], [0, 1]) == []


def test_more_rows_than_there_is_room_for():
    rows = told([list(range(300))], [k % 3 for k in range(300)], list(range(300)))
    assert [row["articles"] for row in rows] == [100] * 6
