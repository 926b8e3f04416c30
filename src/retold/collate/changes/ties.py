"""How surely two differing details stand at one place of one event.

Outlets that wrote for themselves tell of many people, sums and days with the same words around
them. Two details are one that changed only where the rest stayed: the verb over them with its other
arguments, or nearly all of the two sentences.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

from retold.collate.changes.predicates import predicates
from retold.collate.pairs import Pair
from retold.collate.views import Unit, View, per_token, stem

LITERAL = 0.72
"""Share that two sentences have in common, apart from the details compared, from which
the one is the other with some words exchanged. By judgement, as the values below."""

COVERED = 0.9
"""Share of the units of the shorter of two sentences, the details apart, from which it is told
within the longer."""

CLIMB = 3
"""Governors above a detail within which its verb stands."""

_FEW = 4
"""Units of a clause, the detail and its verb among them, that are too few to be compared."""

_ONCE = frozenset({
    "bear", "die", "found", "establish", "release", "premiere", "launch", "elect", "marry",
    "inaugurate", "graduate", "assassinate", "resign", "retire", "sink", "crash", "create",
})  # fmt: skip
"""Verbs of what befalls one person or thing once."""

_CORE = frozenset({"subj", "obj", "comp", "clause"})
_NESTED = frozenset({"ccomp", "advcl", "relcl", "acl", "parataxis", "csubj"})
_EVENTS = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties two details to one event."""

    kept: float
    """Share of both sentences, or of the two clauses, that stands in both."""
    verb: bool
    """Whether one verb governs both, in the same role."""
    core: int
    """Further arguments of that verb that are equal."""
    clash: int
    """Core arguments of that verb that both have and that differ."""
    linked: float
    """Score of the slot that links the two; 0 where they are not linked."""
    once: bool
    """Whether what the verb tells happens to one thing once."""
    covered: bool
    """Whether nearly all of the shorter sentence stands in the longer."""

    @property
    def literal(self) -> bool:
        """Whether the one text is the other with some words exchanged."""
        return self.kept >= LITERAL

    @property
    def certainty(self) -> float:
        """How surely both details belong to one event, 0..1."""
        if self.literal:
            return 0.95
        if self.verb and self.core and not self.clash:
            return min(0.9, 0.55 + 0.1 * self.core + 0.5 * max(0.0, self.kept - 0.25))
        if self.covered and self.linked:
            return 0.75
        if self.once and not self.clash:
            return 0.75
        if self.verb and not self.clash:
            return min(0.8, 0.2 + self.kept)
        return min(0.7, 0.8 * self.kept + 0.1 * self.linked)


def tie(pair: Pair, u: Unit, v: Unit) -> Tie:
    """Return what ties a unit of ``pair.a`` to one of ``pair.b``."""
    link = pair.of_a.get(u.index)
    linked = link.score if link is not None and link.b == v.index else 0.0
    kept = _dice(pair, pair.a.units, pair.b.units, u, v)
    covered = _is_covered(pair)
    one, two = event_over(pair.a, u.head), event_over(pair.b, v.head)
    if one is None or two is None or not same_event(pair, one[0], two[0]):
        return Tie(kept, verb=False, core=0, clash=0, linked=linked, once=False, covered=covered)
    if one[1] != two[1] and {one[1], two[1]} & _CORE:
        return Tie(kept, verb=False, core=0, clash=0, linked=linked, once=False, covered=covered)
    once = pair.a.tokens[one[0]].lemma.lower() in _ONCE
    core, clash = _siblings(pair, (one[0], two[0]), (u, v), once=once)
    here = [pair.a.units[n] for n in _clause(pair.a, one[0])]
    there = [pair.b.units[n] for n in _clause(pair.b, two[0])]
    if min(len(here), len(there)) > _FEW:
        kept = max(kept, _dice(pair, here, there, u, v))
    return Tie(kept, verb=True, core=core, clash=clash, linked=linked, once=once, covered=covered)


