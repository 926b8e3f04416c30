"""A story of a dossier as the tools tell it: a part of each of its lists, and how long they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from retold.labels import parent_label, short
from retold.mcp.answers import NAMED, Listed, Quote, StoryListed, quote
from retold.model import (
    Article,
    Change,
    Claim,
    Edge,
    Figure,
    Origins,
    Quotation,
    Span,
)
from retold.report.export.told import AnyReading, Item, Told, changes

Part = Literal[
    "overview", "versions", "edges", "changes", "claims", "quotations", "figures", "related"
]
OVERVIEW = 5
"""Items of each list in an overview; versions and edges are told up to :data:`MOST`."""
MOST = 40
"""Items of any list at once."""
READINGS = 8
"""Readings and changes of a claim, quotation or figure; explain tells all."""
BRIEF = 2
"""Of these in an overview."""

Listing = TypeVar("Listing")


@dataclass(frozen=True, slots=True)
class Independent:
    """Independent origins: how many unrelated sources stand behind something."""

    least: int
    most: int
    """More than ``least`` where the evidence does not decide."""
    roots: list[str]
    """At the top of the descent: versions by letter, sources that nobody collected by name."""
    why: str


@dataclass(frozen=True, slots=True)
class Version:
    """A telling of the story; shares are of its words, 0 to 1, and None where not known."""

    siglum: str
    """A letter: how all else that is told of the story calls it."""
    article: Listed
    derivation: str | None
    """How far it derives from others of the story."""
    probability: float | None
    decided: bool | None
    verbatim: float | None
    near: float | None
    rewritten: float | None
    own: float | None


@dataclass(frozen=True, slots=True)
class Descent:
    """That one version took its text from another, from a source nobody collected, or from none."""

    id: str
    child: str
    parent: str
    """A version by letter, a source that nobody collected by name, or that there is none."""
    probability: float
    decided: bool
    """False where the evidence does not decide."""
    share: float
    """Of the child's words, those that the parent accounts for."""
    evidence: list[str]


@dataclass(frozen=True, slots=True)
class Said:
    """One version's wording."""

    version: str
    quote: Quote
    speaker: str
    """Who is said to have said it, if it is told."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between two readings."""

    id: str
    kind: str
    probability: float
    explanation: str
    directed: bool
    """Whether it is known which came first: then ``after`` is where it was altered."""
    before: Said | None
    """None where something was added."""
    after: Said | None
    """None where something was left out."""
    versions: list[str]
    """All that it is a difference between, those with what stands before first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim, a quotation or a figure: who has it, who altered it, how many origins it has."""

    id: str
    label: str
    status: str
    """How far the versions agree; of a quotation, what became of it."""
    probability: float | None
    """That its readings belong together."""
    origins: Independent
    count: int
    """How many readings there are; the list may be shorter."""
    readings: list[Said]
    """Those of the earliest versions first."""
    changed: int
    """How many changes there are; the list may be shorter."""
    changes: list[Difference]
    """The most telling first."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items each list of the story has; with ``words``, how many have these."""

    versions: int
    edges: int
    changes: int
    claims: int
    quotations: int
    figures: int


@dataclass(frozen=True, slots=True)
class StoryTold:
    """A story of several versions; of long lists a part."""

    id: str
    title: str
    names: dict[str, str]
    """The outlet, else the title or file, of every version that is named here by its letter."""
    origins: Independent
    undecided: list[str]
    """Questions that the evidence leaves open."""
    counts: Counts
    versions: list[Version]
    edges: list[Descent]
    changes: list[Difference]
    """The most telling first."""
    claims: list[Entry]
    quotations: list[Entry]
    figures: list[Entry]


@dataclass(frozen=True, slots=True)
class RelatedStory:
    """A story that has to do with another: what followed upon it, or one of its kind."""

    story: StoryListed
    alike: float
    """How alike the words of the two are, 0 to 1."""
    why: str


@dataclass(frozen=True, slots=True)
class StoryAnswer:
    """A story of the desk. While its dossier waits, only its versions are known.

    Laid beside each other its versions may turn out to tell several things, or nothing together.
    """

    notice: str
    story: StoryListed
    compared: bool
    """Whether its versions were laid beside each other."""
    told: StoryTold | None
    """What most of its versions tell; None where no two tell the same."""
    others: list[StoryTold]
    """What other versions of it tell, each apart from ``told``."""
    versions: list[Listed]
    """Those of which nothing else is told, the earliest first."""
    related: list[RelatedStory]
    """Where this part was asked for: the most alike first."""


