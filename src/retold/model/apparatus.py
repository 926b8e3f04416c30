"""The readings of a story laid side by side, with the changes between them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retold.model.annotations import Hedge, SourceKind, Speech
from retold.model.articles import Span
from retold.model.makeup import Passage
from retold.model.stemma import Origins


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """One version's wording. ``text`` is ``Article.text[start:end]``."""

    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences of several versions that tell the same: what a claim is made of.

    A version may have several sentences in a row; a sentence may stand in several rows.
    """

    id: str
    spans: tuple[Span, ...]
    """Sorted."""
    probability: float


class ChangeKind(StrEnum):
    """The types of difference between two readings."""

    FIGURE = "figure"
    DATE = "date"
    PLACE = "place"
    NAME = "name"
    ROLE_SWAP = "role-swap"
    NEGATION = "negation"
    HEDGE = "hedge"
    """Modality or hedge ("reportedly" lost, "may" to "will", "entering" to "capture")."""
    ATTRIBUTION = "attribution"
    QUOTE_WORDING = "quote-wording"
    QUOTE_SPEAKER = "quote-speaker"
    LOADED_WORD = "loaded-word"
    ADDITION = "addition"
    OMISSION = "omission"
    CONTRADICTION = "contradiction"
    """Both cannot be right, by the word of a judge that the user brought; else there is none."""


@dataclass(frozen=True, slots=True)
class Change:
    """A typed difference between two readings."""

    id: str
    kind: ChangeKind
    before: Reading | None
    """None for an addition. Where ``directed`` is False, merely the first of the two."""
    after: Reading | None
    """None for an omission."""
    directed: bool
    """Whether the stemma says which reading came first."""
    probability: float
    salience: float
    """How telling it is for an editor, 0..1; orders the most telling changes."""
    explanation: str
    """One line in plain words."""
    articles: tuple[str, ...]
    """The versions that it is a difference between, the earlier first where ``directed``."""


class Agreement(StrEnum):
    """How far the versions of a story agree on an item."""

    ALL = "all"
    """All versions have it and none differs in a figure, date, name, role or negation; or none
    contradicts another, where the user brought a judge."""
    SOME = "some"
    CONTRADICTED = "contradicted"
    SINGULAR = "singular"


@dataclass(frozen=True, slots=True)
class ClaimSource:
    """Who a version says holds a claim for so. Of a version that says it itself there is none."""

    article: str
    start: int
    """Where the reading begins whose source this is."""
    speaker: str
    """Who that is, resolved within the article; in its own words where it could not be."""
    kind: SourceKind
    source: Span
    cue: Span | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement, aligned over the versions that make it."""

    id: str
    label: str
    """The shortest reading that stands for the whole row."""
    readings: tuple[Reading, ...]
    agreement: Agreement
    changes: tuple[Change, ...]
    origins: Origins
    probability: float
    """That the readings of the claim say the same."""
    commentary: bool
    """Whether it reports nothing checkable (assessment, model commonplaces)."""
    sources: tuple[ClaimSource, ...] = ()
    """In the order of the readings; at most one for each."""


class QuotationStatus(StrEnum):
    """What became of a quotation across versions."""

    SAME = "same"
    """The same words, after typographic normalisation."""
    SHORTENED = "shortened"
    """The same words, some of them left out: at an end or within."""
    SPLICED = "spliced"
    """Two utterances made one, or one split."""
    REWORDED = "reworded"
    TRANSLATED = "translated"
    """The same content in almost wholly other words, as if each were translated by itself."""
    OTHER_SPEAKER = "other-speaker"
    TURNED = "turned"
    """Quoted in one version, only reported in another."""
    SINGULAR = "singular"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One version's quotation: ``text[start:end]`` runs from the first to the last quoted word."""

    article: str
    start: int
    end: int
    text: str
    speech: Speech
    parts: tuple[Span, ...]
    """The quoted words themselves, without a cue between them."""
    speaker: str
    source: Span | None
    cue: Span | None
    source_kind: SourceKind = SourceKind.UNSTATED
    reported_by: tuple[str, ...] = ()
    """Who reports that the speaker said so, the nearest first ("TASS reported that X said ...")."""


@dataclass(frozen=True, slots=True)
class Handing:
    """How a version came by a quotation: from its nearest ancestor in the stemma that has it."""

    before: Span
    """The quotation in the ancestor."""
    after: Span
    became: QuotationStatus
    probability: float
    """That the version descends from the ancestor."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation, aligned over the versions that have it."""

    id: str
    readings: tuple[Utterance, ...]
    status: QuotationStatus
    changes: tuple[Change, ...]
    origins: Origins
    probability: float = 1.0
    """That the readings are one quotation."""
    first: str = ""
    """The version that all others have it from; empty where the stemma does not decide."""
    first_probability: float = 0.0
    handed: tuple[Handing, ...] = ()
    """Sorted by the version that it was handed to."""


@dataclass(frozen=True, slots=True)
class FigureReading:
    """One version's figure."""

    article: str
    start: int
    end: int
    text: str
    low: float
    high: float
    unit: str
    hedge: Hedge


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, aligned over the versions that give it."""

    id: str
    label: str
    """What is counted or measured, in the words of the text."""
    readings: tuple[FigureReading, ...]
    agreement: Agreement
    changes: tuple[Change, ...]
    origins: Origins


@dataclass(frozen=True, slots=True)
class Version:
    """How much of one version stands in others, by words."""

    article: str
    words: int
    verbatim: float
    near: float
    rewritten: float
    own: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Apparatus:
    """The aligned readings of a story, with the changes between them."""

    claims: tuple[Claim, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    figures: tuple[Figure, ...] = ()
    versions: tuple[Version, ...] = ()
    telling: tuple[str, ...] = ()
    """Ids of the most telling changes, the most telling first."""
