"""Days, months and years that cannot both be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log

from retold.annotate.dates import agree, grain
from retold.collate.changes import apart
from retold.collate.changes.base import Found
from retold.collate.changes.ties import Tie, event_over, tie
from retold.collate.pairs import Pair, one_to_one, phrase
from retold.collate.views import Unit, View, per_view
from retold.model import ChangeKind, DateMention, Span
from retold.text import form

_SPOKEN = frozenset({"say", "tell", "announce", "report", "add", "state", "write", "tweet", "ask"})
"""Verbs that one source is the subject of on many days."""


def date_changes(pair: Pair) -> Iterator[Found]:
    """Yield dates at one place that exclude each other.

    Dates differ harmlessly more often than any other detail ("last month", "in July", "22 days"),
    so both must be resolved far enough to exclude each other, and must date the same event.
    """
    ranked = []
    for u, v in candidates(pair):
        certainty = _certainty(pair, u, v)
        if certainty > 0.0:
            ranked.append((-certainty, u.index, v.index))
    for negative, i, j in one_to_one(sorted(ranked)):
        ours, theirs = _span(pair.a, i), _span(pair.b, j)
        words = pair.turn(phrase(pair.a, ours), phrase(pair.b, theirs))
        yield Found(ChangeKind.DATE, ours, theirs, -negative, 0.7, words)


def candidates(pair: Pair) -> Iterator[tuple[Unit, Unit]]:
    """Yield dates that exclude each other and of which neither stands in the other's context."""
    for u in pair.a.units if pair.b.dates else ():
        if u.date is None or _stands(u.date, pair.context_b):
            continue
        for v in pair.b.units:
            if (
                v.date is not None
                and agree(u.date, v.date) is False
                and not _stands(v.date, pair.context_a)
                and not _worded_alike(pair, u.date, v.date)
            ):
                yield u, v


def _span(view: View, unit: int) -> Span:
    day = view.units[unit].date
    assert day is not None
    return day.span


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
    both = tie(pair, u, v)
    if _is_kept(both) and not (_is_stamp(pair.a) or _is_stamp(pair.b)):
        own = u.date and v.date and _is_own_day(pair.a, u.date) and _is_own_day(pair.b, v.date)
        return 0.93 * both.certainty * (0.6 if own else 1.0)  # each tells of its own day
    told = evidence(pair, u, v, both)
    return apart.probability("date", told, pair) if told else 0.0


def _is_kept(both: Tie) -> bool:
    """Say whether what ties two dates is enough, however the texts were written."""
    return both.literal or (both.once and not both.clash)


def evidence(pair: Pair, u: Unit, v: Unit, both: Tie) -> dict[str, float]:
    """Return what tells whether two dates in texts written apart date one event, by :mod:`apart`.

    ``both`` is what ties them. Empty where they cannot be of one event, and where that is enough.
    """
    if u.date is None or v.date is None or _is_stamp(pair.a) or _is_stamp(pair.b):
        return {}
    if _is_kept(both):
        return {}
    above_a, above_b = event_over(pair.a, u.head), event_over(pair.b, v.head)
    verb = pair.nearness.of(above_a[0], above_b[0]) if above_a and above_b else 0.0
    return {
        "kept": both.kept,
        "grain": float(grain(u.date) == grain(v.date)),
        "told from": float(_is_told_from(u.date) != _is_told_from(v.date)),
        "spoken": float(_only_spoken(pair, u, v, both)),
        "known": float(_known(u.date, pair.b) or _known(v.date, pair.a)),
        "many": log(len(pair.a.dates) * len(pair.b.dates)),
        "verb near": verb,
        **apart.nearness(pair, u.head, v.head),
    }


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


def _only_spoken(pair: Pair, u: Unit, v: Unit, both: Tie) -> bool:
    """Say whether a verb of speech is all that ties two dates: people speak on many days."""
    events = [(pair.a, event_over(pair.a, u.head)), (pair.b, event_over(pair.b, v.head))]
    spoken = any(
        event is not None and view.tokens[event[0]].lemma.lower() in _SPOKEN
        for view, event in events
    )
    return spoken and both.core < 2


def _known(day: DateMention, other: View) -> bool:
    return any(agree(day, d) is True and grain(day) == grain(d) for d in other.document.dates)
