"""A large pile made ready to be searched for rewrites.

Sketches see no rewrite, but few rewriters do without the names, figures and rarer words of what
they rewrite. So articles are compared as bags of such terms, weighted by the pile itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from retold.config import PileConfig
from retold.reuse.tokens import Words, tokenise
from retold.rewrite.bags import Bags, Weights, bags, rarity
from retold.rewrite.nearest import Index, Near, index, nearest
from retold.rewrite.vocabulary import Numbers, Vocabulary, vocabulary
from retold.text import form


class Pile(NamedTuple):
    """Texts by their terms."""

    known: Vocabulary
    idf: Weights
    """By term."""
    bags: Bags
    found_by: Index
    config: PileConfig

    def near(self, first: int, last: int) -> Near:
        """Return what is nearest to each text of the pile from ``first`` up to ``last``."""
        return self.search(_part(self.bags, first, last), np.arange(first, last))

    def search(self, queries: Bags, own: Numbers) -> Near:
        """Return what is nearest to each query; ``own`` as :func:`nearest` has it."""
        config = self.config
        return nearest(queries, own, self.bags, self.found_by, config.candidates, config.neighbours)


class Read(NamedTuple):
    """Texts as words."""

    words: Words
    """0 where there is none, as where stock was taken out."""
    begins: Numbers
    ends: Numbers
    spelled: Callable[[Numbers], list[str]]
    """Given places in ``words``, the words there as folded text."""


def pile(read: Read, config: PileConfig) -> Pile:
    """Make a pile ready."""
    known = vocabulary(read.words, read.begins, read.ends, read.spelled)
    idf = rarity(read.words, read.begins, read.ends, known, config.power)
    held = bag(read, known, idf, config)
    return Pile(known, idf, held, index(held, known.size, config.indexed, config.long), config)


def bag(read: Read, known: Vocabulary, idf: Weights, config: PileConfig) -> Bags:
    """Return the bags of texts, by the terms of a pile which they need not be part of."""
    return bags(read.words, read.begins, read.ends, known, idf, config.terms)


def read_texts(texts: list[str]) -> Read:
    """Read texts that fit in memory."""
    data = [text.encode("utf-8", "replace") for text in texts]
    offsets = np.cumsum([0, *map(len, data)]).astype(np.int64)
    found = tokenise(np.frombuffer(b"".join(data), np.uint8), offsets)
    bounds, starts, lengths = found.bounds, found.starts, found.lengths

    def spelled(places: Numbers) -> list[str]:
        def words() -> Iterator[str]:
            owners = np.searchsorted(bounds, places, "right") - 1
            for owner, place in zip(owners.tolist(), places.tolist(), strict=True):
                yield form(texts[owner][starts[place] : starts[place] + lengths[place]])

        return list(words())

    return Read(found.words, bounds[:-1], bounds[1:], spelled)


def _part(held: Bags, first: int, last: int) -> Bags:
    low, high = held.bounds[first], held.bounds[last]
    bounds = held.bounds[first : last + 1] - low
    return Bags(bounds, held.terms[low:high], held.weights[low:high])
