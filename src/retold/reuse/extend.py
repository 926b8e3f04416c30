"""Passages of pairs of texts by seed and extend, compiled: tens of thousands of pairs a second.

Runs of ``seed`` equal words are the seeds. The longest first, each grows in both directions over
differences: after an unequal word the nearest place is sought where two words in a row are equal
again. Equal words gain, differences cost by an affine rule (Gotoh 1982), and growth ends where the
score has dropped too far below its best (X-drop; Altschul et al. 1997, BLAST). What has too few
equal words is divided at its longest difference. No word of either text is covered twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.reuse.compiled import compiled
from retold.reuse.seeds import MOST_WORDS, seeds, table, unpacked
from retold.reuse.sketch import shingles
from retold.reuse.stock import Marks
from retold.reuse.tokens import Words

COLUMNS = 7
"""Of a passage: pair, first word in a, words in a, first word in b, words in b, equal words, and
how many of these are no stock."""
_ROOM = 4096
ZERO, ONE = np.uint32(0), np.uint32(1)


@dataclass(frozen=True, slots=True)
class Growth:
    """How passages grow; the meaning of each is given in :class:`retold.config.ScanConfig`."""

    seed: int
    repeats: int
    opening: float
    lengthening: float
    drop: float
    gap: int
    share: float
    least: int


def align(
    words: Words,
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    pairs: NDArray[np.int64],
    how: Growth,
    stock: Marks,
) -> NDArray[np.int32]:
    """Return the passages of pairs of texts.

    Args:
        words: the words of all texts; a word 0 is equal to none.
        begins: where each text's words begin in ``words``.
        ends: where they end.
        pairs: shape (pairs, 2), numbers of texts; fastest where those with one first text stand
            together.
        how: what a passage is.
        stock: where stock stands in the texts. No passage begins from it, and its words do not
            count for ``how.least``; but what copies carry in the midst of a passage is part of it.

    Returns:
        Shape (passages, COLUMNS), by pair and then by place in its first text; words are counted
        from the beginning of the text.
    """
    parts, done = [], 0
    room = max(_ROOM, 4 * len(pairs))
    while done < len(pairs):
        out = np.empty((room, COLUMNS), np.int32)
        done, count = _align(
            words, begins, ends, pairs, done, out,
            how.seed, how.repeats, how.opening, how.lengthening, how.drop, how.gap, how.share,
            how.least, *stock,
        )  # fmt: skip
        parts.append(out[:count])
        room *= 2
    return np.concatenate(parts) if parts else np.empty((0, COLUMNS), np.int32)


@compiled
def _align(  # noqa: PLR0915 - one loop; a call of a kernel's part for each pair would cost more
    words: Words,
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    pairs: NDArray[np.int64],
    first: int,
    out: NDArray[np.int32],
    seed: int,
    repeats: int,
    opening: float,
    lengthening: float,
    drop: float,
    gap: int,
    share: float,
    least: int,
    marked: NDArray[np.int64],
    stock: NDArray[np.int32],
) -> tuple[int, int]:
    """Align pairs from ``first`` on while there is room; return the next pair and the rows filled.

    A pair whose passages do not fit is left for the next call.
    """
    longest = 0
    for at in range(first, len(pairs)):
        for side in range(2):
            longest = max(longest, min(MOST_WORDS, ends[pairs[at, side]] - begins[pairs[at, side]]))
    pad = gap + 2
    a, b = np.zeros(longest + 2 * pad, np.uint32), np.ones(longest + 2 * pad, np.uint32)
    grams_a, grams_b = np.empty(longest, np.uint64), np.empty(longest, np.uint64)
    size = 8
    while size < 2 * longest:
        size *= 2
    heads = np.empty(size, np.int32)
    following = np.empty(longest, np.int32)
    reached = np.empty(2 * longest + 1, np.int32)
    runs = np.empty(8 * longest + 64, np.int64)
    segments = np.empty((2 * longest + 8, 3), np.int32)
    parts = np.empty((2 * longest + 8, 2), np.int32)
    # how many words of a before each place are stock; and whether a run of b is
    before, apart = np.zeros(longest + 1, np.int32), np.zeros(longest, np.bool_)
    held, mask = -1, np.uint64(0)
    filled = 0
    for at in range(first, len(pairs)):
        one, two = pairs[at, 0], pairs[at, 1]
        begin_a, begin_b = begins[one], begins[two]
        long_a = min(ends[one] - begin_a, MOST_WORDS)
        long_b = min(ends[two] - begin_b, MOST_WORDS)
        if one != held:
            held = one
            size = 8
            while size < 2 * long_a:
                size *= 2
            mask = np.uint64(size - 1)
            table(words[begin_a : begin_a + long_a], seed, grams_a, heads, following, size)
            _count_stock(stock[marked[one] : marked[one + 1]], long_a, before)
        for k in range(long_a):
            a[pad + k] = words[begin_a + k]
        a[pad + long_a : pad + long_a + pad] = 0
        for k in range(long_b):
            b[pad + k] = max(words[begin_b + k], ONE)
        b[pad + long_b : pad + long_b + pad] = 1
        own_a, own_b = a[pad : pad + long_a + 1], b[pad : pad + long_b + 1]
        shingles(own_b[:long_b], seed, grams_b)
        for k in range(marked[two], marked[two + 1]):
            apart[stock[k, 0] : min(stock[k, 1], long_b) - seed + 1] = True
        count = seeds(
            own_a, own_b, seed, repeats, grams_a, grams_b, heads, following, mask, reached, apart,
            runs,
        )  # fmt: skip
        for k in range(marked[two], marked[two + 1]):
            apart[stock[k, 0] : min(stock[k, 1], long_b)] = False
        if count == 0:
            continue
        ordered = np.sort(runs[:count])
        start = filled
        for run in ordered:
            i, j, length = unpacked(run)
            i, j, length = _free(own_a, own_b, i, j, length)
            if length < seed:
                continue
            middle = len(segments) // 2
            segments[middle, 0], segments[middle, 1], segments[middle, 2] = i, j, length
            low = middle - _way(
                a, b, pad + i - 1, pad + j - 1, -1, pad, opening, lengthening, drop, gap, segments
            )
            high = middle + 1 + _way(
                a, b, pad + i + length, pad + j + length, 1, pad, opening, lengthening, drop, gap,
                segments,
            )  # fmt: skip
            waiting = 1
            parts[0, 0], parts[0, 1] = low, high
            while waiting:
                waiting -= 1
                low, high = parts[waiting, 0], parts[waiting, 1]
                equal, told, cut = _weigh(segments, low, high, before)
                if told < least:
                    continue
                i, j = segments[low, 0], segments[low, 1]
                wide_a = segments[high - 1, 0] + segments[high - 1, 2] - i
                wide_b = segments[high - 1, 1] + segments[high - 1, 2] - j
                if equal < share * max(wide_a, wide_b):
                    parts[waiting, 0], parts[waiting, 1] = low, cut
                    parts[waiting + 1, 0], parts[waiting + 1, 1] = cut, high
                    waiting += 2
                    continue
                if filled == len(out):
                    return at, start
                own_a[i : i + wide_a] = 0
                own_b[j : j + wide_b] = 1
                out[filled, 0] = at
                out[filled, 1], out[filled, 2] = i, wide_a
                out[filled, 3], out[filled, 4] = j, wide_b
                out[filled, 5], out[filled, 6] = equal, told
                filled += 1
        if filled > start + 1:
            own = out[start:filled]
            own[:] = own[np.argsort(own[:, 1])]
    return len(pairs), filled


@compiled
def _count_stock(stock: NDArray[np.int32], length: int, before: NDArray[np.int32]) -> None:
    """Count the words of stock before each place of a text of ``length`` words."""
    before[: length + 1] = 0
    for at in range(len(stock)):
        for k in range(stock[at, 0], min(stock[at, 1], length)):
            before[k + 1] = 1
    if len(stock):
        for k in range(length):
            before[k + 1] += before[k]


@compiled
def _free(a: Words, b: Words, i: int, j: int, length: int) -> tuple[int, int, int]:
    """Return the longest part of a run that no passage covers, the first of several."""
    best, best_at, begun = 0, 0, 0
    for at in range(length):
        if a[i + at] != b[j + at]:
            begun = at + 1
        elif at + 1 - begun > best:
            best, best_at = at + 1 - begun, begun
    return i + best_at, j + best_at, best


@compiled
def _way(
    a: Words,
    b: Words,
    i: int,
    j: int,
    step: int,
    pad: int,
    opening: float,
    lengthening: float,
    drop: float,
    gap: int,
    segments: NDArray[np.int32],
) -> int:
    """Lead on from (i, j) in one direction; return how many segments are worth keeping.

    Segments are written outwards from the middle. Around both texts, and where passages cover
    them, stand words that are equal to none, which nothing leads across.
    """
    count = kept = 0
    score = best = 0.0
    middle = len(segments) // 2
    while True:
        length = 0
        while a[i] == b[j]:
            i += step
            j += step
            length += 1
        if length:
            count += 1
            place = middle + step * count
            segments[place, 0] = (i - length if step > 0 else i + 1) - pad
            segments[place, 1] = (j - length if step > 0 else j + 1) - pad
            segments[place, 2] = length
            score += length
            if score > best:
                best, kept = score, count
        skip_a = skip_b = -1
        room_a = room_b = gap
        for wide in range(1, gap + 1):
            cost = opening + lengthening * (wide - 1)
            if score - cost < best - drop:
                return kept
            far_a, far_b = i + step * wide, j + step * wide
            if wide <= room_a and a[far_a - step] == ZERO:
                room_a = wide - 1
            if wide <= room_b and b[far_b - step] == ONE:
                room_b = wide - 1
            if wide > max(room_a, room_b):
                return kept
            for other in range(wide, -1, -1):
                near = j + step * other
                if (
                    wide <= room_a
                    and other <= room_b
                    and a[far_a] == b[near]
                    and a[far_a + step] == b[near + step]
                ):
                    skip_a, skip_b = far_a, near
                    break
                near = i + step * other
                if (
                    wide <= room_b
                    and other <= room_a
                    and a[near] == b[far_b]
                    and a[near + step] == b[far_b + step]
                ):
                    skip_a, skip_b = near, far_b
                    break
            if skip_a >= 0:
                score -= cost
                break
        if skip_a < 0:
            return kept
        i, j = skip_a, skip_b


@compiled
def _weigh(
    segments: NDArray[np.int32], low: int, high: int, before: NDArray[np.int32]
) -> tuple[int, int, int]:
    """Return the equal words of segments, those that are no stock, and where the longest gap is.

    A gap is named by the segment after it.
    """
    equal, stock, widest, cut = 0, 0, -1, low + 1
    for at in range(low, high):
        equal += segments[at, 2]
        stock += before[segments[at, 0] + segments[at, 2]] - before[segments[at, 0]]
        if at > low:
            last = segments[at - 1]
            wide = max(segments[at, 0] - last[0] - last[2], segments[at, 1] - last[1] - last[2])
            if wide > widest:
                widest, cut = wide, at
    return equal, equal - stock, cut
