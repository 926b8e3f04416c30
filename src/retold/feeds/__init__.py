"""Feeds: RSS, Atom and JSON Feed to values, OPML, and when to ask a feed again. Keeps no store.

All of it is pure: bytes and values in, values out. What feeds hold is hostile: nothing in them is
resolved, fetched or run, sizes are bounded, and what is no feed is told in one sentence.
"""

from retold.feeds.discover import feeds_of_page
from retold.feeds.parse import parse
from retold.feeds.values import Entry, Feed, FeedLink, NoFeed

__all__ = ["Entry", "Feed", "FeedLink", "NoFeed", "feeds_of_page", "parse"]
