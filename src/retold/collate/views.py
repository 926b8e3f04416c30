"""A sentence as the collation sees it: words, names, figures, dates, and who governs whom."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from operator import itemgetter
from typing import Any, TypeVar

from retold.lexicon import idf
from retold.model import (
    Attribution,
    DateMention,
    Document,
    FigureMention,
    NameMention,
    Sentence,
    Span,
    Token,
)
from retold.rewrite.vectors import Embedded
from retold.text import form

Mention = TypeVar("Mention", NameMention, FigureMention, DateMention)
Value = TypeVar("Value")

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})
"""Universal parts of speech that carry content; the rest are grammar."""

_ARGUMENT = CONTENT | {"PRON"}

_SUFFIXES = (
    *("isation", "ization", "ational", "ation", "ition", "ment", "ness", "ance", "ence"),
    *("ship", "ity", "ive", "ion", "ing", "ant", "ent", "ate", "ise", "ize", "ies", "ied"),
    *("ial", "al", "or", "er", "ed", "ly", "s", "e", "y"),
)
_LIGHT = frozenset({"be", "have", "do", "get", "'s", "'", "not", "n't", "also", "then", "there"})
_EDGE = re.compile(r"^\W+|\W+$")


@lru_cache(maxsize=65_536)
def stem(lemma: str) -> str:
    """Return a crude stem that joins "establish" and "establishment", "free" and "freed".

    One derivational suffix is cut, then a final e or y; at least four characters stay.
    """
    word = form(lemma)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            word = word[: -len(suffix)]
            break
    if len(word) > 4 and word[-1] in "ey":
        word = word[:-1]
    # doubled consonant before a cut ending: "admitted", "planning"
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "sl" else word


@lru_cache(maxsize=65_536)
def rarity(word: str) -> float:
    """Return :func:`retold.lexicon.idf`, kept for words asked for before."""
    return idf(word)


_form = lru_cache(maxsize=65_536)(form)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is aligned: a content word, or a name, figure or date taken as one."""

    index: int
    start: int
    end: int
    key: str
    """``name:…``, ``figure:…``, ``date:…`` or the stem of a word."""
    stems: frozenset[str]
    head: int
    """The token, in the view, that governs the others of the unit."""
    tokens: tuple[int, int]
    pos: str
    weight: float
    """How rare it is (natural log)."""
    name: NameMention | None = None
    figure: FigureMention | None = None
    date: DateMention | None = None


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One sentence. Tokens carry heads relative to the view; a root points at itself.

    A view is equal to itself only, so that what is derived from it can be kept (:func:`per_view`).
    """

    document: Document
    span: Span
    tokens: tuple[Token, ...]
    forms: tuple[str, ...]
    """Folded form of each token."""
    names: tuple[NameMention, ...]
    figures: tuple[FigureMention, ...]
    dates: tuple[DateMention, ...]
    attributions: tuple[Attribution, ...]
    """Those of the document whose content, cue or source stands here."""
    units: tuple[Unit, ...]
    unit_of: tuple[int, ...]
    """For each token the index of its unit, or -1."""
    children: tuple[tuple[int, ...], ...]
    relations: tuple[tuple[int, str], ...]
    """For each token its governor and role; the governor is -1 at the root."""
    roles: tuple[tuple[tuple[str, int], ...], ...]
    """For each token (role, token) of what depends on it."""
    embedded: Embedded | None = field(default=None, repr=False)
    """Its vectors; None where there is no sentence model, or the story has too many versions."""
    derived: dict[object, Any] = field(default_factory=dict, repr=False)
    """What :func:`per_view` and :func:`per_token` keep."""

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.document.text_of(self.span)

    def text_at(self, token: Token) -> str:
        """Return a token as it is written."""
        return self.document.article.text[token.start : token.end]

    def cut(self, first: int, last: int) -> Span:
        """Return the span from token ``first`` to token ``last``, both included."""
        return Span(self.span.article, self.tokens[first].start, self.tokens[last].end)

    def arguments(self, predicate: int) -> tuple[tuple[str, int], ...]:
        """Return (role, token) of what depends on a token: subj, obj, obl, comp, clause or mod."""
        return self.roles[predicate]


def per_view(derive: Callable[[View], Value]) -> Callable[[View], Value]:
    """Keep what a function derives from a view as long as the view lives.

    A sentence is compared with many others; what it is by itself is found once.
    """

    @wraps(derive)
    def derived(view: View) -> Value:
        kept = view.derived
        if derive not in kept:
            kept[derive] = derive(view)
        found: Value = kept[derive]
        return found

    return derived


def per_token(derive: Callable[[View, int], Value]) -> Callable[[View, int], Value]:
    """Keep what a function derives from a token of a view as long as the view lives."""

    @wraps(derive)
    def derived(view: View, index: int) -> Value:
        kept = view.derived.get(derive)
        if kept is None:
            kept = view.derived[derive] = {}
        if index not in kept:
            kept[index] = derive(view, index)
        found: Value = kept[index]
        return found

    return derived


@per_view
def lemmas(view: View) -> tuple[str, ...]:
    """Return the lower-case lemma of each token."""
    return tuple(token.lemma.lower() for token in view.tokens)


@per_view
def weights(view: View) -> dict[str, float]:
    """Return how rare each thing is that a sentence holds, by key."""
    return {unit.key: unit.weight for unit in view.units}


def _roles(
    tokens: Sequence[Token],
    children: Sequence[Sequence[int]],
    relations: Sequence[tuple[int, str]],
) -> tuple[tuple[tuple[str, int], ...], ...]:
    found: list[list[tuple[str, int]]] = [[] for _ in tokens]
    for i, (governor, role) in enumerate(relations):
        if governor >= 0 and governor != i and tokens[i].pos in _ARGUMENT:
            found[governor].append((role, i))
    for i, token in enumerate(tokens):
        if token.dep in {"acl", "relcl"} and tokens[token.head].pos in {"NOUN", "PROPN"}:
            passive = any(tokens[c].dep == "nsubjpass" for c in children[i])
            object_of = token.dep == "acl" and token.tag == "VBN"
            found[i].append(("obj" if passive or object_of else "subj", token.head))
    return tuple(tuple(roles) for roles in found)


def view(
    document: Document,
    span: Span,
    attributions: Sequence[Attribution] | None = None,
    embedded: Embedded | None = None,
) -> View:
    """Build the view of the sentence at ``span``.

    ``attributions`` are those that touch it, where the caller has them (:func:`spoken_at`);
    ``embedded`` its vectors, where they are to be compared.
    """
    if attributions is None:
        attributions = spoken_at(document).get(span.start, ())
    first, last = _token_range(document.sentences, span)
    tokens = tuple(
        Token(
            *(t.start, t.end, t.lemma, t.pos, t.tag, t.dep),
            t.head - first if first <= t.head < last else i,
        )
        for i, t in enumerate(document.tokens[first:last])
    )
    names = tuple(_within(document.names, span))
    figures = tuple(_within(document.figures, span))
    dates = tuple(_within(document.dates, span))
    children: list[list[int]] = [[] for _ in tokens]
    for i, token in enumerate(tokens):
        if token.head != i:
            children[token.head].append(i)
    frozen = tuple(tuple(c) for c in children)
    relations = tuple(_relation(tokens, i) for i in range(len(tokens)))
    article = document.article.text
    forms = tuple(_form(article[t.start : t.end]) for t in tokens)
    units = _units(tokens, forms, names, figures, dates)
    unit_of = [-1] * len(tokens)
    for unit in units:
        for i in range(*unit.tokens):
            unit_of[i] = unit.index
    return View(
        *(document, span, tokens, forms, names, figures, dates),
        *(tuple(attributions), units, tuple(unit_of), frozen, relations),
        _roles(tokens, frozen, relations),
        embedded,
    )


def _token_range(sentences: Sequence[Sentence], span: Span) -> tuple[int, int]:
    low = bisect_right(sentences, span.start, key=lambda s: s.span.end)
    high = bisect_left(sentences, span.end, key=lambda s: s.span.start)
    if low >= high:
        return 0, 0
    return sentences[low].tokens[0], sentences[high - 1].tokens[1]


def _within(mentions: Sequence[Mention], span: Span) -> Iterator[Mention]:
    first = bisect_left(mentions, span.start, key=lambda m: m.span.start)
    for mention in mentions[first:]:
        if mention.span.start >= span.end:
            return
        if mention.span.end <= span.end:
            yield mention


def spoken_at(document: Document) -> dict[int, list[Attribution]]:
    """Return the attributions of claims that touch each sentence, by the sentence's start."""
    ends = [s.span.end for s in document.sentences]
    found: dict[int, list[Attribution]] = {}
    for attribution in document.attributions:
        if not attribution.claims:
            continue
        touched: set[int] = set()
        for span in (*attribution.content, attribution.cue, attribution.source):
            if span is not None:
                n = bisect_right(ends, span.start)
                while n < len(ends) and document.sentences[n].span.start < span.end:
                    touched.add(document.sentences[n].span.start)
                    n += 1
        for start in sorted(touched):
            found.setdefault(start, []).append(attribution)
    return found


