"""What a name names: told from its words, those around it, the gazetteer and the parser."""

from __future__ import annotations

import re
from bisect import bisect_left

from retold.annotate import namewords as words
from retold.annotate.gazetteer import Place, PlaceKind, country_of, fold_name, lookup
from retold.lexicon import idf
from retold.model import NameKind, Token
from retold.text import form

LABELS = {
    "PERSON": NameKind.PERSON, "GPE": NameKind.PLACE, "LOC": NameKind.PLACE, "FAC": NameKind.PLACE,
    "ORG": NameKind.ORGANISATION, "EVENT": NameKind.OTHER, "PRODUCT": NameKind.OTHER,
    "NORP": NameKind.OTHER, "LAW": NameKind.OTHER, "WORK_OF_ART": NameKind.OTHER,
}  # fmt: skip
"""The parser's labels of names, and what each means."""

KNOWN_TOWN = 100_000
"""Inhabitants from which a town needs no support from the words around (by judgement)."""

FOREIGN_TOWN = 5_000
"""Inhabitants from which a town of another language is preferred to the parser's label."""

LONGEST_ACRONYM = 5
"""Letters; a longer word in capitals is a name that is set so ("HELSINKI (Reuters)")."""

COMMON_WORD = 5.0
"""Inverse document frequency under which a single word that the parser took for no name is none."""

ANGLOPHONE = frozenset({"US", "GB", "CA", "AU", "NZ", "IE", "ZA", "JM"})
"""Countries whose smaller towns are mostly called like people."""


class Surroundings:
    """The text and tokens around a name."""

    def __init__(self, text: str, tokens: tuple[Token, ...]) -> None:
        """Index the tokens of an article by where they start."""
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
    if not any(c.isupper() for c in name) or name.lower() in words.ZONES:
        return None
    if name.lower() in words.CALENDAR and label != "PERSON":
        return None
    first, last = around.range(start, end)
    if first >= last:
        return None
    if words.is_organisation(name):
        return NameKind.ORGANISATION, True
    plain = [w.strip(".,").lower() for w in name.split()]
    if all(w in words.OFFICES for w in plain) or (len(plain) == 1 and _in_office(around, first)):
        return None
    if _COMPOUND.search(name) and any(_is_country(part) for part in name.split("-")):
        return None
    if len(plain) == 1 and plain[0] in words.HEADS | words.KNOWN:
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
    if _modifies(around, first, last):
        if "-" in name and label in {"", "ORG"}:
            return None  # "the Norland-Sudland talks"
        if label in {"", "PERSON"} and last - first == 1:
            return NameKind.OTHER, False
    if label in {"GPE", "LOC", "PERSON"} and _is_acronym(name):
        return NameKind.ORGANISATION, False
    if not label:
        return _unlabelled(around, name, first, last)
    return LABELS[label], False


def _is_acronym(name: str) -> bool:
    return 1 < len(name) <= LONGEST_ACRONYM and " " not in name and name.isupper()


_COMPOUND = re.compile(r"^[DRI]-[A-Z]|[A-Z.]-[A-Z]|[a-z.]-[A-Z]")
"""Two names in one word ("U.S.-Norland"), a party with its state ("D-Ill")."""


def _is_country(name: str) -> bool:
    found = lookup(name)
    return country_of(name) is not None or (bool(found) and found[0].kind is not PlaceKind.CITY)


def _in_office(around: Surroundings, first: int) -> bool:
    """Say whether a word ends the name of an office ("Secretary of Defense")."""
    office = around.word(first - 2) in words.TITLES
    return office and around.word(first - 1) == "of" and not lookup(around.word(first))


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
    name = around.text[around.tokens[first].start : around.tokens[last - 1].end]
    own = [p.population for p in places if fold_name(p.name) == fold_name(name)]
    known = max(own, default=0) >= KNOWN_TOWN
    if label in {"GPE", "LOC", "FAC"}:
        return NameKind.PLACE, known
    if _modifies(around, first, last):
        return None
    if label in {"", "ORG"} and known:
        return NameKind.PLACE, False
    foreign = places[0].country not in ANGLOPHONE and places[0].population >= FOREIGN_TOWN
    several = last - first > 1
    if foreign and (label != "PERSON" if several else idf(form(name)) >= COMMON_WORD):
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
    if _speaks(around, last):
        return NameKind.PERSON, False
    if last - first == 1 and idf(form(name)) < COMMON_WORD:
        return None
    return NameKind.OTHER, False
