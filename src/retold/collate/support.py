"""How far a text bears out each word, name, figure and date of a sentence.

A sentence of a summary draws on several sentences of its source, so each thing that it holds is
looked up by itself: in the sentences that share most with it, then anywhere; by the same words, by
words of a like meaning, by the words' vectors, and by what else stands in the same slot.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from retold.annotate.dates import agree as dates_agree
from retold.annotate.figures import agree, comparable
from retold.collate.changes.names import same_name
from retold.collate.changes.negation import opposite
from retold.collate.nearness import views_of
from retold.collate.pairs import Pair, align_pair, phrase
from retold.collate.senses import Meaning, meaning
from retold.collate.views import Unit, View, stem
from retold.model import Document

NEAR = 3
"""Sentences of the evidence that a sentence is laid beside."""

AGAIN = 0.25
"""What a thing that one of these has still counts in the choice of the next. By judgement."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A text laid out for looking things up."""

    views: tuple[View, ...]
    places: dict[str, frozenset[int]]
    """Stem -> the sentences that hold it."""


class Place(Enum):
    """Where a thing stands in the evidence."""

    NEAR = "near"
    """In the sentences that share most with the sentence looked up."""
    ELSEWHERE = "elsewhere"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Held:
    """How far the evidence bears out one thing that a sentence holds."""

    unit: Unit
    kind: str
    """What :func:`class_of` tells."""
    place: Place
    far: float
    """How much less of the rest of the sentence stands where this does than elsewhere, 0..1."""
    like: bool = False
    """Not near, but a word of a like meaning is, or fills its slot."""
    opposite: bool = False
    """Not near, but a word of the opposite meaning is."""
    slot: float = 0.0
    """How surely a word of another meaning fills its slot, 0..1."""
    unlike: float = 0.0
    """How unlike its vector is to all vectors near, 0..1; 0 where it is near."""
    disagrees: bool = False
    """Whether a comparable figure, or a date, near by excludes it."""


@dataclass(frozen=True, slots=True)
class Support:
    """One sentence beside its evidence."""

    pairs: tuple[Pair, ...]
    """With the sentences that share most with it, the nearest first."""
    held: tuple[Held, ...]


def evidence_of(document: Document) -> Evidence:
    """Lay a document out."""
    views = views_of(document)
    places: dict[str, set[int]] = defaultdict(set)
    for n, said in enumerate(views):
        for token in said.tokens:
            places[stem(token.lemma)].add(n)
        for form in said.forms:
            places[stem(form)].add(n)
    return Evidence(views, {k: frozenset(v) for k, v in places.items()})


def support(evidence: Evidence, said: View) -> Support:
    """Look everything up that a sentence holds."""
    places = [_places(evidence, said, u) for u in said.units]
    near = _nearest(evidence, said.units, places)
    pairs = tuple(
        align_pair(evidence.views[n], said, context_a=evidence.views, context_b=(said,))
        for n in near
    )
    held = tuple(_held(evidence, said, near, pairs, n, places) for n in range(len(said.units)))
    return Support(pairs, held)


def _nearest(
    evidence: Evidence, units: Sequence[Unit], places: Sequence[frozenset[int]]
) -> list[int]:
    """Return the sentences that together hold most of a sentence, each adding what it can."""
    wanted = [max(u.weight, 0.1) for u in units]
    near: list[int] = []
    while len(near) < min(NEAR, len(evidence.views)):
        gains: dict[int, float] = defaultdict(float)
        for weight, held in zip(wanted, places, strict=True):
            for n in held:
                gains[n] += weight
        left = {n: gain for n, gain in gains.items() if n not in near}
        best = min(left, key=lambda n: (-left[n], n), default=None)
        if best is None:
            break
        near.append(best)
        wanted = [
            weight * AGAIN if best in held else weight
            for weight, held in zip(wanted, places, strict=True)
        ]
    return near or [0][: len(evidence.views)]


def _places(evidence: Evidence, said: View, unit: Unit) -> frozenset[int]:
    """Return the sentences that hold a unit as it is: the word, name, figure or date."""
    if unit.figure is not None:
        return frozenset(
            n
            for n, v in enumerate(evidence.views)
            if any(f.unit == unit.figure.unit and agree(f, unit.figure) for f in v.figures)
        )
    if unit.date is not None:
        day = unit.date
        found = {
            n
            for n, v in enumerate(evidence.views)
            if any(dates_agree(d, day) is True for d in v.dates)
        }
        return frozenset(found) | _all_stems(evidence, said, unit)
    if unit.name is not None:
        name, written = unit.name.entity, phrase(said, unit.name.span)
        found = {
            n
            for n, v in enumerate(evidence.views)
            if any(same_name(name, m.entity) or same_name(written, m.entity) for m in v.names)
        }
        return frozenset(found) | _all_stems(evidence, said, unit)
    return _all_stems(evidence, said, unit)


def _all_stems(evidence: Evidence, said: View, unit: Unit) -> frozenset[int]:
    """Return the sentences that hold each word of a unit."""
    bare = unit.name is not None and len(unit.stems) < 2
    stems = {stem(said.forms[unit.head])} if bare else unit.stems
    found = [evidence.places.get(s, frozenset()) for s in sorted(stems)]
    return frozenset.intersection(*found) if found else frozenset()


