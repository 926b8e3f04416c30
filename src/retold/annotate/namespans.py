"""Where names stand and what they name: the parser's entities repaired, and what it missed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from retold.annotate.gazetteer import PlaceKind, country_of, lookup
from retold.model import Document, NameKind, Token

_LABELS = {
    "PERSON": NameKind.PERSON, "GPE": NameKind.PLACE, "LOC": NameKind.PLACE, "FAC": NameKind.PLACE,
    "ORG": NameKind.ORGANISATION, "EVENT": NameKind.OTHER, "PRODUCT": NameKind.OTHER,
    "NORP": NameKind.OTHER, "LAW": NameKind.OTHER, "WORK_OF_ART": NameKind.OTHER,
}  # fmt: skip

TITLES = frozenset("""
mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness president vice deputy prime minister
chancellor senator sen congressman congresswoman representative rep governor gov mayor king queen prince
princess pope cardinal archbishop bishop father rev reverend rabbi imam general gen colonel col major maj
captain capt lieutenant lt sergeant sgt corporal admiral commander commissioner chief justice judge
secretary spokesman spokeswoman spokesperson ambassador director chairman chairwoman chair ceo coach
officer detective inspector sheriff attorney marshal chief-of-staff premier tsar emperor sheikh ayatollah
former ex-president foreign defence defense speaker councillor analyst candidate leader journalist
""".split())  # fmt: skip
"""Words of a title before a person's name; folded, without points."""

HEADS = frozenset("""
ministry army forces force group agency council union party committee commission department office bureau
police service court parliament senate congress bank company corporation corp inc ltd llc university college
institute association organisation organization foundation fund federation league club team network news
times post press tribune herald gazette journal radio television tv channel navy guard corps brigade
battalion regiment division fleet command staff troops grouping administration government authority board
assembly alliance coalition front movement society church centre center school hospital airlines airways
industries motors group holdings house nations directorate secretariat squad unit task-force taskforce
""".split())  # fmt: skip
"""Nouns that make the name they end, or stand in before "of", an organisation's."""

_UNIT_OF = re.compile(
    r"[‘’'\"“”]([A-Z][\w-]{1,30})[‘’'\"“”] (?:[Gg]rouping|[Gg]roup|[Bb]attlegroup|[Bb]attalion|[Bb]rigade|[Uu]nit)"
    r"(?: of (?:[Tt]roops|[Ff]orces))?"
)
_PLACE_BEFORE = frozenset("in near to at from around outside toward towards across through".split())
_SETTLEMENT = frozenset(
    "city town village settlement port suburb district region oblast province county".split()
)
_CALENDAR = frozenset("""
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december
""".split())  # fmt: skip
_FUNCTION = frozenset("""
the a an and or but if in on at by for from of to with as is was are were be been has have had do does did not no
this that these those it its he she they we i you his her their our my your who what when where why how which
there here then than so yet while after before since during until because although though however meanwhile also
""".split())  # fmt: skip
_EDGE = " \t\n\u00a0.,;:!?\"“”‘'()[]-–—"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name as it stands, before it is joined with others."""

    start: int
    end: int
    text: str
    kind: NameKind
    titled: bool = False
    """A title stands before it."""


def name_candidates(
    document: Document, entities: Iterable[tuple[int, int, str]]
) -> list[Candidate]:
    """Return the names of an article, sorted, without overlap."""
    text = document.article.text
    tokens = document.tokens
    starts = [t.start for t in tokens]
    found: list[Candidate] = []
    taken: list[tuple[int, int]] = []
    for match in _UNIT_OF.finditer(text):
        found.append(Candidate(match.start(), match.end(), match.group(), NameKind.ORGANISATION))
        taken.append(match.span())
    spans = [(s, e, label) for s, e, label in entities if label in _LABELS]
    spans.extend(_missed(document, [(s, e) for s, e, _ in spans]))
    for start, end, label in sorted(spans):
        for s, e, titled in _repair(text, start, end):
            if any(s < b and a < e for a, b in taken):
                continue
            kind = _kind(text, tokens, starts, s, e, label, titled=titled)
            if kind is not None:
                found.append(Candidate(s, e, text[s:e], kind, titled))
                taken.append((s, e))
    return sorted(found, key=lambda c: (c.start, c.end))


def _missed(document: Document, known: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Return runs of capitalised proper nouns within sentences that the parser's entities lack."""
    covered = set()
    for start, end in known:
        covered.update(range(start, end))
    found = []
    text, tokens = document.article.text, document.tokens
    for sentence in document.sentences:
        first, last = sentence.tokens
        run: list[Token] = []
        for i in range(first, last + 1):
            token = tokens[i] if i < last else None
            name = (
                token
                and token.pos == "PROPN"
                and text[token.start].isupper()
                and token.start not in covered
            )
            if name and token and (i > first or lookup(text[token.start : token.end])):
                run.append(token)
                continue
            if run:
                found.append((run[0].start, run[-1].end, ""))
                run = []
    return found


