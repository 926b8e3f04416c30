"""How probably one short text contradicts another, or says what the other does not bear out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp, log

from retold._version import __version__
from retold.collate.changes import find_changes
from retold.collate.changes.negation import opposite
from retold.collate.nearness import views_of
from retold.collate.pairs import Pair, align_pair
from retold.collate.support import Evidence, Place, Support, evidence_of, support
from retold.collate.views import Unit, View
from retold.model import ChangeKind, Document, ModelFile, rounded

CONTRADICTS = 0.5
"""Probability from which two texts are taken to contradict each other: the judge was fitted to as
many texts that do as that do not."""

FEW = 3
"""Sentences of the evidence up to which the single rules tell: of a longer text, most of what a
sentence says stands in other sentences than the one that is most like it."""

_PLAIN = ("noun", "verb", "modifier")
"""Classes of things that count by themselves; figures, dates and names count together as named."""

TYPED = (ChangeKind.FIGURE, ChangeKind.DATE, ChangeKind.PLACE, ChangeKind.NAME)
TURNED = (ChangeKind.NEGATION, ChangeKind.ROLE_SWAP)

FEATURES = (
    *(f"{where} {of}" for where in ("far", "elsewhere", "new", "slot", "unlike")
      for of in ("named", *_PLAIN)),
    *("opposite", "disagrees", "reworded verb", "reworded other"),
    *(f"change {kind.value}" for kind in (*TYPED, *TURNED)),
    *("rules", "short"),
)  # fmt: skip
"""Each is summed over what the claim holds and capped at :data:`MOST`. Far, elsewhere, new: where a
thing stands in the evidence (:class:`retold.collate.support.Held`); slot: that another word fills
its slot; unlike: how unlike its vector is. Reworded: that a word of a like meaning stands for it.
Change: the likeliest typed change to the nearest sentence. Rules: the log odds of :func:`ruled`, in
short evidence; short: that it is short."""

MOST = 2.0

FREE = frozenset({"reworded verb", "reworded other", "new verb", "short"})
"""Features whose weight may lie below 0: who rewrites a text changes its verbs first. All others
speak for a contradiction or do not count."""

_EXCLUSIVE = frozenset({"only", "solely", "exclusively", "never", "no", "none", "nothing"})

_WEIGHT = {
    ChangeKind.FIGURE: 1.0,
    ChangeKind.DATE: 1.0,
    ChangeKind.PLACE: 0.9,
    ChangeKind.NAME: 0.8,
    ChangeKind.ROLE_SWAP: 1.0,
    ChangeKind.NEGATION: 1.0,
    ChangeKind.HEDGE: 0.2,
}
"""How much a change of a kind, taken as certain, speaks for a contradiction."""


def contradiction(evidence: Document, claim: Document) -> float:
    """Return how probably ``claim`` contradicts ``evidence``, as :func:`doubted` says."""
    laid = evidence_of(evidence)
    said = views_of(claim)
    return doubted(laid, said, [support(laid, each) for each in said])


def doubted(evidence: Evidence, said: Sequence[View], found: Sequence[Support]) -> float:
    """Return how probably sentences contradict their evidence, or go beyond it; 0..1.

    By a logistic model (``data/judge.json``, fitted by ``tools/fit_judge.py``) over
    :func:`weighable`, with what was ``found`` for each of the sentences. It takes as many claims to
    contradict as not. Where either side is empty nothing is contradicted.
    """
    if not evidence.views or not said:
        return 0.0
    return judged(weighable(evidence, said, found), weights())


def judged(found: Mapping[str, float], weighed: Mapping[str, float]) -> float:
    """Return the probability that features give under the weights of a model."""
    z = weighed["intercept"] + sum(weighed[name] * found[name] for name in FEATURES)
    return rounded(1.0 / (1.0 + exp(-max(-50.0, min(50.0, z)))))


@cache
def weights() -> dict[str, float]:
    """Return the intercept and the weight of each feature."""
    raw = json.loads(_weights_file())
    return {name: float(raw["weights"][name]) for name in ("intercept", *FEATURES)}


@cache
def judge_file() -> ModelFile:
    """Name, version and hash of the model, for a result's record."""
    return ModelFile("retold-judge", __version__, hashlib.sha256(_weights_file()).hexdigest())


def _weights_file() -> bytes:
    return files("retold.collate").joinpath("data/judge.json").read_bytes()


