"""Quotation marks: which belong together, and what stands between them.

One pass over the marks of a text with a stack, linear in its length. A mark is read by its shape
(“ opens, ” closes) and by its neighbours (a straight mark after a blank opens). An apostrophe
inside single quotation marks closes nothing; a mark that is never closed reaches to the end of
its paragraph at most; a quotation over several paragraphs repeats its opening mark at each of
them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import lru_cache

DOUBLE_MARKS = '"“”„‟″＂❝❞'
SINGLE_MARKS = "'‘’‚‛＇"
GUILLEMETS = "«»‹›"
MARKS = DOUBLE_MARKS + SINGLE_MARKS + GUILLEMETS
"""Every character that this module may read as a quotation mark."""

_MARK = re.compile(r"``|''|‘‘|’’|[" + MARKS + "`]")
_OPENING = frozenset("“„‘‚«‹")
_OPENS_AFTER = frozenset("([{—–―-/…")
_STOPS = frozenset(".,;:!?…)]}—–―-/")
_ENDS = frozenset(".,;:!?…—–")
_MEASURE = re.compile(r"\d+\s?['’]\s?\d{1,2}$")
_ELISION = re.compile(
    r"(?:\d0s\b|\d\ds?\b|em\b|til\b|tis\b|twas\b|cause\b|bout\b|round\b|n['’])", re.IGNORECASE
)


class Family(StrEnum):
    """Marks of one family open and close one another."""

    DOUBLE = "double"
    SINGLE = "single"
    GUILLEMET = "guillemet"


class Side(IntEnum):
    """What a mark does, by its shape and its neighbours."""

    CLOSES = -1
    EITHER = 0
    OPENS = 1
    CLOSES_UNSURE = -2
    """An apostrophe after a plural (the soldiers’ pay) looks like this, too."""


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """A stretch between two quotation marks; offsets into the text."""

    open: int
    """Where the opening mark stands."""
    close: int
    """After the closing mark, or after the last word where it is missing."""
    parts: tuple[tuple[int, int], ...]
    """The quoted words, one range a paragraph, without marks and outer white space."""
    family: Family
    depth: int
    """0 for a quotation that stands in no other."""
    closed: bool
    """False where the closing mark is missing."""

    @property
    def start(self) -> int:
        """The first quoted character."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """After the last quoted character."""
        return self.parts[-1][1]


@dataclass(slots=True)
class _Open:
    family: Family
    mark: str
    at: int
    start: int
    parts: list[tuple[int, int]] = field(default_factory=list)


KEPT = 64
"""Texts whose quotations are kept for the next call: a story is told anew when a version more
comes, of which only that one was not read before."""


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    text: str
    family: Family
    side: Side


@lru_cache(maxsize=KEPT)
def find_quotes(text: str) -> tuple[Quote, ...]:
    """Return every quotation in ``text``, nested ones included, by its opening mark."""
    matcher = _Matcher(text)
    position = 0
    while position < len(text):
        line_end = text.find("\n", position)
        line_end = len(text) if line_end < 0 else line_end
        if text[position:line_end].strip():
            matcher.paragraph(position, line_end)
        position = line_end + 1
    matcher.finish()
    return _nest(matcher.found)


class _Matcher:
    """The stack of open marks, paragraph by paragraph."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Open] = []
        self.count: Counter[Family] = Counter()
        self.found: list[Quote] = []
        self.paragraph_end = 0

    def paragraph(self, start: int, end: int) -> None:
        """Match the marks of ``text[start:end]``, which holds no line break."""
        marks = [m for m in map(self._read, _MARK.finditer(self.text, start, end)) if m]
        first = start + len(self.text[start:end]) - len(self.text[start:end].lstrip())
        carried = self._carry(marks, first)
        self.paragraph_end = end
        ahead, within = _closers_ahead(marks), _twice_closed(marks)
        for number, mark in enumerate(marks[carried:], carried):
            if mark.family is Family.SINGLE:
                self._single(mark, closer_ahead=ahead[number])
            elif mark.side is Side.OPENS and not self._ends_low(mark):
                self._push(mark, within=within[number])
            elif self.count[mark.family]:
                self._close(mark)
            elif mark.side is Side.EITHER:
                self._push(mark)

    def finish(self) -> None:
        """End what is still open with its paragraph."""
        while self.stack:
            self._drop(self.paragraph_end)

    def _carry(self, marks: list[_Mark], first: int) -> int:
        """Go on with a quotation that the last paragraph left open, or end it there.

        Returns how many of ``marks`` are used up.
        """
        if not self.stack:
            return 0
        while len(self.stack) > 1:
            self._drop(self.paragraph_end)
        outer = self.stack[0]
        again = marks and marks[0].start == first and marks[0].family is outer.family
        if again and marks[0].side is not Side.CLOSES:
            outer.parts.append((outer.start, self.paragraph_end))
            outer.start = marks[0].end
            return 1
        self._drop(self.paragraph_end)
        return 0

    def _push(self, mark: _Mark, *, within: bool = False) -> None:
        """Open a quotation; one of its family ends here, unless this one stands ``within`` it."""
        if not within and self.stack and self.stack[-1].family is mark.family:
            self._drop(mark.start)
        self.stack.append(_Open(mark.family, mark.text, mark.start, mark.end))
        self.count[mark.family] += 1

    def _pop(self) -> _Open:
        top = self.stack.pop()
        self.count[top.family] -= 1
        return top

    def _close(self, mark: _Mark) -> None:
        """Close the innermost quotation of the mark's family; what is open inside it never was."""
        while self.stack[-1].family is not mark.family:
            self._pop()
        self._add(self._pop(), mark.start, mark.end, closed=True)

    def _drop(self, end: int) -> None:
        """End the innermost quotation at ``end`` without a closing mark.

        A lone single mark is more often an apostrophe, unless it stands before a capital.
        """
        top = self._pop()
        if top.family is Family.SINGLE and not (
            top.mark in "‘‚" and self.text[top.at + 1 : top.at + 2].isupper()
        ):
            return
        self._add(top, end, end, closed=False)

    def _add(self, top: _Open, end: int, close: int, *, closed: bool) -> None:
        parts = [self._trim(s, e) for s, e in (*top.parts, (top.start, end))]
        kept = tuple((s, e) for s, e in parts if s < e)
        if kept:
            close = close if closed else kept[-1][1]
            self.found.append(Quote(top.at, close, kept, top.family, 0, closed))

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def _single(self, mark: _Mark, *, closer_ahead: bool) -> None:
        inside = bool(self.stack) and self.stack[-1].family is Family.SINGLE
        if mark.side is Side.OPENS and not self._ends_low(mark):
            self._push(mark)
        elif inside and not (mark.side is Side.CLOSES_UNSURE and closer_ahead):
            self._close(mark)

    def _ends_low(self, mark: _Mark) -> bool:
        """Say whether an opening shape closes here: „German“, ‚German‘, »German«."""
        if not self.stack or self.stack[-1].family is not mark.family:
            return False
        opener = self.stack[-1].mark
        return (opener in "„‚" and mark.text in "“‘") or (opener in "»›" and mark.text in "«‹")

    def _read(self, found: re.Match[str]) -> _Mark | None:
        """Say what a mark may do here; None where it is an apostrophe or a sign of measure."""
        text, (start, end) = self.text, found.span()
        mark = found.group()
        left = text[start - 1] if start else "\n"
        right = text[end] if end < len(text) else "\n"
        family, side = _sides(mark, left, right)
        if family is Family.SINGLE and side is Side.OPENS and _ELISION.match(text, end):
            return None
        if mark == '"' and left.isdigit() and _MEASURE.search(text, max(0, start - 8), start):
            return None
        if family is Family.SINGLE and side is Side.CLOSES and left.isalpha() and right.isspace():
            dropped_g = text[max(0, start - 2) : start].lower() == "in"
            if left in "sS" or dropped_g:
                side = Side.CLOSES_UNSURE
        return None if side is None else _Mark(start, end, mark, family, side)


