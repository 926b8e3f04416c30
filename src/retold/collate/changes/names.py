"""Another person, place or body in the same slot; a name that became a common word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retold.annotate.dates import agree as days_agree
from retold.annotate.dates import grain
from retold.annotate.figures import agree as figures_agree
from retold.annotate.figures import comparable
from retold.annotate.namewords import SPEECH_VERBS, TITLES
from retold.annotate.samenames import is_region, may_contain, same_name
from retold.collate.changes.base import Found
from retold.collate.changes.ties import Tie, event_over, tie
from retold.collate.pairs import Pair, phrase, same_marker
from retold.collate.views import CONTENT, Unit, View, per_view, stem
from retold.model import ChangeKind, NameKind, NameMention, Span
from retold.text import fold, form

__all__ = ["name_changes", "place_changes", "same_name"]

SURE_SLOT = 0.7
"""Score of a slot from which two names are set against each other whatever their kinds: those of
names that nobody knows are guesses. By judgement."""

_MARKS = frozenset({"'", '"'})


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
        if link.equal:
            continue
        u, v = pair.a.units[link.a], pair.b.units[link.b]
        ours, theirs = _mention(pair.a, u), _mention(pair.b, v)
        if ours is None or theirs is None or not (u.name or v.name):
            continue
        place = NameKind.PLACE in {ours.kind, theirs.kind}
        if place != places or _may_be_one(ours, theirs, pair):
            continue
        if _known(ours, pair.context_b) or _known(theirs, pair.context_a):
            continue
        if _is_tag(pair.a, ours) or _is_tag(pair.b, theirs):
            continue
        both = tie(pair, u, v)
        if not _of_a_kind(ours, theirs) and not (both.literal and link.score >= SURE_SLOT):
            continue
        kind = ChangeKind.PLACE if places else ChangeKind.NAME
        yield Found(
            *(kind, ours.span, theirs.span, _certainty(pair, u, v, ours, theirs, both), 0.8),
            pair.turn(phrase(pair.a, ours.span), phrase(pair.b, theirs.span)),
        )


def _mention(view: View, unit: Unit) -> NameMention | None:
    """Return the name of a unit; a capitalised proper noun that is in no name is one, too."""
    if unit.name is not None or unit.pos != "PROPN" or unit.figure or unit.date:
        return unit.name
    span = view.cut(unit.tokens[0], unit.tokens[1] - 1)
    words = phrase(view, span)
    plain = words.strip(".").lower()
    named = words.istitle() and len(plain) > 1 and plain not in TITLES
    return NameMention(span, NameKind.OTHER, words) if named else None


def _certainty(
    pair: Pair, u: Unit, v: Unit, ours: NameMention, theirs: NameMention, both: Tie
) -> float:
    """Return how surely one name took the place of the other.

    Reports of one event name many people who do the same ("called for", "voted"), so that where
    more than the names differs, the verb must be one with its other arguments.
    """
    certainty = 0.95 * both.certainty
    if not _of_a_size(ours, theirs):
        certainty *= 0.5
    if _was_told(pair.a, u) and _was_told(pair.b, v):
        certainty *= 0.5  # each outlet names itself
    if both.literal:
        return certainty
    if NameKind.OTHER in {ours.kind, theirs.kind}:
        certainty *= 0.8 if both.verb and both.core else 0.6  # what they name is not known
    if not (both.verb and both.core) or not same_marker(pair.a, pair.b, u.head, v.head):
        certainty *= 0.7
    if _is_of_speech(pair, u, both):
        certainty *= 0.7  # another source, or another outlet that was told the same
    if _told(ours, pair.b) or _told(theirs, pair.a):
        certainty *= 0.7  # the article knows both
    return certainty * 0.8 ** _further(pair, u, v)


def _is_of_speech(pair: Pair, u: Unit, both: Tie) -> bool:
    """Say whether a name speaks: many say the same."""
    event = event_over(pair.a, u.head)
    if event is None or pair.a.tokens[event[0]].lemma.lower() not in SPEECH_VERBS:
        return False
    return event[1] == "subj" and both.core < 2


def _was_told(view: View, unit: Unit) -> bool:
    """Say whether a name that is no person's was told something."""
    event = event_over(view, unit.head)
    if event is None or event[1] not in {"obj", "obl"}:
        return False
    person = unit.name is not None and unit.name.kind is NameKind.PERSON
    return not person and view.tokens[event[0]].lemma.lower() in _TELLING


