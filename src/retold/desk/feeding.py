"""What the desk does with feeds: the part of :class:`retold.desk.Desk` that is about the web."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from retold.config import Config, FeedConfig, FetchConfig
from retold.desk.database import Database
from retold.desk.values import FeedRow, Page
from retold.errors import InputError
from retold.labels import short

if TYPE_CHECKING:
    from retold.desk.events import Event
    from retold.desk.watch import Round
    from retold.feeds import FeedLink
    from retold.fetch.client import Client
    from retold.fetch.kinship import Kin, Shared
    from retold.fetch.values import Fetched
    from retold.model import Article


class Feeding:
    """Feeds, their watching, and the marks of the sites that they lead to."""

    database: Database
    config: Config

    def add_feed(
        self, url: str, *, title: str = "", outlet: str = "", folder: str = ""
    ) -> tuple[int, bool]:
        """Watch a feed from now on; return its number and whether it is new.

        It is not looked at before it is watched; :func:`look` says what an address holds.

        Args:
            url: the address of the feed itself.
            title: its name; the feed's own where empty.
            outlet: the outlet of all its articles; where empty, as pages and feed say.
            folder: headings under which a list of feeds has it, joined by " / ".

        Raises:
            UsageError: the address is none of the web.
        """
        from retold.desk import feeds
        from retold.feeds import FeedLink

        with self.database.write() as connection:
            return feeds.add(connection, FeedLink(url, title, folder), outlet)

    def remove_feed(self, key: str | int) -> FeedRow:
        """Watch a feed no more, by number or address; its articles stay.

        Raises:
            UsageError: it is not watched.
        """
        from retold.desk import feeds

        with self.database.write() as connection:
            return feeds.remove(connection, key)

    def feed(self, key: str | int) -> FeedRow | None:
        """Return a feed by number or address, with how it fares."""
        from retold.desk import feeds

        with self.database.read() as connection:
            return feeds.one(connection, key)

    def feeds(self, cursor: str | None = None, limit: int = 50) -> Page[FeedRow]:
        """Return a page of the feeds that are watched, in the order in which they were added."""
        from retold.desk import feeds

        with self.database.read() as connection:
            return feeds.listed(connection, cursor, limit)

    def import_feeds(self, opml: bytes) -> tuple[int, int, int]:
        """Watch all feeds of an OPML file; return how many are new, were watched, were left out.

        Left out is what has no address of the web.

        Raises:
            InputError: it is no OPML.
        """
        from retold.desk import feeds
        from retold.feeds import opml as lists

        links, left = lists.read(opml)
        with self.database.write() as connection:
            new = sum(feeds.add(connection, link)[1] for link in links)
        return new, len(links) - new, left

    def export_feeds(self) -> bytes:
        """Return the feeds that are watched as an OPML file."""
        from retold.desk import feeds
        from retold.feeds import opml as lists

        with self.database.read() as connection:
            return lists.write(feeds.links(connection), "Feeds of Retold")

    def watch(
        self,
        client: Callable[[Callable[[float], None]], Client],
        config: FeedConfig | None = None,
        *,
        once: bool = False,
        now: bool = False,
        work: bool = True,
        stop: threading.Event | None = None,
        log: Callable[[Event], None] = lambda event: None,  # noqa: ARG005 - nothing is logged
    ) -> Iterator[Round]:
        """Ask feeds when they are due, and yield what came of each round; until it is stopped.

        Args:
            client: makes the reader of the web, of what waits so many seconds.
            config: limits.
            once: end as soon as nothing is due.
            now: ask every feed at once, due or not.
            work: place what comes and renew dossiers meanwhile.
            stop: ends it, when set.
            log: told of every feed that was asked and every page that was read.

        Raises:
            UsageError: another process watches this desk.
        """
        from retold.desk.desk import Desk
        from retold.desk.watch import Watch

        assert isinstance(self, Desk)
        yield from Watch(self, client, config, stop=stop, log=log).run(
            once=once, now=now, work=work
        )

    def keep_marks(self, found: Fetched) -> None:
        """Keep the marks that a page which was fetched carries, as those of its site."""
        from retold.desk import fingerprints

        marks = fingerprints.of_answer(found, self.config.read)
        if marks:
            with self.database.write() as connection:
                fingerprints.keep(connection, found.final_url, marks)

    def told(self, article: Article) -> bool:
        """Say whether another article stands for its address that says the same.

        Such differ in what a feed and a page say beside the text: a byline, a date, an outlet.
        """
        from retold.desk import entries

        with self.database.read() as connection:
            found = entries.same(connection, article)
            return found is not None and not entries.numbers(connection, [article.id])

    def keep_read(self, pages: Iterable[tuple[str, datetime]]) -> None:
        """Note which addresses were read and when, so that :meth:`fetched` knows of all of them.

        To be called when their articles are stored: what is noted may not be read again.
        """
        from retold.desk import entries

        with self.database.write() as connection:
            entries.keep_read(connection, pages)

    def kin_sites(self, config: FetchConfig | None = None) -> list[Shared]:
        """Return the rare marks that several sites share, with how rare: the most telling first.

        Marks are evidence of kinship, never proof. They come from the pages that were fetched.
        """
        from retold.desk import fingerprints

        with self.database.read() as connection:
            return fingerprints.shared(connection, config)

    def kin(self, site: str) -> list[Kin]:
        """Return the sites that share rare marks with one, the most telling first."""
        from retold.desk import fingerprints

        with self.database.read() as connection:
            return fingerprints.of_site(connection, site)


def look(client: Client, url: str) -> tuple[FeedLink, ...]:
    """Return the feeds at an address: itself where it is one, else those that the page names.

    Raises:
        InputError: it cannot be read, or is and names no feed.
    """
    from retold.feeds import FeedLink, NoFeed, feeds_of_page, parse
    from retold.fetch.values import Refused

    found = client.get(url)
    if isinstance(found, Refused):
        raise InputError(f"{short(url, 200)}: {found.detail}")
    kind = found.header("content-type")
    made = parse(found.body, url=found.final_url, content_type=kind)
    if not isinstance(made, NoFeed):
        return (FeedLink(found.settled_url, made.title),)
    links = feeds_of_page(found.body, url=found.final_url, content_type=kind) if made.page else ()
    if not links:
        raise InputError(f"{short(url, 200)}: {made.detail}")
    return links