def features(evidence: Document, claim: Document) -> dict[str, float]:
    """Return :data:`FEATURES` of a claim beside its evidence."""
    said = views_of(claim)
    laid = evidence_of(evidence)
    return weighable(laid, said, [support(laid, each) for each in said])


def weighable(
    evidence: Evidence, said: Sequence[View], found: Iterable[Support]
) -> dict[str, float]:
    """Return :data:`FEATURES` of sentences for which all was looked up in the evidence."""
    values = dict.fromkeys(FEATURES, 0.0)
    for each in found:
        _add(values, each)
    if len(evidence.views) <= FEW:
        doubt = min(0.99, max(0.01, ruled(evidence.views, said)))
        values["rules"], values["short"] = log(doubt / (1 - doubt)), 1.0
    return {name: min(MOST, value) for name, value in values.items()}


def _add(values: dict[str, float], found: Support) -> None:
    for held in found.held:
        of = held.kind if held.kind in _PLAIN else "named"
        values["disagrees"] += held.disagrees
        if held.place is Place.NEAR:
            values[f"far {of}"] += held.far
        elif held.opposite:
            values["opposite"] += 1.0
        elif held.like:
            values["reworded verb" if of == "verb" else "reworded other"] += 1.0
        else:
            where = "new" if held.place is Place.NOWHERE else "elsewhere"
            values[f"{where} {of}"] += 1.0
            values[f"slot {of}"] += held.slot
            values[f"unlike {of}"] += held.unlike
    for change in find_changes(found.pairs[0]) if found.pairs else ():
        name = f"change {change.kind.value}"
        if name in values:
            values[name] = max(values[name], change.probability)


def ruled(evidence: Iterable[View], claim: Iterable[View]) -> float:
    """Return how probably single differences, taken as independent reasons, make a contradiction.

    Each sentence of the claim is laid beside the sentence of the evidence that shares most with it.
    The changes found, and what the claim says at a place where the evidence says something else,
    are joined (noisy or; Pearl 1988, sec. 4.3.2). Silence of the evidence alone is weak, as texts
    leave out much that is true.
    """
    theirs = tuple(evidence)
    doubt = 1.0
    for said in claim:
        pairs = [align_pair(e, said, context_a=theirs) for e in theirs]
        best = max(pairs, key=lambda p: (p.overlap, -p.a.span.start))
        for reason in reasons(best):
            doubt *= 1.0 - min(0.99, max(0.0, reason))
    return 1.0 - doubt


def reasons(pair: Pair) -> Iterator[float]:
    """Yield the probability that each difference, by itself, makes a contradiction."""
    for change in find_changes(pair):
        yield _WEIGHT.get(change.kind, 0.0) * change.probability
    yield from _replaced(pair)
    yield from _unsupported(pair)
    yield from _restricted(pair.a, pair.b)


def _replaced(pair: Pair) -> Iterator[float]:
    """Yield the weight of other content in a slot, where no typed change explains it."""
    for link in pair.links:
        u, v = pair.a.units[link.a], pair.b.units[link.b]
        if link.equal or _said(v, pair) or _explained(pair, u, v):
            continue
        if u.name and v.name:
            yield 0.6 * link.score
        elif u.pos == v.pos == "VERB":
            yield 0.3 * link.score
        else:
            yield 0.55 * link.score


def _explained(pair: Pair, u: Unit, v: Unit) -> bool:
    """Say whether a detector judges the two: figures, dates, and opposites, denied or not."""
    if (u.figure and v.figure) or (u.date and v.date):
        return True
    return opposite(pair.a.tokens[u.head].lemma, pair.b.tokens[v.head].lemma)


def _unsupported(pair: Pair) -> Iterator[float]:
    """Yield the weight of what the claim says and the evidence does not."""
    missing = [u for u in pair.b.units if u.index not in pair.of_b and not _said(u, pair)]
    total = sum(u.weight for u in pair.b.units)
    if total:
        yield 0.4 * sum(u.weight for u in missing) / total
    for unit in missing:
        subject = pair.b.relations[unit.head][1] == "subj"
        if unit.figure or unit.date:
            yield 0.35
        elif unit.name and not subject:
            yield 0.3


def _said(unit: Unit, pair: Pair) -> bool:
    return any(unit.stems & other.stems for v in pair.context_a for other in v.units)


def _restricted(evidence: View, claim: View) -> Iterator[float]:
    """Yield the weight of an "only" that the evidence does not have."""
    ours, theirs = set(evidence.forms) & _EXCLUSIVE, set(claim.forms) & _EXCLUSIVE
    if theirs and not ours:
        yield 0.5
