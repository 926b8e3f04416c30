"""Whether two names may be one: short and full forms, spellings, acronyms, peoples, governments.

Used between articles, where a wrong "they differ" is worse than a wrong "they may be one".
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz

from retold.annotate.aliases import person_parts, same_person
from retold.annotate.gazetteer import (
    Place,
    PlaceKind,
    bare_name,
    country_of,
    distance,
    fold_name,
    lookup,
)
from retold.annotate.namewords import TITLES, organisation_key, sound_key

ALIKE = 85.0
"""Rapidfuzz ratio (per cent) from which two long words are spellings of one."""
LONG = 7
"""Letters from which one letter more, less or other is taken for a slip."""
KNOWN = 50_000
"""Inhabitants from which a town is taken to be meant by its name."""
METROPOLIS = 500_000
"""Inhabitants of a town whose suburbs are told by its name."""
SUBURB_KM = 30.0
"""Kilometres from the middle of a metropolis within which places are its suburbs."""
REGION_KM = 300.0
"""Kilometres from the middle of a region within which a town may lie in it. By judgement, as are
the values above."""

_SEATS = {
    "kremlin": "RU", "white house": "US", "downing street": "GB", "whitehall": "GB",
    "10 downing street": "GB", "elysee": "FR", "elysee palace": "FR", "blue house": "KR",
}  # fmt: skip
"""Houses and streets that stand for a government."""

_KNOWN_AS = {
    "gop": "republican party", "dems": "democratic party", "tories": "conservative party",
    "tory party": "conservative party", "pentagon": "department of defense",
    "doj": "department of justice", "dod": "department of defense", "scotus": "supreme court",
    "capitol hill": "congress", "foggy bottom": "state department",
    "obamacare": "affordable care act", "the fed": "federal reserve", "fed": "federal reserve",
}  # fmt: skip
"""By-names that have no letter in common with the name."""

_PEOPLE = re.compile(r"(?:landers|lander|ians|ian|ans|an|ers|er|ish|ese|ics|ic|is|i|n|ns|s|a)$")
"""Endings of words for a people or a place, which one root exchanges."""
_GENERATION = frozenset({"jr", "sr", "junior", "senior", "ii", "iii", "iv"})
_PARTICLES = frozenset({"al", "el", "ul", "bin", "ibn", "de", "van", "von", "the", "of", "and"})
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "du"})
_VOWELS = re.compile(r"[aeiouh]")
_HARD = re.compile(r"[gq]")
_SIDES = frozenset({"north", "south", "east", "west", "upper", "lower", "new", "central"})


@lru_cache(maxsize=65_536)
def same_name(a: str, b: str) -> bool:
    """Say whether two names may be one.

    Two known countries or towns are one only where the gazetteer says so, or where one is the seat
    of the other's government.
    """
    one, other = _plain(a), _plain(b)
    if not one or not other:
        return False
    if one == other or _KNOWN_AS.get(one, one) == _KNOWN_AS.get(other, other):
        return True
    governments = government(one), government(other)
    if governments[0] and governments[0] == governments[1]:
        return True
    as_places = _one_place(one, other)
    if as_places is not None:
        return as_places
    one, other = _KNOWN_AS.get(one, one), _KNOWN_AS.get(other, other)
    words = _untitled(one), _untitled(other)
    short, long = sorted(words, key=lambda w: (len(w), w))
    persons = _as_persons(one, other)
    if persons is not None:
        return persons
    if set(short) <= set(long):
        return _may_be_short(short, long)
    return _as_words(short, long) or _as_organisations(one, other, short, long)


_ABBREVIATED = {"mt": "mount", "st": "saint", "ft": "fort", "univ": "university"}


def _plain(name: str) -> str:
    words = fold_name(name.replace("’s", "").replace("'s", "")).removeprefix("the ").split()
    return " ".join(_ABBREVIATED.get(w, w) for w in words)


def _untitled(name: str) -> tuple[str, ...]:
    """Return the words of a name without the titles before it."""
    words = name.split()
    while len(words) > 1 and words[0] in TITLES:
        words = words[1:]
    return tuple(words)


def government(name: str) -> str:
    """Return the code of the country whose government a name can stand for, or an empty string.

    A country, its people, its capital and the house of its government.
    """
    plain = _plain(name)
    if seat := _SEATS.get(plain):
        return seat
    if country := country_of(plain):
        return country.country
    found = lookup(plain)
    if not found:
        return ""
    if found[0].kind is PlaceKind.COUNTRY:
        return found[0].country
    large = max(found, key=lambda p: p.population)
    return large.country if large.capital else ""


def _one_place(a: str, b: str) -> bool | None:
    """Say whether two names name one place; None where either is not surely a place."""
    ours, theirs = lookup(a), lookup(b)
    if not ours or not theirs:
        return None
    if {p.id for p in ours} & {p.id for p in theirs}:
        return True
    if _is_known(ours) and _is_known(theirs):
        return False
    return None


def _is_known(found: tuple[Place, ...]) -> bool:
    return found[0].kind is not PlaceKind.CITY or found[0].population >= KNOWN


def _as_persons(a: str, b: str) -> bool | None:
    """Compare two full names of people; None where they cannot be compared so."""
    one, other = person_parts(" ".join(_untitled(a))), person_parts(" ".join(_untitled(b)))
    if one is None or other is None:
        return None
    if same_person(one, other):
        return True
    if one.given != other.given and same_person(replace(one, suffix=""), replace(other, suffix="")):
        return True  # a short form of the given name goes without the generation
    near = sound_key(one.surname) == sound_key(other.surname)
    if near and (one.given == other.given or one.suffix != other.suffix):
        return False  # a father and a son, or two with other initials
    return None


def _may_be_short(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Say whether a name may be given in short by some of its words."""
    left_out = [w for w in long if w not in short]
    if len(short) > 1 and any(w in _GENERATION for w in left_out):
        return False
    return not any(w.isdigit() for w in left_out)


