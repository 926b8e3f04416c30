"""Feeds asked, and the texts of their entries had: the feed's own where it is whole, else a page's.

What is read is stored step by step, each step a transaction, none held while the web is read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from retold.config import Config, FeedConfig
from retold.desk import entries, feeds, fingerprints, looks, times
from retold.desk.database import Database
from retold.desk.entries import Pending, Taken
from retold.desk.events import Event, Outcome
from retold.desk.feeds import Asked
from retold.desk.looking import Looker
from retold.desk.storing import Storing
from retold.desk.values import Added
from retold.feeds import NoFeed, parse, schedule
from retold.feeds.values import Feed
from retold.feeds.whole import EXTRACTOR, SOURCE, article, own_text
from retold.fetch import pages
from retold.fetch.values import Fetched, Refused
from retold.model import Article, Reason, Rejected, article_id
from retold.read import compose

if TYPE_CHECKING:
    from retold.fetch.client import Client

OWN = 50
"""Entries whose articles are made and stored at once."""
LONGER = 1.2
"""How many times longer a feed's own text must be than that of the page to be taken instead."""


class Asker:
    """Asks feeds and reads pages for one desk; threads may share it."""

    def __init__(
        self, database: Database, config: Config, feed_config: FeedConfig, client: Client
    ) -> None:
        """Use what is open already."""
        self._database = database
        self._config = config
        self._feeds = feed_config
        self._client = client
        self._storing = Storing(database, config)
        self._looker = Looker(database, config, feed_config, client, self._hold)

    def host(self, place: str) -> Iterator[Event]:
        """Ask what is due of one host, one after the other; at most ``config.batch`` of each."""
        with self._database.read() as connection:
            asked = feeds.due(connection, place, self._feeds.batch)
        for feed in asked:
            event = self._ask(feed)
            yield event
            if event.outcome is Outcome.HELD:
                break
        with closing(self._pages(place)) as read:
            yield from islice(read, 1)  # it may name the outlet of what feeds give whole
            yield from self._own(place)
            yield from read
        yield from self._looker.host(place)

    # feeds

    def _ask(self, asked: Asked) -> Event:
        """Ask a feed and keep what is new in it."""
        began = time.monotonic()
        found = self._client.get(asked.url, known=asked.validators)
        now = times.shown(times.now())
        feed = self._read(found, asked) if isinstance(found, Fetched) else found
        if isinstance(feed, Refused):
            if feed.held and feed.retry:
                return self._hold(Event("feed", asked.url, Outcome.HELD, feed.detail), feed.retry)
            following = schedule.after_refusal(feed, asked.failures, now, self._feeds, asked.url)
            with self._database.write() as connection:
                feeds.failed(connection, asked, feed.detail, now, following)
            gone = following.next is None
            outcome = Outcome.GONE if gone else Outcome.FAILED
            return Event("feed", asked.url, outcome, feed.detail, time.monotonic() - began)
        assert isinstance(found, Fetched)
        wait = asked.wait if feed is None else feed.wait
        following = schedule.after_answer(found, wait, now, self._feeds, asked.url)
        owns = [
            (entry, own_text(entry, self._feeds), feeds.outlet(entry, asked, feed))
            for entry in (feed.entries if feed else ())
            if feed is not None
        ]
        place = feeds.host(asked.url)
        with self._database.write() as connection:
            taken = Taken()
            if feed is not None:
                taken = entries.take(connection, asked.row, place, owns)
            brought = bool(taken.new or taken.changed)
            feeds.answered(connection, asked, found, feed, following, brought=brought)
        if feed is not None and feed.remarks:
            with self._storing.run(asked.url) as run:
                self._storing.add(
                    [Rejected(asked.url, Reason.TOO_LARGE, said) for said in feed.remarks], run
                )
        return Event(
            "feed",
            asked.url,
            Outcome.NEW if brought else Outcome.UNCHANGED,
            seconds=time.monotonic() - began,
            entries=taken.new + taken.changed,
        )

    def _hold(self, event: Event, until: datetime) -> Event:
        """Leave the host of an event alone until some moment, a week at most."""
        most = times.shown(times.now()) + timedelta(seconds=self._feeds.most_held)
        with self._database.write() as connection:
            feeds.hold(connection, feeds.host(event.url), min(until, most))
        return event

    def _read(self, found: Fetched, asked: Asked) -> Feed | Refused | None:
        """Return the feed in an answer; None where nothing has changed."""
        if found.unchanged or feeds.summed(found) == asked.digest:
            return None
        try:
            feed = parse(
                found.body,
                url=found.final_url,
                content_type=found.header("content-type"),
                config=self._feeds,
            )
        except Exception as error:  # noqa: BLE001 - whatever a hostile feed breaks, the others go on
            feed = NoFeed(f"It could not be read ({type(error).__name__}). Try it later.")
        if isinstance(feed, NoFeed):
            return Refused(found.url, Reason.UNKNOWN_FORMAT, feed.detail, found.status)
        return feed

    # entries

    def _pages(self, place: str) -> Generator[Event]:
        """Have the texts that are to be had from pages of a host."""
        with self._database.read() as connection:
            wanted = entries.waiting(connection, place, self._feeds.batch, page=True)
        if wanted:
            with self._storing.run(place) as run:
                for entry in wanted:
                    event = self._page(entry, run)
                    yield event
                    if event.outcome is Outcome.HELD:
                        return

    def _own(self, place: str) -> Iterator[Event]:
        """Store the articles that feeds of a host give whole, some at once."""
        while True:
            with self._database.read() as connection:
                wanted = entries.waiting(connection, place, OWN, page=False)
                known = {entry.row: entries.had_elsewhere(connection, entry) for entry in wanted}
            if not wanted:
                return
            added = self._store_own(place, wanted, known)
            yield Event(
                "entry", wanted[0].source, Outcome.NEW, entries=len(wanted),
                articles=added.new, revised=added.revised,
            )  # fmt: skip

    def _store_own(
        self, place: str, wanted: Sequence[Pending], elsewhere: Mapping[int, int | None]
    ) -> Added:
        twins = _twins(wanted)
        made = {
            entry.row: self._article(entry)
            for entry in wanted
            if elsewhere[entry.row] is None and twins[entry.row] == entry.row
        }
        with self._storing.run(place) as run:
            added, stored = self._storing.add(list(made.values()), run)
        with self._database.write() as connection:
            for entry in wanted:
                item = made.get(twins[entry.row])
                if isinstance(item, Rejected):
                    entries.done(connection, entry, None, item.detail)
                else:
                    row = elsewhere[twins[entry.row]] if item is None else stored[item.id]
                    entries.done(connection, entry, row)
        return added

    def _article(self, entry: Pending, *remarks: str) -> Article | Rejected:
        """Make the article of what a feed gives."""
        try:
            return article(
                entry.own,
                title=entry.title,
                outlet=entry.outlet or entry.named or entry.said,
                byline=entry.author,
                url=entry.url,
                published=entry.published,
                fetched=times.shown(times.now()),
                source=entry.url or entry.source,
                remarks=remarks,
                config=self._config.read,
            )
        except Exception as error:  # noqa: BLE001 - whatever a hostile text breaks, the others go on
            detail = f"It could not be read ({type(error).__name__})."
            return Rejected(entry.url or entry.source, Reason.BAD_RECORD, detail)

    def _page(self, entry: Pending, run: Callable[[], int]) -> Event:
        """Have the text of an entry from its page."""
        began = time.monotonic()
        with self._database.read() as connection:
            elsewhere = entries.had_elsewhere(connection, entry)
            known, row = entries.page(connection, entry.url)
        if elsewhere is not None:
            with self._database.write() as connection:
                entries.done(connection, entry, elsewhere)
            return Event("page", entry.url, Outcome.UNCHANGED)
        found = self._client.get(entry.url, kinds=pages.KINDS, known=known)
        event = Event("page", entry.url, Outcome.UNCHANGED, seconds=time.monotonic() - began)
        if isinstance(found, Refused):
            return self._unread(entry, found, run, event)
        if found.unchanged:
            with self._database.write() as connection:
                entries.done(connection, entry, row)
                looks.begin(connection, entry.row, self._feeds)
            return event
        item = self._best(entry, found)
        return self._stored(entry, [item], found, run, event)

    def _unread(
        self, entry: Pending, refused: Refused, run: Callable[[], int], event: Event
    ) -> Event:
        """Try a page later; where that is of no use, take what the feed gives, if it is enough."""
        if refused.held and refused.retry:
            held = replace(event, outcome=Outcome.HELD, detail=refused.detail)
            return self._hold(held, refused.retry)
        now = times.shown(times.now())
        when = schedule.page_again(refused, entry.tries + 1, now, self._feeds, entry.url)
        if when is not None:
            with self._database.write() as connection:
                entries.later(connection, entry, when, refused.detail)
            return replace(event, outcome=Outcome.LATER, detail=refused.detail)
        items: list[Article | Rejected] = [refused.rejected()]
        # what was read before is worth more than a teaser
        if entry.read is None and self._usable(entry):
            items.append(self._article(entry, "The page could not be read: the feed's own text."))
        return self._stored(entry, items, None, run, event)

    def _best(self, entry: Pending, found: Fetched) -> Article | Rejected:
        """Return the article of a page, or of the feed where that gives more of it."""
        made = self._of_page(entry, found)
        if not self._usable(entry) or (
            isinstance(made, Rejected) and made.reason is Reason.LANGUAGE
        ):
            return made
        if isinstance(made, Article) and entry.own.words <= LONGER * len(made.text.split()):
            return made
        own = self._article(entry, "The page shows less of the text than the feed, whose it is.")
        return own if isinstance(own, Article) else made

    def _usable(self, entry: Pending) -> bool:
        """Say whether what a feed gives can stand for the article."""
        return entry.own.words >= self._feeds.min_kept_words and not entry.own.cut_off

    def _of_page(self, entry: Pending, found: Fetched) -> Article | Rejected:
        first = self._storing.of_page(found)
        if isinstance(first, Rejected):
            return first
        own = first.outlet if first.outlet != compose.host(first.url) else ""
        filled = replace(
            first,
            title=first.title or entry.title,
            byline=first.byline or entry.author,
            outlet=entry.outlet or own or entry.named or entry.said or first.outlet,
            published=first.published or entry.published,
            published_source=first.published_source if first.published else SOURCE,
        )
        return replace(
            filled,
            published_source=filled.published_source if filled.published else "",
            id=article_id(
                filled.text, filled.title, filled.outlet, filled.url, filled.byline,
                filled.published,
            ),
        )  # fmt: skip

    def _stored(
        self,
        entry: Pending,
        items: Sequence[Article | Rejected],
        found: Fetched | None,
        run: Callable[[], int],
        event: Event,
    ) -> Event:
        """Store what came of an entry's page, with the marks of its site."""
        added, stored = self._storing.add(items, run)
        made = next((item for item in items if isinstance(item, Article)), None)
        left = next((item.detail for item in items if isinstance(item, Rejected)), "")
        marks = fingerprints.of_answer(found, self._config.read) if found else ()
        with self._database.write() as connection:
            row = stored[made.id] if made else None
            entries.done(connection, entry, row, left)
            if found is not None:
                fingerprints.keep(connection, found.final_url, marks)
                if row is not None:
                    entries.keep_page(connection, entry.url, found.validators, found.fetched, row)
                    if made and made.extractor != EXTRACTOR:  # else the page shows too little
                        looks.begin(connection, entry.row, self._feeds)
        outcome = Outcome.NEW if added.new else Outcome.UNCHANGED if made else Outcome.LEFT_OUT
        return replace(
            event, outcome=outcome, detail=left, articles=added.new, revised=added.revised
        )


def _twins(wanted: Sequence[Pending]) -> dict[int, int]:
    """Return of each entry the one that stands for it: the first of its address in another feed."""
    first: dict[str, Pending] = {}
    found = {}
    for entry in wanted:
        twin = first.setdefault(entry.address, entry) if entry.address else entry
        found[entry.row] = entry.row if twin.feed == entry.feed else twin.row
    return found
