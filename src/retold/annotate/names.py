"""Names of people, places and organisations, one entity for all the names of one thing.

The parser's entities are a start only: its kinds are poor on transliterated places, its spans take
in titles, possessives and verbs in headlines, and it misses names. Spans are repaired, kinds are
told from the words around and from the gazetteer, and mentions are joined, first within an article
and then over the whole pile.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retold.annotate.aliases import group_mentions
from retold.annotate.namejoin import join_entities
from retold.annotate.namespans import name_candidates
from retold.model import Document, NameMention

__all__ = ["find_names", "join_names"]


def find_names(
    document: Document, entities: tuple[tuple[int, int, str], ...]
) -> tuple[NameMention, ...]:
    """Find the names of one article; mentions with one ``entity`` name one thing in it.

    ``entities`` are the parser's: start and end in the article's text and its label.
    """
    return group_mentions(document, name_candidates(document, entities))


def join_names(documents: Sequence[Document]) -> list[Document]:
    """Give every name the same entity in all articles of the pile, whatever their order."""
    joined = join_entities(documents)
    return [replace(d, names=names) for d, names in zip(documents, joined, strict=True)]
