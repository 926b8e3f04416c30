"""Figures: numbers with their unit, hedge and what they count."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from retold.annotate.counted import after_of, counted_noun
from retold.annotate.dateforms import expressions
from retold.annotate.numbers import Number, numbers
from retold.annotate.quantities import (
    agree,
    comparable,
    convert,
    family,
    hedged_alike,
    same_nouns,
)
from retold.annotate.units import CURRENCY_SIGNS, after_number, before_number
from retold.model import Document, FigureMention, Hedge, NameKind, Span, rounded

__all__ = ["agree", "comparable", "convert", "family", "find_figures", "hedged_alike", "same_nouns"]

_HEDGES = (
    (
        Hedge.AT_LEAST,
        r"at least|no fewer than|no less than|not less than|a minimum of|minimum of|upwards? of",
    ),
    (
        Hedge.AT_MOST,
        r"at most|no more than|not more than|up to|as many as|as much as|a maximum of|maximum of",
    ),
    (Hedge.MORE_THAN, r"more than|over|above|exceeding|in excess of|greater than"),
    (Hedge.LESS_THAN, r"less than|fewer than|under|below"),
    (Hedge.NEARLY, r"nearly|almost|close to|just under|just short of|approaching"),
    (
        Hedge.ABOUT,
        r"about|around|approximately|roughly|some|an estimated|estimated|circa|ca\.|approx\.|~|≈",
    ),
)
_BEFORE = re.compile(
    r"(?:(?<=\W)|^)(?:"
    + "|".join(f"(?P<h{i}>{p})" for i, (_, p) in enumerate(_HEDGES)).replace(" ", r"\s")
    + r")\s(?:the\s|a\s)?$",
    re.IGNORECASE,
)  # fmt: skip
_WINDOW = 32
"""Characters before a number in which its hedge stands."""
_DURING = re.compile(r"\bover (?:the )?$", re.IGNORECASE)
_COMPARED = re.compile(
    r"(?:\b(?:more|less|fewer|greater|higher|lower) than|\bover|\babove|\bunder|\bbelow)"
    r"[ \u00a0]the[ \u00a0][$€£¥]?$",
    re.IGNORECASE,
)
"""What a known figure is compared with: "more than the 12 that were planned" is 12."""
_DENIED = re.compile(
    r"\b(?:nothing|anything|none|no ?one|nobody|anyone|not|never|n['’]t)\b[^.,;]{0,12}$",
    re.IGNORECASE,
)
"""What turns the hedge behind it ("no one under 21", "anything less than 12")."""
_OR_MORE = re.compile(
    r"\+|[ \u00a0]or (?P<more>more|less|fewer|so|older|over|above|higher|younger|under)\b"
    r"|[ \u00a0]and (?P<and>over|above|older|under|younger)\b|[ \u00a0]plus\b"
)
_LATER = {
    "so": Hedge.ABOUT,
    **dict.fromkeys(("more", "older", "over", "above", "higher"), Hedge.AT_LEAST),
    **dict.fromkeys(("less", "fewer", "younger", "under"), Hedge.AT_MOST),
}
_MAGNITUDE = re.compile(r"\bmagnitude(?:[ \u00a0]of)?[ \u00a0-]$", re.IGNORECASE)
_STRONG = re.compile(r"[-‑]strong\b")
_VOTES = re.compile(r"\bvot(?:e|es|ed|ing)\b", re.IGNORECASE)
_AROUND = 40
"""Characters around a result within which it is one of votes."""
_MONEY_SCALE = 1e6
"""Scale from which pounds are money and no weight, unless what weighs follows."""

_RANGE = re.compile(r"[ \u00a0]?[-‑–—][ \u00a0]?|[ \u00a0](?:to|or)[ \u00a0]")
_BETWEEN = re.compile(r"\bbetween[ \u00a0]$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom[ \u00a0](?:\w+[ \u00a0])?$", re.IGNORECASE)
_AND = re.compile(r"[ \u00a0]and[ \u00a0]")

_CLOCK = re.compile(
    r"(?<!\d)\d{1,2}[:.]\d{2}(?::\d{2})?(?:[ \u00a0]?[ap]\.?m\b\.?| (?:GMT|UTC|EST|EDT|BST|hrs)\b)"
    r"|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)"
    r"|\b\d{1,2}[ \u00a0]?[ap]\.?m\b\.?|\b(?:\d{1,2}|[a-z]{3,6})[ \u00a0]o['’]clock"
)
_PHONE = re.compile(r"\+?\d{1,4}[ .-]\(?\d{2,4}\)?(?:[ .-]\d{2,4}){2,5}|\(\d{3}\)[ ]?\d{3}-\d{4}")
_WEB = re.compile(r"(?:https?://|www\.|[#@])\S{1,300}")
_LABELLED = re.compile(
    r"(?:\b(?i:no\.?|number|nos\.|article|section|chapter|pages?|figure|table|part|room|flight|highway|"
    r"route|interstate|channel|level|phase|type|model|version|episode|season|grade|day|apartment|"
    r"gate|paragraph|clause|resolution|protocol|unit|brigade|battalion|division|world war|class of|"
    r"formula|track|lane|line|volume|vol\.|round|week|game|item|box|bus|train|platform|covid)"
    r"|\bGroup of|\bBig)[ \u00a0-]$"
)
"""Nouns that number what they name ("Article 5", "the Group of Seven")."""
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_GLUED = re.compile(r"[A-Za-z]|[-–]\d|-(?:on|off|to)-|-(?:time|sided|way|stop)\b")
"""What makes a number part of a word or a result."""
_HYPHENED = re.compile(r"\w[-‑–]$")
_AGED = re.compile(r"\bage[ds]? $", re.IGNORECASE)
_AGE = re.compile(r", \d{1,3}[,.;]$")
_OF = re.compile(r"[ \u00a0]of\b")
_SPELLED = 10
"""Numbers under it are spelled out in running text, whether they count or not."""
_OLDEST = 120
"""Years that nobody outlives."""

_TIMES = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})
"""Units whose subject says nothing of what they measure, and before which "over" means "during"."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What the search for figures looks at besides the numbers."""

    document: Document
    text: str
    taken: tuple[tuple[int, int], ...]
    """Stretches whose numbers are no figures: dates, times, phones, links, names."""
    starts: tuple[int, ...]
    """Start of every token."""

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of tokens that start within a stretch of text."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)


