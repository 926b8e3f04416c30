"""What a version is made of: how much of it was taken from its sources, and in what form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retold.model.matches import MatchKind


class Derivation(StrEnum):
    """METER's classes (Gaizauskas et al. 2001): how far a version derives from its sources."""

    WHOLLY = "wholly-derived"
    """They are the only source of the text."""
    PARTIALLY = "partially-derived"
    """There is something of its own, or from elsewhere, besides."""
    NOT = "not-derived"
    """It was written independently of any other text of the story, as far as that is at hand."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a version and where else it stands; sorted, without overlap."""

    start: int
    end: int
    kind: MatchKind | None
    """None: only here."""
    match: str = ""
    """Id of the match that it rests on; empty where it rests on a claim that both make."""


@dataclass(frozen=True, slots=True)
class MakeUp:
    """What one version took from its sources, by words; the shares sum to 1."""

    article: str
    sources: tuple[str, ...]
    """Its parents in the stemma, sorted: articles and hypothetical ancestors; none for a root."""
    words: int
    """Those counted: outside of asides."""
    verbatim: float
    near: float
    """Copied with light edits."""
    rewritten: float
    """Told in other words."""
    own: float
    """Found in none of the texts that it can have them from."""
    derivation: Derivation
    probability: float
    """Of the class."""
    decided: bool
    """False where the evidence does not decide between the classes."""
    passages: tuple[Passage, ...]
    """The whole text; what is of no kind is its own."""
