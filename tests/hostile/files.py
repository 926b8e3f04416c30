"""One hostile article in every form that is read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

from tests.hostile.attacks import ATTACKS, STORIES, TAKE, Parts
from tests.read.archives import warc

SHORT = {name: attack[:900] for name, attack in ATTACKS.items()}
SITE = "harbour-post.example"
LEAD, FIRST, SECOND, LAST = (line.format(figure=40) for line in STORIES[0])
EVERYTHING = Parts(
    "everything",
    f"{LEAD} {''.join(SHORT.values())[:700]}",
    f"Post {SHORT['script']}",
    f"By {SHORT['handlers']}",
    f"javascript:{TAKE}//",
    (FIRST, *(f"The board, {attack} said." for attack in SHORT.values()), SECOND, LAST),
    f"2031-04-05T10:00:00Z{SHORT['json']}",
)


def whole(text: str) -> bytes:
    """Return text as a file may hold it; what no encoding holds is what a broken writer leaves."""
    return text.encode("utf-8", "surrogatepass")


def page(given: Parts, *, raw: bool) -> bytes:
    """Return a page; ``raw`` as whoever wants to break out would write it."""

    def put(text: str) -> str:
        text = text.replace("\0", "")  # a page that holds one is taken for no text at all
        return text if raw else escape(text)

    told = "".join(f"<p>{put(line)}</p>\n" for line in given.paragraphs)
    return whole(
        f"<!doctype html><html lang='en\"><script>'><head><title>{put(given.title)}</title>"
        f'<link rel="canonical" href="{put(given.url)}">'
        f'<meta property="og:url" content="data:text/html,{put(TAKE)}">'
        f'<meta property="og:site_name" content="{put(given.outlet)}">'
        f'<meta name="author" content="{put(given.byline)}">'
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": '
        f"{json.dumps(given.title)}}}</script></head>"
        f"<body><nav>Home</nav><article><h1>{put(LEAD)}</h1>{told}</article></body></html>"
    )


def record(given: Parts) -> dict[str, str]:
    """Return the fields of a record."""
    return {
        "title": given.title,
        "outlet": given.outlet,
        "byline": given.byline,
        "url": given.url,
        "published": given.published,
        "text": given.text,
    }


def table(given: Parts) -> bytes:
    """Return a table of one row."""
    held = record(given)
    lines = io.StringIO()
    writer = csv.DictWriter(lines, list(held))
    writer.writeheader()
    writer.writerow({name: value.replace("\0", "") for name, value in held.items()})
    return whole(lines.getvalue())


def files(given: Parts) -> Iterator[tuple[str, bytes]]:
    """Yield the names and bytes of files; no two tell quite the same."""

    def told(name: str) -> Parts:
        return replace(given, paragraphs=(f"{FIRST} So a {name} has it.", *given.paragraphs[1:]))

    text = told("text").text.replace("\0", "")  # a file that holds one is none of text
    yield "plain.txt", whole(f"{given.title}\n\nBy {given.byline}\n\n{text}")
    marked = f"---\ntitle: {given.title}\nurl: {given.url}\n---\n"
    yield "front.md", whole(marked + told("note").text.replace("\0", ""))
    yield "raw.html", page(told("page"), raw=True)
    yield "escaped.html", page(told("sound page"), raw=False)
    yield "object.json", json.dumps([record(told("list"))]).encode()
    yield "lines.jsonl", json.dumps(record(told("line"))).encode() + b"\n"
    yield "table.csv", table(told("table"))
    for name, packed in (("crawl.warc", False), ("crawl.warc.gz", True)):
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        sides = [
            {"uri": f"https://{SITE}/{name}/{n}", "payload": head + page(told(name), raw=bool(n))}
            for n in range(2)
        ]
        yield name, warc(*sides, packed=packed)


def written(folder: Path) -> Path:
    """Write the files into a folder, two of them under names that are no text."""
    for name, data in files(EVERYTHING):
        (folder / name).write_bytes(data)
    forged = b"\xff\x1b[31m\n{forged}\xe2\x80\xae"
    for name, data in ((forged + b".txt", whole(FIRST + SECOND)), (forged + b"2.txt", b"")):
        with open(bytes(folder) + b"/" + name, "wb") as stream:  # noqa: PTH123 - a path of bytes
            stream.write(data)
    return folder


# ------------------------------------------------------------------ feeds


def markup(given: Parts) -> str:
    """Return the body of an entry: attacks as a reader would see them, and as they would work."""
    told = "".join(f"<p>{escape(line)}</p>" for line in given.paragraphs)
    raw = "".join(SHORT[name] for name in ("script", "handlers", "svg", "javascript"))
    return told.replace("\0", "") + raw


def rss(given: Parts, entities: str) -> bytes:
    """Return a feed that declares entities of its own."""
    body = markup(given).replace("]]>", "]] >")
    return whole(
        f'<?xml version="1.0"?>{entities}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(given.outlet)}&x;</title><link>javascript:{TAKE}</link>"
        f"<item><title>{escape(given.title)}&x;</title><link>https://{SITE}/rss</link>"
        f"<author>{escape(given.byline)}&x;</author><guid>&x;</guid>"
        f"<description>&x;</description><content:encoded><![CDATA[{body}&x;]]></content:encoded>"
        f"</item><item><title>x</title><link>javascript:{TAKE}</link></item></channel></rss>"
    )


def atom(given: Parts) -> bytes:
    """Return a feed whose entry is XHTML that is not what it says."""
    body = "".join(f"<p>{escape(line)}</p>" for line in given.paragraphs)
    return whole(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="javascript:x/"><title type="html">'
        f"{escape(given.outlet)}</title><entry><id>x</id><title type='html'>{escape(given.title)}"
        f"</title><link href='https://{SITE}/atom'/><author><name>{escape(given.byline)}</name>"
        f"</author><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{body}"
        f"<script>{TAKE}</script></div></content></entry></feed>"
    )


def json_feed(given: Parts) -> bytes:
    """Return a JSON feed."""
    entry = {
        "id": {"x": 1},
        "url": f"https://{SITE}/json",
        "title": given.title,
        "content_html": markup(given),
        "authors": [{"name": given.byline}],
    }
    about = {"version": "https://jsonfeed.org/version/1.1", "title": given.outlet}
    return json.dumps({**about, "items": [entry]}).encode()
