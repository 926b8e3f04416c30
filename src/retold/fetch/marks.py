"""The marks of a site in one of its pages: what it is built with, and in whose accounts it counts.

Marks are evidence of kinship between sites, never proof: a theme is sold to many, code is copied
with the numbers in it, and whoever wants to look like another can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from retold.fetch.services import Trait, accounts
from retold.labels import short
from retold.read.compose import host as site_of

_MOST_MARKUP = 4 << 20
"""Characters of a page that are looked at."""
_MOST_CODE = 2 << 20
"""Characters of its scripts and addresses."""
_MOST_EACH = 80
"""Marks of one sort that are kept of a page."""
_WIDTH = 200
"""Characters of a mark."""
_BUILT = (
    (Trait.THEME, re.compile(r"/wp-content/themes/([\w.-]{1,60})/")),
    (Trait.THEME, re.compile(r"/themes/(?:custom|contrib)/([\w.-]{1,60})/")),
    (Trait.THEME, re.compile(r"^/?templates/([\w.-]{1,60})/", re.IGNORECASE)),
    (Trait.PLUGIN, re.compile(r"/wp-content/plugins/([\w.-]{1,60})/")),
    (Trait.PLUGIN, re.compile(r"/modules/(?:custom|contrib)/([\w.-]{1,60})/")),
)
_STOCK = re.compile(r"/wp-includes/|/wp-content/plugins/|/modules/contrib/|/cdn-cgi/")
"""Paths that every site of a platform has, or that are told as plugins already."""
_VERIFIES = re.compile(r"verif|^msvalidate\.01$", re.IGNORECASE)
_ACCOUNTS = frozenset(
    {
        "fb:app_id", "fb:pages", "fb:admins", "fb:page_id", "twitter:site", "twitter:site:id",
        "twitter:account_id", "article:publisher", "apple-itunes-app", "google-play-app",
        "google-signin-client_id", "al:ios:app_store_id", "al:android:package",
    }
)  # fmt: skip
_ENDPOINTS = frozenset(
    {
        "https://api.w.org/", "edituri", "pingback", "wlwmanifest", "search", "manifest",
        "webmention", "hub",
    }
)  # fmt: skip
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_ICONS = frozenset({"icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"})
_VERSION = re.compile(r"[\s/]+v?\d[\w.+-]*.*$", re.DOTALL)
_RANDOM = re.compile(r"[0-9a-f]{8,}|\d{4,}", re.IGNORECASE)
_COOKIE = re.compile(r"\s*([^\s=;,]{1,60})=")


@dataclass(frozen=True, slots=True, order=True)
class Fingerprint:
    """A mark that a site carries."""

    kind: Trait
    value: str


def fingerprints(
    markup: str, url: str, headers: Iterable[tuple[str, str]] = ()
) -> tuple[Fingerprint, ...]:
    """Return the marks of a page, each once, sorted.

    Args:
        markup: the page's HTML.
        url: the address that answered; tells what is the site's own.
        headers: of the answer, names in lower case.
    """
    from retold.read.page import elements

    tree = elements(markup[:_MOST_MARKUP])
    told = () if tree is None else _Page(tree, url).marks()
    found: dict[Trait, dict[str, None]] = {}
    for kind, value in chain(told, _sent(headers)):
        kept = found.setdefault(kind, {})
        if len(kept) < _MOST_EACH and (shown := short(value, _WIDTH)):
            kept[shown] = None
    return tuple(sorted(Fingerprint(kind, value) for kind in found for value in found[kind]))


def _sent(headers: Iterable[tuple[str, str]]) -> Iterator[tuple[Trait, str]]:
    """Yield what a server says of itself. Values that differ by visit are no marks: names are."""
    for name, value in headers:
        if name in {"server", "x-powered-by", "x-generator"}:
            yield Trait.HEADER, f"{name} {_VERSION.sub('', value).lower()}"
        elif name == "set-cookie":
            if match := _COOKIE.match(value):
                yield Trait.COOKIE, _RANDOM.sub("*", match[1])
        elif name.startswith("x-"):
            yield Trait.HEADER, name


class _Page:
    """A page's elements."""

    def __init__(self, tree: Any, url: str) -> None:
        self._tree = tree
        self._url = url
        self._site = site_of(url)

    def marks(self) -> Iterator[tuple[Trait, str]]:
        yield from self._metas()
        yield from self._links()
        yield from self._loaded()
        yield from accounts(self._code())
        yield from self._furniture()

    def _metas(self) -> Iterator[tuple[Trait, str]]:
        for node in islice(self._tree.iter("meta"), 1_000):
            name = (node.get("name") or node.get("property") or "").strip().lower()
            content = (node.get("content") or "").strip()
            if not content or len(content) > 500:
                continue
            if name == "generator":
                yield Trait.GENERATOR, _VERSION.sub("", content).lower()
            elif _VERIFIES.search(name) and len(name) < 60:
                yield Trait.VERIFICATION, f"{name} {content}"
            elif name in _ACCOUNTS:
                yield Trait.ACCOUNT, f"{name} {content}"

    def _links(self) -> Iterator[tuple[Trait, str]]:
        for node in islice(self._tree.iter("link"), 1_000):
            rels = (node.get("rel") or "").lower().split()
            place = self._place(node.get("href"))
            if not place:
                continue
            if "alternate" in rels and (node.get("type") or "").lower() in _FEEDS:
                yield Trait.FEED, place
            for rel in rels:
                if rel in _ENDPOINTS:
                    yield Trait.ENDPOINT, f"{rel} {place}"
                elif rel in _ICONS:
                    yield Trait.ICON, place

    def _loaded(self) -> Iterator[tuple[Trait, str]]:
        """Yield themes, plugins, the site's own files and the hosts of those of others."""
        for address in self._addresses():
            for kind, pattern in _BUILT:
                if match := pattern.search(_path(address)):
                    yield kind, match[1].lower()
        for node in islice(self._tree.iter("script", "link", "img", "iframe"), 3_000):
            styles = node.tag == "link" and "stylesheet" in (node.get("rel") or "").lower()
            if node.tag == "link" and not styles:
                continue
            address = self._absolute(node.get("src") or node.get("href"))
            host = site_of(address)
            if host and host != self._site and not host.endswith(f".{self._site}"):
                yield Trait.HOST, host
            elif host and node.tag in {"script", "link"} and not _STOCK.search(address):
                yield Trait.ASSET, _path(address)

    def _addresses(self) -> Iterator[str]:
        for node in islice(self._tree.iter("script", "link", "img", "iframe", "form"), 3_000):
            for name in ("src", "href", "action"):
                if value := self._absolute(node.get(name)):
                    yield value

    def _code(self) -> str:
        """Return scripts, and attributes as ``name=value``, a line each.

        Never the text of the page, nor links that a reader may have left there.
        """
        parts: list[str] = []
        left = _MOST_CODE
        for node in self._tree.iter("script", "link", "img", "iframe", "form", "ins", "div", "a"):
            given = [f"{k}={v}" for k, v in node.items() if k in _CODE or k.startswith("data-")]
            if node.tag == "a":
                given = [part for part in given if _EARNS.match(part)]
            for part in (*given, (node.text or "") if node.tag == "script" else ""):
                if part and left > 0:
                    parts.append(part[:left])
                    left -= len(part)
        return "\n".join(parts)

    def _furniture(self) -> Iterator[tuple[Trait, str]]:
        """Yield the sentences of the footer, without numbers and the site's own name."""
        for node in islice(self._tree.xpath("//footer | //*[@role='contentinfo']"), 5):
            for block in islice(node.iter("p", "div", "span", "li", "small"), 300):
                if len(block):
                    continue
                text = " ".join((block.text or "").lower().replace(self._site, "").split())
                text = re.sub(r"\d+", "#", text)
                if 8 <= text.count(" ") + 1 <= 80:
                    yield Trait.FURNITURE, text

    def _absolute(self, address: str | None) -> str:
        if not address or address.lstrip()[:5].lower() == "data:" or len(address) > 2_000:
            return ""
        try:
            return urljoin(self._url, address.strip())
        except ValueError:
            return ""

    def _place(self, address: str | None) -> str:
        """Return the path of an address on the site itself, host and path of another's."""
        absolute = self._absolute(address)
        host = site_of(absolute)
        return "" if not host else ("" if host == self._site else host) + _path(absolute)


_CODE = frozenset({"src", "href", "action"})
_EARNS = re.compile(r"href=https?://[^/]{0,80}(?:amazon|feedburner)\.")
"""Links that tell an account of the site's own."""


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
