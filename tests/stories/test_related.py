"""Follow-ups and events of one kind are told as related; a division says what parts the two."""

from datetime import UTC, datetime, timedelta
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.config import StoriesConfig
from retold.stories import group
from retold.stories.likeness import likeness
from retold.stories.related import mean_rows
from retold.stories.rows import UNDATED
from tests.stories import texts
from tests.stories.test_likeness import piles, weighed
from tests.stories.test_piles import ISK, QUAKE, TAM, on, pile, reports

LATER = (
    "A week after the flood in Vell the market square is dry, and Teodora Quill counts the "
    "damage: nine million crowns. The insurers will pay for half, the mayor said on Tuesday."
)
DAY = datetime(2031, 4, 9, tzinfo=UTC)


def test_a_follow_up_is_related_and_says_why():
    documents, _ = pile([texts.VELL, texts.VELL_COPY], [LATER], [texts.STRIKE])
    dated = on(documents[:2], DAY) + on(documents[2:3], DAY + timedelta(days=8))
    stories = group([*dated, documents[3]], [])
    by_size = {len(s.articles): s for s in stories if s.related}
    assert len(stories) == 3
    assert set(by_size) == {1, 2}
    ((there,), (back,)) = by_size[2].related, by_size[1].related
    assert (there.story, back.story) == (by_size[1].id, by_size[2].id)
    assert there.score == back.score > StoriesConfig().related_from
    assert not there.divided
    assert "“quill”" in there.explanation
    assert "“vell”" in there.explanation


def test_after_months_nothing_is_a_follow_up():
    documents, _ = pile([texts.VELL], [LATER])
    late = on(documents[1:], DAY + timedelta(days=StoriesConfig().related_days + 1))
    assert not any(story.related for story in group(on(documents[:1], DAY) + late, []))


def test_a_division_says_what_each_side_has_of_its_own():
    documents, _ = pile(reports(QUAKE, ISK, 1), reports(QUAKE, TAM, 2))
    loose = StoriesConfig(cohesion=0, straggler=0, cut=0.01, related_from=0.9)
    one, other = group(documents, [], loose)
    ((there,), (back,)) = one.related, other.related
    assert there.divided
    assert back.divided
    for related, other_one in ((there, back), (back, there)):
        shared, own = related.explanation.split(" They hung together as one group")
        mine, theirs = own.split("only the other has")
        places = [ISK["place"].casefold(), TAM["place"].casefold()]
        assert not any(place in shared for place in places)
        assert [place in mine for place in places] == [place not in theirs for place in places]
        assert theirs.strip(" .") in other_one.explanation.split("only this story has")[1]


@given(piles, st.integers(1, 3))
def test_a_mean_row_gives_the_mean_likeness(told, parts):
    rows = weighed(told)[2].rows
    stories = [list(range(len(told)))[at::parts] for at in range(min(parts, len(told)))]
    means = mean_rows(rows, stories, StoriesConfig())
    for i, j in product(range(len(stories)), repeat=2):
        if i == j:
            continue
        pairs = np.array(list(product(stories[i], stories[j])))
        expected = likeness(rows, pairs[:, 0], pairs[:, 1]).mean()
        found = likeness(means, np.array([i]), np.array([j]))[0]
        assert found == pytest.approx(expected, abs=1e-5)
    for story, day in zip(stories, means.days.tolist(), strict=True):
        known = sorted(told[at][1] for at in story if told[at][1] != UNDATED)
        assert day == (known[len(known) // 2] if known else UNDATED)
