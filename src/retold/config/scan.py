"""The thresholds of ``corpus``, which scans."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScanConfig:
    """How the copies in a corpus are found.

    Values were chosen on planted corpora (``bench/corpus.py``) where no other source is named.
    """

    shingle: int = 5
    """Words in a row that are sampled and that passages grow from; see
    :attr:`ReuseConfig.shingle`."""
    rate: int = 8
    """One run of words in so many is kept in a sketch: 50 of a news article of 400 words."""
    floor: int = 8
    """Runs that the sketch of a short article keeps at least."""
    shared: int = 3
    """Runs that two sketches must share for their articles to be aligned."""
    long: int = 32
    """Articles: of a run that more of them hold, only the leaders are paired with the others."""
    leaders: int = 2
    """First articles, by id, of those that hold one run. A copy among thousands is aligned with
    these alone."""
    stock_articles: int = 25
    """Articles that hold a run of words at least for it to be stock."""
    stock_outlet: int = 5
    """The same where nine in ten of them are of one outlet."""
    stock_samples: int = 8
    """Pairs of these articles that are looked at."""
    stock_overlap: float = 0.2
    """Share of the smaller sketch below which two articles have little in common, 0..1; a run is
    stock where that holds for more than half of the pairs."""
    stock_same_overlap: float = 0.4
    """The same where what a pair has in common is what the other pairs have: a long footer under
    short items. Early and late wordings of one agency's story share a third."""
    repeats: int = 16
    """Places of one run of words in an article that are followed up."""
    opening: float = 2.0
    """What a difference of one word costs when passages grow, in equal words."""
    lengthening: float = 0.5
    """What each further word of it costs."""
    drop: float = 10.0
    """Equal words by which growth may fall below its best before it ends."""
    gap: int = 20
    """Words of the longest difference within a passage: a sentence of news."""
    near_share: float = 0.5
    """Share of equal words in the longer side of a passage, 0..1; below it a passage is divided."""
    passage_words: int = 10
    """Equal words that a passage has at least."""
    containment: float = 0.3
    """Share of the words of one of two articles that must stand in the other for the two to be
    versions of one text, 0..1; stock does not count."""
    verified_words: int = 20
    """Equal words that they share at least."""
    anchors: int = 8
    """Members with most matches that stand for a group when it is to be joined with another: more
    than half of the pairs of anchors must be versions. Pairs of copies among thousands, which are
    aligned with :attr:`leaders` alone, are not asked."""
    carriers: int = 3
    """Articles that carry a passage at least for it to be listed."""
    passages: int = 100_000
    """Passages that are listed at most, those in most articles first."""
    places: int = 100
    """Carriers of a passage that are listed at most, the earliest first."""
