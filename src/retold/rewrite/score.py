"""The scorer: any two sentences of a pile -> the probability that they tell the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from retold.model import Document, Span, rounded
from retold.rewrite import copies, vectors
from retold.rewrite.evidence import Said, against, compare, probability, say
from retold.rewrite.evidence import in_context as joined
from retold.rewrite.terms import Content, contents, singular, specificity
from retold.text import forms

USUAL = 0.2
"""Cosine of two sentences that share a field and no more, as measured on our fictional stories."""

USUAL_STRENGTH = 5.0
"""How many sentences an article must have to outweigh :data:`USUAL` in what is usual for it."""

POINTERS = frozenset(["this", "these", "that", "those", "such", "it"])
POINTER_WORDS = 2
"""Words at the start of a sentence among which one of these points back."""
POINTER_REACH = 40
"""Characters that are read for them."""

TALK = 0.3
"""Share of commentary above which a sentence only comments on what it points to."""
WORTH = 0.02
"""Probability by itself below which a sentence is not read in its context."""
GAIN = 0.05
"""How much more probable a sentence must make what the one before it tells alone."""

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
        read: list[Sequence[Content]] = [contents(document) for document in self.documents]
        specific = specificity(read)
        texts = [[d.text_of(s.span) for s in d.sentences] for d in self.documents]
        found = (
            copies.embed([text for article in texts for text in article], tick)
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
        self._cache: dict[tuple[int, int, int], tuple[float, ...]] = {}
        self._read: dict[Key, Said] = {}
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
        """Return the features of two sentences as they stand; see ``evidence``."""
        return self._features(a, b, in_context=False)

    def _features(self, a: Key, b: Key, *, in_context: bool) -> tuple[float, ...]:
        """The same; with ``in_context``, ``a`` is read together with the sentence before it."""
        one, two = self._names[a[0]][a[1]], self._names[b[0]][b[1]]
        before = self._names[a[0]][a[1] - 1] if in_context else -1
        if one > two and not in_context:
            one, two, a, b = two, one, b, a
        key = (one, two, before)
        if key not in self._cache:
            said = self.in_context(a) if in_context else self.said[a[0]][a[1]]
            self._cache[key] = compare(said, self.said[b[0]][b[1]])
        return against(self._cache[key], self.usual(a[0], b[0]))

    def in_context(self, key: Key) -> Said:
        """Return a sentence, not a document's first, read together with the one before it."""
        if key not in self._read:
            d, s = key
            self._read[key] = joined(self.said[d][s], self.said[d][s - 1])
        return self._read[key]

    def points_back(self, key: Key) -> bool:
        """Say whether a sentence begins by pointing at what stands before it ("This task ...").

        One that is mostly commentary does not count: it comments on what it points to.
        """
        d, s = key
        if self.said[d][s].content.commentary > TALK:
            return False
        sentence = self.documents[d].sentences[s]
        start = self.documents[d].text_of(sentence.span)[:POINTER_REACH]
        return s > 0 and not POINTERS.isdisjoint(forms(start)[:POINTER_WORDS])

    def probability(self, a: Key, b: Key) -> float:
        """Return the probability that two sentences tell the same, in whole or in large part.

        A sentence that points back is also read together with the one before it; that counts where
        both together are nearer to the other sentence than the one before is by itself.
        """
        best = probability(self.features(a, b))
        for one, two in ((a, b), (b, a)):
            if best >= WORTH and self.points_back(one):
                before = probability(self.features((one[0], one[1] - 1), two))
                together = probability(self._features(one, two, in_context=True))
                if together > before + GAIN:
                    best = max(best, together)
        return rounded(best)

    def likeness(self, a: Span, b: Span) -> float:
        """Like :meth:`probability`, for the spans of two sentences.

        Raises:
            KeyError: a span is not that of a sentence of these documents.
        """
        return self.probability(self._places[a], self._places[b])
