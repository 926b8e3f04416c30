"""Which of two versions came first, by what newsrooms leave in their copy and by the days it tells.

Agencies number the editions of a report ("UPDATE 2", "3rd Ld-Writethru") and put codes for machines
into it ("<NOR.TO>"), which those who take it leave out. A version that tells of later days than the
other, and of none that is earlier, is the later one.
"""

from __future__ import annotations

from math import log

from retold.config import StemmaConfig
from retold.model import Evidence, EvidenceKind, rounded
from retold.stemma.witness import Witness

_YEAR = 365.25
_MONTH = _YEAR / 12


def lean(probability: float, *, forward: bool) -> float:
    """Return the nats of a sign that is right so often, for the direction or against it.

    Likelihoods beside those of a direction of which nothing is known, so that the two directions
    are as far apart as the odds of the sign.
    """
    return log(2 * probability) if forward else log(2 * (1 - probability))


def by_edition(parent: Witness, child: Witness, config: StemmaConfig) -> Evidence | None:
    """An edition with a higher number was made from one with a lower number, or with none."""
    first, second = parent.marks.edition, child.marks.edition
    if first == second:
        return None
    weight = lean(config.edition_first, forward=second > first)
    words = f"The parent is edition {first} by its own words, the child {second}."
    return Evidence(EvidenceKind.TIME, rounded(weight), words)


def by_codes(parent: Witness, child: Witness, config: StemmaConfig) -> Evidence | None:
    """Codes for machines are left out on the way, and are not put in."""
    ours, theirs = parent.marks.codes, child.marks.codes
    if bool(ours) == bool(theirs):
        return None
    if ours:
        words = "The parent has an agency's codes for machines, which the child lacks."
        weight = lean(config.code_first, forward=True)
        return Evidence(EvidenceKind.OMISSION, rounded(weight), words, ours)
    words = "The child has an agency's codes for machines, which the parent lacks."
    weight = lean(config.code_first, forward=False)
    return Evidence(EvidenceKind.ADDITION, rounded(weight), words, theirs)


def by_days(parent: Witness, child: Witness, config: StemmaConfig) -> Evidence | None:
    """A version whose own days all lie after those of the other is the later one.

    Only days that are named with their month tell: others are worked out from the time of
    publication, which may be wrong.
    """
    ours, theirs = parent.marks.days, child.marks.days
    first = [span for day, span in ours.items() if day not in theirs]
    second = [span for day, span in theirs.items() if day not in ours]
    early = [_place(day) for day in ours if day not in theirs]
    late = [_place(day) for day in theirs if day not in ours]
    if not early or not late:
        return None
    lapses = (_lapse(min(early), min(late)), _lapse(max(early), max(late)))
    if min(lapses) <= 0 <= max(lapses):
        return None
    weight = lean(config.days_first, forward=lapses[0] > 0)
    order = "later" if lapses[0] > 0 else "earlier"
    words = f"Where they name other days, those of the child are {order}."
    return Evidence(EvidenceKind.TIME, rounded(weight), words, (*first[:2], *second[:2]))


def _place(day: tuple[int, int]) -> float:
    """Where in the year a day lies, in days; to a day or two."""
    return day[0] * _MONTH + day[1]


def _lapse(first: float, second: float) -> float:
    """Days from one day to the next or the last such day, whichever is nearer."""
    return (second - first + _YEAR / 2) % _YEAR - _YEAR / 2
