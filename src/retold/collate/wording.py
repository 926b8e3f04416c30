"""How a stretch of words is quoted, and what two sequences of words have in common."""

from __future__ import annotations

from collections.abc import Sequence

from retold.model import Document, Span
from retold.text import words

SHOWN = 6
"""Words of a difference that an explanation quotes."""


def sequence_share(a: Sequence[str], b: Sequence[str]) -> float:
    """Return the share of the shorter sequence that is common to both in order."""
    if not a or not b:
        return 0.0
    row = [0] * (len(b) + 1)  # longest common subsequence, one row at a time
    for x in a:
        left = 0
        for n, y in enumerate(b, 1):
            above = row[n]
            row[n] = left + 1 if x == y else max(row[n], row[n - 1])
            left = above
    return row[-1] / min(len(a), len(b))


def opening(document: Document, parts: Sequence[Span]) -> str:
    """Return the first words of what stands in ``parts``."""
    text = document.article.text
    run = [w for p in parts for w in words(text, p.start, p.end)]
    if not run:
        return ""
    shown = " ".join(text[run[0].start : run[:SHOWN][-1].end].split())
    return f"{shown} …" if len(run) > SHOWN else shown
