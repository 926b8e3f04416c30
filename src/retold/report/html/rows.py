"""Which rows come first, and what the page's filters ask of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from retold.model import Apparatus, Change, Claim, Figure, Quotation
from retold.report.html.changes import distinct
from retold.report.html.context import LEVELS, Context, level

Item = Claim | Quotation | Figure


def telling_first(apparatus: Apparatus) -> Callable[[Item], tuple[int, float]]:
    """Return a key that sorts items by how telling they are; of equals, the order is kept.

    First those of the most telling changes, in their order, then by the weightiest change.
    """
    ranks = {change: n for n, change in enumerate(apparatus.telling)}
    last = len(ranks)

    def key(item: Item) -> tuple[int, float]:
        rank = min((ranks.get(c.id, last) for c in item.changes), default=last)
        return rank, -max((c.salience * c.probability for c in item.changes), default=0.0)

    return key


def marked(change: Change) -> list[str]:
    """Return the versions whose reading a change is a mark of.

    Where the stemma says which reading came first, only the later one is changed.
    """
    sides = [change.after] if change.directed else [change.before, change.after]
    return [side.article for side in sides if side is not None]


def probabilities(changes: Sequence[Change]) -> list[tuple[int, str, int]]:
    """Return what may be asked for: step, probability in words, how many changes reach it."""
    reached = Counter(level(c.probability) for c in changes)
    found = []
    for step in range(1, len(LEVELS) + 1):
        count = sum(n for at, n in reached.items() if at >= step)
        found.append((step, f"{LEVELS[step - 1]:.0%}".replace("%", " % or more"), count))
    return [*found, (0, "possible too", len(changes))]


def filters(context: Context, items: Sequence[Item]) -> str:
    """Return, as JSON by anchor, what the filters ask of each item.

    The versions that have it, by number; then, for each change, its kind, its step
    of probability, the versions whose reading it marks, and all that it concerns.
    """
    numbers = {a: w.number for a, w in context.witnesses.items()}

    def known(articles: Iterable[str]) -> list[int]:
        return sorted({numbers[a] for a in articles if a in numbers})

    found = {}
    for item in items:
        changes = [
            [
                str(c.kind),
                level(c.probability),
                known(marked(c)),
                known([*c.articles, *(r.article for r in (c.before, c.after) if r)]),
            ]
            for c in distinct(item.changes)
        ]
        have = known(r.article for r in item.readings)
        found[context.anchors.of(item.id)] = [have, changes] if changes else [have]
    return json.dumps(found, separators=(",", ":"))
