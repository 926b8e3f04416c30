"""Dates: expressions in the text, resolved to days against the publication date.

The expressions are found by patterns of our own and resolved by plain calendar arithmetic. Where the
year is not said, the one nearest to the publication date is taken; where there is no publication
date either, month and day (or the weekday) stay comparable.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from retold.model import DateMention, Document, Span

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 2),
}
_SMALL = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_NUMBERS = {word: number for number, word in enumerate(_SMALL, start=1)} | {"a": 1, "an": 1}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}

_S = r"[ \u00a0]"
_FULL = "|".join(_MONTHS)
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
_MONTH = rf"(?P<month>\b(?:{_FULL})\b|\b{_SHORT})"
_DAY = r"(?P<day>\b(?:3[01]|[12]\d|0?[1-9]))(?:st|nd|rd|th)?(?![\d:%])(?![.,]\d)"
_TO = rf"(?:(?:-|–|—|{_S}to{_S}|{_S}and{_S})(?P<day2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?![:%]))?"
_YEAR = r"(?P<year>\b(?:1[5-9]|20)\d\d\b)"
_REL = r"(?P<rel>(?i:last|this|next|past|coming|previous))"
_IN = r"(?:in|since|by|until|till|during|for|from|of|early|late|mid|before|after|to|through|between|and|around)"

_PATTERNS = (
    ("day", rf"{_MONTH}{_S}{_DAY}{_TO}(?:,?{_S}{_YEAR})?"),
    ("day", rf"(?:the{_S})?{_DAY}{_TO}{_S}(?:of{_S})?{_MONTH}(?:,?{_S}{_YEAR})?"),
    ("month", rf"{_MONTH},?{_S}(?:of{_S})?{_YEAR}"),
    ("month", rf"\b{_REL}{_S}{_MONTH}"),
    ("month", rf"\b(?i:{_IN})(?:{_S}|-){_MONTH}(?!{_S}\d)"),
    ("iso", r"\b(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>3[01]|[12]\d|0[1-9])\b"),
    ("dotted", r"\b(?P<day>3[01]|[12]\d|0?[1-9])\.(?P<month>1[0-2]|0?[1-9])\.(?P<year>(?:19|20)\d\d)\b"),
    ("slashed", r"\b(?P<one>3[01]|[12]\d|0?[1-9])/(?P<two>3[01]|[12]\d|0?[1-9])/(?P<year>(?:19|20)\d\d)\b"),
    ("weekday", rf"\b(?:{_REL}{_S})?(?P<weekday>{'|'.join(_DAYS)})\b"),
    ("near", r"\b(?P<near>(?i:today|yesterday|tomorrow|tonight|last night|this (?:morning|afternoon|evening)))\b"),
    ("period", rf"\b{_REL}{_S}(?P<period>week|weekend|month|year|decade|century)\b(?!-)"),
    ("ago", r"\b(?P<count>\d{1,3}|" + "|".join(_NUMBERS)
        + rf"){_S}(?P<period>day|week|month|year|decade)s?{_S}(?:ago|earlier)\b"),
    ("season", rf"\b(?P<season>(?i:{'|'.join(_SEASONS)}))(?:{_S}of)?{_S}{_YEAR}"),
    ("season", rf"\b{_REL}{_S}(?P<season>spring|summer|autumn|fall|winter)\b"),
    ("season", rf"\b(?i:in|during|since|by){_S}(?:the{_S})?(?:early{_S}|late{_S})?"
        r"(?P<season>spring|summer|autumn|winter)\b"),
    ("quarter", rf"\b(?P<quarter>{'|'.join(_ORDINALS)}){_S}quarter{_S}of{_S}{_YEAR}"),
    ("decade", r"\b(?P<decade>(?:1[5-9]|20)\d0)(?:'|’)?s\b"),
    ("year", rf"(?<![\d$€£#.,:/-]){_YEAR}(?![.,]\d|[%:°]|-\d|/\d)"),
)  # fmt: skip
_EXPRESSIONS = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)

_COUNTS_PEOPLE = re.compile(
    r"[ \u00a0](?:people|persons|men|women|children|soldiers|troops|civilians|residents|jobs|homes|"
    r"houses|houses|members|employees|workers|miles|km|kilometres|kilometers|metres|meters|feet|tonnes|"
    r"tons|votes|points|percent|per cent|dollars|euros|hours|days|years|times|other|more)\b"
)
"""What makes four digits a count and not a year ("2000 people")."""


FUTURE = 2
"""How much farther a day to come counts than a day gone by, where no year is said (by judgement)."""


@dataclass(frozen=True, slots=True)
class _Expression:
    """A date expression as found, not yet resolved."""

    start: int
    end: int
    kind: str
    groups: tuple[tuple[str, str], ...]


def date_expressions(text: str) -> list[tuple[int, int]]:
    """Return where date expressions stand, sorted, without overlap; the publication date is not needed."""
    return [(e.start, e.end) for e in _expressions(text)]


def find_dates(document: Document) -> tuple[DateMention, ...]:
    """Find the dates of an article and resolve them against its publication date."""
    article = document.article
    base = article.published.date() if article.published else None
    found = []
    for expression in _expressions(article.text):
        mention = _resolve(expression, base, article.id)
        if mention is not None:
            found.append(mention)
    return tuple(found)


def _expressions(text: str) -> list[_Expression]:
    """Find every expression; where two overlap, the one that starts first, then the longer."""
    found = list(_all(text))
    found.sort(key=lambda e: (e.start, -e.end))
    kept: list[_Expression] = []
    for expression in found:
        if kept and expression.start < kept[-1].end:
            if expression.end - expression.start > kept[-1].end - kept[-1].start:
                kept[-1] = expression
            continue
        kept.append(expression)
    return kept


def _all(text: str) -> Iterator[_Expression]:
    for kind, pattern in _EXPRESSIONS:
        for match in pattern.finditer(text):
            if kind == "year" and _COUNTS_PEOPLE.match(text, match.end()):
                continue
            groups = tuple((k, v) for k, v in sorted(match.groupdict().items()) if v is not None)
            start = match.start()
            if kind in {"month", "season"} and "rel" not in dict(groups):
                start = match.start("month" if kind == "month" else "season")
            yield _Expression(start, match.end(), kind, groups)


# ---------------------------------------------------------------- resolving


def _month_number(name: str) -> int:
    short = name[:3].lower()
    return next(i for i, month in enumerate(_MONTHS, start=1) if month[:3].lower() == short)


def _month_range(year: int, first: int, last: int | None = None) -> tuple[date, date]:
    last = last or first
    end_year = year + 1 if last < first else year
    return date(year, first, 1), date(end_year, last, monthrange(end_year, last)[1])


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _pick(
    base: date, relation: str, ranges: Callable[[int], tuple[date, date] | None]
) -> tuple[date, date] | None:
    """Choose the year of something that comes once a year: the nearest, or the last or the next."""
    options = [r for year in (base.year - 1, base.year, base.year + 1) if (r := ranges(year))]
    if relation in {"last", "past", "previous"}:
        options = [r for r in options if r[1] < base] or options[:1]
        return options[-1] if options else None
    if relation in {"next", "coming"}:
        options = [r for r in options if r[0] > base] or options[-1:]
        return options[0] if options else None
    return min(options, key=lambda r: (_gap(r, base), r), default=None)


def _gap(days: tuple[date, date], base: date) -> int:
    """Return the days between a range and the base, 0 within; news tells the past, so the future is far."""
    return max(FUTURE * (days[0] - base).days, (base - days[1]).days, 0)


def _resolve(expression: _Expression, base: date | None, article: str) -> DateMention | None:
    groups = dict(expression.groups)
    span = Span(article, expression.start, expression.end)
    relation = groups.get("rel", "").lower()
    if expression.kind in {"day", "iso", "dotted", "slashed"}:
        return _resolve_day(groups, expression.kind, base, span)
    if expression.kind == "month":
        month = _month_number(groups["month"])
        if "year" in groups:
            days: tuple[date, date] | None = _month_range(int(groups["year"]), month)
        else:
            days = _pick(base, relation, lambda y: _month_range(y, month)) if base else None
        first, last = days or (None, None)
        return DateMention(span, first, last, month=month)
    if expression.kind == "weekday":
        weekday = _DAYS.index(groups["weekday"])
        day = _weekday(base, weekday, relation) if base else None
        return DateMention(span, day, day, weekday=weekday)
    days = _resolve_rest(expression.kind, groups, relation, base)
    first, last = days or (None, None)
    return DateMention(span, first, last)


def _resolve_day(
    groups: dict[str, str], kind: str, base: date | None, span: Span
) -> DateMention | None:
    if kind == "slashed":
        one, two = int(groups["one"]), int(groups["two"])
        if (one > 12) == (two > 12) and one != two:  # 3/4/2020: the order cannot be told
            year = int(groups["year"])
            return (
                DateMention(span, *sorted((date(year, one, two), date(year, two, one))))
                if one <= 12
                else None
            )
        month, day = (two, one) if one > 12 else (one, two)
    else:
        name = groups["month"]
        month = int(name) if name.isdigit() else _month_number(name)
        day = int(groups["day"])
    until = int(groups.get("day2", day))
    if day > monthrange(2000, month)[1] or until < day:
        return None

    def of_year(year: int) -> tuple[date, date] | None:
        first, last = _safe(year, month, day), _safe(year, month, until)
        return (first, last) if first and last else None

    if "year" in groups:
        days = of_year(int(groups["year"]))
        if days is None:
            return None
    else:
        days = _pick(base, "", of_year) if base else None
    first, last = days or (None, None)
    return DateMention(span, first, last, month=month, day=day)


def _weekday(base: date, weekday: int, relation: str) -> date:
    """Return the weekday on or before the publication, as news tells; the next one for "next"."""
    back = (base.weekday() - weekday) % 7
    if relation in {"next", "coming"}:
        return base + timedelta(days=7 - back)
    if relation in {"last", "past", "previous"} and back == 0:
        back = 7
    return base - timedelta(days=back)


def _resolve_rest(
    kind: str, groups: dict[str, str], relation: str, base: date | None
) -> tuple[date, date] | None:
    if kind == "year":
        return _month_range(int(groups["year"]), 1, 12)
    if kind == "decade":
        decade = int(groups["decade"])
        return date(decade, 1, 1), date(decade + 9, 12, 31)
    if kind == "quarter":
        number = _ORDINALS[groups["quarter"]]
        return _month_range(int(groups["year"]), 3 * number - 2, 3 * number)
    if kind == "season":
        months = _SEASONS[groups["season"].lower()]
        if "year" in groups:
            return _month_range(int(groups["year"]), *months)
        return _pick(base, relation, lambda y: _month_range(y, *months)) if base else None
    if base is None:
        return None
    if kind == "near":
        return _near(groups["near"].lower(), base)
    if kind == "ago":
        count = groups["count"]
        return _ago(int(count) if count.isdigit() else _NUMBERS[count], groups["period"], base)
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(relation, 0)
    return _period(groups["period"], step, base)


def _near(word: str, base: date) -> tuple[date, date]:
    day = timedelta(days=1)
    if word == "yesterday":
        return base - day, base - day
    if word == "tomorrow":
        return base + day, base + day
    if word == "last night":
        return base - day, base
    return base, base


def _shift_month(base: date, months: int) -> tuple[date, date]:
    number = base.year * 12 + base.month - 1 + months
    return _month_range(max(1, number // 12), number % 12 + 1)


def _period(period: str, step: int, base: date) -> tuple[date, date]:
    if period in {"week", "weekend"}:
        monday = base - timedelta(days=base.weekday()) + timedelta(days=7 * step)
        return (monday + timedelta(days=5 if period == "weekend" else 0)), monday + timedelta(
            days=6
        )
    if period == "month":
        return _shift_month(base, step)
    if period == "year":
        return _month_range(base.year + step, 1, 12)
    length = 10 if period == "decade" else 100
    first = (base.year // length + step) * length
    return date(first, 1, 1), date(first + length - 1, 12, 31)


def _ago(count: int, period: str, base: date) -> tuple[date, date] | None:
    """Resolve "three weeks ago", as loosely as it is said: half a unit to either side."""
    if period == "day":
        day = base - timedelta(days=count)
        return day, day
    if period == "week":
        day = base - timedelta(days=7 * count)
        return day - timedelta(days=3), day + timedelta(days=3)
    if period == "month":
        return _shift_month(base, -count)[0] - timedelta(days=15), _shift_month(base, -count)[
            1
        ] + timedelta(days=15)
    years = count * (10 if period == "decade" else 1)
    if base.year - years < 1:
        return None
    return _month_range(base.year - years, 1, 12)


# ---------------------------------------------------------------- comparing


def agree(a: DateMention, b: DateMention) -> bool | None:
    """Say whether two dates can be the same: True, False, or None where it cannot be told.

    A day agrees with the month or year that contains it. Dates told by the day of publication
    ("today") may be off by one in another time zone, which decides nothing.
    """
    if a.first and a.last and b.first and b.last:
        if a.first <= b.last and b.first <= a.last:
            return True
        relative = any(m.month is None and m.first == m.last for m in (a, b))
        gap = max((a.first - b.last).days, (b.first - a.last).days)
        return None if relative and gap <= 1 else False
    return _agree_partly(a, b)


def _agree_partly(a: DateMention, b: DateMention) -> bool | None:
    if a.weekday is not None or b.weekday is not None:
        days = [m.weekday if m.weekday is not None else _only_weekday(m) for m in (a, b)]
        if None in days:
            return None
        if days[0] != days[1]:
            return False
        return True if a.weekday == b.weekday else None
    months = [m.month or _only_month(m) for m in (a, b)]
    if None in months:
        return None
    if months[0] != months[1]:
        return False
    numbers = [m.day or _only_day(m) for m in (a, b)]
    if None not in numbers:
        return numbers[0] == numbers[1]
    return True if numbers == [None, None] else None


def _only_weekday(mention: DateMention) -> int | None:
    return mention.first.weekday() if mention.first and mention.first == mention.last else None


def _only_month(mention: DateMention) -> int | None:
    first, last = mention.first, mention.last
    if first and last and (first.year, first.month) == (last.year, last.month):
        return first.month
    return None


def _only_day(mention: DateMention) -> int | None:
    return mention.first.day if mention.first and mention.first == mention.last else None
