"""The dossier as tables for a spreadsheet: one CSV file each, in the dialect that Excel opens.

UTF-8 with a byte-order mark, commas, CRLF. A cell of text never begins with a character that makes
a spreadsheet compute it, and holds no invisible control.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from retold.labels import POSSIBLE
from retold.model import (
    Agreement,
    ChangeKind,
    Derivation,
    Dossier,
    FigureReading,
    Hedge,
    MakeUp,
    Quotation,
    QuotationStatus,
    Reading,
    Speech,
    Utterance,
)
from retold.report.export.told import AnyReading, Item, Told, changes, minute, told, utc
from retold.report.html.naming import visible

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may compute, or strip to find what it computes."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the stem of its file's name, what a row is, its columns with their meanings."""

    name: str
    meaning: str
    columns: dict[str, str]
    rows: Callable[[Told], Iterator[Row]]
    """The rows of a story, in their order, without the story's number."""


_ITEM = {
    "number": "Its place in the story, from 1.",
    "id": "Id in the dossier; `retold explain` shows what stands behind it.",
}
_SPREAD = {
    "versions": "Sigla of the versions that have it, the earliest first.",
    "count": "How many versions have it.",
    "first": "Siglum of the earliest version that has it; empty where none of them has a date.",
    "first_outlet": "Its outlet, or its title where no outlet is known.",
    "first_published": "When it was published, in UTC.",
    "first_url": "Its address.",
    "origins_low": "Independent origins, at least.",
    "origins_high": "Independent origins, at most.",
    "origins_why": "Why so many, in words.",
    "changes": "How many changes its readings underwent, of probability .5 or more.",
    "possible": "How many more are possible, of a probability under .5.",
}


def _spread(story: Told, item: Item) -> Row:
    carriers = story.carriers(item)
    first = story.first(item)
    sure = sum(c.probability >= POSSIBLE for c in item.changes)
    return (
        story.sigla(w.article.id for w in carriers),
        len(carriers),
        first.siglum if first else "",
        first.label if first else "",
        minute(utc(first.article.published)) if first else "",
        first.article.url if first else "",
        item.origins.low,
        item.origins.high,
        item.origins.explanation,
        sure,
        len(item.changes) - sure,
    )


def _versions(story: Told) -> Iterator[Row]:
    shares = {v.article: v for v in story.story.apparatus.versions}
    made = {m.article: _made(story, m) for m in story.story.makeup}
    for article, witness in story.versions.items():
        found, a = shares.get(article), witness.article
        about = (a.outlet, a.title, minute(utc(a.published)), a.url, a.byline)
        here = (found.words, found.own) if found else (len(a.text.split()), None)
        yield (witness.siglum, article, *about, *here, *made.get(article, _UNKNOWN))


_UNKNOWN: Row = ("", "", None, None, None, None, None, None)


def _made(story: Told, made: MakeUp) -> Row:
    unseen = [s for s in made.sources if s not in story.versions]
    sources = " ".join(filter(None, (story.sigla(made.sources), *("?" for _ in unseen))))
    shares = (made.verbatim, made.near, made.rewritten, made.own)
    return (sources, made.derivation, made.probability, made.decided, *shares)


def _claims(story: Told) -> Iterator[Row]:
    for number, claim in enumerate(story.story.apparatus.claims, 1):
        sources = "; ".join(story.speakers(claim))
        about = (claim.label, claim.agreement, claim.commentary, claim.probability, sources)
        yield (number, claim.id, *about, *_spread(story, claim))


def _quotations(story: Told) -> Iterator[Row]:
    for number, quotation in enumerate(story.story.apparatus.quotations, 1):
        words = longest(quotation)
        speakers = "; ".join(story.speakers(quotation))
        others = {r.article for r in quotation.readings} - {quotation.first}
        source = story.sigla([quotation.first]) if others else ""
        about = (quotation.status, quotation.probability, speakers, source)
        yield (number, quotation.id, words, *about, *_spread(story, quotation))


def longest(quotation: Quotation) -> str:
    """Return the fullest wording of a quotation; of equals, the first in the alphabet."""
    return min((r.text for r in quotation.readings), key=lambda t: (-len(t), t), default="")


def _figures(story: Told) -> Iterator[Row]:
    for number, figure in enumerate(story.story.apparatus.figures, 1):
        values = "; ".join(dict.fromkeys(r.text for r in story.readings(figure)))
        about = (figure.label, values, figure.agreement)
        yield (number, figure.id, *about, *_spread(story, figure))


def _readings(story: Told) -> Iterator[Row]:
    for kind, item in story.items:
        for reading in story.readings(item):
            at = (reading.article, reading.start, reading.end)
            yield (
                kind,
                item.id,
                story.sigla([reading.article]),
                *at,
                reading.text,
                *_more(story, item, reading),
            )


def _more(story: Told, item: Item, reading: AnyReading) -> Row:
    match reading:
        case Utterance():
            return (story.speaker(item, reading), reading.speech, None, None, "", "")
        case FigureReading():
            return ("", "", reading.low, reading.high, reading.unit, reading.hedge)
    return (story.speaker(item, reading), "", None, None, "", "")


def _changes(story: Told) -> Iterator[Row]:
    telling = {c: n for n, c in enumerate(story.story.apparatus.telling, 1)}
    found = changes(story.items)
    last = len(telling) + 1
    ranked = sorted(
        found.values(),
        key=lambda f: (telling.get(f[0].id, last), -f[0].salience * f[0].probability, f[0].id),
    )
    for change, items in ranked:
        head = (change.id, " ".join(items), change.kind, change.explanation, change.probability)
        sides = (cell for side in (change.before, change.after) for cell in _side(story, side))
        yield (
            *head,
            change.probability < POSSIBLE,
            telling.get(change.id),
            change.directed,
            *sides,
            story.sigla(change.articles),
        )


