"""Dates in records and pages to aware datetimes in UTC. Nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

_ISO = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(.{0,12})",
    re.ASCII,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z?)", re.ASCII)
_CLOCK = re.compile(
    r"\b(\d{1,2})[:.](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]\.?m\b\.?)?"
    r"|\b(\d{1,2})\s*([ap]\.?m\b\.?)",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?[\s\-]+({_MONTH})\b\.?,?[\s\-]+(\d{{4}})\b", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?\b,?\s+(\d{{4}})\b", re.IGNORECASE
)
_SLASHED = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)", re.ASCII)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+\-−])(\d{1,2}):?(\d{2})?", re.IGNORECASE)
_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7,
    "MDT": -6, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
}  # fmt: skip
"""Hours from UTC: RFC 5322's zones and European ones; those with several meanings are left out."""
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?$", re.IGNORECASE
)
_NOISE = frozenset(
    [
        "published", "posted", "date", "on", "at", "of", "the", "first", "issued", "from", "mon",
        "tue", "wed", "thu", "fri", "sat", "sun", "tues", "thur", "thurs", "monday", "tuesday",
        "wednesday", "thursday", "friday", "saturday", "sunday",
    ]
)  # fmt: skip
_EARLIEST, _LATEST = 1700, 2200
_SECONDS = range(7_258_118_400)  # up to the year 2200


@dataclass(frozen=True, slots=True)
class When:
    """A moment in UTC, or None with one sentence on why it could not be told."""

    moment: datetime | None
    remark: str = ""
    timed: bool = False
    """Whether a time of day was given."""


def parse(value: object, what: str = "date") -> When:
    """Read a date. A day alone is its midnight in UTC; without a zone, UTC is assumed and said.

    Relative dates ("3 hours ago"), days that can be read two ways (03/04/2030) and years or months
    alone are not guessed: they give None and a remark. ``what`` names the field in remarks.
    """
    try:
        found = _parse(value)
    except (ValueError, OverflowError, OSError):
        found = When(None, "names no real day")
    if found.moment is not None and not _EARLIEST <= found.moment.year <= _LATEST:
        found = When(None, f"lies outside the years {_EARLIEST} to {_LATEST}")
    if found.moment is None and found.remark:
        shown = " ".join(str(value).split())[:60]
        return When(None, f"The {what} {shown!r} {found.remark}; left out.")
    return found


def split(line: str) -> tuple[str, str]:
    """Split a line before a written date in it ("Jane Doe, 3 May 2031 07:54"); "" where none is."""
    match = _DAY_FIRST.search(line) or _MONTH_FIRST.search(line)
    if match is None:
        return line, ""
    before = line[: match.start()].rstrip(" ,|•·–—-")
    weekday = _WEEKDAY.search(before)
    return before[: weekday.start()] if weekday else before, line[match.start() :]


def _parse(value: object) -> When:
    if value is None or value != value:  # noqa: PLR0124 - NaN and NaT, empty cells
        return When(None)
    if isinstance(value, datetime):
        return _aware(value)
    if isinstance(value, date):
        return When(datetime(value.year, value.month, value.day, tzinfo=UTC))
    if isinstance(value, bool):
        return When(None, "is no date")
    if isinstance(value, int | float):
        return _epoch(float(value))
    if not isinstance(value, str):
        return When(None, "is no date")
    text = " ".join(value.split())
    if not text:
        return When(None)
    if len(text) > 100:
        return When(None, "is no date")
    return _numeric(text) or _written(text) or When(None, "was not understood")


def _aware(moment: datetime) -> When:
    if moment.tzinfo is None:
        return _assumed(moment.replace(tzinfo=UTC))
    return When(moment.astimezone(UTC), timed=True)


def _assumed(moment: datetime) -> When:
    return When(moment, "The time of publication has no zone; taken as UTC.", timed=True)


def _epoch(number: float) -> When:
    if 19_000_101 <= number <= 21_991_231 and number == int(number):
        return _numeric(str(int(number))) or When(None, "was not understood")
    for scale in (1, 1_000, 1_000_000, 1_000_000_000):
        if 1e8 <= number / scale < _SECONDS.stop:
            return When(
                datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=number / scale), timed=True
            )
    return When(None, "is no date")


def _numeric(text: str) -> When | None:
    if (m := _ISO.fullmatch(text)) or (m := _COMPACT.fullmatch(text)):
        year, month, day, hour, minute, second = (int(g or 0) for g in m.groups()[:6])
        if m[4] is None:
            return None if m[m.lastindex or 0].strip() and m.re is _ISO else _day(year, month, day)
        moment = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001
        if m.re is _ISO and m[7]:
            moment = moment.replace(microsecond=_micros(m[7]))
        rest = m[m.re.groups].strip()
        return _zoned(moment, rest)
    if re.fullmatch(r"\d{9,19}(?:\.\d{1,9})?", text, re.ASCII):
        if len(text) == 14 and (m := _COMPACT.fullmatch(text)):
            return None
        return _epoch(float(text))
    return None


def _micros(fraction: str) -> int:
    """Return the digits after the point of a second in microseconds."""
    return int(fraction[:6].ljust(6, "0"))


def _day(year: int, month: int, day: int) -> When:
    return When(datetime(year, month, day, tzinfo=UTC))


def _zoned(moment: datetime, zone: str) -> When | None:
    zone = zone.strip(" ()")
    if not zone:
        return _assumed(moment.replace(tzinfo=UTC))
    if zone.upper() in _ZONES:
        offset = timedelta(hours=_ZONES[zone.upper()])
    elif m := _OFFSET.fullmatch(zone):
        offset = timedelta(hours=int(m[2]), minutes=int(m[3] or 0))
        offset = offset if m[1] == "+" else -offset
    else:
        return None
    return When(moment.replace(tzinfo=timezone(offset)).astimezone(UTC), timed=True)


def _written(text: str) -> When | None:
    """Read "July 15, 2030 7:54 am EDT", "Mon, 15 Jul 2030 07:54:28 +0200", "15/07/2030 07:54"."""
    if m := _DAY_FIRST.search(text):
        day, month, year = int(m[1]), _MONTHS[m[2].casefold()], int(m[3])
    elif m := _MONTH_FIRST.search(text):
        month, day, year = _MONTHS[m[1].casefold()], int(m[2]), int(m[3])
    elif m := _SLASHED.match(text):
        one, two, year = int(m[1]), int(m[2]), int(m[3])
        if one <= 12 and two <= 12 and one != two:
            return When(None, "can be read as two different days (write YYYY-MM-DD)")
        day, month = (one, two) if two <= 12 else (two, one)
    else:
        return None
    rest = f"{text[: m.start()]} {text[m.end() :]}"
    clock = _CLOCK.search(rest)
    if clock:
        rest = f"{rest[: clock.start()]} {rest[clock.end() :]}"
    words = [
        w for w in re.split(r"[\s,|:()]+", rest) if w and w.casefold().strip(".") not in _NOISE
    ]
    if not clock:
        return None if any(w not in {"-", "–", "—", "/"} for w in words) else _day(year, month, day)
    hour, minute = int(clock[1] or clock[6]), int(clock[2] or 0)
    half = (clock[5] or clock[7] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    moment = datetime(year, month, day, hour, minute, min(int(clock[3] or 0), 59))  # noqa: DTZ001
    moment = moment.replace(microsecond=_micros(clock[4] or ""))
    return _zoned(moment, "".join(w for w in words if w not in {"–", "—", "/", "-"}))
