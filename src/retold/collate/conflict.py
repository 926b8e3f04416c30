"""How far one short text contradicts another, by the typed changes between them."""

from __future__ import annotations

from collections.abc import Iterator

from retold.collate.changes import find_changes
from retold.collate.changes.negation import opposite
from retold.collate.pairs import Pair, align_pair
from retold.collate.views import Unit, View, view
from retold.model import ChangeKind, Document, rounded

CONTRADICTS = 0.3
"""Probability from which two texts are taken to contradict each other. Below one half, as rules see
only some of the reasons; here the recall of both classes balances on pairs of single sentences."""

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
    """Return how probably ``claim`` contradicts ``evidence``, 0..1.

    Each sentence of the claim is laid beside the sentence of the evidence that shares most with it.
    The changes found, and what the claim says at a place where the evidence says something else,
    are joined as independent reasons (noisy or; Pearl 1988, sec. 4.3.2). Silence of the evidence
    alone is weak, as texts leave out much that is true.
    """
    theirs = [view(evidence, s.span) for s in evidence.sentences]
    if not theirs:
        return 0.0
    doubt = 1.0
    for sentence in claim.sentences:
        said = view(claim, sentence.span)
        pairs = [align_pair(e, said, context_a=theirs) for e in theirs]
        best = max(pairs, key=lambda p: (p.overlap, -p.a.span.start))
        for reason in reasons(best):
            doubt *= 1.0 - min(0.99, max(0.0, reason))
    return rounded(1.0 - doubt)


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