def _side(story: Told, reading: Reading | None) -> Row:
    if reading is None:
        return ("", "", None, None, "")
    siglum = story.sigla([reading.article])
    return (siglum, reading.article, reading.start, reading.end, reading.text)


_PLACE = {
    "article": "Id of the article.",
    "start": "Where it begins in the article's text, in code points, from 0.",
    "end": "Where it ends; the character at `end` is no longer part of it.",
}
_SIDES = {
    f"{side}_{name}": f"{meaning} {which}"
    for side, which in (
        ("before", "Empty for an addition."),
        ("after", "Empty for an omission."),
    )
    for name, meaning in {
        "version": "Siglum of the version with this reading.",
        **_PLACE,
        "text": "The words that differ.",
    }.items()
}


def _listed(values: type[StrEnum]) -> str:
    """List the values that a column may have."""
    return ", ".join(f"`{value}`" for value in values)


SHEETS = (
    Sheet(
        "versions",
        "A version: what the other tables mean by a siglum.",
        {
            "version": "Siglum: a letter, the same as on the page.",
            "article": "Id of the article in the dossier.",
            "outlet": "Who published it.",
            "title": "Its headline.",
            "published": "When, in UTC; empty where no date was found.",
            "url": "Its address.",
            "byline": "Its author, as given.",
            "words": "How many words it has.",
            "only_here": "Share of them that stands in no other version, 0 to 1.",
            "sources": "Sigla of its parents in the stemma; `?` for a source that nobody"
            " collected.",
            "derivation": f"How far it derives from these: {_listed(Derivation)}.",
            "derivation_probability": "That it does.",
            "derivation_decided": "Whether the evidence decides.",
            "verbatim": "Share of its words that it took as they stand, 0 to 1.",
            "near": "The same with light edits.",
            "rewritten": "The same in other words.",
            "own": "Share that is its own: found in no text that it can have it from.",
        },
        _versions,
    ),
    Sheet(
        "claims",
        "A claim: a statement, aligned over the versions that make it.",
        {
            **_ITEM,
            "claim": "The shortest reading that stands for all.",
            "agreement": f"How far the versions agree: {_listed(Agreement)}.",
            "commentary": "Whether it reports nothing that could be checked.",
            "probability": "That its readings say the same.",
            "sources": "Who is said to hold it for so; several where the versions name several,"
            " empty where they say it themselves.",
            **_SPREAD,
        },
        _claims,
    ),
    Sheet(
        "quotations",
        "A quotation, aligned over the versions that have it.",
        {
            **_ITEM,
            "quotation": "Its fullest wording.",
            "status": f"What became of it: {_listed(QuotationStatus)}.",
            "probability": "That its readings are one quotation.",
            "speakers": "Who is said to have said it; several where the versions differ.",
            "source": "Siglum of the version that all others have it from; empty where the stemma"
            " does not decide.",
            **_SPREAD,
        },
        _quotations,
    ),
    Sheet(
        "figures",
        "A figure, aligned over the versions that give it.",
        {
            **_ITEM,
            "figure": "What is counted or measured.",
            "values": "The values given, in the words of the versions, each once.",
            "agreement": f"How far the versions agree: {_listed(Agreement)}.",
            **_SPREAD,
        },
        _figures,
    ),
    Sheet(
        "readings",
        "One version's wording of a claim, a quotation or a figure.",
        {
            "of": "`claim`, `quotation` or `figure`.",
            "id": "Id of what it is a reading of.",
            "version": "Siglum of the version.",
            **_PLACE,
            "text": "Its words.",
            "speaker": "Of a quotation: who is said to have said it. Of a claim: who is said to"
            " hold it for so.",
            "speech": f"Of a quotation: {_listed(Speech)}.",
            "low": "Of a figure: the value, or the lower bound of a range.",
            "high": "Of a figure: the value, or the upper bound of a range.",
            "unit": "Of a figure: its unit; empty for a plain count.",
            "hedge": f"Of a figure: {_listed(Hedge)}.",
        },
        _readings,
    ),
    Sheet(
        "changes",
        "A change: a difference between two readings. The most telling come first.",
        {
            "id": "Id of the change in the dossier.",
            "items": "Ids of the claims, quotations and figures that it is a change of.",
            "kind": f"What sort of difference: {_listed(ChangeKind)}.",
            "explanation": "What differs, in one line.",
            "probability": "That it is a change, 0 to 1.",
            "possible": "Whether the probability is under .5.",
            "telling": "Its rank among the most telling changes; empty beyond them.",
            "directed": "Whether the stemma says which reading came first. Where not, `before` and"
            " `after` are merely the two readings.",
            **_SIDES,
            "versions": "Sigla of the versions that it is a difference between.",
        },
        _changes,
    ),
)
"""The tables, in the order of the documents."""

STORY = {"story": "Number of the story; `versions.csv` says which articles tell it."}
"""The first column of every table."""


def sheets(dossier: Dossier) -> dict[str, bytes]:
    """Return the tables of a dossier, by file name; stories of one version are left out."""
    stories = told(dossier)
    return {f"{sheet.name}.csv": _written(sheet, stories) for sheet in SHEETS}


def _written(sheet: Sheet, stories: list[Told]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([*STORY, *sheet.columns])
    for story in stories:
        for row in sheet.rows(story):
            writer.writerow([story.number, *map(cell, row)])
    return codecs.BOM_UTF8 + stream.getvalue().encode()


def cell(value: Cell) -> str:
    """Return a value as a cell: no formula, no invisible control."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return f"{value:.12g}"
    text = visible(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
