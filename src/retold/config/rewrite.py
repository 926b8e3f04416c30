"""The thresholds of ``rewrite``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RewriteConfig:
    """How rewritten sentences are found."""

    accept: float = 0.55
    """Least probability of a match. On our fictional pairs, held out: see
    ``tools/fit_rewrite.py``."""
    least_content: float = 6.0
    """Least weight of a sentence, in units of idf: about two telling words. Own judgement."""
    candidate_weight: float = 18.0
    """Shared weight, in units of idf, from which more of it makes no better candidate: about two
    names and two rare words."""
    candidate_rank: float = 0.65
    """Cosine and shared weight (as a share of ``candidate_weight``) together from which two
    sentences are scored; what tells the same lies above it, nine in ten of other pairs below."""
    candidates: int = 3
    """Sentences of another article that one sentence is scored against at most, best first."""
    all_pairs: int = 150
    """Articles up to which every article is compared with every other."""
    neighbours: int = 30
    """In larger piles: articles that one article is compared with, nearest by tf-idf."""
    common: float = 0.2
    """In larger piles: share of the articles above which a term finds nobody."""
