"""Articles of the desk read for comparison, the last ones kept: they are compared again soon."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable

from retold.config import StoriesConfig
from retold.desk import standing, times
from retold.model import Article
from retold.stories import Bag, bag
from retold.stories.terms import Lexis

KEPT = 20_000
"""Articles that are kept, about 3 kB each."""
WORDS = 300_000
"""Distinct words that are remembered, about 150 bytes each."""


class Reader:
    """Reads articles as bags of words. Any number of threads may ask one."""

    def __init__(self, config: StoriesConfig) -> None:
        """Begin with none."""
        self.config = config
        self._guard = threading.Lock()
        self._lexis = Lexis(config)
        self._kept: OrderedDict[int, Bag] = OrderedDict()

    def stored(self, connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, Bag]:
        """Return articles of the desk, by number."""
        asked = sorted(set(rows))
        found: dict[int, Bag] = {}
        with self._guard:
            for row in asked:
                if row in self._kept:
                    self._kept.move_to_end(row)
                    found[row] = self._kept[row]
        unknown = [row for row in asked if row not in found]
        for row in connection.execute(
            "SELECT row, id, text, published FROM article_full"
            " WHERE row IN (SELECT value FROM json_each(?))",
            (json.dumps(unknown),),
        ):
            at = row["published"]
            published = None if at is None else times.shown(at)
            made = self.read(Article(row["id"], row["text"], published=published))
            found[row["row"]] = made
            with self._guard:
                self._kept[row["row"]] = made
                if len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return standing.dated(connection, found)

    def read(self, article: Article) -> Bag:
        """Read an article; only its id, text and time of publication count."""
        with self._guard:
            if len(self._lexis) > WORDS:
                self._lexis = Lexis(self.config)
            return bag(article, self._lexis, self.config)


def count_terms(bags: Iterable[Bag]) -> Counter[str]:
    """Return in how many of some articles each telling word stands."""
    return Counter(name for each in bags for name in each.names)
