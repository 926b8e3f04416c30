"""A text beside the source that it draws on."""

from __future__ import annotations

from dataclasses import dataclass

from retold.model.apparatus import Change
from retold.model.articles import Article, Span


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence beside what a source says."""

    span: Span
    """In the text that was checked."""
    probability: float
    """That the source does not bear it out: it contradicts the source or goes beyond it."""
    near: tuple[Span, ...]
    """Sentences of the source that hold most of what it says, the nearest first."""
    changes: tuple[Change, ...]
    """From the nearest of them to this."""


@dataclass(frozen=True, slots=True)
class Check:
    """A text beside the source that it draws on."""

    text: Article
    source: Article
    probability: float
    """That the source does not bear out the text as a whole."""
    sentences: tuple[CheckedSentence, ...]