class Teller:
    """Tells one story of a dossier."""

    def __init__(self, told: Told, listing: Callable[[Article], Listed]) -> None:
        """Tell of a story; ``listing`` says how an article is listed."""
        self.of = told
        self.story = told.story
        self.sigla = {name: witness.siglum for name, witness in told.versions.items()}
        self.listing = listing
        self.readings = READINGS

    def told(
        self, part: Part = "overview", start: int = 0, limit: int = OVERVIEW, words: str = ""
    ) -> StoryTold:
        """Return one list of the story from an item on, or the beginning of each.

        Args:
            part: which list, or all.
            start: the item of the list to begin with.
            limit: items, at most.
            words: only changes, claims, quotations and figures in which all of these stand.
        """
        brief = part == "overview"
        self.readings = BRIEF if brief else READINGS
        apparatus, stemma = self.story.apparatus, self.story.stemma
        wanted = words.replace('"', " ").casefold().split()
        lists: Mapping[str, Sequence[Any]] = {
            "versions": list(self.of.versions),
            "edges": sorted(stemma.edges, key=lambda e: (-e.probability, e.id)),
            "changes": [c for c in self._telling() if _has(_words_of(c), wanted)],
            "claims": self._having(apparatus.claims, wanted),
            "quotations": self._having(apparatus.quotations, wanted),
            "figures": self._having(apparatus.figures, wanted),
        }

        def some(name: str, tell: Callable[[Any], Listing]) -> list[Listing]:
            if brief:
                most = MOST if name in {"versions", "edges"} else limit
                return [tell(each) for each in lists[name][:most]]
            return [tell(each) for each in lists[name][start : start + limit] if part == name]

        made = StoryTold(
            self.story.id,
            short(self.of.title, NAMED),
            {},
            self._origins(self.story.origins),
            [f"{each.id}: {short(each.question, NAMED)}" for each in stemma.undecided[:MOST]],
            Counts(**{name: len(each) for name, each in lists.items()}),
            some("versions", self._version),
            some("edges", self._descent),
            some("changes", self._difference),
            some("claims", self._claim),
            some("quotations", self._quotation),
            some("figures", self._figure),
        )
        return replace(made, names=self._legend(made))

    def _legend(self, made: StoryTold) -> dict[str, str]:
        """Return the names of the versions of which something is told."""
        entries = (*made.claims, *made.quotations, *made.figures)
        differences = (*made.changes, *(c for entry in entries for c in entry.changes))
        named = {
            *(version.siglum for version in made.versions),
            *(end for edge in made.edges for end in (edge.child, edge.parent)),
            *(name for each in differences for name in each.versions),
            *(said.version for entry in entries for said in entry.readings),
            *made.origins.roots,
            *(root for entry in entries for root in entry.origins.roots),
        }
        versions = self.of.versions.values()
        return {w.siglum: short(w.label, NAMED) for w in versions if w.siglum in named}

    def _having(self, items: Iterable[Item], wanted: Sequence[str]) -> list[Item]:
        """Return the items in which words stand."""
        if not wanted:
            return list(items)
        return [
            item
            for item in items
            if _has(
                (*(r.text for r in item.readings), *self.of.speakers(item), _label(item)), wanted
            )
        ]

    def _telling(self) -> list[Change]:
        found = [change for change, _ in changes(self.of.items).values()]
        rank = {name: at for at, name in enumerate(self.story.apparatus.telling)}
        return sorted(
            found,
            key=lambda c: (rank.get(c.id, len(rank)), -c.salience * c.probability, c.id),
        )

    def _version(self, name: str) -> Version:
        listed = self.listing(self.of.versions[name].article)
        made = next((m for m in self.story.makeup if m.article == name), None)
        if made is None:
            return Version(self.sigla[name], listed, None, None, None, None, None, None, None)
        return Version(
            self.sigla[name],
            listed,
            made.derivation.value,
            made.probability,
            made.decided,
            made.verbatim,
            made.near,
            made.rewritten,
            made.own,
        )

    def _named(self, node: str | None) -> str:
        return parent_label(node, self.story.stemma, self.sigla)

    def _descent(self, edge: Edge) -> Descent:
        reasons = sorted(edge.evidence, key=lambda e: -abs(e.weight))[:3]
        return Descent(
            edge.id,
            self._named(edge.child),
            self._named(edge.parent),
            edge.probability,
            edge.decided,
            edge.share,
            [f"{e.kind} ({e.weight:+.2f}): {short(e.explanation, NAMED)}" for e in reasons],
        )

    def _origins(self, origins: Origins) -> Independent:
        roots = [self._named(root) for root in origins.roots[:READINGS]]
        return Independent(
            origins.low, origins.high, sorted(roots), short(origins.explanation, 2 * NAMED)
        )

    def _difference(self, change: Change) -> Difference:
        return Difference(
            change.id,
            change.kind.value,
            change.probability,
            short(change.explanation, 2 * NAMED),
            change.directed,
            self._said(change.before),
            self._said(change.after),
            [self._named(name) for name in change.articles[:MOST]],
        )

    def _said(self, reading: AnyReading | None, speaker: str = "") -> Said | None:
        if reading is None or reading.article not in self.of.versions:
            return None
        text = self.of.versions[reading.article].article.text
        span = Span(reading.article, reading.start, reading.end)
        return Said(self.sigla[reading.article], quote(text, span), short(speaker, NAMED))

    def _claim(self, claim: Claim) -> Entry:
        return self._entry(claim, claim.agreement.value, claim.probability)

    def _quotation(self, found: Quotation) -> Entry:
        return self._entry(found, found.status.value, found.probability)

    def _figure(self, figure: Figure) -> Entry:
        return self._entry(figure, figure.agreement.value, None)

    def _entry(self, item: Item, status: str, probability: float | None) -> Entry:
        said = [
            self._said(reading, self.of.speaker(item, reading))
            for reading in self.of.readings(item)[: self.readings]
        ]
        return Entry(
            item.id,
            short(_label(item), NAMED),
            status,
            probability,
            self._origins(item.origins),
            len(item.readings),
            [each for each in said if each],
            len(item.changes),
            [self._difference(change) for change in item.changes[: self.readings]],
        )


def _label(item: Item) -> str:
    """Return what an item is called; a quotation, by its longest reading."""
    if isinstance(item, Quotation):
        return max((r.text for r in item.readings), key=len, default="")
    return item.label


def _words_of(change: Change) -> Iterable[str]:
    return (change.explanation, *(side.text for side in (change.before, change.after) if side))


def _has(texts: Iterable[str], wanted: Sequence[str]) -> bool:
    """Say whether all words stand in some texts, whatever their case."""
    whole = "\n".join(texts).casefold()
    return all(word in whole for word in wanted)
