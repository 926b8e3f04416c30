"""Said by someone here, stated flat or said by someone else there."""

from __future__ import annotations

from collections.abc import Iterator

from retold.collate.changes import apart
from retold.collate.changes.attributed import (
    Answered,
    answered,
    evidence,
    named_in,
    still_there,
)
from retold.collate.changes.base import Found
from retold.collate.changes.speaking import CUES, announced, known, same_speaker, speaker_in
from retold.collate.pairs import Pair, phrase
from retold.collate.views import View, lemmas
from retold.collate.wording import opening
from retold.model import Attribution, ChangeKind, Span, Speech

COVERED = 0.6
"""Share of the linked weight that an attribution's content must hold to cover the claim."""

MOST = 0.5
"""The same for texts written apart, where what else is covered tells by itself."""


def attribution_changes(pair: Pair) -> Iterator[Found]:
    """Yield a source that was dropped, added or replaced, for what both sentences report."""
    if pair.apart:
        yield from _apart(pair)
        return
    ours, theirs = _covering(pair, first=True), _covering(pair, first=False)
    if ours is None and theirs is None:
        return
    if ours is not None and theirs is not None:
        if not known(ours) or not known(theirs) or same_speaker(ours, theirs):
            return
        if named_in(pair.b, ours) or named_in(pair.a, theirs):
            return
        yield _replaced(pair, ours, theirs, 0.75 * min(ours.probability, theirs.probability))
        return
    here, there, kept = (pair.a, pair.b, ours) if ours is not None else (pair.b, pair.a, theirs)
    assert kept is not None
    context = pair.context_b if ours is not None else pair.context_a
    if kept.speech is Speech.DIRECT or _attributed(there, context):
        return
    mark = kept.source or kept.cue
    if mark is None or mark.overlap(here.span) == 0:
        return
    if kept.source is not None and still_there(pair, kept.source, first=ours is not None):
        return
    probability = 0.7 * kept.probability * (0.6 + 0.4 * pair.overlap)
    yield _only_here(pair, kept, probability, first=ours is not None)


def _apart(pair: Pair) -> Iterator[Found]:
    """Yield another source, or one that is only here, in texts written apart."""
    ours, theirs = answered(pair, first=True), answered(pair, first=False)
    kept, other = sorted((ours, theirs), key=lambda x: -x.share)
    if kept.attribution is None or kept.attribution.source is None or kept.share < MOST:
        return
    probability = apart.probability("attribution", evidence(pair, ours, theirs), pair)
    if other.attribution is None or other.share < MOST:
        yield _only_here(pair, kept.attribution, probability, first=kept is ours)
    elif other.attribution.source is not None and not _same(ours, theirs):
        assert ours.attribution is not None
        assert theirs.attribution is not None
        yield _replaced(pair, ours.attribution, theirs.attribution, probability)


def _same(ours: Answered, theirs: Answered) -> bool:
    a, b = ours.attribution, theirs.attribution
    return a is not None and b is not None and bool(a.speaker) and same_speaker(a, b)


def _replaced(pair: Pair, ours: Attribution, theirs: Attribution, probability: float) -> Found:
    words = pair.turn(speaker_in(pair.a.document, ours), speaker_in(pair.b.document, theirs))
    a, b = ours.source or ours.content[0], theirs.source or theirs.content[0]
    return Found(ChangeKind.ATTRIBUTION, a, b, probability, 0.85, f"source: {words}")


def _only_here(pair: Pair, kept: Attribution, probability: float, *, first: bool) -> Found:
    """Return a source that only the one sentence names; ``first`` says whether it is ``pair.a``."""
    here, there = (pair.a, pair.b) if first else (pair.b, pair.a)
    mark = kept.source or kept.cue or kept.content[0]
    head, who = _main(there), speaker_in(here.document, kept)
    by = f"to {who}" if who else f"by ‘{phrase(here, mark)}’"  # "it was announced that"
    if first:
        words = f"attribution {by} lost" if pair.directed else f"attributed {by} here only"
        spans = (mark, head)
    else:
        words = f"attribution {by} added" if pair.directed else f"attributed {by} there only"
        spans = (head, mark)
    if told := opening(here.document, kept.content):
        words = f"{words}: ‘{told}’"
    salience = 0.7 if first or not pair.directed else 0.45
    return Found(ChangeKind.ATTRIBUTION, *spans, probability, salience, words)


def _covering(pair: Pair, *, first: bool) -> Attribution | None:
    """Return the attribution whose content holds most of what both sentences share."""
    view = pair.a if first else pair.b
    shared = [view.units[link.a if first else link.b] for link in pair.links if link.equal]
    total = sum(u.weight for u in shared)
    if not total:
        return None
    best: tuple[float, Attribution] | None = None
    for attribution in view.attributions:
        inside = sum(
            u.weight
            for u in shared
            if any(c.start <= u.start and u.end <= c.end for c in attribution.content)
        )
        if inside / total >= COVERED and (best is None or inside > best[0]):
            best = inside, attribution
    return best[1] if best else None


def _attributed(view: View, context: tuple[View, ...]) -> bool:
    """Say whether the other version ascribes the claim to anyone after all."""
    if any(v.attributions or not CUES.isdisjoint(lemmas(v)) for v in (view, *context)):
        return True
    return any(announced(v) for v in (view, *context[:1]))


def _main(view: View) -> Span:
    roots = [i for i, t in enumerate(view.tokens) if t.dep == "ROOT"]
    i = roots[0] if roots else 0
    return view.cut(i, i)
