"""The feeds that a web page names."""

from __future__ import annotations

from itertools import islice

from retold.feeds import xml
from retold.feeds.lines import line, web
from retold.feeds.values import FeedLink
from retold.read import http
from retold.read.page import declared_charset

_KINDS = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
     "application/json", "text/xml", "application/xml"}
)  # fmt: skip
_MOST_PAGE = 4 << 20
"""Bytes of a page that are looked at: links to feeds stand in its head."""
_MOST_LINKS = 2_000
_MOST_FEEDS = 50


def feeds_of_page(data: bytes, *, url: str, content_type: str = "") -> tuple[FeedLink, ...]:
    """Return the feeds to which a page links as its alternates, in their order, each once.

    Args:
        data: the page, as it came.
        url: where it was found.
        content_type: the header of the answer, of which only the encoding counts.
    """
    from lxml import etree, html

    data = data[:_MOST_PAGE]
    charset = http.charset(content_type) or declared_charset(data)
    markup = xml.text(data, charset).replace("\0", "")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return ()
    bases = islice(tree.iter("base"), 1)
    base = next((web(b.get("href"), url) for b in bases), "") or url
    found: dict[str, FeedLink] = {}
    for link in islice(tree.iter("link"), _MOST_LINKS):
        kind = http.media_type(link.get("type") or "")
        if "alternate" not in (link.get("rel") or "").lower().split() or kind not in _KINDS:
            continue
        place = web(link.get("href"), base)
        if place and len(found) < _MOST_FEEDS:
            found.setdefault(place, FeedLink(place, line(link.get("title"))))
    return tuple(found.values())