def class_of(unit: Unit) -> str:
    """Return what a unit is: "figure", "date", "name", "noun", "verb" or "modifier"."""
    if unit.figure is not None or unit.pos == "NUM":
        return "figure"
    if unit.date is not None:
        return "date"
    if unit.name is not None or unit.pos == "PROPN":
        return "name"
    return {"NOUN": "noun", "VERB": "verb", "AUX": "verb"}.get(unit.pos, "modifier")


def _held(
    evidence: Evidence,
    said: View,
    near: Sequence[int],
    pairs: Sequence[Pair],
    n: int,
    places: Sequence[frozenset[int]],
) -> Held:
    """Look the ``n``-th unit of a sentence up; ``places`` are those of each unit."""
    unit, here = said.units[n], places[n]
    links = [(pair, pair.of_b[unit.index]) for pair in pairs if unit.index in pair.of_b]
    kind, disagrees = class_of(unit), _disagrees(evidence, unit, near, here)
    if not here.isdisjoint(near) or any(link.equal for _, link in links):
        far = _far(n, said.units, places) if here else 0.0
        return Held(unit, kind, Place.NEAR, far, disagrees=disagrees)
    plain = unit.name is None and unit.figure is None and unit.date is None
    found = _meanings(said, unit, pairs) if plain else set()
    filled, slot = None, 0.0
    if links:
        pair, link = max(links, key=lambda x: x[1].score)
        filled, slot = _meaning(said, unit, pair, pair.a.units[link.a]), link.score
    like = not found.isdisjoint(_LIKE) or filled in _LIKE
    opposed = filled is Meaning.OPPOSITE or (
        Meaning.OPPOSITE in found and Meaning.SAME not in found
    )
    return Held(
        unit,
        kind,
        Place.ELSEWHERE if here else Place.NOWHERE,
        far=0.0,
        like=like,
        opposite=opposed,
        slot=0.0 if like or opposed else slot,
        unlike=_unlike(evidence, said, unit, near),
        disagrees=disagrees,
    )


_LIKE = frozenset({Meaning.SAME, Meaning.KIND})


def _meanings(said: View, unit: Unit, pairs: Sequence[Pair]) -> set[Meaning]:
    """Return how the words near by lie to a word."""
    return {
        _meaning(said, unit, pair, other)
        for pair in pairs
        for other in pair.a.units
        if other.figure is None and other.date is None and other.name is None
    }


def _meaning(said: View, unit: Unit, pair: Pair, other: Unit) -> Meaning:
    """Return how a word of the evidence lies to a word."""
    ours = said.tokens[unit.head].lemma.lower()
    theirs = pair.a.tokens[other.head].lemma.lower()
    if opposite(ours, theirs) or _denied(ours, theirs):
        return Meaning.OPPOSITE
    return meaning(ours, theirs, unit.pos, other.pos)


_DENYING = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "de")


def _denied(first: str, second: str) -> bool:
    """Say whether one word is the other with a prefix that denies it ("crewed", "uncrewed")."""
    short, long = sorted((first, second), key=len)
    return len(short) > 3 and any(long in {p + short, f"{p}-{short}"} for p in _DENYING)


def _unlike(evidence: Evidence, said: View, unit: Unit, near: Sequence[int]) -> float:
    """Return how unlike a unit's vectors are to all near; the middle where there are none."""
    mine = said.embedded
    if mine is None:
        return 0.5
    own = {said.forms[i] for i in range(*unit.tokens)}
    rows = [n for n, form in enumerate(mine.forms) if form in own]
    if not rows:
        return 0.5
    best = 0.0
    for n in near:
        other = evidence.views[n].embedded
        if other is not None and len(other.words):
            cosines = mine.words[rows].astype(np.float32) @ other.words.astype(np.float32).T
            best = max(best, float(cosines.max(axis=1).mean()))
    return 1.0 - best


def _disagrees(evidence: Evidence, unit: Unit, near: Sequence[int], here: frozenset[int]) -> bool:
    """Say whether a comparable figure, or a date, near by excludes a unit."""
    figure, day = unit.figure, unit.date
    if figure is not None:
        alike = [f for n in near for f in evidence.views[n].figures if comparable(f, figure)]
        return bool(alike) and not any(agree(f, figure) for f in alike)
    if day is None or here:
        return False
    return any(dates_agree(d, day) is False for n in near for d in evidence.views[n].dates)


def _far(n: int, units: Sequence[Unit], places: Sequence[frozenset[int]]) -> float:
    """Return how much less of the rest stands in the sentences of a unit than in the best one."""
    shares: dict[int, float] = defaultdict(float)
    for m, unit in enumerate(units):
        if m != n:
            for place in places[m]:
                shares[place] += unit.weight
    best = max(shares.values(), default=0.0)
    if not best:
        return 0.0
    return 1.0 - max(shares.get(place, 0.0) for place in places[n]) / best
