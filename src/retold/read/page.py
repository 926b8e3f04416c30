"""A web page to the text of its article, with what its metadata say. Needs trafilatura."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from retold.model import Reason
from retold.read import furniture
from retold.read.errors import UnreadableError
from retold.read.fields import as_line
from retold.read.stream import size

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.model import Cut
    from retold.read.fields import Raw

_BULK = re.compile(
    r"<(?P<tag>script|style|svg|noscript|template|iframe|object|canvas)\b(?P<rest>[^<>]{0,4000}>)",
    re.IGNORECASE,
)
_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_DATA_URL = re.compile(r"data:[\w/+.;=-]{0,100},[^\s\"'<>)]*", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "button", "center", "dd", "div",
        "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "label", "legend", "li", "main", "nav", "ol", "option", "p",
        "pre", "section", "table", "td", "th", "tr", "ul", "br",
    ]
)  # fmt: skip
_SILENT = frozenset(
    [
        "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "textarea",
        "select", "canvas",
    ]
)  # fmt: skip
_MOST_NODES = 300_000
"""Elements of a page that are looked at at most."""
_MOST_CUTS = 60
_ARTICLE_TYPES = re.compile(r"article|posting|report|webpage", re.IGNORECASE)


def declared_charset(data: bytes) -> str:
    """Return the encoding that a page's head declares; empty where it declares none."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else ""


def read_page(raw: Raw, config: ReadConfig) -> Raw:
    """Return the fields of a page: what ``raw`` has already stays, the rest comes from the page.

    The text is empty where the page has no article. Furniture outside of the text that can be told
    is listed in ``cuts``.

    Raises:
        UnreadableError: where the page is too large.
    """
    markup, linked = _slim(raw.html)
    if len(markup) > config.max_page_bytes:
        raise UnreadableError(
            Reason.TOO_LARGE,
            f"The page is larger than {size(config.max_page_bytes)} even without its scripts. "
            "Save the article alone, or copy its text into a .txt file.",
        )
    tree = elements(markup)
    if tree is None:
        return raw
    blocks = list(_leaves(tree))
    meta = _metadata(tree, linked)
    text, found, extractor = "", dict[str, str](), ""
    if sum(1 for _ in tree.iter()) <= config.max_page_elements:
        text, found, extractor = _extract(markup, raw.url or meta.get("url", ""))
    remarks: tuple[str, ...] = ()
    if not text:
        text = _prose(blocks)
        extractor = "retold-page"
        if text:
            remarks = (
                "No article was marked in the page; its paragraphs of sentences were taken.",
            )
    kept = frozenset(" ".join(p.split()) for p in text.split("\n"))
    cuts: tuple[Cut, ...] = furniture.furniture_among(blocks, kept, _MOST_CUTS)
    outlet = raw.outlet or meta.get("outlet") or found.get("outlet", "")
    title = raw.title or _without_outlet(meta.get("title") or found.get("title", ""), outlet)
    published, origin = raw.published, raw.published_source
    if published is None and (value := meta.get("published") or found.get("published")):
        published, origin = value, "html-metadata"
    return replace(
        raw,
        text=text,
        title=title,
        outlet=outlet,
        byline=raw.byline or meta.get("byline") or found.get("byline", ""),
        url=raw.url or meta.get("url") or found.get("url", ""),
        published=published,
        published_source=origin,
        extractor=extractor,
        cuts=(*raw.cuts, *cuts),
        remarks=(*raw.remarks, *remarks),
    )


def _without_outlet(title: str, outlet: str) -> str:
    """Take the outlet's name off the end of a page's title ("... | Tarn Post")."""
    low, name = title.casefold(), outlet.casefold()
    if not name or not low.endswith(name):
        return title
    head = title[: len(title) - len(outlet)].rstrip()
    return head[:-1].rstrip() if head.endswith(("|", "-", "–", "—", "·", "•", ":")) else title


def fragment_text(markup: str) -> str:
    """Return the text of a piece of HTML, a paragraph a block; nothing is judged."""
    tree = elements(_slim(markup)[0])
    return "" if tree is None else "\n\n".join(_leaves(tree))


def _slim(markup: str) -> tuple[str, list[str]]:
    """Take out what holds no text, in one pass; return the rest and the scripts of linked data."""
    parts: list[str] = []
    linked: list[str] = []
    place = 0
    unclosed: set[str] = set()  # searched for once only: a page of open tags must not be quadratic
    low = markup.translate(_ASCII_LOWER)
    while match := _BULK.search(markup, place):
        parts.append(markup[place : match.start()])
        tag = match["tag"].casefold()
        end = -1 if tag in unclosed else low.find(f"</{tag}", match.end())
        if match["rest"].rstrip().endswith("/>") and tag in {"svg", "object", "canvas"}:
            end = match.end()
        if end < 0:
            # never closed: the tag alone goes, so that no article is lost with it
            unclosed.add(tag)
            place = match.end()
            continue
        if tag == "script" and "ld+json" in match["rest"] and end - match.end() < 1_000_000:
            linked.append(markup[match.end() : end])
        if tag == "noscript" and end - match.end() > 2_000:
            parts.append(markup[match.end() : end])
        close = markup.find(">", end)
        place = end if end == match.end() else (close + 1 if close >= 0 else len(markup))
    parts.append(markup[place:])
    return _DATA_URL.sub("", "".join(parts)), linked


