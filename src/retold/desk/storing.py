"""What is read of the web stored: articles that the desk lacks, what was left out, in runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from retold.config import Config
from retold.desk import adding, entries, runs
from retold.desk.database import Database
from retold.desk.values import Added
from retold.fetch import pages
from retold.fetch.values import Fetched
from retold.model import Article, Reason, Rejected


class Storing:
    """Stores what pages and feeds hold in one desk."""

    def __init__(self, database: Database, config: Config) -> None:
        """Use what is open already."""
        self._database = database
        self._config = config

    def of_page(self, found: Fetched) -> Article | Rejected:
        """Return the article of a page, or why there is none."""
        try:
            items = list(pages.articles(found, self._config.read))
        except Exception as error:  # noqa: BLE001 - whatever a hostile page breaks, the others go on
            detail = f"It could not be read ({type(error).__name__})."
            return Rejected(found.url, Reason.BAD_RECORD, detail)
        first = next((item for item in items if isinstance(item, Article)), None)
        if first is None:
            return items[0] if items else Rejected(found.url, Reason.EMPTY, "It holds no article.")
        return first

    def add(
        self, items: Sequence[Article | Rejected], run: Callable[[], int]
    ) -> tuple[Added, dict[str, int]]:
        """Store what the desk does not have; return the numbers of the articles by id as well."""
        made = [item for item in items if isinstance(item, Article)]
        with self._database.read() as connection:
            known = {item.id: entries.same(connection, item) for item in made}
        fresh = [item for item in items if isinstance(item, Rejected) or known[item.id] is None]
        added = Added(0)
        if fresh:
            added = adding.add(self._database, fresh, self._config.stories, run=run())
        with self._database.read() as connection:
            stored = entries.numbers(connection, known)
        return added, stored | {key: row for key, row in known.items() if row is not None}

    @contextmanager
    def run(self, source: str) -> Iterator[Callable[[], int]]:
        """Give the number of a run that begins with the first that is stored."""
        begun: list[int] = []

        def number() -> int:
            if not begun:
                with self._database.write() as connection:
                    begun.append(runs.begin(connection, "watch", source))
            return begun[0]

        try:
            yield number
        finally:
            for run in begun:
                with self._database.write() as connection:
                    runs.end(connection, run)
