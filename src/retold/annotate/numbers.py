"""Numbers as they are written: in digits or words, with scales, as fractions, or vague."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from text_to_num import text2num

SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "mln": 1e6, "mn": 1e6, "bln": 1e9, "bn": 1e9, "tn": 1e12, "dozen": 12.0,
    "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
}  # fmt: skip

VAGUE = {
    "dozens": (24.0, 96.0), "scores": (40.0, 160.0), "hundreds": (200.0, 999.0),
    "thousands": (2e3, 9_999.0), "millions": (2e6, 9_999_999.0), "billions": (2e9, 9_999_999_999.0),
}  # fmt: skip
"""How vague plurals are read: from two of the unit to just under the next one up, by judgement."""

CARDINALS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
"""The number words of one word under a hundred."""

_TOPS = {"a": 1, "an": 1} | {word: n for word, n in CARDINALS.items() if n < 10}
_BOTTOMS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7,
            "eighth": 8, "ninth": 9, "tenth": 10}  # fmt: skip
_BIG = frozenset({"hundred", "thousand", "million", "billion", "trillion"})
_NUMERALS = CARDINALS.keys() | _BIG
_LEADS = {
    ("several",): (3.0, 9.0),
    ("a", "few"): (2.0, 5.0),
    ("few",): (2.0, 5.0),
    ("a", "couple", "of"): (2.0, 2.0),
    ("a",): (1.0, 1.0),
    ("an",): (1.0, 1.0),
    ("half", "a"): (0.5, 0.5),
    ("half", "an"): (0.5, 0.5),
    ("a", "half"): (0.5, 0.5),
}
"""What stands for a number before a scale word ("several hundred", "half a million")."""
_MASSES = frozenset({"thousands", "millions", "billions"})
_SHARED = frozenset({"of", "the", "its", "their", "his", "her", "our"})
_SPANS = frozenset(
    f"{unit}{ending}"
    for unit in (
        "second",
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "year",
        "decade",
        "round",
        "game",
    )
    for ending in ("", "s")
)
"""What makes "one in five" a time ("one in five years")."""
_LONGEST = 24
"""Words of a spelled number; enough for any under a trillion, with every "and"."""

_LEXEME = re.compile(
    r"(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:\u202f\d{3})+|\d{1,15})(?:\.\d{1,9})?(?![\d]))"
    r"|(?P<word>[A-Za-z]+)"
)
_BEFORE_DIGITS = re.compile(r"[\w.,/:#’'&@_]$")
_SIGNS = frozenset("$€£¥₽₴₹")
_LINK = re.compile(r"[ \u00a0\u202f]|[-‑]")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text: where it stands and its value or bounds."""

    start: int
    end: int
    low: float
    high: float
    digits: bool
    """Written in digits."""
    share: bool = False
    """A fraction, given in percent."""
    vague: bool = False
    scale: float = 1.0
    """The last scale word or suffix: "2 to 3 million" lends it to the first number."""


@dataclass(frozen=True, slots=True)
class _Lexeme:
    start: int
    end: int
    text: str
    """Lower case."""
    digits: bool
    linked: bool
    """Only one blank or hyphen stands between it and the one before."""


@lru_cache(maxsize=8_192)
def spelled(words: str) -> float | None:
    """Return the value of cardinal words ("one hundred and twenty"); None where they make none."""
    try:
        return float(text2num(words, "en"))
    except ValueError:
        return None


def numbers(text: str) -> Iterator[Number]:
    """Yield the numbers of a text in order, without overlap, whatever they stand for."""
    lexemes = _lexemes(text)
    at = 0
    while at < len(lexemes):
        found = _read(text, lexemes, at)
        if found is None:
            at += 1
            continue
        number, at = found
        yield number


def _lexemes(text: str) -> list[_Lexeme]:
    found: list[_Lexeme] = []
    last = -1
    for match in _LEXEME.finditer(text):
        start, end = match.span()
        digits = match["digits"] is not None
        linked = last >= 0 and _LINK.fullmatch(text, last, start) is not None
        found.append(_Lexeme(start, end, match.group().lower(), digits, linked))
        last = end
    return found


