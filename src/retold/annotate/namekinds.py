"""What a name names: told from its own words, the words around it, the gazetteer, and the parser."""

from __future__ import annotations

from bisect import bisect_left

from retold.annotate import namewords as words
from retold.annotate.gazetteer import Place, PlaceKind, country_of, lookup
from retold.model import NameKind, Token

LABELS = {
    "PERSON": NameKind.PERSON, "GPE": NameKind.PLACE, "LOC": NameKind.PLACE, "FAC": NameKind.PLACE,
    "ORG": NameKind.ORGANISATION, "EVENT": NameKind.OTHER, "PRODUCT": NameKind.OTHER,
    "NORP": NameKind.OTHER, "LAW": NameKind.OTHER, "WORK_OF_ART": NameKind.OTHER,
}  # fmt: skip
"""The parser's labels of names, and what each means."""

KNOWN_TOWN = 100_000
"""Inhabitants from which a town needs no support from the words around (by judgement)."""

ANGLOPHONE = frozenset({"US", "GB", "CA", "AU", "NZ", "IE", "ZA", "JM"})
"""Countries whose smaller towns are mostly called like people."""


class Surroundings:
    """The text and tokens around a name."""

    def __init__(self, text: str, tokens: tuple[Token, ...]) -> None:
        self.text = text
        self.tokens = tokens
        self.starts = [token.start for token in tokens]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open range of tokens that start within a span."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def word(self, index: int) -> str:
        """Return a token in lower case, empty outside the text."""
        if not 0 <= index < len(self.tokens):
            return ""
        return self.text[self.tokens[index].start : self.tokens[index].end].lower()


def kind_of(
    around: Surroundings, start: int, end: int, label: str, *, titled: bool
) -> tuple[NameKind, bool] | None:
    """Return the kind of a name and whether more than the label supports it; None for no name."""
    name = around.text[start:end]
    if not any(c.isupper() for c in name) or name.lower() in words.CALENDAR:
        return None
    first, last = around.range(start, end)
    if first >= last:
        return None
    if words.is_organisation(name):
        return NameKind.ORGANISATION, True
    places = lookup(name)
    if places and places[0].kind is not PlaceKind.CITY:
        return NameKind.PLACE, True
    if label == "NORP" or country_of(name):
        return _people(around, name, last)
    titled = titled or around.word(first - 1).strip(".") in words.TITLES
    if titled and label in {"PERSON", "ORG", ""}:
        return NameKind.PERSON, True
    if places and not _is_acronym(name):
        judged = _place_or_not(around, places, first, last, label)
        if judged is not None:
            return judged
    if label == "" and last - first == 1 and _modifies(around, first, last):
        return NameKind.OTHER, False
    if label == "PERSON" and last - first == 1 and _modifies(around, first, last):
        return NameKind.OTHER, False
    if label in {"GPE", "LOC"} and _is_acronym(name):
        return NameKind.ORGANISATION, False
    if not label:
        return _unlabelled(around, name, first, last)
    return LABELS[label], False


def _is_acronym(name: str) -> bool:
    return len(name) > 1 and " " not in name and name.isupper()


def _people(around: Surroundings, name: str, last: int) -> tuple[NameKind, bool] | None:
    """A people counts as its country where the word is a noun ("Ukrainians"), else for nothing."""
    if around.tokens[last - 1].tag not in {"NNS", "NNPS"}:
        return None
    return (NameKind.PLACE, True) if country_of(name) else (NameKind.OTHER, False)


def _modifies(around: Surroundings, first: int, last: int) -> bool:
    """Say whether a name only modifies a common noun ("the Maidan revolution")."""
    token = around.tokens[last - 1]
    head = around.tokens[token.head]
    return token.dep == "compound" and token.head >= last and head.pos == "NOUN" and first < last


def _place_or_not(
    around: Surroundings, places: tuple[Place, ...], first: int, last: int, label: str
) -> tuple[NameKind, bool] | None:
    """Weigh a name that the gazetteer knows as a town; None where nothing speaks for the town."""
    if _in_place(around, first, last):
        return NameKind.PLACE, True
    if _speaks(around, last):
        return None
    if label in {"GPE", "LOC", "FAC"}:
        return NameKind.PLACE, True
    if _modifies(around, first, last):
        return None
    largest = places[0]
    foreign = largest.country not in ANGLOPHONE and largest.population >= 5_000
    if last - first > 1:
        return (NameKind.PLACE, False) if foreign and label != "PERSON" else None
    if label in {"", "ORG"} and (largest.population >= KNOWN_TOWN or foreign):
        return NameKind.PLACE, False
    if label == "PERSON" and foreign:
        return NameKind.PLACE, False
    return None


def _in_place(around: Surroundings, first: int, last: int) -> bool:
    """Say whether the words around say that a place is meant."""
    before, earlier, after = around.word(first - 1), around.word(first - 2), around.word(last)
    if after in words.REGION_NOUNS or before in words.PLACE_PREPOSITIONS - {"to", "from"}:
        return True
    if before == "of" and earlier in words.PLACE_NOUNS | words.PLACE_EVENTS:
        return True
    if before in words.PLACE_EVENTS:
        return True
    token = around.tokens[last - 1]
    head = around.tokens[token.head]
    return token.dep == "dobj" and head.lemma.lower() in words.PLACE_VERBS


def _speaks(around: Surroundings, last: int) -> bool:
    """Say whether a name is the subject of a verb of speech or thought."""
    token = around.tokens[last - 1]
    head = around.tokens[token.head]
    return token.dep in {"nsubj", "nsubjpass"} and head.lemma.lower() in words.SPEECH_VERBS


def _unlabelled(
    around: Surroundings, name: str, first: int, last: int
) -> tuple[NameKind, bool] | None:
    """Judge a name that the parser missed."""
    if len(name) < 3:
        return None
    if _is_acronym(name):
        return NameKind.ORGANISATION, False
    if last - first == 1 and _speaks(around, last):
        return NameKind.PERSON, False
    return NameKind.OTHER, False
