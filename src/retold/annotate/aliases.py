"""Mentions joined: the names of one thing within an article, and over the pile."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from retold.annotate.gazetteer import Place, fold_name, lookup
from retold.annotate.namespans import Candidate
from retold.model import Document, NameKind, NameMention, Span


def group_mentions(document: Document, candidates: list[Candidate]) -> tuple[NameMention, ...]:
    """Join the names of one article."""
    full: dict[str, set[str]] = defaultdict(set)
    for candidate in candidates:
        words = fold_name(candidate.text).split()
        if candidate.kind is NameKind.PERSON and len(words) > 1:
            full[words[-1]].add(candidate.text)
    mentions = []
    for c in candidates:
        kind, entity, place = c.kind, " ".join(c.text.split()), None
        key = fold_name(entity)
        if kind is NameKind.PLACE:
            chosen = choose_place(lookup(entity), Counter())
            entity, place = (
                (chosen.name, chosen.id if chosen.id > 0 else None) if chosen else (entity, None)
            )
        elif len(full.get(key, ())) == 1:
            kind, entity = NameKind.PERSON, next(iter(full[key]))
        mentions.append(NameMention(Span(document.id, c.start, c.end), kind, entity, place))
    return tuple(mentions)


def choose_place(places: Sequence[Place], countries: Counter[str]) -> Place | None:
    """Choose among places of one name: the country that the text is about, then the larger."""
    if not places:
        return None
    if places[0].kind.value != "city":
        return places[0]
    return min(places, key=lambda p: (-countries[p.country], -p.population, p.id))


def join_entities(documents: Sequence[Document]) -> list[tuple[NameMention, ...]]:
    """Join the names of the pile."""
    full: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for name in document.names:
            if name.kind is NameKind.PERSON and len(words := fold_name(name.entity).split()) > 1:
                full[words[-1]].add(name.entity)
    return [
        tuple(
            replace(n, kind=NameKind.PERSON, entity=next(iter(full[fold_name(n.entity)])))
            if n.kind is not NameKind.PLACE and len(full.get(fold_name(n.entity), ())) == 1
            else n
            for n in d.names
        )
        for d in documents
    ]