def _word(lexemes: list[_Lexeme], at: int) -> str:
    """Return the word at a place if it is linked to the one before; empty otherwise."""
    return lexemes[at].text if at < len(lexemes) and lexemes[at].linked else ""


def _read(text: str, lexemes: list[_Lexeme], at: int) -> tuple[Number, int] | None:
    """Read the number that starts at a lexeme; return it with the place after it."""
    first = lexemes[at]
    if first.digits:
        before = text[first.start - 1 : first.start]
        if before and _BEFORE_DIGITS.match(before):
            return None
        value = float(first.text.replace(",", "").replace("\u202f", ""))
        number = Number(first.start, first.end, value, value, digits=True)
        return _ratio(lexemes, at, value) or _scaled(number, text, lexemes, at + 1)
    if first.text in CARDINALS or first.text in _TOPS or first.text in _BOTTOMS:
        if first.text in CARDINALS and (ratio := _ratio(lexemes, at, spelled(first.text))):
            return ratio
        for reader in (_fraction, _lead, _cardinal):
            if found := reader(text, lexemes, at):
                return found
        return None
    if first.text in {"several", "few"}:
        return _lead(text, lexemes, at)
    return _vague(lexemes, at)


def _fraction(_: str, lexemes: list[_Lexeme], at: int) -> tuple[Number, int] | None:
    """Read "a third", "two-thirds", "three quarters", and "half" before "of" or a determiner."""
    first, after = lexemes[at], _word(lexemes, at + 1)
    if first.text == "half" and after in _SHARED:
        return Number(first.start, first.end, 50.0, 50.0, digits=False, share=True), at + 1
    bottom = _BOTTOMS.get(after.removesuffix("s"))
    top = _TOPS.get(first.text)
    if top is None or bottom is None or after == "half" or (top == 1) == after.endswith("s"):
        return None
    if [_word(lexemes, at + 2), _word(lexemes, at + 3)] == ["of", "a"]:
        scale = SCALES.get(mass := _word(lexemes, at + 4), 0.0) if at + 4 < len(lexemes) else 0.0
        if scale and mass in _BIG:  # "a quarter of a million"
            value = top / bottom * scale
            end = lexemes[at + 4].end
            return Number(first.start, end, value, value, digits=False, scale=scale), at + 5
    if top == 1 and _word(lexemes, at + 2) != "of":
        return None  # "a third man", "a quarter"
    share = 100 * top / bottom
    return Number(first.start, lexemes[at + 1].end, share, share, digits=False, share=True), at + 2


def _ratio(lexemes: list[_Lexeme], at: int, top: float | None) -> tuple[Number, int] | None:
    """Read "one in five", "nine out of 10" as a share; "two in 2031", "two in five days" are none.

    Without "out", only of ten and a hundred, or of one: "killed two in three" may tell of raids.
    """
    link, size = _word(lexemes, at + 1), 2
    out = link == "out" and _word(lexemes, at + 2) == "of"
    size = 3 if out else 2
    if top is None or not (out or link == "in"):
        return None
    if _word(lexemes, at + size) == "every":
        size += 1
    place = at + size
    if place >= len(lexemes) or not lexemes[place].linked:
        return None
    last = lexemes[place]
    bottom = float(last.text.replace(",", "")) if last.digits else spelled(last.text)
    if bottom is None or not 0 < top < bottom or top != int(top):
        return None
    usual = top == 1 or bottom in {10.0, 100.0}
    if not (out or usual) or (last.digits and 1000 < bottom < 2100 and "," not in last.text):
        return None
    if _word(lexemes, place + 1) in _SPANS or _word(lexemes, place + 1) in SCALES:
        return None
    share = 100 * top / bottom
    number = Number(lexemes[at].start, last.end, share, share, digits=last.digits, share=True)
    return number, place + 1


