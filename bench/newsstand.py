"""A local server of feeds: sites on addresses of this machine, whose articles appear with time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from bench.fiction import Report

SHOWN = 400
"""Entries of a feed: all that it ever had, so that nothing is missed while nobody asks."""


class Site:
    """An outlet with its feed, at an address of its own."""

    def __init__(self, number: int) -> None:
        """Serve at 127.0.1.x; sites with an odd number have teasers in their feed."""
        self.number = number
        self.outlet = f"Outlet {number:02}"
        self.teaser = bool(number % 2)
        self.planned: list[tuple[float, Report]] = []
        self.server = ThreadingHTTPServer((f"127.0.1.{number + 1}", 0), _handler(self))
        self.server.daemon_threads = True
        self.home = "http://{}:{}".format(*self.server.server_address[:2])
        self.began = float("inf")

    @property
    def feed(self) -> str:
        """The address of the feed."""
        return f"{self.home}/feed.xml"

    def address(self, report: Report) -> str:
        """Return the address of an article."""
        return f"{self.home}/articles/{report.number}.html"

    def out(self) -> dict[int, Report]:
        """Return what has appeared by now, by number: of each article the last text."""
        passed = time.monotonic() - self.began
        return {report.number: report for at, report in self.planned if at <= passed}

    def open(self) -> None:
        """Begin to serve; time counts from now."""
        self.planned.sort(key=lambda each: each[0])
        self.began = time.monotonic()
        Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """End."""
        self.server.shutdown()
        self.server.server_close()

    def answer(self, path: str) -> tuple[str, bytes] | None:
        """Return type and body of what stands at a path, or None."""
        found = self.out()
        if path == "/feed.xml":
            return "application/rss+xml", self._rss(list(found.values()))
        name = path.removeprefix("/articles/").removesuffix(".html")
        if name.isdigit() and int(name) in found:
            return "text/html; charset=utf-8", self._page(found[int(name)])
        return None

    def _rss(self, reports: Sequence[Report]) -> bytes:
        entries = "".join(map(self._entry, reversed(reports[-SHOWN:])))
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"'
            ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
            ' xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
            f"<title>{self.outlet}</title><link>{self.home}/</link>{entries}</channel></rss>"
        ).encode()

    def _entry(self, report: Report) -> str:
        body = report.text.split("\n\n")
        told = f"<description>{escape(body[0][:200])}{' (updated)' * report.revision}</description>"
        if not self.teaser:
            markup = escape("".join(f"<p>{escape(each)}</p>" for each in body))
            told += f"<content:encoded>{markup}</content:encoded>"
        return (
            f"<item><title>{escape(report.title)}</title><link>{self.address(report)}</link>"
            f"<guid>{self.address(report)}</guid>"
            f"<pubDate>{format_datetime(report.published)}</pubDate>{told}</item>"
        )

    def _page(self, report: Report) -> bytes:
        body = "".join(f"<p>{escape(each)}</p>" for each in report.text.split("\n\n"))
        return (
            f'<!doctype html><html lang="en"><head><title>{escape(report.title)}</title>'
            f'<meta property="og:site_name" content="{self.outlet}">'
            f'<meta property="article:published_time" content="{report.published.isoformat()}">'
            f"</head><body><article><h1>{escape(report.title)}</h1>{body}</article></body></html>"
        ).encode()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = site.answer(self.path)
            kind, body = found or ("text/plain", b"not here")
            tag = f'"{hash(body):x}"'
            same = found is not None and self.headers.get("If-None-Match") == tag
            self.send_response(304 if same else 200 if found else 404)
            self.send_header("ETag", tag)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", "0" if same else str(len(body)))
            self.end_headers()
            if not same:
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
