"""How alike articles are that arrive, and whose stories they may join."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from retold.config import StoriesConfig
from retold.model import Document
from retold.stories.bags import Bag
from retold.stories.graph import UNITS
from retold.stories.pile import read_pile
from retold.stories.scores import score_pairs
from retold.stories.terms import Background


def alike(
    new: Collection[str],
    documents: Iterable[Document | Bag],
    config: StoriesConfig | None = None,
    background: Background | None = None,
) -> set[str]:
    """Return the ids of those documents whose stories :func:`extend` would group anew.

    Args:
        new: ids of those among the documents that arrive.
        documents: the new ones, and those that they may be alike with.
        config: thresholds.
        background: how common words are in all there is.
    """
    config = config or StoriesConfig()
    pile = read_pile(documents, (), config, background=background)
    scores = score_pairs(pile, config)
    places = [at for at, name in enumerate(pile.ids) if name in new]
    near = {other for at in places for other in scores.near(at, config.cut * UNITS).tolist()}
    return {pile.ids[other] for other in near}


def likeness(
    new: Document | Bag,
    documents: Iterable[Document | Bag],
    config: StoriesConfig | None = None,
    background: Background | None = None,
) -> dict[str, float]:
    """Return how alike one article is with each of some others, 0..1, by their ids."""
    config = config or StoriesConfig()
    pile = read_pile([new, *documents], (), config, background=background)
    scores = score_pairs(pile, config)
    own = pile.ids.index(new.id)
    return {name: scores.score(own, at) for at, name in enumerate(pile.ids) if at != own}
