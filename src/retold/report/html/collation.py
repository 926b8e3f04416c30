"""The claims of a story, ready for the templates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from retold.labels import POSSIBLE
from retold.model import (
    Change,
    Claim,
    Reading,
    Span,
)
from retold.report.html.changes import Changes, inner, marks_of, tell
from retold.report.html.context import (
    AGREEMENTS,
    ALIKE,
    KINDS,
    Context,
    level,
    origins_text,
    percent,
    several,
)
from retold.report.html.naming import Witness, shown, visible
from retold.report.html.rows import marked
from retold.report.html.wording import Mark, Piece, differing, pieces
from retold.text import forms


@dataclass(frozen=True, slots=True)
class Place:
    """One passage of a version, quoted and linked."""

    anchor: str
    pieces: list[Piece]
    """None in the cells of a crowd."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one version has of a claim."""

    witness: Witness
    places: list[Place]
    state: str
    """``same`` (the words of the base reading) or ``other`` (other words)."""
    kinds: list[tuple[str, int]]
    """The kinds of change that the reading underwent, each with its step of probability."""
    level: int
    """The highest of these steps."""
    symbol: str
    summary: str
    """The state in words, for those who do not see the symbol."""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A row of the apparatus."""

    id: str
    number: int
    anchor: str
    label: Markup
    agreement: str
    agreement_label: str
    origins: str
    origins_why: str
    probability: str
    commentary: bool
    cells: list[Cell | None]
    changes: Changes
    several: bool
    """Whether more than one version has it."""
    doubtful: bool
    """Whether its versions possibly tell different things: said with a probability under .5."""


def _kinds_by_version(changes: tuple[Change, ...]) -> dict[str, dict[str, int]]:
    """Return the kinds of change that each version's reading underwent, with their steps."""
    found: dict[str, dict[str, int]] = {}
    for change in changes:
        step = level(change.probability)
        for article in marked(change):
            kinds = found.setdefault(article, {})
            kinds[str(change.kind)] = max(step, kinds.get(str(change.kind), 0))
    return found


def _base(readings: tuple[Reading, ...], order: dict[str, int]) -> Reading:
    """Return the wording that most versions have; of equals, the earliest version's."""
    worded = {r: tuple(forms(r.text)) for r in readings}
    counts = Counter(worded[r] for r in readings)
    return min(readings, key=lambda r: (-counts[worded[r]], order.get(r.article, 0), r.start))


def _cell(
    context: Context,
    witness: Witness,
    readings: list[Reading],
    base: Reading,
    marks: list[Mark],
    kinds: dict[str, int],
) -> Cell:
    text = witness.article.text
    places, same = [], True
    for reading in readings:
        here, _, alike = differing(reading.text, base.text)
        same = same and alike == 1.0
        if context.crowd:  # the script fetches the words from the text when they are wanted
            anchor = context.places.at(reading.article, reading.start, reading.end)
            places.append(Place(anchor, []))
            continue
        mine = inner(marks, Span(reading.article, reading.start, reading.end))
        if ALIKE <= alike < 1:
            mine += [Mark(reading.start + s, reading.start + e, "wording") for s, e in here]
        places.append(
            Place(
                context.places.at(reading.article, reading.start, reading.end),
                pieces(text, reading.start, reading.end, _prefer_typed(mine)),
            )
        )
    found = [(str(k), kinds[k]) for k in KINDS if k in kinds]
    told = [f"{'' if step else 'perhaps '}{KINDS[k][0]}" for k, step in found]
    return Cell(
        witness=witness,
        places=places,
        state="same" if same else "other",
        kinds=found,
        level=max((step for _, step in found), default=0),
        symbol="".join(KINDS[k][1] + ("" if step else "?") for k, step in found)
        or ("=" if same else "~"),
        summary=f"changed: {', '.join(told)}"
        if told
        else "the same words"
        if same
        else "in other words",
    )


def _prefer_typed(marks: list[Mark]) -> list[Mark]:
    """Drop plain differences of wording that a typed change already covers."""
    typed = [m for m in marks if m.kind != "wording"]
    return typed + [
        m
        for m in marks
        if m.kind == "wording" and not any(t.start < m.end and m.start < t.end for t in typed)
    ]


def claim_view(context: Context, claim: Claim, number: int) -> ClaimView:
    """Make the row of a claim."""
    order = {a: i for i, a in enumerate(context.witnesses)}
    anchor = context.anchors.of(claim.id)
    marks, kinds = marks_of(context, claim.changes), _kinds_by_version(claim.changes)
    cells: list[Cell | None] = []
    base = _base(claim.readings, order) if claim.readings else None
    by_article: dict[str, list[Reading]] = {}
    for r in sorted(claim.readings):
        by_article.setdefault(r.article, []).append(r)
    for article, witness in context.witnesses.items():
        mine = by_article.get(article, [])
        if base is None or not mine:
            cells.append(None)
            continue
        cells.append(
            _cell(context, witness, mine, base, marks.get(article, []), kinds.get(article, {}))
        )
    return ClaimView(
        id=claim.id,
        number=number,
        anchor=anchor,
        label=shown(claim.label),
        agreement=str(claim.agreement),
        agreement_label=AGREEMENTS[claim.agreement],
        origins=origins_text(claim.origins),
        origins_why=visible(claim.origins.explanation),
        probability=percent(claim.probability),
        commentary=claim.commentary,
        cells=cells,
        changes=tell(context, claim.changes, anchor),
        several=several(claim),
        doubtful=several(claim) and claim.probability < POSSIBLE,
    )
