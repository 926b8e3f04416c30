"""Articles read once for all: their terms by name, apart from any pile.

Whoever compares the same articles again and again keeps these instead of reading texts anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.config import StoriesConfig
from retold.model import Article, Document
from retold.stories.rows import UNDATED
from retold.stories.terms import Flags, Lexis, Terms, terms


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """The telling terms of an article of which no name is marked; arrays have a value for each."""

    id: str
    """Of the article."""
    day: int
    """Of its publication, or :data:`~retold.stories.rows.UNDATED`."""
    names: tuple[str, ...]
    """The terms, folded."""
    frequency: NDArray[np.float32]
    """As :class:`~retold.stories.terms.Terms` has it."""
    proper: Flags

    def terms(self, lexis: Lexis) -> Terms:
        """Return the same, as a pile has it."""
        numbers = np.fromiter(map(lexis.numbers.__getitem__, self.names), np.int32, len(self.names))
        order = np.argsort(numbers)
        return Terms(numbers[order], self.frequency[order], self.proper[order])


def bag(article: Article, lexis: Lexis, config: StoriesConfig) -> Bag:
    """Read an article; ``lexis`` remembers words from one to the next."""
    found = terms(Document(article), lexis, config)
    names = tuple(map(lexis.names.__getitem__, found.numbers.tolist()))
    when = article.published
    day = UNDATED if when is None else when.toordinal()
    return Bag(article.id, day, names, found.frequency, found.proper)
