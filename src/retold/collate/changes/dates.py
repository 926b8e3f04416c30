"""Days, months and years that cannot both be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.annotate.dates import agree, grain
from retold.collate.changes.base import Found
from retold.collate.changes.ties import Tie, event_over, tie
from retold.collate.pairs import Pair, phrase
from retold.collate.views import Unit, View, per_view
from retold.model import ChangeKind, DateMention
from retold.text import form

_SPOKEN = frozenset({"say", "tell", "announce", "report", "add", "state", "write", "tweet", "ask"})
"""Verbs that one source is the subject of on many days."""
_HOURS = frozenset({"night", "morning", "afternoon", "evening", "noon", "midnight", "dawn", "day"})
"""Nouns of a part of the day, which belong to the date."""


def date_changes(pair: Pair) -> Iterator[Found]:
    """Yield dates at one place that exclude each other.

    Dates differ harmlessly more often than any other detail ("last month", "in July", "22 days"),
    so both must be resolved far enough to exclude each other, and must date the same event.
    """
    if not pair.a.dates or not pair.b.dates:
        return
    ours_of, theirs_of = _units(pair.a), _units(pair.b)
    used: set[DateMention] = set()
    for ours in pair.a.dates:
        if ours not in ours_of or _stands(ours, pair.context_b):
            continue
        ranked = []
        for theirs in pair.b.dates:
            if theirs not in theirs_of or theirs in used or agree(ours, theirs) is not False:
                continue
            if _stands(theirs, pair.context_a) or _worded_alike(pair, ours, theirs):
                continue
            certainty = _certainty(pair, ours_of[ours], theirs_of[theirs])
            ranked.append((-certainty, theirs.span, theirs))
        if not ranked:
            continue
        negative, _, theirs = min(ranked, key=lambda r: r[:2])
        if negative < 0.0:
            used.add(theirs)
            before, after = phrase(pair.a, ours.span), phrase(pair.b, theirs.span)
            yield Found(
                *(ChangeKind.DATE, ours.span, theirs.span),
                *(-negative, 0.7, pair.turn(before, after)),
            )


def _units(view: View) -> dict[DateMention, Unit]:
    return {unit.date: unit for unit in view.units if unit.date is not None}


def _stands(day: DateMention, context: Sequence[View]) -> bool:
    return any(agree(day, other) is True for view in context for other in view.dates)


def _is_told_from(day: DateMention) -> bool:
    """Say whether a day is told from that of publication ("on Monday", "yesterday")."""
    return day.month is None and grain(day) == 0


def _worded_alike(pair: Pair, ours: DateMention, theirs: DateMention) -> bool:
    """Say whether two days are told in the same words: then only their years were guessed."""
    return form(phrase(pair.a, ours.span)) == form(phrase(pair.b, theirs.span))


def _certainty(pair: Pair, u: Unit, v: Unit) -> float:
    """Return how surely two dates date one event."""
    if u.date is None or v.date is None:
        return 0.0
    if _is_stamp(pair.a) or _is_stamp(pair.b):
        return 0.0
    both = tie(pair, u, v)
    certainty = 0.93 * both.certainty
    if _is_own_day(pair.a, u.date) and _is_own_day(pair.b, v.date):
        certainty *= 0.6  # each tells of the day on which it was published
    if both.literal:
        return certainty
    if grain(u.date) != grain(v.date):
        if not both.once and (_is_told_from(u.date) or _is_told_from(v.date)):
            return 0.5 * certainty  # "in 2031" and "on Monday" date two things
        certainty *= 0.85
    if not (both.verb or both.covered or _both_of(pair, u, v)):
        return 0.6 * certainty
    if _only_spoken(pair, u, both):
        certainty *= 0.7
    if _known(u.date, pair.b) or _known(v.date, pair.a):
        certainty *= 0.6  # each article tells of both days
    return certainty


def _is_own_day(view: View, day: DateMention) -> bool:
    published = view.document.article.published
    return published is not None and day.first == day.last == published.date()


_STAMPS = frozenset({"published", "posted", "updated", "modified", "created", "filed"})


@per_view
def _is_stamp(view: View) -> bool:
    """Say whether a line only tells when the article was published ("Last updated 3 May 2031")."""
    words = [u for u in view.units if not (u.date or u.figure)]
    return len(words) <= _LINE and bool(_STAMPS & set(view.forms))


_LINE = 5
"""Words of such a line, at most, that are no dates."""


def _both_of(pair: Pair, u: Unit, v: Unit) -> bool:
    """Say whether two dates hang on one noun ("the attack of 3 May", "Monday's attack")."""
    above_a, above_b = _above(pair.a, u), _above(pair.b, v)
    return above_a >= 0 and above_b >= 0 and pair.linked(above_a, above_b, equal=True)


def _above(view: View, unit: Unit) -> int:
    """Return what a date hangs on; in "on Monday night" what the night does."""
    above = view.relations[unit.head][0]
    if above >= 0 and view.forms[above] in _HOURS:
        above = view.relations[above][0]
    return above


def _only_spoken(pair: Pair, u: Unit, both: Tie) -> bool:
    """Say whether a verb of speech is all that ties two dates: people speak on many days."""
    event = event_over(pair.a, u.head)
    spoken = event is not None and pair.a.tokens[event[0]].lemma.lower() in _SPOKEN
    return spoken and both.core < 2


def _known(day: DateMention, other: View) -> bool:
    return any(agree(day, d) is True and grain(day) == grain(d) for d in other.document.dates)
