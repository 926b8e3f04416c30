"""Text to words, on bytes: the tokeniser of the corpus, for any script.

Works on the buffers of an Arrow column, many articles at a time, and makes no object of Python's.
A word is a run of letters and digits, folded as :mod:`retold.reuse.characters` says, and stands as
a 32-bit hash; where a script has no spaces each character is a word. HTML's character references
are read as what they stand for.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retold.reuse.buffers import Buffers
from retold.reuse.characters import ALONE, EXPANDED, SKIPPED, WIDEST, folding
from retold.reuse.compiled import compiled

Words = NDArray[np.uint32]
"""One hash a word, in the order of the text."""

_MASK = np.uint32(0xFFFFFF)
_ALONE, _EXPANDED = np.uint32(ALONE), np.uint32(EXPANDED)
_SEED, _PRIME = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_HALF = np.uint64(32)
LONGEST = 255
"""Code points of a word; one that is longer is cut into several."""
_LEAST = np.uint32(2)
_NAME = 32
"""Bytes of the longest name of an HTML entity that is looked up."""


class Tokens(NamedTuple):
    """The words of several texts, one after the other."""

    words: Words
    bounds: NDArray[np.int64]
    """Where each text's words begin; one longer than the texts."""
    starts: NDArray[np.int32]
    """Of each word its first code point, within its text."""
    lengths: NDArray[np.uint8]
    """And its length in code points."""


def tokenise(
    data: NDArray[np.uint8], offsets: NDArray[np.int64], buffers: Buffers | None = None
) -> Tokens:
    """Split texts into words.

    Args:
        data: UTF-8 of all texts, one after the other.
        offsets: where each text begins in ``data``; one longer than the texts.
        buffers: what the result is written to; it holds until these are used again.
    """
    buffers = buffers or Buffers()
    room = (int(offsets[-1]) - int(offsets[0])) // 2 + len(offsets)
    words = buffers.take("words", room, np.uint32)
    bounds = np.zeros(len(offsets), np.int64)
    starts = buffers.take("starts", room, np.int32)
    lengths = buffers.take("lengths", room, np.uint8)
    count = _tokenise(data, offsets, *folding(), words, bounds, starts, lengths)
    return Tokens(words[:count], bounds, starts[:count], lengths[:count])


def tokenise_text(text: str) -> Tokens:
    """Split one text into words."""
    data = np.frombuffer(text.encode("utf-8", "replace"), np.uint8)
    return tokenise(data, np.array([0, len(data)], np.int64))


