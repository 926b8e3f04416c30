"""Where words stand in the texts: from counts of words to offsets of code points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from retold.corpus.store import Content
from retold.reuse.candidates import Index

Offsets = NDArray[np.int32]


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
    return content.starts[low], content.starts[high] + content.lengths[high]
