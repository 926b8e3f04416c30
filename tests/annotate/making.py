"""Documents for the tests of this room."""

from dataclasses import replace
from datetime import UTC, datetime

from retold.annotate.figures import find_figures
from retold.annotate.names import find_names
from retold.annotate.parse import parse, place, sentence_spans
from retold.model import Article, Document, article_id


def bare(text, published=None):
    """Return a document without sentences and tokens."""
    when = datetime(*published, tzinfo=UTC) if published else None
    return Document(Article(article_id(text, published=when), text, published=when))


def parsed(text, published=None):
    """Return a document with sentences, tokens and the names of the article."""
    document = bare(text, published)
    spans = sentence_spans(text)
    sentences, tokens, entities = place(
        document.article, spans, parse([text[s:e] for s, e, _ in spans])
    )
    document = replace(document, sentences=sentences, tokens=tokens)
    return replace(document, names=find_names(document, entities))


def figures(text, published=None):
    """Return the figures of a text as (words, low, high, unit, counted, hedge)."""
    document = parsed(text, published)
    return [
        (document.text_of(f.span), f.low, f.high, f.unit, f.counted, str(f.hedge))
        for f in find_figures(document)
    ]


def entities(document):
    """Return the names of a document as (words, kind, entity)."""
    return [(document.text_of(n.span), str(n.kind), n.entity) for n in document.names]
