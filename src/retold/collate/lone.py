"""Quotations that one version has, or one and what derives from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retold.annotate.quotations import find_quotes
from retold.collate.blocks import Block
from retold.collate.descent import Descent
from retold.collate.merging import Draft, reading
from retold.collate.reported import beginning, elsewhere, of_whom
from retold.collate.utterances import RowIndex
from retold.model import ChangeKind, Document, Span


class Lone:
    """What tells whether a quotation stands alone in a story."""

    def __init__(
        self,
        found: Sequence[Block],
        story: Sequence[str],
        documents: Mapping[str, Document],
        descent: Descent,
        rows: RowIndex,
    ) -> None:
        """Look for the words of quotations of one version in all others."""
        self.story = frozenset(story)
        self.documents, self.descent, self.rows = documents, descent, rows
        single = [b for b in found if len(b.tellings) == 1]
        self._elsewhere = elsewhere(single, story, documents)
        self._marks: dict[str, list[Span]] = {}
        keys: dict[tuple[str, ...], int] = {}
        for block in found:
            for key in {p.key for t in block.tellings for p in t.pieces}:
                keys[key] = keys.get(key, 0) + 1
        self._twice = frozenset(key for key, count in keys.items() if count > 1)

    def unmarked(self, block: Block) -> list[Draft]:
        """Return the versions that have the words of a quotation, but not as one."""
        found = []
        telling = block.tellings[0]
        for span in self._bare(block)[:1]:
            back = self.descent.before(telling.article, span.article)
            forth = self.descent.before(span.article, telling.article)
            sides = [telling.span, span]
            if forth or (not back and span < telling.span):
                sides.reverse()
            words = beginning(telling.pieces[0], self.documents[telling.article])
            a, b = (reading(self.documents[s.article], s) for s in sides)
            line = f"{words} in quotation marks in one, without them in the other"
            found.append(
                Draft(
                    ChangeKind.QUOTE_WORDING,
                    *(a, b),
                    directed=back or forth,
                    probability=0.7,
                    salience=0.4,
                    explanation=line,
                    first=(sides[0].article,),
                    second=(sides[1].article,),
                )
            )
        return found

    def _bare(self, block: Block) -> list[Span]:
        """Return where the words of a quotation stand outside all quotation marks."""
        return [s for s in self._elsewhere.get(id(block), ()) if not self._in_marks(s)]

    def _in_marks(self, span: Span) -> bool:
        if span.article not in self._marks:
            quotes = find_quotes(self.documents[span.article].article.text)
            self._marks[span.article] = [Span(span.article, q.open, q.close) for q in quotes]
        return any(mark.overlap(span) for mark in self._marks[span.article])

    def said_twice(self, block: Block) -> bool:
        """Say whether the words of a quotation stand elsewhere in the story, too."""
        return bool(self._elsewhere.get(id(block))) or all(
            p.key in self._twice for t in block.tellings for p in t.pieces
        )

    def without(self, block: Block, having: frozenset[str]) -> int:
        """Return how many versions tell the sentence of a quotation without quoting it."""
        rows = {row for t in block.tellings for p in t.pieces for row in p.rows}
        return len(frozenset[str]().union(*(self.rows.articles[r] for r in rows)) - having)


def alone(block: Block, lone: Lone) -> list[Draft]:
    """Return a quotation as an addition where one version has it, or only its descendants do.

    The more versions tell its sentence without it, the more it tells.
    """
    descent, documents = lone.descent, lone.documents
    articles = tuple(t.article for t in block.tellings)
    first = min(articles, key=lambda a: (len(descent.ancestors(a)), a))
    if len(articles) > 1 and not all(a == first or descent.before(first, a) for a in articles):
        return []
    sources = [a for a in descent.ancestors(first) if a in lone.story]
    if (len(articles) > 1 and not sources) or lone.said_twice(block):
        return []  # the origin's own quotation, handed down; or said elsewhere, too
    telling = next(t for t in block.tellings if t.article == first)
    said = telling.said[0]
    words = f"a quotation{of_whom(said, documents[first])} that " + (
        "its source does not have" if sources else "no other version has"
    )
    without = lone.without(block, frozenset(articles))
    if without > 1:
        words += f", {without} versions tell its sentence without it"
    content = sum(p.weight for p in telling.pieces)
    return [
        Draft(
            ChangeKind.ADDITION,
            None,
            reading(documents[first], telling.span),
            directed=bool(sources),
            probability=(0.8 if sources else 0.6) * said.attribution.probability,
            salience=(0.75 if content >= 10.0 else 0.5) + 0.15 * (1.0 - 1.0 / (1 + without)),
            explanation=words,
            first=tuple(sources[:1]),
            second=(first,),
        )
    ]
