"""What editors ruled: kept apart from what the machine finds, and honoured by every stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from retold.model.articles import Span


class RulingKind(StrEnum):
    """What a ruling is about."""

    TOGETHER = "together"
    """These articles tell one story."""
    APART = "apart"
    """No article of the one side tells the story of any of the other."""
    NOT_DERIVED = "not-derived"
    """An article did not take its text from another."""
    NOT_SAME = "not-same"
    """Two readings are not of one claim."""
    SPEAKER = "speaker"
    """Who said the words."""
    DATE = "date"
    """When an article was published, or that this is not known."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """One ruling of an editor."""

    kind: RulingKind
    articles: tuple[str, ...] = ()
    """Of ``together`` all, of ``apart`` those of one side, of ``not-derived`` child and parent, of
    ``date`` the one."""
    others: tuple[str, ...] = ()
    """Of ``apart``, the other side."""
    spans: tuple[Span, ...] = ()
    """Of ``not-same`` two readings, of ``speaker`` the words that were said."""
    speaker: str = ""
    published: datetime | None = None
    """Of ``date``; None for unknown."""
    by: str = ""
    """Who ruled."""


@dataclass(frozen=True, slots=True)
class RuledSpeaker:
    """Who said some words, as ruled."""

    span: Span
    """The words, or the most of them."""
    speaker: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class RuledDate:
    """When an article was published, as ruled."""

    article: str
    published: datetime | None
    """None where it is not known."""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Rulings:
    """All rulings that a run is made under; none by default.

    :func:`retold.rulings.settle` makes them of single rulings, of which newer ones go before older
    ones that they contradict. Where ``together`` and ``apart`` contradict each other here,
    ``apart`` goes before, and later pairs before earlier.
    """

    together: tuple[tuple[str, str], ...] = ()
    """Pairs of articles that tell one story; what is together with one thing is together."""
    apart: tuple[tuple[str, str], ...] = ()
    """Pairs of articles that do not."""
    not_derived: tuple[tuple[str, str], ...] = ()
    """Child and parent: the one did not take its text from the other."""
    not_same: tuple[tuple[Span, Span], ...] = ()
    """Pairs of readings that are not of one claim."""
    speakers: tuple[RuledSpeaker, ...] = ()
    """Of two on words of one attribution, the later counts."""
    dates: tuple[RuledDate, ...] = ()
    """Of two on one article, the later counts."""
    overruled: tuple[str, ...] = ()
    """What newer rulings contradict, a sentence each; a run says so among its notices."""

    def __bool__(self) -> bool:
        """Say whether there is any ruling."""
        return bool(
            self.together
            or self.apart
            or self.not_derived
            or self.not_same
            or self.speakers
            or self.dates
        )
