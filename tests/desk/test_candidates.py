"""What shares rare words with an article is found as it is by adding up word by word."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.desk import Desk, candidates, standing, wording
from retold.stories.rows import UNDATED
from tests.desk.making import DAY, article

WORDS = ("ferry", "weir", "kestria", "brannock", "lighthouse", "regatta", "turbine", "sluice")
COUNT = 60


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk whose articles share some of few words, over some weeks, some without a time."""
    with Desk.open(tmp_path_factory.mktemp("desk") / "retold.db") as opened:
        opened.add(
            article(
                " ".join(w for at, w in enumerate(WORDS) if number >> at % 5 & 1)
                + f" No. {number}",
                outlet=f"Outlet {number}",
                **({"published": DAY + timedelta(days=number)} if number % 7 else {}),
            )
            for number in range(1, COUNT)
        )
        opened.work(most=0)
        yield opened


def one_by_one(connection, bag, config, background, most, days):
    """The same, slowly: every posting added up by itself, every time asked."""
    gains = defaultdict(float)
    for term, gain in candidates._telling(bag, config, background):
        for (row,) in connection.execute(
            "SELECT rowid FROM article_text WHERE article_text MATCH ? ORDER BY rowid DESC LIMIT ?",
            (f'text : "{term}"', candidates.POSTING),
        ):
            gains[row] += gain
    ranked = sorted(gains, key=lambda row: (-gains[row], row))[: candidates.RANKED]
    when = candidates._times(connection, ranked, standing.days(connection))
    near = [
        row
        for row in ranked
        if row in when and (UNDATED in {bag.day, when[row]} or abs(when[row] - bag.day) <= days)
    ]
    return near[:most]


@settings(max_examples=60, deadline=None)
@given(
    row=st.integers(1, COUNT - 1),
    most=st.integers(1, 50),
    days=st.integers(0, 60),
    asked=st.integers(1, 9),
    posting=st.integers(1, 40),
)
def test_the_likest_are_those_that_are_found_one_by_one(desk, row, most, days, asked, posting):
    with pytest.MonkeyPatch.context() as patch, desk.database.read() as connection:
        patch.setattr(candidates, "ASKED", asked)
        patch.setattr(candidates, "POSTING", posting)
        config = desk.config.stories
        background = wording.background(connection, wording.placed(connection), {})
        bag = desk.reader.stored(connection, [row])[row]
        found = candidates.candidates(connection, bag, config, background, most, days)
        assert found == one_by_one(connection, bag, config, background, most, days)


def test_many_are_found(desk):
    with desk.database.read() as connection:
        background = wording.background(connection, wording.placed(connection), {})
        bag = desk.reader.stored(connection, [31])[31]
        found = candidates.candidates(connection, bag, desk.config.stories, background)
        assert len(found) > 10
