"""The thresholds of ``rewrite`` in large piles, where only ``scan`` looks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PileConfig:
    """How articles that tell the same in other words are found in a corpus.

    Chosen on rewrites hidden among 38,000 articles (``eval/tasks/rewrites_mixset.py``), where a
    wide range of each gives the same.
    """

    power: float = 0.75
    """To which power idf counts: below 1, as rewriters keep many middling words and swap rare
    ones."""
    terms: int = 128
    """Heaviest terms of an article that are compared."""
    indexed: int = 64
    """Heaviest terms by which an article is found."""
    long: int = 1_000
    """Articles that one term finds at most: those in which it weighs most."""
    candidates: int = 30
    """Articles, best by the index, that one article is compared with by all its terms."""
    neighbours: int = 10
    """Articles, the nearest, that are told of one article at most."""
    least: float = 0.5
    """Least probability that a pair of articles is listed with."""
    shown: int = 20
    """Terms, those that tell most, that are listed of a pair."""
