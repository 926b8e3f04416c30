"""How characters are folded: one table, made by ``tools/build_fold.py`` from Unicode's data.

Case, accents, widths and ligatures are folded away; letters of other scripts that are drawn like
Latin ones count as these, so that they cannot hide a copy; combining marks, soft hyphens and
zero-width characters are passed over; all that is neither letter nor digit separates words.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TABLE = "fold.npz"
SEPARATES = 0
SKIPPED = 1
ALONE = 1 << 30
"""Flag: the character is a word of its own."""
EXPANDED = 1 << 31
"""Flag: the low bits are a row of ``expansions``."""
WIDEST = 4
"""Characters that one character is expanded to at most ("ﬃ" to three)."""


class Folding(NamedTuple):
    """The table, as the kernels take it."""

    fold: NDArray[np.uint32]
    """By code point: :data:`SEPARATES`, :data:`SKIPPED`, or the code point it counts as, with
    flags."""
    expansions: NDArray[np.uint32]
    """Shape (rows, WIDEST), filled with 0."""
    names: NDArray[np.uint64]
    """Keys of the names of HTML entities, sorted."""
    named: NDArray[np.uint32]
    """The code point of each."""


def name_key(name: bytes) -> int:
    """Return the key of an entity's name: FNV-1a (Fowler, Noll, Vo), 64 bits."""
    key = 0xCBF29CE484222325
    for byte in name:
        key = (key ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return key


@cache
def folding() -> Folding:
    """Load the table."""
    with (files("retold.reuse") / TABLE).open("rb") as stream, np.load(stream) as held:
        return Folding(held["fold"], held["expansions"], held["names"], held["named"])
