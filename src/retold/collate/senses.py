"""Which words mean the same, which are kinds of another, which are opposites.

From WordNet 3.0 (Fellbaum 1998), cut down by ``tools/build_senses.py`` to words that news uses and
to their commonest senses. A word is not read in its sentence: two words mean the same where any of
their common senses do.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_PARTS = {"NOUN": "n", "PROPN": "n", "VERB": "v", "AUX": "v", "ADJ": "a", "ADV": "r"}

_RISE = {"n": 2, "v": 1}
"""Steps up to which a word is a kind of another."""

_VAGUE = 60
"""Kinds below a sense from which on it is too general to make two words sisters ("person")."""


class Meaning(Enum):
    """How the meanings of two words lie to each other."""

    SAME = "same"
    """They share a sense, or one is formed from the other ("invade", "invasion")."""
    KIND = "kind"
    """One is a kind of the other ("rifle", "weapon"), or they are alike ("big", "vast")."""
    OPPOSITE = "opposite"
    SISTER = "sister"
    """Two kinds of one narrow thing, which exclude each other as a rule ("Monday", "Friday")."""
    OTHER = "other"
    UNKNOWN = "unknown"
    """One of them is not in the table."""


class _Table(NamedTuple):
    senses: dict[str, dict[str, list[int]]]
    above: list[list[int]]
    alike: dict[int, list[int]]
    below: list[int]
    """How many senses are a kind of each."""
    opposites: dict[tuple[str, str], set[str]]
    """Part of speech and word -> its opposites."""
    derived: dict[tuple[str, str], list[tuple[str, str]]]


@cache
def _table() -> _Table:
    packed = files("retold.collate").joinpath("data/senses.json.gz").read_bytes()
    raw = json.loads(gzip.decompress(packed))
    below = [0] * len(raw["above"])
    for ups in raw["above"]:
        for up in ups:
            below[up] += 1
    opposites: dict[tuple[str, str], set[str]] = {}
    for part, one, two in raw["opposite"]:
        opposites.setdefault((part, one), set()).add(two)
        opposites.setdefault((part, two), set()).add(one)
    derived: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for part, one, other, two in raw["derived"]:
        derived.setdefault((part, one), []).append((other, two))
    alike = {int(sense): others for sense, others in raw["alike"].items()}
    return _Table(raw["senses"], raw["above"], alike, below, opposites, derived)


@lru_cache(maxsize=262_144)
def meaning(first: str, second: str, pos: str, other_pos: str) -> Meaning:
    """Return how two lemmas in lower case lie to each other; symmetric.

    ``pos`` and ``other_pos`` are universal parts of speech.
    """
    if first == second:
        return Meaning.SAME
    table = _table()
    p, q = _PARTS.get(pos, ""), _PARTS.get(other_pos, "")
    ours = table.senses.get(p, {}).get(first)
    theirs = table.senses.get(q, {}).get(second)
    if not ours or not theirs:
        return Meaning.UNKNOWN
    if p == q and _opposite(table, p, first, second):
        return Meaning.OPPOSITE
    formed_a, formed_b = _formed(table, p, first), _formed(table, q, second)
    if (q, second) in formed_a or (p, first) in formed_b or not set(ours).isdisjoint(theirs):
        return Meaning.SAME if p == q or ours != theirs else Meaning.OTHER
    if p != q:
        return _across(table, formed_a, formed_b, (p, first), (q, second))
    if _kind(table, p, ours, theirs) or _kind(table, p, theirs, ours) or _near(table, ours, theirs):
        return Meaning.KIND
    if p == "n" and _sisters(table, ours[:2], theirs[:2]):
        return Meaning.SISTER
    return Meaning.OTHER


def _opposite(table: _Table, part: str, first: str, second: str) -> bool:
    direct = table.opposites.get((part, first), set())
    if second in direct:
        return True
    if part != "a":
        return False
    # "huge" is like "large", whose opposite is "small"
    theirs = table.senses["a"][second][:2]
    for word in direct:
        for sense in table.senses["a"][word][:2]:
            if sense in theirs or not set(table.alike.get(sense, ())).isdisjoint(theirs):
                return True
    ours = table.senses["a"][first][:2]
    return any(
        sense in ours or not set(table.alike.get(sense, ())).isdisjoint(ours)
        for word in table.opposites.get((part, second), set())
        for sense in table.senses["a"][word][:2]
    )


def _formed(table: _Table, part: str, word: str) -> list[tuple[str, str]]:
    return table.derived.get((part, word), [])


def _across(
    table: _Table,
    formed_a: Iterable[tuple[str, str]],
    formed_b: Iterable[tuple[str, str]],
    first: tuple[str, str],
    second: tuple[str, str],
) -> Meaning:
    """Compare words of two parts of speech by what is formed from either."""
    for formed, (part, word) in ((formed_a, second), (formed_b, first)):
        senses = set(table.senses[part][word])
        for other, made in formed:
            if other == part and not senses.isdisjoint(table.senses[other][made][:3]):
                return Meaning.SAME
    return Meaning.OTHER


def _kind(table: _Table, part: str, ours: Iterable[int], theirs: Iterable[int]) -> bool:
    level, wanted = set(ours), set(theirs)
    for _ in range(_RISE.get(part, 0)):
        level = {up for sense in level for up in table.above[sense] if table.below[up] < _VAGUE}
        if not level.isdisjoint(wanted):
            return True
    return False


def _near(table: _Table, ours: Iterable[int], theirs: Iterable[int]) -> bool:
    wanted = set(theirs)
    near = {other for sense in ours for other in table.alike.get(sense, ())}
    return not near.isdisjoint(wanted) or any(
        not near.isdisjoint(table.alike.get(sense, ())) for sense in wanted
    )


def _sisters(table: _Table, ours: Iterable[int], theirs: Iterable[int]) -> bool:
    above = {up for sense in ours for up in table.above[sense] if table.below[up] < _VAGUE}
    return any(up in above for sense in theirs for up in table.above[sense])
