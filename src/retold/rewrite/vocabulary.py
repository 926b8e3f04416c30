"""The words of a whole pile as terms: which distinct words there are, and which share a stem.

Words are hashes (:mod:`retold.reuse.tokens`), so a pile of any size and script is counted without
an object of Python's for each word; only distinct words are looked up in the texts and stemmed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.reuse.compiled import compiled
from retold.reuse.tokens import Words
from retold.rewrite.stems import stem

Numbers = NDArray[np.int64]
Terms = NDArray[np.int32]

_SLOTS = 1 << 16
"""Slots of the first table; it doubles whenever half of them are taken."""


class Vocabulary(NamedTuple):
    """The distinct words of a pile and their terms: an open hash table."""

    keys: Words
    """By slot the word, 0 where it is free. As many slots as a power of two."""
    terms: Terms
    """By slot the word's term, numbered from 0; words of one stem share it."""
    size: int
    """Number of terms."""


def vocabulary(
    words: Words, begins: Numbers, ends: Numbers, spelled: Callable[[Numbers], list[str]]
) -> Vocabulary:
    """Gather the distinct words of texts and bring those of one stem together.

    Args:
        words: of all texts; 0 stands for none, as where stock was taken out.
        begins: of each text, where its words begin.
        ends: and where they end.
        spelled: given places in ``words``, the words there as folded text.
    """
    keys, first = _distinct(words, begins, ends, _SLOTS)
    taken = np.flatnonzero(keys)
    stems = np.array([stem(word) for word in spelled(first[taken])], object)
    known, numbers = (
        np.unique(stems, return_inverse=True) if len(stems) else (stems, np.zeros(0, np.int64))
    )
    terms = np.full(len(keys), -1, np.int32)
    terms[taken] = numbers
    return Vocabulary(keys, terms, len(known))


@compiled
def slot(keys: Words, word: np.uint32) -> np.int64:
    """Return the slot of a word, or the free one where it would stand."""
    mask = len(keys) - 1
    at = np.int64(word) & mask
    while keys[at] != 0 and keys[at] != word:
        at = (at + 1) & mask
    return at


@compiled
def _distinct(words: Words, begins: Numbers, ends: Numbers, slots: int) -> tuple[Words, Numbers]:
    """Return the distinct words as a table, and by slot the first place of each."""
    keys, first = np.zeros(slots, np.uint32), np.full(slots, -1, np.int64)
    taken = 0
    for text in range(len(begins)):
        for place in range(begins[text], ends[text]):
            at = slot(keys, words[place])
            if words[place] == 0 or keys[at] != 0:
                continue
            keys[at], first[at] = words[place], place
            taken += 1
            if 2 * taken > len(keys):
                wider = np.zeros(2 * len(keys), np.uint32)
                places = np.full(2 * len(keys), -1, np.int64)
                for old in range(len(keys)):
                    if keys[old] != 0:
                        new = slot(wider, keys[old])
                        wider[new], places[new] = keys[old], first[old]
                keys, first = wider, places
    return keys, first
