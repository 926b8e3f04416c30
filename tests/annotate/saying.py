"""Attributions of invented articles, for the tests of who said what."""

from retold.annotate.attributions import find_attributions
from retold.annotate.names import find_names
from retold.annotate.parse import parse, place, sentence_spans
from retold.model import Article, Document, Speech, article_id

PEOPLE = "Interior Minister Teodora Vance met Osric Halloran, the chief engineer of the dam. "
"""A lead that names two people; what follows it can call them by less than their names."""


def documents(*texts):
    """Annotate texts as far as attributions need it; they are parsed together."""
    articles = [Article(article_id(text), text) for text in texts]
    spans = {a.id: sentence_spans(a.text) for a in articles}
    parsed = parse([a.text[s:e] for a in articles for s, e, _ in spans[a.id]])
    for article in articles:
        sentences, tokens, entities = place(article, spans[article.id], parsed)
        document = Document(article, sentences, tokens)
        yield Document(article, sentences, tokens, names=find_names(document, entities))


def said(text, *kinds):
    """(content pieces, cue, source, speaker) of each attribution of the given kinds."""
    (document,) = documents(text)
    return [
        (
            [document.text_of(s) for s in a.content],
            a.cue and document.text_of(a.cue),
            a.source and document.text_of(a.source),
            a.speaker,
        )
        for a in find_attributions(document)
        if a.speech in (kinds or (Speech.DIRECT,))
    ]


def found(text, lead=PEOPLE):
    """The attributions of a text that follows on two people, and a reader of spans."""
    (document,) = documents(f"{lead}\n\n{text}")
    return find_attributions(document), document.text_of
