"""What was fetched, as articles: read as a file of the same content would be."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from retold.fetch.values import Fetched, Refused
from retold.model import Article, Reason, Rejected
from retold.read import files, http, read
from retold.read import stream as streams
from retold.read.compose import compose
from retold.read.decode import Decoded, decode
from retold.read.errors import UnreadableError
from retold.read.fields import Raw
from retold.read.sniff import HEAD, Format, sniff, suffix
from retold.read.stream import GZIP_MAGIC, ZSTD_MAGIC

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.fetch.client import Client

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_ENDINGS = {
    "application/json": ".json", "application/ld+json": ".json", "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl", "application/jsonlines": ".jsonl", "text/csv": ".csv",
    "text/tab-separated-values": ".tsv", "text/markdown": ".md",
    "application/vnd.apache.parquet": ".parquet", "application/warc": ".warc",
    "application/wacz": ".wacz",
}  # fmt: skip
"""How files of a media type usually end; the types that say what they hold."""
_VAGUE = frozenset(
    {"text/plain", "application/octet-stream", "binary/octet-stream", "application/gzip",
     "application/x-gzip", "application/zip", "application/zstd"}
)  # fmt: skip
KINDS = frozenset({*_HTML, *_ENDINGS, *_VAGUE})
"""Media types that may hold articles."""
_NAMED = frozenset({*_ENDINGS.values(), ".markdown", ".ndjson", ".html", ".htm", ".wacz", ".txt"})
_WIDE = re.compile(r"utf-?(?:16|32)(?:-?[lb]e)?", re.IGNORECASE)
_ONE_SITE = re.compile(r"^(?:www|m|mobile|amp)\.")


def from_url(client: Client, url: str, config: ReadConfig) -> Iterator[Article | Rejected]:
    """Fetch an address and yield its articles, or why there are none."""
    found = client.get(url, kinds=KINDS)
    if isinstance(found, Refused):
        yield found.rejected()
    else:
        yield from articles(found, config)


def articles(
    found: Fetched, config: ReadConfig, published: object = None
) -> Iterator[Article | Rejected]:
    """Yield the articles of an answer: one of a page or a text, many of a file of records.

    The article of a page has the address that the page itself calls its own, where that is of the
    same site; else the one that answered.

    Args:
        found: what came.
        config: languages and limits.
        published: a date that counts where the page has none, in any form.
    """
    try:
        kind, ending = _kind(found)
        if kind is None:
            yield from _records(found, ending, config)
        elif kind is Format.HTML:
            yield _page(found, config, published)
        else:
            yield _text(found, kind, config)
    except UnreadableError as error:
        yield error.rejected(found.url)


def _kind(found: Fetched) -> tuple[Format | None, str]:
    """Return what a whole answer is, None for a file of many, and the ending that fits it."""
    media = http.media_type(found.header("content-type"))
    if not found.body.strip():
        raise UnreadableError(Reason.EMPTY, "The page is empty. Check it in a browser.")
    if media in _HTML:
        return Format.HTML, ""
    named = suffix(urlsplit(found.final_url).path)
    ending = _ENDINGS.get(media, named if named in _NAMED else "")
    if found.body.startswith((GZIP_MAGIC, ZSTD_MAGIC)):
        return None, ending
    first, stream = streams.head(iter([found.body]), HEAD)
    stream, marked = streams.as_utf8(first, stream)
    head = streams.head(stream, HEAD)[0][:HEAD]
    kind, _ = sniff(f"page{ending}", head, marked=bool(marked))
    return kind if kind in {Format.HTML, Format.TEXT, Format.MARKDOWN} else None, ending


def decoded(found: Fetched, config: ReadConfig, *, declared: bool) -> Decoded:
    """Return the text of an answer: by its byte order mark, its header, or its own declaration."""
    data = streams.whole(iter([found.body]), config.max_article_bytes, "Save the article alone.")
    stream, marked = streams.as_utf8(data[:4], iter([data]))
    data = b"".join(stream)
    charset = "" if marked else http.charset(found.header("content-type"))
    if _WIDE.fullmatch(charset):  # plain letters in it would pass for UTF-8 with NULs
        return Decoded(data.decode(charset, "replace"))
    if declared and not charset:
        from retold.read.page import declared_charset

        charset = declared_charset(data)
    return decode(data, charset)


def _page(found: Fetched, config: ReadConfig, published: object) -> Article | Rejected:
    from retold.read.page import read_page

    page = decoded(found, config, declared=True)
    raw = Raw(html=page.text, fetched=found.fetched, remarks=(page.remark,) if page.remark else ())
    raw = read_page(raw, config)
    if raw.published is None and published is not None:
        raw = replace(raw, published=published, published_source="sitemap")
    return compose(replace(raw, url=own_address(found.final_url, raw.url)), found.url, config)


def _text(found: Fetched, kind: Format, config: ReadConfig) -> Article | Rejected:
    text = decoded(found, config, declared=False)
    if "\0" in text.text:
        raise UnreadableError(
            Reason.BINARY, "It holds NUL bytes, which no text does. Check it in a browser."
        )
    raw = files.from_text(text, kind, config)
    raw = replace(raw, url=own_address(found.final_url, raw.url), fetched=found.fetched)
    return compose(raw, found.url, config)


def _records(found: Fetched, ending: str, config: ReadConfig) -> Iterator[Article | Rejected]:
    """Read a file of many from a file, as such files are; each article keeps its own address."""
    with tempfile.TemporaryDirectory(prefix="retold-") as folder:
        path = Path(folder) / f"page{ending}"
        path.write_bytes(found.body)
        for item in read([path], config):
            source = item.source.replace(path.as_posix(), found.url)
            if isinstance(item, Rejected):
                yield replace(item, source=source)
            else:
                yield replace(item, source=source, fetched=item.fetched or found.fetched)


def own_address(final: str, said: str) -> str:
    """Return the address that a page calls its own, where it may be believed; else ``final``.

    A page may speak for its own site only, and the front page is the address of no article.
    """
    try:
        here, there = urlsplit(final), urlsplit(said)
        same = _site(here) == _site(there) != ""
    except ValueError:
        return final
    if not same or there.scheme not in {"http", "https"}:
        return final
    if not (there.path.strip("/") or there.query) and (here.path.strip("/") or here.query):
        return final
    return there._replace(fragment="").geturl()


def _site(parts: SplitResult) -> str:
    port = f":{parts.port}" if parts.port else ""
    return _ONE_SITE.sub("", parts.hostname or "") + port
