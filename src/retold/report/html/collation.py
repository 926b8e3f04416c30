"""The apparatus, the quotations and the figures of a story, ready for the templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from retold.model import Change, Claim, Figure, FigureReading, Quotation, Reading, Span, Utterance
from retold.report.html.context import (
    AGREEMENTS,
    ALIKE,
    KINDS,
    POSSIBLE,
    STATUSES,
    ChangeView,
    Context,
    alone,
    level,
    nested,
    origins_text,
    percent,
)
from retold.report.html.naming import Witness, clip, shown, visible
from retold.report.html.rows import marked
from retold.report.html.wording import Mark, Piece, differing, pieces
from retold.text import forms

SHORT = 30
"""Characters up to which a reading may be marked as a whole: a figure, a name."""
CHANGES = 12
"""Changes told under one claim; the rest are counted and stand in the JSON."""
FEWER = 5
"""Changes told there in a crowd, where one change is often made by dozens."""


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
    changes: list[ChangeView]
    unlisted: int
    """Changes beyond those told."""
    count: str
    """How many changes, in words; empty where there are none."""
    gist: str
    """The most telling of them in a few words."""
    several: bool
    """Whether more than one version has it."""


@dataclass(frozen=True, slots=True)
class Said:
    """One form of a quotation or figure, with the versions that have it."""

    anchor: str
    pieces: list[Piece]
    note: str
    """Speaker and kind of speech; or value and hedge."""
    carriers: list[tuple[Witness, str]]
    """Versions, each with the anchor of the place."""

    @property
    def nested(self) -> bool:
        """Whether the words hold double quotation marks themselves."""
        return nested(self.pieces)


@dataclass(frozen=True, slots=True)
class ItemView:
    """A quotation or a figure with its readings."""

    id: str
    number: int
    anchor: str
    label: Markup
    status: str
    status_label: str
    origins: str
    origins_why: str
    readings: list[Said]
    changes: list[ChangeView]
    unlisted: int
    count: str
    gist: str
    several: bool


def _told(context: Context, changes: tuple[Change, ...], item: str) -> list[ChangeView]:
    found = {c.id: c for c in changes}.values()
    ordered = sorted(found, key=lambda c: (c.probability < POSSIBLE, -c.salience, c.id))
    return [context.change(c, item) for c in ordered[: FEWER if context.crowd else CHANGES]]


def _unlisted(changes: tuple[Change, ...], told: list[ChangeView]) -> int:
    return len({c.id for c in changes}) - len(told)


def _count(changes: tuple[Change, ...]) -> str:
    """Say how many changes there are, those that are possible only apart."""
    found = {c.id: c.probability >= POSSIBLE for c in changes}
    sure, possible = sum(found.values()), len(found) - sum(found.values())
    parts = [f"{sure} change{'' if sure == 1 else 's'}"] if sure else []
    if possible:
        parts.append(f"{possible} possible" if sure else _possible(possible))
    return ", ".join(parts)


def _possible(count: int) -> str:
    return f"{count} possible change{'' if count == 1 else 's'}"


def _gist(told: list[ChangeView]) -> str:
    return clip(told[0].explanation, 110) if told and told[0].level else ""


def _marks(context: Context, changes: tuple[Change, ...]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = {}
    for change in changes:
        for article, marks in context.marks(change).items():
            found.setdefault(article, []).extend(marks)
    return found


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
        mine = _inner(marks, Span(reading.article, reading.start, reading.end))
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
    marks, kinds = _marks(context, claim.changes), _kinds_by_version(claim.changes)
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
    told = _told(context, claim.changes, anchor)
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
        changes=told,
        unlisted=_unlisted(claim.changes, told),
        count=_count(claim.changes),
        gist=_gist(told),
        several=not alone(claim),
    )


def _said(
    context: Context,
    readings: Iterable[Utterance | FigureReading],
    changes: tuple[Change, ...],
    note: Callable[[Any, Witness], str],
) -> list[Said]:
    """Gather readings of one wording and one note; the commonest first."""
    marks = _marks(context, changes)
    groups: dict[tuple[tuple[str, ...], str], list[Utterance | FigureReading]] = {}
    for reading in sorted(readings, key=lambda r: _order(context, r.article, r.start)):
        witness = context.witnesses.get(reading.article)
        if witness is not None:
            key = (tuple(forms(reading.text)) or (reading.text,), note(reading, witness))
            groups.setdefault(key, []).append(reading)
    found: list[Said] = []
    base = ""
    for (_, said), members in sorted(groups.items(), key=lambda g: -len(g[1])):
        runs = []
        for reading in members:
            span = Span(reading.article, reading.start, reading.end)
            mine = _inner(marks.get(reading.article, []), span)
            if base and not mine:
                mine = _unlike(reading.text, base, span)
            text = context.witnesses[reading.article].article.text
            runs.append(pieces(text, span.start, span.end, mine))
        base = base or members[0].text
        places = [context.places.at(r.article, r.start, r.end) for r in members]
        best = max(range(len(runs)), key=lambda i: sum(bool(p.kind) for p in runs[i]))
        carriers = [(context.witnesses[r.article], p) for r, p in zip(members, places, strict=True)]
        found.append(Said(places[best], runs[best], said, carriers))
    return found


def _inner(marks: list[Mark], span: Span) -> list[Mark]:
    """Drop marks over nearly all of a long reading: they say no more than its status does."""
    long = span.end - span.start > SHORT
    return [m for m in marks if not long or m.end - m.start < 0.9 * (span.end - span.start)]


def _unlike(text: str, base: str, span: Span) -> list[Mark]:
    """Mark the words in which a form differs from the commonest one."""
    here, _, alike = differing(text, base)
    if not ALIKE <= alike < 1:
        return []
    return [Mark(span.start + s, span.start + e, "quote-wording") for s, e in here]


def _item(
    context: Context,
    item: Quotation | Figure,
    number: int,
    label: str,
    status: str,
    readings: list[Said],
) -> ItemView:
    anchor = context.anchors.of(item.id)
    told = _told(context, item.changes, anchor)
    return ItemView(
        id=item.id,
        number=number,
        anchor=anchor,
        label=shown(label),
        status=status,
        status_label=STATUSES.get(status) or AGREEMENTS[status],
        origins=origins_text(item.origins),
        origins_why=visible(item.origins.explanation),
        readings=readings,
        changes=told,
        unlisted=_unlisted(item.changes, told),
        count=_count(item.changes),
        gist=_gist(told),
        several=len({r.article for r in item.readings}) > 1,
    )


def quotation_view(context: Context, quotation: Quotation, number: int) -> ItemView:
    """Make the entry of a quotation."""

    def note(reading: Utterance, witness: Witness) -> str:
        speaker = reading.speaker or _words(witness, reading.source)
        return f"{visible(speaker) or 'speaker not named'}, {reading.speech} speech"

    counts = Counter(tuple(forms(r.text)) for r in quotation.readings)
    worded = sorted(quotation.readings, key=lambda r: (-counts[tuple(forms(r.text))], r.text))
    label = clip(worded[0].text if worded else quotation.id, 120)
    readings = _said(context, quotation.readings, quotation.changes, note)
    return _item(context, quotation, number, label, str(quotation.status), readings)


def _order(context: Context, article: str, start: int) -> tuple[int, int]:
    witness = context.witnesses.get(article)
    return (witness.number if witness else -1, start)


def _words(witness: Witness, span: Span | None) -> str:
    if span is None or span.article != witness.article.id:
        return ""
    return " ".join(witness.article.text[span.start : span.end].split())


def _amount(value: float) -> str:
    return f"{value:,.10g}"


def figure_view(context: Context, figure: Figure, number: int) -> ItemView:
    """Make the entry of a figure."""

    def note(reading: FigureReading, _: Witness) -> str:
        value = _amount(reading.low)
        if reading.high != reading.low:
            value += f" to {_amount(reading.high)}"
        hedge = "" if reading.hedge == "exact" else f"{reading.hedge.replace('-', ' ')} "
        said = f"{hedge}{value}{' ' + visible(reading.unit) if reading.unit else ''}"
        return "" if forms(said) == forms(reading.text) else said

    readings = _said(context, figure.readings, figure.changes, note)
    return _item(context, figure, number, figure.label, str(figure.agreement), readings)
