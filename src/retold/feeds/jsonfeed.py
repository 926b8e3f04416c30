"""JSON Feed, versions 1.0 and 1.1."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Any

from retold.config import FeedConfig
from retold.feeds.lines import as_title, beyond, line, web, whole
from retold.feeds.values import Entry, Feed, NoFeed
from retold.read import dates

_VERSION = "jsonfeed.org/version/1"


def parse(markup: str, url: str, config: FeedConfig) -> Feed | NoFeed:
    """Read a JSON Feed; see :func:`retold.feeds.parse`."""
    try:
        found = json.loads(markup.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return NoFeed("Its JSON is broken. Try it later.")
    if not isinstance(found, dict) or _VERSION not in str(found.get("version", "")):
        return NoFeed(
            "It is JSON, but no JSON Feed of version 1. Give the address of an RSS, Atom or JSON"
            " feed."
        )
    items = found.get("items")
    items = items if isinstance(items, list) else []
    authors, language = _authors(found), line(found.get("language"))
    kept = [item for item in items[: config.max_entries] if isinstance(item, dict)]
    cut = len(items) - len(items[: config.max_entries])
    return Feed(
        format="json1",
        title=line(found.get("title")),
        site=web(found.get("home_page_url"), url),
        language=language,
        entries=tuple(_entry(item, url, authors, language) for item in kept),
        remarks=(beyond(cut, len(kept)),) if cut else (),
    )


def _entry(item: dict[str, Any], base: str, authors: str, language: str) -> Entry:
    link = web(item.get("url"), base) or web(item.get("external_url"), base)
    number = item.get("id")
    named = str(number) if isinstance(number, int | float) else line(number)
    return Entry(
        id=named or link,
        url=link,
        title=as_title(item.get("title")),
        author=_authors(item) or authors,
        published=_moment(item.get("date_published")),
        updated=_moment(item.get("date_modified")),
        summary=_plain(item.get("summary")),
        content=whole(item.get("content_html")) or _plain(item.get("content_text")),
        language=line(item.get("language")) or language,
    )


def _authors(thing: dict[str, Any]) -> str:
    """Return the names of ``authors`` (1.1) or of ``author`` (1.0)."""
    several = thing.get("authors")
    people: Iterable[Any] = several[:20] if isinstance(several, list) else [thing.get("author")]
    return ", ".join(
        filter(None, (line(person.get("name")) for person in people if isinstance(person, dict)))
    )


def _moment(value: object) -> datetime | None:
    return dates.parse(value).moment if isinstance(value, str) else None


def _plain(value: object) -> str:
    """Return plain text as HTML, an element a paragraph."""
    return "".join(
        f"<p>{escape(paragraph, quote=False)}</p>"
        for paragraph in whole(value).split("\n")
        if paragraph.strip()
    )
