"""Spans that correspond, and the stories that they hold together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retold.model.articles import Span
from retold.model.shared import identify, rounded


class MatchKind(StrEnum):
    """How two spans correspond."""

    VERBATIM = "verbatim"
    NEAR = "near"
    """Light edits."""
    REWRITE = "rewrite"
    """The same content in other words."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One replaced, added or dropped stretch within a match; an empty span where nothing stands."""

    a: Span
    b: Span


@dataclass(frozen=True, slots=True)
class Match:
    """Two spans, in two articles, that correspond. ``a.article < b.article`` always."""

    id: str
    a: Span
    b: Span
    kind: MatchKind
    score: float
    """Verbatim 1; near: share of the words that are equal; rewrite: probability."""
    method: str
    edits: tuple[Edit, ...] = ()


def make_match(
    a: Span, b: Span, kind: MatchKind, score: float, method: str, edits: tuple[Edit, ...] = ()
) -> Match:
    """Build a match with its id, the sides (and those of its edits) in canonical order."""
    if b.article < a.article:
        a, b = b, a
        edits = tuple(Edit(edit.b, edit.a) for edit in edits)
    name = identify("match", kind, *(getattr(s, f) for s in (a, b) for f in s.__slots__))
    return Match(name, a, b, kind, rounded(score), method, edits)


@dataclass(frozen=True, slots=True)
class Merge:
    """Why two articles (with all that already hung together) became one story."""

    id: str
    a: str
    b: str
    score: float
    explanation: str
    matches: tuple[str, ...]
    """Ids of the matches that the merge rests on, strongest first."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another story of the pile that has to do with a story: its follow-up, or one of its kind."""

    story: str
    """Its id."""
    score: float
    """How alike the words of the two are, as the mean over their articles, whatever the days
    between them."""
    divided: bool
    """Whether the two hung together until they were divided, as two events of one kind or as an
    editor ruled."""
    explanation: str


@dataclass(frozen=True, slots=True)
class Story:
    """The articles that tell one event, and what holds them together."""

    id: str
    articles: tuple[str, ...]
    """Ids, sorted."""
    matches: tuple[Match, ...] = ()
    merges: tuple[Merge, ...] = ()
    related: tuple[Related, ...] = ()
    """Those it was divided from first, then the most alike."""
