"""Words marked where they differ, and short windows of text round what is quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup
from rapidfuzz.distance import Indel

from retold.report.html.naming import shown
from retold.text import Word, words

_LONGEST = 1200
"""Words of a reading from which on differences are not sought: the page stays quick to make."""


class Mark(NamedTuple):
    """A stretch of one article's text to mark, and why. ``was`` marks the reading given up."""

    start: int
    end: int
    kind: str
    was: bool = False
    level: int = 3
    """How probable the change is, in steps; see :func:`retold.report.html.context.level`."""


class Piece(NamedTuple):
    """A run of text with one mark, or none (``kind`` empty)."""

    text: Markup
    kind: str = ""
    was: bool = False
    level: int = 3


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[Word, ...]:
    """Split a reading into words, once for all that it is compared with."""
    return tuple(words(text))


def differing(a: str, b: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]], float]:
    """Return where ``a`` and ``b`` differ, word by word, and how alike they are (0..1).

    Typography and case are no difference. The spans are half-open, in code points.
    """
    left, right = _split(a), _split(b)
    if not left or not right or max(len(left), len(right)) > _LONGEST:
        return [], [], float(a == b)
    codes = Indel.opcodes([w.form for w in left], [w.form for w in right])
    spans_a: list[tuple[int, int]] = []
    spans_b: list[tuple[int, int]] = []
    equal = 0
    for code in codes:
        if code.tag == "equal":
            equal += code.src_end - code.src_start
            continue
        if code.src_end > code.src_start:
            spans_a.append((left[code.src_start].start, left[code.src_end - 1].end))
        if code.dest_end > code.dest_start:
            spans_b.append((right[code.dest_start].start, right[code.dest_end - 1].end))
    return spans_a, spans_b, 2 * equal / (len(left) + len(right))


def pieces(text: str, start: int, end: int, marks: Iterable[Mark]) -> list[Piece]:
    """Cut ``text[start:end]`` at its marks.

    Where marks overlap, the narrowest holds, but one of a change that is possible only gives way.
    """
    inside = sorted(
        {
            m._replace(start=max(start, m.start), end=min(end, m.end))
            for m in marks
            if m.start < end and m.end > start and m.end > m.start
        },
        key=lambda m: (not m.level, m.end - m.start, m),
    )
    bounds = sorted({start, end, *(m.start for m in inside), *(m.end for m in inside)})
    cut: list[tuple[str, str, bool, int]] = []
    for low, high in pairwise(bounds):
        mark = next((m for m in inside if m.start <= low and high <= m.end), None)
        why = (mark.kind, mark.was, mark.level) if mark else ("", False, 3)
        if cut and cut[-1][1:] == why:
            cut[-1] = (cut[-1][0] + text[low:high], *why)
        else:
            cut.append((text[low:high], *why))
    return [Piece(shown(run), kind, was, level) for run, kind, was, level in cut]


_STOP = re.compile(r"[.!?]['\"”’»)]{0,2}\s|\n")


def window(text: str, start: int, end: int, around: int = 90, most: int = 320) -> tuple[int, int]:
    """Return a stretch round ``text[start:end]`` that reads well: its sentence, or part of it.

    At most ``around`` code points are added on either side, and ``most`` are shown in all; the
    stretch is cut between words.
    """
    end = min(end, start + most)
    low = max(0, start - around)
    stops = [m.end() for m in _STOP.finditer(text, low, start)]
    if stops:
        low = stops[-1]
    elif low:
        blank = text.find(" ", low, start)
        low = start if blank < 0 else blank + 1
    high = min(len(text), end + around)
    stop = _STOP.search(text, max(start, end - 2), high)
    if stop and stop.start() + 1 >= end:
        high = stop.start() + (0 if stop.group() == "\n" else 1)
    elif high < len(text):
        blank = text.rfind(" ", end, high)
        high = end if blank < 0 else blank
    return low, max(high, end)


def sentence(text: str, low: int, high: int, most: int = 400) -> tuple[int, int]:
    """Return the sentences that ``text[low:high]`` stands in.

    At most ``most`` code points are added on either side.
    """
    first = max(text.rfind("\n", 0, low) + 1, low - most)
    stops = [m.end() for m in _STOP.finditer(text, first, low)]
    start = stops[-1] if stops else _word(text, first, low)
    last = text.find("\n", high)
    last = min(len(text) if last < 0 else last, high + most)
    stop = _STOP.search(text, max(start, high - 2), last)
    end = stop.end() - 1 if stop else _word(text, last, high)
    return start, max(high, end)


def around(text: str, low: int, high: int, most: int = 220) -> tuple[int, int]:
    """Return a stretch that gives ``text[low:high]`` its context: of its paragraph, whole words.

    At most ``most`` code points are added on either side.
    """
    first, last = text.rfind("\n", 0, low) + 1, text.find("\n", high)
    last = len(text) if last < 0 else last
    start, end = max(first, low - most), min(last, high + most)
    return _word(text, start, low), _word(text, end, high)


def _word(text: str, at: int, within: int) -> int:
    """Move a cut to the next place between words on the way to ``within``."""
    step = 1 if at < within else -1
    while at != within and 0 < at < len(text):
        if text[at - 1].isspace() or text[at].isspace():
            break
        at += step
    return at
