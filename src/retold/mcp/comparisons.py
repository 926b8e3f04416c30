"""Comparisons that were asked for in a session: made one at a time, the last ones kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Annotated

from pydantic import Field

import retold
from retold.desk import Desk
from retold.errors import UsageError
from retold.mcp.answers import Listed
from retold.mcp.stories import StoryTold
from retold.model import Article, Dossier

KEPT = 8
"""Comparisons that can still be asked about."""
MOST = 8
"""Articles of a comparison."""
CHARACTERS = 60_000
"""Of all texts of a comparison together."""


@dataclass(frozen=True, slots=True)
class Given:
    """A text that is handed in; what is known of it helps to tell who took it from whom."""

    text: Annotated[str, Field(min_length=1, max_length=CHARACTERS)]
    title: Annotated[str, Field(max_length=2000)] = ""
    outlet: Annotated[str, Field(max_length=500)] = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Articles laid side by side; ``alone`` are those that tell what no other does."""

    notice: str
    comparison: str
    """What explain calls this comparison."""
    stories: list[StoryTold]
    alone: list[Listed]


class Comparisons:
    """The last comparisons, by name."""

    def __init__(self, desk: Desk) -> None:
        """Compare articles of ``desk``, and texts that are handed in."""
        self.desk = desk
        self.held: OrderedDict[str, Dossier] = OrderedDict()
        self.made = 0
        self.lock = Lock()

    def compare(self, ids: Sequence[str], texts: Sequence[Given]) -> tuple[str, Dossier]:
        """Compare articles of the desk and texts; return the comparison and its name.

        Raises:
            UsageError: they are too few, too many or too long, or one is not in the desk.
            InputError: a text is no article.
        """
        pile = [*self._stored(ids), *map(made, texts)]
        if not 2 <= len({a.id for a in pile}) == len(pile) <= MOST:
            raise UsageError(f"give 2 to {MOST} articles and texts in all, each once")
        if sum(len(a.text) for a in pile) > CHARACTERS:
            raise UsageError(f"too long together: give at most {CHARACTERS:,} characters")
        with self.lock:
            if texts:
                ruled = self.desk.rulings(ids)
                dossier = retold.compare(pile, self.desk.config, rulings=ruled)
            else:
                dossier = self.desk.compare(ids)
            self.made += 1
            name = f"comparison-{self.made}"
            self.held[name] = dossier
            while len(self.held) > KEPT:
                self.held.popitem(last=False)
        return name, dossier

    def _stored(self, ids: Sequence[str]) -> list[Article]:
        held = self.desk.values(ids)
        for name in ids:
            if name not in held:
                raise UsageError(f"article {name}: not in the desk; search finds ids")
        return [held[name] for name in ids]

    def get(self, name: str) -> Dossier:
        """Return a comparison.

        Raises:
            UsageError: there is none of this name.
        """
        with self.lock:
            if name not in self.held:
                raise UsageError(f"{name}: no comparison of this session; compare again")
            return self.held[name]


def made(given: Given) -> Article:
    """Return a text that was handed in as an article, cleaned as a file would be.

    Raises:
        InputError: there is no article in it.
    """
    fields = {
        name: getattr(given, name)
        for name in ("title", "outlet", "published")
        if getattr(given, name)
    }
    return retold.article(given.text, **fields)
