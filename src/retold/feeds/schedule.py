"""When to ask a feed or a page again. Pure: the same answers give the same moments."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from retold.config import FeedConfig
from retold.fetch.values import Fetched, Refused
from retold.model import Reason

GONE = 410
_PASSING = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Due:
    """What follows from an answer."""

    next: datetime | None
    """When to ask again, in UTC; None where never."""
    failures: int = 0
    """Failures in a row, this one included."""


def after_answer(
    found: Fetched, wait: float | None, now: datetime, config: FeedConfig, key: str
) -> Due:
    """Say when to ask a feed again that answered.

    The longest counts of: the usual wait, what the feed asks for, and how long the server calls the
    answer fresh; the latter two up to ``config.most_said``.

    Args:
        found: the answer, new or unchanged.
        wait: seconds that the feed asks to wait, where it does; of an unchanged one, those of last
            time.
        now: this moment, in UTC.
        config: bounds.
        key: what the jitter is of: the feed's address.
    """
    said = max(wait or 0.0, fresh(found) or 0.0)
    seconds = max(config.every, config.least, min(said, config.most_said))
    return Due(now + _spread(seconds, now, config, key))


def after_refusal(
    refused: Refused, failures: int, now: datetime, config: FeedConfig, key: str
) -> Due:
    """Say when to ask a feed again that was not read: later each time, never once it is gone.

    Args:
        refused: why it was not read.
        failures: failures in a row before this one.
        now: this moment, in UTC.
        config: bounds.
        key: what the jitter is of: the feed's address.
    """
    if refused.status == GONE:
        return Due(None, failures + 1)
    base = max(config.every, config.least)
    seconds = min(base * 2.0 ** min(failures, 30), max(base, config.most_failed))
    moment = now + _spread(seconds, now, config, key)
    return Due(_held(moment, refused, now, config), failures + 1)


def page_again(
    refused: Refused, tries: int, now: datetime, config: FeedConfig, key: str
) -> datetime | None:
    """Say when a page is tried again; None where that is of no use.

    Args:
        refused: why it was not read.
        tries: how often it was tried, this time included.
        now: this moment, in UTC.
        config: bounds.
        key: what the jitter is of: the page's address.
    """
    if not _passing(refused) or tries >= config.page_tries:
        return None
    seconds = min(config.page_wait * 2.0 ** min(tries - 1, 30), config.most_failed)
    return _held(now + _spread(seconds, now, config, key), refused, now, config)


def look_again(born: datetime, now: datetime, config: FeedConfig, key: str) -> datetime | None:
    """Say when a page is asked again of which no feed says anything; None where never any more.

    Args:
        born: when its article was published or, as far as is known, last changed.
        now: this moment, in UTC, at which it was read.
        config: at which ages.
        key: what the jitter is of: the page's address.
    """
    for age in config.looks:
        left = (born - now).total_seconds() + age
        if left >= config.least_look:
            return now + _spread(left, now, config, key)
    return None


def fresh(found: Fetched) -> float | None:
    """Return for how many seconds a server calls its answer fresh; None where it does not say."""
    control = found.header("cache-control").casefold()
    if "no-cache" in control or "no-store" in control:
        return None
    if match := re.search(r"\bmax-age\s*=\s*\"?(\d{1,9})\b", control, re.ASCII):
        return float(match[1])
    try:
        moment = parsedate_to_datetime(found.header("expires"))
    except (ValueError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - found.fetched).total_seconds())


def _passing(refused: Refused) -> bool:
    """Say whether what kept a page from being read may pass."""
    if refused.retry is not None or refused.status >= 500 or refused.status in _PASSING:
        return True
    # no status: the server gave no answer
    return refused.status == 0 and refused.reason is Reason.FETCH_FAILED


def _held(moment: datetime, refused: Refused, now: datetime, config: FeedConfig) -> datetime:
    """Return the later of a moment and the one that the server asks for."""
    if refused.retry is None:
        return moment
    return max(moment, min(refused.retry, now + timedelta(seconds=config.most_held)))


def _spread(seconds: float, now: datetime, config: FeedConfig, key: str) -> timedelta:
    """Return a wait that is a little longer or shorter, by chance that can be repeated."""
    named = f"{config.seed}\x1f{key}\x1f{now.isoformat()}".encode("utf-8", "surrogatepass")
    chance = int.from_bytes(hashlib.sha256(named).digest()[:8]) / 2**64
    return timedelta(seconds=seconds * (1 + config.jitter * (2 * chance - 1)))
