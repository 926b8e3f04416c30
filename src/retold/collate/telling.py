"""The changes that an editor should see first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from retold.model import Change, ChangeKind, Claim, Figure, Quotation

SAME_KIND = 0.65
"""Factor for each listed change of the same kind: five of one kind tell less than five kinds."""

SAME_ITEM = 0.5
"""Factor for each change of the same claim, quotation or figure."""


COMMENTARY = 0.5
"""Factor for soft changes of claims that report nothing checkable."""

_SOFT = frozenset({ChangeKind.ATTRIBUTION, ChangeKind.LOADED_WORD})


def most_telling(
    claims: Iterable[Claim],
    quotations: Iterable[Quotation],
    figures: Iterable[Figure],
    limit: int,
) -> tuple[str, ...]:
    """Return ids of up to ``limit`` changes, the most telling first, of various kinds and items.

    Greedy: the next is the one of the greatest salience times probability, lowered for kinds and
    items that are listed already (after maximal marginal relevance, Carbonell & Goldstein 1998).
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
    left = sorted(pool.values(), key=lambda entry: entry[0].id)
    kinds: Counter[ChangeKind] = Counter()
    items: Counter[str] = Counter()
    words: Counter[tuple[str, ...]] = Counter()
    chosen: list[str] = []
    while left and len(chosen) < limit:
        best = max(
            range(len(left)),
            key=lambda n: _worth(*left[n], kinds, items, words),
        )
        change, item_id, _ = left.pop(best)
        chosen.append(change.id)
        kinds[change.kind] += 1
        items[item_id] += 1
        words[_words(change)] += 1
    return tuple(chosen)


def _worth(
    change: Change,
    item: str,
    damped: float,
    kinds: Counter[ChangeKind],
    items: Counter[str],
    words: Counter[tuple[str, ...]],
) -> float:
    repeated: float = SAME_KIND ** kinds[change.kind] * SAME_ITEM ** items[item]
    again: float = 0.1 ** words[_words(change)]
    return change.salience * change.probability * damped * repeated * again


def _words(change: Change) -> tuple[str, ...]:
    return tuple(sorted(r.text.casefold() if r else "" for r in (change.before, change.after)))
