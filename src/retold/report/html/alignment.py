"""What corresponds to what in two versions, packed for the side-by-side view."""

from __future__ import annotations

import json
import string
from bisect import bisect_left, insort
from functools import lru_cache

from retold.report.html.context import Context, numbered

_CODES: dict[str, int] = {"verbatim": 0, "near": 1, "rewrite": 2}
_DIGITS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
_Stretch = tuple[int, int, int, int, int, int]
"""A match of two versions: kind, negative length, both starts, both ends; the best sort first."""


def alignment(context: Context) -> str:
    """Return, as JSON, the stretches that correspond: matches, then the readings of each claim.

    ``pairs`` holds, for each two versions, their numbers and, packed by :func:`_packed`, four
    integers a match: how far behind the last one it begins and how long it is, on the first side;
    how far behind the last one it begins on the second side; and three times how much longer it is
    there, plus its kind (0 verbatim, 1 near, 2 rewrite). ``claims`` holds
    three a reading: version, start and length; claims are in the order of their numbers.
    """
    numbers = {a: w.number for a, w in context.witnesses.items()}
    by_pair: dict[tuple[int, int], list[_Stretch]] = {}
    for match in context.story.matches:
        one, two = match.a, match.b
        if one.article in numbers and two.article in numbers:
            low, start = one.start, two.start
            by_pair.setdefault((numbers[one.article], numbers[two.article]), []).append(
                (_CODES[match.kind], low - one.end, low, start, one.end, two.end)
            )
    pairs = []
    for (a, b), stretches in sorted(by_pair.items()):
        row: list[int] = []
        at_a = at_b = 0
        for kind, _, start_a, start_b, end_a, end_b in chosen(stretches):
            longer = (end_b - start_b) - (end_a - start_a)
            row += (start_a - at_a, end_a - start_a, start_b - at_b, 3 * longer + kind)
            at_a, at_b = end_a, end_b
        pairs.append([a, b, packed(row)])
    claims = []
    for _, claim in numbered(context.story):
        flat: list[int] = []
        for r in sorted(claim.readings):
            if r.article in numbers:
                flat += (numbers[r.article], r.start, r.end - r.start)
        claims.append(flat)
    return json.dumps({"pairs": pairs, "claims": claims}, separators=(",", ":"))


def packed(numbers: list[int]) -> str:
    """Write integers as the base64 VLQ of source maps (ECMA-426, section 6): small ones are short.

    The sign is the lowest bit; then five bits a character, the lowest first, a sixth saying whether
    more follow.
    """
    return "".join(map(_digits, numbers))


@lru_cache(maxsize=1 << 14)
def _digits(number: int) -> str:
    rest = 2 * number if number >= 0 else 1 - 2 * number
    found = ""
    while rest > 31:
        found += _DIGITS[rest & 31 | 32]
        rest >>= 5
    return found + _DIGITS[rest]


def chosen(matches: list[_Stretch]) -> list[_Stretch]:
    """Choose the matches of two versions that are laid side by side, in the order of the first.

    The surest and longest first, none twice on either side.
    """
    taken_a: list[tuple[int, int]] = []
    taken_b: list[tuple[int, int]] = []
    taken: list[_Stretch] = []
    for match in sorted(matches):
        here, there = (match[2], match[4]), (match[3], match[5])
        if _free(taken_a, here) and _free(taken_b, there):
            insort(taken_a, here)
            insort(taken_b, there)
            taken.append(match)
    return sorted(taken, key=lambda m: m[2])


def _free(taken: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Say whether a span holds something and overlaps none of the disjoint, sorted ``taken``."""
    after = bisect_left(taken, span)
    return (
        span[0] < span[1]
        and (after == len(taken) or taken[after][0] >= span[1])
        and (after == 0 or taken[after - 1][1] <= span[0])
    )
