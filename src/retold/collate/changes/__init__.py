"""Typed changes between two aligned sentences: one module a kind, behind one protocol."""

from __future__ import annotations

from retold.collate.changes.base import Detector, Found
from retold.collate.changes.dates import date_changes
from retold.collate.changes.figures import figure_changes
from retold.collate.changes.hedges import hedge_changes
from retold.collate.changes.loaded import loaded_changes
from retold.collate.changes.names import name_changes, place_changes
from retold.collate.changes.negation import negation_changes
from retold.collate.changes.parts import part_changes
from retold.collate.changes.roles import role_changes
from retold.collate.changes.sources import attribution_changes
from retold.collate.pairs import Pair
from retold.model import ChangeKind

__all__ = ["DETECTORS", "Detector", "Found", "find_changes"]

DETECTORS: dict[ChangeKind, Detector] = {
    ChangeKind.FIGURE: figure_changes,
    ChangeKind.DATE: date_changes,
    ChangeKind.PLACE: place_changes,
    ChangeKind.NAME: name_changes,
    ChangeKind.ROLE_SWAP: role_changes,
    ChangeKind.NEGATION: negation_changes,
    ChangeKind.HEDGE: hedge_changes,
    ChangeKind.ATTRIBUTION: attribution_changes,
    ChangeKind.LOADED_WORD: loaded_changes,
}
"""The detector of each kind of change that two sentences can show."""


def find_changes(pair: Pair) -> list[Found]:
    """Return the changes from ``pair.a`` to ``pair.b``, those of the surer kinds first.

    A role swap exchanges names, and an escalation may change the colour of a word, too: the same
    words are reported once, by the first kind of :data:`DETECTORS` that explains them.
    """
    found: list[Found] = []
    for detector in DETECTORS.values():
        for change in detector(pair):
            if not any(_same_words(change, earlier) for earlier in found):
                found.append(change)
    found.extend(part_changes(pair))
    return found


def _same_words(change: Found, earlier: Found) -> bool:
    return (change.a, change.b) == (earlier.a, earlier.b)
