"""The changes that an editor should see first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from retold.model import Change, ChangeKind, Claim, Figure, Quotation, Reading

SAME_KIND = 0.65
"""Factor for each listed change of the same kind: five of one kind tell less than five kinds."""

SAME_ITEM = 0.5
"""Factor for each change of the same claim, quotation or figure."""

SAME_WORDS = 0.1
"""Factor for each change between the same words: it is told already."""

COMMENTARY = 0.5
"""Factor for soft changes of claims that report nothing checkable."""

UNDIRECTED = 0.9
"""Factor for changes whose order is not known: that a wording was altered tells more."""

_SOFT = frozenset({ChangeKind.ATTRIBUTION, ChangeKind.LOADED_WORD})
_PROPER = frozenset(
    {
        ChangeKind.NAME,
        ChangeKind.PLACE,
        ChangeKind.QUOTE_SPEAKER,
        ChangeKind.FIGURE,
        ChangeKind.DATE,
    }
)
"""Kinds whose words name one thing: between the same words they are one difference."""


def most_telling(
    claims: Iterable[Claim],
    quotations: Iterable[Quotation],
    figures: Iterable[Figure],
    limit: int,
) -> tuple[str, ...]:
    """Return ids of up to ``limit`` changes, the most telling first, of various kinds and items.

    Greedy: the next is the one of the greatest salience times probability, lowered for kinds and
    items that are listed already (after maximal marginal relevance, Carbonell & Goldstein 1998).
    What was altered comes before what merely differs, and of equals a figure first.
    """
    pool: dict[str, tuple[Change, str, float]] = {}
    for claim in claims:
        for change in claim.changes:
            if change.before is None or change.after is None:
                continue  # what is only here or there, the columns of the apparatus show
            damped = COMMENTARY if claim.commentary and change.kind in _SOFT else 1.0
            pool.setdefault(change.id, (change, claim.id, damped))
    others: tuple[Quotation | Figure, ...] = (*quotations, *figures)
    for item in others:
        for change in item.changes:
            pool.setdefault(change.id, (change, item.id, 1.0))
    left = [
        (_plain(change) * damped, change, item, _words(change))
        for change, item, damped in pool.values()
    ]
    left.sort(key=lambda entry: (-entry[0], _rank(entry[1])))
    kinds: Counter[ChangeKind] = Counter()
    items: Counter[str] = Counter()
    words: Counter[tuple[str, ...]] = Counter()
    told: list[Change] = []
    chosen: list[str] = []
    while left and len(chosen) < limit:
        best, most = 0, -1.0
        for n, (plain, change, item_id, said) in enumerate(left):
            if plain < most:
                break  # the factors only lower it, and those that follow are worth no more
            worth = plain * SAME_KIND ** kinds[change.kind] * SAME_ITEM ** items[item_id]
            worth *= SAME_WORDS ** words[said]
            if worth > most or (worth == most and _rank(change) < _rank(left[best][1])):
                best, most = n, worth
        _, change, item_id, said = left.pop(best)
        if any(_one_difference(change, other) for other in told):
            continue
        told.append(change)
        chosen.append(change.id)
        kinds[change.kind] += 1
        items[item_id] += 1
        words[said] += 1
    return tuple(chosen)


def _plain(change: Change) -> float:
    """Return how much a change tells by itself."""
    return change.salience * change.probability * (1.0 if change.directed else UNDIRECTED)


def _rank(change: Change) -> tuple[bool, str]:
    """Order changes that tell equally much: figures first, which cannot be another spelling."""
    return change.kind is not ChangeKind.FIGURE, change.id


def _one_difference(a: Change, b: Change) -> bool:
    """Say whether two changes tell one difference: the same names or values, or the same places.

    A speaker of another name is a change of the quotation and a change of the claim.
    """
    if not {a.kind, b.kind} <= _PROPER:
        return False
    return _words(a) == _words(b) or (
        a.kind is not b.kind
        and (
            (_meet(a.before, b.before) and _meet(a.after, b.after))
            or (_meet(a.before, b.after) and _meet(a.after, b.before))
        )
    )


def _meet(a: Reading | None, b: Reading | None) -> bool:
    return (
        a is not None
        and b is not None
        and a.article == b.article
        and a.start < b.end
        and b.start < a.end
    )


def _words(change: Change) -> tuple[str, ...]:
    return tuple(sorted(r.text.casefold() if r else "" for r in (change.before, change.after)))
