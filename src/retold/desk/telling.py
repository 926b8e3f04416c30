"""What the desk finds: the part of :class:`retold.desk.Desk` that tells stories."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from retold.config import Config
from retold.desk import articles, stories
from retold.desk.database import Database
from retold.desk.paging import PAGE
from retold.desk.values import (
    ArticleRow,
    Failed,
    Moved,
    OutletRow,
    Page,
    RelatedRow,
    Seen,
    Settled,
    StoryRow,
    Waiting,
    Worked,
)
from retold.engine import Progress, silent
from retold.model import Article, Dossier

if TYPE_CHECKING:
    from retold.desk.reader import Reader
    from retold.report.html.piece import Body
    from retold.report.outlets.gather import Taken
    from retold.report.outlets.values import Carriage, Outlets

_REMEMBERED = 500
"""Stories whose related ones are remembered while no story changes."""


class Telling:
    """Stories, their dossiers, and the outlets that tell them.

    What works these out takes seconds to import; it is where it is used.
    """

    database: Database
    config: Config

    @cached_property
    def reader(self) -> Reader:
        """What is remembered of the articles that were read."""
        from retold.desk.reader import Reader

        return Reader(self.config.stories)

    def warm(self) -> None:
        """Load what finding stories takes: a second now, and not when it is asked for first."""
        from retold.desk import dossiers, related, worker  # noqa: F401 - each is asked for soon

        related.warm(self.reader)

    def work(
        self,
        progress: Progress = silent,
        *,
        until_quiet: bool = True,
        alone: int = 0,
        ahead: int = 0,
        most: int | None = None,
        processes: int = 1,
    ) -> Worked:
        """Place the articles that wait into stories, and renew the dossiers that lag behind.

        Every step is durable by itself; what is killed goes on with the next call. Where another
        process is at it, nothing is done here.

        Args:
            progress: is told of every step.
            until_quiet: until nothing waits; else only the next step.
            alone: up to how many articles that no other is alike with are annotated at the end, so
                that their quotations, figures and names are found.
            ahead: of up to how many stories is made at the end, by each call, what their pages
                show, so that these are quick when they are asked for first.
            most: how many dossiers are renewed at most, the latest stories' first; None for all.
            processes: in how many processes dossiers are made at once. A script that asks for
                several must guard its start with ``if __name__ == "__main__":``.
        """
        from retold.desk import worker

        return worker.work(
            self.database,
            self.reader,
            self.config,
            progress,
            until_quiet=until_quiet,
            alone=alone,
            ahead=ahead,
            most=most,
            processes=processes,
        )

    def waiting(self) -> Waiting:
        """Return what is still to be done."""
        from retold.desk import worker

        with self.database.read() as connection:
            return worker.waiting(connection)

    def failed(self) -> list[Failed]:
        """Return the stories of which no dossier could be made so far, those tried last first.

        They are tried again after some hours, or when their versions change.
        """
        from retold.desk import dossiers

        with self.database.read() as connection:
            return dossiers.failed(connection)

    def settle(self, progress: Progress = silent, *, threads: int = 1) -> Settled:
        """Group all articles at once: the stories are then those that :func:`retold.group` finds.

        Stories keep their numbers by the articles that they share with what was before.

        Raises:
            UsageError: another process places articles.
        """
        from retold.desk import worker

        return worker.settled(self.database, self.reader, threads, progress)

    def story(self, number: int) -> StoryRow | Moved | None:
        """Return a story by its number; where it went, if it became part of another."""
        with self.database.read() as connection:
            return stories.one(connection, number)

    def story_of(self, key: str) -> int | None:
        """Return the number of the story of an article, by id; None where it waits for one.

        A revised text counts as the one that stands for it.
        """
        return self.stories_of([key]).get(key)

    def stories_of(self, keys: Iterable[str]) -> dict[str, int]:
        """Return the numbers of the stories of articles, by id; those that wait are missing."""
        with self.database.read() as connection:
            return stories.of_articles(connection, keys)

    def stories(
        self,
        order: str = "new",
        since: datetime | None = None,
        cursor: str | None = None,
        limit: int = PAGE,
    ) -> Page[StoryRow]:
        """Return a page of the stories that several versions tell.

        Args:
            order: ``new``: by their earliest version, the latest first; ``growing``: those first
                whose versions changed last; ``retold``: most versions first; ``altered``: most
                differences first.
            since: only stories with a version published at this time or later.
            cursor: the ``next`` of the page before.
            limit: items of the page.

        Raises:
            UsageError: the order, cursor or limit is none.
        """
        with self.database.read() as connection:
            return stories.listed(connection, order, since, cursor, limit)

    def versions(self, number: int) -> list[ArticleRow]:
        """Return the versions of a story, the earliest first."""
        with self.database.read() as connection:
            found = articles.rows(connection, list(stories.versions(connection, number)))
        return sorted(
            found.values(), key=lambda a: (a.published or a.fetched or a.arrived, a.number)
        )

    def related(self, number: int) -> list[RelatedRow]:
        """Return the stories that a story is related to, as they are now, the most alike first.

        A follow-up some days later is one, or another event of its kind. Such as were one group
        that divided are found where they are alike. A number that is no story's has none.
        """
        from retold.desk import ahead, standing

        with self.database.read() as connection:
            if stories.one(connection, number) is None:
                return []
            state = *stories.state(connection), standing.step(connection)
            kept = self._related.get(number)
            if kept is None or kept[0] != state:
                if len(self._related) >= _REMEMBERED:
                    self._related.clear()
                kept = state, ahead.find_related(connection, self.reader, number)
                self._related[number] = kept
            # what lists show of them changes oftener than that
            listed = stories.rows(connection, kept[1])
        return [
            RelatedRow(listed[other], *told) for other, told in kept[1].items() if other in listed
        ]

    @cached_property
    def _related(self) -> dict[int, tuple[tuple[int, ...], dict[int, tuple[float, str]]]]:
        """By story what it was found to be related to, and the state of the stories then."""
        return {}

    def dossier(self, number: int) -> Dossier | None:
        """Return the dossier of a story; None where it has one version, or none was made yet.

        One that another Retold wrote, and that this one cannot read, is none: it is asked for anew.
        """
        from retold.desk import dossiers

        with self.database.read() as connection:
            found = dossiers.read(connection, number)
        if found is None:
            dossiers.ask_anew(self.database, number)
        return found

    def piece(self, number: int) -> Body | None:
        """Return what :meth:`dossier` tells, as a piece of a page; None where there is none.

        It leads to the articles and outlets of the desk by the addresses of their pages.
        """
        from retold.desk import ahead, dossiers

        with self.database.read() as connection:
            found = ahead.piece(connection, self.config.stories, number)
        if found is None:
            dossiers.ask_anew(self.database, number)
        return found

    def compare(self, ids: Iterable[str]) -> Dossier:
        """Lay articles beside each other that were picked by hand; nothing is stored.

        Raises:
            UsageError: one is not in the desk, or they are more than
                :data:`retold.desk.seen.MOST` or longer than :data:`retold.desk.dossiers.LONG`.
        """
        from retold.desk import seen

        return seen.compare(self.database, list(ids), self.config)

    def seen(self, text: Article) -> Seen:
        """Say what of the desk tells the same as a text, or holds passages of it; store nothing.

        Make the text with :func:`retold.article`.
        """
        from retold.desk import seen

        with self.database.read() as connection:
            return seen.seen(connection, text, self.reader, self.config)

    def outlets(self, cursor: str | None = None, limit: int = PAGE) -> Page[OutletRow]:
        """Return a page of the outlets, those with most articles first."""
        from retold.desk import carried

        with self.database.read() as connection:
            return carried.outlets(connection, cursor, limit)

    def outlet(self, name: str) -> OutletRow | None:
        """Return an outlet, or an agency whose reports others carry; None if there is none."""
        from retold.desk import carried

        with self.database.read() as connection:
            return carried.outlet(connection, name)

    def outlet_graph(self, most: int | None = None) -> Outlets:
        """Return who carries whose text, by all dossiers.

        Args:
            most: only so many pairs, those with most articles, without naming these; all pairs
                with all their articles where None.

        Raises:
            UsageError: ``most`` is more than a page has.
        """
        from retold.desk import carried

        with self.database.read() as connection:
            if most is None:
                return carried.graph(connection)
            return carried.outline(connection, most)

    def carried(
        self, outlet: str = "", source: str = "", cursor: str | None = None, limit: int = PAGE
    ) -> Page[Carriage]:
        """Return a page of who carries whose text, by all dossiers, most articles first.

        The articles are counted and not named: see :meth:`cases`.

        Args:
            outlet: only what it carries; all where empty.
            source: only who carries its text; all where empty.
            cursor: the ``next`` of the page before.
            limit: items of the page.

        Raises:
            UsageError: the cursor is of another list, or the limit is none.
        """
        from retold.desk import carried

        with self.database.read() as connection:
            return carried.pairs(connection, outlet, source, cursor, limit)

    def cases(
        self, outlet: str, source: str, cursor: str | None = None, limit: int = PAGE
    ) -> Page[Taken]:
        """Return a page of the articles of one outlet that have text of another, the surest first.

        Raises:
            UsageError: the cursor is of another list, or the limit is none.
        """
        from retold.desk import carried

        with self.database.read() as connection:
            return carried.cases(connection, outlet, source, cursor, limit)
