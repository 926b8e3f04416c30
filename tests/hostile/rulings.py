"""Decisions on stories, whose reasons, names and values are attacks too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import cycle

from retold.desk import Desk
from retold.desk.values import Decision, DecisionKind
from retold.model import Span


def decide(desk: Desk, words: Sequence[str]) -> None:
    """Let an editor decide whatever can be decided on each story, and say it in these words.

    Every word is the note of some story; one decision is undone.
    """
    plain = [word.encode("utf-8", "replace").decode() for word in words]
    said = cycle(plain)
    numbers = [story.number for story in desk.stories(limit=200).items]
    for number, note in zip(cycle(numbers), plain, strict=False):
        desk.note(number, note[:2_000], name(note))
    kinds = []
    for decision in (made for number in numbers for made in decisions(desk, number, said)):
        if decision.kind not in kinds:
            kinds.append(decision.kind)
            last = desk.decide(decision, name(next(said)))
    assert len(kinds) == len(DecisionKind) - 1  # all but notes
    desk.undo(last.number, name(next(said)))


def name(word: str) -> str:
    """Return the name of an editor who would like to be more than that."""
    return f"Edda {word[:120]}"


def decisions(desk: Desk, number: int, said: Iterator[str]) -> Iterator[Decision]:
    """Yield a decision of each kind that a story can have."""
    first, second, *_ = articles = tuple(row.id for row in desk.versions(number))
    pair, note = (first, second), next(said)[:2_000]
    yield Decision(DecisionKind.TOGETHER, articles, note=note)
    yield Decision(DecisionKind.APART, (first,), (second,), note=note)
    yield Decision(DecisionKind.NOT_DERIVED, pair, note=note)
    yield Decision(DecisionKind.DATE, (first,), value="2031-04-02T08:00", note=note)
    dossier = desk.dossier(number)
    assert dossier is not None
    for story in dossier.stories:
        for quotation in story.apparatus.quotations:
            read = quotation.readings[0]
            place = Span(read.article, read.start, read.end)
            yield Decision(DecisionKind.SPEAKER, spans=(place,), value=name(note), note=note)
        for claim in story.apparatus.claims:
            spans = tuple(Span(r.article, r.start, r.end) for r in claim.readings[:2])
            if len(spans) == 2:
                yield Decision(DecisionKind.NOT_SAME, spans=spans, note=note)
