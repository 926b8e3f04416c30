"""What a caller names, as articles: files as everywhere, addresses fetched, sitemaps followed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from retold.engine.base import Progress, silent
from retold.fetch import is_url, pages, sitemaps
from retold.fetch.values import Fetched, Refused
from retold.model import Article, Reason, Rejected
from retold.read import read

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.fetch.client import Client
    from retold.fetch.sitemap import Entry

Stored = Callable[[Sequence[str]], Mapping[str, datetime | None]]
"""From addresses to those of which a text is stored or that were read, with when that last was."""


def gather(
    sources: Sequence[str],
    client: Client | None,
    config: ReadConfig,
    *,
    sitemap: bool = False,
    most: int = 0,
    stored: Stored = lambda urls: dict.fromkeys(urls[:0]),
    fetched: Callable[[Fetched], None] = lambda found: None,  # noqa: ARG005 - nothing is kept
    progress: Progress = silent,
) -> Iterator[Article | Rejected]:
    """Yield each article as it comes, and a line for each input that was left out.

    Args:
        sources: files and folders, and addresses.
        client: reads the web; needed where an address is among the sources.
        config: languages and limits.
        sitemap: whether the addresses are those of sites and sitemaps, not of pages.
        most: pages of each sitemap that are fetched, the newest first; 0 for all.
        stored: says which pages of a sitemap need not be fetched again.
        fetched: told of each answer, for what else it holds.
        progress: told how far it is.
    """
    paths = [source for source in sources if not is_url(source)]
    urls = list(dict.fromkeys(source for source in sources if is_url(source)))
    if paths:
        yield from read(paths, config, progress)
    if client is None:
        return
    wanted: dict[str, datetime | None] = dict.fromkeys(() if sitemap else urls)
    for url in urls if sitemap else ():
        entries, rejected = sitemaps.pages(client, url, progress)
        yield from rejected
        chosen, rejected = _chosen(url, entries, most, stored)
        yield from rejected
        for entry in chosen:
            wanted.setdefault(entry.url, entry.published)
    for done, (url, published) in enumerate(wanted.items()):
        progress("pages", done, len(wanted))
        found = client.get(url, kinds=pages.KINDS)
        if isinstance(found, Refused):
            yield found.rejected()
        else:
            yield from pages.articles(found, config, published)
            fetched(found)
    if wanted:
        progress("pages", len(wanted), len(wanted))


def _chosen(
    url: str, entries: Sequence[Entry], most: int, stored: Stored
) -> tuple[list[Entry], list[Rejected]]:
    """Return the pages of a sitemap that are to be fetched, and a line on each sort of the rest."""
    here = stored([entry.url for entry in entries])
    fresh = [entry for entry in entries if not _kept(entry, here)]
    rejected = []
    if len(fresh) < len(entries):
        rejected.append(
            Rejected(
                url,
                Reason.DUPLICATE,
                f"{len(entries) - len(fresh):,} of its pages were read already and are not said "
                "to have changed since. Give the address of a page itself to fetch it again.",
            )
        )
    if most and len(fresh) > most:
        rejected.append(
            Rejected(
                url,
                Reason.TOO_LARGE,
                f"It names {len(fresh):,} pages, of which the {most:,} newest were fetched. Give "
                "--limit to have more of them, or add it again to go on.",
            )
        )
        fresh = fresh[:most]
    return fresh, rejected


def _kept(entry: Entry, stored: Mapping[str, datetime | None]) -> bool:
    """Say whether a page was read since the sitemap says that it changed."""
    if entry.url not in stored:
        return False
    fetched = stored[entry.url]
    if entry.modified is None or fetched is None:
        return True
    whole_day = entry.modified.time() == time()
    return fetched >= entry.modified + (timedelta(days=1) if whole_day else timedelta())