def _as_words(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Say whether two names are the same word for word, but for spelling and endings."""
    ours = tuple(w for w in short if w not in _PARTICLES) or short
    theirs = tuple(w for w in long if w not in _PARTICLES) or long
    if len(ours) == 1 and len(theirs) > 1:
        return len(theirs) == 2 and _alike(ours[0], theirs[-1])  # a surname spelled otherwise
    if len(ours) != len(theirs):
        return False
    return all(_alike(x, y) for x, y in zip(ours, theirs, strict=True))


def _alike(a: str, b: str) -> bool:
    """Say whether two words are spellings or forms of one."""
    if a == b or sound_key(a) == sound_key(b):
        return True
    if {a, b} & _SIDES:
        return False
    ours, theirs = bones(a), bones(b)
    if len(ours) > 2 and ours == theirs and min(len(a), len(b)) > 4:
        return True
    if min(len(a), len(b)) >= LONG and fuzz.ratio(a, b) >= ALIKE:
        return True
    roots = {a, _PEOPLE.sub("", a)} & {b, _PEOPLE.sub("", b)}
    return any(len(root) > 3 for root in roots)


@lru_cache(maxsize=65_536)
def bones(word: str) -> str:
    """Return the consonants of a word as languages exchange them ("Gadhafi", "Qaddafi": kdf)."""
    plain = _HARD.sub("k", sound_key(word))
    first, rest = _VOWELS.sub("a", plain[:1]), _VOWELS.sub("", plain[1:])
    joined = first + rest
    return re.sub(r"(.)\1+", r"\1", joined)


def _as_organisations(a: str, b: str, short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Compare the names of two bodies: translations, acronyms, a party and its members."""
    ours, theirs = organisation_key(a), organisation_key(b)
    if ours == theirs:
        return True
    smaller, greater = sorted((set(ours), set(theirs)), key=len)
    if len(smaller) > 1 and smaller < greater:
        return True
    own, rest = [w for w in short if w not in long], tuple(w for w in long if w not in short)
    if len(own) == 1 and len(rest) > 1 and len(short) > 1:
        return is_acronym_of(own[0], rest)  # "MVP Award"
    if len(short) == 1 and len(long) > 1:
        if long[-1] == "party" and len(long) == 2:
            root = _common_start(short[0], long[0])
            return root > 5 or short[0].rstrip("s") == long[0]
        return is_acronym_of(short[0], long)
    return False


def is_acronym_of(letters: str, words: tuple[str, ...]) -> bool:
    """Say whether a word is made of the initials of a name, its small words counted or not.

    A country's name before it may be left out ("the Norlandic Ministry of Tides", "MoT").
    """
    if not 1 < len(letters) < 8:
        return False
    options = [words]
    if country_of(words[0]):
        options.append(words[1:])
    for option in options:
        plain = "".join(w[0] for w in option if w not in _SMALL)
        if letters in {plain, "".join(w[0] for w in option)}:
            return True
    return False


def _common_start(a: str, b: str) -> int:
    """Return how many letters two words have in common from their start."""
    pairs = zip(a, b, strict=False)
    return next((n for n, (x, y) in enumerate(pairs) if x != y), min(len(a), len(b)))


# ---------------------------------------------------------------- places within places


@lru_cache(maxsize=65_536)
def may_contain(a: str, b: str) -> bool:
    """Say whether one of two places may lie in the other: told more coarsely, not otherwise."""
    return any(
        _contains(large, small) or _contains(small, large)
        for large in _meant(a)
        for small in _meant(b)
    )


def is_region(name: str) -> bool:
    """Say whether the gazetteer knows a name as a region's or a country's."""
    found = lookup(name)
    return bool(found) and found[0].kind is not PlaceKind.CITY


def _meant(name: str) -> tuple[Place, ...]:
    """Return the places that a name most probably means: regions and countries, and a few towns."""
    bare = bare_name(name)
    found = lookup(bare)
    if not found and (country := country_of(name)):
        return (country,)
    if bare != name.strip():  # "Kharkiv region", which the town in it stands for
        return tuple(replace(p, kind=PlaceKind.REGION) for p in found[:1])
    return found[:3]


def _contains(large: Place, small: Place) -> bool:
    if large.kind is PlaceKind.COUNTRY:
        return small.kind is not PlaceKind.COUNTRY and small.country == large.country
    gap = distance(large, small)
    if large.kind is PlaceKind.REGION:
        if small.kind is PlaceKind.REGION and small.country and large.country:
            return False
        if not large.country:
            return True  # a sea or a part of the world: where it ends is not known
        inside = small.country == large.country and small.kind is PlaceKind.CITY
        return inside and (gap is None or gap <= REGION_KM)
    suburb = small.kind is PlaceKind.CITY and gap is not None and gap <= SUBURB_KM
    return suburb and large.population >= METROPOLIS > small.population
