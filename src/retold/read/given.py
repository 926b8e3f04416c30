"""What a caller gives, as articles: paths, articles that are held already, or both."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from retold.config import ReadConfig
from retold.engine import Progress, silent
from retold.errors import InputError, UsageError
from retold.model import Article, Reason, Rejected
from retold.read.reader import read

Source = str | os.PathLike[str]


def pile(
    given: Source | Iterable[Source | Article], config: ReadConfig, progress: Progress = silent
) -> tuple[list[Article], list[Rejected]]:
    """Return the articles, each once, and what was left out.

    Raises:
        InputError: there is not one article; the message lists why.
    """
    items = [given] if isinstance(given, str | os.PathLike) else list(given)
    held = [item for item in items if isinstance(item, Article)]
    paths = [item for item in items if not isinstance(item, Article)]
    articles: dict[str, Article] = {}
    rejected: list[Rejected] = []
    for item in (*sorted(held, key=lambda a: (a.id, a.source)), *read(paths, config, progress)):
        if isinstance(item, Rejected):
            rejected.append(item)
        elif item.id in articles:
            rejected.append(_duplicate(item, articles[item.id]))
        else:
            articles[item.id] = item
    if not articles:
        raise InputError(_nothing(rejected))
    return list(articles.values()), rejected


def single(given: Source | Article, config: ReadConfig) -> Article:
    """Return the only article of a file; an article is that already.

    Raises:
        InputError: the file holds none; the message says why.
        UsageError: it holds several, or more that cannot be read.
    """
    if isinstance(given, Article):
        return given
    items = list(read([given], config))
    articles = [item for item in items if isinstance(item, Article)]
    rejected = [item for item in items if isinstance(item, Rejected)]
    if not articles:
        raise InputError(_nothing(rejected))
    if len(articles) > 1:
        raise UsageError(f"{given}: holds {len(articles)} articles; give a file with one")
    if rejected:
        left = f"{rejected[0].source} cannot be read: {rejected[0].detail}"
        raise UsageError(f"{given}: holds more than an article ({left}); give a file with one")
    return articles[0]


def _duplicate(item: Article, kept: Article) -> Rejected:
    detail = (
        f"The same text, title, outlet, address and date as {kept.source or kept.id}; if another"
        " outlet printed it, give each its outlet or url."
    )
    return Rejected(item.source or item.id, Reason.DUPLICATE, detail)


def _nothing(rejected: Sequence[Rejected]) -> str:
    lines = [f"{r.source}: {r.detail}" for r in sorted(rejected)[:20]]
    if len(rejected) > len(lines):
        lines.append(f"and {len(rejected) - len(lines)} more")
    return "\n".join(["no article could be read", *lines])
