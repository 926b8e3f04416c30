"""Two sentences laid side by side: which words, names, figures and dates stand at the same place.

Changes are looked for at corresponding places only. Equal words, names and figures are anchors; a
word without its like is set against the one that fills the same slot: the same role under linked
governors, the same dependents, or the same neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from retold.collate.nearness import Nearness
from retold.collate.views import Unit, View, per_token, per_view
from retold.model import Span

SLOT = 0.4
"""Least score of a slot: one grammatical tie to an anchor, or both neighbours, suffices."""

LONGEST = 4_000
"""Pairs of unlike units up to which slots are looked for: 60 words each is a long sentence."""

FAR = 0.55
"""Share of the heavier sentence's weight that both have up to which two wordings are taken for
written apart."""

WITHIN = 0.8
"""Share of the lighter sentence's weight in the other from which it is taken for told within it."""

_CLASS = {"PROPN": "noun", "NOUN": "noun", "NUM": "num", "VERB": "verb", "ADJ": "adj", "ADV": "adv"}


_COMPARABLE = {"noun": ("noun", "verb"), "verb": ("noun", "verb")}
"""Classes that a class may be set against, where it is not itself alone."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two units that stand at the same place."""

    a: int
    b: int
    score: float
    """1 where they are equal, else the score of the slot."""
    equal: bool


@dataclass(frozen=True)
class Pair:
    """Two sentences and the links between them. ``a`` is the earlier where ``directed``."""

    a: View
    b: View
    links: tuple[Link, ...]
    of_a: dict[int, Link]
    of_b: dict[int, Link]
    directed: bool
    overlap: float
    """Share of the lighter sentence's weight that stands in both."""
    context_a: tuple[View, ...]
    """Everything that a's version says in this claim; what stands there is not missing."""
    context_b: tuple[View, ...]

    @cached_property
    def nearness(self) -> Nearness:
        """How near the words of both are in what they mean."""
        return Nearness(self.a, self.b)

    @cached_property
    def alike(self) -> float:
        """The share of the heavier sentence's weight that stands in both."""
        shared = sum(
            min(self.a.units[x.a].weight, self.b.units[x.b].weight) for x in self.links if x.equal
        )
        heavier = max(sum(u.weight for u in view.units) for view in (self.a, self.b))
        return min(1.0, shared / heavier) if heavier else 0.0

    @property
    def apart(self) -> bool:
        """Whether the two seem to be written apart, so that they may differ in words alone."""
        return self.alike < FAR and self.overlap < WITHIN

    def linked(self, token_a: int, token_b: int, *, equal: bool = False) -> bool:
        """Say whether two tokens belong to linked (with ``equal``: equal) units."""
        link = self.of_a.get(self.a.unit_of[token_a])
        return (
            link is not None
            and link.b == self.b.unit_of[token_b]
            and link.b >= 0
            and (link.equal or not equal)
        )

    def turn(self, before: str, after: str) -> str:
        """Say that one wording became another, or, undirected, that both stand."""
        if self.directed:
            return f"‘{before}’ became ‘{after}’"
        return f"‘{before}’ here, ‘{after}’ there"


def align_pair(
    a: View,
    b: View,
    *,
    directed: bool = False,
    context_a: Sequence[View] = (),
    context_b: Sequence[View] = (),
) -> Pair:
    """Link the units of two sentences, each unit at most once."""
    equal = _anchors(a, b)
    links = equal + _slots(a, b, equal)
    links.sort(key=lambda link: link.a)
    shared = sum(min(a.units[x.a].weight, b.units[x.b].weight) for x in links if x.equal)
    lighter = min(sum(u.weight for u in a.units), sum(u.weight for u in b.units))
    return Pair(
        *(a, b, tuple(links), {x.a: x for x in links}, {x.b: x for x in links}, directed),
        min(1.0, shared / lighter) if lighter else 0.0,
        tuple(context_a) or (a,),
        tuple(context_b) or (b,),
    )


def _anchors(a: View, b: View) -> list[Link]:
    """Link equal units; of several with one key, those with the most similar surroundings first."""
    of_a, of_b = _by_key(a), _by_key(b)
    links: list[Link] = []
    for key in sorted(of_a.keys() & of_b.keys()):
        links.extend(_assign(a, b, of_a[key], of_b[key]))
    left_a = _left(a.units, {x.a for x in links})
    left_b = _left(b.units, {x.b for x in links})
    # names that one annotation missed, or that are given in full and short
    for unit in left_a:
        partners = [
            v
            for v in left_b
            if (unit.name or v.name)
            and not (unit.date or v.date or unit.figure or v.figure)
            and (unit.stems <= v.stems or v.stems <= unit.stems)
        ]
        if partners:
            best = min(partners, key=lambda v: (-len(unit.stems & v.stems), v.index))
            links.append(Link(unit.index, best.index, 1.0, equal=True))
            left_b.remove(best)
    return links


@per_view
def _by_key(view: View) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in view.units:
        found[unit.key].append(unit)
    return found


def _left(units: Iterable[Unit], linked: set[int]) -> list[Unit]:
    return [u for u in units if u.index not in linked]


def _assign(a: View, b: View, ours: list[Unit], theirs: list[Unit]) -> list[Link]:
    if len(ours) == len(theirs) == 1:
        return [Link(ours[0].index, theirs[0].index, 1.0, equal=True)]
    ranked = sorted(
        ((_surroundings(a, b, u, v), u.index, v.index) for u in ours[:8] for v in theirs[:8]),
        key=lambda r: (-r[0], abs(r[1] - r[2]), r[1], r[2]),
    )
    return [Link(i, j, 1.0, equal=True) for _, i, j in one_to_one(ranked)]


