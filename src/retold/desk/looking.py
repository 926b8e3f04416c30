"""Pages asked again, as they may change without a word of their feed: an edit that nobody tells.

A page that is the same costs a question with what its server gave to know it by. Another text
becomes a revision. What is none is left out and told, and the text that was had stands: pages end
as a notice of consent, an offer of a subscription or another day's front page.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from retold.config import Config, FeedConfig
from retold.desk import entries, fingerprints, looks
from retold.desk.articles import values
from retold.desk.database import Database
from retold.desk.events import Event, Outcome
from retold.desk.looks import Look
from retold.desk.storing import Storing
from retold.fetch import pages
from retold.fetch.client import Client
from retold.fetch.values import Fetched, Refused
from retold.model import Article, Reason, Rejected, article_id
from retold.stories.revisions import revisions

GONE = frozenset({404, 410})
"""What a server answers whose page is there no more."""


class Looker:
    """Asks pages again for one desk; threads may share it."""

    def __init__(
        self,
        database: Database,
        config: Config,
        feed_config: FeedConfig,
        client: Client,
        hold: Callable[[Event, datetime], Event],
    ) -> None:
        """Use what is open already; ``hold`` leaves the host of an event alone for a while."""
        self._database = database
        self._config = config
        self._feeds = feed_config
        self._client = client
        self._hold = hold
        self._storing = Storing(database, config)

    def host(self, place: str) -> Iterator[Event]:
        """Ask the pages of a host that are due again; at most ``config.batch`` of them."""
        if not self._feeds.looks:
            return
        with self._database.read() as connection:
            wanted = looks.due(connection, place, self._feeds.batch)
        with self._storing.run(f"{place}, pages asked again") as run:
            for look in wanted:
                event = self._look(look, run)
                yield event
                if event.outcome is Outcome.HELD:
                    return

    def _look(self, look: Look, run: Callable[[], int]) -> Event:
        began = time.monotonic()
        with self._database.read() as connection:
            known, _ = entries.page(connection, look.url)
            before = values(connection, [look.article])[look.article]
        found = self._client.get(look.url, kinds=pages.KINDS, known=known)
        event = Event("look", look.url, Outcome.UNCHANGED, seconds=time.monotonic() - began)
        if isinstance(found, Refused):
            return self._unread(look, found, run, event)
        if found.unchanged:
            with self._database.write() as connection:
                looks.done(connection, look.row, self._feeds)
            return event
        return self._stored(look, self._revised(before, found), found, run, event)

    def _unread(self, look: Look, refused: Refused, run: Callable[[], int], event: Event) -> Event:
        """Leave a page for its next turn; one that is gone is told of, and left for good."""
        if refused.held and refused.retry:
            held = replace(event, outcome=Outcome.HELD, detail=refused.detail)
            return self._hold(held, refused.retry)
        gone = refused.status in GONE
        if gone:
            self._storing.add([refused.rejected()], run)
        with self._database.write() as connection:
            looks.done(connection, look.row, self._feeds, gone=gone)
        outcome = Outcome.GONE if gone else Outcome.FAILED
        return replace(event, outcome=outcome, detail=refused.detail)

    def _revised(self, before: Article, found: Fetched) -> Article | Rejected:
        """Return the article of a page as it is now; rejected where it cannot be the same one."""
        made = self._storing.of_page(found)
        if isinstance(made, Rejected):
            return made
        after = replace(
            made,
            title=made.title or before.title,
            byline=made.byline or before.byline,
            outlet=before.outlet,
            url=before.url,  # some have the title in it, and lead from one to the other
            published=made.published or before.published,
            published_source=(made if made.published else before).published_source,
        )
        after = replace(
            after,
            id=article_id(
                after.text, after.title, after.outlet, after.url, after.byline, after.published
            ),
        )
        words, had = len(after.text.split()), len(before.text.split())
        if words < self._feeds.least_left * had:
            detail = f"The page shows {words:,} words of the {had:,} that it had; those stand."
            return Rejected(found.url, Reason.FETCH_FAILED, detail)
        if after.text != before.text and not revisions((before, after), self._config.stories):
            detail = "The page shows something else than before; the text that was had stands."
            return Rejected(found.url, Reason.FETCH_FAILED, detail)
        return after

    def _stored(
        self,
        look: Look,
        item: Article | Rejected,
        found: Fetched,
        run: Callable[[], int],
        event: Event,
    ) -> Event:
        """Store what came of a page, if it is new."""
        added, stored = self._storing.add([item], run)
        row = stored[item.id] if isinstance(item, Article) else None
        marks = fingerprints.of_answer(found, self._config.read)
        with self._database.write() as connection:
            looks.done(connection, look.row, self._feeds, row)
            fingerprints.keep(connection, found.final_url, marks)
            if row is not None:
                entries.keep_page(connection, look.url, found.validators, found.fetched, row)
        if isinstance(item, Rejected):
            return replace(event, outcome=Outcome.LEFT_OUT, detail=item.detail)
        outcome = Outcome.NEW if added.new else Outcome.UNCHANGED
        return replace(event, outcome=outcome, articles=added.new, revised=added.revised)
