"""What days a date expression means: plain calendar arithmetic against the publication date."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from retold.annotate.dateforms import (
    HOLIDAYS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    SEASONS,
    WEEKDAYS,
    Expression,
)

Days = tuple[date, date]
"""First and last day."""

FUTURE = 2
"""How much farther a day to come counts than a day gone by, where neither the year nor a tense is
said (by judgement: news tells the past)."""

YEARS = (1000, 9000)
"""Years of publication that are taken at their word."""

_BEFORE = frozenset({"last", "past", "previous", "before"})
_AFTER = frozenset({"next", "coming", "after"})
_DAY = timedelta(days=1)
_SHIFTS = {
    "yesterday": -1, "last night": -1, "tomorrow": 1,
    "the day before yesterday": -2, "the day after tomorrow": 2,
}  # fmt: skip
SATURDAY = 5

PARTS = {"early": (0.0, 0.4), "mid": (0.25, 0.75), "late": (0.6, 1.0)}
"""Where the early, middle and late part of a period begin and end; by judgement, and loosely."""
LEAST_PARTED = 5
"""Days less one of the shortest period that has parts: a week."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The days that an expression means, and what it says of them by itself."""

    days: tuple[date, date] | tuple[None, None]
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


def resolve(expression: Expression, base: date | None, tense: str) -> Resolved | None:
    """Resolve an expression against the publication date; None where it is no date ("June 31").

    ``tense`` is "before" or "after" where the verb says that it is past or to come, else empty.
    """
    groups = dict(expression.groups)
    resolved = _resolve(expression.kind, groups, base, tense)
    part = groups.get("part")
    if part is None or resolved is None or resolved.days[0] is None or resolved.days[1] is None:
        return resolved
    return replace(resolved, days=_narrowed(resolved.days[0], resolved.days[1], part))


def _narrowed(first: date, last: date, part: str) -> Days:
    """Return the early, middle or late days of a range, as loosely as it is said."""
    length = (last - first).days
    if length < LEAST_PARTED:
        return first, last
    low, high = PARTS[part]
    return first + int(low * length) * _DAY, first + ceil(high * length) * _DAY


def _resolve(kind: str, groups: dict[str, str], base: date | None, tense: str) -> Resolved | None:
    said = groups.get("relation", "").lower()
    relation = said or tense
    if kind == "day":
        return _day(groups, base, relation)
    if kind == "holiday":
        feast = HOLIDAYS[groups["holiday"].lower().replace("’", "'")]
        return _day({**groups, "month": str(feast[0]), "day": str(feast[1])}, base, relation)
    if kind == "slashed":
        return _slashed(int(groups["one"]), int(groups["two"]), int(groups["year"]))
    if kind == "month":
        month = _month_number(groups["month"])
        return Resolved(_yearly(groups, base, relation, lambda y: _months(y, month)), month=month)
    if kind == "season":
        months = SEASONS[groups["season"].lower()]
        return Resolved(_yearly(groups, base, relation, lambda y: _months(y, *months)))
    if kind == "weekday":
        weekday = next(i for i, d in enumerate(WEEKDAYS) if d.startswith(groups["weekday"]))
        if base is None:
            return Resolved((None, None), weekday=weekday)
        if week := groups.get("week"):
            step = {"next": 1, "this": 0}.get(week, -1)
            day = base + (7 * step + weekday - base.weekday()) * _DAY
            return Resolved((day, day), weekday=weekday)
        day = _weekday(base, weekday, said, tense)
        return Resolved((day, day), weekday=weekday)
    if kind == "weekdays":
        weekday = WEEKDAYS.index(groups["weekday"])
        if base is None:
            return Resolved((None, None), weekday=weekday)
        day = (
            _weekday(base, weekday, "last", "") - 7 * (NUMBERS[groups["count"].lower()] - 1) * _DAY
        )
        return Resolved((day, day), weekday=weekday)
    if kind == "years":
        return _years(groups["year"], groups["until"])
    if kind in {"year", "decade", "quarter"}:
        return Resolved(_fixed(kind, groups))
    return Resolved(_relative(kind, groups, said, base) if base else (None, None))


def _month_number(name: str) -> int:
    if name.isdigit():
        return int(name)
    return next(i for i, month in enumerate(MONTHS, start=1) if month[:3] == name[:3])


def _months(year: int, first: int, last: int | None = None) -> Days:
    """Return the days of one month or of several; from 12 to 2 runs into the next year."""
    last = last or first
    until = year + 1 if last < first else year
    return date(year, first, 1), date(until, last, monthrange(until, last)[1])


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _yearly(
    groups: dict[str, str],
    base: date | None,
    relation: str,
    of_year: Callable[[int], Days | None],
) -> tuple[date, date] | tuple[None, None]:
    """Resolve what comes once a year: in the year that is said, else the nearest that fits."""
    if "year" in groups:
        return of_year(int(groups["year"])) or (None, None)
    if base is None:
        return None, None
    years = range(base.year - 4, base.year + 5)  # leap days come every fourth year
    options = [days for year in years if (days := of_year(year))]
    if relation in _BEFORE:
        # "last November" said in November is a year ago; "in November" with a past tense is now
        ended = [d for d in options if (d[0] if relation == "before" else d[1]) <= base]
        return ended[-1]
    if relation in _AFTER:
        return next(d for d in options if (d[1] if relation == "after" else d[0]) >= base)
    return min(options, key=lambda d: (_gap(d, base), d))


