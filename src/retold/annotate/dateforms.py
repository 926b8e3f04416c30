"""How dates are written: the patterns, and where in a text they match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from retold.annotate.numbers import CARDINALS

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 2),
}
"""First and last month of the meteorological seasons of the northern hemisphere."""
NUMBERS = {word: n for word, n in CARDINALS.items() if n <= 12} | {"a": 1, "an": 1}
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}

HOLIDAYS = {
    "new year's day": (1, 1), "new year's eve": (12, 31), "christmas day": (12, 25),
    "christmas eve": (12, 24), "boxing day": (12, 26), "valentine's day": (2, 14),
    "halloween": (10, 31), "may day": (5, 1), "st patrick's day": (3, 17),
}  # fmt: skip
"""Days that have one date in all countries; month and day."""

_S = r"[ \u00a0]"
_FULL = "|".join(MONTHS)
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
_WEEKDAY = "|".join(WEEKDAYS)
_MONTH = rf"(?P<month>\b(?:{_FULL})\b|\b{_SHORT})"
_LEAD = rf"(?:\b(?:{_WEEKDAY}){_S}?,?{_S})?"
_SUFFIX = r"(?:st|nd|rd|th)?"
_DAY = rf"(?P<day>\b(?:3[01]|[12]\d|0?[1-9])){_SUFFIX}(?![\d:%])(?![.,]\d)"
_TO = rf"(?:(?:-|–|—|{_S}to{_S}|{_S}and{_S})(?P<until>3[01]|[12]\d|0?[1-9]){_SUFFIX}\b(?![:%]))?"
_YEAR = r"(?P<year>\b(?:1[5-9]|20)\d\d\b)"
_RELATIVE = r"(?P<relation>(?i:last|this|next|past|coming|previous))"
_IN = (
    r"(?:in|since|by|until|till|during|for|from|of|early|late|mid|before|after|to|through|between|"
    r"and|around)"
)
_NEAR = (
    r"the day before yesterday|the day after tomorrow|today|yesterday|tomorrow|tonight|last night|"
    r"this (?:morning|afternoon|evening)|(?:over|at|during) the weekend"
)
_PART = re.compile(
    r"\b(?P<part>early|mid|late|(?:beginning|start|middle|end)(?= of))(?:-| of the | of | in | )$",
    re.IGNORECASE,
)
"""What narrows the month, week or year behind it ("early July", "the end of last year")."""
_PARTS = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}
_LOOK_BACK = 20
"""Characters before a date in which such a word stands."""
_HOLIDAY = "|".join(day.replace("'", "['’]") for day in HOLIDAYS)

_EXPRESSIONS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("day", rf"{_LEAD}{_MONTH}{_S}{_DAY}{_TO}(?:{_S}?,?{_S}{_YEAR})?"),
        ("day", rf"{_LEAD}(?:the{_S})?{_DAY}{_TO}{_S}(?:of{_S})?{_MONTH}(?:{_S}?,?{_S}{_YEAR})?"),
        ("month", rf"{_MONTH}{_S}?,?{_S}(?:of{_S})?{_YEAR}"),
        ("month", rf"\b{_RELATIVE}{_S}{_MONTH}"),
        ("month", rf"\b(?P<lead>(?i:{_IN}))(?:{_S}|-){_MONTH}(?!{_S}\d)"),
        (
            "day",
            r"\b(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>3[01]|[12]\d|0[1-9])\b",
        ),
        (
            "day",
            r"\b(?P<day>3[01]|[12]\d|0?[1-9])\.(?P<month>1[0-2]|0?[1-9])\.(?P<year>(?:19|20)\d\d)\b",
        ),
        (
            "slashed",
            r"\b(?P<one>3[01]|[12]\d|0?[1-9])/(?P<two>3[01]|[12]\d|0?[1-9])/"
            r"(?P<year>(?:19|20)\d\d)\b",
        ),
        (
            "weekday",
            rf"\b(?P<weekday>{_WEEKDAY}){_S}(?:of{_S})?"
            rf"(?P<week>last|next|this|the past){_S}week\b",
        ),
        ("weekday", rf"\b(?:{_RELATIVE}{_S})?(?P<weekday>{_WEEKDAY})\b"),
        ("weekday", r"\b(?P<weekday>Mon|Tues|Wed|Thurs|Thu|Fri|Sat|Sun)\.(?=\s)"),
        (
            "weekdays",
            rf"\b(?P<count>(?i:{'|'.join(NUMBERS)})){_S}(?P<weekday>{_WEEKDAY})s?{_S}ago\b",
        ),
        ("holiday", rf"\b(?P<holiday>(?i:{_HOLIDAY}))\b(?:,?{_S}{_YEAR})?"),
        ("near", rf"(?<![“\"‘])\b(?P<near>(?i:{_NEAR}))\b"),
        ("period", rf"\b{_RELATIVE}{_S}(?P<period>week|weekend|month|year|decade|century)\b(?!-)"),
        (
            "ago",
            rf"(?<!half )\b(?P<count>\d{{1,3}}|(?i:{'|'.join(NUMBERS)})){_S}"
            rf"(?P<period>day|week|month|year|decade)s?{_S}ago\b",
        ),
        ("season", rf"\b(?P<season>(?i:{'|'.join(SEASONS)}))(?:{_S}of)?{_S}{_YEAR}"),
        ("season", rf"\b{_RELATIVE}{_S}(?P<season>spring|summer|autumn|fall|winter)\b"),
        (
            "season",
            rf"\b(?P<lead>(?i:in|during|since|by|the|early|late)){_S}(?P<season>spring|summer|autumn|winter)\b",
        ),
        ("quarter", rf"\b(?P<quarter>{'|'.join(ORDINALS)}){_S}quarter{_S}of{_S}{_YEAR}"),
        (
            "years",
            r"(?<![\d$€£#.,:/-])\b(?P<year>(?:19|20)\d\d)[-–](?P<until>(?:19|20)?\d\d)(?![.,]\d|[\d:/%-])",
        ),
        ("decade", r"\b(?P<decade>(?:1[5-9]|20)\d0)(?:'|’)?s\b"),
        ("year", rf"(?<![\d$€£#.,:/-]){_YEAR}(?![.,]\d|[%:°]|-\d|/\d)"),
    )
)
_SURE_LEADS = frozenset({"in", "since", "by", "until", "till", "during", "early", "late", "mid"})
"""Words before "May" after which it is the month and no surname."""

_COUNTS = re.compile(
    rf"{_S}(?:people|persons|men|women|children|soldiers|troops|civilians|residents|jobs|homes|houses|"
    r"members|employees|workers|miles|km|kilometres|kilometers|metres|meters|feet|tonnes|tons|votes|"
    r"points|percent|per cent|dollars|euros|hours|days|years|times|other|more)\b"
)
"""What makes four digits a count and no year ("2000 people")."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression as found, not yet resolved."""

    start: int
    end: int
    kind: str
    groups: tuple[tuple[str, str], ...]
    """Names of the pattern's parts and what stands there, sorted."""


