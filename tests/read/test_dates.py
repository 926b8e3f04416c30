"""Dates in any form to moments in UTC."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.read.dates import parse, split

DAY = datetime(2031, 7, 15, tzinfo=UTC)
AT = datetime(2031, 7, 15, 7, 54, 28, tzinfo=UTC)
MINUTE = AT.replace(second=0)


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2031-07-15", DAY),
        ("2031/7/15", DAY),
        ("20310715", DAY),
        (20310715, DAY),
        (date(2031, 7, 15), DAY),
        ("2031-07-15T07:54:28Z", AT),
        ("2031-07-15T07:54:28.123456789Z", AT.replace(microsecond=123456)),
        ("2031-07-15 09:54:28+02:00", AT),
        ("2031-07-15T03:54:28-0400", AT),
        ("2031-07-15 07:54:28 UTC", AT),
        ("20310715T075428Z", AT),
        ("July 15, 2031", DAY),
        ("Jul. 15th, 2031", DAY),
        ("15 July 2031", DAY),
        ("15-Jul-2031", DAY),
        ("Tuesday, July 15, 2031", DAY),
        ("Published on July 15, 2031", DAY),
        ("Tue, 15 Jul 2031 09:54:28 +0200", AT),
        ("Tue, 15 Jul 2031 07:54:28 GMT", AT),
        ("July 15, 2031 at 3:54 a.m. EDT", MINUTE),
        ("15.07.2031", DAY),
        ("07/15/2031", DAY),
        ("15/07/2031 07:54 GMT", MINUTE),
        ("15-JUL-2031 07:54:28.79 GMT", AT.replace(microsecond=790_000)),
        ("07/07/2031", datetime(2031, 7, 7, tzinfo=UTC)),
        (AT.timestamp(), AT),
        (int(AT.timestamp()), AT),
        (int(AT.timestamp() * 1000), AT),
        (str(int(AT.timestamp())), AT),
        (AT, AT),
        (AT.astimezone(timezone(timedelta(hours=-7))), AT),
    ],
)  # fmt: skip
def test_dates_that_are_plain(given, moment):
    assert parse(given).moment == moment
    assert parse(given).remark == ""


@pytest.mark.parametrize(
    "given",
    [
        "2031-07-15T07:54:28",
        "2031-07-15 07:54:28",
        "20310715075428",
        "15 Jul 2031, 07:54:28",
        AT.replace(tzinfo=None),
    ],
)
def test_a_time_without_zone_is_utc_and_said(given):
    assert parse(given).moment == AT
    assert "taken as UTC" in parse(given).remark


@pytest.mark.parametrize(
    "given",
    [
        "yesterday",
        "3 hours ago",
        "2031",
        "2031-07",
        "July 2031",
        "03/04/2031",
        "2031-02-30",
        "31 June 2031",
        "0001-01-01",
        "9999-12-31",
        "soon",
        "x" * 5000,
        True,
        5,
        -1,
        1e300,
        float("inf"),
        [],
        {},
        "2031-07-15T07:54:28 nowhere",
        "15 July 2031 25:70",
        "July 15, 2031 (the day after)",
        "20311315",
        99999999999999999999999,
    ],
)
def test_what_is_no_plain_date_is_none_and_said(given):
    found = parse(given)
    assert found.moment is None
    assert found.remark.endswith("left out.")
    assert len(found.remark) < 200


@pytest.mark.parametrize("given", [None, "", "  ", float("nan")])
def test_no_date_needs_no_remark(given):
    assert parse(given).moment is None
    assert parse(given).remark == ""


@given(
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2150, 1, 1)),  # noqa: DTZ001
    st.integers(min_value=-840, max_value=840),
)
def test_iso_dates_agree_with_the_standard_library(moment, offset):
    day = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    aware = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    assert parse(aware.isoformat()).moment == aware.astimezone(UTC)
    assert parse(moment.strftime("%d %B %Y")).moment == day


@given(st.text(max_size=120) | st.integers() | st.floats() | st.binary(max_size=10))
def test_nothing_raises(value):
    found = parse(value)
    assert found.moment is None or found.moment.tzinfo is UTC


def test_a_date_is_split_from_what_stands_before_it():
    line = "Odd Brisk, Tuesday, July 15, 2031 07:54"
    assert split(line) == ("Odd Brisk, ", "July 15, 2031 07:54")
    assert split("Odd Brisk") == ("Odd Brisk", "")
