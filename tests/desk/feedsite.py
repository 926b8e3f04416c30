"""A site of feeds and pages on loopback, under names that never leave here, and its watching."""

from __future__ import annotations

import threading
from collections.abc import Callable
from html import escape

from retold.config import FeedConfig
from retold.desk import Desk
from retold.desk.events import Event
from retold.desk.values import ArticleRow
from retold.desk.watch import Round
from tests.feeds.fiction import PARAGRAPHS
from tests.fetch.site import QUICK, Request, Site, answer

HOST = "harbour-post.example"
FEED = f"https://{HOST}/feed".replace("https", "http")
SOON = FeedConfig(workers=4, grace=2.0, page_wait=0.05, every=0.05, least=0.05, jitter=0.0)
"""Waits of a moment, where others are of minutes."""


TEASER = "The ferry stopped in the night …"


def only(desk: Desk) -> ArticleRow:
    """Return the one article of a desk."""
    (row,) = desk.articles().items
    return row


def listed(desk: Desk) -> list[str]:
    """Return the addresses of a desk's articles."""
    return sorted(row.url for row in desk.articles().items)


def page(number: int, more: str = "", head: str = "") -> bytes:
    """Return the page of an article."""
    told = "".join(f"<p>{escape(p, quote=False)}</p>" for p in (*PARAGRAPHS, *filter(None, [more])))
    return answer(
        f"<!doctype html><html><head><title>Ferry {number} stops | Harbour Post</title>{head}"
        '<meta property="og:site_name" content="Harbour Post"></head><body><article>'
        f"<h1>Ferry {number} stops</h1><p>Ferry {number} stands still.</p>{told}</article></body>"
        "</html>".encode(),
        kind="text/html; charset=utf-8",
    )


def feed(body: bytes, **headers: str) -> bytes:
    """Return a feed as an answer."""
    return answer(body, kind="application/rss+xml", **headers)


def tagged(body: bytes, tag: str) -> Callable[[Request], bytes]:
    """Return what answers with a feed, or that it is unchanged to whom has it."""

    def give(request: Request) -> bytes:
        if request.headers.get("if-none-match") == tag:
            return answer(b"", "304 Not Modified", ETag=tag)
        return feed(body, ETag=tag)

    return give


def watch(
    desk: Desk,
    site: Site,
    *,
    now: bool = True,
    config: FeedConfig = FeedConfig(workers=4, grace=2.0),  # noqa: B008 - it is frozen
    stop: threading.Event | None = None,
    log: Callable[[Event], None] = lambda event: None,
) -> Round:
    """Ask all feeds once; return what came of it."""
    rounds = list(
        desk.watch(
            lambda sleep: site.client(QUICK, sleep=sleep),
            config,
            once=True,
            now=now,
            work=False,
            stop=stop,
            log=log,
        )
    )
    return Round(
        asked=sum(r.asked for r in rounds),
        new=sum(r.new for r in rounds),
        failed=sum(r.failed for r in rounds),
        pages=sum(r.pages for r in rounds),
        looks=sum(r.looks for r in rounds),
        articles=sum(r.articles for r in rounds),
        revised=sum(r.revised for r in rounds),
        next=rounds[-1].next if rounds else None,
    )