def event_over(view: View, token: int) -> tuple[int, str] | None:
    """Return the verb over a token with the role of what leads to it; None where there is none."""
    role = ""
    for _ in range(CLIMB):
        above, how = view.relations[token]
        if above < 0:
            return None
        role = how
        if view.tokens[above].pos in _EVENTS:
            return above, role
        token = above
    return None


def same_event(pair: Pair, i: int, j: int) -> bool:
    """Say whether two verbs are one, whatever their form."""
    if pair.linked(i, j, equal=True):
        return True
    ours, theirs = pair.a.tokens[i], pair.b.tokens[j]
    return stem(ours.lemma) == stem(theirs.lemma)


def _siblings(
    pair: Pair, verbs: tuple[int, int], units: tuple[Unit, Unit], *, once: bool
) -> tuple[int, int]:
    """Count the other core arguments of two verbs that are equal, and those that differ.

    What happens ``once`` happens to one thing, so "the film" may be what the other names.
    """
    ours = [(r, pair.a.unit_of[x]) for r, x in _arguments(pair.a, verbs[0])]
    theirs = [(r, pair.b.unit_of[y]) for r, y in _arguments(pair.b, verbs[1])]
    ours = [(r, n) for r, n in ours if n >= 0 and n != units[0].index]
    theirs = [(r, n) for r, n in theirs if n >= 0 and n != units[1].index]
    there = {n for _, n in theirs}
    equal = 0
    met: set[str] = set()
    for role, n in ours:
        link = pair.of_a.get(n)
        if link is not None and link.equal and link.b in there:
            equal += 1
            met.add(role)
    clash = 0
    for role in sorted(_CORE - {"clause"} - met):
        named_a = {pair.a.units[n].name is not None for r, n in ours if r == role}
        named_b = {pair.b.units[n].name is not None for r, n in theirs if r == role}
        clash += bool(named_a & named_b) if once else bool(named_a and named_b)
    return equal, clash


@per_token
def _arguments(view: View, verb: int) -> list[tuple[str, int]]:
    """Return the arguments of a verb, with the subject that it shares with a verb above it."""
    found = list(view.arguments(verb))
    if all(role != "subj" for role, _ in found):
        found += [("subj", p.subject) for p in predicates(view) if p.token == verb > p.subject >= 0]
    return found


def _dice(pair: Pair, ours: Iterable[Unit], theirs: Iterable[Unit], u: Unit, v: Unit) -> float:
    """Return the share of two lists of units that stands in both (Dice 1945).

    The mean of the shares of weight and of number: a few rare names are no sentence.
    """
    here = {x.index: x.weight for x in ours if x.index != u.index}
    there = {x.index: x.weight for x in theirs if x.index != v.index}
    total = fsum(here.values()) + fsum(there.values())
    if not total:
        return 1.0 if pair.overlap > 0.0 else 0.0
    equal = [x for x in pair.links if x.equal and x.a in here and x.b in there]
    shared = fsum(here[link.a] + there[link.b] for link in equal) / total
    return 0.5 * shared + len(equal) / (len(here) + len(there))


def _is_covered(pair: Pair) -> bool:
    """Say whether the shorter sentence, which must be no mere phrase, stands in the longer."""
    shorter = min(len(pair.a.units), len(pair.b.units))
    return shorter > _FEW and sum(x.equal for x in pair.links) >= COVERED * (shorter - 1)


@per_token
def _clause(view: View, verb: int) -> tuple[int, ...]:
    """Return the units of a verb's clause, without the clauses within it."""
    found: set[int] = set()
    waiting = [verb]
    while waiting:
        i = waiting.pop()
        if view.unit_of[i] >= 0:
            found.add(view.unit_of[i])
        for child in view.children[i]:
            token = view.tokens[child]
            nested = token.dep in _NESTED or (token.dep == "conj" and token.pos in _EVENTS)
            if not nested:
                waiting.append(child)
    return tuple(sorted(found))
