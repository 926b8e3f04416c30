"""A statement put into a sentence, or left out of it, where the rest was kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.collate.changes.base import Found
from retold.collate.pairs import Pair, phrase
from retold.collate.views import Unit, View
from retold.model import ChangeKind, Span

KEPT = 0.8
"""Share of the weight of the shorter wording that the longer one keeps: below it the sentence was
written anew, and what is in one of them only is no addition."""

LEFT = 0.35
"""Share of the longer wording's weight that the shorter one makes up at least: a clause taken up in
a sentence about something else has had nothing added."""

TELLING = 3
"""Content words, names and figures in a row that make a statement."""

SHOWN = 8
"""Words of it that an explanation quotes."""


def part_changes(pair: Pair) -> Iterator[Found]:
    """Yield statements that only one of two wordings has, where one was made from the other."""
    if not pair.directed:
        return
    for added in (True, False):
        longer, shorter = (pair.b, pair.a) if added else (pair.a, pair.b)
        links = pair.of_b if added else pair.of_a
        context = pair.context_a if added else pair.context_b
        kept = _kept(pair, shorter, added=added)
        if kept < KEPT or kept * _weight(shorter) < LEFT * _weight(longer):
            continue
        for run in _runs(longer, [u for u in longer.units if u.index not in links], context):
            span = longer.cut(run[0].tokens[0], run[-1].tokens[1] - 1)
            words = phrase(longer, span).split()
            said = " ".join(words[:SHOWN]) + (" …" if len(words) > SHOWN else "")
            probability = 0.55 + 0.4 * (kept - KEPT) / (1 - KEPT)
            if added:
                yield Found(
                    *(ChangeKind.ADDITION, None, span, probability, 0.4, f"‘{said}’ added"),
                )
            else:
                yield Found(
                    *(ChangeKind.OMISSION, span, None, probability, 0.4, f"‘{said}’ left out"),
                )


def _kept(pair: Pair, shorter: View, *, added: bool) -> float:
    """Return the share of the shorter wording's weight that stands in the longer one."""
    total = _weight(shorter)
    kept = sum(
        shorter.units[link.a if added else link.b].weight for link in pair.links if link.equal
    )
    return min(1.0, kept / total) if total else 0.0


def _weight(view: View) -> float:
    return sum(u.weight for u in view.units)


def _runs(view: View, free: Sequence[Unit], context: Sequence[View]) -> Iterator[list[Unit]]:
    """Yield runs of units that the other version has nowhere, and that tell something."""
    said = {key for v in context for u in v.units for key in (u.key, *u.stems)}
    new = [
        u for u in free if u.key not in said and u.stems.isdisjoint(said) and not _source(view, u)
    ]
    run: list[Unit] = []
    for unit in (*new, None):
        if run and (unit is None or unit.index != run[-1].index + 1):
            named = any(u.name or u.figure or u.date for u in run)
            if len(run) >= TELLING and (named or any(u.pos == "VERB" for u in run)):
                yield run
            run = []
        if unit is not None:
            run.append(unit)


def _source(view: View, unit: Unit) -> bool:
    """Say whether a unit names who says something: that is another kind of change."""
    place = Span(view.document.id, unit.start, unit.end)
    return any(
        mark is not None and mark.overlap(place)
        for a in view.attributions
        for mark in (a.source, a.cue)
    )
