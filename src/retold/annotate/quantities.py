"""Units, nouns that count the same, and the comparison of figures. Pure functions over values."""

from __future__ import annotations

from functools import cache, lru_cache
from math import floor, log10

from retold.annotate.gazetteer import country_of
from retold.model import FigureMention, Hedge

_METRE = {"mm": 0.001, "cm": 0.01, "m": 1.0, "km": 1000.0, "inch": 0.0254, "foot": 0.3048,
          "yard": 0.9144, "mile": 1609.344, "nautical mile": 1852.0}  # fmt: skip
_SQUARE = {"sq m": 1.0, "sq km": 1e6, "sq foot": 0.09290304, "sq mile": 2589988.110336,
           "hectare": 1e4, "acre": 4046.8564224}  # fmt: skip
_KILOGRAM = {"g": 0.001, "kg": 1.0, "tonne": 1000.0, "ton": 907.18474, "pound": 0.45359237,
             "ounce": 0.028349523125}  # fmt: skip
_LITRE = {"litre": 1.0, "gallon": 3.785411784, "barrel": 158.987294928}
_SECOND = {"second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0, "week": 604800.0,
           "month": 2629746.0, "year": 31556952.0, "decade": 315569520.0}  # fmt: skip
_SPEED = {"km/h": 1.0, "mph": 1.609344, "knot": 1.852, "m/s": 3.6}
_WATT = {"kW": 1e3, "MW": 1e6, "GW": 1e9}

_BASES: dict[str, tuple[str, float]] = {
    unit: (base, factor)
    for base, table in (
        ("m", _METRE), ("sq m", _SQUARE), ("kg", _KILOGRAM), ("litre", _LITRE),
        ("second", _SECOND), ("km/h", _SPEED), ("kW", {k: v / 1e3 for k, v in _WATT.items()}),
    )
    for unit, factor in table.items()
}  # fmt: skip
"""Unit -> (base unit, factor): the International System, and how it defines customary units."""

_FAMILIES = {
    "person": "people citizen civilian resident man woman individual inhabitant member human",
    "casualty": "victim",
    "death": "dead fatality toll killing",
    "injury": "injured wounded wound",
    "troop": "soldier serviceman servicewoman personnel fighter military militant combatant",
    "locality": "settlement village town hamlet community populated-point populated-area",
    "child": "kid minor youngster",
    "pupil": "student schoolchild",
    "protester": "demonstrator marcher activist",
    "detainee": "arrest prisoner captive inmate",
    "refugee": "migrant asylum-seeker evacuee",
    "car": "vehicle automobile",
    "plane": "aircraft jet airplane warplane aeroplane",
    "drone": "uav",
    "ship": "vessel boat",
    "missile": "rocket projectile",
    "home": "house dwelling household",
    "firm": "company business",
    "job": "position post",
    "employee": "worker staff",
    "officer": "policeman policewoman police",
    "voter": "ballot vote",
    "attack": "strike raid assault",
    "shot": "bullet round",
    "case": "infection",
    "time": "occasion",
    "country": "nation state",
    "lawmaker": "legislator deputy parliamentarian mp senator congressman",
}
"""Countable nouns that news exchanges freely, by family; of two words, hyphened. Written for this
project; what only includes the other (soldiers are people) is another family, but see _GENERAL."""

_GENERAL = frozenset({
    "person", "casualty", "death", "injury", "troop", "child", "pupil", "protester", "detainee",
    "refugee", "employee", "officer", "voter", "lawmaker",
})  # fmt: skip
"""Families of people: "12 people" and "12 protesters" may be one figure."""

_SLACK = {
    Hedge.EXACT: (1.0, 1.0),
    Hedge.ABOUT: (0.9, 1.1),
    Hedge.NEARLY: (0.9, 1.0),
    Hedge.AT_LEAST: (1.0, 1.5),
    Hedge.MORE_THAN: (1.0, 1.5),
    Hedge.AT_MOST: (0.5, 1.0),
    Hedge.LESS_THAN: (0.5, 1.0),
}
"""How far the true value may lie from a hedged one, as factors. By judgement: "nearly 90" is 81 to
90, "about 100" is 90 to 110; bounds are open in logic, but nobody writes "at least 10" of 87."""

_ONE_SIDED = frozenset({Hedge.AT_LEAST, Hedge.MORE_THAN, Hedge.AT_MOST, Hedge.LESS_THAN})

_TENDENCY = (
    frozenset({Hedge.ABOUT, Hedge.NEARLY}),
    frozenset({Hedge.AT_LEAST, Hedge.MORE_THAN}),
    frozenset({Hedge.AT_MOST, Hedge.LESS_THAN}),
)
"""Hedges that news exchanges freely."""

