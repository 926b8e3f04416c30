"""Near copies of a sentence: run the model once for all of them.

A large pile holds many sentences several times over, each with a word dropped, put in or exchanged.
Such a copy takes the vectors of the first sentence that it is a copy of, less those of words that
it lacks. What the two differ in is compared by rules on the words of each, never by their vectors,
which are all but equal; docs/decisions/0006-near-copies.md says what that changes. Which sentence
is the model depends on the words of the set alone, not on their order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import Indel

from retold.lexicon import idf
from retold.rewrite import vectors
from retold.rewrite.vectors import Embedded
from retold.text import forms

FEWEST = 1_000
"""Distinct sentences from which on copies are spared; fewer are read in little time anyway."""

EQUAL = 0.9
"""Share of the words of both that a copy has in common with its model, in the same order."""

TELLING = 0.1
"""Most of the words' rarity (idf) that may lie in words which only one of the two has; figures
weigh nothing. So a name or another telling word may be exchanged in a long sentence alone."""

GRAM = 3
"""Words in a row by which copies are found."""

TRIED = 8
"""Models that are tried for a sentence: those with which it shares most."""

NEGATIONS = frozenset(
    ["no", "not", "never", "nor", "none", "nobody", "nothing", "neither", "without", "cannot"]
)
"""Words whose vectors do tell: no copy differs in one."""

_PART = re.compile(r"[^\W_]+")
"""What the sentence model reads as one word: it splits at apostrophes and hyphens."""


def embed(
    texts: Iterable[str],
    tick: Callable[[int, int], None] | None = None,
    threads: int = 0,
) -> Mapping[str, Embedded]:
    """Embed every distinct text like :func:`retold.rewrite.vectors.embed`, copies as their models.

    Raises:
        ModelError: see there.
    """
    distinct = frozenset(texts)
    if len(distinct) < FEWEST:
        return vectors.embed(distinct, tick, threads)
    model = models(distinct)
    found = vectors.embed(model.values(), tick, threads)
    return {
        text: found[of] if text == of else _as_copy(found[of], of, text)
        for text, of in model.items()
    }


def _as_copy(embedded: Embedded, model: str, copy: str) -> Embedded:
    """The model's vectors, with no word where the copy lacks it."""
    lost = Counter(forms(model)) - Counter(forms(copy))
    parts = Counter(part for word in lost.elements() for part in _PART.findall(word))
    kept = []
    for surface in embedded.forms:
        kept.append("" if parts[surface] > 0 else surface)
        parts[surface] -= 1
    return replace(embedded, forms=tuple(kept))


@lru_cache(maxsize=2)
def models(texts: frozenset[str]) -> Mapping[str, str]:
    """Return, for each text, the one it is a near copy of: itself for those that are of none."""
    found: dict[str, str] = {}
    chosen: list[tuple[str, list[str]]] = []
    holders: dict[tuple[str, ...], list[int]] = {}
    for text in sorted(texts):
        words = forms(text)
        grams = {tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)}
        shared = Counter(n for gram in grams for n in holders.get(gram, ()))
        nearest = sorted(shared, key=lambda n: (-shared[n], n))[:TRIED]
        model = next((n for n in nearest if is_copy(words, chosen[n][1])), None)
        if model is None:
            for gram in grams:
                holders.setdefault(gram, []).append(len(chosen))
            chosen.append((text, words))
            found[text] = text
        else:
            found[text] = chosen[model][0]
    return found


def is_copy(one: list[str], two: list[str]) -> bool:
    """Say whether two sentences, as words, differ only in a word or two that tell little."""
    if Indel.normalized_similarity(one, two, score_cutoff=EQUAL) < EQUAL:
        return False
    here, there = Counter(one), Counter(two)
    differing = (here - there) + (there - here)
    if any(word in NEGATIONS or word.endswith("n't") for word in differing):
        return False
    apart = sum(_weight(word) * times for word, times in differing.items())
    return apart <= TELLING * (sum(map(_weight, one)) + sum(map(_weight, two)))


def _weight(word: str) -> float:
    return 0.0 if word[0].isdigit() else idf(word)