def _gap(days: Days, base: date) -> int:
    """Return the days between a range and the base, 0 within; the future counts as farther."""
    return max(FUTURE * (days[0] - base).days, (base - days[1]).days, 0)


def _day(groups: dict[str, str], base: date | None, relation: str) -> Resolved | None:
    month, day = _month_number(groups["month"]), int(groups["day"])
    until = int(groups.get("until", day))
    if max(day, until) > monthrange(2000, month)[1] or until < day:
        return None

    def of_year(year: int) -> Days | None:
        first, last = _safe(year, month, day), _safe(year, month, until)
        return (first, last) if first and last else None

    days = _yearly(groups, base, relation, of_year)
    if "year" in groups and days == (None, None):
        return None
    return Resolved(days, month=month, day=day)


def _years(first: str, until: str) -> Resolved | None:
    """Resolve "2014-2018", "2014-18"; None where it runs backwards ("2019-05" is a month)."""
    last = int(until if len(until) == 4 else first[:2] + until)
    if last <= int(first):
        return None
    return Resolved((date(int(first), 1, 1), date(last, 12, 31)))


def _slashed(one: int, two: int, year: int) -> Resolved | None:
    """Resolve 5/13/2019; of 3/4/2019 only the two days between which it lies are known."""
    days = [d for d in (_safe(year, one, two), _safe(year, two, one)) if d]
    if not days:
        return None
    first, last = min(days), max(days)
    if first != last:
        return Resolved((first, last))
    return Resolved((first, last), month=first.month, day=first.day)


def _weekday(base: date, weekday: int, said: str, tense: str) -> date:
    """Return the weekday up to the publication, as news tells; from it on for the future."""
    back = (base.weekday() - weekday) % 7
    if said in _AFTER:
        return base + (7 - back) * _DAY
    if tense == "after" and said not in _BEFORE:
        return base + ((7 - back) % 7) * _DAY
    if said in _BEFORE and back == 0:
        back = 7
    return base - back * _DAY


def _fixed(kind: str, groups: dict[str, str]) -> Days:
    if kind == "decade":
        first = int(groups["decade"])
        return date(first, 1, 1), date(first + 9, 12, 31)
    year = int(groups["year"])
    if kind == "quarter":
        number = ORDINALS[groups["quarter"]]
        return _months(year, 3 * number - 2, 3 * number)
    return _months(year, 1, 12)


def _relative(
    kind: str, groups: dict[str, str], said: str, base: date
) -> tuple[date, date] | tuple[None, None]:
    """Resolve what is told from the day of publication: "yesterday", "two years ago"."""
    if kind == "near":
        word = groups["near"].lower()
        if word.endswith("weekend"):
            return _period("weekend", 0 if base.weekday() >= SATURDAY else -1, base)
        shift = _SHIFTS.get(word, 0)
        last = base if word == "last night" else base + shift * _DAY
        return base + shift * _DAY, last
    period = groups["period"]
    if kind == "ago":
        count = groups["count"].lower()
        return _ago(int(count) if count.isdigit() else NUMBERS[count], period, base)
    if said == "past" and period in {"week", "month", "year"}:
        return base - {"week": 7, "month": 31, "year": 366}[period] * _DAY, base
    return _period(period, -1 if said in _BEFORE else int(said in _AFTER), base)


def _shift(base: date, months: int) -> Days:
    """Return the month that lies so many months from the base's."""
    number = base.year * 12 + base.month - 1 + months
    return _months(number // 12, number % 12 + 1)


def _period(period: str, step: int, base: date) -> Days:
    """Return the week, month, ... so many steps from the base's; weeks begin on Monday."""
    if period in {"week", "weekend"}:
        monday = base - (base.weekday() - 7 * step) * _DAY
        return monday + (5 if period == "weekend" else 0) * _DAY, monday + 6 * _DAY
    if period == "month":
        return _shift(base, step)
    if period == "year":
        return _months(base.year + step, 1, 12)
    length = 10 if period == "decade" else 100
    first = (base.year // length + step) * length
    return date(first, 1, 1), date(first + length - 1, 12, 31)


def _ago(count: int, period: str, base: date) -> tuple[date, date] | tuple[None, None]:
    """Resolve "three weeks ago" as loosely as it is said: half a unit to either side."""
    if period == "day":
        return base - count * _DAY, base - count * _DAY
    if period == "week":
        day = base - 7 * count * _DAY
        return day - 3 * _DAY, day + 3 * _DAY
    if period == "month":
        first, last = _shift(base, -count)
        return first - 15 * _DAY, last + 15 * _DAY
    year = base.year - count * (10 if period == "decade" else 1)
    return _months(year, 1, 12) if year > 0 else (None, None)
