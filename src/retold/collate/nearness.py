"""How near the words of two sentences are in what they mean there, by the vectors of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from retold.collate.views import View, per_view, view
from retold.model import Document
from retold.rewrite import copies, vectors
from retold.rewrite.vectors import Embedded, Floats

AHEAD = 8
"""Vectors that are looked through for a word: those of words without meaning are not kept."""

ABOVE = 3
"""Governors of a word that count among what stands around it."""


def embedded(documents: Iterable[Document]) -> Mapping[str, Embedded]:
    """Return the vectors of all sentences by their text; none where there is no model."""
    if vectors.fault():
        return {}
    return copies.embed([d.text_of(s.span) for d in documents for s in d.sentences])


def views_of(document: Document) -> tuple[View, ...]:
    """Return the views of all sentences of a text, with their vectors."""
    found = embedded([document])
    spans = [sentence.span for sentence in document.sentences]
    return tuple(view(document, s, embedded=found.get(document.text_of(s))) for s in spans)


@per_view
def rows_of(view: View) -> dict[int, int]:
    """Return, for each token that has a vector, which row it is."""
    found: dict[int, int] = {}
    if view.embedded is None:
        return found
    forms, row = view.embedded.forms, 0
    for token, form in enumerate(view.forms):
        for at in range(row, min(row + AHEAD, len(forms))):
            if forms[at] == form:
                found[token] = at
                row = at + 1
                break
    return found


class Nearness:
    """The cosines of the words of two sentences."""

    def __init__(self, a: View, b: View) -> None:
        """Compare each word with each; without vectors all are 0."""
        self._a, self._b = a, b
        ours = a.embedded.words if a.embedded is not None else np.zeros((0, 1), np.float16)
        theirs = b.embedded.words if b.embedded is not None else np.zeros((0, 1), np.float16)
        self._cosines: Floats = (
            ours.astype(np.float32) @ theirs.astype(np.float32).T
            if len(ours) and len(theirs)
            else np.zeros((0, 0), np.float32)
        )
        self.known = self._cosines.size > 0
        """Whether there are any."""

    def of(self, i: int, j: int) -> float:
        """Return the cosine of token ``i`` of the one sentence and ``j`` of the other."""
        row, column = rows_of(self._a).get(i), rows_of(self._b).get(j)
        if row is None or column is None or not self.known:
            return 0.0
        return float(self._cosines[row, column])

    def around(self, i: int, j: int) -> tuple[float, float]:
        """Return how near what stands around two tokens is: on the whole, and the nearest of it.

        That is what governs them and what depends on them and on that. The mean of the best
        cosines from either side (cf. BERTScore, Zhang et al. 2020), and the best of all.
        """
        ours, theirs = _around(self._a, i), _around(self._b, j)
        if not ours or not theirs or not self.known:
            return 0.0, 0.0
        part = self._cosines[np.ix_(ours, theirs)]
        mean = (part.max(axis=1).mean() + part.max(axis=0).mean()) / 2
        return float(mean), float(part.max())

    def best(self, i: int, *, of_b: bool = False) -> float:
        """Return the cosine of a token with what is nearest to it in the other sentence."""
        row = rows_of(self._b if of_b else self._a).get(i)
        if row is None or not self.known:
            return 0.0
        return (self._best_of_b if of_b else self._best_of_a)[row]

    @cached_property
    def _best_of_a(self) -> list[float]:
        best: list[float] = self._cosines.max(axis=1).tolist()
        return best

    @cached_property
    def _best_of_b(self) -> list[float]:
        best: list[float] = self._cosines.max(axis=0).tolist()
        return best


def _around(view: View, token: int) -> list[int]:
    """Return the rows of what stands around a token."""
    above: list[int] = []
    at = token
    while len(above) < ABOVE and view.tokens[at].head != at:
        at = view.tokens[at].head
        above.append(at)
    near = [*above, *view.children[token]]
    near += [child for governor in above[:2] for child in view.children[governor]]
    rows = rows_of(view)
    return [rows[i] for i in near if i in rows and i != token]
