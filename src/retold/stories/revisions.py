"""Updates of one address: one version of a story, of which the latest text stands for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from retold.config import StoriesConfig
from retold.model import Article
from retold.stories.terms import telling

_BEFORE = datetime.min.replace(tzinfo=UTC)
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "cmpid", "ocid")
"""Beginnings of the names of parameters that say whence a reader came, not what is read."""
_HOSTS = ("www.", "m.", "amp.")


def revisions(articles: Iterable[Article], config: StoriesConfig) -> dict[str, str]:
    """Return, of each article that was revised, the article that stands for it: both by id.

    Articles of one address are revisions of one text where the telling words of the shorter one
    stand in the other, by ``config.revision_share``: an address may also be that of a page that
    shows something else each day. The latest by time of publication or, where it is later, of
    fetching stands for the others; of equals the longest.
    """
    by_place: dict[str, dict[str, Article]] = {}
    for article in articles:
        if place := address(article.url):
            by_place.setdefault(place, {})[article.id] = article
    found: dict[str, str] = {}
    for of_one in by_place.values():
        if len(of_one) > 1:
            found.update(_revised(sorted(of_one.values(), key=_lateness, reverse=True), config))
    return found


def address(url: str) -> str:
    """Return what makes an address that of one article; nothing for a site's front page.

    Scheme, fragment, tracking parameters, a final slash and the prefixes of mobile pages are of no
    account.
    """
    try:
        parts: SplitResult = urlsplit(url.strip())
        host = (parts.hostname or "").casefold()
    except ValueError:
        return ""
    for prefix in _HOSTS:
        host = host.removeprefix(prefix)
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.casefold().startswith(_TRACKING)
    ]
    path = parts.path.rstrip("/")
    if not host or not (path or query):
        return ""
    return f"{host}{path}?{urlencode(sorted(query))}"


def _lateness(article: Article) -> tuple[datetime, int, str]:
    moments = [moment for moment in (article.published, article.fetched) if moment]
    return max(moments, default=_BEFORE), len(article.text), article.id


def _revised(latest_first: list[Article], config: StoriesConfig) -> Iterator[tuple[str, str]]:
    """Yield earlier and latest; what tells something else than all later ones begins anew."""
    begun: list[tuple[Article, list[frozenset[str]]]] = []
    for article in latest_first:
        words = telling(article.text, config)
        for latest, versions in begun:
            if any(_shared(words, other) >= config.revision_share for other in versions):
                versions.append(words)
                yield article.id, latest.id
                break
        else:
            begun.append((article, [words]))


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the smaller set that stands in the larger; 1 where it is empty."""
    return len(one & other) / min(len(one), len(other)) if one and other else 1.0
