"""Units of text that several versions share, and the runs in which they stand side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

Units = Sequence[tuple[int, tuple[str, ...]]]
"""Of one version: where each unit begins, and the unit."""
Holders = dict[tuple[str, ...], int]
"""By unit, which versions have it: a bit mask."""
Places = list[dict[tuple[str, ...], int]]
"""By version, where it has each unit first."""


def held_by(units: Sequence[Units]) -> tuple[Holders, Places]:
    """Return which versions have each unit, and where each version has it first."""
    holders: Holders = defaultdict(int)
    places: Places = []
    for version, found in enumerate(units):
        first: dict[tuple[str, ...], int] = {}
        for place, unit in found:
            first.setdefault(unit, place)
            holders[unit] |= 1 << version
        places.append(first)
    return dict(holders), places


def versions_of(mask: int) -> list[int]:
    """Return the versions that a bit mask stands for, rising."""
    members = []
    while mask:
        low = mask & -mask
        members.append(low.bit_length() - 1)
        mask ^= low
    return members


def segments(
    holders: Holders, places: Places
) -> Iterable[tuple[int, int, tuple[str, ...], tuple[str, ...], int, int]]:
    """Yield the runs of neighbouring shared units that the same versions hold.

    Each run is found once, in the text of its first holder: (mask, version, first unit, last unit,
    place of the first, place of the last).
    """
    for version, first in enumerate(places):
        run: list[tuple[int, tuple[str, ...]]] = []
        current = 0
        for unit, place in sorted(first.items(), key=lambda item: item[1]):
            mask = holders[unit]
            ours = mask & (mask - 1) and mask & -mask == 1 << version
            if run and (not ours or mask != current or place != run[-1][0] + 1):
                yield current, version, run[0][1], run[-1][1], run[0][0], run[-1][0]
                run = []
            if ours:
                run.append((place, unit))
                current = mask
        if run:
            yield current, version, run[0][1], run[-1][1], run[0][0], run[-1][0]
