"""Another person, place or body in the same slot; a name that became a common word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from retold.collate.changes.base import Found
from retold.collate.pairs import Pair, phrase
from retold.collate.views import CONTENT, Unit, View, per_view, stem
from retold.model import ChangeKind, NameKind, NameMention, Span
from retold.text import fold, form, forms

_MARKS = frozenset({"'", '"'})

ALIKE = 85.0
"""Rapidfuzz ratio of ASCII forms (per cent) from which two names are spellings of one."""


def name_changes(pair: Pair) -> Iterator[Found]:
    """Yield different people, bodies or other names in one slot."""
    yield from _replaced(pair, places=False)
    yield from _became_common(pair, pair.a, pair.b, forward=True)
    yield from _became_common(pair, pair.b, pair.a, forward=False)


def place_changes(pair: Pair) -> Iterator[Found]:
    """Yield different places in one slot."""
    yield from _replaced(pair, places=True)


def _replaced(pair: Pair, *, places: bool) -> Iterator[Found]:
    for link in pair.links:
        u, v = pair.a.units[link.a], pair.b.units[link.b]
        if link.equal or u.name is None or v.name is None or not _of_a_kind(u.name, v.name):
            continue
        place = NameKind.PLACE in {u.name.kind, v.name.kind}
        if place != places or _may_be_one(u.name, v.name, pair):
            continue
        if _known(u.name, pair.context_b) or _known(v.name, pair.context_a):
            continue
        kind = ChangeKind.PLACE if places else ChangeKind.NAME
        span_a, span_b = u.name.span, v.name.span
        yield Found(
            *(kind, span_a, span_b, min(0.9, 0.3 + 0.6 * link.score), 0.8),
            pair.turn(phrase(pair.a, span_a), phrase(pair.b, span_b)),
        )


def _of_a_kind(a: NameMention, b: NameMention) -> bool:
    """Say whether two names can name the same kind of thing; what OTHER names is not known."""
    return a.kind is b.kind or NameKind.OTHER in {a.kind, b.kind}


def _may_be_one(a: NameMention, b: NameMention, pair: Pair) -> bool:
    """Say whether two names may name one thing."""
    if a.entity == b.entity or (a.place is not None and a.place == b.place):
        return True
    return same_name(a.entity, b.entity) or same_name(
        phrase(pair.a, a.span), phrase(pair.b, b.span)
    )


@lru_cache(maxsize=65_536)
def same_name(a: str, b: str) -> bool:
    """Say whether two names may be one: short and full, initials, spelling, demonym."""
    from anyascii import anyascii

    words_a, words_b = forms(anyascii(a)), forms(anyascii(b))
    if not words_a or not words_b:
        return False
    short, long = sorted((words_a, words_b), key=len)
    if set(short) <= set(long):
        return True
    if len(short) == len(long) == 1 and min(len(short[0]), len(long[0])) >= 3:
        one, other = sorted((short[0], long[0]), key=len)
        if other.startswith(one):
            return True
    if len(short) == 1 and short[0] == "".join(w[0] for w in long):
        return True
    joined_a, joined_b = " ".join(words_a), " ".join(words_b)
    if fuzz.ratio(joined_a, joined_b) >= ALIKE:
        return True
    # Norland, Norlander, Norlandic
    root = _common_start(joined_a, joined_b)
    return (
        len(words_a) == len(words_b) == 1
        and root >= 4
        and root >= 0.7 * min(len(joined_a), len(joined_b))
    )


def _common_start(a: str, b: str) -> int:
    """Return how many letters two words have in common from their start."""
    return next(
        (n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )


def _known(name: NameMention, context: Sequence[View]) -> bool:
    return any(
        name.entity == other.entity or same_name(name.entity, other.entity)
        for view in context
        for other in view.names
    )


def _became_common(pair: Pair, named: View, plain: View, *, forward: bool) -> Iterator[Found]:
    """Yield names whose telling word is a common word with another role in the other sentence.

    "the 'North' grouping" against "a grouping to the north". The head of a name taken up as a
    common noun ("the Ministry", "the ministry") and a mere change of case are no change.
    """
    if _title_case(named):
        return
    for unit in _capitalised(named):
        for i in range(*unit.tokens):
            word = named.forms[i]
            token = named.tokens[i]
            if token.pos not in {"PROPN", "NOUN", "ADJ"}:
                continue
            alone = unit.tokens[1] - unit.tokens[0] == 1
            if (i == unit.head) != alone or (alone and not _between_marks(named, i)):
                continue
            if len(word) < 4 or not named.text_at(token).istitle() or _opens(named, i):
                continue
            for j, other in enumerate(plain.tokens):
                if plain.forms[j] != word or not plain.text_at(other).islower():
                    continue
                if _same_role(named, i, plain, j) or _cased_elsewhere(plain, word):
                    continue
                if not _shares_neighbour(pair, named, unit, forward=forward):
                    continue
                span_name = _with_head(named, unit)
                span_word = _with_preposition(plain, j)
                a, b = (span_name, span_word) if forward else (span_word, span_name)
                yield Found(
                    *(ChangeKind.NAME, a, b, 0.65, 0.75),
                    pair.turn(phrase(pair.a, a), phrase(pair.b, b)),
                )
                return


@per_view
def _title_case(view: View) -> bool:
    """Say whether a sentence is a headline in capitals, where capitals mark no names."""
    content = [view.text_at(t) for t in view.tokens if t.pos in CONTENT and t.pos != "NUM"]
    return sum(word[:1].isupper() for word in content) > 0.7 * len(content)


@per_view
def _capitalised(view: View) -> list[Unit]:
    return [
        u
        for u in view.units
        if u.figure is None
        and u.date is None
        and (u.name is not None or _between_marks(view, u.head))
        and any(view.text_at(view.tokens[i])[:1].isupper() for i in range(*u.tokens))
        and not any(view.tokens[i].pos in {"VERB", "AUX"} for i in range(*u.tokens))
    ]


def _between_marks(view: View, i: int) -> bool:
    """Say whether a word stands between punctuation marks, as a name in quotation marks does."""
    text, token = view.document.article.text, view.tokens[i]
    before, after = text[max(0, token.start - 1) : token.start], text[token.end : token.end + 1]
    return fold(before) in _MARKS and fold(after) in _MARKS and before != "" and after != ""


def _opens(view: View, i: int) -> bool:
    """Say whether a word is capitalised merely because the sentence, or what it quotes, begins."""
    before = [view.tokens[n] for n in range(i) if view.tokens[n].pos not in {"PUNCT", "DET"}]
    quoted = i > 0 and view.tokens[i - 1].pos == "PUNCT" and i + 1 < len(view.tokens)
    return not before and not (quoted and view.tokens[i + 1].pos == "PUNCT")


def _same_role(named: View, i: int, plain: View, j: int) -> bool:
    """Say whether both words modify the same head in the same way: then only the case differs."""
    ours, theirs = named.tokens[i], plain.tokens[j]
    same_head = stem(named.tokens[ours.head].lemma) == stem(plain.tokens[theirs.head].lemma)
    return same_head and (ours.dep == theirs.dep or {ours.dep, theirs.dep} <= {"compound", "amod"})


def _cased_elsewhere(view: View, word: str) -> bool:
    """Say whether the version with the common word knows the name, too."""
    title = word.title()
    text = view.document.article.text
    return any(
        form(text[m.span.start : m.span.end]).find(word) >= 0
        and title in text[m.span.start : m.span.end]
        for m in view.document.names
    )


def _shares_neighbour(pair: Pair, named: View, unit: Unit, *, forward: bool) -> bool:
    """Say whether a word beside the name has its like in the other sentence."""
    linked = pair.of_a if forward else pair.of_b
    near = [
        u
        for u in named.units
        if u.index != unit.index and abs(u.index - unit.index) <= 4 and u.index in linked
    ]
    return any(linked[u.index].equal for u in near)


def _with_head(view: View, unit: Unit) -> Span:
    """Return the name with the determiner before it and the noun that it modifies."""
    first, last = unit.tokens[0], unit.tokens[1] - 1
    head = view.tokens[unit.head].head
    if head > last and head - last <= 3 and view.tokens[unit.head].dep in {"compound", "nmod"}:
        last = head
    while first and view.tokens[first - 1].dep in {"det", "punct"} and unit.tokens[0] - first < 2:
        first -= 1
    return view.cut(first, last)


def _with_preposition(view: View, j: int) -> Span:
    first = j
    while first and j - first < 2 and view.tokens[first - 1].pos in {"DET", "ADP"}:
        first -= 1
    return view.cut(first, j)
