"""How sure, and how strong: hedges, modals, quantifiers, and events of another strength."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retold.collate.changes.base import Found
from retold.collate.changes.slots import NAMED, event_arguments, same_slot
from retold.collate.changes.tables import (
    CERTAINTY,
    ESCALATION,
    QUANTIFIERS,
    RAISING,
    RAISING_PASSIVE,
)
from retold.collate.pairs import Pair, phrase
from retold.collate.views import View, per_token
from retold.model import ChangeKind, FigureMention, Hedge, Span

_TIER = {
    word: (scale, tier)
    for scale, tiers in ESCALATION.items()
    for tier, words in enumerate(tiers)
    for word in sorted(words)
}
_BOUNDS = frozenset({
    *(Hedge.EXACT, Hedge.AT_LEAST, Hedge.MORE_THAN, Hedge.AT_MOST, Hedge.LESS_THAN),
})  # fmt: skip
"""Hedges that say how a figure is bounded; the others only round it."""
_SHARES = frozenset({"almost", "nearly", "virtually", "practically"})
_STEP = 0.15
"""Least difference of two certainties that is a change; below it words differ in taste only."""


@dataclass(frozen=True, slots=True)
class _Certainty:
    value: float
    tokens: tuple[int, ...]
    """The words that lower it."""


def hedge_changes(pair: Pair) -> Iterator[Found]:
    """Yield changes of certainty, of modality, of a figure's hedge, and of an event's strength."""
    heads = list(_linked_heads(pair))
    yield from _certainties(pair, heads)
    yield from _modals(pair, heads)
    yield from _figure_hedges(pair)
    yield from _quantifiers(pair)
    yield from _strengths(pair)


def _left(pair: Pair, probability: float, share: float) -> float:
    """Return the probability of a change, or the share of it that is left in texts written apart.

    The shares are near those of the changes that were right in our own reports of one event by two
    newsrooms (``eval/data/reports.jsonl``, all 60 events), of which there are few of each sort.
    """
    return probability * share if pair.apart else probability


def _shares_argument(pair: Pair, i: int, j: int) -> bool:
    """Say whether somebody or something takes part in both events."""
    return any(
        pair.linked(x, y, equal=True)
        for _, x in event_arguments(pair.a, i)
        for _, y in event_arguments(pair.b, j)
    )


def _certainties(pair: Pair, heads: Sequence[tuple[int, int]]) -> Iterator[Found]:
    done: set[tuple[int, ...]] = set()
    for i, j in heads:
        ours, theirs = certainty(pair.a, i), certainty(pair.b, j)
        if abs(ours.value - theirs.value) < _STEP:
            continue
        mark = (-1, *ours.tokens) if ours.value < theirs.value else (-2, *theirs.tokens)
        if mark in done:
            continue
        done.add(mark)
        future_a, future_b = _future(pair.a, i), _future(pair.b, j)
        a = _extent(pair.a, i, ours.tokens or future_a)
        b = _extent(pair.b, j, theirs.tokens or future_b)
        marks_a, marks_b = _words(pair.a, ours.tokens), _words(pair.b, theirs.tokens)
        context_a = any(_hedges(v) for v in pair.context_a if v.span != pair.a.span)
        context_b = any(_hedges(v) for v in pair.context_b if v.span != pair.b.span)
        probability = 0.85 * (0.7 if (context_b if not theirs.tokens else context_a) else 1.0)
        probability = _left(pair, probability, 0.7 if _shares_argument(pair, i, j) else 0.4)
        if ours.tokens and theirs.tokens:
            how = "weakened" if theirs.value < ours.value else "strengthened"
            words = pair.turn(marks_a, marks_b) + (f": {how}" if pair.directed else "")
        elif not pair.directed:
            words = pair.turn(phrase(pair.a, a), phrase(pair.b, b))
        elif future_a or future_b:  # "may open", "will open"
            how = "less" if theirs.tokens else "more"
            words = f"{pair.turn(phrase(pair.a, a), phrase(pair.b, b))}: {how} certain"
        elif ours.tokens:
            words = f"‘{marks_a}’ lost: now stated as fact"
        else:
            words = f"‘{marks_b}’ added"
        yield Found(ChangeKind.HEDGE, a, b, probability, 0.65, words)


def _linked_heads(pair: Pair) -> Iterator[tuple[int, int]]:
    """Yield linked words that can carry a hedge, then words of our scales in one slot."""
    for link in pair.links:
        u, v = pair.a.units[link.a], pair.b.units[link.b]
        plain = not (u.name or v.name or u.figure or v.figure or u.date or v.date)
        if plain and (link.equal or link.score >= 0.6) and not (u.pos == v.pos == "ADV"):
            yield u.head, v.head
    for i, j, sure in same_slot(pair, _TIER):
        if sure >= 0.8:
            yield i, j


@per_token
def certainty(view: View, index: int) -> _Certainty:
    """Return how sure a sentence is of what one of its words says, with the words that lower it."""
    value, marks = 1.0, []
    token = view.tokens[index]
    for child in view.children[index]:
        other = view.tokens[child]
        weight = CERTAINTY.get(view.forms[child])
        if weight is None or other.dep not in {"advmod", "aux", "amod"}:
            continue
        if view.forms[child] == "may" and view.text_at(other) == "May" and child:
            continue
        if token.pos == "NOUN" and view.forms[child] in _SHARES:
            continue  # "nearly all towns" is a matter of the quantifier
        value *= weight
        marks.append(child)
    above = token.head
    if token.dep in {"xcomp", "ccomp"} and above != index:
        head = view.tokens[above]
        passive = any(view.tokens[c].dep == "auxpass" for c in view.children[above])
        table = RAISING_PASSIVE if passive else RAISING
        weight = table.get(head.lemma.lower()) if passive or head.dep != "acl" else None
        infinitive = any(view.tokens[c].tag == "TO" for c in view.children[index])
        if weight is not None and infinitive and token.dep == "xcomp":
            value *= weight
            marks.append(above)
        for child in view.children[above]:
            if view.forms[child] in CERTAINTY and view.tokens[child].dep == "advmod":
                value *= CERTAINTY[view.forms[child]]
                marks.append(child)
    return _Certainty(value, tuple(sorted(marks)))


def _hedges(view: View) -> bool:
    return any(word in CERTAINTY for word in view.forms)


def _modals(pair: Pair, heads: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Yield "will" or "would" against a fact of the past."""
    for i, j in heads:
        ours, theirs = _modal(pair.a, i), _modal(pair.b, j)
        if ours < 0 and theirs < 0:
            continue
        kinds = {
            pair.a.forms[ours] if ours >= 0 else "",
            pair.b.forms[theirs] if theirs >= 0 else "",
        }
        if kinds <= {"will", "'ll", "shall", "would", "'d"} or "" not in kinds:
            continue  # the sequence of tenses of reported speech
        bare_view, bare = (pair.b, j) if theirs < 0 else (pair.a, i)
        if bare_view.tokens[bare].tag not in {"VBD", "VBN"} or certainty(bare_view, bare).tokens:
            continue
        a = _extent(pair.a, i, (ours,) if ours >= 0 else ())
        b = _extent(pair.b, j, (theirs,) if theirs >= 0 else ())
        yield Found(
            *(ChangeKind.HEDGE, a, b, _left(pair, 0.6, 0.25), 0.55),
            f"{pair.turn(phrase(pair.a, a), phrase(pair.b, b))}: announced and done differ",
        )


