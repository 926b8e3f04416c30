"""Figures that count the same and differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from retold.annotate.figures import agree, comparable
from retold.collate.changes.base import Found
from retold.collate.pairs import Pair, phrase
from retold.collate.views import View
from retold.model import ChangeKind, FigureMention

REACH = 40
"""Characters from a figure within which the noun that it counts is quoted with it."""


def figure_changes(pair: Pair) -> Iterator[Found]:
    """Yield comparable figures that disagree, unless either value stands in the other's context."""
    free_b = [f for f in pair.b.figures if not _stands(f, pair.context_a)]
    for ours in pair.a.figures:
        if _stands(ours, pair.context_b):
            continue
        ranked = sorted(
            (-_closeness(pair, ours, theirs), theirs.span)
            for theirs in free_b
            if comparable(ours, theirs) and not agree(ours, theirs)
        )
        if not ranked:
            continue
        closeness = -ranked[0][0]
        theirs = next(f for f in free_b if f.span == ranked[0][1])
        if closeness == 0.0 and (len(ranked) > 1 or pair.overlap < 0.3):
            continue  # nothing ties these two to each other
        free_b.remove(theirs)
        yield Found(
            ChangeKind.FIGURE,
            ours.span,
            theirs.span,
            min(0.97, 0.6 + 0.35 * closeness),
            0.95,
            pair.turn(figure_words(pair.a, ours), figure_words(pair.b, theirs)),
        )


def figure_words(view: View, figure: FigureMention) -> str:
    """Return a figure with what it counts, in the words of the text where they follow closely."""
    return f"{phrase(view, figure.span)} {counted_words(view, figure)}".strip()


def counted_words(view: View, figure: FigureMention) -> str:
    """Return the words from a figure to the noun that it counts, both excluded and included."""
    if not figure.counted:
        return ""
    text, end = view.document.article.text, figure.span.end
    for token in view.tokens:
        if token.start >= end and token.lemma.lower() == figure.counted.lower():
            between = text[end : token.end]
            near = len(between) <= REACH and not any(c in between for c in ",;:()")
            return " ".join(between.split()).strip(" -") if near else figure.counted
    return ""


def _stands(figure: FigureMention, context: Sequence[View]) -> bool:
    return any(
        agree(figure, other)
        for view in context
        for other in view.figures
        if other.unit == figure.unit
    )


def _closeness(pair: Pair, ours: FigureMention, theirs: FigureMention) -> float:
    """Return how surely two figures stand at one place: linked, or counting the same noun."""
    score = 0.5 if ours.counted and ours.counted == theirs.counted else 0.0
    for unit in pair.a.units:
        link = pair.of_a.get(unit.index)
        if unit.figure == ours and link and pair.b.units[link.b].figure == theirs:
            return min(1.0, score + 0.5)
    return score
