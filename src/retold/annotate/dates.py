"""Dates: expressions in the text, resolved to days against the publication date.

The expressions are found by patterns of our own and resolved by plain calendar arithmetic. Where
the year is not said, tense and nearness to the publication date decide; where there is no
publication date either, month and day (or the weekday) stay comparable.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta

from retold.annotate.dateforms import Expression, expressions
from retold.annotate.dateresolve import YEARS, resolve
from retold.model import DateMention, Document, NameKind, Span, Token

CLIMB = 6
"""Tokens, up the parse or to the left, within which the verb over a date and its helpers stand."""

WEEK = 7
MONTH = 45
"""Days up to which a range counts as a month."""

OPENING = 160
"""Characters at the start of a text in which a dateline stands."""
LEAD = 5
"""Words before the day of a dateline: a place, an agency, "Published on"."""

_NO_DATES = (NameKind.PERSON, NameKind.ORGANISATION)
"""Kinds of names within which there are no dates ("Ms May")."""


def find_dates(document: Document) -> tuple[DateMention, ...]:
    """Find the dates of an article and resolve them against its publication date.

    Uses the names, where there are any ("Ms May" is no month), and the tense of the parse ("met in
    March", "will meet in March").
    """
    article = document.article
    base = article.published.date() if article.published else _dateline(article.text)
    if base and not YEARS[0] <= base.year <= YEARS[1]:
        base = None  # a mistake of the page, which calendar arithmetic would stumble over
    starts = [t.start for t in document.tokens]
    named = sorted((n.span.start, n.span.end) for n in document.names if n.kind in _NO_DATES)
    found = []
    for expression in expressions(article.text):
        if _covered(named, expression):
            continue
        tense = _tense(document.tokens, bisect_left(starts, expression.start))
        resolved = resolve(expression, base, tense)
        if resolved is not None:
            span = Span(article.id, expression.start, expression.end)
            found.append(
                DateMention(
                    span,
                    resolved.days[0],
                    resolved.days[1],
                    resolved.month,
                    resolved.day,
                    resolved.weekday,
                )
            )
    return tuple(found)


def _dateline(text: str) -> date | None:
    """Return the day, with its year, that a text opens with ("TORRINSK, 3 May 2031 - ...")."""
    for expression in expressions(text[:OPENING]):
        lead = text[: expression.start].split()
        named = all(w[:1].isupper() or not w[:1].isalpha() or w == "on" for w in lead)
        if len(lead) > LEAD or not named:
            return None
        if expression.kind in {"day", "slashed"} and "year" in dict(expression.groups):
            resolved = resolve(expression, None, "")
            return resolved.days[0] if resolved and resolved.days[0] == resolved.days[1] else None
    return None


def _covered(named: list[tuple[int, int]], expression: Expression) -> bool:
    at = bisect_left(named, (expression.end, 0))
    return any(s <= expression.start and expression.end <= e for s, e in named[max(0, at - 2) : at])


def _tense(tokens: tuple[Token, ...], at: int) -> str:
    """Return "before" or "after" where the verb over a date is in the past or future, else ""."""
    if at >= len(tokens):
        return ""
    for _ in range(CLIMB):
        token = tokens[at]
        if token.pos in {"VERB", "AUX"}:
            break
        if token.head == at:
            return ""
        at = token.head
    else:
        return ""
    helpers = [
        t.lemma.lower() for t in tokens[max(0, at - CLIMB) : at] if t.head == at and t.pos == "AUX"
    ]
    if "will" in helpers or "shall" in helpers:
        return "after"
    past = tokens[at].tag == "VBD" or (
        tokens[at].tag == "VBN" and ("have" in helpers or "be" in helpers)
    )
    return "before" if past else ""


# ---------------------------------------------------------------- comparing


def agree(a: DateMention, b: DateMention) -> bool | None:
    """Say whether two dates can be the same: True, False, or None where it cannot be told.

    A day agrees with the month or year that contains it. Dates told by the day of publication
    ("today") may be off by one in another time zone, which decides nothing.
    """
    if a.first and a.last and b.first and b.last:
        if a.first <= b.last and b.first <= a.last:
            return True
        if _may_be_next_week(a, b) or _may_be_next_week(b, a):
            return None
        told = any(m.month is None and m.weekday is None and m.first == m.last for m in (a, b))
        gap = max((a.first - b.last).days, (b.first - a.last).days)
        return None if told and gap <= 1 else False
    return _agree_partly(a, b)


def _may_be_next_week(a: DateMention, b: DateMention) -> bool:
    """Say whether a weekday, whose week is a guess, agrees a week before or after."""
    if a.weekday is None or a.first is None or b.first is None or b.last is None:
        return False
    if a.weekday == b.weekday:
        return True
    week = timedelta(days=WEEK)
    return any(b.first <= day <= b.last for day in (a.first - week, a.first + week))


def grain(mention: DateMention) -> int:
    """Return how finely a date is told: 0 a day or a few, 1 a week to a month, 2 more."""
    if mention.first is None or mention.last is None:
        return 0 if mention.day or mention.weekday is not None else 1
    days = (mention.last - mention.first).days
    return 0 if days < WEEK - 1 else 1 if days <= MONTH else 2


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
