"""What every part of a story's view needs: versions' names, anchors, changes as sentences."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from retold.labels import POSSIBLE
from retold.model import (
    Agreement,
    Change,
    ChangeKind,
    Claim,
    Figure,
    Origins,
    Quotation,
    QuotationStatus,
    Reading,
    Rulings,
    StoryDossier,
)
from retold.report.html.links import WITHIN, Links
from retold.report.html.naming import Anchors, Places, Witness, shown, visible
from retold.report.html.wording import Mark, Piece, around, differing, pieces, sentence, window

CROWD = 30
"""Versions from which on the page leaves to its script what it can gather from the texts: readings
in the apparatus and the names behind small letters. Nearly every passage stands in dozens then."""
LEVELS = (POSSIBLE, 0.7, 0.9)
"""Probabilities from which on changes are shown when less is asked for; our own choice."""
ALIKE = 0.5
"""Share of equal words from which on the differing words of two readings are worth marking."""

KINDS: dict[str, tuple[str, str]] = {
    ChangeKind.FIGURE: ("figure", "F"),
    ChangeKind.DATE: ("date", "D"),
    ChangeKind.PLACE: ("place", "P"),
    ChangeKind.NAME: ("name", "N"),
    ChangeKind.ROLE_SWAP: ("roles swapped", "R"),
    ChangeKind.NEGATION: ("negation", "¬"),
    ChangeKind.HEDGE: ("hedge or modality", "H"),
    ChangeKind.ATTRIBUTION: ("attribution", "A"),
    ChangeKind.QUOTE_WORDING: ("wording of a quotation", "Q"),
    ChangeKind.QUOTE_SPEAKER: ("speaker of a quotation", "S"),
    ChangeKind.LOADED_WORD: ("loaded word", "L"),
    ChangeKind.ADDITION: ("addition", "+"),
    ChangeKind.OMISSION: ("omission", "−"),
    ChangeKind.CONTRADICTION: ("contradiction, by a judge", "≠"),
}
"""Words and a symbol for every kind of change, in the order of the legend."""

AGREEMENTS: dict[str, str] = {
    Agreement.ALL: "all agree",
    Agreement.SOME: "some have it",
    Agreement.CONTRADICTED: "contradicted",
    Agreement.SINGULAR: "only one",
}
STATUSES: dict[str, str] = {
    QuotationStatus.SAME: "same words",
    QuotationStatus.SHORTENED: "shortened",
    QuotationStatus.SPLICED: "spliced",
    QuotationStatus.REWORDED: "reworded",
    QuotationStatus.TRANSLATED: "in other words, as if translated",
    QuotationStatus.TURNED: "quoted in one, reported in another",
    QuotationStatus.OTHER_SPEAKER: "given to another speaker",
    QuotationStatus.SINGULAR: "only one version",
}


def level(probability: float) -> int:
    """Return how probable a change is, in steps: 0 is possible only, 3 as good as sure."""
    return bisect_right(LEVELS, probability)


def percent(value: float) -> str:
    """Return a share or probability for reading; never 0 % or 100 % by rounding alone."""
    whole = round(value * 100)
    if whole >= 100 and value < 1:
        return "over 99 %"
    if whole <= 0 and value > 0:
        return "under 1 %"
    return f"{whole} %"


def origins_text(origins: Origins) -> str:
    """Say how many independent origins there are."""
    if origins.low == origins.high:
        return f"{origins.low} independent origin{'' if origins.low == 1 else 's'}"
    return f"{origins.low} to {origins.high} independent origins"


def nested(run: list[Piece]) -> bool:
    """Say whether quoted words hold double quotation marks themselves."""
    return any(mark in piece.text.unescape() for piece in run for mark in '"“”')


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a version, the differing ones marked, linked to their place."""

    witness: Witness
    anchor: str
    pieces: list[Piece]
    opened: bool
    """Whether the words go on before."""
    clipped: bool
    """Whether the words go on after."""
    whole: tuple[Piece, ...] = ()
    """The sentences that they stand in; nothing in a crowd."""
    lead: str = ""
    """What stands before these in their paragraph, as far as it is shown."""
    trail: str = ""

    @property
    def nested(self) -> bool:
        """Whether they hold double quotation marks, so that others must stand round them."""
        return nested(self.pieces)


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change as a sentence with both readings quoted."""

    id: str
    anchor: str
    kind: str
    kind_label: str
    before: Quote | None
    after: Quote | None
    directed: bool
    explanation: str
    probability: str
    level: int
    """See :func:`level`."""
    others: list[Witness]
    """Versions that share it, beside those quoted."""
    item: str = ""
    """Anchor of the claim, quotation or figure that it belongs to."""


def several(item: Claim | Quotation | Figure) -> bool:
    """Say whether more than one version has an item."""
    return len({r.article for r in item.readings}) > 1


def numbered(story: StoryDossier) -> list[tuple[int, Claim]]:
    """Number the claims of a story in the order in which it tells them."""
    return list(enumerate(story.apparatus.claims, 1))


@dataclass(frozen=True, slots=True)
class Context:
    """A story with what the page calls its parts."""

    story: StoryDossier
    witnesses: dict[str, Witness]
    """By article id, in the order of the columns."""
    anchors: Anchors
    places: Places
    sources: dict[str, str]
    """Where each article was read from, by id."""
    links: Links = WITHIN
    rulings: Rulings | None = None
    """What editors ruled."""

    @property
    def crowd(self) -> bool:
        """Whether there are so many versions that the page says things only once."""
        return len(self.witnesses) >= CROWD

    def marks(self, change: Change) -> dict[str, list[Mark]]:
        """Return, by article, the words to mark for a change.

        Where both readings are long and much alike, only the words in which they differ.
        """
        found: dict[str, list[Mark]] = {}
        sides = (change.before, change.after)
        narrow: list[list[tuple[int, int]]] = [[], []]
        if change.before and change.after:
            a, b = change.before, change.after
            if max(len(a.text), len(b.text)) > 60:
                left, right, alike = differing(a.text, b.text)
                if alike >= ALIKE:
                    narrow = [
                        [(a.start + s, a.start + e) for s, e in left],
                        [(b.start + s, b.start + e) for s, e in right],
                    ]
        for side, spans in zip(sides, narrow, strict=True):
            if side is None or side.article not in self.witnesses:
                continue
            was = change.directed and side is change.before
            for start, end in spans or [(side.start, side.end)]:
                mark = Mark(start, end, str(change.kind), was, level(change.probability))
                found.setdefault(side.article, []).append(mark)
        return found

    def quote(self, reading: Reading | None, marks: dict[str, list[Mark]]) -> Quote | None:
        """Quote a reading with the words round it."""
        if reading is None or reading.article not in self.witnesses:
            return None
        witness = self.witnesses[reading.article]
        text = witness.article.text
        low, high = window(text, reading.start, reading.end)
        all_marks = marks.get(reading.article, ())
        mine = [m for m in all_marks if m.end - m.start < high - low]
        start, end = sentence(text, reading.start, reading.end)
        first, last = around(text, start, end)
        return Quote(
            witness,
            self.places.at(reading.article, reading.start, reading.end),
            pieces(text, low, high, mine),
            opened=low > 0 and text[low - 1] != "\n" and text[max(0, low - 2)] not in ".!?”\"'",
            clipped=high < len(text) and text[high] != "\n" and text[high - 1] not in ".!?”\"'",
            whole=() if self.crowd else tuple(pieces(text, start, end, all_marks)),
            lead="" if self.crowd else shown(text[first:start]),
            trail="" if self.crowd else shown(text[end:last]),
        )

    def change(self, change: Change, item: str = "") -> ChangeView:
        """Tell a change."""
        marks = self.marks(change)
        quoted = {r.article for r in (change.before, change.after) if r}
        return ChangeView(
            id=change.id,
            anchor=self.anchors.of(f"{item}-{change.id}"),
            kind=str(change.kind),
            kind_label=KINDS[change.kind][0],
            before=self.quote(change.before, marks),
            after=self.quote(change.after, marks),
            directed=change.directed,
            explanation=visible(change.explanation),
            probability=percent(change.probability),
            level=level(change.probability),
            others=[
                w for a, w in self.witnesses.items() if a in change.articles and a not in quoted
            ],
            item=item,
        )