def find_figures(document: Document) -> tuple[FigureMention, ...]:
    """Find the figures of an article. Needs its tokens and names, for what is counted."""
    context = _context(document)
    found: list[FigureMention] = []
    pending = list(numbers(context.text))
    at = 0
    while at < len(pending):
        number = pending[at]
        at += 1
        if at < len(pending) and (joined := _joined(context.text, number, pending[at])):
            number = joined
            at += 1
        figure = _figure(context, number)
        if figure is None or (found and figure.span.start < found[-1].span.end):
            continue
        if found:
            found[-1] = _shared_unit(context.text, found[-1], figure)
        found.append(figure)
    return tuple(found)


def _shared_unit(text: str, figure: FigureMention, following: FigureMention) -> FigureMention:
    """Return a bare figure with the unit of the one it is told with ("from 10 to 12 degrees")."""
    bare = not figure.unit and not figure.counted
    if bare and text[figure.span.end : following.span.start] in {" to ", " and ", " or "}:
        return replace(figure, unit=following.unit, counted=following.counted)
    return figure


def _context(document: Document) -> _Context:
    text = document.article.text
    taken = [(e.start, e.end) for e in expressions(text)]
    for pattern in (_CLOCK, _PHONE, _WEB):
        taken.extend(m.span() for m in pattern.finditer(text))
    taken.extend((n.span.start, n.span.end) for n in document.names if n.kind is not NameKind.PLACE)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(taken):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return _Context(document, text, tuple(merged), tuple(t.start for t in document.tokens))


