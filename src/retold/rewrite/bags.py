"""Articles of a large pile as bags of telling terms, weighted by the pile's own idf."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.reuse.compiled import compiled
from retold.reuse.tokens import Words
from retold.rewrite.vocabulary import Numbers, Terms, Vocabulary, slot

Weights = NDArray[np.float32]


class Bags(NamedTuple):
    """The most telling terms of each text, sorted by term."""

    bounds: Numbers
    """Where each text's terms begin; one longer than the texts."""
    terms: Terms
    weights: Weights
    """The squares of all weights of a text, of terms left out too, sum to 1."""


def bags(
    words: Words,
    begins: Numbers,
    ends: Numbers,
    known: Vocabulary,
    idf: Weights,
    most: int,
) -> Bags:
    """Gather the ``most`` heaviest terms of each text.

    A term weighs 1 + log of how often it stands in the text, times ``idf`` (Salton & Buckley 1988).
    Words that the pile does not know count for nothing.
    """
    count = len(begins)
    sizes = np.minimum(ends - begins, most)
    bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    terms, weights = np.empty(bounds[-1], np.int32), np.empty(bounds[-1], np.float32)
    filled = np.zeros(count, np.int64)
    _fill(
        words, begins, ends, known.keys, known.terms, idf, most, bounds, terms, weights, filled
    )  # fmt: skip
    kept = np.arange(bounds[-1]) - np.repeat(bounds[:-1], sizes) < np.repeat(filled, sizes)
    bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(filled)))
    return Bags(bounds, terms[kept], weights[kept])


def rarity(
    words: Words, begins: Numbers, ends: Numbers, known: Vocabulary, power: float
) -> Weights:
    """Return by term log((N + 1) / df), to a power; 0 for terms of no text."""
    frequency = _frequencies(words, begins, ends, known.keys, known.terms, known.size)
    held = np.maximum(frequency, 1)
    found = np.where(frequency > 0, np.log((len(begins) + 1) / held) ** power, 0.0)
    return found.astype(np.float32)


@compiled
def term_of(word: np.uint32, keys: Words, terms: Terms) -> int:
    """Return the term of a word of a vocabulary; -1 for one that it does not know."""
    at = slot(keys, word)
    return terms[at] if keys[at] != 0 else -1


@compiled
def _frequencies(
    words: Words,
    begins: Numbers,
    ends: Numbers,
    keys: Words,
    terms: Terms,
    size: int,
) -> Numbers:
    """Return in how many texts each term stands."""
    found, last = np.zeros(size, np.int64), np.full(size, -1, np.int64)
    for text in range(len(begins)):
        for place in range(begins[text], ends[text]):
            term = term_of(words[place], keys, terms)
            if term >= 0 and last[term] != text:
                last[term] = text
                found[term] += 1
    return found


@compiled
def _fill(
    words: Words,
    begins: Numbers,
    ends: Numbers,
    keys: Words,
    terms: Terms,
    idf: Weights,
    most: int,
    bounds: Numbers,
    out: Terms,
    weights: Weights,
    filled: Numbers,
) -> None:
    times = np.zeros(len(idf), np.int32)
    longest = 0
    for text in range(len(begins)):
        longest = max(longest, ends[text] - begins[text])
    held = np.empty(longest, np.int64)
    for text in range(len(begins)):
        size = 0
        for place in range(begins[text], ends[text]):
            term = term_of(words[place], keys, terms)
            if term >= 0 and idf[term] > 0:
                if times[term] == 0:
                    held[size] = term
                    size += 1
                times[term] += 1
        own = np.sort(held[:size])
        heavy = np.empty(size, np.float64)
        norm = 0.0
        for k in range(size):
            heavy[k] = (1 + np.log(times[own[k]])) * idf[own[k]]
            norm += heavy[k] * heavy[k]
            times[own[k]] = 0
        norm = np.sqrt(norm)
        order = np.argsort(-heavy, kind="mergesort")[:most]
        chosen = np.sort(order)
        for k in range(len(chosen)):
            out[bounds[text] + k] = own[chosen[k]]
            weights[bounds[text] + k] = heavy[chosen[k]] / norm
        filled[text] = len(chosen)
