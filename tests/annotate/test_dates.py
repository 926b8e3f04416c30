from datetime import UTC, date, datetime

import dateparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.annotate.dates import agree, find_dates
from tests.annotate.making import bare, parsed

PUBLISHED = (2031, 12, 1)  # a Monday


def days(text, published=PUBLISHED):
    return [(m.first, m.last) for m in find_dates(bare(text, published))]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on November 30", (2031, 11, 30), (2031, 11, 30)),
        ("on 30 November 2029", (2029, 11, 30), (2029, 11, 30)),
        ("on November 30 , 2030", (2030, 11, 30), (2030, 11, 30)),
        ("on Nov. 30th, 2030", (2030, 11, 30), (2030, 11, 30)),
        ("on Sunday", (2031, 11, 30), (2031, 11, 30)),
        ("on Sunday, November 30, 2031", (2031, 11, 30), (2031, 11, 30)),
        ("last month", (2031, 11, 1), (2031, 11, 30)),
        ("yesterday", (2031, 11, 30), (2031, 11, 30)),
        ("in July", (2031, 7, 1), (2031, 7, 31)),
        ("in autumn 2030", (2030, 9, 1), (2030, 11, 30)),
        ("in winter 2030", (2030, 12, 1), (2031, 2, 28)),
        ("since 2014", (2014, 1, 1), (2014, 12, 31)),
        ("the 1990s", (1990, 1, 1), (1999, 12, 31)),
        ("July 15-16, 2018", (2018, 7, 15), (2018, 7, 16)),
        ("two years ago", (2029, 1, 1), (2029, 12, 31)),
        ("the second quarter of 2018", (2018, 4, 1), (2018, 6, 30)),
        ("next Friday", (2031, 12, 5), (2031, 12, 5)),
        ("on February 29", (2032, 2, 29), (2032, 2, 29)),
        ("on 2031-11-30", (2031, 11, 30), (2031, 11, 30)),
        ("the day before yesterday", (2031, 11, 29), (2031, 11, 29)),
        ("over the weekend", (2031, 11, 29), (2031, 11, 30)),
        ("on Tues. evening", (2031, 11, 25), (2031, 11, 25)),
        ("on Wednesday of last week", (2031, 11, 26), (2031, 11, 26)),
        ("two Sundays ago", (2031, 11, 23), (2031, 11, 23)),
        ("on New Year’s Eve", (2031, 12, 31), (2031, 12, 31)),
        ("in mid-July", (2031, 7, 8), (2031, 7, 24)),
        ("at the end of July", (2031, 7, 19), (2031, 7, 31)),
        ("in early 2030", (2030, 1, 1), (2030, 5, 27)),
        ("in 2014-18", (2014, 1, 1), (2018, 12, 31)),
        ("a decade ago", (2021, 1, 1), (2021, 12, 31)),
    ],
)
def test_resolved(text, first, last):
    assert days(text) == [(date(*first), date(*last))]


@pytest.mark.parametrize(
    "text", ["June 31", "2000 people", "$2014", "He may march.", "a spring", "Ms May spoke to May."]
)
def test_no_dates(text):
    assert days(text) == []


def test_a_dateline_stands_in_for_the_publication():
    text = "TORRINSK, December 1, 2031 — The gates opened on Sunday. They closed on November 29."
    assert [m.first for m in find_dates(bare(text))] == [
        date(2031, 12, 1),
        date(2031, 11, 30),
        date(2031, 11, 29),
    ]
    later = "The gates that were opened on December 1, 2031 closed on Sunday."
    assert find_dates(bare(later))[1].first is None


def test_without_publication_the_parts_stay_comparable():
    november, sunday = find_dates(bare("On November 30, and again on Sunday."))
    assert (november.first, november.month, november.day) == (None, 11, 30)
    assert (sunday.first, sunday.weekday) == (None, 6)


def test_the_tense_tells_the_year():
    past = find_dates(parsed("They met in February.", (2031, 1, 20)))
    future = find_dates(parsed("They will meet in February.", (2031, 3, 20)))
    assert past[0].first == date(2030, 2, 1)
    assert future[0].first == date(2032, 2, 1)


@given(
    st.dates(date(1900, 1, 1), date(2049, 12, 31)),
    st.sampled_from(["%B %d, %Y", "%d %B %Y", "%Y-%m-%d", "%B %d %Y", "%d %b %Y"]),
)
def test_whole_dates_are_read_as_dateparser_reads_them(day, form):
    text = day.strftime(form)
    base = datetime(*PUBLISHED, tzinfo=UTC)
    oracle = dateparser.parse(text, languages=["en"], settings={"RELATIVE_BASE": base})
    assert days(f"It was on {text}.") == [(oracle.date(), oracle.date())]


def one(text, published=PUBLISHED):
    (mention,) = find_dates(bare(text, published))
    return mention


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (one("November 30"), one("in November"), True),
        (one("November 30"), one("on Sunday"), True),
        (one("November 30"), one("November 29"), False),
        (one("November 30"), one("today"), None),
        (one("November 30", None), one("November 30"), True),
        (one("November 30", None), one("November 28"), False),
        (one("in July", None), one("in June", None), False),
        (one("on Sunday", None), one("on Monday", None), False),
        (one("on Sunday", None), one("on Sunday", None), True),
        (one("on Sunday", None), one("in July", None), None),
        (one("last month"), one("in November"), True),
        (one("since 2014"), one("since 2015"), False),
        (one("on Thursday"), one("on December 4"), None),
        (one("over the weekend"), one("on Saturday"), True),
        (one("in early July"), one("in late July"), False),
    ],
)
def test_agreement(a, b, expected):
    assert agree(a, b) is expected
    assert agree(b, a) is expected


WORDS = [
    "November 30",
    "in May",
    "Sunday",
    "2014",
    "today",
    "last month",
    "next week",
    "3 days ago",
]


@given(st.lists(st.sampled_from([*WORDS, ",", "2000 people", "\n", "to", "1/2/2030"]), max_size=12))
def test_offsets_and_symmetry(parts):
    text = " ".join(parts)
    for published in (None, PUBLISHED):
        found = find_dates(bare(text, published))
        end = 0
        for mention in found:
            assert end <= mention.span.start < mention.span.end <= len(text)
            assert (mention.first is None) == (mention.last is None)
            assert mention.first is None or mention.first <= mention.last
            end = mention.span.end
        for a in found:
            for b in found:
                assert agree(a, b) is agree(b, a)


def test_absurd_publication_dates_are_ignored():
    assert [m.first for m in find_dates(bare("on November 30", (9999, 12, 31)))] == [None]