def one_to_one(ranked: Iterable[tuple[float, int, int]]) -> Iterator[tuple[float, int, int]]:
    """Yield of (rank, one, other), the best first, those of which neither was taken before."""
    used_a: set[int] = set()
    used_b: set[int] = set()
    for rank, i, j in ranked:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            yield rank, i, j


def _surroundings(a: View, b: View, u: Unit, v: Unit) -> float:
    near_a = {x.key for x in a.units[max(0, u.index - 3) : u.index + 4]}
    near_b = {x.key for x in b.units[max(0, v.index - 3) : v.index + 4]}
    return len(near_a & near_b) + 0.5 * (a.relations[u.head][1] == b.relations[v.head][1])


def _slots(a: View, b: View, anchors: list[Link]) -> list[Link]:
    """Link units that differ but fill the same slot, the surest first."""
    links = list(anchors)
    found: list[Link] = []
    for _ in range(2):
        of_a = {x.a: x.b for x in links}
        left_a = _left(a.units, set(of_a))
        left_b = _left(b.units, {x.b for x in links})
        ranked: list[tuple[float, int, int]] = []
        if len(left_a) * len(left_b) > LONGEST:
            break
        partners: dict[tuple[bool, bool, str], list[Unit]] = defaultdict(list)
        for v in left_b:
            for sort in _comparable_sorts(v):
                partners[sort].append(v)
        for u in left_a:
            slot = _Slot(a, b, u, of_a)
            for v in partners.get(_sort(u), ()):
                score = slot.score(v)
                if score >= SLOT:
                    ranked.append((-score, u.index, v.index))
        more = [
            Link(i, j, min(0.95, -negative), equal=False)
            for negative, i, j in one_to_one(sorted(ranked))
        ]
        if not more:
            break
        found += more
        links = anchors + found
    return found


def _sort(unit: Unit) -> tuple[bool, bool, str]:
    return unit.figure is None, unit.date is None, _CLASS.get(unit.pos, "")


def _comparable_sorts(unit: Unit) -> list[tuple[bool, bool, str]]:
    """Return the sorts of units that one may be set against."""
    figure, date, own = _sort(unit)
    return [(figure, date, other) for other in _COMPARABLE.get(own, (own,))]


class _Slot:
    """The place of a unit of the one sentence, to which units of the other are held."""

    def __init__(self, a: View, b: View, unit: Unit, of_a: Mapping[int, int]) -> None:
        self._a, self._b, self._unit, self._of_a = a, b, unit, of_a
        self._above, self._role = a.relations[unit.head]
        self._governor = a.unit_of[self._above] if self._above >= 0 else -1
        below = ((role, of_a.get(i)) for role, i in _dependents(a, unit.index))
        self._below = [(role, j) for role, j in below if j is not None]
        self._before = of_a.get(unit.index - 1, -1)
        self._after = of_a.get(unit.index + 1, -1)

    def score(self, v: Unit) -> float:
        """Return how surely both units fill the same slot, 0..1, given the links so far."""
        a, b, u = self._a, self._b, self._unit
        score = 0.0
        above, role = b.relations[v.head]
        if role == self._role and above >= 0 and self._above >= 0:
            i, j = self._governor, b.unit_of[above]
            if i >= 0 and j >= 0 and self._of_a.get(i) == j:
                score += 0.5
                if role in {"obl", "mod"} and not same_marker(a, b, u.head, v.head):
                    score -= 0.2
            elif i < 0 and j < 0 and a.forms[self._above] == b.forms[above]:
                score += 0.3  # under the same grammatical word, "is" say
                score += 0.3 * _shares_sibling(a, b, u, v, self._of_a)
        if self._below:
            below = _dependents(b, v.index)
            shared = [part for part in self._below if part in below]
            if shared:
                score += 0.4 if any(part[0] in {"subj", "obj"} for part in shared) else 0.25
                score += 0.15 * (len(shared) > 1)
        if v.index and self._before == v.index - 1:
            score += 0.25
            # "visited the harbour in Velm": the phrase may hang on the verb or on the noun
            mark = marker(a, u.head)
            score += 0.2 * (score < 0.5 and mark != "" and mark == marker(b, v.head))
        if self._after == v.index + 1:
            score += 0.25
        return score


def _shares_sibling(a: View, b: View, u: Unit, v: Unit, of_a: Mapping[int, int]) -> bool:
    """Say whether the governors of two units have another linked argument ("Velm is a port")."""
    ours = a.arguments(a.relations[u.head][0])
    theirs = b.arguments(b.relations[v.head][0])
    return any(
        role == other and a.unit_of[i] >= 0 and of_a.get(a.unit_of[i], -2) == b.unit_of[j]
        for role, i in ours
        for other, j in theirs
        if i != u.head and j != v.head
    )


@per_token
def _dependents(view: View, index: int) -> list[tuple[str, int]]:
    """Return what depends on a unit: (role, unit)."""
    unit = view.units[index]
    found = [(role, view.unit_of[i]) for role, i in view.arguments(unit.head)]
    return [(role, i) for role, i in found if i >= 0 and i != unit.index]


def same_marker(a: View, b: View, i: int, j: int) -> bool:
    """Say whether two tokens hang on the same preposition, or both on none."""
    return marker(a, i) == marker(b, j)


def marker(view: View, i: int) -> str:
    """Return the lemma of the preposition that a token hangs on, or an empty string."""
    token = view.tokens[i]
    for _ in range(len(view.tokens)):
        if token.dep not in {"conj", "appos", "compound"} or view.tokens[token.head] is token:
            break
        token = view.tokens[token.head]
    return view.tokens[token.head].lemma.lower() if token.dep in {"pobj", "pcomp"} else ""


def phrase(view: View, span: Span) -> str:
    """Return the words of a span on one line."""
    return " ".join(view.document.text_of(span).split())
