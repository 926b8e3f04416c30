"""Which of two versions came first, as Retold tells it with every date hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retold import collate, reuse, rewrite, stemma
from retold.annotate import annotate
from retold.config import Config
from retold.model import Article, Document, Stemma, Story, article_id, identify

LEANS = 0.6
"""Probability of the one direction, of the two, from which it counts as told."""


@dataclass(frozen=True, slots=True)
class Lean:
    """What the texts of two versions, the earlier and the later, say of their order."""

    earlier: float
    """Probability that the earlier came first, of all in which one derives from the other."""
    decided: int
    """1 where the stemma decides for the right direction, -1 for the wrong one, 0 for none."""

    @property
    def told(self) -> bool:
        """Whether a direction is told."""
        return max(self.earlier, 1 - self.earlier) >= LEANS


def undated(texts: Sequence[tuple[str, str]]) -> list[Document]:
    """Annotate articles, (title, text) each, without anything that tells when they were made."""
    articles = [
        Article(article_id(text, title, url=str(n)), text, title)
        for n, (title, text) in enumerate(texts)
    ]
    read = {d.id: d for d in annotate(articles)}
    return [read[a.id] for a in articles]


def lean(earlier: Document, later: Document) -> Lean:
    """Build the stemma of two versions, and see which way it leans."""
    config = Config()
    both = {d.id: d for d in (earlier, later)}
    matches = reuse.find(list(both.values()), config.reuse)
    matches += rewrite.find(list(both.values()), matches, config.rewrite)
    story = Story(identify("story", *sorted(both)), tuple(sorted(both)), tuple(matches))
    rows = collate.align(story, both, config.collate, config.rewrite)
    found = stemma.build(story, both, rows, config.stemma)
    forth, back = (_derives(found, c, p) for c, p in ((later, earlier), (earlier, later)))
    right = forth / (forth + back) if forth + back else 0.5
    decided = [e.parent for e in found.edges if e.decided and e.parent in both]
    return Lean(right, 0 if not decided else 1 if decided[0] == earlier.id else -1)


def _derives(found: Stemma, child: Document, parent: Document) -> float:
    """The probability that one version derives from the other, chosen or not."""
    for edge in found.edges:
        if edge.child == child.id:
            if edge.parent == parent.id:
                return edge.probability
            if edge.runner_up is not None and edge.runner_up.parent == parent.id:
                return edge.runner_up.probability
    return 0.0
