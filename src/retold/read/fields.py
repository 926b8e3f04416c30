"""Which field of a record is the text, the title, the outlet, ...

Names are compared without case, blanks, hyphens, underscores, points and colons, so
``Publish_Date``, ``publishDate`` and ``publish date`` are one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from retold.errors import UsageError
from retold.read.decode import decode

if TYPE_CHECKING:
    from retold.model import Cut

USUAL: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "article_text", "main_text", "body_text", "full_text", "plain_text", "clean_text",
        "text_content", "article_body", "article_content", "body", "content", "content_text",
        "story", "article", "raw_text", "document",
    ),
    "html": ("html", "raw_html", "page_html", "content_html", "body_html", "html_content", "page"),
    "title": (
        "title", "headline", "article_title", "news_title", "heading", "head", "dc:title",
        "og:title",
    ),
    "outlet": (
        "outlet", "publisher", "publication", "newspaper", "site_name", "og:site_name",
        "source_name", "news_outlet", "news_source", "media", "medium", "source", "site", "website",
        "provider", "source_domain", "domain", "host", "hostname",
    ),
    "byline": (
        "byline", "author", "authors", "writer", "reporter", "journalist", "creator", "by",
        "dc:creator",
    ),
    "url": (
        "url", "link", "article_url", "source_url", "canonical_url", "canonical", "permalink",
        "web_url", "page_url", "web_page", "uri", "href", "og:url",
    ),
    "published": (
        "published", "date_published", "published_at", "published_date", "publication_date",
        "publish_date", "publishing_date", "date_publish", "pub_date", "published_time",
        "publication_time", "publish_time", "published_on", "pub_time", "first_published",
        "article:published_time", "article_date", "news_date", "issued", "date", "date_time",
        "datetime", "timestamp", "time", "dc:date",
    ),
    "language": ("language", "lang", "in_language", "language_code", "lang_code", "dc:language"),
    "fetched": (
        "fetched", "fetched_at", "date_fetched", "date_download", "downloaded", "downloaded_at",
        "crawled", "crawled_at", "crawl_date", "scraped_at", "scrape_time", "scrape_date",
        "retrieved", "retrieved_at", "access_date", "accessed",
    ),
}  # fmt: skip
"""Retold's fields with the names they usually go by, the likelier first."""

FIELDS: tuple[str, ...] = tuple(USUAL)
"""The fields that ``ReadConfig.fields`` may map to a column."""

_IGNORED = re.compile(r"[\s_.:\-]+")


def plain_name(name: str) -> str:
    """Return a field's name in the form in which names are compared."""
    return _IGNORED.sub("", name).casefold()


_RANKS = {
    plain_name(name): (field, rank)
    for field, names in USUAL.items()
    for rank, name in enumerate(names)
}


@dataclass(frozen=True, slots=True)
class Raw:
    """What a file or record says of one article, before it is cleaned."""

    text: str = ""
    html: str = ""
    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    language: str = ""
    published: object = None
    """A date in whatever form the record has it: text, a number, a date."""
    published_source: str = ""
    fetched: object = None
    extractor: str = ""
    cuts: tuple[Cut, ...] = ()
    remarks: tuple[str, ...] = ()


def check_mapping(mapping: Sequence[tuple[str, str]]) -> None:
    """Raise ``UsageError`` where a mapping names a field that Retold has not."""
    for field, _ in mapping:
        if field not in FIELDS:
            raise UsageError(
                f"There is no field {field!r} to map a column to. The fields are "
                f"{', '.join(FIELDS)}."
            )


def resolve(
    columns: Sequence[str], mapping: Sequence[tuple[str, str]]
) -> dict[str, tuple[str, ...]]:
    """Return for each of Retold's fields the columns that may hold it, the likeliest first.

    A mapped field comes from its column only: it has no column where that is missing.
    """
    ranked: dict[str, list[tuple[int, str]]] = {}
    for column in columns:
        if (known := _RANKS.get(plain_name(column))) is not None:
            ranked.setdefault(known[0], []).append((known[1], column))
    found = {field: tuple(name for _, name in sorted(names)) for field, names in ranked.items()}
    for field, wanted in mapping:
        exact = [c for c in columns if c == wanted]
        alike = [c for c in columns if plain_name(c) == plain_name(wanted)]
        found[field] = tuple((exact or alike)[:1])
    taken = {c for field, _ in mapping for c in found[field]}
    mapped = {field for field, _ in mapping}
    return {
        field: names if field in mapped else tuple(n for n in names if n not in taken)
        for field, names in found.items()
    }


