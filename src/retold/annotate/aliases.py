"""The names of one thing within an article: short forms, acronyms, spellings, homonymous places."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retold.annotate.gazetteer import fold_name
from retold.annotate.namespans import Candidate
from retold.annotate.namewords import given_alike, organisation_key, sound_key
from retold.annotate.places import countries_named, place_key, resolve_places
from retold.model import Document, NameKind, NameMention, Span

SHORTEST_SURNAME = 3
"""Letters that a surname needs to stand for the full name: "Un" is as often an acronym."""

_BRACKET = re.compile(
    r"['’]?s?,? ?\((?:the |also known as |known as |or )?[\"“‘']?([A-Z][A-Za-z.&-]{1,11})[\"”’']?\)"
)
_GROUPS = (NameKind.ORGANISATION, NameKind.OTHER)
_SUFFIX = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class Person:
    """A full name taken apart; folded."""

    given: str
    initials: tuple[str, ...]
    surname: str
    suffix: str = ""
    """A generation ("jr"), which tells a father from a son."""


def person_parts(name: str) -> Person | None:
    """Take a person's full name apart; None for a single word."""
    folded = fold_name(name).split()
    words = [w for w in folded if w not in _SUFFIX]
    if len(words) < 2:
        return None
    suffix = " ".join(w for w in folded if w in _SUFFIX)
    return Person(words[0], tuple(w[0] for w in words[1:-1] if len(w) <= 2), words[-1], suffix)


def same_person(a: Person, b: Person) -> bool:
    """Say whether two full names can be one person's, transliterated or with an initial more."""
    if sound_key(a.surname) != sound_key(b.surname) or a.suffix != b.suffix:
        return False
    if not given_alike(a.given, b.given):
        return False
    return not (a.initials and b.initials and a.initials[0] != b.initials[0])


def may_be_surname(name: str) -> bool:
    """Say whether a name can be a surname that stands for a full name."""
    return " " not in name and "." not in name and len(name) >= SHORTEST_SURNAME


def group_mentions(document: Document, candidates: list[Candidate]) -> tuple[NameMention, ...]:
    """Join the names of one article and give each its entity."""
    persons = _full_names(candidates)
    acronyms = _acronyms(document, candidates)
    named = [c.text for c in candidates if c.kind is NameKind.PLACE]
    places = resolve_places(named, countries_named(document))
    organisations = _organisations(candidates)
    mentions = []
    for c in candidates:
        plain = " ".join(c.text.split())
        kind, entity, place = c.kind, plain, None
        if person := _person_of(persons, c):
            kind, entity = NameKind.PERSON, person
        elif plain in acronyms:
            entity, kind = acronyms[plain]
        elif (kind is NameKind.PLACE or not c.sure) and (chosen := places.get(place_key(plain))):
            kind = NameKind.PLACE
            entity, place = chosen.name, chosen.id if chosen.id > 0 else None
        if kind in _GROUPS and entity == plain:
            entity = organisations.get(organisation_key(plain), plain)
        mentions.append(NameMention(Span(document.id, c.start, c.end), kind, entity, place))
    return tuple(mentions)


# ---------------------------------------------------------------- persons


@dataclass(frozen=True, slots=True)
class _Persons:
    canonical: dict[str, str]
    """Full name as it stands -> the form that is shown."""
    by_surname: dict[str, str]
    """Sound of the surname -> whom it means: the full name told most often, then first."""
    by_given: dict[str, set[str]]


def _full_names(candidates: Sequence[Candidate]) -> _Persons:
    plain = [" ".join(c.text.split()) for c in candidates if c.kind is NameKind.PERSON]
    counts = Counter(name for name in plain if person_parts(name))
    canonical = join_persons(counts)
    told: Counter[str] = Counter()
    for name, count in counts.items():  # in the order of the text
        told[canonical[name]] += count
    by_surname: dict[str, str] = {}
    by_given: dict[str, set[str]] = defaultdict(set)
    for name, _ in told.most_common():  # stable: of equals, the first in the text
        if parts := person_parts(name):
            by_surname.setdefault(sound_key(parts.surname), name)
            by_given[parts.given].add(name)
    return _Persons(canonical, by_surname, dict(by_given))


def join_persons(counts: dict[str, int]) -> dict[str, str]:
    """Map full names to the commonest form of each person's name; independent of order.

    ``counts`` says how often each full name stands. Names are compared within one sound of the
    surname only, so that the work grows with the number of names.
    """
    blocks: dict[str, list[tuple[str, Person]]] = defaultdict(list)
    for name in sorted(counts, key=lambda n: (-counts[n], -len(n), n)):
        if parts := person_parts(name):
            blocks[sound_key(parts.surname)].append((name, parts))
    shown: dict[str, str] = {}
    for block in blocks.values():
        leaders: list[tuple[str, Person]] = []
        for name, parts in block:
            alike = [leader for leader, other in leaders if same_person(parts, other)]
            if len(alike) == 1:
                shown[name] = alike[0]
                continue
            leaders.append((name, parts))
            shown[name] = name
    return shown


def _person_of(persons: _Persons, candidate: Candidate) -> str | None:
    """Return the person whom a candidate names: a full name, or a surname or given name of one."""
    plain = " ".join(candidate.text.split())
    if candidate.kind is NameKind.PERSON and plain in persons.canonical:
        return persons.canonical[plain]
    if not may_be_surname(plain):
        return None
    if candidate.kind is NameKind.PLACE and candidate.sure:
        return None
    if stated := persons.by_surname.get(sound_key(plain)):
        return stated
    given = persons.by_given.get(fold_name(plain), set())
    if candidate.kind in {NameKind.PERSON, NameKind.PLACE} and len(given) == 1:
        return next(iter(given))
    return None


# ---------------------------------------------------------------- organisations


def _acronyms(
    document: Document, candidates: Sequence[Candidate]
) -> dict[str, tuple[str, NameKind]]:
    """Return the acronyms that an article introduces in brackets, with their full names.

    Schwartz & Hearst (2003) simplified: every letter is the initial of a word of the name, in any
    order ("Norlandic Armed Forces (AFN)").
    """
    text = document.article.text
    found: dict[str, tuple[str, NameKind]] = {}
    for c in candidates:
        match = _BRACKET.match(text, c.end)
        if match is None:
            continue
        short = match[1].strip(".")
        initials = [w[0].upper() for w in re.split(r"[\s-]+", c.text) if w and w[0].isalpha()]
        letters = [ch for ch in short if ch.isupper()]
        if len(letters) > 1 and not (Counter(letters) - Counter(initials)):
            kind = c.kind if c.kind is NameKind.PLACE else NameKind.ORGANISATION
            found[short] = (" ".join(c.text.split()), kind)
    return found


def _organisations(candidates: Sequence[Candidate]) -> dict[tuple[str, ...], str]:
    """Return the form that is shown of each organisation: the commonest, then the longest."""
    counts = Counter(" ".join(c.text.split()) for c in candidates if c.kind in _GROUPS)
    return shown_organisations(counts)


def shown_organisations(counts: dict[str, int]) -> dict[tuple[str, ...], str]:
    """Map the key of each organisation to its commonest name, of equals to the longest."""
    shown: dict[tuple[str, ...], str] = {}
    for name in sorted(counts, key=lambda n: (-counts[n], -len(n), n)):
        shown.setdefault(organisation_key(name), name)
    return shown


def with_entity(mention: NameMention, entity: str, kind: NameKind | None = None) -> NameMention:
    """Return a mention under another entity."""
    return replace(mention, entity=entity, kind=kind or mention.kind)
