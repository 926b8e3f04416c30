"""Speakers as editors ruled them, in place of those that were resolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from retold.model import (
    Attribution,
    Document,
    NameKind,
    RuledSpeaker,
    SourceKind,
    Span,
)
from retold.text import form

_KINDS = {NameKind.PERSON: SourceKind.PERSON, NameKind.ORGANISATION: SourceKind.BODY}


def speak(documents: Sequence[Document], rulings: Iterable[RuledSpeaker]) -> list[Document]:
    """Return documents in which the words that rulings name are said by whom they name.

    The words are those of the attribution that has most of them in its content; of several, one
    within the other, the innermost. A ruling on words that nobody is said to have said is of no
    account; :func:`idle` says so.
    """
    by_article: dict[str, list[RuledSpeaker]] = defaultdict(list)
    for ruling in rulings:
        by_article[ruling.span.article].append(ruling)
    return [
        _corrected(document, by_article[document.id]) if document.id in by_article else document
        for document in documents
    ]


def idle(documents: Sequence[Document], rulings: Iterable[RuledSpeaker]) -> list[str]:
    """Return a sentence for each ruling on words that nobody is said to have said."""
    attributions = {document.id: document.attributions for document in documents}
    return [
        "A ruling on who spoke is of no account: nobody is said to have said characters"
        f" {ruling.span.start} to {ruling.span.end} of {ruling.span.article}."
        for ruling in rulings
        if _meant(attributions.get(ruling.span.article, ()), ruling.span) is None
    ]


def _corrected(document: Document, rulings: Iterable[RuledSpeaker]) -> Document:
    attributions = list(document.attributions)
    for ruling in rulings:
        at = _meant(attributions, ruling.span)
        if at is not None:
            attributions[at] = replace(
                attributions[at],
                speaker=ruling.speaker,
                probability=1.0,
                source_kind=_kind(document, attributions[at], ruling.speaker),
                ruled=True,
            )
    return replace(document, attributions=tuple(attributions))


def _meant(attributions: Sequence[Attribution], span: Span) -> int | None:
    """Return the place of the attribution whose words a span names."""
    depth = {a.id: a.within for a in attributions}

    def rank(at: int) -> tuple[int, int, int, int]:
        one = attributions[at]
        common = sum(span.overlap(part) for part in one.content)
        size = sum(part.end - part.start for part in one.content)
        steps, above = 0, one.within
        while above and steps < len(attributions):
            steps, above = steps + 1, depth.get(above, "")
        return -common, size, -steps, at

    best = min(map(rank, range(len(attributions))), default=(0, 0, 0, 0))
    return best[-1] if best[0] < 0 else None


def _kind(document: Document, attribution: Attribution, speaker: str) -> SourceKind:
    """Return what sort of source a speaker is: as its name is in the article, else a person."""
    wanted = form(speaker)
    for name in document.names:
        if name.kind in _KINDS and wanted in (form(name.entity), form(document.text_of(name.span))):
            return _KINDS[name.kind]
    named = (SourceKind.PERSON, SourceKind.BODY, SourceKind.OUTLET, SourceKind.DOCUMENT)
    return attribution.source_kind if attribution.source_kind in named else SourceKind.PERSON
