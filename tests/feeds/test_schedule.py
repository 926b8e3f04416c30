"""When a feed is asked again follows from its answers, within bounds, and can be repeated."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.config import FeedConfig
from retold.feeds.schedule import after_answer, after_refusal, fresh, look_again, page_again
from retold.fetch import Fetched, Refused, Validators
from retold.model import Reason

NOW = datetime(2031, 6, 3, 12, tzinfo=UTC)
EXACT = FeedConfig(jitter=0.0)
HOUR = 3600


def fetched(**headers):
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Fetched("u", "u", "u", 200, pairs, b"", NOW, Validators())


def refused(status=0, retry=None, reason=Reason.FETCH_FAILED):
    return Refused("u", reason, "It failed.", status, retry and NOW + timedelta(seconds=retry))


def wait(due):
    return (due.next - NOW).total_seconds()


@pytest.mark.parametrize(
    ("headers", "said", "seconds"),
    [
        ({}, None, 900),
        ({}, 60, 900),
        ({}, HOUR, HOUR),
        ({}, 30 * 86_400, 6 * HOUR),
        ({"cache_control": "public, max-age=1200"}, None, 1200),
        ({"cache_control": 'max-age="1200"'}, 1800, 1800),
        ({"cache_control": "no-cache, max-age=9000"}, None, 900),
        ({"cache_control": "max-age=99999999999999"}, None, 900),
        ({"cache_control": "max-age=999999999"}, None, 6 * HOUR),
        ({"expires": "Tue, 03 Jun 2031 13:00:00 GMT"}, None, HOUR),
        ({"expires": "Tue, 03 Jun 2031 11:00:00 GMT"}, None, 900),
        ({"expires": "0"}, None, 900),
        ({"expires": "Tue, 99 Jun 2031"}, None, 900),
    ],
)
def test_an_answer_is_followed_by_the_longest_wait_that_is_asked_for(headers, said, seconds):
    due = after_answer(fetched(**headers), said, NOW, EXACT, "u")
    assert (wait(due), due.failures) == (seconds, 0)


def test_nothing_is_asked_more_often_than_is_allowed():
    hasty = replace(EXACT, every=1.0)
    assert wait(after_answer(fetched(), 1, NOW, hasty, "u")) == hasty.least
    assert wait(after_refusal(refused(500), 0, NOW, hasty, "u")) == hasty.least


def test_failures_double_the_wait_up_to_a_day():
    waits = [wait(after_refusal(refused(500), n, NOW, EXACT, "u")) for n in (0, 1, 2, 6, 7, 5000)]
    assert waits == [900, 1800, 3600, 57_600, 86_400, 86_400]
    assert after_refusal(refused(500), 3, NOW, EXACT, "u").failures == 4


def test_a_server_may_ask_for_longer_but_not_for_ever():
    assert wait(after_refusal(refused(503, retry=7200), 0, NOW, EXACT, "u")) == 7200
    assert wait(after_refusal(refused(429, retry=5), 0, NOW, EXACT, "u")) == 900
    assert wait(after_refusal(refused(429, retry=9e9), 0, NOW, EXACT, "u")) == EXACT.most_held


def test_what_is_gone_is_never_asked_again():
    assert after_refusal(refused(410), 2, NOW, EXACT, "u").next is None


@pytest.mark.parametrize(
    ("answer", "again"),
    [
        (refused(), True),
        (refused(502), True),
        (refused(429), True),
        (refused(404), False),
        (refused(403), False),
        (refused(reason=Reason.ROBOTS), False),
        (refused(503, reason=Reason.ROBOTS), True),
        (refused(reason=Reason.FORBIDDEN_ADDRESS), False),
        (refused(200, reason=Reason.TOO_LARGE), False),
    ],
)
def test_pages_are_tried_again_where_it_may_help(answer, again):
    assert (page_again(answer, 1, NOW, EXACT, "u") is not None) is again
    assert page_again(answer, EXACT.page_tries, NOW, EXACT, "u") is None


def test_pages_wait_longer_each_time():
    waits = [(page_again(refused(), n, NOW, EXACT, "u") - NOW).total_seconds() for n in range(1, 6)]
    assert waits == [600, 1200, 2400, 4800, 9600]


@given(st.text(max_size=20), st.integers(0, 50), st.integers())
def test_chance_stays_near_and_can_be_repeated(key, failures, seed):
    config = FeedConfig(seed=seed)
    first = after_refusal(refused(500), failures, NOW, config, key)
    assert first == after_refusal(refused(500), failures, NOW, config, key)
    exact = wait(after_refusal(refused(500), failures, NOW, EXACT, key))
    assert 0.9 * exact <= wait(first) <= 1.1 * exact


def test_feeds_that_began_together_are_asked_apart():
    moments = {after_answer(fetched(), None, NOW, FeedConfig(), str(n)).next for n in range(50)}
    assert len(moments) == 50


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_header_is_understood_or_passed_over(control, expires):
    found = fresh(fetched(cache_control=control, expires=expires))
    assert found is None or found >= 0


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (0, HOUR),
        (HOUR / 2, HOUR / 2),
        (HOUR / 2 + 1, 5.5 * HOUR - 1),
        (6 * HOUR, 18 * HOUR),
        (24 * HOUR, 48 * HOUR),
        (100 * HOUR, 68 * HOUR),
        (168 * HOUR - 60, None),
        (9_000 * HOUR, None),
    ],
)
def test_pages_are_looked_at_again_at_some_ages(age, wait):
    when = look_again(NOW - timedelta(seconds=age), NOW, EXACT, "u")
    assert (when and (when - NOW).total_seconds()) == wait


@given(
    age=st.floats(0, 1e7),
    ages=st.lists(st.floats(60, 1e6), max_size=6).map(sorted),
    key=st.text(max_size=5),
)
def test_looks_come_to_an_end_each_some_time_after_the_one_before(age, ages, key):
    config = replace(FeedConfig(), looks=tuple(ages))
    born, now, times = NOW - timedelta(seconds=age), NOW, 0
    while (when := look_again(born, now, config, key)) is not None:
        assert (when - now).total_seconds() >= 0.89 * config.least_look
        now, times = when, times + 1
        assert times <= 3 * len(ages)
    assert times <= 3 * len(ages)
