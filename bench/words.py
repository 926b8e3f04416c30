"""Text that corpora are planted in: real news where it is present, a fictional language elsewhere.

A text is an array of tokens. A token is a word's number times four, plus how it ends: 0 within a
sentence, 1 at the end of a sentence, 2 at the end of a paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numba
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

Tokens = NDArray[np.int32]
Integers = NDArray[np.int64]

SHORTEST = 180
"""Fewest words of a text, so that one cut to 40 % still has 70."""
JUMP = 0.5
"""How often a spliced text leaves the passage that it follows: runs of two words on average, so
that two of them share a 5-gram about as often as unrelated news does."""
_MARK = "\ue000"
_ONSETS = (
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "br",
    "dr",
)
_RIMES = ("a", "e", "i", "o", "u", "an", "el", "in", "or", "un", "ay", "eth", "ist", "oll", "orn")


@dataclass(frozen=True, slots=True)
class Words:
    """A vocabulary, and running text in it."""

    letters: NDArray[np.uint8]
    """The words in UTF-8, one after the other."""
    starts: Integers
    """Word w is ``letters[starts[w]:starts[w + 1]]``."""
    tokens: Tokens
    bounds: Integers
    """Article k is ``tokens[bounds[k]:bounds[k + 1]]``."""
    outlets: tuple[str, ...]
    plain: NDArray[np.int32]
    """The words of small letters alone, by falling frequency."""


def news(path: Path) -> Words:
    """Return the articles of a Parquet file with the columns ``text`` and ``outlet``."""
    table = pq.read_table(path, columns=["text", "outlet"])
    text = pc.replace_substring_regex(table["text"].combine_chunks(), r"\s*\n\s*", f" {_MARK} ")
    parts = pc.utf8_split_whitespace(pc.utf8_trim_whitespace(text))
    encoded = parts.values.dictionary_encode()
    found = encoded.dictionary.to_pylist()
    numbers = encoded.indices.to_numpy()
    marks = numbers == found.index(_MARK)
    ends = np.array([word.rstrip("”\"')’").endswith((".", "!", "?")) for word in found])
    short = np.array([len(word) < 4 or word.count(".") > 1 for word in found])
    tokens = (numbers << 2) | (ends & ~short)[numbers]
    before = np.flatnonzero(marks) - 1
    tokens[before[before >= 0]] |= 2
    tokens[tokens & 3 == 3] -= 1
    kept = np.concatenate([[0], np.cumsum(~marks)])
    outlets = sorted(set(filter(None, table["outlet"].to_pylist())))
    return _words(found, tokens[~marks], kept[parts.offsets.to_numpy()], tuple(outlets))


def fiction(words: int = 1_500_000, seed: int = 7) -> Words:
    """Return running text of an invented language: Zipf's frequencies, words with habits."""
    generator = np.random.default_rng(seed)
    found: dict[str, None] = {}
    while len(found) < 20_000:
        count = 1 + (len(found) > 150) + (len(found) > 7_000)
        parts = generator.integers(0, (len(_ONSETS), len(_RIMES)), (count, 2)).tolist()
        found["".join(_ONSETS[a] + _RIMES[b] for a, b in parts)] = None
    forms = [form for word in found for form in (word, word.capitalize(), word + ".", word + ",")]
    zipf = 1 / (np.arange(len(found)) + 2.7)
    share = np.cumsum(zipf / zipf.sum())
    habits = np.searchsorted(share, generator.random((len(found), 24))).astype(np.int64)
    stream = _speak(habits, share, generator.random((words, 3)))
    bounds = np.arange(0, words + 1, 800)
    names = tuple(f"{w.capitalize()} Herald" for w in list(found)[5_000:5_200])
    return _words(forms, stream[: bounds[-1]], bounds, names)


@numba.njit(cache=True)
def _speak(habits: Integers, share: NDArray[np.float64], chance: NDArray[np.float64]) -> Tokens:
    """Follow each word by one of its habitual successors, or by any word, in sentences."""
    out = np.empty(len(chance), np.int32)
    word = 0
    place, length, sentences = 0, 12, 0
    for i in range(len(chance)):
        if chance[i, 0] < 0.75:
            word = habits[word, int(chance[i, 1] ** 2 * habits.shape[1])]
        else:
            word = min(np.searchsorted(share, chance[i, 1]), len(habits) - 1)
        form, end = 0, 0
        if place == length:
            form, end = 2, 1
            sentences += 1
            if sentences % 3 == 0:
                end = 2
            place, length = -1, 7 + int(chance[i, 2] * 24)
        elif place == 0:
            form = 1
        elif chance[i, 2] < 0.06:
            form = 3
        out[i] = (word * 4 + form) << 2 | end
        place += 1
    return out


def _words(
    found: list[str],
    tokens: NDArray[np.integer],
    bounds: NDArray[np.integer],
    outlets: tuple[str, ...],
) -> Words:
    coded = [word.encode() for word in found]
    starts = np.concatenate([[0], np.cumsum([len(word) for word in coded])]).astype(np.int64)
    counts = np.bincount(tokens >> 2, minlength=len(found))
    plain = np.array([word.isalpha() and word.islower() for word in found]) & (counts > 1)
    ranked = np.argsort(-counts, kind="stable")
    return Words(
        np.frombuffer(b"".join(coded), np.uint8),
        starts,
        tokens.astype(np.int32),
        bounds.astype(np.int64),
        outlets,
        ranked[plain[ranked]].astype(np.int32),
    )


