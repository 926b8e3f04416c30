"""What a site's robots.txt lets programs read, after RFC 9309."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from protego import Protego

from retold.fetch import urls
from retold.fetch.errors import UnfetchedError
from retold.model import Reason

if TYPE_CHECKING:
    from httpx import URL

    from retold.config import FetchConfig

NAME = "Retold"
"""The name by which a robots.txt speaks to this program."""
_MOST_SITEMAPS = 100
_BUSY = frozenset({429, *range(500, 600)})


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site says, or why nothing of it may be read."""

    said: Protego | None
    """None where nothing is said: all may be read, unless there is a ``refusal``."""
    refusal: tuple[Reason, str, int] | None = None
    """Why nothing may be read, in words, and the status that was answered."""
    until: float = 0.0
    """The clock's moment at which it is asked for again."""

    def seconds_between(self) -> float:
        """Return the seconds that the site wants between two requests; 0 where it says nothing."""
        if self.said is None:
            return 0.0
        rate = self.said.request_rate(NAME)
        return max(self.said.crawl_delay(NAME) or 0.0, rate.seconds / rate.requests if rate else 0)

    def sitemaps(self) -> list[str]:
        """Return the sitemaps that it names."""
        return list(self.said.sitemaps)[:_MOST_SITEMAPS] if self.said else []


class Robots:
    """The rules of sites, asked for when they are needed and kept for a day at most."""

    def __init__(
        self,
        config: FetchConfig,
        clock: Callable[[], float],
        ask: Callable[[URL], tuple[int, bytes]],
    ) -> None:
        """Begin without any rules.

        Args:
            config: sizes and times.
            clock: seconds that only grow.
            ask: gives the status and the beginning of the body of an address, after redirects;
                raises ``UnfetchedError`` where there is no answer.
        """
        self._config = config
        self._clock = clock
        self._ask = ask
        self._kept: OrderedDict[str, Rules] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, url: URL) -> Rules:
        """Return the rules of a page's site.

        Raises:
            UnfetchedError: where they do not let the page be read, or cannot be told.
        """
        rules = self.rules(url)
        if rules.refusal is not None:
            raise UnfetchedError(*rules.refusal)
        if rules.said is not None and not rules.said.can_fetch(str(url), NAME):
            raise UnfetchedError(
                Reason.ROBOTS,
                "The site's robots.txt does not let this page be read by programs. Save the page "
                "from a browser and give the file.",
            )
        return rules

    def rules(self, url: URL) -> Rules:
        """Return the rules of a page's site, whatever they say."""
        site = urls.origin(url)
        with self._lock:
            kept = self._kept.get(site)
        if kept is not None and self._clock() < kept.until:
            return kept
        made = self._asked(url)
        with self._lock:
            self._kept[site] = made
            self._kept.move_to_end(site)
            while len(self._kept) > self._config.max_hosts:
                self._kept.popitem(last=False)
        return made

    def _asked(self, url: URL) -> Rules:
        """Ask for the rules of a site.

        What is not there forbids nothing; what cannot be reached forbids all, for a while.
        """
        later = self._clock() + self._config.robots_failed_seconds
        try:
            status, body = self._ask(url.copy_with(raw_path=b"/robots.txt"))
        except UnfetchedError as error:
            barred = error.reason is Reason.FORBIDDEN_ADDRESS
            said = error.detail if barred else f"Its robots.txt: {error.detail}"
            return Rules(None, (error.reason, said, 0), later)
        if status in _BUSY:
            what = (
                f"The site's robots.txt was answered with {status}, so that it cannot be told what "
                "may be read. Add the page later."
            )
            return Rules(None, (Reason.ROBOTS, what, status), later)
        until = self._clock() + self._config.robots_seconds
        return Rules(_parsed(body) if 200 <= status < 300 else None, until=until)


def _parsed(body: bytes) -> Protego:
    logging.getLogger("protego").setLevel(logging.CRITICAL)  # it would quote what sites write
    return Protego.parse(body.decode("utf-8", "replace").removeprefix("\ufeff"))
