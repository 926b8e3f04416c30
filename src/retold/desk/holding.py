"""What the desk does with articles: the part of :class:`retold.desk.Desk` that holds them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from retold.config import Config
from retold.desk import adding, articles, mentions, runs, search
from retold.desk.database import Database
from retold.desk.paging import PAGE
from retold.desk.values import Added, ArticleFilter, ArticleRow, Hit, Page, RunRow, SearchFilter
from retold.errors import UsageError
from retold.model import Article, Rejected

SEARCHES = {"text": search.texts, **mentions.SEARCHES}
"""What can be searched, and how."""


class Holding:
    """Articles, the runs that brought them, and searches."""

    database: Database
    config: Config

    def add(
        self,
        items: Iterable[Article | Rejected],
        source: str = "",
        *,
        run: int | None = None,
    ) -> Added:
        """Store articles, each once by content, and list what was left out.

        They are stored in batches as they come, each in a transaction: a batch is full after
        :data:`retold.desk.adding.BATCH_ARTICLES` items or so many characters, and ends with the
        first item that comes when it is a second old. All that is stored stays when adding is
        broken off; adding the same again goes on with the rest. Where another text of an address
        comes, earlier or later, which text stands for which is said anew, and those of which it
        changed wait to be placed again, as all new articles do.

        Args:
            items: as :func:`retold.read.read` yields them.
            source: whence they come, in words; what lists runs shows it.
            run: the run that they belong to, from :meth:`begin`; one of their own where None.

        Raises:
            UsageError: an article's id is not that of its content, or the run has ended.
        """
        return adding.add(self.database, items, self.config.stories, source, run)

    def article(self, key: str | int) -> ArticleRow | None:
        """Return an article by id or by number, as it is listed; None if it is not there."""
        with self.database.read() as connection:
            return articles.one(connection, key)

    def value(self, key: str) -> Article | None:
        """Return an article with its whole text, by id."""
        return self.values([key]).get(key)

    def values(self, ids: Iterable[str]) -> dict[str, Article]:
        """Return articles with their whole texts, by id; those that are not there are missing."""
        with self.database.read() as connection:
            return articles.values(connection, ids)

    def fetched(self, urls: Iterable[str]) -> dict[str, datetime | None]:
        """Return those addresses of which a text is stored or that were read, with the last time.

        The time is None where a text is stored that was not fetched.
        """
        with self.database.read() as connection:
            return articles.fetched(connection, urls)

    def articles(
        self,
        wanted: ArticleFilter | None = None,
        cursor: str | None = None,
        limit: int = PAGE,
    ) -> Page[ArticleRow]:
        """Return a page of articles; ``cursor`` is the ``next`` of the page before.

        Raises:
            UsageError: the cursor is of another list, or the order or limit is none.
        """
        with self.database.read() as connection:
            return articles.listed(connection, wanted or ArticleFilter(), cursor, limit)

    def revisions(self, key: str) -> list[ArticleRow]:
        """Return all texts of an article's address that are one text revised, its own among them.

        The one that stands for the others comes first, then the later before the earlier.
        """
        with self.database.read() as connection:
            return articles.revised(connection, key)

    def search(
        self,
        query: str,
        kind: str = "text",
        wanted: SearchFilter | None = None,
        cursor: str | None = None,
        limit: int = PAGE,
    ) -> Page[Hit]:
        """Return a page of what has the words of ``query``; see :func:`retold.desk.query.parse`.

        No query is an error of syntax; one without words finds nothing.

        Args:
            query: words, ``"phrases"``, beginnings (``evacuat*``), ``-without``.
            kind: what is searched; ``text``: titles and texts of articles; ``quotation``,
                ``figure`` or ``name``: what was found in articles that were annotated, with who
                said it, what is counted, whom or what is named.
            wanted: narrows and orders.
            cursor: the ``next`` of the page before.
            limit: items of the page.

        Raises:
            UsageError: the query is too long, or kind, cursor, order or limit is none.
        """
        if kind not in SEARCHES:
            raise UsageError(f"search for {kind}: give one of {', '.join(SEARCHES)}")
        with self.database.read() as connection:
            return SEARCHES[kind](connection, query, wanted or SearchFilter(), cursor, limit)

    def begin(self, kind: str, source: str = "") -> int:
        """Begin a run of several :meth:`add`; return its number. :meth:`end` ends it."""
        with self.database.write() as connection:
            return runs.begin(connection, kind, source)

    def end(self, run: int) -> None:
        """Note that a run is done."""
        with self.database.write() as connection:
            runs.end(connection, run)

    def run(self, number: int) -> RunRow | None:
        """Return a run with its counts."""
        with self.database.read() as connection:
            return runs.one(connection, number)

    def runs(self, cursor: str | None = None, limit: int = PAGE) -> Page[RunRow]:
        """Return a page of runs, the last begun first."""
        with self.database.read() as connection:
            return runs.listed(connection, cursor, limit)

    def rejected(self, run: int, cursor: str | None = None, limit: int = PAGE) -> Page[Rejected]:
        """Return a page of what a run left out, and why."""
        with self.database.read() as connection:
            return runs.rejected(connection, run, cursor, limit)
