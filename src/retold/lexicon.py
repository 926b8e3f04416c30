"""How rare a word, or a pair of words, is in English news.

The counts come from 37,554 news articles (the Apache-2.0 corpus of Baly et al. 2020, *We Can
Detect Your Bias*); ``tools/build_lexicon.py`` builds the table. It holds frequencies and no text.
"""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from importlib.resources import files
from math import log

import numpy as np

PAIR_SLOTS = 1 << 22
"""Slots in each of the two rows of the sketch of word pairs."""


def pair_slots(first: str, second: str) -> tuple[int, int]:
    """Return the slot of a word pair in each row of the sketch."""
    digest = hashlib.blake2b(f"{first} {second}".encode(), digest_size=8).digest()
    both = int.from_bytes(digest, "little")
    return both % PAIR_SLOTS, (both >> 32) % PAIR_SLOTS


@cache
def _table() -> tuple[int, dict[str, int], np.ndarray]:
    with files("retold").joinpath("lexicon.npz").open("rb") as stream, np.load(stream) as data:
        words = str(data["words"]).split("\n")
        counts = dict(zip(words, data["counts"].tolist(), strict=True))
        return int(data["documents"]), counts, data["pairs"]


def document_frequency(word: str) -> int:
    """Return in how many of the counted articles a folded word stands; 0 where fewer than four."""
    return _table()[1].get(word, 0)


@lru_cache(maxsize=1 << 16)
def idf(word: str) -> float:
    """Return the smoothed inverse document frequency of a folded word: 0 "the", 9 the rarest.

    ``log((N + 1) / (df + 3))``, floored at 0; unknown words count as if they stood in a few
    articles.
    """
    documents, counts, _ = _table()
    return max(0.0, log((documents + 1) / (counts.get(word, 1) + 3)))


@lru_cache(maxsize=1 << 16)
def pair_rarity(first: str, second: str) -> float:
    """Return the inverse document frequency of two folded words in a row, 0 (common) to about 9.

    A pair that the sketch has not seen counts as the rarest. Collisions can only make a pair look
    more common than it is.
    """
    documents, _, sketch = _table()
    level = min(int(sketch[row, slot]) for row, slot in enumerate(pair_slots(first, second)))
    frequency = 2 ** (level / 4) if level else 1
    return max(0.0, log((documents + 1) / (frequency + 3)))
