"""Which of the places of one name an article means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp, log10

from retold.annotate.gazetteer import (
    Place,
    PlaceKind,
    bare_name,
    country_of,
    distance,
    fold_name,
    lookup,
)
from retold.model import Document

COUNTRY_BONUS = 1.0
"""What it is worth, in powers of ten of population, that the article names a place's country."""
NEAR_BONUS = 2.0
"""What it is worth at most that another place of the article is near."""
NEAR_KM = 300.0
"""Kilometres at which nearness has lost two thirds of its worth. These three by judgement."""
REGION_POPULATION = 1_000_000
"""Inhabitants that a region is taken to have; the gazetteer does not tell."""
HOMONYMS = 12
"""Places of one name that are weighed, the largest first; the rest are hamlets."""
ANCHORS = 60
"""Other places that nearness is measured to, the surest first, so that long lists cost little."""
SURE = 0.9
"""Share of the inhabitants of all places of a name from which the largest is taken to be meant."""


def place_key(name: str) -> str:
    """Return what the names of one place in one article have in common."""
    return fold_name(bare_name(name))


def resolve_places(names: Iterable[str], countries: set[str]) -> dict[str, Place]:
    """Choose a place for every place name of an article, by :func:`place_key`.

    Among homonyms: population, whether the article names the country, and how near the other
    places lie (Leidner 2007, *Toponym Resolution in Text*, surveys such heuristics). ``countries``
    are the codes of those that the article names by their people.
    """
    options = {place_key(name): place_options(name) for name in sorted(set(names))}
    options = {key: found for key, found in options.items() if found}
    countries = countries | {found[0].country for found in options.values() if _is_sure(found)}
    anchors = sorted(
        ((key, place, share) for key, found in options.items() for place, share in _shares(found)),
        key=lambda anchor: (-anchor[2], anchor[1].id),
    )[:ANCHORS]
    return {
        key: found[0]
        if len(found) == 1
        else _best(found, countries, [(p, share) for k, p, share in anchors if k != key])
        for key, found in options.items()
    }


def place_options(name: str) -> tuple[Place, ...]:
    """Return what a name can mean: countries and regions before towns; a people's country."""
    found = lookup(name)
    if not found and (country := country_of(name)):
        return (country,)
    large = tuple(p for p in found if p.kind is not PlaceKind.CITY)
    return large or found[:HOMONYMS]


def countries_named(document: Document) -> set[str]:
    """Return the codes of the countries that an article names by their people ("Norlandic")."""
    text = document.article.text
    named = set()
    for token in document.tokens:
        word = text[token.start : token.end]
        if token.pos in {"ADJ", "PROPN", "NOUN"} and word[:1].isupper() and (c := country_of(word)):
            named.add(c.country)
    return named


def _population(place: Place) -> int:
    if place.kind is PlaceKind.REGION and not place.population:
        return REGION_POPULATION
    return place.population


def _shares(found: Sequence[Place]) -> list[tuple[Place, float]]:
    """Return the places that a name can mean with their share of the inhabitants.

    Capitals stand for governments and tell nothing of where the article plays.
    """
    total = sum(_population(p) for p in found)
    return [
        (p, _population(p) / total if total else 1 / len(found))
        for p in found
        if not p.capital and (p.latitude or p.longitude)
    ]


def _is_sure(found: Sequence[Place]) -> bool:
    total = sum(_population(p) for p in found)
    return len(found) == 1 or _population(found[0]) >= SURE * total > 0


def _best(
    found: Sequence[Place], countries: set[str], anchors: Sequence[tuple[Place, float]]
) -> Place:
    """Return the likeliest place; likelihoods are in powers of ten of population."""

    def score(place: Place) -> tuple[float, int]:
        value = log10(_population(place) + 1)
        if place.country in countries:
            value += COUNTRY_BONUS
        near = 0.0
        for anchor, share in anchors:
            gap = distance(place, anchor)
            if gap is not None:
                near = max(near, share * exp(-gap / NEAR_KM))
        return value + NEAR_BONUS * near, -place.id

    return max(found, key=score)
