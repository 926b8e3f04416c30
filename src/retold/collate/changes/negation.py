"""Affirmed here, denied there; and words turned into their opposite."""

from __future__ import annotations

from collections.abc import Iterator

from retold.collate.changes.base import Found
from retold.collate.changes.predicates import negations
from retold.collate.changes.tables import OPPOSITES
from retold.collate.pairs import Pair, phrase
from retold.collate.views import View
from retold.model import ChangeKind, Span

_SIDE: dict[str, list[tuple[int, int]]] = {}
for _number, _both in enumerate(OPPOSITES):
    for _side, _words in enumerate(_both):
        for _word in _words:
            _SIDE.setdefault(_word, []).append((_number, _side))


def opposite(first: str, second: str) -> bool:
    """Say whether two lemmas are opposites by the table."""
    ours = _SIDE.get(first.lower(), ())
    theirs = _SIDE.get(second.lower(), ())
    return any(n == m and s != t for n, s in ours for m, t in theirs)


def negation_changes(pair: Pair) -> Iterator[Found]:
    """Yield linked predicates of different polarity, and opposites in one slot.

    An opposite under a negation says the same ("rejected", "did not accept") and is no change.
    """
    for link in pair.links:
        u, v = pair.a.units[link.a], pair.b.units[link.b]
        if u.name or v.name or u.figure or v.figure or u.date or v.date:
            continue
        i, j = u.head, v.head
        ours, theirs = negations(pair.a, i), negations(pair.b, j)
        differs = len(ours) % 2 != len(theirs) % 2
        turned = not link.equal and opposite(pair.a.tokens[i].lemma, pair.b.tokens[j].lemma)
        if differs == turned:
            continue
        if turned:
            span_a, span_b = _extent(pair.a, i, []), _extent(pair.b, j, [])
            certainty = 0.5 + 0.35 * link.score
        else:
            if not link.equal:
                continue  # other verbs tell other things, denied or not
            if not _is_predicate(pair.a, i) or not _is_predicate(pair.b, j):
                continue
            span_a, span_b = _extent(pair.a, i, ours), _extent(pair.b, j, theirs)
            certainty = 0.85
            if not _shares_argument(pair, i, j):
                continue
        yield Found(
            *(ChangeKind.NEGATION, span_a, span_b, certainty, 0.9),
            pair.turn(phrase(pair.a, span_a), phrase(pair.b, span_b)),
        )


def _is_predicate(view: View, i: int) -> bool:
    token = view.tokens[i]
    if token.pos == "VERB" or token.dep in {"attr", "acomp", "ROOT"}:
        return True
    return any(view.forms[c] in {"no", "not", "never"} for c in view.children[i])


_CORE = frozenset({"obj", "clause", "comp"})


def _shares_argument(pair: Pair, i: int, j: int) -> bool:
    """Say whether two predicates are about one thing: an object or complement, or who does it.

    "We do not aim to judge" and "we aim to connect" share the doer, and do not contradict.
    """
    ours, theirs = pair.a.arguments(i), pair.b.arguments(j)
    if any(role in _CORE for role, _ in ours) and any(role in _CORE for role, _ in theirs):
        ours = tuple(x for x in ours if x[0] in _CORE)
        theirs = tuple(y for y in theirs if y[0] in _CORE)
    if any(pair.linked(x, y, equal=True) for _, x in ours for _, y in theirs):
        return True
    above_a, above_b = pair.a.relations[i][0], pair.b.relations[j][0]
    plain = not ours and not theirs
    return plain and above_a >= 0 and above_b >= 0 and pair.linked(above_a, above_b)


def _extent(view: View, i: int, marks: list[int]) -> Span:
    points = [m for m in marks if abs(m - i) <= 6]
    if points:  # "did not sign", with its auxiliary
        points += [c for c in view.children[i] if view.tokens[c].dep == "aux" and i - c <= 3]
    return view.cut(min([i, *points]), max([i, *points]))
