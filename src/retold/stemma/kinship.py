"""How near versions are to one another in what they tell and, apart from that, in wording."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retold.config import StemmaConfig
from retold.model import Kinship, Span, rounded
from retold.reuse import containment
from retold.stemma.features import FeatureKind, Features, Flags
from retold.stemma.witness import Witness

Table = NDArray[np.float64]

WORDINGS = (FeatureKind.PASSAGE, FeatureKind.WORDING, FeatureKind.ERROR)


def _ratio(part: Table, whole: Table) -> Table:
    """Divide, with 0 where there is nothing to divide by."""
    result: Table = np.zeros_like(part, dtype=np.float64)
    np.divide(part, whole, out=result, where=whole > 0)
    return result


def content(witnesses: Sequence[Witness], features: Features) -> Table:
    """Return, for each two versions, what share of the shorter one's statements both have.

    Of the statements that stand in several versions; the shorter version is that with fewer words.
    """
    told = features.has[:, features.kinds == FeatureKind.STATEMENT.value].astype(np.float64)
    both, each = told @ told.T, told.sum(axis=1)
    length = np.array([len(w.words) for w in witnesses])
    first = length[:, None] < length[None, :]
    tied = length[:, None] == length[None, :]
    lesser = np.minimum(each[:, None], each[None, :])
    base = np.where(tied, lesser, np.where(first, each[:, None], each[None, :]))
    return _ratio(both, base)


def wording(features: Features) -> Table:
    """Return, for each two versions, the share of the poorer one's rare wording that both have."""
    base = np.minimum(features.rare[:, None], features.rare[None, :])
    shared = features.shared_rare
    return _ratio(shared, base)


def affinity(features: Features, config: StemmaConfig) -> Table:
    """Return how near each two versions are: agreement in statements and in wording, averaged.

    Either is the cosine of the features that the two have, each by its weight, so that a statement
    that only they make tells more than one that all make.
    """
    told = features.kinds == FeatureKind.STATEMENT.value
    said = _cosine(features, ~told)
    if not told.any():  # nothing was aligned: wording is all there is
        return said
    both: Table = config.content_share * _cosine(features, told)
    both += (1 - config.content_share) * said
    return both


def _cosine(features: Features, wanted: Flags) -> Table:
    has = (features.has & wanted).astype(np.float64)
    shared = (has * features.weights) @ has.T
    norm = np.sqrt(np.diag(shared))
    return _ratio(shared, np.outer(norm, norm))


def nearest(near: Table) -> list[set[int]]:
    """Return the nearest relatives of each version; several where they tie."""
    found = []
    for version, row in enumerate(near):
        others = [(rounded(v), i) for i, v in enumerate(row) if i != version]
        best = max((v for v, _ in others), default=0.0)
        found.append({i for v, i in others if v == best and v > 0})
    return found


def listed(near: Table, config: StemmaConfig) -> list[tuple[int, int]]:
    """Return the pairs whose kinship is listed: all, or in a large story the nearest of each."""
    n = len(near)
    if n <= config.pairs_all:
        return [(a, b) for a in range(n) for b in range(a + 1, n)]
    pairs: set[tuple[int, int]] = set()
    for version in range(n):
        order = sorted(
            (i for i in range(n) if i != version), key=lambda i: (-rounded(near[version, i]), i)
        )
        pairs.update((min(version, i), max(version, i)) for i in order[: config.pairs_nearest])
    return sorted(pairs)


def kinships(
    witnesses: Sequence[Witness], features: Features, near: Table, config: StemmaConfig
) -> tuple[Kinship, ...]:
    """Describe the pairs that :func:`listed` names, sorted by the ids of the versions."""
    told, said, kin = content(witnesses, features), wording(features), nearest(near)
    found = []
    for a, b in listed(near, config):
        of_a, of_b, both = containment(witnesses[a].document, witnesses[b].document)
        found.append(
            Kinship(
                a=witnesses[a].id,
                b=witnesses[b].id,
                content=rounded(told[a, b]),
                wording=rounded(said[a, b]),
                containment_a=rounded(of_a),
                containment_b=rounded(of_b),
                resemblance=rounded(both),
                affinity=rounded(near[a, b]),
                nearest=b in kin[a] and a in kin[b],
                spans=shared_spans(features, a, b, config.kin_spans),
            )
        )
    return tuple(found)


def shared_spans(features: Features, a: int, b: int, most: int) -> tuple[Span, ...]:
    """Return the shared wordings that weigh most: spans of ``a`` and ``b`` in turn."""
    chosen = features.common(a, b, *WORDINGS)[:most]
    chosen.sort(key=lambda f: f.spans[a])
    return tuple(span for f in chosen for span in (f.spans[a], f.spans[b]))
