"""Stems: the forms of a word, and the words made from it, brought together roughly."""

from __future__ import annotations

from functools import lru_cache

_ENDINGS = (
    *("ization", "isation", "ational", "fulness", "iveness", "ousness", "ations", "ation"),
    *("itions", "ition", "ments", "ment", "ness", "ities", "ity", "ings", "ing", "ions", "ion"),
    *("ances", "ance", "ences", "ence", "ives", "ive", "izes", "ized", "ize", "ised", "ise"),
    *("ously", "ous", "fully", "ful", "less", "ally", "al", "ably", "able", "ibly", "ible"),
    *("ants", "ant", "ents", "ent", "ors", "or", "ers", "er", "ists", "ist", "isms", "ism"),
    *("ates", "ated", "ate", "ied", "ies", "ed", "es", "ly", "s", "e", "y"),
)
_SHORTEST = 4
"""Letters that a stem keeps at least."""


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Strip one derivational or inflectional ending: "liberated" and "liberation" meet."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > _SHORTEST and word[-1] == "y" else word