def has_text(found: Mapping[str, Sequence[str]]) -> bool:
    """Say whether resolved columns hold a text or a page."""
    return bool(found.get("text") or found.get("html"))


def flatten(record: Mapping[str, Any], mapping: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
    """Return the record with the fields of inner objects beside its own as ``outer.inner``.

    Where only an inner object has the text, the names of its fields are taken as if they were the
    record's own (``{"meta": {...}, "article": {"title": ..., "text": ...}}``).
    """
    inner = {k: v for k, v in record.items() if isinstance(v, dict)}
    if not inner:
        return record
    flat: dict[str, Any] = {k: v for k, v in record.items() if k not in inner}
    lifted = not has_text(resolve(tuple(flat), mapping))
    for key, part in inner.items():
        name = next((part[n] for n in ("name", "title", "text", "rendered") if n in part), None)
        if isinstance(name, str) and plain_name(key) in _RANKS:
            flat[key] = name
        for sub, value in part.items():
            flat[f"{key}.{sub}"] = value
            if lifted and sub not in flat:
                flat[sub] = value
    return flat


def as_text(value: object) -> str | None:
    """Return a record's value as text: paragraphs of a list joined; None where it is no text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return decode(value).text
    if isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
        return "\n\n".join(value)
    return None


def as_line(value: object) -> str:
    """Return a record's value as one line: names of a list joined by commas."""
    if isinstance(value, Mapping):
        value = value.get("name", "")
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (as_line(v) for v in value)))
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - NaN, an empty cell
        return ""
    return " ".join(str(value).split())


def pick(record: Mapping[str, Any], found: Mapping[str, Sequence[str]]) -> Raw | str:
    """Return the fields of a record, or one sentence on what is wrong with it."""

    def line(field: str) -> str:
        return as_line(first(record, found.get(field, ()))[0])

    text, name = first(record, found.get("text", ()))
    body = as_text(text)
    if body is None:
        return not_text(name, text, "text")
    page, name = first(record, found.get("html", ()))
    markup = as_text(page)
    if markup is None:
        return not_text(name, page, "a page")
    published, published_name = first(record, found.get("published", ()))
    return Raw(
        text=body,
        html="" if body.strip() else markup,
        title=line("title"),
        outlet=line("outlet"),
        byline=line("byline"),
        url=line("url"),
        language=line("language"),
        published=published,
        published_source=published_name,
        fetched=first(record, found.get("fetched", ()))[0],
    )


def first(record: Mapping[str, Any], names: Sequence[str]) -> tuple[Any, str]:
    """Return the first value under ``names`` that is not empty, and its name; else None and ""."""
    for name in names:
        value = record.get(name)
        if value is not None and value == value and value not in ("", [], ()):  # noqa: PLR0124
            return value, name
    return None, ""


def not_text(name: str, value: object, wanted: str) -> str:
    """Return one sentence on a field that holds something else than text."""
    return f"Its field {name!r} holds {_kind(value)} where {wanted} was expected"


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, datetime | date):
        return "a date"
    if isinstance(value, Mapping):
        return "an object"
    if isinstance(value, list | tuple):
        return "a list of something else than text"
    return f"a {type(value).__name__}"


def no_text(columns: Sequence[str]) -> str:
    """Return the detail of a file in which no column could be recognised as the text."""
    shown = [c if len(c) <= 40 else f"{c[:39]}…" for c in columns[:20]]
    more = f" and {len(columns) - 20} more" if len(columns) > 20 else ""
    there = f"It has {', '.join(shown)}{more}" if shown else "It has no columns"
    return (
        f"No column could be recognised as the text. {there}. "
        "Say which it is with --field text=COLUMN."
    )
