"""The thresholds of ``stories``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoriesConfig:
    """How articles are grouped into stories.

    A pair's score is ``derived + (1 - derived) * alike``: ``derived`` from the share of the shorter
    article that matches cover, ``alike`` from the words of the rest. The values were chosen on
    BASIL and ECB+ together, where neighbouring values score alike: chosen on one half of the topics
    of ECB+ alone, ``sharp`` and ``cohesion`` give a B-cubed F1 of .93 and .95 on the other.
    """

    lead_words: int = 60
    """Words at the start of an article that tell what it is about: the lead of a news report."""
    lead_gain: float = 1.0
    """What an occurrence in the lead counts beyond one elsewhere, in occurrences."""
    least_idf: float = 1.5
    """Inverse document frequency in nats below which a word is left out: it stands in more than a
    fifth of news articles."""
    background: float = 2000.0
    """Articles of general news that the words of a pile are counted beside."""
    name_weight: float = 1.75
    """Weight of a term in a name, in weights of another term as rare: names tell events of one kind
    apart."""
    number_weight: float = 1.25
    """The same for a number: years, days and figures tell them apart, too."""
    same_days: int = 3
    """Days between two times of publication that speak against nothing: the outlets of BASIL report
    one event within that."""
    days_to_half: float = 2.0
    """Days beyond those that halve a likeness: what is told a week later is a follow-up."""
    least_alike: float = 0.05
    """Likeness below which two articles count as not alike at all, 0..1: what bounds the memory."""
    figures_weight: float = 0.15
    """Share of the likeness that rests on numbers alone, 0..1."""
    derived_from: float = 0.5
    """Share of the shorter article in matches, 0..1, up to which they may be stock background and
    prove nothing by themselves; the rest must tell the same event then."""
    derived_full: float = 0.8
    """Share of the shorter article in matches from which on it is the same text."""
    stock_words: int = 20
    """Words of a verbatim or near passage from which on it is left out when the rest of two
    articles is compared: a sentence of stock background makes no two events one."""
    cut: float = 0.13
    """Mean score between two groups below which they stay apart, 0..1."""
    cohesion: float = 0.45
    """Share of the mean score within a group of three or more that the mean score with another must
    reach: two floods are less alike than the reports of each. Cosines within ECB+ stories are
    about 0.45, between two events of one kind 0.15 to 0.3."""
    cohesion_cap: float = 0.45
    """Mean score within a group above which it counts as this much, so that copies of a text do not
    shut its rewrites out."""
    straggler: float = 0.5
    """Share of ``cut`` that each single article's mean score with the other group must reach: no
    article joins a story through its neighbour alone."""
    sharp: float = 0.04
    """Modularity from which on the best division of a story in two makes two of it: two events of
    one kind. In ECB+ it is above that in 30 of 33 pairs of such events, in 4 of 62 single ones."""
    side: int = 3
    """Articles that each side of such a division must have."""
    related_from: float = 0.13
    """Mean likeness of two stories, whatever the days between them, from which on they are related,
    0..1: but for the days, or for being two of a kind, they would be one."""
    related_days: int = 60
    """Days between two stories beyond which nothing is sought that relates them."""
    related_most: int = 5
    """Related stories, the most alike, that are told of one."""
    revision_share: float = 0.4
    """Share of the telling words of the shorter of two texts of one address that the other must
    have for them to be revisions of one text, 0..1: unrelated reports share a tenth, an update
    keeps more than half of what it updates."""
