"""Figures: numbers with their unit, hedge and what they count."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from retold.annotate.dates import date_expressions
from retold.annotate.numbers import Number, numbers
from retold.annotate.quantities import agree, comparable, convert, family, same_nouns
from retold.annotate.units import CURRENCY_SIGNS, after_number, before_number
from retold.model import Document, FigureMention, Hedge, NameKind, Span, Token, rounded

__all__ = ["agree", "comparable", "convert", "family", "find_figures", "same_nouns"]

_HEDGES = (
    (Hedge.AT_LEAST, r"at least|no fewer than|no less than|not less than|a minimum of|minimum of|upwards? of"),
    (Hedge.AT_MOST, r"at most|no more than|not more than|up to|as many as|as much as|a maximum of|maximum of"),
    (Hedge.MORE_THAN, r"more than|over|above|exceeding|in excess of|well over|greater than"),
    (Hedge.LESS_THAN, r"less than|fewer than|under|below"),
    (Hedge.NEARLY, r"nearly|almost|close to|just under|just short of|approaching"),
    (Hedge.ABOUT, r"about|around|approximately|roughly|some|an estimated|estimated|circa|ca\.|approx\.|~|≈"),
)  # fmt: skip
_BEFORE = re.compile(
    r"(?:(?<=\W)|^)(?:" + "|".join(f"(?P<h{i}>{p})" for i, (_, p) in enumerate(_HEDGES))
    + r")[ \u00a0](?:the[ \u00a0]|a[ \u00a0])?$",
    re.IGNORECASE,
)  # fmt: skip
_WINDOW = 32
"""Characters before a number in which its hedge stands."""
_OR_MORE = re.compile(r"\+|[ \u00a0]or (?P<more>more|less|fewer|so)\b|[ \u00a0]plus\b")
_LATER = {"more": Hedge.AT_LEAST, "less": Hedge.AT_MOST, "fewer": Hedge.AT_MOST, "so": Hedge.ABOUT}

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
    r"\b(?:no\.?|number|nos\.|article|section|chapter|page|pages|figure|table|part|room|flight|highway|route|"
    r"interstate|channel|level|phase|type|model|version|episode|season|grade|day|apartment|gate|"
    r"paragraph|clause|resolution|protocol|order|unit|brigade|battalion|division|group of|world war|"
    r"class of|formula|track|lane|line|volume|vol\.|round|week|game|item|box|bus|train|platform|covid)[ \u00a0-]$",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_SCORE = re.compile(r"[-–](?=\d)")

_LIVED = frozenset({"kill", "injure", "wound", "die", "arrest", "detain", "hospitalize", "rescue", "hurt",
                    "capture", "miss", "evacuate", "perish", "drown", "shoot", "sentence", "displace"})  # fmt: skip
"""Verbs whose bare numbers count people ("14 were killed")."""
_POINTS = frozenset({"populated", "inhabited", "residential"})
_EMPTY = frozenset({"number", "total", "figure", "count", "rest", "one", "other", "them", "these", "those", "which",
                    "whom", "it", "they", "he", "she", "who", "that", "this", "level", "rate"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Context:
    """What the search for figures looks at besides the numbers."""

    document: Document
    text: str
    taken: tuple[tuple[int, int], ...]
    """Stretches whose numbers are no figures: dates, times, phones, links, names."""
    starts: tuple[int, ...]
    """Start of every token."""


def find_figures(document: Document) -> tuple[FigureMention, ...]:
    """Find the figures of an article. Needs its tokens and names, for what is counted."""
    context = _context(document)
    found: list[FigureMention] = []
    pending = list(numbers(context.text))
    at = 0
    while at < len(pending):
        first, second = pending[at], pending[at + 1] if at + 1 < len(pending) else None
        at += 1
        joined = _joined(context.text, first, second) if second else None
        if joined:
            at += 1
        number = joined or first
        figure = _figure(context, number, first)
        if figure and (not found or figure.span.start >= found[-1].span.end):
            found.append(figure)
    return tuple(found)


def _context(document: Document) -> _Context:
    text = document.article.text
    taken = list(date_expressions(text))
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
    """Return both numbers as one range ("10 to 12", "between 10 and 12"); None where they are two."""
    gap = text[first.end : second.start].replace("$", "").replace("€", "").replace("£", "")
    lead = text[max(0, first.start - _WINDOW) : first.start]
    between = _BETWEEN.search(lead) and _AND.fullmatch(gap)
    if not between and (not _RANGE.fullmatch(gap) or _FROM.search(lead)):
        return None
    if first.share or second.share or first.vague or second.vague:
        return None
    low = first.low
    if first.scale == 1.0 and second.scale > 1.0 and first.low < 1000:
        low *= second.scale
    if low >= second.high:
        return None
    return Number(
        first.start,
        second.end,
        low,
        second.high,
        first.digits and second.digits,
        scale=second.scale,
    )


def _figure(context: _Context, number: Number, first: Number) -> FigureMention | None:
    text = context.text
    if _overlaps(context.taken, number.start, number.end):
        return None
    lead = text[max(0, number.start - _WINDOW) : number.start]
    if _LABELLED.search(lead) or _ORDINAL.match(text, number.end):
        return None
    currency, start = before_number(text, number.start)
    unit, end = after_number(text, number.end)
    unit = currency or unit
    if number.share:
        unit, end = "percent", number.end
    if not currency and text[max(0, number.start - 1) : number.start] in set(CURRENCY_SIGNS):
        return None
    if not unit and number.digits and _SCORE.match(text, number.end):
        return None  # a result ("3-2"), a code
    hedge, start = _hedge_before(text, start)
    if later := _OR_MORE.match(text, end):
        hedge = _LATER[later["more"].lower()] if later["more"] else Hedge.AT_LEAST
        end = later.end()
    counted = ""
    if unit != "year-old":
        parsed = _counted(context, first.start, number.end)
        if parsed is None and not unit and hedge is Hedge.EXACT:
            return None
        counted = parsed or ""
    low, high = sorted((number.low, number.high))
    return FigureMention(
        Span(context.document.id, start, end), _exact(low), _exact(high), unit, counted, hedge
    )


def _exact(value: float) -> float:
    return rounded(value) if value < 1e9 else float(round(value))


def _hedge_before(text: str, start: int) -> tuple[Hedge, int]:
    lead_start = max(0, start - _WINDOW)
    match = _BEFORE.search(text[lead_start:start])
    if match is None:
        between = _BETWEEN.search(text[lead_start:start])
        return Hedge.EXACT, (lead_start + between.start() if between else start)
    hedge = next(h for i, (h, _) in enumerate(_HEDGES) if match[f"h{i}"])
    return hedge, lead_start + match.start()


def _counted(context: _Context, start: int, end: int) -> str | None:
    """Return the lemma of what is counted, "" where it is not said, None where it is no figure."""
    tokens = context.document.tokens
    first = bisect_left(context.starts, start)
    last = bisect_left(context.starts, end)
    if first >= last:
        return ""
    inside = range(first, last)
    at = last - 1
    while tokens[at].head in inside and tokens[at].head != at:
        at = tokens[at].head
    token = tokens[at]
    before = tokens[first - 1] if first else None
    spelled_one = first == last - 1 and tokens[first].lemma.lower() == "one"
    head = tokens[token.head]
    if (
        token.dep in {"nummod", "quantmod", "compound", "amod", "det"}
        and token.head >= last
        and head.pos in {"NOUN", "PROPN", "ADJ"}
    ):
        if spelled_one and not _victim(tokens, token.head):
            return None
        if (
            before
            and tokens[first].lemma.lower() == "two"
            and before.lemma.lower() in {"the", "these", "those", "other"}
        ):
            return None  # "the two leaders": who they are was said before
        return _noun(tokens, token.head)
    if spelled_one:
        return None
    if last < len(tokens) and tokens[last].lemma == "of":
        objects = [t for i, t in _near(tokens, last) if t.head == last and t.dep == "pobj"]
        return _noun(tokens, tokens.index(objects[0], last)) if objects else ""
    if before and before.pos == "PROPN" and before.end + 1 >= start:
        return None  # "Boeing 737"
    return _governed(tokens, at)


def _near(tokens: tuple[Token, ...], at: int) -> Iterator[tuple[int, Token]]:
    for i in range(at + 1, min(len(tokens), at + 10)):
        yield i, tokens[i]


def _victim(tokens: tuple[Token, ...], noun: int) -> bool:
    verb = tokens[tokens[noun].head]
    return verb.lemma.lower() in _LIVED and family(tokens[noun].lemma) in {
        "person",
        "troop",
        "child",
        "officer",
        "protester",
    }


def _noun(tokens: tuple[Token, ...], at: int) -> str:
    token = tokens[at]
    lemma = token.lemma.lower()
    if token.pos == "PRON" or lemma in _EMPTY:
        return ""
    if lemma in {"point", "area"}:
        for i in range(max(0, at - 3), at):
            if tokens[i].lemma.lower() in _POINTS:
                return f"populated {lemma}"
    return lemma


def _governed(tokens: tuple[Token, ...], at: int) -> str:
    """Return what a bare number counts: "14 were killed" -> person, "the toll rose to 14" -> death."""
    head = tokens[at].head
    for _ in range(3):
        token = tokens[head]
        if token.pos in {"VERB", "AUX"}:
            if token.lemma.lower() in _LIVED:
                return "person"
            for i in range(max(0, head - 12), head):
                if tokens[i].head == head and tokens[i].dep in {"nsubj", "nsubjpass"} and i != at:
                    return "death" if tokens[i].lemma.lower() == "toll" else _noun(tokens, i)
            return ""
        if token.head == head:
            return ""
        head = token.head
    return ""
