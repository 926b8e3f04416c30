"""How feeds are read and watched: how much, how often, and what counts as a whole article."""

from __future__ import annotations

from dataclasses import dataclass

_MINUTE, _HOUR, _DAY = 60.0, 3_600.0, 86_400.0


@dataclass(frozen=True, slots=True)
class FeedConfig:
    """The limits of ``feeds`` and of watching. They decide what comes, never what is made of it."""

    seed: int = 0
    """Of the jitter, by which feeds that began together are asked apart."""
    # reading a feed
    max_bytes: int = 10 << 20
    """Bytes of a feed; parsing as many takes five seconds. Feeds of news have 5 KB to 2 MB."""
    max_entries: int = 500
    """Entries of one answer that are looked at, those that stand first."""
    max_elements: int = 100_000
    """Elements of XML that are looked at; each takes up to 35 microseconds."""
    max_attributes: int = 40
    """Attributes of one element; of one with more, none is looked at."""
    max_namespaces: int = 60
    """Namespaces that are told apart; feeds have ten."""
    max_outlines: int = 20_000
    """Feeds of one OPML file."""
    # what is whole
    min_whole_words: int = 200
    """Words from which on what a feed calls content is an article and no teaser."""
    min_summary_words: int = 300
    """Words from which on what a feed calls a summary is one: such are cut more often."""
    min_kept_words: int = 60
    """Words from which on a feed's own text is kept where the page cannot be read."""
    # when to ask
    every: float = 15 * _MINUTE
    """Seconds from one asking to the next where the feed says nothing."""
    least: float = 5 * _MINUTE
    """Seconds between two askings at least, whatever a feed says."""
    most_said: float = 6 * _HOUR
    """Longest wait that a feed may ask for by age or period; many say "daily" and mean less."""
    most_failed: float = _DAY
    """Longest wait after failures."""
    most_held: float = 7 * _DAY
    """Longest wait that ``Retry-After`` or a robots.txt may ask for."""
    jitter: float = 0.1
    """Share by which a wait is longer or shorter."""
    page_tries: int = 6
    """Times that a page is tried before its entry is given up; with the waits below, five hours."""
    page_wait: float = 10 * _MINUTE
    """Seconds before a page is tried again; they double each time."""
    # pages that change without a word
    looks: tuple[float, ...] = (_HOUR, 6 * _HOUR, _DAY, 3 * _DAY, 7 * _DAY)
    """Ages of an article, in seconds, at which its page is asked again although its feed says
    nothing: editors correct most on the first day, and what is corrected later is found when it is
    at most some times as old. After a week a page has been asked five times, and few read it. None:
    never."""
    least_look: float = 30 * _MINUTE
    """Seconds between two readings of a page below which such an age is passed over."""
    least_left: float = 0.5
    """Share of its words that a page asked again must still show. One with less was more often
    closed to those who do not pay, or is broken: an edit seldom takes half of an article."""
    # the loop
    workers: int = 16
    """Sites that are asked side by side."""
    batch: int = 20
    """Requests of one site before it stands in line again."""
    grace: float = 5.0
    """Seconds that requests under way may take to end when the loop is interrupted."""
