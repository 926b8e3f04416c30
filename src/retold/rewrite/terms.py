"""What a sentence says, as weighted terms: words by their stems, names, figures and dates.

A term's weight is how rare its words are in news (idf, Spärck Jones 1972), times how specific it
is within an article: a name that stands in every other sentence tells little about which sentence
this is (inverse sentence frequency, Neto et al. 2000). Words of commentary count for a fraction.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

from retold.lexicon import idf, pair_rarity
from retold.model import DateMention, Document, FigureMention, Sentence, Span
from retold.rewrite.commonplaces import COMMONPLACES
from retold.rewrite.stems import stem
from retold.text import form, words

COMMONPLACE_SHARE = 0.15
"""What a word of commentary counts, of a word as rare. Own judgement; see tools/fit_rewrite.py."""

FIGURE_WEIGHT = 3.0
DATE_WEIGHT = 4.0
"""The least that a figure or a full date weighs, in units of idf: digits are common, values are
not."""

LEAST_SPECIFIC = 0.1
"""What a term that stands in every sentence of an article still counts."""

FEWEST_SENTENCES = 5
"""Sentences from which an article shows what it says only once."""

PHRASE_FLOOR = 1.5
"""By how much, in units of idf, two words in a row must be rarer than the rarer of them to be an
odd turn: what the words tell by themselves is counted already. Own judgement."""


KEPT = 64
"""Documents of which it is kept for the next call what they say: about half a megabyte each."""


@dataclass(frozen=True, slots=True)
class Term:
    """One unit of content."""

    key: str
    """What counts as the same: a stem, an entity, a place, a value or a day."""
    weight: float
    """Idf; not yet scaled by how specific the key is in its article."""
    parts: tuple[tuple[str, float], ...] = ()
    """Stems and weights of its words: they count where the whole does not agree."""
    anchor: bool = False
    """Whether it is a name, a figure or a date: what a story's statements hang on."""


@dataclass(frozen=True, slots=True)
class Content:
    """What one sentence says."""

    terms: tuple[Term, ...]
    keys: frozenset[str]
    """Keys of the terms and of their parts."""
    phrases: Mapping[str, float]
    """Odd pairs of words in a row, with how odd they are; see :data:`PHRASE_FLOOR`."""
    commentary: float
    """Share of its words' idf that belongs to words of commentary."""


@lru_cache(maxsize=1 << 16)
def word_weight(surface: str) -> float:
    """Return how much a word tells: its idf, a fraction of it where it is a word of commentary."""
    weight = idf(surface)
    return weight * COMMONPLACE_SHARE if stem(surface) in COMMONPLACES else weight


@lru_cache(maxsize=KEPT)
def contents(document: Document) -> tuple[Content, ...]:
    """Return the content of each sentence of a document."""
    marks: list[tuple[Span, Term]] = [
        *(
            (name.span, _name(document, name.span, name.entity, name.place))
            for name in document.names
        ),
        *((date.span, _date(document, date)) for date in document.dates),
        *((figure.span, _figure(document, figure)) for figure in document.figures),
    ]
    marks.sort(key=lambda mark: (mark[0].start, -mark[0].end, mark[1].key))
    starts = [span.start for span, _ in marks]
    found = []
    for sentence in document.sentences:
        first = bisect_left(starts, sentence.span.start)
        last = bisect_left(starts, sentence.span.end, first)
        found.append(_content(document, sentence, marks[first:last]))
    return tuple(found)


def _content(document: Document, sentence: Sentence, marks: Sequence[tuple[Span, Term]]) -> Content:
    terms: list[Term] = []
    taken = sentence.span.start
    covered: list[Span] = []
    for span, term in marks:
        if sentence.span.contains(span) and span.start >= taken and term.weight > 0:
            terms.append(term)
            covered.append(span)
            taken = span.end
    first, last = sentence.tokens
    place = 0
    for token in document.tokens[first:last]:
        while place < len(covered) and covered[place].end <= token.start:
            place += 1
        if place < len(covered) and covered[place].start < token.end:
            continue
        surface = form(document.article.text[token.start : token.end])
        if any(map(str.isalnum, surface)):
            lemma = form(token.lemma)
            weight = min(word_weight(surface), word_weight(lemma))
            if weight > 0:
                terms.append(Term(stem(lemma), weight, anchor=token.pos == "PROPN"))
    unique = sorted({term.key: term for term in terms}.values(), key=lambda term: term.key)
    keys = {key for t in unique for key in (t.key, *(part for part, _ in t.parts))}
    anchored = {key for t in unique if t.anchor for key in (t.key, *(part for part, _ in t.parts))}
    phrases = _phrases(document, sentence, anchored)
    surfaces = (w.form for w in words(document.text_of(sentence.span)))
    return Content(tuple(unique), frozenset(keys), phrases, commentary(surfaces))


