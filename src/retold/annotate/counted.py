"""What a number counts or measures, told from the parse."""

from __future__ import annotations

from retold.annotate.quantities import is_of_people
from retold.model import Token

CLIMB = 3
"""Steps up the parse within which the verb over a bare number stands."""
SUBJECT = 12
"""Tokens before a verb within which its subject stands."""
OBJECT = 10
"""Tokens after "of" within which its noun stands."""

_LIVED = frozenset({
    "kill", "injure", "wound", "die", "arrest", "detain", "hospitalize", "rescue", "hurt",
    "capture", "miss", "evacuate", "perish", "drown", "shoot", "sentence", "displace",
})  # fmt: skip
"""Verbs whose bare numbers count people ("14 were killed")."""
_MODIFIES = frozenset({"nummod", "quantmod", "compound", "amod", "det", "nmod"})
_RISES = frozenset({"to", "at", "by", "from", "above", "below", "over", "under", "past", "near"})
"""Prepositions between what rises, falls or stands and its number."""
_SUMS = {"toll": "death", "crowd": "people", "turnout": "people", "dead": "death"}
"""What nouns count that sum up."""
_PUT = frozenset({"put", "estimate", "place", "set", "fix", "keep", "bring", "take"})
"""Verbs whose object is what the number behind them counts."""
_POINTS = frozenset({"populated", "inhabited", "residential"})
"""What makes a point or an area a settlement."""
_EMPTY = frozenset({
    "number", "total", "figure", "count", "rest", "one", "other", "them", "these", "those", "which",
    "whom", "it", "they", "he", "she", "who", "that", "this", "level", "rate",
})  # fmt: skip
"""Heads that do not say what is counted."""


def counted_noun(
    tokens: tuple[Token, ...], where: tuple[int, int], *, measured: bool
) -> str | None:
    """Return the lemma of what a number counts; "" if it is not said, None where it is no figure.

    ``where`` is the number's range of tokens. With a unit (``measured``), the noun beside the
    number is the unit, and what rises or falls is counted.
    """
    first, last = where
    if first >= last:
        return ""
    at = last - 1
    while first <= tokens[at].head < last and tokens[at].head != at:
        at = tokens[at].head
    token, head = tokens[at], tokens[tokens[at].head]
    before = tokens[first - 1] if first else None
    single = first == last - 1
    one = single and tokens[first].lemma.lower() == "one"
    if token.dep in _MODIFIES and token.head >= last and head.pos in {"NOUN", "PROPN", "ADJ"}:
        if measured:
            return _governed(tokens, token.head)
        if one and not _victim(tokens, token.head):
            return None
        if single and before and tokens[first].lemma.lower() == "two" and _definite(before):
            return None  # "the two leaders": who they are was said before
        return _noun(tokens, token.head)
    if one:
        return None
    if (of := after_of(tokens, last)) is not None:
        return of
    if before and before.pos == "PROPN" and tokens[first].start - before.end <= 1:
        return None  # "Boeing 737"
    return _governed(tokens, at)


def _definite(token: Token) -> bool:
    return token.lemma.lower() in {"the", "these", "those", "other", "his", "her", "their", "its"}


def after_of(tokens: tuple[Token, ...], at: int) -> str | None:
    """Return the noun after "of" at a token; None where there is no "of"."""
    if at >= len(tokens) or tokens[at].lemma.lower() != "of":
        return None
    for i in range(at + 1, min(len(tokens), at + OBJECT)):
        if tokens[i].head == at and tokens[i].dep == "pobj":
            return _noun(tokens, i)
    return ""


def _victim(tokens: tuple[Token, ...], noun: int) -> bool:
    verb = tokens[tokens[noun].head]
    return verb.lemma.lower() in _LIVED and is_of_people(tokens[noun].lemma)


def _noun(tokens: tuple[Token, ...], at: int) -> str:
    token = tokens[at]
    lemma = token.lemma.lower()
    if token.tag == "NNPS":
        lemma = lemma.removesuffix("s")  # the lemma of a proper noun is its plural
    if token.pos == "PRON" or lemma in _EMPTY:
        return ""
    if lemma in {"point", "area"}:
        for i in range(max(0, at - 3), at):
            if tokens[i].lemma.lower() in _POINTS:
                return f"populated {lemma}"
    return lemma


def _governed(tokens: tuple[Token, ...], at: int) -> str:
    """Return what a bare number counts: in "14 were killed" people, in "a toll of 14" deaths."""
    verb = tokens[at].head
    for _ in range(CLIMB):
        if tokens[verb].pos in {"VERB", "AUX"}:
            break
        preposition = tokens[verb].lemma.lower() if tokens[verb].pos == "ADP" else ""
        above = tokens[tokens[verb].head]
        if preposition == "of" and above.pos == "NOUN":  # "a toll of 14", "a fine of $5,000"
            return _toll(tokens, tokens[verb].head)
        if preposition and preposition not in _RISES:
            return ""  # "split in two"
        verb = tokens[verb].head
    else:
        return ""
    if tokens[verb].lemma.lower() in _LIVED:
        return "person"
    if tokens[verb].lemma.lower() in _PUT:  # "police put the crowd at 3,000"
        for i in range(verb + 1, at):
            if tokens[i].head == verb and tokens[i].dep == "dobj":
                return _toll(tokens, i) if tokens[i].pos == "NOUN" else ""
    for i in range(max(0, verb - SUBJECT), verb):
        if tokens[i].head == verb and tokens[i].dep in {"nsubj", "nsubjpass"} and i != at:
            return _toll(tokens, i) if tokens[i].pos == "NOUN" else ""
    return ""


def _toll(tokens: tuple[Token, ...], at: int) -> str:
    """Return what a noun that sums up counts: a toll deaths, a crowd people."""
    lemma = tokens[at].lemma.lower()
    if lemma in _SUMS:
        return _SUMS[lemma]
    if lemma in _EMPTY:
        return after_of(tokens, at + 1) or ""
    return _noun(tokens, at)
