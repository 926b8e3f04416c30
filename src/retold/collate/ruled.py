"""Readings that an editor ruled not to be the same, kept out of one another's rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from retold.collate.bundles import Rows
from retold.collate.linkage import Strengths
from retold.model import Span
from retold.parting import part

NotSame = Collection[tuple[Span, Span]]
"""Pairs of readings, in one version or in two."""

_UNIT = 1 << 30
"""Probabilities are summed as whole numbers of this part of 1, so that no order matters."""

Pairs = Collection[tuple[int, int]]
"""Pairs of sentences, the lower first."""


@dataclass(frozen=True, slots=True)
class Opposed:
    """What is not the same, of readings of any sort: a ruling means what its spans mostly cover."""

    rulings: NotSame = ()

    def __bool__(self) -> bool:
        """Say whether there is any ruling: what is asked in vain most often should cost nothing."""
        return bool(self.rulings)

    def __call__(self, ours: Iterable[Span], theirs: Iterable[Span]) -> bool:
        """Say whether any reading of one side is ruled not to be any of the other."""
        sides = list(ours), list(theirs)
        return any(
            (_means(a, sides[0]) and _means(b, sides[1]))
            or (_means(a, sides[1]) and _means(b, sides[0]))
            for a, b in self.rulings
        )


def _means(ruled: Span, readings: Iterable[Span]) -> bool:
    """Say whether a ruling's span and one of some readings have half of the shorter in common."""
    return any(
        2 * ruled.overlap(reading) >= min(ruled.end - ruled.start, reading.end - reading.start) > 0
        for reading in readings
    )


def differing(rulings: NotSame, sentences: Sequence[Span]) -> set[tuple[int, int]]:
    """Return which sentences rulings keep apart: each span stands for the one it has most of."""
    wanted = {span for pair in rulings for span in pair}
    held: dict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        held[sentence.article].append(number)
    home: dict[Span, int] = {}
    for span in wanted:
        common = [(-span.overlap(sentences[n]), n) for n in held.get(span.article, ())]
        most, number = min(common, default=(0, 0))
        if most < 0:
            home[span] = number
    pairs = ((home[a], home[b]) for a, b in rulings if a in home and b in home)
    return {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}


def without(strengths: Strengths, barred: Pairs) -> Strengths:
    """Return what speaks for the other pairs alone."""
    if not barred:
        return strengths
    found = dict(strengths)
    for a, b in barred:
        for one, other in ((a, b), (b, a)):
            if other in found.get(one, {}):
                found[one] = {n: p for n, p in found[one].items() if n != other}
    return found


def divided(groups: Collection[frozenset[int]], barred: Pairs, strengths: Strengths) -> Rows:
    """Return rows none of which holds two sentences that are apart, divided where they must be.

    A sentence that would stand alone and has another row goes from here, and so does a part that
    another row holds; what is not divided stays.
    """
    if not barred:
        return list(groups)
    kept: Rows = []
    parts: Rows = []
    foes: Mapping[int, set[int]] = _foes(barred)
    for group in groups:
        if any(not group.isdisjoint(foes.get(n, ())) for n in group):
            parts += _parts(sorted(group), foes, strengths)
        else:
            kept.append(group)
    found = set(kept)
    for one in sorted(set(parts), key=lambda group: (-len(group), sorted(group))):
        if not any(one <= other for other in found):
            found.add(one)
    return sorted(found, key=sorted)


def _foes(barred: Pairs) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for a, b in barred:
        found[a].add(b)
        found[b].add(a)
    return found


def _parts(group: list[int], foes: Mapping[int, set[int]], strengths: Strengths) -> Rows:
    size = range(len(group))
    scores = np.zeros((len(group), len(group)), np.int64)
    apart = []
    for i, j in combinations(size, 2):
        strength = strengths.get(group[i], {}).get(group[j], 0.0)
        scores[i, j] = scores[j, i] = round(strength * _UNIT)
        if group[j] in foes.get(group[i], ()):
            apart.append((i, j))
    return [frozenset(group[at] for at in one) for one in part(scores, apart=apart)]
