"""What the evidence leaves open, said instead of hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from retold.config import StemmaConfig
from retold.labels import labels
from retold.model import Edge, HypotheticalAncestor, Kinship, Span, Undecided, identify
from retold.stemma.features import FeatureKind, Features
from retold.stemma.witness import Witness


def open_questions(
    witnesses: Sequence[Witness],
    edges: Iterable[Edge],
    kinships: Iterable[Kinship],
    hypothetical: Iterable[HypotheticalAncestor],
) -> list[Undecided]:
    """Return the undecided edges, and nearest relatives of which neither is shown to be first."""
    names = labels([w.document.article for w in witnesses])
    unseen = {h.id: h.label for h in hypothetical}
    edges = tuple(edges)
    found = []
    asked = set()
    for edge in edges:
        if edge.decided or edge.child not in names:
            continue
        others = [edge.parent, edge.runner_up.parent if edge.runner_up else None]
        articles = tuple(sorted({edge.child, *(o for o in others if o in names)}))
        first = _source(edge.parent, names, unseen)
        question = f"Where does “{names[edge.child]}” come from: {first}?"
        explanation = (
            f"{_upper(first)} is the likeliest, with a probability of {edge.probability:.2f}"
        )
        if edge.runner_up:
            other = _source(edge.runner_up.parent, names, unseen)
            explanation += f"; {other} has {edge.runner_up.probability:.2f}"
        spans = tuple(s for e in edge.evidence for s in e.spans[:2])[:6]
        found.append(
            Undecided(
                identify("undecided", "source", edge.child, edge.parent),
                articles,
                question,
                f"{explanation}. The texts alone do not decide.",
                spans,
            )
        )
        asked.add(articles)
    linked = {(e.child, e.parent) for e in edges if e.decided}
    for kin in kinships:
        pair = (kin.a, kin.b)
        if not kin.nearest or pair in linked or pair[::-1] in linked or pair in asked:
            continue
        found.append(
            Undecided(
                identify("undecided", "direction", *pair),
                pair,
                f"Which came first, “{names[kin.a]}” or “{names[kin.b]}”?",
                "They are each other's nearest relatives, but nothing shows that one derives from "
                "the other: both may go back to one source.",
                kin.spans[:6],
            )
        )
    return found


def _source(name: str | None, names: dict[str, str], unseen: dict[str, str]) -> str:
    if name is None:
        return "none of the others (a report of its own)"
    return f"“{names[name]}”" if name in names else unseen[name]


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def conflicts(
    witnesses: Sequence[Witness],
    features: Features,
    kinships: Iterable[Kinship],
    edges: Iterable[Edge],
    config: StemmaConfig,
) -> list[Undecided]:
    """Return the versions that side with one pair of kin in content and with another in wording.

    For each version and each two pairs of nearest relatives without it: the content is nearer to
    the first pair, and yet there is wording that it shares with the whole second pair and not with
    the first. A version that derives from a collected one, or is the source of one, has no such
    conflict.
    """
    kin = {(k.a, k.b): k for k in kinships}
    index = {w.id: i for i, w in enumerate(witnesses)}
    edges = tuple(edges)
    settled = {e.child for e in edges if e.parent in index} | {e.parent for e in edges}
    pairs = [(index[k.a], index[k.b]) for k in kin.values() if k.nearest]
    said = np.isin(features.kinds, [FeatureKind.PASSAGE.value, FeatureKind.WORDING.value])

    def told(x: int, pair: tuple[int, int]) -> float | None:
        found = [kin.get((witnesses[min(x, y)].id, witnesses[max(x, y)].id)) for y in pair]
        known = [k.content for k in found if k is not None]
        return sum(known) / 2 if len(known) == 2 else None

    named = labels([w.document.article for w in witnesses])
    names = [f"“{named[w.id]}”" for w in witnesses]
    result = []
    for x, witness in enumerate(witnesses):
        if witness.id in settled:
            continue
        known = {pair: told(x, pair) for pair in pairs if x not in pair}
        for near in pairs:
            for far in pairs:
                if near == far or x in near or x in far:
                    continue
                content, less = known[near], known[far]
                if content is None or less is None:
                    continue
                if content - less < config.conflict_least * content or not content:
                    continue
                has = features.has
                held = said & has[x] & has[list(far)].all(axis=0) & ~has[list(near)].any(axis=0)
                weight = float(features.weights[held].sum())
                if weight >= config.conflict_weight:
                    result.append(_conflict(witnesses, names, features, x, near, far, held))
    return result


def _conflict(
    witnesses: Sequence[Witness],
    names: Sequence[str],
    features: Features,
    x: int,
    near: tuple[int, int],
    far: tuple[int, int],
    held: np.ndarray,
) -> Undecided:
    shared = [features.listed[i] for i in np.flatnonzero(held)]
    shared.sort(key=lambda f: (-f.weight, f.spans[x]))
    spans: list[Span] = []
    for feature in shared[:4]:
        spans += [feature.spans[v] for v in (x, *far)]
    for feature in features.common(x, near[0], FeatureKind.STATEMENT):
        if near[1] in feature.spans and len(spans) < 18 and not set(far) & set(feature.spans):
            spans += [feature.spans[v] for v in (x, *near)]
    document = witnesses[x].document
    words = ", ".join(f"“{' '.join(document.text_of(f.spans[x]).split())}”" for f in shared[:4])
    members = tuple(sorted(witnesses[v].id for v in (x, *near, *far)))
    return Undecided(
        identify("undecided", "conflict", witnesses[x].id, *members),
        members,
        f"With whom does {names[x]} belong?",
        f"In what it reports {names[x]} agrees with {names[near[0]]} and {names[near[1]]}, but it "
        f"shares wording with {names[far[0]]} and {names[far[1]]} that those lack: {words}.",
        tuple(spans),
    )
