"""Who holds a claim for so, as each version says."""

from __future__ import annotations

from collections.abc import Iterable

from retold.collate.views import View
from retold.model import Attribution, ClaimSource, Span
from retold.text import squeeze

_MOST = 0.5
"""Share of a sentence, its cue and source aside, from which on a content is what it says."""


def held_by(said: Iterable[View]) -> tuple[ClaimSource, ...]:
    """Return the source of each sentence that has one, in the order of the sentences.

    Of several, one within the other ("TASS reported that X said ..."), it is the innermost.
    """
    found = []
    for view in said:
        own = [a for a in view.attributions if a.source is not None and _covers(a, view.span)]
        if own:
            inner = min(own, key=lambda a: (sum(s.end - s.start for s in a.content), a.id))
            assert inner.source is not None
            speaker = inner.speaker or squeeze(view.document.text_of(inner.source))
            found.append(
                ClaimSource(
                    view.span.article,
                    view.span.start,
                    speaker,
                    inner.source_kind,
                    inner.source,
                    inner.cue,
                )
            )
    return tuple(found)


def _covers(attribution: Attribution, sentence: Span) -> bool:
    """Say whether an attribution's content is most of a sentence."""
    telling = [s for s in (attribution.cue, attribution.source) if s is not None]
    rest = sentence.end - sentence.start - sum(_common(s, sentence) for s in telling)
    return sum(_common(s, sentence) for s in attribution.content) >= _MOST * rest


def _common(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))
