"""Annotate: a document is an article with its sentences, names, figures and attributions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from retold.annotate.asides import find_asides
from retold.annotate.attributions import find_attributions
from retold.annotate.credits import find_credits, join_credits
from retold.annotate.dates import find_dates
from retold.annotate.figures import find_figures
from retold.annotate.gazetteer import gazetteer_file
from retold.annotate.names import find_names, join_names
from retold.annotate.parse import parse, parser_file, place, sentence_spans
from retold.annotate.ruled import idle, speak
from retold.engine import Processes, Progress, silent
from retold.model import Article, Document, ModelFile

__all__ = ["annotate", "annotate_batch", "idle", "models", "notices", "sentences", "speak"]

BATCH = 16
"""Articles handed to the engine at once."""


def annotate(
    articles: Sequence[Article],
    engine: Processes | None = None,
    progress: Progress = silent,
    known: Mapping[str, Document] | None = None,
) -> list[Document]:
    """Annotate every article, in their order; names and credits are joined over the pile.

    ``known`` has, by id, documents as :func:`annotate_batch` made them: these are not made anew.
    """
    engine = engine or Processes()
    known = known or {}
    unknown = [article for article in articles if article.id not in known]
    batches = [tuple(unknown[i : i + BATCH]) for i in range(0, len(unknown), BATCH)]
    made = []
    progress("annotate", 0, len(unknown))
    for batch in engine.map(annotate_batch, batches):
        made.extend(batch)
        progress("annotate", len(made), len(unknown))
    found = {document.id: document for document in chain(known.values(), made)}
    return join_credits(join_names([found[article.id] for article in articles]))


def annotate_batch(articles: tuple[Article, ...]) -> list[Document]:
    """Annotate a few articles in this process; names are joined within each article only."""
    spans = {a.id: sentence_spans(a.text) for a in articles}
    parsed = parse([a.text[s:e] for a in articles for s, e, _ in spans[a.id]])
    documents = []
    for article in articles:
        sentences, tokens, entities = place(article, spans[article.id], parsed)
        document = Document(article, sentences, tokens)
        document = replace(document, names=find_names(document, entities))
        document = replace(document, figures=find_figures(document), dates=find_dates(document))
        document = replace(document, attributions=find_attributions(document))
        documents.append(
            replace(document, credits=find_credits(document), asides=find_asides(document))
        )
    return documents


def sentences(articles: Sequence[Article]) -> list[str]:
    """Return the words of every sentence of ``articles``, as they will be annotated."""
    return [a.text[start:end] for a in articles for start, end, _ in sentence_spans(a.text)]


def models() -> tuple[ModelFile, ...]:
    """The model files and tables that annotations rest on."""
    return (gazetteer_file(), parser_file())


def notices() -> tuple[str, ...]:
    """What the user should know of how annotation went."""
    return ()