def _lead(text: str, lexemes: list[_Lexeme], at: int) -> tuple[Number, int] | None:
    """Read "a hundred", "half a million", "several thousand", "a dozen", "a few dozen"."""
    for lead, (low, high) in _LEADS.items():
        size = len(lead)
        if lexemes[at].text != lead[0]:
            continue
        if any(_word(lexemes, at + i) != lead[i] for i in range(1, size)):
            continue
        scale = _word(lexemes, at + size)
        if scale not in _BIG and scale != "dozen":
            continue
        if (
            lead == ("a",)
            and scale in _BIG
            and _word(lexemes, at + size + 1) in {"and", *CARDINALS}
        ):
            return _cardinal(text, lexemes, at)
        factor = SCALES[scale]
        number = Number(
            lexemes[at].start, lexemes[at + size].end, low * factor, high * factor,
            digits=False, vague=low != high, scale=factor,
        )  # fmt: skip
        return _scaled(number, text, lexemes, at + size + 1)
    return None


def _cardinal(text: str, lexemes: list[_Lexeme], at: int) -> tuple[Number, int] | None:
    """Read the longest run of number words that makes a number."""
    words = ["one" if lexemes[at].text in {"a", "an"} else lexemes[at].text]
    if words[0] not in CARDINALS or (
        words[0] != lexemes[at].text and _word(lexemes, at + 1) not in _BIG
    ):
        return None
    ends = at + 1
    while len(words) < _LONGEST:
        word = _word(lexemes, ends)
        joins = word == "and" and words[-1] in _BIG and _word(lexemes, ends + 1) in CARDINALS
        if not joins and word not in _NUMERALS:
            break
        words.append(word)
        ends += 1
    while words:
        if words[-1] != "and" and (value := spelled(" ".join(words))) is not None:
            last = lexemes[at + len(words) - 1]
            scale = SCALES.get(words[-1], 1.0) if len(words) > 1 else 1.0
            number = Number(lexemes[at].start, last.end, value, value, digits=False, scale=scale)
            return _scaled(number, text, lexemes, at + len(words))
        words.pop()
    return None


def _vague(lexemes: list[_Lexeme], at: int) -> tuple[Number, int] | None:
    """Read "dozens", "hundreds of thousands"."""
    first = lexemes[at]
    if first.text not in VAGUE and first.text != "tens":
        return None
    low, high = VAGUE.get(first.text, (20.0, 99.0))
    end = first
    size = 1
    if _word(lexemes, at + 1) == "of" and _word(lexemes, at + 2) in _MASSES:
        unit = VAGUE[lexemes[at + 2].text][0] / 2
        low, high, end, size = low * unit, (high + 1) * unit - 1, lexemes[at + 2], 3
    elif first.text == "tens":
        return None
    return Number(first.start, end.end, low, high, digits=False, vague=True), at + size


def _scaled(number: Number, text: str, lexemes: list[_Lexeme], at: int) -> tuple[Number, int]:
    """Add what follows: "and a half", a scale word or suffix ("4.5bn", "2 million", "3 dozen")."""
    if _word(lexemes, at) == "and" and _word(lexemes, at + 1) == "a":
        part = _BOTTOMS.get(_word(lexemes, at + 2))
        if part in {2, 4} and number.low < 1000:
            number = replace(
                number,
                low=number.low + 1 / part,
                high=number.high + 1 / part,
                end=lexemes[at + 2].end,
            )
            at += 3
    if at < len(lexemes) and (factor := _factor(number, text, lexemes[at])):
        low, high = number.low * factor, number.high * factor
        number = replace(number, low=low, high=high, end=lexemes[at].end, scale=factor)
        at += 1
    return number, at


def _factor(number: Number, text: str, after: _Lexeme) -> float | None:
    """Return what a scale word or suffix multiplies by; "m" and "b" are scales of money only."""
    suffix = after.start == number.end
    if after.linked or suffix:
        if after.text in SCALES:
            return SCALES[after.text]
        if suffix and text[max(0, number.start - 1) : number.start] in _SIGNS:
            return {"k": 1e3, "m": 1e6, "b": 1e9}.get(after.text)
        if suffix and after.text == "k":
            return 1e3
    return None