def _sides(mark: str, left: str, right: str) -> tuple[Family, Side | None]:
    """Family of a mark, and what it does between the characters ``left`` and ``right``."""
    after_gap = left.isspace() or left in _OPENS_AFTER or left in MARKS
    before_gap = right.isspace() or right in _STOPS or right in MARKS
    if mark in GUILLEMETS:
        if mark in "«‹":
            return Family.GUILLEMET, Side.OPENS
        reverse = (left.isspace() or left in _OPENS_AFTER) and not before_gap
        return Family.GUILLEMET, Side.EITHER if reverse else Side.CLOSES
    if mark in ("''", "’’", "‘‘", "``") or mark in DOUBLE_MARKS:
        return Family.DOUBLE, _double_side(mark, left, right, after=after_gap, before=before_gap)
    return Family.SINGLE, _single_side(mark, left, right, after=after_gap, before=before_gap)


def _double_side(mark: str, left: str, right: str, *, after: bool, before: bool) -> Side:
    if mark in ("„", "``", "‘‘"):
        return Side.OPENS
    if mark in "“‟❝":
        if right.isspace() and (left.isspace() or not after):
            return Side.EITHER if left.isspace() else Side.CLOSES
        return Side.CLOSES if before and not after else Side.OPENS
    if mark in ("”", "❞", "’’"):
        return Side.EITHER if after and not before and left not in MARKS else Side.CLOSES
    if after and not before:
        return Side.OPENS if left not in MARKS or left in _OPENING else Side.EITHER
    return Side.CLOSES if before and not after else Side.EITHER


