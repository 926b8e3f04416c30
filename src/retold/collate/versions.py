"""How much of each version stands in the others, and where: the passages of the reading view."""

from __future__ import annotations

from collections.abc import Mapping

from retold.collate.passages import cover, gather, read
from retold.config import CollateConfig
from retold.model import Document, Story, Version


def versions(
    story: Story, documents: Mapping[str, Document], config: CollateConfig | None = None
) -> tuple[Version, ...]:
    """Return each version of a story, in the order of its articles.

    The passages of a version cover its whole text but for white space between them. Words in asides
    lie in passages but are not counted: ``words`` and the shares are over the others (over all,
    where there are no others).
    """
    config = config or CollateConfig()
    everybody = frozenset(story.articles)
    found = gather(story.matches, dict.fromkeys(story.articles, everybody), config)
    made = []
    for article in story.articles:
        covered = cover(read(documents[article]), found[article])
        made.append(Version(article, covered.words, *covered.shares, covered.passages))
    return tuple(made)
