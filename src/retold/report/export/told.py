"""What every export needs of a story: its versions by name, its entries, and who was first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from retold.model import (
    Change,
    Claim,
    Dossier,
    Figure,
    FigureReading,
    Quotation,
    Reading,
    StoryDossier,
    Utterance,
)
from retold.report.html.naming import Witness, title_of, witnesses

Item = Claim | Quotation | Figure
AnyReading = Reading | Utterance | FigureReading


@dataclass(frozen=True, slots=True)
class Told:
    """A story of several versions."""

    number: int
    """Place in the dossier, from 1; the stories of one version are not counted."""
    title: str
    story: StoryDossier
    versions: dict[str, Witness]
    """By article id, the earliest first; those without a date come last."""

    @property
    def items(self) -> list[tuple[str, Item]]:
        """Every claim, quotation and figure, with the name of its kind."""
        found = self.story.apparatus
        return [
            *(("claim", c) for c in found.claims),
            *(("quotation", q) for q in found.quotations),
            *(("figure", f) for f in found.figures),
        ]

    def readings(self, item: Item) -> list[AnyReading]:
        """Return the readings of an item, in the order of the versions, then of their places."""
        order = {article: n for n, article in enumerate(self.versions)}
        known = (r for r in item.readings if r.article in order)
        return sorted(known, key=lambda r: (order[r.article], r.start, r.end))

    def speaker(self, item: Item, said: AnyReading) -> str:
        """Return who is said to have said a reading, in the words of the version if not resolved.

        Empty where the version says it itself.
        """
        if isinstance(item, Claim):
            place = (said.article, said.start)
            return next((s.speaker for s in item.sources if (s.article, s.start) == place), "")
        if not isinstance(said, Utterance) or said.speaker or said.source is None:
            return said.speaker if isinstance(said, Utterance) else ""
        witness = self.versions.get(said.source.article)
        text = witness.article.text if witness else ""
        return " ".join(text[said.source.start : said.source.end].split())

    def speakers(self, item: Item) -> list[str]:
        """Return who is said to have said an item, in the order of the versions, each once."""
        named = (self.speaker(item, r) for r in self.readings(item))
        return list(dict.fromkeys(filter(None, named)))

    def carriers(self, item: Item) -> list[Witness]:
        """Return the versions that have an item."""
        have = {r.article for r in item.readings}
        return [w for article, w in self.versions.items() if article in have]

    def sigla(self, articles: Iterable[str]) -> str:
        """Return the sigla of versions, in their order."""
        wanted = set(articles)
        return " ".join(w.siglum for article, w in self.versions.items() if article in wanted)

    def first(self, item: Item) -> Witness | None:
        """Return the earliest version that has an item; None where none of them has a date."""
        return next((w for w in self.carriers(item) if w.article.published), None)


def told(dossier: Dossier) -> list[Told]:
    """Return the stories that are told in several versions."""
    articles = {a.id: a for a in dossier.articles}
    found: list[Told] = []
    for story in dossier.stories:
        named = witnesses(story, articles, 1)
        if len(story.articles) > 1 and named:
            title = title_of(story, named)
            found.append(Told(len(found) + 1, title, story, {w.article.id: w for w in named}))
    return found


def changes(items: Iterable[tuple[str, Item]]) -> dict[str, tuple[Change, list[str]]]:
    """Return every change once, by id, with the ids of the items that it is a change of."""
    found: dict[str, tuple[Change, list[str]]] = {}
    for _, item in items:
        for change in item.changes:
            _, where = found.setdefault(change.id, (change, []))
            if item.id not in where:
                where.append(item.id)
    return found


def utc(when: datetime | None) -> str:
    """Return a time in UTC as ``2031-03-03T09:15:00Z``; empty where it is not known.

    A time without a zone is taken to be in it already.
    """
    if when is None:
        return ""
    there = when.astimezone(UTC) if when.tzinfo else when
    return there.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def minute(when: str) -> str:
    """Return what :func:`utc` gave as ``2031-03-03 09:15``, which spreadsheets take for a time."""
    return when[:16].replace("T", " ")
