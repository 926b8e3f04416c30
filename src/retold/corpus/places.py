"""Where words stand in the texts: from counts of words to offsets of code points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from retold.corpus.store import Content, release
from retold.reuse.candidates import Index

Offsets = NDArray[np.int32]

_PART = 1 << 28
"""Bytes of places that are in memory at a time, about."""
_FEW = 1 << 16
"""Stretches for which it is not worth while to let go of memory."""


def locate(
    content: Content, articles: Index, first: Index, words: Index
) -> tuple[Offsets, Offsets]:
    """Return where stretches of words begin and end in their texts, in code points.

    Args:
        content: what the store holds.
        articles: of each stretch, the article's number in the store.
        first: its first word.
        words: its number of words, 1 at least.
    """
    low = content.bounds[articles] + first
    high = low + words - 1
    parts = min(content.starts.nbytes // _PART, len(low) // _FEW)
    if parts < 2:
        return content.starts[low], content.starts[high] + content.lengths[high]
    starts, ends = np.empty(len(low), np.int32), np.empty(len(low), np.int32)
    # in the order of the file, part by part, as all of it is larger than what else is in memory
    for part in np.array_split(np.argsort(low), parts):
        starts[part] = content.starts[low[part]]
        ends[part] = content.starts[high[part]] + content.lengths[high[part]]
        release(content.starts)
        release(content.lengths)
    return starts, ends
