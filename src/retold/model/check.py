"""A text beside the source that it draws on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retold.model.apparatus import Change
from retold.model.articles import Article, Span
from retold.model.dossier import ModelFile


class Doubt(StrEnum):
    """What a judge's probabilities are of."""

    UNSUPPORTED = "unsupported"
    """The source contradicts the text or does not bear it out."""
    CONTRADICTED = "contradicted"
    """The source contradicts the text; what the source does not say does not count."""


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence beside what a source says."""

    span: Span
    """In the text that was checked."""
    probability: float
    """That the check's ``doubt`` holds of it."""
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
    """The same of the text as a whole."""
    sentences: tuple[CheckedSentence, ...]
    judge: ModelFile
    """Which model judged."""
    doubt: Doubt
    """What the probabilities are of."""
