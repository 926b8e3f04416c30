"""A text laid beside the one that it draws on, sentence by sentence: what is not borne out."""

from __future__ import annotations

from collections.abc import Sequence

from retold.collate.changes import find_changes
from retold.collate.conflict import doubted, judge_file
from retold.collate.crossencoder import CrossEncoder
from retold.collate.merging import Draft, merge_changes, reading
from retold.collate.nearness import views_of
from retold.collate.support import Evidence, Support, evidence_of, support
from retold.collate.views import View
from retold.model import Change, Check, CheckedSentence, Document, Doubt
from retold.text import form, squeeze


def check(text: Document, source: Document, judge: CrossEncoder | None = None) -> Check:
    """Judge each sentence of a text by what its source says, and the text as a whole.

    A sentence that stands in the source word for word is borne out; what the probabilities of the
    others mean is told at :func:`retold.collate.conflict.doubted`. A ``judge`` reads each of them
    beside the sentences of the source that hold most of it, in the order of the source; the text as
    a whole is then doubted as much as the most doubtful of its sentences.
    """
    laid = evidence_of(source)
    literal = f" {form(squeeze(source.article.text))} "
    said = views_of(text)
    found = [support(laid, each) for each in said]
    copied = [f" {form(squeeze(each.text))} " in literal for each in said]
    if judge is None:
        doubts = _doubts(laid, said, found, copied)
        whole = doubted(laid, said, found)
    else:
        doubts = _judged(judge, said, found, copied)
        whole = max(doubts, default=0.0)
    sentences = tuple(
        CheckedSentence(
            sentence.span,
            doubt,
            tuple(pair.a.span for pair in held.pairs if pair.links or judge),
            _changes(source, text, held),
        )
        for sentence, doubt, held in zip(text.sentences, doubts, found, strict=True)
    )
    return Check(
        *(text.article, source.article, whole, sentences),
        judge_file() if judge is None else judge.file,
        Doubt.UNSUPPORTED if judge is None else judge.doubt,
    )


def _doubts(
    laid: Evidence, said: Sequence[View], found: Sequence[Support], copied: Sequence[bool]
) -> list[float]:
    """Return how doubtful each sentence is by our own judge."""
    return [
        0.0 if same else doubted(laid, [each], [held])
        for each, held, same in zip(said, found, copied, strict=True)
    ]


def _judged(
    judge: CrossEncoder, said: Sequence[View], found: Sequence[Support], copied: Sequence[bool]
) -> list[float]:
    """Return the same by a classifier of pairs."""
    pairs = [
        None if same or not held.pairs else (_evidence(held), each.text)
        for each, held, same in zip(said, found, copied, strict=True)
    ]
    doubts = judge.judge(pair for pair in pairs if pair)
    return [doubts[pair] if pair else 0.0 for pair in pairs]


def _evidence(found: Support) -> str:
    """Return the sentences that hold most of another, as the source has them one after another."""
    return " ".join(view.text for view in sorted((p.a for p in found.pairs), key=lambda v: v.span))


def _changes(source: Document, text: Document, found: Support) -> tuple[Change, ...]:
    """Return the typed changes from the nearest sentence of the source."""
    if not found.pairs:
        return ()
    return merge_changes(
        Draft(
            change.kind,
            reading(source, change.a) if change.a else None,
            reading(text, change.b) if change.b else None,
            directed=found.pairs[0].directed,
            probability=change.probability,
            salience=change.salience,
            explanation=change.explanation,
            first=(source.id,),
            second=(text.id,),
        )
        for change in find_changes(found.pairs[0])
    )