def _future(view: View, index: int) -> tuple[int, ...]:
    """Return the "will" or "shall" over a verb, if any, as a tuple of its token."""
    modal = _modal(view, index)
    return (modal,) if modal >= 0 else ()


@per_token
def _modal(view: View, index: int) -> int:
    wanted = {"will", "'ll", "shall", "would", "'d"}
    return next(
        (
            c
            for c in view.children[index]
            if view.forms[c] in wanted
            and view.tokens[c].dep == "aux"
            and view.tokens[c].tag == "MD"
        ),
        -1,
    )


def _figure_hedges(pair: Pair) -> Iterator[Found]:
    for link in pair.links:
        u, v = pair.a.units[link.a], pair.b.units[link.b]
        if u.figure is None or v.figure is None or u.figure.hedge == v.figure.hedge:
            continue
        if (u.figure.low, u.figure.high) != (v.figure.low, v.figure.high) or _near(
            u.figure, v.figure
        ):
            continue
        a, b = u.figure.span, v.figure.span
        words = pair.turn(phrase(pair.a, a), phrase(pair.b, b))
        rounded = not {u.figure.hedge, v.figure.hedge} <= _BOUNDS
        probability = _left(pair, 0.85, 0.1 if rounded else 0.5)
        yield Found(ChangeKind.HEDGE, a, b, probability, 0.6, words)


