"""The quotations and the figures of a story, ready for the templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from retold.model import Change, Figure, FigureReading, Quotation, QuotationStatus, Span, Utterance
from retold.report.html.changes import Changes, inner, marks_of, tell
from retold.report.html.context import (
    AGREEMENTS,
    ALIKE,
    STATUSES,
    Context,
    nested,
    origins_text,
    percent,
    several,
)
from retold.report.html.naming import Witness, clip, shown, visible
from retold.report.html.wording import Mark, Piece, differing, pieces
from retold.rulings import ruled_by
from retold.text import forms


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
class Handed:
    """How versions came by a quotation: whose it was, what became of it, how probable that is."""

    parent: Witness
    children: list[Witness]
    """Empty where the parent is the one that all others have it from."""
    became: str
    probability: str


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
    probability: str
    """That the readings are one; empty where nothing is known of it."""
    handed: list[Handed]
    changes: Changes
    several: bool


def _said(
    context: Context,
    readings: Iterable[Utterance | FigureReading],
    changes: tuple[Change, ...],
    note: Callable[[Any, Witness], str],
) -> list[Said]:
    """Gather readings of one wording and one note; the commonest first."""
    marks = marks_of(context, changes)
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
            mine = inner(marks.get(reading.article, []), span)
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
    handed: list[Handed] | None = None,
) -> ItemView:
    anchor = context.anchors.of(item.id)
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
        probability=percent(item.probability) if isinstance(item, Quotation) else "",
        handed=handed or [],
        changes=tell(context, item.changes, anchor),
        several=several(item),
    )


def quotation_view(context: Context, quotation: Quotation, number: int) -> ItemView:
    """Make the entry of a quotation."""

    def note(reading: Utterance, witness: Witness) -> str:
        speaker = reading.speaker or _words(witness, reading.source)
        span = Span(reading.article, reading.start, reading.end)
        ruled = visible(ruled_by(context.rulings, span, reading.speaker))
        return f"{visible(speaker) or 'speaker not named'}, {reading.speech} speech{ruled}"

    counts = Counter(tuple(forms(r.text)) for r in quotation.readings)
    worded = sorted(quotation.readings, key=lambda r: (-counts[tuple(forms(r.text))], r.text))
    label = clip(worded[0].text if worded else quotation.id, 120)
    readings = _said(context, quotation.readings, quotation.changes, note)
    handed = _handed(context, quotation)
    return _item(context, quotation, number, label, str(quotation.status), readings, handed)


def _handed(context: Context, quotation: Quotation) -> list[Handed]:
    """Tell who has a quotation from whom, as far as it did not stay the same."""
    named = context.witnesses
    found = []
    if quotation.first in named and several(quotation):
        certain = percent(quotation.first_probability)
        found.append(Handed(named[quotation.first], [], "", certain))
    groups: dict[tuple[str, str], list[tuple[Witness, float]]] = {}
    for each in quotation.handed:
        if each.became is not QuotationStatus.SAME and each.after.article in named:
            key = (each.before.article, STATUSES[each.became])
            groups.setdefault(key, []).append((named[each.after.article], each.probability))
    for (parent, became), children in groups.items():
        if parent in named:
            least = percent(min(p for _, p in children))
            found.append(Handed(named[parent], [w for w, _ in children], became, least))
    return found


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
