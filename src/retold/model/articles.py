"""What is read: articles, spans of their text, and what was left out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why an input, or a part of one, was left out."""

    MISSING = "missing"
    NO_PERMISSION = "no-permission"
    EMPTY = "empty"
    BINARY = "binary"
    TOO_LARGE = "too-large"
    UNKNOWN_FORMAT = "unknown-format"
    DAMAGED = "damaged"
    BAD_RECORD = "bad-record"
    NO_TEXT_FIELD = "no-text-field"
    FURNITURE_ONLY = "furniture-only"
    LANGUAGE = "language"
    DUPLICATE = "duplicate"
    LOOP = "loop"
    FORBIDDEN_ADDRESS = "forbidden-address"
    ROBOTS = "robots"
    FETCH_FAILED = "fetch-failed"


@dataclass(frozen=True, slots=True, order=True)
class Rejected:
    """An input that was left out. Nothing is ever dropped in silence."""

    source: str
    """The path (and, within it, the record: ``file.jsonl:12``) that was left out."""
    reason: Reason
    detail: str
    """What was found and what the user can do about it, as one sentence or two."""


class CutKind(StrEnum):
    """What sort of site furniture was cut from a page."""

    COMMENT_FORM = "comment-form"
    THEME_ADVERT = "theme-advert"
    READ_ALSO = "read-also"
    SHARE_BAR = "share-bar"
    SUBSCRIPTION = "subscription"
    NAVIGATION = "navigation"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of site furniture that was taken out of the text."""

    kind: CutKind
    text: str
    """The words that were cut, whole."""


@dataclass(frozen=True, slots=True)
class Article:
    """One published text: its main text, without page furniture."""

    id: str
    """``sha256:`` and 24 hex digits over text, title, outlet, url, byline and publication time."""
    text: str
    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    language: str = ""
    """ISO 639-1 code, as detected or given."""
    published: datetime | None = None
    """In UTC; None where no date was found."""
    published_source: str = ""
    """Where ``published`` comes from: a field name, ``html-metadata``, ``given``, or empty."""
    fetched: datetime | None = None
    extractor: str = ""
    """The reader that made the text, with its version."""
    source: str = ""
    """The path and record that the article was read from."""
    cuts: tuple[Cut, ...] = ()
    remarks: tuple[str, ...] = ()
    """What the reader had to assume (an encoding that was detected, say), one sentence each."""


def article_id(
    text: str,
    title: str = "",
    outlet: str = "",
    url: str = "",
    byline: str = "",
    published: datetime | None = None,
) -> str:
    """Return the content-addressed id of an article with these fields."""
    parts = (text, title, outlet, url, byline, published.isoformat() if published else "")
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return f"sha256:{hashlib.sha256(joined).hexdigest()[:24]}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one article's text, half-open, in code points."""

    article: str
    start: int
    end: int

    def overlap(self, other: Span) -> int:
        """Return how many characters both spans cover; 0 in different articles."""
        if self.article != other.article:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def contains(self, other: Span) -> bool:
        """Say whether ``other`` lies wholly inside this span."""
        return self.article == other.article and self.start <= other.start and other.end <= self.end
