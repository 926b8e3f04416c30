"""Evidence for an edge in plain words, with the spans that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from retold.model import Evidence, EvidenceKind, Span, rounded
from retold.stemma.direction import credit_span
from retold.stemma.features import Feature, FeatureKind
from retold.stemma.nodes import Evidences
from retold.stemma.witness import agency_key

SHOWN = 4
"""Shared wordings or statements whose spans an edge shows for each kind of evidence."""


def between(evidences: Evidences, parent: int, child: int) -> tuple[Evidence, ...]:
    """Return all evidence for and against an edge between two versions, by index."""
    found = _shared(evidences, parent, child)
    found += evidences.direction.get((parent, child), [])
    return (*found, *_against(evidences, parent, child))


def _shared(evidences: Evidences, parent: int, child: int) -> list[Evidence]:
    features, coverage = evidences.features, evidences.coverage
    found = []
    passages = features.common(parent, child, FeatureKind.PASSAGE)
    if passages:
        percent = round(100 * coverage.share[child, parent])
        words = (
            f"The parent accounts for {percent} % of the child's words; "
            f"{_count(passages, 'passage')} of five words and more stand in both word for word."
        )
        found.append(_evidence(EvidenceKind.CONTAINMENT, words, passages, parent, child))
    turns = features.common(parent, child, FeatureKind.WORDING)
    if turns:
        quoted = _quoted(evidences, turns, child)
        words = f"Both share {_count(turns, 'rare turn')} of phrase: {quoted}."
        found.append(_evidence(EvidenceKind.SHARED_READING, words, turns, parent, child))
    wrong = features.common(parent, child, FeatureKind.ERROR)
    if wrong:
        words = (
            "Both give the same figure or name where others differ: "
            f"{_quoted(evidences, wrong, child)}."
        )
        found.append(_evidence(EvidenceKind.SHARED_READING, words, wrong, parent, child))
    same = features.common(parent, child, FeatureKind.READING)
    if same:
        words = (
            f"Both have the same reading at {_count(same, 'place')} where others differ: "
            f"{_quoted(evidences, same, child)}."
        )
        found.append(_evidence(EvidenceKind.SHARED_READING, words, same, parent, child))
    told = features.common(parent, child, FeatureKind.STATEMENT)
    if told:
        factor = float(evidences.mutual.pairs[parent, child])
        words = f"Both make {_count(told, 'statement')} that stand in several versions."
        words += _tempered(factor, "each reports much that the other lacks")
        content = EvidenceKind.SHARED_CONTENT
        found.append(_evidence(content, words, told, parent, child, factor))
    return found


def _against(evidences: Evidences, parent: int, child: int) -> list[Evidence]:
    features = evidences.features
    found = []
    alone = [features.listed[i] for i in (features.has[child] & ~features.has[parent]).nonzero()[0]]
    if alone:
        weight = -sum(f.weight for f in alone)
        spans = tuple(f.spans[child] for f in sorted(alone, key=lambda f: -f.weight)[:SHOWN])
        words = (
            f"The child shares {_count(alone, 'wording')} or statements with other versions that "
            "the parent lacks."
        )
        found.append(Evidence(EvidenceKind.CONFLICT, rounded(weight), words, spans))
    drag = float(evidences.drag[parent, child])
    if drag:
        words = "The child lacks part of the parent's text, or each reports what the other lacks."
        found.append(Evidence(EvidenceKind.OMISSION, rounded(-drag), words))
    merged = float(evidences.selective[parent, child])
    if merged:
        words = (
            "The parent has much from another version, and of just that the child would have kept "
            "nothing."
        )
        found.append(Evidence(EvidenceKind.CONFLICT, rounded(-merged), words))
    return found


def from_unseen(
    evidences: Evidences, child: int, kin: Sequence[int], agency: str, credit_weight: float
) -> tuple[Evidence, ...]:
    """Return why a version is put below an unseen source: what it shares with its kin there."""
    found = []
    features = evidences.features
    rest = [k for k in kin if k != child]
    for kind, what, noun in (
        (
            EvidenceKind.SHARED_READING,
            (
                FeatureKind.PASSAGE,
                FeatureKind.WORDING,
                FeatureKind.ERROR,
                FeatureKind.READING,
            ),
            "wording",
        ),
        (EvidenceKind.SHARED_CONTENT, (FeatureKind.STATEMENT,), "statement"),
    ):
        wanted = np.isin(features.kinds, [k.value for k in what])
        shared = wanted & features.has[child] & features.has[rest].any(axis=0)
        held = [features.listed[i] for i in np.flatnonzero(shared)]
        if held:
            held.sort(key=lambda f: (-f.weight, f.spans[child]))
            spans: list[Span] = []
            for feature in held[:SHOWN]:
                other = next(k for k in rest if k in feature.spans)
                spans += [feature.spans[child], feature.spans[other]]
            words = f"It shares {_count(held, noun)} with others that go back to this source."
            factor = 1.0
            if kind is EvidenceKind.SHARED_CONTENT:
                factor = float(evidences.mutual.among(sorted({child, *rest}))[child])
                words += _tempered(factor, "it reports much that they lack, and they what it lacks")
            weight = rounded(factor * sum(f.weight for f in held))
            found.append(Evidence(kind, weight, words, tuple(spans)))
    witness = evidences.witnesses[child]
    if agency and agency in witness.agencies:
        words = f"It credits {agency}."
        weight = rounded(credit_weight)
        found.append(
            Evidence(EvidenceKind.CREDIT, weight, words, credit_span(witness, agency_key(agency)))
        )
    return tuple(found)


def _evidence(
    kind: EvidenceKind,
    words: str,
    features: Sequence[Feature],
    parent: int,
    child: int,
    factor: float = 1.0,
) -> Evidence:
    spans = [s for f in features[:SHOWN] for s in (f.spans[child], f.spans[parent])]
    return Evidence(kind, rounded(factor * sum(f.weight for f in features)), words, tuple(spans))


def _tempered(factor: float, why: str) -> str:
    if factor == 1:
        return ""
    counts = f"counts for {100 * factor:.0f} %" if rounded(factor) > 0 else "counts for nothing"
    return f" That {counts}, as {why}."


def _count(items: Sequence[object], noun: str) -> str:
    return f"{len(items)} {noun}{'' if len(items) == 1 else 's'}"


def _quoted(evidences: Evidences, features: Sequence[Feature], version: int) -> str:
    document = evidences.witnesses[version].document
    texts = dict.fromkeys(" ".join(document.text_of(f.spans[version]).split()) for f in features)
    return ", ".join(f"“{text}”" for text in list(texts)[:SHOWN])
