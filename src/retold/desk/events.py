"""What is told of each thing that a watch does."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What came of asking a feed or reading a page."""

    NEW = "new"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    GONE = "gone"
    LATER = "later"
    """A page that is tried again."""
    HELD = "held"
    """The site is to be asked more seldom: all that is due of it waits."""
    LEFT_OUT = "left-out"
    """A page without an article, or with another text than that of which it is."""


@dataclass(frozen=True, slots=True)
class Event:
    """One feed that was asked, or one entry whose text was had; nothing of any text."""

    what: str
    """``feed``, ``page``, ``look`` where a page was asked again, or ``entry`` where the feed's own
    text was taken."""
    url: str
    outcome: Outcome
    detail: str = ""
    """Why, in a sentence, where it was not read."""
    seconds: float = 0.0
    entries: int = 0
    """Entries of a feed that are new or have changed."""
    articles: int = 0
    """Articles that are new to the desk."""
    revised: int = 0