_ROLES = {
    **dict.fromkeys(("nsubj", "csubj", "poss"), "subj"),
    **dict.fromkeys(("dobj", "nsubjpass", "csubjpass", "dative", "obj"), "obj"),
    **dict.fromkeys(("attr", "acomp", "oprd"), "comp"),
    **dict.fromkeys(("ccomp", "xcomp", "advcl", "pcomp"), "clause"),
}


def _relation(tokens: Sequence[Token], index: int) -> tuple[int, str]:
    """Return the governor of a token through prepositions and co-ordination, and its role there."""
    for _ in range(len(tokens)):  # a chain is never longer than the sentence
        token = tokens[index]
        if token.head == index:
            return -1, "root"
        if token.dep not in {"conj", "appos"}:
            break
        if token.dep == "conj" and token.pos == "VERB":
            return token.head, "conj"
        index = token.head
    token = tokens[index]
    if token.head == index:
        return -1, "root"
    if token.dep in {"pobj", "pcomp"}:
        preposition = tokens[token.head]
        above = preposition.head
        if above == token.head:
            return -1, "root"
        if preposition.dep == "agent" or (preposition.lemma == "by" and tokens[above].tag == "VBN"):
            return above, "subj"
        if preposition.lemma == "of":
            return above, "obj"
        return above, "obl"
    return token.head, _ROLES.get(token.dep, "mod")