def lengths(generator: np.random.Generator, count: int) -> Integers:
    """Return how many words texts have: 400 on average, log-normal, 180 to 1,200."""
    drawn = 370 * np.exp(0.4 * generator.standard_normal(count))
    whole: Integers = np.clip(drawn, SHORTEST, 1_200).astype(np.int64)
    return whole


def texts(words: Words, count: int, seed: int) -> list[Tokens]:
    """Return ``count`` texts that have no passage in common but what the source itself repeats.

    First the openings of all articles, then what follows them; when the source is used up, texts
    spliced from it.
    """
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(words.bounds) - 1)
    place = words.bounds[:-1].copy()
    found: list[Tokens] = []
    while len(found) < count and len(order):
        spans = _sections(words.tokens, place, words.bounds, order, lengths(generator, len(order)))
        found += [words.tokens[a:b] for a, b in spans[: count - len(found)]]
        order = order[words.bounds[order + 1] - place[order] > SHORTEST]
    if len(found) < count:
        found += _spliced(words, count - len(found), generator)
    return found


@numba.njit(cache=True)
def _sections(
    tokens: Tokens,
    place: Integers,
    bounds: Integers,
    order: Integers,
    wanted: Integers,
) -> Integers:
    """Take the next section of each article, up to the end of a sentence; move ``place`` on."""
    out = np.empty((len(order), 2), np.int64)
    count = 0
    for k in range(len(order)):
        article = order[k]
        start, stop = place[article], bounds[article + 1]
        end = min(start + wanted[k], stop)
        while end < stop and tokens[end - 1] & 3 == 0 and end < start + wanted[k] + 80:
            end += 1
        place[article] = end
        if end - start >= SHORTEST:
            out[count, 0], out[count, 1] = start, end
            count += 1
    taken: Integers = out[:count]
    return taken


def _spliced(words: Words, count: int, generator: np.random.Generator) -> list[Tokens]:
    first, places = _occurrences(words.tokens, len(words.starts) - 1)
    found = []
    for done in range(0, count, 10_000):
        wanted = lengths(generator, min(10_000, count - done))
        bounds = np.concatenate([[0], np.cumsum(wanted)])
        chance = generator.random(bounds[-1])
        stream = _splice(words.tokens, first, places, chance, bounds)
        found += [stream[a:b] for a, b in pairwise(bounds)]
    return found


@numba.njit(cache=True)
def _occurrences(tokens: Tokens, words: int) -> tuple[Integers, NDArray[np.int32]]:
    """Return where each word stands: a counting sort of places by word."""
    first = np.zeros(words + 1, np.int64)
    for token in tokens:
        first[(token >> 2) + 1] += 1
    first = np.cumsum(first)
    fill = first[:-1].copy()
    places = np.empty(len(tokens), np.int32)
    for i in range(len(tokens)):
        word = tokens[i] >> 2
        places[fill[word]] = i
        fill[word] += 1
    return first, places


@numba.njit(cache=True)
def _splice(
    tokens: Tokens,
    first: Integers,
    places: NDArray[np.int32],
    chance: NDArray[np.float64],
    bounds: Integers,
) -> Tokens:
    """Follow the source, and jump now and then to another place where the same word stands."""
    out = np.empty(len(chance), np.int32)
    last = len(tokens) - 1
    for k in range(len(bounds) - 1):
        at = int(chance[bounds[k]] * last)
        while at < last and tokens[at] & 3 == 0:
            at += 1
        for i in range(bounds[k], bounds[k + 1]):
            at = at + 1 if at < last else 0
            out[i] = tokens[at]
            if chance[i] < JUMP:
                word = tokens[at] >> 2
                many = first[word + 1] - first[word]
                at = places[first[word] + int(chance[i] / JUMP * many)]
    return out


@numba.njit(cache=True)
def render(
    letters: NDArray[np.uint8],
    starts: Integers,
    tokens: Tokens,
    bounds: Integers,
) -> tuple[Integers, NDArray[np.uint8]]:
    """Return texts as UTF-8: the offsets of each and the bytes of all."""
    size = 0
    for token in tokens:
        word = token >> 2
        size += starts[word + 1] - starts[word] + 2
    out = np.empty(size, np.uint8)
    offsets = np.zeros(len(bounds), np.int64)
    end = 0
    for k in range(len(bounds) - 1):
        for i in range(bounds[k], bounds[k + 1]):
            if i > bounds[k]:
                if tokens[i - 1] & 3 == 2:
                    out[end] = out[end + 1] = 10
                    end += 2
                else:
                    out[end] = 32
                    end += 1
            word = tokens[i] >> 2
            for j in range(starts[word], starts[word + 1]):
                out[end] = letters[j]
                end += 1
        offsets[k + 1] = end
    return offsets, out[:end]


def strings(words: Words, found: list[Tokens]) -> pa.Array:
    """Return texts as an Arrow array, paragraphs parted by an empty line."""
    bounds = np.concatenate([[0], np.cumsum([len(t) for t in found])]).astype(np.int64)
    offsets, letters = render(words.letters, words.starts, np.concatenate(found), bounds)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(letters)]
    return pa.LargeStringArray.from_buffers(len(found), buffers[1], buffers[2])
