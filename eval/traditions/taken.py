"""What each version of a tradition truly took from its parents, by words.

Of a sentence that stands in a parent in the same words, the words are verbatim; in the same wording
with other choices, facts or attribution, near, but for long stretches between two of these; in
another wording of the same statement, rewritten; all others are the version's own. Credits and
furniture are not counted.

The class is METER's (Gaizauskas et al. 2001): *wholly derived* where the parents are the only
source, *partially derived* where there are reports, background, comment or quotations of its own
besides, *not derived* without a parent. A lead that anybody might put before it adds no content.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from eval.traditions.newsroom import Unit
from eval.traditions.stories import BaseStory, bank, base_stories
from eval.traditions.tradition import Tradition, Version
from retold.model import Derivation
from retold.text import words

KINDS = ("verbatim", "near", "rewritten", "own")

STRETCH = 12
"""Words between two edits of a sentence from which on they count as verbatim: a clause."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The true make-up of a version. The shares are those of ``KINDS``, over its words."""

    derivation: Derivation
    shares: tuple[float, ...]


def taken(tradition: Tradition) -> dict[str, Taken]:
    """Return the make-up of every version by name, lost ones included."""
    base = next(b for b in base_stories() if b.name == tradition.story)
    by_name = {v.name: v for v in tradition.versions}
    return {
        version.name: _taken(version, [by_name[p] for p in version.parents], base)
        for version in tradition.versions
    }


def _taken(version: Version, parents: Sequence[Version], base: BaseStory) -> Taken:
    had = [unit for parent in parents for unit in parent.units]
    counts = dict.fromkeys(KINDS, 0)
    plain = True
    for unit in version.units:
        found = _words(unit, had, base)
        plain &= "own" not in found or unit.template in bank("L")
        for kind, count in found.items():
            counts[kind] += count
    total = sum(counts.values())
    shares = tuple(round(counts[kind] / total, 4) for kind in KINDS)
    if not parents:
        return Taken(Derivation.NOT, shares)
    return Taken(Derivation.WHOLLY if plain else Derivation.PARTIALLY, shares)


def _words(unit: Unit, had: Sequence[Unit], base: BaseStory) -> Mapping[str, int]:
    """Return how many words of a sentence are of each kind."""
    mine = _forms(unit, base)
    if unit in had:
        return {"verbatim": len(mine)}
    like = [_forms(other, base) for other in had if other.template == unit.template]
    if like:
        same = max(_stretches(mine, theirs) for theirs in like)
        return {"verbatim": same, "near": len(mine) - same}
    if any(unit.statement == other.statement >= 0 for other in had):
        return {"rewritten": len(mine)}
    return {"own": len(mine)}


def _forms(unit: Unit, base: BaseStory) -> list[str]:
    return [word.form for word in words(unit.text(base))]


def _stretches(mine: list[str], theirs: list[str]) -> int:
    blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= STRETCH)
