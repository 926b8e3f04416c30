"""The evidence that two sentences tell the same, as a few features, and the probability they give.

Each feature grows with likeness, 0 where there is none. They are weighed by a logistic model whose
weights ``tools/fit_rewrite.py`` fits to our own fictional pairs (``eval/data``);
``data/weights.json`` holds them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from math import exp, log1p

import numpy as np

from retold.rewrite.stems import stem
from retold.rewrite.terms import Content, Term, word_weight
from retold.rewrite.vectors import Embedded, Floats

LEXICAL = ("covered", "both", "shared", "anchors", "words", "phrases", "singular", "substance")
"""Covered: the larger share of one sentence's weight that stands in the other (containment; Broder
1997). Both: the smaller of the two shares. Shared: log of 1 + the weight that both have, in units
of idf. Anchors: the same over names, figures and dates; words: over the rest. Phrases: the same
over rare pairs of words in a row. Singular: the same over rare terms that stand in no other
sentence of either article. Substance: the share of the more talkative sentence that is no
commentary."""

VECTOR = ("excess", "plain", "plain both")
"""Excess: how far the cosine of the sentence vectors lies above what sentences of the two articles
usually have with one another (cf. CSLS, Conneau et al. 2018). Plain: the larger, plain both: the
smaller of the shares of one sentence's words that find their like in the other by their vectors,
weighted by idf (cf. BERTScore, Zhang et al. 2020), over words that are no names, figures or dates:
sentences that share only those tell different things of the same people."""

RARE = 3.0
"""Idf from which a term tells by standing in a sentence of each article: 1 of 20 articles has
it."""


CONTEXT = 0.5
"""What the words of the sentence before count where a sentence points back to it. Own judgement."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence made ready for comparison."""

    content: Content
    weights: Mapping[str, float]
    """Weight of each key, scaled by how specific it is in its article."""
    phrases: Mapping[str, float]
    """Weights of its phrases, scaled alike."""
    singular: Mapping[str, float]
    """Terms that stand in this sentence of its article only, by how much rarer than
    :data:`RARE` they are."""
    total: float
    embedded: Embedded | None
    plain: Floats
    """Weight of each embedded word, 0 for words of names, figures and dates."""


def say(
    content: Content,
    specific: Mapping[str, float],
    singular: Collection[str],
    embedded: Embedded | None,
) -> Said:
    """Make a sentence ready.

    ``specific`` comes from :func:`retold.rewrite.terms.specificity`, ``singular`` from
    :func:`retold.rewrite.terms.singular`.
    """
    weights: dict[str, float] = {}
    for term in content.terms:
        weights[term.key] = term.weight * specific.get(term.key, 1.0)
        for part, weight in term.parts:
            weights.setdefault(part, weight * specific.get(part, 1.0))
    total = sum(weights[term.key] for term in content.terms)
    phrases = {p: w * specific.get(p, 1.0) for p, w in content.phrases.items()}
    alone = {t.key: t.weight - RARE for t in content.terms if t.key in singular and t.weight > RARE}
    surfaces = embedded.forms if embedded else ()
    stems = [stem(surface) for surface in surfaces]
    scaled = np.array(
        [
            word_weight(w) * specific.get(s, 1.0) if w else 0.0
            for w, s in zip(surfaces, stems, strict=True)
        ],
        np.float32,
    )
    anchored = {t.key for t in content.terms if t.anchor}
    anchored.update(part for t in content.terms if t.anchor for part, _ in t.parts)
    plain = scaled * np.array([s not in anchored for s in stems], np.float32)
    return Said(content, weights, phrases, alone, total, embedded, plain)


def in_context(said: Said, before: Said) -> Said:
    """Return a sentence read together with the one it points back to, which counts by half."""
    embedded, plain = said.embedded, said.plain
    if said.embedded is not None and before.embedded is not None:
        vector = said.embedded.vector + CONTEXT * before.embedded.vector
        embedded = Embedded(
            (vector / np.linalg.norm(vector)).astype(np.float32),
            np.concatenate([said.embedded.words, before.embedded.words]),
            said.embedded.forms + before.embedded.forms,
        )
        plain = np.concatenate([said.plain, CONTEXT * before.plain])
    weights = _both(said.weights, before.weights)
    known = {term.key for term in said.content.terms}
    terms = said.content.terms + tuple(t for t in before.content.terms if t.key not in known)
    content = replace(said.content, terms=terms, keys=said.content.keys | before.content.keys)
    return Said(
        content,
        weights,
        _both(said.phrases, before.phrases),
        _both(said.singular, before.singular),
        sum(weights[term.key] for term in terms),
        embedded,
        plain,
    )


