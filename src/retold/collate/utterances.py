"""What the versions of a story quote: utterances, and the sentences that each is made of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from math import fsum, log

from retold.annotate.cues import SHORT_TITLES
from retold.annotate.quotations import MARKS, find_quotes
from retold.collate.quotewords import QuotedWord, quoted_words, said_words
from retold.collate.views import rarity, stem
from retold.model import Attribution, Document, Row, Span, Speech
from retold.text import form

QUOTED = 20
"""Characters in marks, about four words, from which mixed speech is taken for a quotation."""

SCARE = 3
"""Words in marks under which a stretch of mixed speech is no quotation of its own."""

CUE = 80
"""Characters that a cue between two halves of a sentence may have at most."""

TELLING = 3.0
"""Idf (natural log) from which a word that two utterances share makes them worth comparing."""

FRAME = 1.5
"""Idf (natural log) below which a word is grammar or a common verb and shows no kinship."""

_END = re.compile(r"(?:…|\.\s?\.\s?\.)\.?\s+(?=[^\W\d_a-z])|(\w+)[.!?][)\]]?\s+(?=[^\W\d_a-z])")
"""Where a sentence may end: a stop before a capital, with the word before it."""

_ABBREVIATED = SHORT_TITLES | {"co", "ft", "inc", "jr", "mt", "no", "sr", "vs"}
_STOPS = ".!?…"


@dataclass(frozen=True, eq=False)
class Said:
    """One utterance of one version."""

    attribution: Attribution
    """Its ``content`` is what stands in quotation marks; for indirect speech, what is reported."""
    article: str
    others: tuple[Attribution, ...] = ()
    """Further attributions of the same words: the outer ones of a chain."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A quoted sentence, or a fragment of one: what is compared."""

    said: Said
    text: str
    """The article's."""
    parts: tuple[Span, ...]
    """The quoted stretches; several where a cue splits the sentence."""
    key: tuple[str, ...]
    """Its words, insertions left out."""
    weights: dict[str, float]
    """Stem -> idf (natural log), of the words that are no grammar, of a topic's words a part."""
    rows: frozenset[str]
    """Rows of several versions that its sentences stand in."""

    @property
    def article(self) -> str:
        """The version."""
        return self.said.article

    @cached_property
    def words(self) -> tuple[QuotedWord, ...]:
        """Its words, insertions included."""
        return quoted_words(self.text, self.parts)

    @cached_property
    def span(self) -> Span:
        """From the first to the last quoted word."""
        return Span(self.article, self.parts[0].start, self.parts[-1].end)

    @cached_property
    def weight(self) -> float:
        """How much rare wording it holds (nats)."""
        return fsum(self.weights.values())

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Its names and figures, by their forms; names of several words are one."""
        found: list[QuotedWord] = []
        for word in self.words:
            if word.proper and (word.form[0].isdigit() or rarity(word.form) >= FRAME):
                if found and word.start - found[-1].end == 1 and not word.form[0].isdigit():
                    last = found.pop()
                    name = f"{last.form} {word.form}"
                    found.append(word._replace(start=last.start, form=name))
                else:
                    found.append(word)
        return frozenset(w.form for w in found)


class RowIndex:
    """Which rows of several versions a stretch of text stands in."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Index the rows by article and place."""
        found: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        self.articles: dict[str, frozenset[str]] = {}
        """The versions that have each row."""
        for row in rows:
            articles = frozenset(s.article for s in row.spans)
            if len(articles) > 1:
                self.articles[row.id] = articles
                for span in row.spans:
                    found[span.article].append((span, row.id))
        self._spans = {article: sorted(spans) for article, spans in found.items()}

    def of(self, parts: Sequence[Span]) -> frozenset[str]:
        """Return the ids of the rows that have a sentence in which a part stands."""
        held = set()
        for part in parts:
            spans = self._spans.get(part.article, ())
            n = bisect_right(spans, part.start, key=lambda s: s[0].end)
            while n < len(spans) and spans[n][0].start < part.end:
                held.add(spans[n][1])
                n += 1
        return frozenset(held)


@lru_cache(maxsize=65_536)
def _stem_of(written: str) -> str:
    return stem(written)


class Topics:
    """How much a word tells in a story: less where its versions keep using it."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Count the words of the versions."""
        times: Counter[str] = Counter()
        having: Counter[str] = Counter()
        for document in documents:
            text = document.article.text
            counts: Counter[str] = Counter()
            for written, count in Counter(text[t.start : t.end] for t in document.tokens).items():
                counts[_stem_of(written)] += count
            times.update(counts)
            having.update(counts.keys())
        self._often = {word: times[word] / count for word, count in having.items()}

    def weights(self, key: Iterable[str]) -> dict[str, float]:
        """Return the idf of the words that are no grammar, by stem, of a topic's words a part."""
        found = {}
        for word in key:
            if (rare := rarity(word)) >= FRAME:
                found[stem(word)] = rare / (1.0 + log(max(1.0, self._often.get(stem(word), 1.0))))
        return found


