"""Invented articles that the tests share."""

from __future__ import annotations

import re
from pathlib import Path

from retold.config import ReadConfig
from retold.model import Article, Reason, Rejected
from retold.read import read

TITLE = "Quell Bridge Closed After Crack Is Found"
FIRST = (
    "The harbour office of Tarnmouth closed the Quell Bridge on Monday after divers found a crack "
    "in its second pier, and said that it would stay shut for the rest of the winter."
)
SECOND = (
    "“We would rather lose a season than a ferry,” said Ilsabet Orrin, who has run the office for "
    "nine years, and she asked the 340 households on the north bank to be patient."
)
THIRD = (
    "Repairs will cost about 2.4 million crowns, according to the office, and the council of "
    "Tarnmouth is to vote on the money in the first week of March."
)
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
"""The text of an article, in Retold's normal form."""
PLAIN = f"{TITLE}\n\n{BODY}\n"
REMEDY = re.compile(
    r"\b(?:Remove|Save|Extract|Check|Mend|Export|Copy|copy|Write|Give|give|Say|say|Unpack|Split|split|"
    r"Leave|Run|Nothing needs|save|Put)\b"
)


def gather(*paths: Path, **options: object) -> tuple[list[Article], list[Rejected]]:
    """Read paths and return the articles and what was left out."""
    found = list(read(paths, ReadConfig(**options)))  # type: ignore[arg-type]
    articles = [item for item in found if isinstance(item, Article)]
    return articles, [item for item in found if isinstance(item, Rejected)]


def one(path: Path, **options: object) -> Article:
    """Read a path that holds one article and nothing that is left out."""
    articles, rejected = gather(path, **options)
    assert rejected == []
    assert len(articles) == 1
    return articles[0]


def refused(path: Path, **options: object) -> Rejected:
    """Read a path of which nothing can be used."""
    articles, rejected = gather(path, **options)
    assert articles == []
    assert len(rejected) == 1
    return rejected[0]


def clear(rejected: Rejected, source: Path | str, reason: Reason) -> None:
    """Check that a line names the source and the reason and says what to do, in sentences."""
    assert rejected.source == (source.as_posix() if isinstance(source, Path) else source)
    assert rejected.reason is reason
    assert REMEDY.search(rejected.detail), rejected.detail
    assert rejected.detail.endswith(".") or "--" in rejected.detail.rsplit(".", 1)[-1]
    assert "\n" not in rejected.detail
    assert len(rejected.detail) < 500