def _overlaps(taken: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    at = bisect_right(taken, (start, len(taken) + end + 10**12))
    return any(s < end and start < e for s, e in taken[max(0, at - 1) : at + 1])


def _joined(text: str, first: Number, second: Number) -> Number | None:
    """Return two numbers as one range ("10 to 12", "between 10 and 12"); None if they are two."""
    if first.share or second.share or first.vague or second.vague:
        return None
    if _is_of_votes(text, first):
        return None
    if second.start - first.end > _WINDOW:
        return None
    unit, end = after_number(text, first.end)
    if unit and (unit != after_number(text, second.end)[0] or end >= second.start):
        end = first.end
    gap = text[end : second.start].rstrip(CURRENCY_SIGNS)
    lead = text[max(0, first.start - _WINDOW) : first.start].rstrip(CURRENCY_SIGNS)
    between = _BETWEEN.search(lead) and _AND.fullmatch(gap)
    if not between and (not _RANGE.fullmatch(gap) or _FROM.search(lead)):
        return None
    low = first.low
    if first.scale == 1.0 and second.scale > 1.0 and first.low < 1000:
        low *= second.scale
    if low >= second.high:
        return None
    digits = first.digits and second.digits
    return Number(first.start, second.end, low, second.high, digits, scale=second.scale)


def _figure(context: _Context, number: Number) -> FigureMention | None:
    text = context.text
    if _overlaps(context.taken, number.start, number.end):
        return None
    lead = text[max(0, number.start - _WINDOW) : number.start]
    if _LABELLED.search(lead) or _ORDINAL.match(text, number.end):
        return None
    if _HYPHENED.search(lead) and not _is_of_votes(text, number):
        return None  # "Su-27", the rest of a result ("3-2")
    currency, start = before_number(text, number.start)
    unit, end = after_number(text, number.end)
    if currency:
        unit, end = currency, number.end
    elif lead.endswith(tuple(CURRENCY_SIGNS)):
        return None  # a price in a currency that is not known
    if unit == "pound" and number.scale >= _MONEY_SCALE and not _OF.match(text, end):
        unit = "gbp"
    if not unit and _MAGNITUDE.search(lead):
        unit = "magnitude"
    if not unit and _AGED.search(lead):
        unit = "year-old"
    if number.share:
        unit, end = "percent", number.end
    votes = not unit and _is_of_votes(text, number)
    if not unit and not votes and _GLUED.match(text, number.end):
        return None  # "20s", "3-2", "4x4", "one-on-one"
    if not unit and number.digits and _AGE.match(text[max(0, number.start - 2) : number.end + 1]):
        age = _age(context, number)
        if age is not None:
            return age
    during = unit in _TIMES and _DURING.search(lead)
    hedge, start = (Hedge.EXACT, start) if during else _hedge_before(text, start)
    if later := _OR_MORE.match(text, end):
        word = later["more"] or later["and"]
        hedge = _LATER[word.lower()] if word else Hedge.AT_LEAST
        end = later.end()
    counted = counted_noun(
        context.document.tokens,
        context.range(number.start, number.end),
        measured=bool(unit) and not number.share,
    )
    if unit:
        counted = _measured(context, end) or ("" if unit in _TIMES else counted or "")
    elif hedge is Hedge.EXACT and (counted is None or _is_idle(text, number, counted)):
        return None
    if unit in {"year-old", "magnitude"}:
        counted = ""
    if votes:
        counted = "vote"
    elif _STRONG.match(text, number.end):
        counted = "people"
    low, high = sorted((number.low, number.high))
    span = Span(context.document.id, start, end)
    return FigureMention(span, _exact(low), _exact(high), unit, counted or "", hedge)


def _is_of_votes(text: str, number: Number) -> bool:
    """Say whether a number is a part of the result of a vote ("134-63")."""
    before, after = text[max(0, number.start - 1) : number.start], text[number.end : number.end + 1]
    dashes = {"-", "‑", "–"}
    if not number.digits or number.low != number.high or not ({before, after} & dashes):
        return False
    pair = (before in dashes and text[max(0, number.start - 2) : number.start - 1].isdigit()) or (
        after in dashes and text[number.end + 1 : number.end + 2].isdigit()
    )
    near = text[max(0, number.start - _AROUND) : number.end + _AROUND]
    return pair and _VOTES.search(near) is not None


def _is_idle(text: str, number: Number, counted: str) -> bool:
    """Say whether a small number in words counts nothing that is said ("split in two")."""
    if counted or number.digits or number.vague or number.share or number.high >= _SPELLED:
        return False
    return not _OF.match(text, number.end)


def _age(context: _Context, number: Number) -> FigureMention | None:
    """Read an age in apposition ("Anna Smith, 54, said")."""
    first, _ = context.range(number.start, number.end)
    tokens = context.document.tokens
    if first < 2 or tokens[first - 2].pos != "PROPN" or not 0 < number.low < _OLDEST:
        return None
    span = Span(context.document.id, number.start, number.end)
    return FigureMention(span, number.low, number.high, "year-old", "")


def _measured(context: _Context, end: int) -> str:
    """Return what a unit measures where "of" follows it ("55 percent of voters")."""
    tokens = context.document.tokens
    at, _ = context.range(end, end)
    return after_of(tokens, at) or ""


def _exact(value: float) -> float:
    return rounded(value) if value < 1e9 else float(round(value))


def _hedge_before(text: str, start: int) -> tuple[Hedge, int]:
    lead_start = max(0, start - _WINDOW)
    match = _BEFORE.search(text[lead_start:start])
    if match is None:
        between = _BETWEEN.search(text[lead_start:start])
        return Hedge.EXACT, (lead_start + between.start() if between else start)
    if _COMPARED.search(text[lead_start:start]):
        return Hedge.EXACT, start
    hedge = next(h for i, (h, _) in enumerate(_HEDGES) if match[f"h{i}"])
    begins = lead_start + match.start()
    one_sided = hedge in {Hedge.MORE_THAN, Hedge.LESS_THAN}
    if one_sided and _DENIED.search(text[max(0, begins - _WINDOW) : begins]):
        return Hedge.EXACT, start
    return hedge, begins