@compiled
def _tokenise(  # noqa: PLR0915 - one loop over bytes
    data: NDArray[np.uint8],
    offsets: NDArray[np.int64],
    fold: NDArray[np.uint32],
    expansions: NDArray[np.uint32],
    names: NDArray[np.uint64],
    named: NDArray[np.uint32],
    words: Words,
    bounds: NDArray[np.int64],
    starts: NDArray[np.int32],
    lengths: NDArray[np.uint8],
) -> int:
    """Fill ``words``, ``bounds``, ``starts`` and ``lengths``; return the number of words."""
    count = 0
    # what a byte counts as by itself; SKIPPED where more must be looked at
    plain = fold[:256].copy()
    plain[0x80:] = plain[0x26] = SKIPPED
    for text in range(len(offsets) - 1):
        at, end = offsets[text], offsets[text + 1]
        point = 0  # code points before `at`
        begun, last = 0, 0
        key = _SEED
        inside = False
        while at < end:
            # the usual case on its own, as nearly all of a text in Latin letters is this
            while not inside and at < end:
                form = plain[data[at]]
                if form == SKIPPED:
                    break
                if form == 0:
                    at += 1
                    point += 1
                    continue
                begun, key, first = point, _SEED, at
                stop = min(end, at + LONGEST)
                while form > SKIPPED:
                    key = (key ^ np.uint64(form)) * _PRIME
                    at += 1
                    if at == stop:
                        break
                    form = plain[data[at]]
                point += at - first
                if form == SKIPPED:
                    last, inside = point, True
                else:
                    words[count] = _finished(key)
                    starts[count], lengths[count] = begun, at - first
                    count += 1
            if at == end:
                break
            byte = data[at]
            if inside and byte < 0x80 and fold[byte] > SKIPPED and point - begun < LONGEST:
                first = at
                stop = min(end, at + LONGEST - (point - begun))
                while byte < 0x80 and fold[byte] > SKIPPED:
                    key = (key ^ np.uint64(fold[byte])) * _PRIME
                    at += 1
                    if at == stop:
                        break
                    byte = data[at]
                point += at - first
                last = point
                continue
            here = point
            point += 1
            if byte < 0x80:
                code = np.int64(byte)
                at += 1
                if byte == 0x26:
                    code, used = _reference(data, at, end, names, named)
                    at += used
                    point += used
            elif byte < 0xE0:
                code = (np.int64(byte) & 0x1F) << 6 | _tail(data, at + 1, end)
                at += 2
            elif byte < 0xF0:
                code = (
                    (np.int64(byte) & 0xF) << 12
                    | _tail(data, at + 1, end) << 6
                    | _tail(data, at + 2, end)
                )
                at += 3
            else:
                code = (
                    (np.int64(byte) & 7) << 18
                    | _tail(data, at + 1, end) << 12
                    | _tail(data, at + 2, end) << 6
                    | _tail(data, at + 3, end)
                )
                at += 4
            form = fold[min(np.int64(code), np.int64(0x10FFFF))]
            if form == SKIPPED:
                continue
            if inside and (form == 0 or form & _ALONE or point - begun > LONGEST):
                words[count] = _finished(key)
                starts[count], lengths[count] = begun, last - begun
                count += 1
                inside = False
            if form == 0:
                continue
            if not inside:
                begun, key, inside = here, _SEED, True
            last = point
            if form & _EXPANDED:
                row = form & _MASK
                for k in range(WIDEST):
                    part = expansions[row, k]
                    if part:
                        key = (key ^ np.uint64(part)) * _PRIME
            else:
                key = (key ^ np.uint64(form & _MASK)) * _PRIME
            if form & _ALONE:
                words[count] = _finished(key)
                starts[count], lengths[count] = begun, last - begun
                count += 1
                inside = False
        if inside:
            words[count] = _finished(key)
            starts[count], lengths[count] = begun, last - begun
            count += 1
        bounds[text + 1] = count
    return count


@compiled
def _tail(data: NDArray[np.uint8], at: int, end: int) -> np.int64:
    """The six bits of a continuation byte; 0 past the end of a damaged text."""
    return np.int64(data[at]) & 0x3F if at < end else np.int64(0)


@compiled
def _finished(key: np.uint64) -> np.uint32:
    """Spread a word's key over 32 bits; 0 and 1 are no word's."""
    key = (key ^ (key >> _HALF)) * _MIX
    return max(np.uint32(key >> _HALF), _LEAST)


@compiled
def _reference(
    data: NDArray[np.uint8],
    at: int,
    end: int,
    names: NDArray[np.uint64],
    named: NDArray[np.uint32],
) -> tuple[np.int64, int]:
    """Return the code point of the reference after an ampersand, and how many bytes it takes.

    A blank and 0 where it is none.
    """
    none = (np.int64(0x20), 0)
    stop = min(end, at + _NAME + 1)
    if at >= stop:
        return none
    if data[at] != 0x23:
        key = _SEED
        for place in range(at, stop):
            byte = data[place]
            if byte == 0x3B:
                found = np.searchsorted(names, key)
                if found < len(names) and names[found] == key:
                    return np.int64(named[found]), place + 1 - at
                return none
            if not (0x30 <= byte <= 0x39 or 0x41 <= byte <= 0x5A or 0x61 <= byte <= 0x7A):
                return none
            key = (key ^ np.uint64(byte)) * _PRIME
        return none
    code = np.int64(0)
    at += 1
    base = np.int64(10)
    used = 1
    if at < stop and (data[at] == 0x78 or data[at] == 0x58):
        base, at, used = np.int64(16), at + 1, 2
    for place in range(at, min(stop, at + 8)):
        byte = np.int64(data[place])
        if byte == 0x3B:
            return (code, place + 1 - at + used) if place > at and 0 < code < 0x110000 else none
        digit = byte - 0x30 if byte <= 0x39 else (byte | 0x20) - 0x57
        if digit < 0 or digit >= base or (byte > 0x39 and (byte | 0x20) < 0x61):
            return none
        code = code * base + digit
    return none
