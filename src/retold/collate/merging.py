"""Changes as values: built from what detectors find, and equal ones joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from retold.model import Change, ChangeKind, Document, Reading, Span, identify, rounded
from retold.text import form, squeeze


def reading(document: Document, span: Span) -> Reading:
    """Return the words of a span as a reading."""
    return Reading(document.id, span.start, span.end, document.text_of(span))


def make_change(
    kind: ChangeKind,
    before: Reading | None,
    after: Reading | None,
    *,
    directed: bool,
    probability: float,
    salience: float,
    explanation: str,
    articles: Sequence[str],
) -> Change:
    """Build a change with its id, which rests on kind, readings and direction."""
    return Change(
        identify("change", kind, *_parts(before), *_parts(after), directed),
        *(kind, before, after, directed),
        *(rounded(probability), rounded(salience), explanation, tuple(articles)),
    )


def _parts(side: Reading | None) -> tuple[object, ...]:
    return (side.article, side.start, side.end) if side else ("", "", "")


def merge_changes(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Join changes of one kind between the same words; a directed one takes in undirected ones.

    The joined change keeps the readings of the surest and lists all versions concerned, those of
    the first side first. The most telling come first.
    """
    ordered = sorted(changes, key=lambda c: (not c.directed, -c.probability, c.id))
    joined: dict[tuple[str, ...], Change] = {}
    for change in ordered:
        before, after = _words(change.before), _words(change.after)
        key = (change.kind.value, before, after)
        mirror = (change.kind.value, after, before)
        if key in joined:
            joined[key] = _with_articles(joined[key], change)
        elif mirror in joined and not change.directed:
            joined[mirror] = _with_articles(joined[mirror], change)
        else:
            joined[key] = change
    return tuple(sorted(joined.values(), key=lambda c: (-c.salience * c.probability, c.id)))


def _words(side: Reading | None) -> str:
    return form(squeeze(side.text)) if side else ""


def _with_articles(kept: Change, other: Change) -> Change:
    articles = tuple(dict.fromkeys((*kept.articles, *other.articles)))
    return make_change(
        kept.kind,
        kept.before,
        kept.after,
        directed=kept.directed,
        probability=kept.probability,
        salience=kept.salience,
        explanation=kept.explanation,
        articles=articles if kept.directed else sorted(articles),
    )
