"""Names joined over the pile: one entity for one thing in every article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from retold.annotate.aliases import (
    join_persons,
    may_be_surname,
    person_parts,
    shown_organisations,
    with_entity,
)
from retold.annotate.gazetteer import fold_name, lookup
from retold.annotate.namewords import organisation_key, sound_key
from retold.model import Document, NameKind, NameMention

_GROUPS = (NameKind.ORGANISATION, NameKind.OTHER)


DOMINANT = 0.9
"""Share of a short form's mentions that stand for one name, from which it does so elsewhere too."""


def _plain_leader(counts: Counter[tuple[str, NameKind]]) -> tuple[str, NameKind] | None:
    """Return what a short form stands for in nearly all articles that say so."""
    entity, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    return entity if count >= DOMINANT * counts.total() else None


class _Pile:
    """What the pile knows of names: counts only, so that no order can show."""

    def __init__(self, documents: Sequence[Document]) -> None:
        persons: Counter[str] = Counter()
        groups: Counter[str] = Counter()
        surfaces: dict[str, Counter[tuple[str, NameKind]]] = defaultdict(Counter)
        for document in documents:
            entities = {(n.entity, n.kind) for n in document.names}
            persons.update(e for e, k in entities if k is NameKind.PERSON)
            groups.update(e for e, k in entities if k in _GROUPS)
            for name in document.names:
                surface = " ".join(document.text_of(name.span).split())
                if name.kind is not NameKind.PLACE and surface != name.entity:
                    surfaces[surface][name.entity, name.kind] += 1
        self.persons = join_persons({n: k for n, k in persons.items() if person_parts(n)})
        self.groups = shown_organisations(groups)
        self.by_surname: dict[str, set[str]] = defaultdict(set)
        for shown in sorted(set(self.persons.values())):
            if parts := person_parts(shown):
                self.by_surname[sound_key(parts.surname)].add(shown)
        self.known_as = {s: top for s, c in surfaces.items() if (top := _plain_leader(c))}

    def join(self, document: Document, mention: NameMention) -> NameMention:
        """Return a mention under the pile's entity."""
        if mention.kind is NameKind.PLACE and (mention.place or lookup(mention.entity)):
            return mention
        entity, kind = mention.entity, mention.kind
        if kind is NameKind.PERSON and entity in self.persons:
            return with_entity(mention, self.persons[entity])
        if " " not in entity:
            surface = " ".join(document.text_of(mention.span).split())
            if surface == entity and surface in self.known_as:
                entity, kind = self.known_as[surface]
                entity = self.persons.get(entity, entity)
            elif (
                may_be_surname(entity)
                and len(full := self.by_surname.get(sound_key(entity), set())) == 1
            ):
                entity, kind = next(iter(full)), NameKind.PERSON
        if kind in _GROUPS:
            entity = self.groups.get(organisation_key(entity), entity)
        return with_entity(mention, entity, kind)


def join_entities(documents: Sequence[Document]) -> list[tuple[NameMention, ...]]:
    """Return the names of every document under the pile's entities, in the documents' order.

    A surname alone joins a full name where the pile has one such full name only; an acronym or a
    short form joins what another article says that it stands for; transliterations of one name
    join its commonest form. The work grows with the number of names.
    """
    pile = _Pile(documents)
    joined = [tuple(pile.join(d, n) for n in d.names) for d in documents]
    kinds: dict[str, Counter[NameKind]] = defaultdict(Counter)
    for names in joined:
        for name in names:
            kinds[fold_name(name.entity)][name.kind] += 1
    order = list(NameKind)
    best = {
        entity: max((count, -order.index(kind), kind) for kind, count in counts.items())[2]
        for entity, counts in kinds.items()
    }
    return [
        tuple(
            n if n.place is not None else with_entity(n, n.entity, best[fold_name(n.entity)])
            for n in names
        )
        for names in joined
    ]
