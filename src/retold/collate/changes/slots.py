"""Words of our tables that stand in the same slot of both sentences."""

from __future__ import annotations

from collections.abc import Container, Iterator

from retold.collate.pairs import Pair, one_to_one
from retold.collate.views import View, lemmas

NAMED = 0.95
"""Certainty of a slot where both events have one role filled by one person, place or body."""

_EVENT_ROLES = frozenset({"subj", "obj", "obl"})


def same_slot(pair: Pair, table: Container[str]) -> Iterator[tuple[int, int, float]]:
    """Yield (token of a, token of b, certainty) for unlike words of ``table`` in one slot.

    They are linked, or share an argument: "entering Vell", "the capture of Vell", "Vell was taken".
    Each token is used once, the surest first.
    """
    lemmas_a, lemmas_b = lemmas(pair.a), lemmas(pair.b)
    ours = [i for i, lemma in enumerate(lemmas_a) if lemma in table and not _kept(pair, i, 0)]
    theirs = [j for j, lemma in enumerate(lemmas_b) if lemma in table and not _kept(pair, j, 1)]
    ranked = []
    for i in ours:
        for j in theirs:
            if lemmas_a[i] == lemmas_b[j]:
                continue
            certainty = _certainty(pair, i, j)
            if certainty > 0.0:
                ranked.append((-certainty, i, j))
    for negative, i, j in one_to_one(sorted(ranked)):
        yield i, j, -negative


def _kept(pair: Pair, i: int, side: int) -> bool:
    """Say whether a word stands in the other sentence as well: then nothing took its place."""
    view, links = (pair.b, pair.of_b) if side else (pair.a, pair.of_a)
    link = links.get(view.unit_of[i])
    return link is not None and link.equal


def _certainty(pair: Pair, i: int, j: int) -> float:
    shared = 0.0
    for role, x in event_arguments(pair.a, i):
        for other, y in event_arguments(pair.b, j):
            if pair.linked(x, y, equal=True):
                named = pair.a.units[pair.a.unit_of[x]].name is not None
                if role == other:
                    shared = max(shared, NAMED if named else 0.85)
                elif "obl" in {role, other} and "mod" not in {role, other}:
                    shared = max(shared, 0.8 if named else 0.6)
    if shared:
        return shared
    if pair.linked(i, j):
        link = pair.of_a[pair.a.unit_of[i]]
        return 0.0 if link.equal else min(0.9, 0.4 + 0.5 * link.score)
    return 0.0


def event_arguments(view: View, i: int) -> list[tuple[str, int]]:
    """Return (role, token) of who and what takes part in the event that token ``i`` names."""
    found = [(r, x) for r, x in view.arguments(i) if r in _EVENT_ROLES]
    token = view.tokens[i]
    if token.dep == "xcomp" and token.head != i:
        found += [(r, x) for r, x in view.arguments(token.head) if r == "subj"]
    # "control of Vell" under a verb: "took control of Vell", "came under control"
    return found
