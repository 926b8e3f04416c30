"""Who is made to answer for what two sentences share, where they were written apart.

In near copies a source is there or is gone (:mod:`retold.collate.changes.sources`). In texts
written apart a sentence bundles several statements, each of its own source, and what both share has
to be found first: by equal words and by words that are near in meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

from retold.annotate.samenames import same_name
from retold.collate.changes.speaking import announced, same_speaker
from retold.collate.pairs import Pair
from retold.collate.views import Unit, View
from retold.model import Act, Attribution, SourceKind, Span, Speech

USUAL = 0.45
"""Cosine that words of two sentences about one matter have at the least: what is above it counts.
By judgement."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The attribution that covers most of what a sentence shares with another."""

    attribution: Attribution | None
    share: float
    """The share that stands in its content, 0..1."""


def answered(pair: Pair, *, first: bool) -> Answered:
    """Return who answers, in the one sentence or the other, for what both share."""
    view = pair.a if first else pair.b
    best = Answered(None, 0.0)
    if not view.attributions:
        return best
    shared = [(u, _shared(pair, u, first=first)) for u in view.units]
    for attribution in view.attributions:
        marks = [m for m in (attribution.source, attribution.cue) if m is not None]
        inside = outside = 0.0
        for unit, weight in shared:
            if _stands(unit, attribution.content):
                inside += weight
            elif not _stands(unit, marks):
                outside += weight
        share = inside / (inside + outside) if inside + outside else 0.0
        if share > best.share:
            best = Answered(attribution, share)
    return best


def _shared(pair: Pair, unit: Unit, *, first: bool) -> float:
    """Return how much of a unit's weight the other sentence has too."""
    link = (pair.of_a if first else pair.of_b).get(unit.index)
    if link is not None and link.equal:
        return unit.weight
    nearest = max(pair.nearness.best(i, of_b=not first) for i in range(*unit.tokens))
    return unit.weight * max(0.0, nearest - USUAL) / (1.0 - USUAL)


def _stands(unit: Unit, spans: tuple[Span, ...] | list[Span]) -> bool:
    return any(s.start <= unit.start and unit.end <= s.end for s in spans)


def evidence(pair: Pair, ours: Answered, theirs: Answered) -> dict[str, float]:
    """Return what tells whether both lay it on one source, by :mod:`retold.collate.changes.apart`.

    What tells of two sources counts by the share for which both sentences have one, what tells of a
    single source by how much more the one sentence lays on it than the other lays on anybody.
    """
    both, one = min(ours.share, theirs.share), abs(ours.share - theirs.share)
    told = {
        "both": both,
        "one": one,
        "most": max(ours.share, theirs.share),
        "overlap": pair.overlap,
    }
    told |= {f"both {name}": both * value for name, value in _two(pair, ours, theirs).items()}
    kept, here, there = _sole(pair, ours, theirs)
    return told | {f"one {name}": one * v for name, v in _single(pair, kept, here, there).items()}


def _two(pair: Pair, ours: Answered, theirs: Answered) -> dict[str, float]:
    """What tells whether two attributions name one source."""
    a, b = ours.attribution, theirs.attribution
    if a is None or b is None:
        return dict.fromkeys(("same", "unlike", "kind", "known", "unresolved", "direct"), 0.0)
    resolved = bool(a.speaker and b.speaker)
    same = resolved and same_speaker(a, b)
    return {
        "same": float(same),
        "unlike": float(resolved and not same),
        "kind": float(a.source_kind is b.source_kind),
        "known": float(named_in(pair.b, a) or named_in(pair.a, b)),
        "unresolved": float(not resolved),
        "direct": float(a.speech is Speech.DIRECT) + float(b.speech is Speech.DIRECT),
    }


def _sole(pair: Pair, ours: Answered, theirs: Answered) -> tuple[Attribution | None, View, View]:
    """Return the attribution that covers more, its sentence and the other."""
    if ours.share >= theirs.share:
        return ours.attribution, pair.a, pair.b
    return theirs.attribution, pair.b, pair.a


def _single(pair: Pair, kept: Attribution | None, here: View, there: View) -> dict[str, float]:
    """What tells whether what one sentence lays on a source is laid on nobody in the other."""
    if kept is None:
        names = ("direct", "there", "person", "group", "document", "belief", "other", "before")
        return dict.fromkeys((*names, "known", "outside"), 0.0)
    source = kept.source
    return {
        "direct": float(kept.speech is Speech.DIRECT),
        "there": float(source is not None and still_there(pair, source, first=here is pair.a)),
        "person": float(kept.source_kind is SourceKind.PERSON),
        "group": float(kept.source_kind in {SourceKind.COLLECTIVE, SourceKind.UNNAMED}),
        "document": float(kept.source_kind is SourceKind.DOCUMENT),
        "belief": float(kept.act is Act.BELIEF),
        "other": float(bool(there.attributions)),
        "before": float(announced(there)),
        "known": float(named_in(there, kept)),
        "outside": float(source is None or source.overlap(here.span) == 0),
    }


def named_in(view: View, attribution: Attribution) -> bool:
    """Say whether a sentence names the source of an attribution."""
    speaker = attribution.speaker
    return bool(speaker) and any(same_name(m.entity, speaker) for m in view.names)


def still_there(pair: Pair, source: Span, *, first: bool) -> bool:
    """Say whether the other sentence has the words of a source, too."""
    view, links = (pair.a, pair.of_a) if first else (pair.b, pair.of_b)
    return any(
        source.start <= u.start
        and u.end <= source.end
        and u.index in links
        and links[u.index].equal
        for u in view.units
    )
