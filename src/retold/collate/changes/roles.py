"""Who did what to whom, exchanged."""

from __future__ import annotations

from collections.abc import Iterator

from retold.collate.changes.base import Found
from retold.collate.changes.predicates import Predicate, predicates
from retold.collate.changes.tables import CONVERSES
from retold.collate.pairs import Pair, phrase
from retold.collate.views import View, stem
from retold.model import ChangeKind, Span

_CONVERSE = {frozenset((stem(x), stem(y))) for x, y in CONVERSES}
_MUTUAL = frozenset({"meet", "marry", "fight", "join", "resemble", "equal", "border", "be", "have"})
"""Verbs whose two roles may be exchanged without another meaning."""


def role_changes(pair: Pair) -> Iterator[Found]:
    """Yield predicates of both sentences whose doer and object changed places."""
    seen: set[tuple[int, int]] = set()
    theirs = predicates(pair.b)
    for p in predicates(pair.a):
        for q in theirs:
            turned = _predicate_relation(pair, p, q)
            if turned is None or (p.token, q.token) in seen:
                continue
            doer, target = (q.object, q.subject) if turned else (q.subject, q.object)
            certainty = _swapped(pair, p, doer, target)
            if certainty:
                seen.add((p.token, q.token))
                a, b = _extent(pair.a, p), _extent(pair.b, q)
                yield Found(
                    *(ChangeKind.ROLE_SWAP, a, b, certainty, 0.9),
                    pair.turn(phrase(pair.a, a), phrase(pair.b, b)),
                )


def _predicate_relation(pair: Pair, p: Predicate, q: Predicate) -> bool | None:
    """Return False for the same verb, True for its converse, None for any other."""
    ours, theirs = pair.a.tokens[p.token].lemma, pair.b.tokens[q.token].lemma
    if ours in _MUTUAL:
        return None
    if stem(ours) == stem(theirs):
        return False
    return True if frozenset((stem(ours), stem(theirs))) in _CONVERSE else None


def _swapped(pair: Pair, p: Predicate, doer: int, target: int) -> float:
    if p.subject < 0 or p.object < 0 or doer < 0 or target < 0:
        return 0.0
    crossed_first = _same(pair, p.subject, target)
    crossed_second = _same(pair, p.object, doer)
    if crossed_first and crossed_second and not _same(pair, p.subject, p.object, within=True):
        return 0.9
    return 0.0


def _same(pair: Pair, i: int, j: int, *, within: bool = False) -> bool:
    other = pair.a if within else pair.b
    u, v = pair.a.unit_of[i], other.unit_of[j]
    if u < 0 or v < 0:
        return False
    return pair.a.units[u].key == other.units[v].key or (
        not within and pair.linked(i, j, equal=True)
    )


def _extent(view: View, p: Predicate) -> Span:
    points = [p.token, p.subject, p.object]
    units = [view.units[view.unit_of[i]] for i in points if view.unit_of[i] >= 0]
    first = min([p.token, *(u.tokens[0] for u in units)])
    last = max([p.token, *(u.tokens[1] - 1 for u in units)])
    return view.cut(first, last)
