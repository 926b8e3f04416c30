"""Feeds of the Harbour Post, a paper of a country that does not exist."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

BASE = "https://harbour-post.example/feeds/news.xml"
PARAGRAPHS = (
    "The ferry between Port Almery and Tarn Hollow stopped in the night to Tuesday, when the "
    "chain that draws it broke in the middle of the Isk. Nobody was hurt, the harbour office said.",
    "Eleven passengers spent two hours on the water before a tug of the Kestrian Waterworks "
    "brought them ashore. One of them, a teacher, said that the crew gave out blankets and soup.",
    "The chain was laid forty years ago and had been inspected in the spring. The harbour master, "
    "Ilse Corran, said that a new one would have to be forged in Brannock, which takes six weeks.",
    "Until then a bus goes over the northern bridge twice an hour. The council of Tarn Hollow "
    "asked for a third bus in the morning, since the school begins before the second one arrives.",
    "The operator lost its licence for a week in the year before last, after the same ferry had "
    "drifted onto a sandbank. An inquiry found then that its engine was as old as its captain.",
    "A spokesman of the ministry said that the inspection of the spring would be looked into. He "
    "did not say who had made it, nor whether other ferries on the river hang on chains so old.",
)


def whole(number: int = 0) -> str:
    """Return the HTML of a whole article."""
    told = "".join(f"<p>{escape(p, quote=False)}</p>" for p in PARAGRAPHS)
    return f"<p>Ferry {number} stands still.</p>{told}"


def item(number: int, body: str = "", teaser: str = "", more: str = "") -> str:
    """Return an item of RSS 2.0."""
    content = f"<content:encoded><![CDATA[{body}]]></content:encoded>" if body else ""
    return (
        f"<item><title>Ferry {number} stops</title>"
        f"<link>https://harbour-post.example/news/{number}</link>"
        f'<guid isPermaLink="false">post-{number}</guid>'
        f"<pubDate>Tue, 03 Jun 2031 {number % 24:02d}:00:00 GMT</pubDate>"
        f"<description>{escape(teaser)}</description>{content}{more}</item>"
    )


def rss(items: Sequence[str], more: str = "", title: str = "Harbour Post") -> bytes:
    """Return a feed of RSS 2.0."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
        f"<channel><title>{title}</title><link>https://harbour-post.example/</link>"
        f"<description>News</description><language>en-gb</language>{more}{''.join(items)}"
        "</channel></rss>"
    ).encode()
