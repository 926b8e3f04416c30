"""What an article is about: its words weighed by rarity, place and whether they name something."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from retold import lexicon
from retold.config import StoriesConfig
from retold.model import Document
from retold.text import form, forms, offsets, surfaces

Values = NDArray[np.float64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

_UPPER, _LOWER, _TELLING, _BITS = 1, 2, 4, 3


@dataclass(frozen=True, slots=True)
class Background:
    """What a pile is a part of, where that is more than what is compared."""

    articles: int
    """How many there are in all, those of the pile among them."""
    holders: Callable[[Sequence[str]], Sequence[int]]
    """Given folded terms, how many of all articles have each."""


class _Numbers(dict[str, int]):
    """The numbers of folded words, given when they are asked for first."""

    def __init__(self, names: list[str], idf: list[float], least: float) -> None:
        super().__init__()
        self._names, self._idf, self._least = names, idf, least

    def __missing__(self, folded: str) -> int:
        idf = lexicon.idf(folded)
        found = len(self._names) if idf >= self._least else -1
        if found >= 0:
            self._names.append(folded)
            self._idf.append(idf)
        self[folded] = found
        return found


class Lexis(dict[str, int]):
    """The words of a pile, each looked up once: as it is written -> the number of its term.

    A number is followed by three bits: whether the word is rare enough to tell anything, and
    whether it begins with a small letter, or with a capital. Words that tell nothing have no term.
    """

    def __init__(self, config: StoriesConfig) -> None:
        """Begin with no words."""
        super().__init__()
        self.names: list[str] = []
        """Of each term, its folded form."""
        self.idf: list[float] = []
        """And its rarity in news, in nats."""
        self.numbers = _Numbers(self.names, self.idf, config.least_idf)
        """By folded word what :meth:`number` returns; one is asked in half the time so."""

    def __missing__(self, surface: str) -> int:
        """Look a word up for the first time."""
        number = self.number(form(surface))
        packed = 0
        if number >= 0:
            packed = number << _BITS | _TELLING
            packed |= surface[0].isupper() * _UPPER | surface[0].islower() * _LOWER
        self[surface] = packed
        return packed

    def number(self, folded: str) -> int:
        """Return the number of a term; -1 for one that tells nothing."""
        return self.numbers[folded]

    def numeric(self) -> Flags:
        """Say of each term whether it is a number."""
        return np.fromiter((name[0].isdigit() for name in self.names), np.bool_, len(self.names))

    def rarity(self, holders: Numbers, articles: int, config: StoriesConfig) -> Values:
        """Return how rare each term is, in nats: its share of news articles, and of the pile.

        The pile counts beside ``config.background`` articles of general news: of a few articles
        nothing is learnt, of thousands on one war what is common in that war. ``holders`` says how
        many of the ``articles`` have each term.
        """
        usual = config.background * np.array([exp(-idf) for idf in self.idf])
        found: Values = -np.log((usual + holders) / (config.background + articles))
        return found


def telling(text: str, config: StoriesConfig) -> frozenset[str]:
    """Return the folded words of a text that tell anything: its terms, where no name is marked."""
    return frozenset(word for word in set(forms(text)) if lexicon.idf(word) >= config.least_idf)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the terms of an article stand."""

    places: NDArray[np.int32]
    """Of each occurrence, the index of its word in the text; shape (occurrences,)."""
    which: NDArray[np.int32]
    """Of each occurrence, the index of its distinct term."""
    starts: NDArray[np.int32]
    """Offset of each word of the text, for all words."""
    counted: Flags
    """Of each word of the text, whether it lies outside asides."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The telling terms of an article; all arrays have the shape (terms,)."""

    numbers: NDArray[np.int32]
    """The distinct terms, rising."""
    frequency: NDArray[np.float32]
    """1 + ln(occurrences), of which one in the lead counts more; 0 where all stand in asides."""
    proper: Flags
    """Whether a term is part of a name."""