def _repair(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Trim a span to the name itself; split a coordination of places. Returns (start, end, titled)."""
    parts = []
    for s, e in _split(text, start, end):
        trimmed = _trim(text, s, e)
        if trimmed:
            parts.append(trimmed)
    return parts


_JOIN = re.compile(r" and | & |, |/")


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    name = text[start:end]
    pieces, at = [], 0
    for match in _JOIN.finditer(name):
        pieces.append((start + at, start + match.start()))
        at = match.end()
    pieces.append((start + at, end))
    if len(pieces) > 1 and all(lookup(text[s:e]) for s, e in pieces) and not lookup(name):
        return pieces
    return [(start, end)]


def _trim(text: str, start: int, end: int) -> tuple[int, int, bool] | None:
    """Cut white space, punctuation, possessives, articles, lower-case words and titles at the edges."""
    if "\n" in text[start:end]:
        end = start + text[start:end].index("\n")
    while start < end and text[start] in _EDGE:
        start += 1
    while (
        end > start
        and text[end - 1] in _EDGE + "’"
        and not text[start:end].endswith(("U.S.", "U.K.", "U.N."))
    ):
        end -= 1
    for mark in ("'s", "’s", "‘s"):
        if text[start:end].endswith(mark):
            end -= 2
    titled = False
    while True:
        word = re.match(r"[^\s]+", text[start:end])
        if word is None:
            return None
        plain = word.group().strip(".,").lower()
        rest = start + word.end()
        while rest < end and text[rest].isspace():
            rest += 1
        if rest >= end:
            return (
                (start, end, titled)
                if plain not in TITLES | _FUNCTION and end - start > 1
                else None
            )
        if plain in _FUNCTION or word.group()[0].islower():
            start = rest
        elif plain in TITLES and not _organisation(text[start:end]):
            start, titled = rest, True
        elif (
            titled is False
            and country_of(plain)
            and text[rest:end].split()[0].strip(".").lower() in TITLES
        ):
            start = rest
        else:
            return start, end, titled


def _organisation(name: str) -> bool:
    """Say whether the words of a name make it an organisation's."""
    words = [w.strip(".,'’").lower() for w in name.split()]
    return len(words) > 1 and (
        words[-1] in HEADS
        or any(w in HEADS for w, n in zip(words, words[1:], strict=False) if n in {"of", "for"})
    )


def _kind(
    text: str,
    tokens: tuple[Token, ...],
    starts: list[int],
    start: int,
    end: int,
    label: str,
    *,
    titled: bool,
) -> NameKind | None:
    """Tell what a name names from its own words, the words around, the gazetteer and the label."""
    name = text[start:end]
    if not any(c.isupper() for c in name) or name.lower() in _CALENDAR:
        return None
    if _organisation(name):
        return NameKind.ORGANISATION
    places = lookup(name)
    country = bool(places) and places[0].kind is not PlaceKind.CITY
    if country_of(name) and not country:
        return None  # a people, not a place
    at = bisect_left(starts, start)
    before = text[tokens[at - 1].start : tokens[at - 1].end].lower() if at else ""
    if country:
        return NameKind.PLACE
    if titled or before.strip(".") in TITLES:
        return NameKind.PERSON
    if places and label in {"GPE", "LOC", "FAC"}:
        return NameKind.PLACE
    if places and (before in _PLACE_BEFORE or label in {"ORG", ""}) and " " not in name:
        return NameKind.PLACE
    if places and places[0].population >= 100_000 and " " not in name and label != "PERSON":
        return NameKind.PLACE
    if places and places[0].country in {"RU", "UA"} and " " in name:
        return NameKind.PLACE
    if not label:
        return None if len(name) < 3 else NameKind.OTHER
    return _LABELS[label]