def _further(pair: Pair, u: Unit, v: Unit) -> int:
    """Count the other details that differ: of two events, more than one name does."""
    count = 0
    for link in pair.links:
        if link.equal or link.a == u.index or link.b == v.index:
            continue
        x, y = pair.a.units[link.a], pair.b.units[link.b]
        if x.name and y.name:
            count += not _may_be_one(x.name, y.name, pair)
        elif x.figure and y.figure:
            count += comparable(x.figure, y.figure) and not figures_agree(x.figure, y.figure)
        elif not (x.name or y.name):  # "Mayor", "Governor"
            count += pair.a.tokens[x.head].head == u.head and pair.b.tokens[y.head].head == v.head
    count += any(
        days_agree(x, y) is False and grain(x) == grain(y)
        for x in pair.a.dates
        for y in pair.b.dates
    )
    return min(count, 2)


_STREETS = frozenset({"street", "road", "avenue", "square", "lane", "drive", "boulevard", "bridge"})


def _of_a_size(a: NameMention, b: NameMention) -> bool:
    """Say whether two places are both streets, or both known regions, or neither."""
    kinds = [(n.entity.split()[-1].lower() in _STREETS, is_region(n.entity)) for n in (a, b)]
    return kinds[0] == kinds[1]


def _told(name: NameMention, other: View) -> bool:
    return any(name.entity == n.entity for n in other.document.names)


def _of_a_kind(a: NameMention, b: NameMention) -> bool:
    """Say whether two names can name the same kind of thing; what OTHER names is not known."""
    return a.kind is b.kind or NameKind.OTHER in {a.kind, b.kind}


def _may_be_one(a: NameMention, b: NameMention, pair: Pair) -> bool:
    """Say whether two names may name one thing, or one place more coarsely than the other."""
    if a.entity == b.entity or (a.place is not None and a.place == b.place):
        return True
    words = phrase(pair.a, a.span), phrase(pair.b, b.span)
    if same_name(a.entity, b.entity) or same_name(*words):
        return True
    return NameKind.PLACE in {a.kind, b.kind} and may_contain(a.entity, b.entity)


_TELLING = frozenset({"tell", "inform", "confirm"})

_PARTY = re.compile(r"\b[A-Z]{1,3}-$|\([A-Z]{0,3}-?$")
_DATELINE = re.compile(r"[^a-z\n]{0,40}(?:\([A-Za-z ]{2,30}\) ?)?[—–-]{1,2} ?")


def _is_tag(view: View, name: NameMention) -> bool:
    """Say whether a name is a dateline or tells a politician's state ("D-Norland")."""
    text, start = view.document.article.text, name.span.start
    if _PARTY.search(text, max(0, start - 5), start):
        return True
    opens = start == view.span.start
    return opens and _DATELINE.match(text, name.span.end) is not None


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
                if _same_role(named, i, unit, plain, j) or _cased_elsewhere(plain, word):
                    continue
                if not _shares_neighbour(pair, named, unit, forward=forward):
                    continue
                if not alone and not _has_head(named, unit, plain):
                    continue
                span_name = _with_head(named, unit)
                span_word = _with_preposition(plain, j)
                a, b = (span_name, span_word) if forward else (span_word, span_name)
                sure = 0.65 if _between_marks(named, i) else 0.45
                yield Found(
                    *(ChangeKind.NAME, a, b, sure, 0.75),
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


def _same_role(named: View, i: int, unit: Unit, plain: View, j: int) -> bool:
    """Say whether both words modify the same head in the same way: then only the case differs."""
    ours, theirs = named.tokens[i], plain.tokens[j]
    heads = {stem(named.tokens[h].lemma) for h in (ours.head, unit.head)}
    same_head = stem(plain.tokens[theirs.head].lemma) in heads
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


def _has_head(named: View, unit: Unit, plain: View) -> bool:
    """Say whether the thing that a name names is told of as a common noun, too ("a grouping")."""
    head = stem(named.tokens[unit.head].lemma)
    return any(
        stem(token.lemma) == head and plain.text_at(token).islower() for token in plain.tokens
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