def terms(document: Document, lexis: Lexis, config: StoriesConfig) -> Terms:
    """Gather the words of an article.

    Names that were annotated count by their canonical form, so that aliases and transliterations
    meet. Other words that the article writes with a capital, and nowhere without, count as parts of
    names too.
    """
    if document.names or document.asides:
        return placed(document, lexis, config)[0]
    return _plain(document.article.text, lexis, config)


def frequencies(where: Places, count: int, config: StoriesConfig, use: Flags) -> Values:
    """Return 1 + ln(occurrences) of each of ``count`` terms; 0 for one that does not occur.

    Words of the lead count twice or more, those that are not marked in ``use`` (one flag a word of
    the text) not at all.
    """
    gain = np.where(where.places < config.lead_words, 1.0 + config.lead_gain, 1.0)
    gain *= use[where.places]
    found = np.bincount(where.which, weights=gain, minlength=count)
    return np.where(found > 0, 1 + np.log(np.maximum(found, 1)), 0)


def lifts(proper: Flags, numeric: Flags, config: StoriesConfig) -> Values:
    """Return what each term counts beside another as rare: more in names and numbers."""
    return np.where(numeric, config.number_weight, 1.0) * np.where(proper, config.name_weight, 1.0)


def _plain(text: str, lexis: Lexis, config: StoriesConfig) -> Terms:
    """Gather the words of an article that has no names or asides marked: the quick way."""
    words = surfaces(text)
    packed = np.fromiter(map(lexis.__getitem__, words), np.int64, len(words))
    places = np.flatnonzero(packed & _TELLING)
    packed = packed[places]
    numbers, which = np.unique(packed >> _BITS, return_inverse=True)
    proper = np.zeros(len(numbers), np.bool_)
    proper[which[(packed & _UPPER) > 0]] = True
    proper[which[(packed & _LOWER) > 0]] = False
    gain = np.where(places < config.lead_words, 1.0 + config.lead_gain, 1.0)
    found = np.bincount(which, weights=gain, minlength=len(numbers))
    frequency = (1 + np.log(found)).astype(np.float32)
    return Terms(numbers.astype(np.int32), frequency, proper)


def placed(document: Document, lexis: Lexis, config: StoriesConfig) -> tuple[Terms, Places]:
    """Gather the words of an article as :func:`terms` does, and where they stand."""
    words = surfaces(document.article.text)
    starts = offsets(document.article.text, words)
    packed = np.fromiter(map(lexis.__getitem__, words), np.int64, len(words))
    named = np.zeros(len(words), np.bool_)
    extra: list[tuple[int, int]] = []
    for name in document.names:
        first, last = bisect_left(starts, name.span.start), bisect_left(starts, name.span.end)
        if first < last:
            named[first:last] = True
            told = (lexis.number(term) for term in forms(name.entity))
            extra += [(first, number) for number in told if number >= 0]
    counted = np.ones(len(words), dtype=np.bool_)
    for aside in document.asides:
        counted[bisect_left(starts, aside.span.start) : bisect_left(starts, aside.span.end)] = False
    places = np.flatnonzero((packed & _TELLING > 0) & ~named)
    of_names = np.array([number for _, number in extra], np.int64)
    numbers, which = np.unique(
        np.concatenate((packed[places] >> _BITS, of_names)), return_inverse=True
    )
    capital = packed[places][(packed[places] & _UPPER) > 0] >> _BITS
    lower = packed[(packed & _TELLING > 0) & (packed & _LOWER > 0)] >> _BITS
    proper = np.isin(numbers, capital) & ~np.isin(numbers, lower) | np.isin(numbers, of_names)
    where = Places(
        np.concatenate((places, np.array([first for first, _ in extra], np.int64))).astype(
            np.int32
        ),
        which.astype(np.int32),
        np.array(starts, np.int32),
        counted,
    )
    frequency = frequencies(where, len(numbers), config, counted).astype(np.float32)
    return Terms(numbers.astype(np.int32), frequency, proper), where
