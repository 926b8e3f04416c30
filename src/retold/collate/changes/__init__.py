"""Typed changes between two aligned sentences: one module a kind, behind one protocol."""

from __future__ import annotations

from dataclasses import replace

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
from retold.collate.pairs import FAR, Pair
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
    sure = [replace(f, probability=_given(f, pair.alike)) for f in found]
    return [*sure, *part_changes(pair)]


LOADED = 0.5
"""Share of the probability of a loaded word that is left where two wordings have nothing else in
common: there it is mostly one of words alone ("defective"). By judgement."""

CLOSE = 0.8
"""Such a share from which on one was made from the other, and the rest is the same."""

SURE = 0.95
"""Share of what is left of doubt that goes where the rest of two sentences is the same: of the
changes found between sentences that differ in one thing, 99 in 100 are right (``eval/tasks``:
edits)."""


def _given(found: Found, near: float) -> float:
    """Return how probable a change is, given how near the rest of the two sentences is."""
    probability = found.probability
    if near < FAR and found.kind is ChangeKind.LOADED_WORD:
        return probability * (LOADED + (1.0 - LOADED) * near / FAR)
    alike = min(1.0, max(0.0, (near - FAR) / (CLOSE - FAR)))
    return probability + SURE * alike * (1.0 - probability)


def _same_words(change: Found, earlier: Found) -> bool:
    return (change.a, change.b) == (earlier.a, earlier.b)
