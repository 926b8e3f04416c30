"""Places by name: towns with their other names, countries with their peoples, regions.

The towns are a compact index built from GeoNames (https://www.geonames.org, CC BY 4.0) by
``tools/build_gazetteer.py``; peoples, regions and further names of countries are our own tables.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from typing import Any

import numpy as np
from anyascii import anyascii

from retold.model import ModelFile

EARTH_RADIUS = 6371.0
"""Kilometres; the mean radius."""


class PlaceKind(StrEnum):
    """What sort of place it is."""

    CITY = "city"
    REGION = "region"
    COUNTRY = "country"


_KINDS = (PlaceKind.CITY, PlaceKind.REGION, PlaceKind.COUNTRY)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer."""

    id: int
    """GeoNames id; negative for a region of our own table."""
    name: str
    country: str
    """ISO 3166-1 alpha-2; empty where it lies in several."""
    population: int
    """0 where unknown."""
    kind: PlaceKind
    latitude: float = 0.0
    """Degrees; 0, 0 where unknown."""
    longitude: float = 0.0
    capital: bool = False
    """Of a country; such a name often stands for its government."""


_REGION_NOUN = re.compile(
    r"(?i:\s+(?:region|oblast|province|district|county|governorate|krai|state|prefecture|raion|area))$"
)
_DROPPED = re.compile(r"[^a-z0-9 ]")


def fold_name(name: str) -> str:
    """Return the form by which names are compared: ASCII, lower case, no marks, single blanks."""
    plain = anyascii(name).lower().replace("-", " ")
    return " ".join(_DROPPED.sub("", plain).split())


class _Index:
    """The towns, countries and states of GeoNames, searched by folded name."""

    def __init__(self) -> None:
        path = files("retold.annotate").joinpath("data/gazetteer.npz")
        with path.open("rb") as stream, np.load(stream) as data:
            self.source = str(data["source"])
            self.keys = data["keys"].tobytes().decode("ascii").split("\n")
            self.names = data["names"].tobytes().decode().split("\n")
            self.countries = data["countries"].tobytes().decode("ascii")
            self.columns: dict[str, Any] = {
                name: data[name]
                for name in ("postings", "ids", "populations", "kinds", "latitudes", "longitudes")
            }
            self.capitals = frozenset(data["capitals"].tolist())
            self.ends = np.cumsum(data["counts"], dtype=np.int64)

    def place(self, index: int) -> Place:
        column = self.columns
        return Place(
            int(column["ids"][index]),
            self.names[index],
            self.countries[2 * index : 2 * index + 2],
            int(column["populations"][index]),
            _KINDS[column["kinds"][index]],
            int(column["latitudes"][index]) / 100,
            int(column["longitudes"][index]) / 100,
            capital=index in self.capitals,
        )

    def find(self, key: str) -> tuple[Place, ...]:
        at = bisect_left(self.keys, key)
        if at == len(self.keys) or self.keys[at] != key:
            return ()
        first = int(self.ends[at - 1]) if at else 0
        return tuple(self.place(int(i)) for i in self.columns["postings"][first : self.ends[at]])


@cache
def _index() -> _Index:
    return _Index()


def _table(name: str) -> list[list[str]]:
    text = files("retold.annotate").joinpath(f"data/{name}").read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _country_places() -> dict[str, Place]:
    """Return the countries by code."""
    index = _index()
    kinds = index.columns["kinds"]
    found = (index.place(int(i)) for i in np.flatnonzero(kinds == _KINDS.index(PlaceKind.COUNTRY)))
    return {place.country: place for place in found}


@cache
def _own_names() -> dict[str, tuple[Place, ...]]:
    """Return our own names of countries and regions, folded."""
    found: dict[str, tuple[Place, ...]] = {}
    for code, names, *_ in _table("countries.tsv"):
        if place := _country_places().get(code):
            for name in filter(None, names.split(";")):
                found[fold_name(name)] = (place,)
    for name, short in _table("states.tsv"):
        states = (p for p in _index().find(fold_name(name)) if p.kind is PlaceKind.REGION)
        found.update({fold_name(short): (state,) for state in states})
    for number, row in enumerate(_table("regions.tsv"), start=1):
        name, names, countries, *where = row
        country = countries if len(countries) == 2 else ""  # one code, or several
        latitude, longitude = (float(x) for x in where) if where else (0.0, 0.0)
        place = Place(-number, name, country, 0, PlaceKind.REGION, latitude, longitude)
        for other in (name, *filter(None, names.split(";"))):
            found.setdefault(fold_name(other), (place,))
    return found


@cache
def _demonyms() -> dict[str, str]:
    """Return folded words for a people, singular and plural, with the code of their country."""
    found = {}
    for code, _, words in _table("countries.tsv"):
        for word in filter(None, words.split(";")):
            found[fold_name(word)] = code
            if not word.endswith(("ese", "ish", "ch", "ss", "man")):
                found[fold_name(word) + "s"] = code
            if word.endswith("man"):
                found[fold_name(word[:-3] + "men")] = code
    return found


@lru_cache(maxsize=65_536)
def lookup(name: str) -> tuple[Place, ...]:
    """Return the places of that name, countries first, then by population; empty where unknown.

    Spelling is compared folded (:func:`fold_name`). "the" is dropped, "Kharkiv region" is looked
    up as Kharkiv too.
    """
    key = fold_name(name)
    if not key:
        return ()
    own = _own_names().get(key, ())
    found = own + tuple(p for p in _index().find(key) if p not in own)
    if found:
        return found
    if key.startswith("the "):
        return lookup(key[4:])
    bare = _REGION_NOUN.sub("", key)
    return lookup(bare) if bare != key else ()


def country_of(demonym: str) -> Place | None:
    """Return the country of an adjective or noun for its people ("Ukrainian", "Poles")."""
    code = _demonyms().get(fold_name(demonym))
    return _country_places().get(code) if code else None


def bare_name(name: str) -> str:
    """Return the name without the noun that makes it a region ("Kharkiv region" -> "Kharkiv")."""
    return _REGION_NOUN.sub("", name.strip())


def distance(a: Place, b: Place) -> float | None:
    """Return the kilometres between two places along a great circle; None where unknown."""
    if not all((a.latitude or a.longitude, b.latitude or b.longitude)):
        return None
    north = radians(b.latitude - a.latitude)
    east = radians(b.longitude - a.longitude)
    h = sin(north / 2) ** 2
    h += cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(min(1.0, h)))


@cache
def gazetteer_file() -> ModelFile:
    """Name, version and hash of the index."""
    content = files("retold.annotate").joinpath("data/gazetteer.npz").read_bytes()
    return ModelFile("gazetteer", _index().source, hashlib.sha256(content).hexdigest())
