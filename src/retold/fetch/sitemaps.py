"""A site's sitemaps, followed from index to index, to the addresses of its pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from retold.engine.base import Progress, silent
from retold.fetch.sitemap import Entry, parse
from retold.fetch.values import Refused
from retold.model import Reason, Rejected
from retold.read.errors import UnreadableError

if TYPE_CHECKING:
    from retold.fetch.client import Client

KINDS = frozenset(
    {
        "text/xml", "application/xml", "text/plain", "application/gzip", "application/x-gzip",
        "application/octet-stream", "binary/octet-stream", "text/html", "application/rss+xml",
    }
)  # fmt: skip
"""Media types that servers give sitemaps; what they are is told by their content."""
_USUAL = "/sitemap.xml"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def pages(
    client: Client, url: str, progress: Progress = silent
) -> tuple[list[Entry], list[Rejected]]:
    """Return the pages that a sitemap leads to, the newest first, and what could not be read.

    Pages without a date come last, in the order of the sitemap. Each address comes once.

    Args:
        client: reads.
        url: of a sitemap, or of a site: then its robots.txt is asked, else ``/sitemap.xml``.
        progress: told how many files have been read.
    """
    found: dict[str, Entry] = {}
    rejected: list[Rejected] = []
    for item in _walk(client, url, progress):
        if isinstance(item, Rejected):
            rejected.append(item)
        elif item.url not in found or _lateness(item) > _lateness(found[item.url]):
            found[item.url] = item
    newest = sorted(found.values(), key=_lateness, reverse=True)
    return newest, rejected


def _lateness(entry: Entry) -> datetime:
    return entry.published or entry.modified or _LONG_AGO


def _walk(client: Client, url: str, progress: Progress) -> Iterator[Entry | Rejected]:
    """Yield the pages of all sitemaps that one leads to, breadth first, newest index first."""
    config = client.config
    starts = _starts(client, url)
    if isinstance(starts, Refused):
        yield starts.rejected()
        return
    waiting = deque((start, 1) for start in starts)
    seen = set(starts)
    done = 0
    while waiting:
        if done == config.max_sitemaps:
            yield Rejected(
                url,
                Reason.TOO_LARGE,
                f"The site has more than {done} sitemaps; {len(waiting)} that were named were not "
                "read. Give the address of one of them.",
            )
            return
        place, depth = waiting.popleft()
        answer = client.get(place, kinds=KINDS)
        done += 1
        progress("sitemaps", done, done + len(waiting))
        if isinstance(answer, Refused):
            yield answer.rejected()
            continue
        try:
            made = parse(answer.body, config)
        except UnreadableError as error:
            yield error.rejected(place)
            continue
        if made.remark:
            yield Rejected(place, Reason.DAMAGED, f"{made.remark} Tell the site, or go on with it.")
        if made.more:
            yield Rejected(
                place,
                Reason.TOO_LARGE,
                f"The sitemap names {made.more:,} addresses more than the protocol allows; they "
                "were not read. Give the addresses that you need.",
            )
        if not made.index:
            yield from made.entries
            continue
        if depth == config.max_sitemap_depth:
            yield Rejected(
                place,
                Reason.LOOP,
                f"It is an index within {depth - 1} indexes, and was not followed. Give its own "
                "address.",
            )
            continue
        for entry in sorted(made.entries, key=_lateness, reverse=True):
            if entry.url not in seen:
                seen.add(entry.url)
                waiting.append((entry.url, depth + 1))


def _starts(client: Client, url: str) -> list[str] | Refused:
    """Return the sitemaps to begin with."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return [url]  # which is refused when it is asked for
    if parts.path.strip("/") or parts.query:
        return [url]
    named = client.sitemaps(url)
    if isinstance(named, Refused):
        return named
    return list(dict.fromkeys(_joined(url, name) for name in named)) or [_joined(url, _USUAL)]


def _joined(base: str, name: str) -> str:
    try:
        return urljoin(base, name)
    except ValueError:
        return name
