"""The scorer: any two sentences of a pile -> the probability that they tell the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from retold.model import Document, Span, rounded
from retold.rewrite import vectors
from retold.rewrite.evidence import Said, against, compare, probability, say
from retold.rewrite.terms import Content, contents, singular, specificity

USUAL = 0.2
"""Cosine of two sentences that share a field and no more, as measured on our fictional stories."""

USUAL_STRENGTH = 5.0
"""How many sentences an article must have to outweigh :data:`USUAL` in what is usual for it."""

Key = tuple[int, int]
"""A sentence: the index of its document and its own index there."""


class Scorer:
    """Compares the sentences of some documents. Symmetric, and equal for any order of them."""

    def __init__(
        self,
        documents: Sequence[Document],
        tick: Callable[[int, int], None] | None = None,
        *,
        lexical_only: bool = False,
    ) -> None:
        """Read the documents' sentences and embed each distinct one; ``tick`` is told how far.

        Where the sentence model is missing or damaged, or with ``lexical_only``, words, names and
        figures alone are compared.
        """
        self.documents = tuple(documents)
        self.with_vectors = not lexical_only and not vectors.fault()
        read: list[list[Content]] = [contents(document) for document in self.documents]
        specific = specificity(read)
        texts = [[d.text_of(s.span) for s in d.sentences] for d in self.documents]
        found = (
            vectors.embed([text for article in texts for text in article], tick)
            if self.with_vectors
            else {}
        )
        self.said: list[list[Said]] = [
            [say(c, specific, once, found.get(t)) for c, t in zip(cs, ts, strict=True)]
            for cs, ts, once in zip(read, texts, map(singular, read), strict=True)
        ]
        self.vectors: list[vectors.Floats] = [
            np.array([found[t].vector for t in ts], np.float32).reshape(-1, vectors.DIMENSIONS)
            if self.with_vectors
            else np.zeros((len(ts), vectors.DIMENSIONS), np.float32)
            for ts in texts
        ]
        self._means = [
            rows.mean(axis=0) if len(rows) else np.zeros(vectors.DIMENSIONS, np.float32)
            for rows in self.vectors
        ]
        names: dict[object, int] = {}
        self._names = [
            [
                names.setdefault((text, said.content.keys, frozenset(said.singular)), len(names))
                for text, said in zip(ts, article, strict=True)
            ]
            for ts, article in zip(texts, self.said, strict=True)
        ]
        self._cache: dict[tuple[int, int], tuple[float, ...]] = {}
        self._places = {
            sentence.span: (d, s)
            for d, document in enumerate(self.documents)
            for s, sentence in enumerate(document.sentences)
        }

    def usual(self, x: int, y: int) -> float:
        """Return the cosine that sentences of documents ``x`` and ``y`` usually have."""
        n = min(len(self.vectors[x]), len(self.vectors[y])) - 1
        mean = float(self._means[x] @ self._means[y])
        return (n * mean + USUAL_STRENGTH * USUAL) / (n + USUAL_STRENGTH)

    def features(self, a: Key, b: Key) -> tuple[float, ...]:
        """Return the features of two sentences; see :mod:`retold.rewrite.evidence`."""
        one, two = self._names[a[0]][a[1]], self._names[b[0]][b[1]]
        if one > two:
            one, two, a, b = two, one, b, a
        if (one, two) not in self._cache:
            self._cache[one, two] = compare(self.said[a[0]][a[1]], self.said[b[0]][b[1]])
        return against(self._cache[one, two], self.usual(a[0], b[0]))

    def probability(self, a: Key, b: Key) -> float:
        """Return the probability that two sentences tell the same, in whole or in large part."""
        return rounded(probability(self.features(a, b)))

    def likeness(self, a: Span, b: Span) -> float:
        """Like :meth:`probability`, for the spans of two sentences.

        Raises:
            KeyError: a span is not that of a sentence of these documents.
        """
        return self.probability(self._places[a], self._places[b])
