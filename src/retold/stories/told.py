"""Stories of articles: of revised texts the latest, dates and bounds as editors ruled them."""

from __future__ import annotations

from collections.abc import Iterable

from retold.config import StoriesConfig
from retold.engine import Progress, silent
from retold.model import Article, Document, Match, Rulings, Story
from retold.rulings import among, dated
from retold.stories.arrive import extend
from retold.stories.group import group
from retold.stories.revisions import revisions


def tell(
    articles: Iterable[Article],
    known: Iterable[Story],
    matches: Iterable[Match],
    config: StoriesConfig,
    threads: int = 1,
    progress: Progress = silent,
    rulings: Rulings | None = None,
) -> list[Story]:
    """Put articles into stories, new ones or those that are ``known``; see :func:`retold.group`."""
    plain = {article.id: article for article in articles}
    earlier = revisions(plain.values(), config)
    pile = dated(plain.values(), rulings or Rulings())
    ruled = among(rulings or Rulings(), pile.keys(), earlier)
    compared = pile.keys() - earlier.keys()
    documents = (Document(article) for name, article in pile.items() if name in compared)
    shared = [m for m in matches if m.a.article in compared and m.b.article in compared]
    # a story of which an article was revised is grouped anew, if all that it holds is given
    before = [
        story
        for story in known
        if not (earlier.keys() & set(story.articles) and pile.keys() >= set(story.articles))
    ]
    if before:
        return extend(before, documents, shared, config, threads, progress, rulings=ruled)
    return group(documents, shared, config, threads, progress, rulings=ruled)
