"""The words of a quotation as they are compared: typography, house style and insertions aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from retold.annotate.numbers import CARDINALS
from retold.model import Span
from retold.text import fold, form, words

_CONTRACTED = {"'m": "am", "'re": "are", "'ll": "will", "'ve": "have"}
_IS_AFTER = frozenset({"it", "that", "there", "he", "she", "what", "who", "here", "where"})
_WHOLE = {"can't": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not")}
_NUMBERS = {word: str(n) for word, n in CARDINALS.items() if n > 1}
_IN_FULL = {
    "gov": "governor",
    "gen": "general",
    "sen": "senator",
    "rep": "representative",
    "lt": "lieutenant",
    "col": "colonel",
    "capt": "captain",
    "sgt": "sergeant",
    "prof": "professor",
    "dr": "doctor",
    "ok": "okay",
    "programme": "program",
}
_SIGNS = {"%": "percent", "&": "and"}
_SIGN = re.compile(r"[%&]")
_SPELLED = (
    (re.compile(r"is(e|ed|es|ing|ation|ations|er|ers)$"), r"iz\1"),
    (re.compile(r"our(s|ed|ing|able|ful|ite|ites|ly)?$"), r"or\1"),
    (re.compile(r"tre(s?)$"), r"ter\1"),
    (re.compile(r"ence(s?)$"), r"ense\1"),
    (re.compile(r"logue(s?)$"), r"log\1"),
)
_DOUBLED = re.compile(r"ll(ed|ing|er|ers)$")
_LONG, _LONGER = 6, 8
"""Letters from which on an ending is read as a spelling ("colour", "travelled"; never "hour")."""

INSERTED = 8
"""Most words in brackets that are read as an editor's insertion."""


class QuotedWord(NamedTuple):
    """A word of a quotation: half-open offsets, and the form by which it is compared."""

    start: int
    end: int
    form: str
    inserted: bool
    """Whether it stands in brackets, as an editor's insertion does."""
    proper: bool
    """Whether it is written as a name or in digits, the first word of a stretch aside."""


def quoted_words(text: str, parts: Sequence[Span]) -> tuple[QuotedWord, ...]:
    """Return the words of the quoted stretches of a text.

    House style is made one: contractions, British and American spelling, small numbers, signs,
    abbreviations with points, titles. "[T]he" is "the".
    """
    return tuple(w for part in parts for w in _of_part(text, part))


def said_words(text: str, parts: Sequence[Span]) -> tuple[str, ...]:
    """Return the forms of the speaker's words, without insertions; all where nothing else is."""
    return _said(tuple(text[part.start : part.end] for part in parts))


@lru_cache(maxsize=16_384)
def _said(parts: tuple[str, ...]) -> tuple[str, ...]:
    found = [w for part in parts for w in _of_part(part, Span("", 0, len(part)))]
    spoken = tuple(w.form for w in found if not w.inserted)
    return spoken or tuple(w.form for w in found)


def _of_part(text: str, part: Span) -> Iterator[QuotedWord]:
    raw: list[QuotedWord] = []
    depth, at, opened = 0, part.start, 0
    for word in words(text, part.start, part.end):
        gap = text[at : word.start]
        raw += _signs(text, at, word.start)
        closed = depth
        for mark in gap:
            if mark in "([":
                depth, opened = depth + 1, len(raw)
            elif mark in ")]":
                depth = max(0, depth - 1)
        if closed and not depth and len(raw) - opened > INSERTED:
            raw[opened:] = [w._replace(inserted=False) for w in raw[opened:]]
        if raw and gap and not gap.strip("[]()") and raw[-1].end == at:
            last = raw.pop()  # "[T]he"
            raw.append(last._replace(end=word.end, form=last.form + word.form, inserted=False))
        elif raw and gap == "." and _initial(raw[-1], text) and len(word.form) == 1:
            last = raw.pop()  # "F.B.I."
            raw.append(last._replace(end=word.end, form=last.form + word.form))
        else:
            proper = (bool(raw) and text[word.start].isupper()) or text[word.start].isdigit()
            raw.append(QuotedWord(word.start, word.end, word.form, depth > 0, proper))
        at = word.end
    raw += _signs(text, at, part.end)
    for quoted in raw:
        for one in _plain(fold(quoted.form)):
            yield quoted._replace(form=one)


def _signs(text: str, start: int, end: int) -> Iterator[QuotedWord]:
    for sign in _SIGN.finditer(text, start, end):
        written = _SIGNS[sign.group()]
        yield QuotedWord(sign.start(), sign.end(), written, inserted=False, proper=False)


def _initial(word: QuotedWord, text: str) -> bool:
    """Say whether a word is the beginning of an abbreviation with points ("U.S.")."""
    written = text[word.start : word.end]
    return written[-1:].isupper() and (len(written) == 1 or "." in written)


@lru_cache(maxsize=65_536)
def _plain(word: str) -> tuple[str, ...]:
    """Return the form or forms of a word in one house style."""
    if word in _WHOLE:
        return _WHOLE[word]
    if word.endswith("n't"):
        return word[:-3], "not"
    root, mark, end = word.rpartition("'")
    if mark and root:
        if mark + end in _CONTRACTED:
            return root, _CONTRACTED[mark + end]
        if end == "s" and root in _IS_AFTER:
            return root, "is"
    if word in _NUMBERS:
        return (_NUMBERS[word],)
    if word in _IN_FULL:
        return (_IN_FULL[word],)
    if word[:1].isdigit():
        return (word.replace(",", ""),)
    if len(word) >= _LONG:
        for ending, american in _SPELLED:
            word = ending.sub(american, word)
        if len(word) >= _LONGER:
            word = _DOUBLED.sub(r"l\1", word)
    return (form(word),)
