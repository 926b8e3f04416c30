"""OPML: lists of feeds, as readers of feeds hand them on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from retold.config import FeedConfig
from retold.errors import InputError
from retold.feeds import xml
from retold.feeds.lines import line, web
from retold.feeds.values import FeedLink
from retold.labels import short
from retold.read.stream import size

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def read(data: bytes, config: FeedConfig | None = None) -> tuple[tuple[FeedLink, ...], int]:
    """Return the feeds of an OPML file, in its order and each once, and how many were left out.

    Left out is what names no address of the web.

    Raises:
        InputError: it is no OPML, or too large.
    """
    config = config or FeedConfig()
    if len(data) > config.max_bytes:
        raise InputError(f"it is larger than {size(config.max_bytes)}; split it")
    markup = xml.text(data)
    if xml.begins(markup) != "opml":
        raise InputError(
            f"it is no OPML (it begins with {short(markup[:40], 40) or 'nothing'}); export the list"
            " of feeds as OPML"
        )
    tree = xml.tree(markup)
    found: dict[str, FeedLink] = {}
    left = seen = 0
    for outline in () if tree is None else tree.iter():
        given = _attribute(outline, "xmlurl")
        if xml.local(outline) != "outline" or not given:
            continue
        seen += 1
        place = web(given, "")
        if not place or seen > config.max_outlines:
            left += 1
            continue
        title = line(_attribute(outline, "title") or _attribute(outline, "text"))
        found.setdefault(place, FeedLink(place, title, _folder(outline)))
    return tuple(found.values()), left


def write(feeds: Iterable[FeedLink], title: str) -> bytes:
    """Return an OPML 2.0 file of the feeds, an outline a folder."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _NO_XML.sub("", title)
    body = etree.SubElement(root, "body")
    folders: dict[str, Any] = {"": body}
    for feed in feeds:
        within = folders[""]
        path = ""
        for name in filter(None, feed.folder.split(" / ")):
            path = f"{path} / {name}" if path else name
            if path not in folders:
                folders[path] = etree.SubElement(within, "outline", text=_NO_XML.sub("", name))
            within = folders[path]
        text = _NO_XML.sub("", feed.title or feed.url)
        etree.SubElement(
            within, "outline", type="rss", text=text, title=text, xmlUrl=_NO_XML.sub("", feed.url)
        )
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _attribute(node: Any, name: str) -> str:
    """Return an attribute, whatever the case of its name."""
    return next((value for key, value in node.attrib.items() if key.casefold() == name), "")


def _folder(outline: Any) -> str:
    names = [
        line(_attribute(above, "text") or _attribute(above, "title"), 200).replace(" / ", "/")
        for above in outline.iterancestors()
        if xml.local(above) == "outline" and not _attribute(above, "xmlurl")
    ]
    return " / ".join(filter(None, reversed(names)))
