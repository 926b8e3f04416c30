"""The thresholds of ``reuse``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReuseConfig:
    """How verbatim and near passages are found."""

    shingle: int = 5
    """Words in a row that two texts must share to be compared, and that a passage grows from. Five
    is what Broder (1997) and most work on news reuse take: shorter runs are idiom, longer ones miss
    light edits."""
    shingle_articles: int = 500
    """Distinct texts: a shingle that stands in more proposes no pairs, as pairs grow with the
    square. Texts equal word for word count once, so that copies of one text never reach it; a pile
    of fewer texts than this has no cap, and there a shingle in every version of a story is what
    counts. Logged when it is hit."""
    gap: int = 12
    """Words without a counterpart at which a passage ends, less what equal words between them gain:
    half a sentence of news."""
    near_share: float = 0.6
    """Share of equal words in the longer side of a passage, 0..1; below it a passage is divided at
    its longest change. At 0.6, two words of five may differ: more is a rewrite, not light edits."""
    common_word_gain: float = 0.3
    """What an equal word without any rarity counts for when passages grow, in equal rare words,
    0..1; a word of ``full_gain_idf`` or above counts 1. Keeps passages from crawling on over "of
    the" and "in a"."""
    full_gain_idf: float = 3.0
    """Inverse document frequency in nats: the word stands in about 5 % of news articles."""
    passage_words: int = 6
    """Equal words that a passage has at least."""
    common_rate: float = 2.2
    """Nats of information a word of common wording carries, by rarity of words and word pairs in
    news: "at the time of writing it was not clear whether" has 2.5, stock phrases 1.7 to 2.3, a
    sentence of news 3 to 5."""
    passage_rarity: float = 5.0
    """Nats of information beyond the common rate that a passage of fewer than ``long_words`` has at
    least: odds of 150 to 1 against common wording. Among 50 articles on 50 events (BASIL) only one
    pair shares such a passage, and the two tell one event."""
    long_words: int = 12
    """Equal words from which on a passage counts however common its wording is. Between articles of
    different stories in BASIL this lets no passage in; the few stock phrases as long cover little
    of an article."""
    repeats: int = 16
    """Ways to pair the places of one shingle in two texts; with more, only the k-th with the
    k-th."""
