"""One file of a sitemap: an index, a list of pages, or plain lines. Pure; no entities, no DTD."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from retold.model import Reason
from retold.read import dates
from retold.read import stream as streams
from retold.read.errors import UnreadableError

if TYPE_CHECKING:
    from retold.config import FetchConfig

_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROOTS = {"urlset": False, "sitemapindex": True}
_MOST_ADDRESS = 2_048
"""Characters of an address in a sitemap: what the protocol allows."""
_FIELDS = {"loc": "loc", "lastmod": "modified", "publication_date": "published"}
_OWNERS = {"loc": {"url", "sitemap"}, "lastmod": {"url", "sitemap"}, "publication_date": {"news"}}
"""Where a field counts: pictures and films of a page have addresses and dates as well."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An address that a sitemap names."""

    url: str
    modified: datetime | None = None
    """When it was last changed, in UTC, as the sitemap says."""
    published: datetime | None = None
    """When it was published, in UTC; only sitemaps of news say so."""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one file says."""

    entries: tuple[Entry, ...]
    index: bool = False
    """Whether the entries are sitemaps in turn."""
    more: int = 0
    """How many entries were passed over because there were too many."""
    remark: str = ""
    """Where it is damaged: one sentence on that. What stands before is read."""


def parse(data: bytes, config: FetchConfig) -> Sitemap:
    """Read a file of a sitemap, packed or not.

    Raises:
        UnreadableError: where it is none, too large, or declares a type or entities of its own.
    """
    from retold.config import ReadConfig

    total = streams.Total(lambda: len(data), ReadConfig())
    stream = streams.unpacked(iter([data]), total)
    data = streams.whole(stream, config.max_bytes, "Give one of a smaller part of the site.")
    text = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not text.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return _lines(text, config)
    if _DECLARED.search(data[:65_536]):
        raise UnreadableError(
            Reason.DAMAGED,
            "The sitemap declares a document type or entities, which no sitemap needs. Give the "
            "addresses of its pages instead.",
        )
    return _elements(text, config)


def _lines(data: bytes, config: FetchConfig) -> Sitemap:
    found = [
        Entry(line)
        for line in map(str.strip, data.decode("utf-8", "replace").splitlines())
        if re.match(r"https?://", line, re.IGNORECASE) and len(line) <= _MOST_ADDRESS
    ]
    if not found:
        raise _none()
    return _bounded(found, config, index=False)


@dataclass(slots=True)
class _Reading:
    """What has been read of the elements so far."""

    index: bool | None = None
    entries: list[Entry] = field(default_factory=list)
    more: int = 0


def _elements(data: bytes, config: FetchConfig) -> Sitemap:
    from lxml import etree

    reading, remark = _Reading(), ""
    events = etree.iterparse(
        io.BytesIO(data), events=("start", "end"), resolve_entities=False, load_dtd=False,
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for entry in _entries(events, reading):
            if len(reading.entries) < config.max_sitemap_urls:
                reading.entries.append(entry)
            else:
                reading.more += 1
    except etree.XMLSyntaxError as error:
        if not reading.entries:
            raise _none() from error
        remark = "The sitemap is damaged in the middle; what stands before was read."
    if reading.index is None:
        raise _none()
    return Sitemap(tuple(reading.entries), reading.index, reading.more, remark)


def _entries(events: Any, reading: _Reading) -> Iterator[Entry]:
    """Yield each entry when its element ends; elements that were read are let go."""
    told: dict[str, str] = {}
    path: list[str] = []
    for event, node in events:
        name = _name(node)
        if event == "start":
            if not path:
                reading.index = _ROOTS.get(name)
                if reading.index is None:
                    raise _none()
            path.append(name)
            continue
        path.pop()
        if name in _FIELDS and path and path[-1] in _OWNERS[name]:
            told.setdefault(_FIELDS[name], " ".join((node.text or "").split()))
        if len(path) == 1:
            if 0 < len(told.get("loc", "")) <= _MOST_ADDRESS:
                yield Entry(told["loc"], _moment(told, "modified"), _moment(told, "published"))
            told = {}
            node.clear(keep_tail=False)
            while node.getprevious() is not None:
                del node.getparent()[0]


def _name(node: Any) -> str:
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


def _moment(told: dict[str, str], key: str) -> datetime | None:
    return dates.parse(told.get(key)).moment


def _bounded(found: list[Entry], config: FetchConfig, *, index: bool) -> Sitemap:
    most = config.max_sitemap_urls
    return Sitemap(tuple(found[:most]), index, max(0, len(found) - most))


def _none() -> UnreadableError:
    return UnreadableError(
        Reason.UNKNOWN_FORMAT,
        "It is no sitemap: neither a urlset, nor a sitemapindex, nor lines of addresses. Give the "
        "address of the sitemap itself, or of the site.",
    )