def _units(
    tokens: Sequence[Token],
    forms: Sequence[str],
    names: Sequence[NameMention],
    figures: Sequence[FigureMention],
    dates: Sequence[DateMention],
) -> tuple[Unit, ...]:
    taken: dict[int, tuple[int, int]] = {}
    found: list[tuple[Any, ...]] = []
    """What makes a unit, but for its number, which its place decides."""
    starts = [t.start for t in tokens]

    def place(span: Span) -> tuple[int, int] | None:
        first = max(0, bisect_right(starts, span.start) - 1)
        last = bisect_left(starts, span.end)
        if first >= last or any(i in taken for i in range(first, last)):
            return None
        while last - first > 1 and forms[last - 1] in {"'s", "'"}:
            last -= 1
        for i in range(first, last):
            taken[i] = (first, last)
        return first, last

    def add(
        where: tuple[int, int],
        key: str,
        name: NameMention | None = None,
        figure: FigureMention | None = None,
        date: DateMention | None = None,
    ) -> None:
        first, last = where
        inside = [i for i in range(first, last) if tokens[i].pos in CONTENT] or [first]
        outside = [i for i in inside if not first <= tokens[i].head < last or tokens[i].head == i]
        head = (outside or inside)[-1]
        weight = max(rarity(forms[i]) for i in inside)
        stems = frozenset(stem(tokens[i].lemma) for i in inside)
        start, end, pos = tokens[first].start, tokens[last - 1].end, tokens[head].pos
        found.append((start, end, key, stems, head, where, pos, weight, name, figure, date))

    for mention in sorted(names, key=lambda m: (m.span.start - m.span.end, m.span.start)):
        if where := place(mention.span):
            add(where, f"name:{_form(mention.entity)}", name=mention)
    for day in dates:
        if where := place(day.span):
            add(where, f"date:{day.first}/{day.last}/{day.month}/{day.day}/{day.weekday}", date=day)
    for number in figures:
        if where := place(number.span):
            add(where, f"figure:{number.low}/{number.high}/{number.unit}", figure=number)
    for i, token in enumerate(tokens):
        if i not in taken and token.pos in CONTENT and token.lemma not in _LIGHT:
            plain = _EDGE.sub("", forms[i])
            if plain:
                add((i, i + 1), stem(token.lemma.strip("'\"") or plain))
    found.sort(key=itemgetter(0))
    return tuple(Unit(n, *parts) for n, parts in enumerate(found))
