"""What two sentences have in common, as plain overlaps: n-grams, stems, dependencies, numbers.

After Wan et al. 2006, Madnani et al. 2012, and Ji & Eisenstein 2013 (4.3).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from retold.collate.views import stem
from retold.collate.wording import sequence_share
from retold.lexicon import idf
from retold.model import Document
from retold.text import forms

Item = TypeVar("Item")

NAMES = (
    *(f"{n}-grams, {side}" for n in (1, 2, 3, 4) for side in ("less", "more")),
    *(f"{what}, {side}" for what in ("stems", "pairs of stems", "dependencies", "weight", "letters")
      for side in ("less", "more")),
    *("longer by", "shorter has", "in order", "numbers differ", "numbers more", "capitals differ"),
    *("first word", "rarest alone"),
)  # fmt: skip
"""Less, more: the share of the one sentence's items that the other has, the smaller and the larger
of the two."""

_NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def overlaps(a: Document, b: Document) -> tuple[float, ...]:
    """Return :data:`NAMES` of two texts; symmetric."""
    ours, theirs = (forms(d.article.text) for d in (a, b))
    found: list[float] = []
    for n in (1, 2, 3, 4):
        found += _shares(_grams(ours, n), _grams(theirs, n))
    stems_a, stems_b = ([stem(t.lemma) for t in d.tokens if t.pos != "PUNCT"] for d in (a, b))
    found += _shares(stems_a, stems_b)
    found += _shares(_grams(stems_a, 2), _grams(stems_b, 2))
    found += _shares(_arcs(a), _arcs(b))
    found += _weighed(set(stems_a), set(stems_b))
    text_a, text_b = (" ".join(words) for words in (ours, theirs))
    found += _shares(_grams(text_a, 4), _grams(text_b, 4))
    less, more = sorted((len(ours), len(theirs)))
    found += [(more - less) / max(1, more), less / 30, sequence_share(ours, theirs)]
    numbers_a, numbers_b = (set(_NUMBER.findall(d.article.text)) for d in (a, b))
    found += [
        float(not numbers_a <= numbers_b and not numbers_b <= numbers_a),
        float(numbers_a != numbers_b),
    ]
    capitals_a, capitals_b = (_capitals(d.article.text) for d in (a, b))
    apart = capitals_a ^ capitals_b
    found += [len(apart) / max(1, len(capitals_a | capitals_b)), float(ours[:1] == theirs[:1])]
    alone = set(ours) ^ set(theirs)
    found.append(max((idf(word) for word in alone), default=0.0) / 10)
    return tuple(found)


def words_held(text: str, other: str) -> float:
    """Return the share of the distinct words of ``text`` that stand in ``other``."""
    words = set(forms(text))
    return len(words & set(forms(other))) / len(words) if words else 0.0


def _grams(items: Sequence[Item], n: int) -> list[tuple[Item, ...]]:
    return [tuple(items[i : i + n]) for i in range(len(items) - n + 1)]


def _shares(ours: Iterable[Item], theirs: Iterable[Item]) -> list[float]:
    one, two = Counter(ours), Counter(theirs)
    shared = (one & two).total()
    return sorted(shared / total if total else 0.0 for total in (one.total(), two.total()))


def _weighed(ours: set[str], theirs: set[str]) -> list[float]:
    shared = sum(sorted(idf(word) for word in ours & theirs))
    totals = [sum(sorted(idf(word) for word in words)) for words in (ours, theirs)]
    return sorted(shared / total if total else 0.0 for total in totals)


def _arcs(document: Document) -> list[tuple[str, str]]:
    tokens = document.tokens
    return [
        (stem(t.lemma), stem(tokens[t.head].lemma)) for t in tokens if t.pos not in {"PUNCT", "DET"}
    ]


def _capitals(text: str) -> set[str]:
    return set(re.findall(r"(?<!^)\b[A-Z]\w+", text))
