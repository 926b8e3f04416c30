"""A feed's bytes to its entries."""

from __future__ import annotations

import io
import re
from calendar import timegm
from datetime import UTC, datetime
from typing import Any

from retold.config import FeedConfig
from retold.feeds import jsonfeed, xml
from retold.feeds.lines import as_title, beyond, line, web
from retold.feeds.values import Entry, Feed, NoFeed
from retold.labels import short
from retold.read import dates, http
from retold.read.stream import size

_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_ITEMS = frozenset({"item", "entry"})
_PERIODS = {
    "hourly": 3_600.0, "daily": 86_400.0, "weekly": 604_800.0, "monthly": 2_592_000.0,
    "yearly": 31_536_000.0,
}  # fmt: skip
_SPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "atom": "http://www.w3.org/2005/Atom",
}
"""Namespaces that feeds use without declaring them; what else is undeclared is dropped."""


def parse(
    data: bytes, *, url: str, content_type: str = "", config: FeedConfig | None = None
) -> Feed | NoFeed:
    """Read a feed: RSS 0.9x, 1.0 and 2.0, Atom, or JSON Feed.

    Args:
        data: the feed, whole.
        url: where it was found; its relative addresses lead from there.
        content_type: the header of the answer, of which only the encoding counts.
        config: limits.
    """
    config = config or FeedConfig()
    if len(data) > config.max_bytes:
        return NoFeed(
            f"It is larger than {size(config.max_bytes)}, which no feed is. Look for a feed of the"
            " newest articles."
        )
    markup = xml.text(data, http.charset(content_type))
    if not markup.strip("\ufeff\0 \t\r\n"):
        return NoFeed("It is empty. Check the address in a browser.")
    if markup.lstrip("\ufeff \t\r\n").startswith("{"):
        return jsonfeed.parse(markup, url, config)
    root = xml.begins(markup)
    if root == "html":
        return NoFeed(
            "It is a web page, no feed. Look in it for the address of its feed.", page=True
        )
    if not root:
        return NoFeed("It is no XML and no JSON. Check the address in a browser.")
    if root not in _ROOTS:
        return NoFeed(
            f"Its XML begins with {short(root, 40)}, which is no feed. Give the address of an RSS,"
            " Atom or JSON feed."
        )
    tree = xml.tree(markup)
    if tree is None:
        return NoFeed("Its XML is broken from the beginning. Try it later.")
    return _feed(tree, url, _trimmed(tree, config))


def _trimmed(root: Any, config: FeedConfig) -> tuple[str, ...]:
    """Take out of a tree what is too much, and what has no declared name; say what was cut."""
    from lxml import etree

    items = elements = cut = 0
    for container in [root, *(child for child in root if xml.local(child) == "channel")]:
        for child in list(container):
            if xml.local(child) == "channel":
                continue
            elements += sum(1 for _ in child.iter())
            item = xml.local(child) in _ITEMS
            items += item
            if items > config.max_entries or elements > config.max_elements:
                container.remove(child)
                cut += item
    known: set[str] = set()
    for node in list(root.iter()):
        if len(node.attrib) > config.max_attributes:
            node.attrib.clear()
        _declare(node)
        _bound(node, known, config.max_namespaces)
    etree.cleanup_namespaces(root)
    return (beyond(cut, items - cut),) if cut else ()


def _declare(node: Any) -> None:
    """Give a name the namespace that its prefix usually stands for, or drop it."""
    for name in [name for name in node.attrib if ":" in name.rpartition("}")[2]]:
        del node.attrib[name]
    if isinstance(node.tag, str) and ":" in node.tag.rpartition("}")[2]:
        prefix, _, name = node.tag.rpartition("}")[2].partition(":")
        if prefix in _SPACES and ":" not in name:
            node.tag = f"{{{_SPACES[prefix]}}}{name}"
        else:
            _drop(node)


def _bound(node: Any, known: set[str], most: int) -> None:
    """Drop what stands in one namespace too many: the time for each grows with their number."""
    for name in [node.tag, *node.attrib]:
        space = name.rpartition("}")[0] if isinstance(name, str) else ""
        if space not in known and len(known) >= most:
            _drop(node)
            return
        known.add(space)


def _drop(node: Any) -> None:
    if (parent := node.getparent()) is not None:
        parent.remove(node)


def _feed(tree: Any, url: str, remarks: tuple[str, ...]) -> Feed:
    import feedparser
    from lxml import etree

    # a stream: bytes would first be tried as the name of a file
    found = feedparser.parse(
        io.BytesIO(etree.tostring(tree, encoding="utf-8")),
        response_headers={
            "content-location": url,
            "content-type": "application/xml; charset=utf-8",
        },
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    about = found.feed
    language = line(about.get("language", ""))
    return Feed(
        format=found.version or "rss",
        title=as_title(about.get("title", "")),
        site=web(about.get("link", ""), url),
        language=language,
        wait=_wait(about),
        entries=tuple(_entry(entry, url, language) for entry in found.entries),
        remarks=remarks,
    )


def _entry(entry: Any, base: str, language: str) -> Entry:
    link = web(entry.get("link", ""), base)
    bodies = [body for body in entry.get("content", []) if body.get("value", "").strip()]
    body: Any = max(bodies, key=lambda body: len(body["value"]), default={})
    summary = entry.get("summary", "")
    content = body.get("value", "")
    return Entry(
        id=line(entry.get("id", "")) or link,
        url=link,
        title=as_title(entry.get("title", "")),
        author=line(entry.get("author", "")),
        published=_moment(entry, "published") or _moment(entry, "created"),
        updated=_moment(entry, "updated"),
        summary="" if summary == content else _html(entry.get("summary_detail"), summary),
        content=_html(body, content),
        language=line(body.get("language") or entry.get("language") or language or ""),
        source=as_title(entry.get("source", {}).get("title", "")),
    )


def _html(detail: Any, value: str) -> str:
    """Return a construct as HTML; plain text of an Atom feed is escaped."""
    from html import escape

    if detail and detail.get("type") == "text/plain" and "<" in value:
        return escape(value, quote=False)
    return value


def _moment(entry: Any, name: str) -> datetime | None:
    # the mapping of feedparser gives published for a missing updated, with a warning
    written = dict.get(entry, name, "")
    moment = dates.parse(str(written)).moment if written else None
    parsed = dict.get(entry, f"{name}_parsed")
    if moment is None and parsed:
        try:
            moment = datetime.fromtimestamp(timegm(parsed), UTC)
        except (ValueError, OverflowError, OSError):
            return None
    return moment if moment is None or 1900 <= moment.year <= 2200 else None


def _wait(about: Any) -> float | None:
    """Return the seconds that a feed asks to wait, by its ttl (minutes) or its period."""
    ttl = str(about.get("ttl", "")).strip()
    if re.fullmatch(r"\d{1,7}", ttl, re.ASCII) and int(ttl):
        return float(ttl) * 60
    period = _PERIODS.get(str(about.get("sy_updateperiod", "")).strip().casefold())
    if period is None:
        return None
    often = str(about.get("sy_updatefrequency", "")).strip()
    times = int(often) if re.fullmatch(r"\d{1,4}", often, re.ASCII) else 1
    return period / max(1, times)