_COARSE = 0.05
"""Largest share of its value by which a round number ("1,200") may be a rounding of another."""

_CONVERTED = 0.05
"""Share by which figures may differ that were converted between units ("30 miles", "50 km")."""


@cache
def _family_of() -> dict[str, str]:
    known = {family: family for family in _FAMILIES}
    for family, members in _FAMILIES.items():
        known.update({member.replace("-", " "): family for member in members.split()})
    return known


def family(noun: str) -> str:
    """Return the family of a counted noun's lemma: "settlement" is a "locality"; else itself."""
    plain = noun.lower()
    return _family_of().get(plain) or ("person" if country_of(plain) else plain)


def is_of_people(noun: str) -> bool:
    """Say whether a counted noun's lemma counts people."""
    return family(noun) in _GENERAL


def convert(value: float, unit: str) -> tuple[float, str]:
    """Return a value in the base unit of its kind: (10, "mile") -> (16093.44, "m").

    Temperatures become degrees Celsius. A unit without a base ("percent", "usd") stays.
    """
    if unit == "F":
        return (value - 32) / 1.8, "C"
    if unit == "K":
        return value - 273.15, "C"
    if unit in _BASES:
        base, factor = _BASES[unit]
        return value * factor, base
    return value, unit


def same_nouns(a: str, b: str) -> bool:
    """Say whether two counted nouns can count the same things; an unknown one counts anything."""
    if not a or not b:
        return True
    one, other = family(a), family(b)
    return one == other or ("person" in {one, other} and {one, other} <= _GENERAL)


def comparable(a: FigureMention, b: FigureMention) -> bool:
    """Say whether two figures measure or count the same kind of thing."""
    if _base(a.unit) != _base(b.unit):
        return False
    return bool(a.unit) or same_nouns(a.counted, b.counted)


def agree(a: FigureMention, b: FigureMention) -> bool:
    """Say whether one true value can stand behind both: rounding and hedging are no contradiction.

    Symmetric. 87 and "nearly 90" agree, 87 and 78 do not; figures in other kinds of unit never do.
    Two bounds of one side may both be right, but "more than 60" was not made of "more than 70".
    """
    if _base(a.unit) != _base(b.unit):
        return False
    converted = a.unit != b.unit
    bound = hedged_alike(a.hedge, b.hedge) and a.hedge in _ONE_SIDED
    slack_a, slack_b = (_SLACK[Hedge.EXACT if bound else m.hedge] for m in (a, b))
    low_a, high_a = _bounds(a.low, a.high, a.unit, slack_a, converted=converted)
    low_b, high_b = _bounds(b.low, b.high, b.unit, slack_b, converted=converted)
    margin = 1e-9 * max(abs(low_a), abs(high_a), abs(low_b), abs(high_b))
    return low_a <= high_b + margin and low_b <= high_a + margin


def hedged_alike(a: Hedge, b: Hedge) -> bool:
    """Say whether two hedges say much the same ("about", "nearly"; "at least", "more than")."""
    return a is b or any({a, b} <= group for group in _TENDENCY)


@cache
def _base(unit: str) -> str:
    return convert(1.0, unit)[1]


@lru_cache(maxsize=65_536)
def _bounds(
    least: float, most: float, unit: str, slack: tuple[float, float], *, converted: bool
) -> tuple[float, float]:
    """Return the least and the greatest true value of a figure, in the base unit.

    ``slack`` is what its hedge allows, as factors.
    """
    below, above = slack
    low = least * (below if least >= 0 else above)
    high = most * (above if most >= 0 else below)
    low, high = low - _rounding(least), high + _rounding(most)
    low, high = convert(low, unit)[0], convert(high, unit)[0]
    if converted:
        low, high = low - abs(low) * _CONVERTED, high + abs(high) * _CONVERTED
    return low, high


def _rounding(value: float) -> float:
    """Return by how much ``value`` may have been rounded: half its last digit that is not zero.

    Whole numbers under 1,000 are taken as counted, except that they may round a decimal fraction.
    """
    size = abs(value)
    if size == 0:
        return 0.0
    if size != floor(size):
        decimals = len(f"{size:.6f}".rstrip("0").split(".")[1])
        return min(0.5 * 10.0**-decimals, size * _COARSE)
    if size < 1000:
        return min(0.499, size * _COARSE)
    digits = f"{size:.0f}"
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros < 2:
        return 0.0
    return min(0.5 * 10.0 ** min(zeros, floor(log10(size))), size * _COARSE)
