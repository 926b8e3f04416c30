"""Words and typography, the same for every stage.

Typographic differences (curly or straight quotes, kinds of dash, soft hyphens, no-break spaces,
zero-width
characters, ligatures) are never a change. Everything that compares text compares folded words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_SINGLE = "‘’‚‛′´`ʼʹ＇"
_DOUBLE = "“”„‟«»″＂❝❞"
_DASHES = "‐‑‒–—―−﹘－"
_SPACES = "\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_INVISIBLE = "\u00ad\u034f\u061c\u180e\ufeff" + "".join(
    map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A)))
)
_FOLD = {
    **{ord(c): "'" for c in _SINGLE},
    **{ord(c): '"' for c in _DOUBLE},
    **{ord(c): "-" for c in _DASHES},
    **{ord(c): " " for c in _SPACES},
    **{ord(c): None for c in _INVISIBLE},
    ord("…"): "...",
}

# what a word goes on with: letters, digits and marks, with apostrophes only before another of them;
# run by run, as letter by letter takes half as long again
_REST = r"\w*(?:(?:[\u0300-\u036f" + _INVISIBLE + r"]|['’ʼ](?=\w))\w*)*"
_WORD = re.compile(
    # most words begin with such a letter: so they are told before anything else is tried
    r"[A-Za-z]" + _REST +
    # a Han, kana or hangul-free character stands alone; in numbers points and commas only between
    # two digits
    r"|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    r"|\d+(?:[.,]\d+)*"
    r"|[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]" + _REST
)


KEPT = 64
"""Texts of which the words are kept for the next call: those of a story are asked for by several
stages, one after the other."""

SHORTEST, LONGEST = 1_000, 20_000
"""Characters from which and up to which a text is kept: a sentence is split in no time, and the
words of a text take half a megabyte at the most."""


class Word(NamedTuple):
    """A word: half-open offsets into the text, and the folded form that is compared."""

    start: int
    end: int
    form: str


_made = tuple.__new__
"""Makes a word in half the time that its own constructor takes."""


def fold(text: str) -> str:
    """Return ``text`` with its typography made plain; case and accents are kept.

    The length may change: never map offsets through it.
    """
    return unicodedata.normalize("NFKC", text.translate(_FOLD))


@lru_cache(maxsize=1 << 16)
def form(word: str) -> str:
    """Return the form by which words are compared: folded, case-folded."""
    return fold(word).casefold()


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Split ``text[start:end]`` into words with offsets into ``text`` and folded forms."""
    if start == 0 and end is None and SHORTEST <= len(text) <= LONGEST:
        return list(_whole(text))
    stop = len(text) if end is None else end
    return _split(text, start, stop)


def _split(text: str, start: int, stop: int) -> list[Word]:
    return [_made(Word, (*m.span(), form(m[0]))) for m in _WORD.finditer(text, start, stop)]


@lru_cache(maxsize=KEPT)
def _whole(text: str) -> list[Word]:
    return _split(text, 0, len(text))


def surfaces(text: str) -> list[str]:
    """Return the words of ``text`` as they are written there."""
    return _WORD.findall(text)


def offsets(text: str, surfaces: list[str]) -> list[int]:
    """Return where each word of ``text`` begins, given all of them as they are written there."""
    found, at = [], 0
    for surface in surfaces:
        # what stands between two words holds no character that begins one
        at = text.index(surface, at)
        found.append(at)
        at += len(surface)
    return found


def forms(text: str) -> list[str]:
    """Return only the folded forms of the words of ``text``."""
    return [form(m.group()) for m in _WORD.finditer(text)]


def squeeze(text: str) -> str:
    """Return ``text`` on one line: folded, with every run of white space as one blank."""
    return " ".join(fold(text).split())