def _near(a: FigureMention, b: FigureMention) -> bool:
    """Say whether both hedges say much the same ("about", "nearly"; "at least", "more than")."""
    groups = (
        {Hedge.ABOUT, Hedge.NEARLY},
        {Hedge.AT_LEAST, Hedge.MORE_THAN},
        {Hedge.AT_MOST, Hedge.LESS_THAN},
    )
    return any({a.hedge, b.hedge} <= group for group in groups)


def _quantifiers(pair: Pair) -> Iterator[Found]:
    """Yield "nearly all" against "all", "some" against "most", on linked nouns."""
    for link in pair.links:
        u, v = pair.a.units[link.a], pair.b.units[link.b]
        if not link.equal or u.pos != "NOUN" or v.pos != "NOUN":
            continue
        ours, theirs = _quantity(pair.a, u.head), _quantity(pair.b, v.head)
        if (
            not ours
            or not theirs
            or abs(ours[0] - theirs[0]) < _STEP
            or 0.0 in {ours[0], theirs[0]}
        ):
            continue
        yield Found(
            *(ChangeKind.HEDGE, ours[1], theirs[1], _left(pair, 0.8, 0.5), 0.6),
            pair.turn(phrase(pair.a, ours[1]), phrase(pair.b, theirs[1])),
        )


def _quantity(view: View, noun: int) -> tuple[float, Span] | None:
    """Return the share that a noun's determiner claims; "all of the towns" is "all towns"."""
    places = list(view.children[noun])
    token = view.tokens[noun]
    if token.dep == "pobj" and view.forms[token.head] == "of":
        places.append(view.tokens[token.head].head)
    for i in places:
        share = QUANTIFIERS.get(view.forms[i])
        if share is None:
            continue
        first = i
        if i and view.forms[i - 1] in _SHARES | {"not"}:
            first = i - 1
            share = share - 0.2 if view.forms[first] != "not" else 1.0 - share + 0.3
        return round(share, 2), view.cut(first, i)
    return None


def _strengths(pair: Pair) -> Iterator[Found]:
    """Yield events of one scale and another tier: "entering" against "capture"."""
    for i, j, sure in same_slot(pair, _TIER):
        ours = _TIER[pair.a.tokens[i].lemma.lower()]
        theirs = _TIER[pair.b.tokens[j].lemma.lower()]
        if ours[0] != theirs[0] or ours[1] == theirs[1]:
            continue
        a, b = pair.a.cut(i, i), pair.b.cut(j, j)
        how = "stronger" if theirs[1] > ours[1] else "weaker"
        words = pair.turn(phrase(pair.a, a), phrase(pair.b, b))
        strong = phrase(pair.b, b) if theirs[1] > ours[1] else phrase(pair.a, a)
        about = f": {how}" if pair.directed else f": ‘{strong}’ says more"
        named = sure >= NAMED and ours[0] != "urging"  # many urge the same
        probability = _left(pair, 0.9 * sure, 1.0 if named else 0.25)
        yield Found(ChangeKind.HEDGE, a, b, probability, 0.85, words + about)


def _extent(view: View, i: int, marks: tuple[int, ...]) -> Span:
    points = [m for m in marks if abs(m - i) <= 5]
    return view.cut(min([i, *points]), max([i, *points]))


def _words(view: View, marks: tuple[int, ...]) -> str:
    return " … ".join(view.text_at(view.tokens[m]) for m in marks)
