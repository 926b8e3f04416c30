"""Figures that count the same and differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log

from retold.annotate.figures import agree, comparable, family
from retold.annotate.quantities import is_of_people
from retold.collate.changes import apart
from retold.collate.changes.base import Found
from retold.collate.changes.ties import Tie, event_over, tie
from retold.collate.pairs import Pair, phrase
from retold.collate.views import Unit, View
from retold.model import ChangeKind, FigureMention

REACH = 40
"""Characters from a figure within which the noun that it counts is quoted with it."""

FARTHEST = 3.0
"""Log of how many times greater the one of two figures is, from which on more tells no more."""

_HYPHENS = frozenset("-‑–")

_FATES = {
    "die": "kill", "kill": "kill", "death": "kill", "dead": "kill", "fatality": "kill",
    "perish": "kill", "drown": "kill", "murder": "kill", "slay": "kill", "toll": "kill",
    "lose": "lose", "gain": "gain", "win": "gain", "add": "gain",
    "injure": "injure", "wound": "injure", "hurt": "injure", "injury": "injure",
    "injured": "injure", "wounded": "injure", "hospitalize": "injure", "hospitalise": "injure",
    "arrest": "arrest", "detain": "arrest", "detention": "arrest", "detainee": "arrest",
    "jail": "arrest", "miss": "miss", "missing": "miss", "rescue": "rescue", "save": "rescue",
    "evacuate": "displace", "displace": "displace", "flee": "displace", "evacuee": "displace",
    "rise": "rise", "grow": "rise", "increase": "rise", "climb": "rise", "jump": "rise",
    "fall": "drop", "drop": "drop", "decrease": "drop", "decline": "drop", "shrink": "drop",
    "buy": "buy", "sell": "sell", "import": "import", "export": "export",
}  # fmt: skip
"""What befalls those that a figure counts: figures of different fates are never one."""


def figure_changes(pair: Pair) -> Iterator[Found]:
    """Yield comparable figures that disagree, unless either value stands in the other's context.

    One sentence may give fewer figures than the other: what it leaves out is no change.
    """
    ranked = []
    for ours, theirs in candidates(pair):
        certainty = same_figure(pair, ours, theirs)
        if certainty > 0.0:
            ranked.append((-certainty, ours.span, theirs.span, ours, theirs))
    used: set[FigureMention] = set()
    for negative, _, _, ours, theirs in sorted(ranked, key=lambda r: r[:3]):
        if ours in used or theirs in used:
            continue
        used |= {ours, theirs}
        yield Found(
            *(ChangeKind.FIGURE, ours.span, theirs.span, -negative, 0.95),
            pair.turn(figure_words(pair.a, ours), figure_words(pair.b, theirs)),
        )


def candidates(pair: Pair) -> Iterator[tuple[FigureMention, FigureMention]]:
    """Yield comparable figures that disagree and of which neither stands in the other's context."""
    free = [f for f in pair.b.figures if not _stands(f, pair.context_a)]
    for ours in pair.a.figures if free else ():
        if not _stands(ours, pair.context_b):
            for theirs in free:
                if comparable(ours, theirs) and not agree(ours, theirs):
                    yield ours, theirs


def same_figure(pair: Pair, ours: FigureMention, theirs: FigureMention) -> float:
    """Return how surely two figures that differ are one, 0..1: of one event, counting one thing."""
    units = _unit(pair.a, ours), _unit(pair.b, theirs)
    if units[0] is None or units[1] is None or _other_fates(pair, units[0], units[1]):
        return 0.0
    both = tie(pair, units[0], units[1])
    if both.literal:
        noun = _noun_tie(pair, ours, theirs)
        return 0.95 if noun >= 0.0 and (both.linked or noun > 0.0) else 0.5
    return apart.probability("figure", _weighed(pair, units[0], units[1], both), pair)


def evidence(pair: Pair, ours: FigureMention, theirs: FigureMention) -> dict[str, float]:
    """Return what tells whether two figures in texts written apart are one, by :mod:`apart`.

    Empty where they cannot be, and where one text is the other with some words exchanged.
    """
    u, v = _unit(pair.a, ours), _unit(pair.b, theirs)
    if u is None or v is None or _other_fates(pair, u, v):
        return {}
    both = tie(pair, u, v)
    return {} if both.literal else _weighed(pair, u, v, both)