def elements(markup: str) -> Any | None:
    """Return the elements of a page; None where there are none."""
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, recover=True
    )
    data = markup.replace("\0", "").encode("utf-8", "replace")
    try:
        return html.document_fromstring(data, parser=parser) if data.strip() else None
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _leaves(tree: Any) -> Iterator[str]:
    """Yield the words of each innermost block, in order, without recursion."""
    words: list[str] = []
    silent = 0
    from lxml import etree

    def flush() -> Iterator[str]:
        text = " ".join("".join(words).split())
        words.clear()
        if text:
            yield text

    for number, (event, node) in enumerate(etree.iterwalk(tree, events=("start", "end"))):
        if number > 2 * _MOST_NODES:
            break
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if tag in _BLOCKS:
                yield from flush()
            silent += tag in _SILENT
            if not silent and node.text and tag:
                words.append(node.text)
        else:
            silent -= tag in _SILENT
            if tag in _BLOCKS:
                yield from flush()
            if not silent and node.tail:
                words.append(node.tail)
    yield from flush()


def _prose(blocks: list[str]) -> str:
    """Return the paragraphs of sentences of a page in which no article was found."""
    taken = [b for b in blocks if furniture.is_prose(b) and furniture.kind_of(b) is None]
    return "\n\n".join(dict.fromkeys(taken))


@cache
def _trafilatura_version() -> str:
    from importlib.metadata import version

    return f"trafilatura {version('trafilatura')}"


def _extract(markup: str, url: str) -> tuple[str, dict[str, str], str]:
    """Return text, metadata and the extractor's name; empty where trafilatura finds no article."""
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found: Any = bare_extraction(
            markup,
            url=url or None,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception:  # noqa: BLE001 - hostile pages must not stop a run, whatever they break
        found = None
    if found is None:
        return "", {}, ""
    fields = {
        "title": found.title, "byline": found.author, "outlet": found.sitename,
        "url": found.url, "published": found.date,
    }  # fmt: skip
    named = {key: str(value) for key, value in fields.items() if value}
    if "byline" in named:
        named["byline"] = named["byline"].replace("; ", ", ")
    return (found.text or "").strip(), named, _trafilatura_version()


def _metadata(tree: Any, linked: list[str]) -> dict[str, str]:
    """Return what linked data (schema.org) and meta tags (Open Graph, Dublin Core) say."""
    found: dict[str, str] = {}
    for script in linked:
        try:
            value = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for thing in _things(value):
            for field, key in (
                ("title", "headline"), ("published", "datePublished"), ("byline", "author"),
                ("outlet", "publisher"), ("url", "mainEntityOfPage"),
            ):  # fmt: skip
                said = thing.get(key)
                if field == "url":
                    said = said.get("@id", "") if isinstance(said, dict) else said
                    said = said if isinstance(said, str) and said.startswith("http") else ""
                line = as_line(said)
                if line and field not in found and len(line) < 1000:
                    found[field] = line
    for field, names in _META.items():
        for name in names:
            if field in found:
                break
            hits = tree.xpath("//meta[@property=$n or @name=$n or @itemprop=$n]/@content", n=name)
            line = next((as_line(str(h)) for h in hits if str(h).strip()), "")
            if line and len(line) < 1000 and not (field == "byline" and "://" in line):
                found[field] = line
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    if canonical and str(canonical[0]).startswith("http"):
        found["url"] = str(canonical[0]).strip()
    if "published" not in found:
        times = tree.xpath("//time[@itemprop='datePublished' or @pubdate]/@datetime")
        if times:
            found["published"] = str(times[0])
    return found


_META: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "headline", "dc.title", "DC.title", "twitter:title"),
    "published": (
        "article:published_time", "datePublished", "og:article:published_time", "dc.date.issued",
        "DC.date.issued", "parsely-pub-date", "sailthru.date", "pubdate", "publish_date",
    ),
    "byline": ("author", "article:author", "dc.creator", "DC.creator", "parsely-author"),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "DC.publisher"),
    "url": ("og:url",),
}  # fmt: skip


def _things(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the articles that linked data describe, wherever they lie in it."""
    pending = [value]
    for _ in range(1000):
        if not pending:
            return
        item = pending.pop()
        if isinstance(item, list):
            pending.extend(reversed(item[:100]))
        elif isinstance(item, dict):
            kinds = item.get("@type", "")
            if _ARTICLE_TYPES.search(" ".join(kinds) if _names(kinds) else str(kinds)):
                yield item
            pending.extend(v for k, v in item.items() if k in {"@graph", "mainEntity"})


def _names(kinds: Any) -> bool:
    return isinstance(kinds, list) and all(isinstance(k, str) for k in kinds)
