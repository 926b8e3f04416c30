"""A text laid beside the one that it draws on, sentence by sentence: what is not borne out."""

from __future__ import annotations

from retold.collate.changes import find_changes
from retold.collate.conflict import doubted
from retold.collate.merging import Draft, merge_changes, reading
from retold.collate.nearness import views_of
from retold.collate.support import Support, evidence_of, support
from retold.model import Change, Check, CheckedSentence, Document
from retold.text import form, squeeze


def check(text: Document, source: Document) -> Check:
    """Judge each sentence of a text by what its source says, and the text as a whole.

    A sentence that stands in the source word for word is borne out; what the probabilities of the
    others mean is told at :func:`retold.collate.conflict.doubted`.
    """
    laid = evidence_of(source)
    literal = f" {form(squeeze(source.article.text))} "
    said = views_of(text)
    found = [support(laid, each) for each in said]
    sentences = tuple(
        CheckedSentence(
            sentence.span,
            0.0 if f" {form(squeeze(each.text))} " in literal else doubted(laid, [each], [held]),
            tuple(pair.a.span for pair in held.pairs if pair.links),
            _changes(source, text, held),
        )
        for sentence, each, held in zip(text.sentences, said, found, strict=True)
    )
    return Check(text.article, source.article, doubted(laid, said, found), sentences)


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