def _weighed(pair: Pair, u: Unit, v: Unit, both: Tie) -> dict[str, float]:
    ours, theirs = u.figure, v.figure
    assert ours is not None
    assert theirs is not None
    least, most = sorted((abs(ours.low), abs(theirs.low)))
    return {
        "noun": _noun_tie(pair, ours, theirs),
        "linked": float(both.linked > 0.0),
        "kept": min(1.0, max(0.0, (both.kept - 0.2) / 0.5)),
        "verb": float(both.verb and not both.clash),
        "core": float(min(both.core, 2)),
        "fate": float(not _fates(pair.a, u).isdisjoint(_fates(pair.b, v))),
        "clash": float(both.clash > 0),
        "ratio": min(FARTHEST, log((most + 1.0) / (least + 1.0))),
        "known": float(_known(ours, pair.b) or _known(theirs, pair.a)),
        **apart.nearness(pair, u.head, v.head),
    }


def _other_fates(pair: Pair, u: Unit, v: Unit) -> bool:
    """Say whether other things befall those that two figures count."""
    ours, theirs = _fates(pair.a, u), _fates(pair.b, v)
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _noun_tie(pair: Pair, a: FigureMention, b: FigureMention) -> float:
    """Return what it tells that two figures count or measure the same; below 0 for other things."""
    told = _counted_tie(a, b)
    if _is_size(pair.a, a) != _is_size(pair.b, b):
        return min(told, 0.05)  # "three-point plays" are no three points
    return told


def _counted_tie(a: FigureMention, b: FigureMention) -> float:
    if not a.counted or not b.counted:
        return 0.0
    if a.counted == b.counted:
        return 0.3 if is_of_people(a.counted) else 0.35
    if family(a.counted) == family(b.counted):
        return 0.2 if is_of_people(a.counted) else 0.3
    return -0.2 if a.unit else 0.05


def _is_size(view: View, figure: FigureMention) -> bool:
    """Say whether a figure is a size within a word ("48-page", "12-mile"), and no count."""
    text, span = view.document.article.text, figure.span
    if figure.unit:
        last = text[span.start : span.end].split()[-1]
        return figure.unit != "year-old" and any(c in last for c in "-‑")
    return text[span.end : span.end + 1] in _HYPHENS


def _unit(view: View, figure: FigureMention) -> Unit | None:
    return next((u for u in view.units if u.figure == figure), None)


def _fates(view: View, unit: Unit) -> frozenset[str]:
    """Return what befalls those that a figure counts: the noun's own word, or the verb's."""
    figure = unit.figure
    if figure is not None and (own := _FATES.get(figure.counted)):
        return frozenset({own})
    event = event_over(view, unit.head)
    if event is None:
        return frozenset()
    found = {_FATES.get(view.tokens[event[0]].lemma.lower(), "")}
    found |= {
        _FATES.get(view.tokens[c].lemma.lower(), "")
        for c in view.children[event[0]]
        if view.tokens[c].dep in {"acomp", "oprd", "attr"}
    }
    return frozenset(found - {""})


def _known(figure: FigureMention, other: View) -> bool:
    """Say whether an article gives a figure somewhere for the same thing."""
    return any(
        f.unit == figure.unit and f.low == figure.low and f.high == figure.high
        for f in other.document.figures
    )


def figure_words(view: View, figure: FigureMention) -> str:
    """Return a figure with what it counts, in the words of the text where they follow closely."""
    return f"{phrase(view, figure.span)} {counted_words(view, figure)}".strip()


def counted_words(view: View, figure: FigureMention) -> str:
    """Return the words from a figure to the noun that it counts, both excluded and included."""
    if not figure.counted:
        return ""
    text, end = view.document.article.text, figure.span.end
    for token in view.tokens:
        if token.start >= end and token.lemma.lower() == figure.counted.lower():
            between = text[end : token.end]
            near = len(between) <= REACH and not any(c in between for c in ",;:()")
            return " ".join(between.split()).strip(" -") if near else figure.counted
    return ""


def _stands(figure: FigureMention, context: Sequence[View]) -> bool:
    return any(
        agree(figure, other)
        for view in context
        for other in view.figures
        if (other.unit == figure.unit or comparable(figure, other))
        and (not _is_vague(other) or _is_vague(figure))
    )


def _is_vague(figure: FigureMention) -> bool:
    """Say whether a figure ("dozens") is too vague for another to stand in it."""
    return figure.high > 2 * figure.low > 0
