"""Fields of feeds as lines and addresses: whatever was given, what comes out can be shown."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from retold.labels import count
from retold.read.page import fragment_text

MOST_LINE = 2_000
"""Characters of a title or name; longer ones are cut."""
MOST_URL = 8_000


def line(given: object, most: int = MOST_LINE) -> str:
    """Return text on one line of at most ``most`` characters; nothing for what is no text."""
    return " ".join(whole(given)[: 4 * most].split())[:most]


def whole(given: object) -> str:
    """Return text as it is but for halves of surrogate pairs; nothing for what is no text."""
    return given.encode("utf-8", "replace").decode() if isinstance(given, str) else ""


def as_title(given: object) -> str:
    """Return a title, which may be HTML, as a line of text."""
    text = whole(given)[: 4 * MOST_LINE]
    if "<" in text or "&" in text:
        text = fragment_text(text) or text
    return line(text)


def web(given: object, base: str) -> str:
    """Return an address of the web, made absolute; nothing where it is none."""
    text = whole(given).strip()
    if not text or len(text) > MOST_URL:
        return ""
    try:
        found = urljoin(base, text)
        parts = urlsplit(found)
        host = parts.hostname
    except ValueError:
        return ""
    return line(found, MOST_URL) if parts.scheme in {"http", "https"} and host else ""


def beyond(cut: int, kept: int) -> str:
    """Return the remark on entries that are too many."""
    return f"Beyond the first {kept:,}, {count(cut, 'entry', 'entries')} left out."