def _parts(document: Document, span: Span) -> tuple[tuple[str, float], ...]:
    found = {
        stem(word.form): word_weight(word.form)
        for word in words(document.article.text, span.start, span.end)
    }
    return tuple(sorted((key, weight) for key, weight in found.items() if weight > 0))


def _name(document: Document, span: Span, entity: str, place: int | None) -> Term:
    parts = _parts(document, span)
    key = f"place {place}" if place is not None else f"name {form(entity)}"
    return Term(key, max((weight for _, weight in parts), default=0.0), parts, anchor=True)


def _figure(document: Document, figure: FigureMention) -> Term:
    parts = _parts(document, figure.span)
    weight = max((weight for _, weight in parts), default=0.0)
    key = f"figure {figure.low:g} {figure.high:g} {figure.unit}"
    return Term(key, max(FIGURE_WEIGHT, weight), parts, anchor=True)


def _date(document: Document, date: DateMention) -> Term:
    parts = _parts(document, date.span)
    weight = max((weight for _, weight in parts), default=0.0)
    if date.month and date.day:
        return Term(f"day {date.month}-{date.day}", max(DATE_WEIGHT, weight), parts, anchor=True)
    if date.first:
        return Term(f"days {date.first} {date.last}", weight, parts, anchor=True)
    return Term("date " + " ".join(part for part, _ in parts), weight, parts)


def _phrases(document: Document, sentence: Sentence, anchored: Collection[str]) -> dict[str, float]:
    """Odd pairs of words in a row; those with a name, a figure or a word of commentary left out."""
    run = [w.form for w in words(document.article.text, sentence.span.start, sentence.span.end)]
    stems = [stem(word) for word in run]
    found = {}
    for n, (first, second) in enumerate(pairwise(run)):
        if not any(s in COMMONPLACES or s in anchored for s in stems[n : n + 2]):
            rarity = pair_rarity(first, second) - max(idf(first), idf(second)) - PHRASE_FLOOR
            if rarity > 0:
                found[f"{first} {second}"] = rarity
    return found


def commentary(surfaces: Iterable[str]) -> float:
    """Return the share of the words' idf that belongs to words of commentary, 0..1."""
    both = [(idf(word), stem(word) in COMMONPLACES) for word in surfaces]
    total = sum(weight for weight, _ in both)
    return sum(weight for weight, common in both if common) / total if total else 0.0


def specificity(articles: Iterable[Sequence[Content]]) -> dict[str, float]:
    """Return for each key and phrase how well it tells one sentence of an article from the others.

    1 where it stands in one sentence of each article that has it; ``log(S / r) / log(S)`` where
    it stands in r of S sentences on average. Independent of how many articles tell the story.
    """
    carriers: Counter[str] = Counter()
    sentences: Counter[str] = Counter()
    lengths: Counter[str] = Counter()
    for article in articles:
        counts = Counter(
            key for content in article for keys in (content.keys, content.phrases) for key in keys
        )
        for key, count in counts.items():
            carriers[key] += 1
            sentences[key] += count
            lengths[key] += len(article)
    found = {}
    for key in sorted(carriers):
        rate, length = sentences[key] / carriers[key], lengths[key] / carriers[key]
        if rate > 1:
            found[key] = max(LEAST_SPECIFIC, log((length + 1) / rate) / log(length + 1))
    return found


def singular(article: Sequence[Content]) -> frozenset[str]:
    """Return the keys that stand in one sentence only; none in a very short article."""
    if len(article) < FEWEST_SENTENCES:
        return frozenset()
    counts = Counter(key for content in article for key in content.keys)
    return frozenset(key for key, count in counts.items() if count == 1)
