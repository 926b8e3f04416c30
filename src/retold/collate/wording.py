"""What differs between two quotations, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from retold.model import Document, Span
from retold.text import Word, words

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


def difference(
    first: Document,
    ours: Sequence[Span],
    second: Document,
    theirs: Sequence[Span],
    *,
    directed: bool,
) -> tuple[Span, Span, str]:
    """Return the stretches in which two quotations differ, never empty, and one line about them."""
    a, b = _words(first, ours), _words(second, theirs)
    matcher = SequenceMatcher(None, [w.form for w in a], [w.form for w in b], autojunk=False)
    edits = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    if not edits:
        return _whole(first, ours), _whole(second, theirs), "the same words"
    span_a = _stretch(first, a, edits[0][1], edits[-1][2])
    span_b = _stretch(second, b, edits[0][3], edits[-1][4])
    changed = sum(op[2] - op[1] for op in edits)
    if len(edits) > 2 and 2 * changed > len(a):
        return span_a, span_b, _tell(first, a, second, b, directed=directed)
    told = [
        _tell(first, a[op[1] : op[2]], second, b[op[3] : op[4]], directed=directed) for op in edits
    ]
    return span_a, span_b, "; ".join(told[:2]) + (" …" if len(told) > 2 else "")


def opening(document: Document, parts: Sequence[Span]) -> str:
    """Return the first words of what stands in ``parts``."""
    return _quote(document, _words(document, parts))


def _words(document: Document, parts: Sequence[Span]) -> list[Word]:
    return [w for p in parts for w in words(document.article.text, p.start, p.end)]


def _whole(document: Document, parts: Sequence[Span]) -> Span:
    return Span(document.id, parts[0].start, parts[-1].end)


def _stretch(document: Document, all_words: Sequence[Word], first: int, last: int) -> Span:
    """Return the span of words ``first`` to ``last``; of none, the word beside the gap."""
    if first >= last:
        first, last = max(0, first - 1), max(1, first)
    return Span(document.id, all_words[first].start, all_words[last - 1].end)


def _tell(
    first: Document,
    ours: Sequence[Word],
    second: Document,
    theirs: Sequence[Word],
    *,
    directed: bool,
) -> str:
    before, after = _quote(first, ours), _quote(second, theirs)
    if not theirs:
        return f"‘{before}’ left out" if directed else f"‘{before}’ here only"
    if not ours:
        return f"‘{after}’ put in" if directed else f"‘{after}’ there only"
    return f"‘{before}’ became ‘{after}’" if directed else f"‘{before}’ here, ‘{after}’ there"


def _quote(document: Document, run: Sequence[Word]) -> str:
    text = document.article.text
    if not run:
        return ""
    if len(run) > SHOWN:
        run = run[:SHOWN]
        return " ".join(text[run[0].start : run[-1].end].split()) + " …"
    return " ".join(text[run[0].start : run[-1].end].split())