def _single_side(mark: str, left: str, right: str, *, after: bool, before: bool) -> Side | None:
    if left.isalnum() and right.isalnum():
        return None
    if mark in "‘‚‛`":
        if after and not right.isspace():
            return Side.OPENS
        return Side.CLOSES if before and not left.isspace() and mark == "‘" else None
    opens = after and not right.isspace() and right not in _STOPS
    if opens and not (left in _ENDS or left in MARKS):
        return Side.OPENS if mark != "’" else None
    return Side.CLOSES if not left.isspace() and not right.isalnum() else None


def _closers_ahead(marks: list[_Mark]) -> list[bool]:
    """For each mark: does a sure single closing mark follow before the next single opening one?"""
    ahead, answer = False, [False] * len(marks)
    for number in range(len(marks) - 1, -1, -1):
        answer[number] = ahead
        if marks[number].family is Family.SINGLE and marks[number].side is not Side.CLOSES_UNSURE:
            ahead = marks[number].side is Side.CLOSES
    return answer


def _twice_closed(marks: list[_Mark]) -> list[bool]:
    """For each mark: do the next two of its family both close? Then it opens a nested quotation."""
    following = dict.fromkeys(Family, (Side.EITHER, Side.EITHER))
    answer = [False] * len(marks)
    for number in range(len(marks) - 1, -1, -1):
        mark = marks[number]
        first, second = following[mark.family]
        answer[number] = first is second is Side.CLOSES
        following[mark.family] = (mark.side, first)
    return answer


def _nest(found: list[Quote]) -> tuple[Quote, ...]:
    """Sort by place and count for each quotation how many others it stands in."""
    ends: list[int] = []
    nested = []
    for quote in sorted(found, key=lambda q: (q.open, -q.close)):
        while ends and ends[-1] <= quote.open:
            ends.pop()
        nested.append(
            Quote(quote.open, quote.close, quote.parts, quote.family, len(ends), quote.closed)
        )
        ends.append(quote.close)
    return tuple(nested)