def _both(own: Mapping[str, float], before: Mapping[str, float]) -> dict[str, float]:
    return {**{key: CONTEXT * weight for key, weight in before.items()}, **own}


def _agreement(term: Term, other: frozenset[str], weights: Mapping[str, float]) -> float:
    """The weight of a term that the other sentence has too."""
    if term.key in other:
        return weights[term.key]
    whole = sum(weights[part] for part, _ in term.parts)
    if not whole:
        return 0.0
    return weights[term.key] * sum(weights[p] for p, _ in term.parts if p in other) / whole


def lexical(a: Said, b: Said) -> tuple[float, ...]:
    """Return the features :data:`LEXICAL` of two sentences; symmetric."""
    one, one_anchor = _shared(a, b)
    two, two_anchor = _shared(b, a)
    cover = (one / a.total if a.total else 0.0, two / b.total if b.total else 0.0)
    few, many = sorted((a.phrases, b.phrases), key=len)
    run = sum(weight for phrase, weight in sorted(few.items()) if phrase in many)
    return (
        max(cover),
        min(cover),
        log1p(min(one, two)),
        log1p(min(one_anchor, two_anchor)),
        log1p(min(one - one_anchor, two - two_anchor)),
        log1p(run),
        log1p(sum(min(a.singular[k], b.singular[k]) for k in a.singular if k in b.singular)),
        1.0 - max(a.content.commentary, b.content.commentary),
    )


def _shared(a: Said, b: Said) -> tuple[float, float]:
    if a.content.keys.isdisjoint(b.content.keys):
        return 0.0, 0.0
    shared = anchored = 0.0
    for term in a.content.terms:
        weight = _agreement(term, b.content.keys, a.weights)
        shared += weight
        anchored += weight if term.anchor else 0.0
    return shared, anchored


def vectorial(a: Said, b: Said) -> tuple[float, ...]:
    """Return the features :data:`VECTOR`, with the cosine itself for the excess; symmetric."""
    if a.embedded is None or b.embedded is None:
        return ()
    cosine = float(a.embedded.vector @ b.embedded.vector)
    if not len(a.plain) or not len(b.plain):
        return cosine, 0.0, 0.0
    likeness = a.embedded.words.astype(np.float32) @ b.embedded.words.astype(np.float32).T
    plain = _mean(likeness.max(axis=1), a.plain), _mean(likeness.max(axis=0), b.plain)
    return cosine, max(plain), min(plain)


def compare(a: Said, b: Said) -> tuple[float, ...]:
    """Return all features of two sentences but for what is usual: give them to :func:`against`."""
    return lexical(a, b) + vectorial(a, b)


def against(features: tuple[float, ...], usual: float) -> tuple[float, ...]:
    """Set the excess: how far the cosine lies above what is usual for the two articles."""
    if len(features) == len(LEXICAL):
        return features
    place = len(LEXICAL) + VECTOR.index("excess")
    return (*features[:place], max(0.0, features[place] - usual), *features[place + 1 :])


def _mean(values: Floats, weights: Floats) -> float:
    total = float(weights.sum())
    return max(0.0, float(values @ weights) / total) if total else 0.0


@cache
def model_weights() -> dict[str, tuple[float, tuple[float, ...]]]:
    """Return intercept and weights, in the features' order, of the models "full" and "lexical"."""
    raw = json.loads(
        resources.files("retold.rewrite").joinpath("data/weights.json").read_text("utf-8")
    )
    return {
        model: (
            float(raw[model]["intercept"]),
            tuple(float(raw[model]["weights"][n]) for n in names),
        )
        for model, names in (("full", LEXICAL + VECTOR), ("lexical", LEXICAL))
    }


def probability(features: Sequence[float]) -> float:
    """Return the probability that two sentences with these features tell the same.

    ``features`` are :data:`LEXICAL` alone, or followed by :data:`VECTOR`.
    """
    intercept, weighed = model_weights()["lexical" if len(features) == len(LEXICAL) else "full"]
    z = intercept + sum(w * f for w, f in zip(weighed, features, strict=True))
    return 1.0 / (1.0 + exp(-max(-50.0, min(50.0, z))))