def utterances(
    story: Sequence[str], documents: Mapping[str, Document], rows: RowIndex
) -> tuple[list[tuple[Piece, ...]], list[Piece]]:
    """Return what the versions of a story quote, sentence by sentence, and what they only report.

    Each tuple is an utterance.
    """
    quoted: list[tuple[Piece, ...]] = []
    told: list[Piece] = []
    topics = Topics(documents[article] for article in story)
    for article in sorted(story):
        document = documents[article]
        marks = _marks(document)
        direct: list[Attribution] = []
        for attribution in document.attributions:
            if not attribution.content:
                continue
            parts = _quoted_parts(attribution, marks, document)
            if parts:
                direct.append(replace(attribution, content=parts))
            else:
                said = Said(attribution, article)
                told.append(_piece(said, attribution.content, document, rows, topics))
        said_here = _broken(_chains(direct, article), document)
        quoted += (_in_pieces(said, document, rows, topics) for said in said_here)
    return [q for q in quoted if q], told


def _marks(document: Document) -> list[Span]:
    text = document.article.text
    return sorted(
        Span(document.id, start, end) for quote in find_quotes(text) for start, end in quote.parts
    )


def _quoted_parts(
    attribution: Attribution, marks: Sequence[Span], document: Document
) -> tuple[Span, ...]:
    """Return the quoted words of an attribution; none where a few words at most are quoted.

    Of a mixed one ("that it is “moving away from the plan”") only what stands in marks is quoted;
    a word or two in marks ("so-called") are the writer's reserve and no quotation.
    """
    if attribution.speech is Speech.DIRECT:
        return attribution.content
    if attribution.speech is Speech.INDIRECT:
        return ()
    found: list[Span] = []
    for content in attribution.content:
        n = bisect_left(marks, content.start, key=lambda m: m.start)
        while n < len(marks) and marks[n].end <= content.end:
            if not found or marks[n].start >= found[-1].end:  # not a mark within marks
                found.append(marks[n])
            n += 1
    kept = [m for m in found if len(document.text_of(m).split()) >= SCARE]
    return tuple(kept) if sum(m.end - m.start for m in kept) >= QUOTED else ()


def _chains(direct: Sequence[Attribution], article: str) -> Iterator[Said]:
    """Join attributions of the same words ("A said that B had said"): the innermost speaks."""
    groups: list[list[Attribution]] = []
    for attribution in sorted(direct, key=lambda a: (a.content[0], a.id)):
        last = groups[-1] if groups else None
        if last and any(x.overlap(y) for x in attribution.content for y in last[0].content):
            last.append(attribution)
        else:
            groups.append([attribution])
    for group in groups:
        inner, *others = sorted(
            group,
            key=lambda a: (sum(c.end - c.start for c in a.content), _reach(a), a.id),
        )
        yield Said(inner, article, tuple(others))


def _broken(said: Iterable[Said], document: Document) -> Iterator[Said]:
    """Join utterances that are one sentence with a cue in between."""
    last: Said | None = None
    for one in said:
        if last is None:
            last = one
            continue
        x, y = last.attribution, one.attribution
        before, part = x.content[-1], y.content[0]
        near = 0 <= part.start - before.end <= CUE and y.speaker in {"", x.speaker}
        lower = document.article.text[part.start].islower()
        if near and lower and _goes_on(document, before, part):
            last = replace(last, attribution=replace(x, content=x.content + y.content))
        else:
            yield last
            last = one
    if last is not None:
        yield last


def _reach(attribution: Attribution) -> int:
    """Return how far the source stands from what is said."""
    mark = attribution.source or attribution.cue
    if mark is None:
        return 1 << 30
    return min(max(c.start - mark.end, mark.start - c.end) for c in attribution.content)


def _in_pieces(said: Said, document: Document, rows: RowIndex, topics: Topics) -> tuple[Piece, ...]:
    cut: list[list[Span]] = []
    for number, part in enumerate(said.attribution.content):
        first, *later = _sentences(document, part)
        if number and _goes_on(document, said.attribution.content[number - 1], part):
            cut[-1].append(first)
        else:
            cut.append([first])
        cut += ([span] for span in later)
    made = (_piece(said, tuple(parts), document, rows, topics) for parts in cut)
    return tuple(piece for piece in made if piece.key)


def _piece(
    said: Said, parts: tuple[Span, ...], document: Document, rows: RowIndex, topics: Topics
) -> Piece:
    text = document.article.text
    key = said_words(text, parts)
    return Piece(said, text, parts, key, topics.weights(key), rows.of(parts))


def _sentences(document: Document, part: Span) -> list[Span]:
    """Cut a quoted stretch into sentences; an ellipsis before a capital ends one, too."""
    text, sentences = document.article.text, document.sentences
    cuts = {m.end() for m in _END.finditer(text, part.start, part.end) if _ends(m.group(1))}
    n = bisect_right(sentences, part.start, key=lambda s: s.span.start)
    while n < len(sentences) and sentences[n].span.start < part.end:
        cuts.add(sentences[n].span.start)
        n += 1
    places = [part.start, *sorted(c for c in cuts if part.start < c < part.end), part.end]
    return [
        Span(part.article, start, start + len(text[start:end].rstrip()))
        for start, end in pairwise(places)
        if text[start:end].strip()
    ] or [part]


def _ends(word: str | None) -> bool:
    """Say whether a stop after a word ends a sentence: it is no abbreviation or initial."""
    return word is None or (len(word) > 1 and form(word) not in _ABBREVIATED) or word.isdigit()


def _goes_on(document: Document, before: Span, part: Span) -> bool:
    """Say whether a cue merely interrupts a sentence: "We will go," he said, "and stay."."""
    text = document.article.text
    gap = text[before.end : part.start]
    if text[before.end - 1] in _STOPS or gap[:1] in _STOPS:
        return False
    return gap.rstrip(MARKS + " \n\t")[-1:] in set(",;:-–—")
