"""What a feed says, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    id: str
    """By which the feed knows it again: its guid or id, else its address, else nothing."""
    url: str = ""
    """The page of the entry, http or https; nothing where the feed names none."""
    title: str = ""
    """One line of text."""
    author: str = ""
    published: datetime | None = None
    """In UTC, as all times."""
    updated: datetime | None = None
    summary: str = ""
    """HTML, as it came."""
    content: str = ""
    """HTML, as it came: what the feed itself calls the content."""
    language: str = ""
    """As the feed writes it."""
    source: str = ""
    """The title of the feed that the entry was taken from, where an aggregator says so."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and its entries, in its order."""

    format: str
    """``rss20``, ``atom10``, ``json1`` and the like."""
    title: str = ""
    site: str = ""
    """The page that the feed belongs to."""
    language: str = ""
    wait: float | None = None
    """Seconds that the feed itself asks to wait (``ttl``, ``sy:updatePeriod``)."""
    entries: tuple[Entry, ...] = ()
    remarks: tuple[str, ...] = ()
    """What was cut or mended, one sentence each."""


@dataclass(frozen=True, slots=True)
class NoFeed:
    """What was read is no feed."""

    detail: str
    """What it is and what can be done, as one sentence or two."""
    page: bool = False
    """Whether it is a web page, which may name feeds."""


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page or an OPML file names."""

    url: str
    title: str = ""
    folder: str = ""
    """The headings of an OPML file above it, outermost first, joined by " / "."""
