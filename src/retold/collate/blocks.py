"""Quotations put together again from their sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from retold.collate.kindred import Kin
from retold.collate.utterances import Piece, Said
from retold.model import Span


@dataclass(frozen=True, eq=False)
class Telling:
    """One version's words of a quotation."""

    article: str
    pieces: tuple[Piece, ...]
    """Sorted by place."""
    kin: tuple[int, ...]
    """Which sentence of the quotation each is."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, insertions left out."""
        return tuple(w for piece in self.pieces for w in piece.key)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """The utterances that it is told in, by place."""
        return tuple({id(p.said): p.said for p in self.pieces}.values())

    @cached_property
    def fullest(self) -> dict[int, Piece]:
        """The longest piece for each sentence: where a fragment repeats some, the full one."""
        found: dict[int, Piece] = {}
        for n, piece in zip(self.kin, self.pieces, strict=True):
            if n not in found or len(piece.words) > len(found[n].words):
                found[n] = piece
        return found

    @cached_property
    def utterances(self) -> int:
        """In how many utterances it is told, repeats in part aside."""
        return len({id(piece.said) for piece in self.fullest.values()})

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """In how many stretches each sentence is quoted: two where a cue splits it."""
        return tuple(len(piece.parts) for piece in self.pieces)

    @cached_property
    def span(self) -> Span:
        """From the first to the last quoted word."""
        return Span(self.article, self.pieces[0].span.start, self.pieces[-1].span.end)

    @cached_property
    def parts(self) -> tuple[Span, ...]:
        """The quoted stretches."""
        return tuple(part for piece in self.pieces for part in piece.parts)


@dataclass(frozen=True, eq=False)
class Block:
    """A quotation: sentences that stand together, and the versions that have them."""

    tellings: tuple[Telling, ...]
    """One a version, sorted by article."""
    probability: float
    """That all versions tell one quotation."""


def blocks(quoted: Sequence[Sequence[Piece]], found: Sequence[Kin]) -> list[Block]:
    """Join neighbouring sentences to quotations, each around a sentence that all its versions have.

    Around the sentence that most versions have, its neighbours within utterances are taken in as
    long as only those versions have them. So every two versions of a quotation share a sentence.
    """
    home = {id(piece): n for n, kin in enumerate(found) for piece in kin.pieces}
    beside: dict[int, set[int]] = defaultdict(set)
    for utterance in quoted:
        for a, b in pairwise(utterance):
            if home[id(a)] != home[id(b)]:
                beside[home[id(a)]].add(home[id(b)])
                beside[home[id(b)]].add(home[id(a)])
    articles = [frozenset(p.article for p in kin.pieces) for kin in found]
    order = sorted(
        range(len(found)),
        key=lambda n: (
            -len(articles[n]),
            -max(p.weight for p in found[n].pieces),
            found[n].pieces[0].span,
        ),
    )
    taken: set[int] = set()
    made = []
    for core in order:
        if core in taken:
            continue
        taken.add(core)
        group, stack = [core], [core]
        while stack:
            for n in sorted(beside[stack.pop()] - taken):
                if articles[n] <= articles[core]:
                    taken.add(n)
                    group.append(n)
                    stack.append(n)
        made.append(_block(group, found))
    return sorted(made, key=lambda b: min(t.span for t in b.tellings))


def _block(group: Sequence[int], found: Sequence[Kin]) -> Block:
    by_article: dict[str, list[tuple[Span, int, Piece]]] = defaultdict(list)
    for n in group:
        for piece in found[n].pieces:
            by_article[piece.article].append((piece.span, n, piece))
    tellings = []
    for article, entries in sorted(by_article.items()):
        entries.sort(key=lambda entry: entry[:2])
        tellings.append(
            Telling(article, tuple(e[2] for e in entries), tuple(e[1] for e in entries))
        )
    return Block(tuple(tellings), found[group[0]].probability)