@lru_cache(maxsize=4)  # figures leave out what dates then read
def expressions(text: str) -> tuple[Expression, ...]:
    """Find every date expression; where two overlap, the longer, then the first."""
    found = sorted(_all(text), key=lambda e: (e.start, -e.end))
    kept: list[Expression] = []
    for expression in found:
        if kept and expression.start < kept[-1].end:
            if expression.end - expression.start > kept[-1].end - kept[-1].start:
                kept[-1] = expression
            continue
        kept.append(expression)
    return tuple(kept)


def _all(text: str) -> Iterator[Expression]:
    for kind, pattern in _EXPRESSIONS:
        for match in pattern.finditer(text):
            groups = {k: v for k, v in match.groupdict().items() if v is not None}
            lead = groups.pop("lead", "").lower()
            if kind == "year" and _COUNTS.match(text, match.end()):
                continue
            if groups.get("month") == "May" and lead and lead not in _SURE_LEADS:
                continue
            start = match.start()
            if lead:
                start = match.start("month" if kind == "month" else "season")
            if part := _PART.search(text, max(0, start - _LOOK_BACK), start):
                word = part["part"].lower()
                groups["part"] = _PARTS.get(word, word)
            elif lead in {"early", "mid", "late"}:
                groups["part"] = lead
            yield Expression(start, match.end(), kind, tuple(sorted(groups.items())))
