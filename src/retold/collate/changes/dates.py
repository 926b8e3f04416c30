"""Days, months and years that cannot both be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.annotate.dates import agree
from retold.collate.changes.base import Found
from retold.collate.pairs import Pair, phrase
from retold.collate.views import View
from retold.model import ChangeKind, DateMention


def date_changes(pair: Pair) -> Iterator[Found]:
    """Yield dates at one place that exclude each other.

    Dates differ harmlessly more often than any other detail ("last month", "in July", "22 days"),
    so both must be resolved far enough to exclude each other, and must date the same thing.
    """
    for ours in pair.a.dates:
        if _stands(ours, pair.context_b):
            continue
        for theirs in pair.b.dates:
            if agree(ours, theirs) is not False or _stands(theirs, pair.context_a):
                continue
            certainty = _same_place(pair, ours, theirs)
            if certainty > 0.0:
                before, after = phrase(pair.a, ours.span), phrase(pair.b, theirs.span)
                yield Found(
                    *(ChangeKind.DATE, ours.span, theirs.span),
                    *(certainty, 0.7, pair.turn(before, after)),
                )


def _stands(day: DateMention, context: Sequence[View]) -> bool:
    return any(agree(day, other) is True for view in context for other in view.dates)


def _same_place(pair: Pair, ours: DateMention, theirs: DateMention) -> float:
    """Return how surely two dates date the same thing."""
    units_a = [u for u in pair.a.units if u.date == ours]
    units_b = [u for u in pair.b.units if u.date == theirs]
    for u in units_a:
        for v in units_b:
            link = pair.of_a.get(u.index)
            if link is not None and link.b == v.index:
                return 0.85
            above_a, above_b = pair.a.relations[u.head][0], pair.b.relations[v.head][0]
            if above_a >= 0 and above_b >= 0 and pair.linked(above_a, above_b):
                return 0.8
    alone = len(pair.a.dates) == len(pair.b.dates) == 1
    quoted = _quoted(pair.a, ours), _quoted(pair.b, theirs)
    return 0.6 if alone and pair.overlap >= 0.7 and quoted[0] == quoted[1] else 0.0


def _quoted(view: View, day: DateMention) -> bool:
    return any(c.contains(day.span) for a in view.attributions for c in a.content)
