"""What sort of source an attribution names, and in whose report it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retold.annotate import cues
from retold.annotate.agencies import CANONICAL, OUTLET_WORDS
from retold.annotate.clauses import Tree, meant
from retold.annotate.speakers import Person, Speakers
from retold.model import Act, Attribution, Document, NameKind, SourceKind


class Sources:
    """Says what sort a source is, in one article."""

    def __init__(self, tree: Tree, speakers: Speakers) -> None:
        """Note where places and bodies are named."""
        self.tree = tree
        self.speakers = speakers
        self.kinds: dict[int, NameKind] = {}
        """By the token index of each word of a name."""
        for name in tree.document.names:
            for i in range(tree.at(name.span.start), tree.at(name.span.end)):
                self.kinds[i] = name.kind

    def kind(self, source: tuple[int, int] | None, speaker: str) -> SourceKind:
        """The sort of a source (a token range) that was resolved to ``speaker``."""
        if source is None or source[0] >= source[1]:
            return self._named(speaker) if speaker else SourceKind.UNSTATED
        head = self.speakers.head(*source)
        token = self.tree.tokens[head]
        if token.pos == "PRON" and self.tree.word(head) not in cues.QUANTIFIERS:
            return self._named(speaker) if speaker else SourceKind.UNRESOLVED
        person = self.speakers.people.get(speaker)
        if person is not None and person.named:
            return self._of_person(person)
        return self._of_noun(head, speaker)

    def _named(self, speaker: str) -> SourceKind:
        """The sort of somebody that a pronoun or the paragraph before stands for."""
        people = self.speakers.people
        person = people.get(speaker) or people.get(speaker.lower())
        return SourceKind.UNNAMED if person is None else self._of_person(person)

    def _of_person(self, person: Person) -> SourceKind:
        if _is_outlet(person.label):
            return SourceKind.OUTLET
        if person.body:
            return SourceKind.BODY
        if person.named:
            return SourceKind.PERSON
        return SourceKind.COLLECTIVE if person.plural else SourceKind.UNNAMED

    def _of_noun(self, head: int, speaker: str) -> SourceKind:
        tree, token = self.tree, self.tree.tokens[head]
        lemma = tree.lemma(head)
        if _is_outlet(speaker) or lemma in cues.OUTLETS:
            return SourceKind.OUTLET
        if tree.lemma(meant(tree, head)) in cues.ABSTRACT:
            return SourceKind.DOCUMENT
        named = self.kinds.get(head)
        if named in (NameKind.PLACE, NameKind.ORGANISATION) or lemma in cues.BODIES:
            return SourceKind.BODY  # "Moscow said"
        if token.tag in ("NNS", "NNPS") or lemma in cues.QUANTIFIERS or token.pos == "NUM":
            return SourceKind.COLLECTIVE
        return SourceKind.PERSON if token.pos == "PROPN" else SourceKind.UNNAMED


def _is_outlet(label: str) -> bool:
    words = label.split()
    return label in CANONICAL or (len(words) > 1 and words[-1] in OUTLET_WORDS)


def nest(found: Sequence[Attribution]) -> list[Attribution]:
    """Say of each attribution in whose content it stands: the innermost that holds its cue.

    What holds another is longer, so that no two hold each other. A sweep over the pieces of
    content with a stack of those still open; linear but for sorting.
    """
    sizes = [(sum(s.end - s.start for s in a.content), a.id) for a in found]
    pieces = sorted(
        (span.start, -span.end, number) for number, a in enumerate(found) for span in a.content
    )
    anchors = sorted(
        ((a.cue or a.content[0]).start, (a.cue or a.content[0]).end, number)
        for number, a in enumerate(found)
    )
    nested = list(found)
    open_pieces: list[tuple[int, int]] = []
    reached = 0
    for start, end, number in anchors:
        while reached < len(pieces) and pieces[reached][0] <= start:
            open_pieces.append((-pieces[reached][1], pieces[reached][2]))
            reached += 1
        while open_pieces and open_pieces[-1][0] <= start:
            open_pieces.pop()
        holders = [
            n for stop, n in reversed(open_pieces) if stop >= end and sizes[n] > sizes[number]
        ]
        if holders:
            nested[number] = replace(nested[number], within=found[holders[0]].id)
    return nested


def reporters(document: Document, attribution: Attribution) -> tuple[str, ...]:
    """Who reports that a source said something, the nearest first; the source itself left out."""
    by_id = {a.id: a for a in document.attributions}
    named: list[str] = []
    outer = by_id.get(attribution.within)
    while outer is not None:
        written = document.text_of(outer.source) if outer.source else ""
        who = outer.speaker or " ".join(written.split())
        if outer.act is Act.STATEMENT and who and who not in (attribution.speaker, *named[-1:]):
            named.append(who)
        outer = by_id.get(outer.within)
    return tuple(named)
