"""Changes as values: built from what detectors find, and equal ones joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from retold.model import Change, ChangeKind, Document, Reading, Span, identify, rounded
from retold.text import form, squeeze


@dataclass(frozen=True, slots=True)
class Draft:
    """A change between two groups of versions, before equal ones are joined."""

    kind: ChangeKind
    before: Reading | None
    after: Reading | None
    directed: bool
    probability: float
    salience: float
    explanation: str
    first: tuple[str, ...]
    """Versions that have what stands before."""
    second: tuple[str, ...]


def reading(document: Document, span: Span) -> Reading:
    """Return the words of a span as a reading."""
    return Reading(document.id, span.start, span.end, document.text_of(span))


def merge_changes(drafts: Iterable[Draft]) -> tuple[Change, ...]:
    """Join drafts of one kind between the same words; a directed one takes in undirected ones.

    The joined change keeps the readings of the surest and lists all versions concerned, those of
    the first side first. The most telling come first.
    """
    ordered = sorted(drafts, key=lambda d: (not d.directed, -d.probability, _place(d)))
    joined: dict[tuple[str, str, str], Draft] = {}
    for draft in ordered:
        before, after = _words(draft.before), _words(draft.after)
        key = (draft.kind.value, before, after)
        mirror = (draft.kind.value, after, before)
        if key in joined:
            kept = joined[key]
            first, second = draft.first, draft.second
        elif mirror in joined and not draft.directed:
            key, kept = mirror, joined[mirror]
            first, second = draft.second, draft.first
        else:
            joined[key] = draft
            continue
        joined[key] = replace(kept, first=kept.first + first, second=kept.second + second)
    made = (_change(draft) for draft in joined.values())
    return tuple(sorted(made, key=lambda c: (-c.salience * c.probability, c.id)))


def _place(draft: Draft) -> tuple[object, ...]:
    sides = (draft.before, draft.after)
    return tuple((s.article, s.start, s.end) if s else ("", 0, 0) for s in sides)


def _words(side: Reading | None) -> str:
    return form(squeeze(side.text)) if side else ""


def _change(draft: Draft) -> Change:
    first = sorted(set(draft.first))
    second = sorted(set(draft.second) - set(first))
    return Change(
        identify("change", draft.kind, *_place(draft), draft.directed),
        *(draft.kind, draft.before, draft.after, draft.directed),
        *(rounded(draft.probability), rounded(draft.salience)),
        *(draft.explanation, (*first, *second)),
    )
