"""The values that flow between the stages. This module imports nothing of ours.

Every type is a frozen, slotted dataclass: a value, not a row. Offsets are half-open, count Unicode
code points and refer to ``Article.text``. Identifiers are content-addressed: they depend on what
they name and never on the order of the input. Scores, shares and probabilities lie in 0..1 and are
rounded with :func:`rounded` where they are made, so that the same input gives the same bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

SCHEMA = "1"
"""Version of the dossier's JSON Schema; grows when a field changes its meaning or goes."""


def rounded(value: float) -> float:
    """Round a score to the four decimals that every dossier shows."""
    return round(float(value), 4) + 0.0  # + 0.0 turns -0.0 into 0.0


def identify(tag: str, *parts: object) -> str:
    """Return ``tag:hex``, a content-addressed id of 12 hex digits over ``parts``.

    ``tag`` names the kind of thing (``match``, ``claim``, ...). Parts are joined by an unprintable
    separator, so ("ab", "c") and ("a", "bc") differ.
    """
    joined = "\x1f".join(str(part) for part in parts)
    return f"{tag}:{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


# ---------------------------------------------------------------- read


class Reason(StrEnum):
    """Why an input, or a part of one, was left out."""

    MISSING = "missing"
    NO_PERMISSION = "no-permission"
    EMPTY = "empty"
    BINARY = "binary"
    TOO_LARGE = "too-large"
    UNKNOWN_FORMAT = "unknown-format"
    DAMAGED = "damaged"
    BAD_RECORD = "bad-record"
    NO_TEXT_FIELD = "no-text-field"
    FURNITURE_ONLY = "furniture-only"
    LANGUAGE = "language"
    DUPLICATE = "duplicate"
    LOOP = "loop"


@dataclass(frozen=True, slots=True, order=True)
class Rejected:
    """An input that was left out. Nothing is ever dropped in silence."""

    source: str
    """The path (and, within it, the record: ``file.jsonl:12``) that was left out."""
    reason: Reason
    detail: str
    """What was found and what the user can do about it, as one sentence or two."""


class CutKind(StrEnum):
    """What sort of site furniture was cut from a page."""

    COMMENT_FORM = "comment-form"
    THEME_ADVERT = "theme-advert"
    READ_ALSO = "read-also"
    SHARE_BAR = "share-bar"
    SUBSCRIPTION = "subscription"
    NAVIGATION = "navigation"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of site furniture that was taken out of the text."""

    kind: CutKind
    text: str
    """The words that were cut, whole."""


@dataclass(frozen=True, slots=True)
class Article:
    """One published text: its main text, without page furniture."""

    id: str
    """``sha256:`` and 24 hex digits over text, title, outlet, url, byline and publication time."""
    text: str
    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    language: str = ""
    """ISO 639-1 code, as detected or given."""
    published: datetime | None = None
    """In UTC; None where no date was found."""
    published_source: str = ""
    """Where ``published`` comes from: a field name, ``html-metadata``, ``given``, or empty."""
    fetched: datetime | None = None
    extractor: str = ""
    """The reader that made the text, with its version."""
    source: str = ""
    """The path and record that the article was read from."""
    cuts: tuple[Cut, ...] = ()
    remarks: tuple[str, ...] = ()
    """What the reader had to assume (an encoding that was detected, say), one sentence each."""


def article_id(
    text: str,
    title: str = "",
    outlet: str = "",
    url: str = "",
    byline: str = "",
    published: datetime | None = None,
) -> str:
    """Return the content-addressed id of an article with these fields."""
    parts = (text, title, outlet, url, byline, published.isoformat() if published else "")
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return f"sha256:{hashlib.sha256(joined).hexdigest()[:24]}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one article's text, half-open, in code points."""

    article: str
    start: int
    end: int

    def overlap(self, other: Span) -> int:
        """Return how many characters both spans cover; 0 in different articles."""
        if self.article != other.article:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def contains(self, other: Span) -> bool:
        """Say whether ``other`` lies wholly inside this span."""
        return self.article == other.article and self.start <= other.start and other.end <= self.end


# ---------------------------------------------------------------- annotate


@dataclass(frozen=True, slots=True)
class Token:
    """One token of the parser. ``head`` indexes ``Document.tokens``; a root points at itself."""

    start: int
    end: int
    lemma: str
    pos: str
    """Universal part-of-speech tag (NOUN, VERB, ...)."""
    tag: str
    """Penn Treebank tag (VBD, NNS, ...)."""
    dep: str
    """Dependency label in the CLEAR/spaCy scheme (nsubj, dobj, neg, ...)."""
    head: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its paragraph (from 0) and its half-open range in ``Document.tokens``."""

    span: Span
    paragraph: int
    tokens: tuple[int, int]


class Speech(StrEnum):
    """How a source's words are given: in quotation marks, reported, or partly both."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """What a source is said to do with a content. Only the first two make a claim of it."""

    STATEMENT = "statement"
    """Says, writes, denies, announces, promises it."""
    BELIEF = "belief"
    """Thinks, knows, fears, expects it."""
    INTENTION = "intention"
    """Wants, plans, refuses it or is ready for it."""
    STANCE = "stance"
    """Is for or against it, praises or blames it."""
    TOPIC = "topic"
    """Speaks of it; what is said of it is left open."""
    EVIDENCE = "evidence"
    """A poll, a film or a document shows it."""
    APPEARANCE = "appearance"
    """It seems so, to nobody named."""


class SourceKind(StrEnum):
    """What sort of source an attribution names."""

    PERSON = "person"
    """Somebody with a name."""
    BODY = "body"
    """An institution, company or group with a name, or one that is known by its function."""
    OUTLET = "outlet"
    """A news agency, newspaper or broadcaster."""
    UNNAMED = "unnamed"
    """Somebody without a name ("a resident of Rostov", "a spokesperson")."""
    COLLECTIVE = "collective"
    """Several without a name ("Western officials", "critics")."""
    DOCUMENT = "document"
    """A report, a survey, a letter, pictures."""
    UNRESOLVED = "unresolved"
    """A pronoun or description that nothing in the article explains."""
    UNSTATED = "unstated"
    """The article names no source."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to have said what: source, cue, content (Pareti 2015; the terms of PolNeAR)."""

    id: str
    speech: Speech
    content: tuple[Span, ...]
    """One span, or several where the cue splits the utterance; without the quotation marks."""
    cue: Span | None = None
    source: Span | None = None
    """The words that name the source ("he", "a resident of Rostov")."""
    speaker: str = ""
    """Who the source is, resolved within the article; empty where it could not be resolved."""
    probability: float = 1.0
    act: Act = Act.STATEMENT
    source_kind: SourceKind = SourceKind.UNSTATED
    within: str = ""
    """Id of the attribution in whose content this one stands ("TASS reported that X said ...")."""

    @property
    def claims(self) -> bool:
        """Whether the source is said to hold the content for so."""
        return self.act in (Act.STATEMENT, Act.BELIEF)


class CreditForm(StrEnum):
    """How an article names the outlet or agency that it draws on."""

    REPORTED = "reported"
    """"TASS reported", "according to Reuters"."""
    DATELINE = "dateline"
    """"(Reuters) -" at the start."""
    BYLINE = "byline"
    FIRST_PUBLISHED = "first-published"
    PHOTO = "photo"
    """Credits the picture only: no evidence for the text."""


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency or outlet that an article names as its source."""

    span: Span
    """Where it stands; an empty span at 0 where it stands in the byline field."""
    agency: str
    """Canonical name of the agency or outlet."""
    form: CreditForm


class Hedge(StrEnum):
    """How a figure is hedged."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    MORE_THAN = "more-than"
    LESS_THAN = "less-than"
    NEARLY = "nearly"


@dataclass(frozen=True, slots=True)
class FigureMention:
    """A number in the text with what it counts."""

    span: Span
    """The number with its hedge and unit, as far as they are adjacent."""
    low: float
    """The value; the lower bound of a range."""
    high: float
    """Equal to ``low`` unless the text gives a range or a vague number ("dozens")."""
    unit: str
    """Normalised unit: ``percent``, ``usd``, ``km``, ... or empty for a plain count."""
    counted: str
    """Lemma of the noun that is counted ("locality", "soldier"), or empty."""
    hedge: Hedge = Hedge.EXACT


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date, resolved to a closed range of days against the publication date."""

    span: Span
    first: date | None
    """None where it could not be resolved (no year and no publication date, say)."""
    last: date | None
    month: int | None = None
    """Month and day stay comparable where the year is unknown ("on November 30")."""
    day: int | None = None
    weekday: int | None = None
    """0 is Monday; set where only a weekday is named."""


class NameKind(StrEnum):
    """What a name names."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name in the text. Mentions with one ``entity`` name the same thing."""

    span: Span
    kind: NameKind
    entity: str
    """Canonical name, the same in every article of the pile; for places, of the gazetteer entry."""
    place: int | None = None
    """GeoNames id where the gazetteer knows the place."""


class AsideKind(StrEnum):
    """Text that stays in the article but counts for no derivation."""

    EMBEDDED_POST = "embedded-post"
    CAPTION = "caption"
    LIST = "list"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch that is read but left out of the measure of reuse."""

    span: Span
    kind: AsideKind


@dataclass(frozen=True, slots=True)
class Document:
    """An article with what was annotated on it. All tuples are sorted by offset."""

    article: Article
    sentences: tuple[Sentence, ...] = ()
    tokens: tuple[Token, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    credits: tuple[Credit, ...] = ()
    figures: tuple[FigureMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    names: tuple[NameMention, ...] = ()
    asides: tuple[Aside, ...] = ()

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article.id

    def text_of(self, span: Span) -> str:
        """Return the words of a span of this article."""
        return self.article.text[span.start : span.end]


# ---------------------------------------------------------------- matches


class MatchKind(StrEnum):
    """How two spans correspond."""

    VERBATIM = "verbatim"
    NEAR = "near"
    """Light edits."""
    REWRITE = "rewrite"
    """The same content in other words."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One replaced, added or dropped stretch within a match; an empty span where nothing stands."""

    a: Span
    b: Span


@dataclass(frozen=True, slots=True)
class Match:
    """Two spans, in two articles, that correspond. ``a.article < b.article`` always."""

    id: str
    a: Span
    b: Span
    kind: MatchKind
    score: float
    """Verbatim 1; near: share of the words that are equal; rewrite: probability."""
    method: str
    edits: tuple[Edit, ...] = ()


def make_match(
    a: Span, b: Span, kind: MatchKind, score: float, method: str, edits: tuple[Edit, ...] = ()
) -> Match:
    """Build a match with its id, the sides (and those of its edits) in canonical order."""
    if b.article < a.article:
        a, b = b, a
        edits = tuple(Edit(edit.b, edit.a) for edit in edits)
    name = identify("match", kind, *(getattr(s, f) for s in (a, b) for f in s.__slots__))
    return Match(name, a, b, kind, rounded(score), method, edits)


# ---------------------------------------------------------------- stories


@dataclass(frozen=True, slots=True)
class Merge:
    """Why two articles (with all that already hung together) became one story."""

    id: str
    a: str
    b: str
    score: float
    explanation: str
    matches: tuple[str, ...]
    """Ids of the matches that the merge rests on, strongest first."""


@dataclass(frozen=True, slots=True)
class Story:
    """The articles that tell one event, and what holds them together."""

    id: str
    articles: tuple[str, ...]
    """Ids, sorted."""
    matches: tuple[Match, ...] = ()
    merges: tuple[Merge, ...] = ()


# ---------------------------------------------------------------- stemma


class EvidenceKind(StrEnum):
    """What an edge, or a kinship, rests on."""

    CONTAINMENT = "containment"
    SHARED_READING = "shared-reading"
    """A wording, error or singular reading that two versions share."""
    SHARED_CONTENT = "shared-content"
    OMISSION = "omission"
    ADDITION = "addition"
    CREDIT = "credit"
    TIME = "time"
    CONFLICT = "conflict"
    """Evidence that speaks against the edge."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason, in words and spans."""

    kind: EvidenceKind
    weight: float
    """Natural log of the likelihood ratio that it lends; negative where it speaks against."""
    explanation: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """The runner-up: the parent that the evidence likes next best."""

    parent: str | None
    probability: float


@dataclass(frozen=True, slots=True)
class Edge:
    """A child and the parent it most probably took its text from."""

    id: str
    child: str
    parent: str | None
    """An article id, the id of a hypothetical ancestor, or None for a root."""
    probability: float
    share: float
    """Share of the child's words that this parent accounts for."""
    decided: bool
    """False where the evidence does not decide between this parent and the runner-up."""
    evidence: tuple[Evidence, ...] = ()
    runner_up: Alternative | None = None


@dataclass(frozen=True, slots=True)
class HypotheticalAncestor:
    """A source that nobody collected but that the versions presuppose."""

    id: str
    label: str
    """What is known of it ("an unseen report, credited to TASS by two versions")."""
    probability: float
    explanation: str
    agency: str = ""
    """The agency that its descendants credit, where they do."""


@dataclass(frozen=True, slots=True)
class Kinship:
    """How two versions agree, in content and, apart from that, in wording."""

    a: str
    b: str
    content: float
    """Share of the aligned statements of the shorter version that both have."""
    wording: float
    """How much rare wording they share (0..1), commonplaces and shared quotations left out."""
    containment_a: float
    """Broder's containment of a's word 5-grams in b."""
    containment_b: float
    resemblance: float
    affinity: float
    """Content and wording weighed together; what nearness is judged by."""
    nearest: bool
    """Whether each is the nearest relative of the other."""
    spans: tuple[Span, ...] = ()
    """The shared wordings, side by side: spans of a and of b in turn."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """A question that the evidence leaves open, said instead of hidden."""

    id: str
    articles: tuple[str, ...]
    question: str
    explanation: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Stemma:
    """The derivation graph of a story."""

    story: str
    method: str
    edges: tuple[Edge, ...] = ()
    hypothetical: tuple[HypotheticalAncestor, ...] = ()
    kinships: tuple[Kinship, ...] = ()
    undecided: tuple[Undecided, ...] = ()


@dataclass(frozen=True, slots=True)
class Origins:
    """How many unrelated roots carry a claim. ``low < high`` where the evidence does not decide."""

    low: int
    high: int
    roots: tuple[str, ...]
    """Articles and hypothetical ancestors at the top of the carriers' descent, sorted."""
    explanation: str


# ---------------------------------------------------------------- collate


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
    """All versions have it and none differs in a figure, date, name, role or negation."""
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


class Derivation(StrEnum):
    """METER's classes (Gaizauskas et al. 2001): how far a version derives from the others."""

    WHOLLY = "wholly-derived"
    PARTIALLY = "partially-derived"
    NOT = "not-derived"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a version and where else it stands; sorted, without overlap."""

    start: int
    end: int
    kind: MatchKind | None
    """None: only here."""
    match: str = ""
    """Id of the match that it rests on."""


@dataclass(frozen=True, slots=True)
class Version:
    """How much of one version stands in others, by words."""

    article: str
    words: int
    verbatim: float
    near: float
    rewritten: float
    own: float
    derivation: Derivation
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


# ---------------------------------------------------------------- dossier


@dataclass(frozen=True, slots=True)
class StoryDossier:
    """All that is found about one story."""

    id: str
    articles: tuple[str, ...]
    """Ids, sorted."""
    matches: tuple[Match, ...]
    merges: tuple[Merge, ...]
    credits: tuple[Credit, ...]
    origins: Origins
    """The independent origins of the story's versions as a whole."""
    stemma: Stemma
    apparatus: Apparatus


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model or table that a run rests on."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Run:
    """How a dossier came about."""

    version: str
    """Of Retold."""
    schema: str
    """Version of the dossier's JSON Schema."""
    configuration: str
    """``sha256:`` over the configuration that can change a result."""
    engine: str
    seed: int
    models: tuple[ModelFile, ...]
    articles_in: int
    articles_out: int
    rejected: dict[str, int] = field(default_factory=dict)
    """Count by reason, sorted."""
    notices: tuple[str, ...] = ()
    """What the user should know of the run as a whole (a missing model, say)."""
    started: datetime | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is found about the stories in a pile: what ``compare`` returns."""

    run: Run
    articles: tuple[Article, ...]
    """Sorted by id."""
    rejected: tuple[Rejected, ...]
    stories: tuple[StoryDossier, ...]
    """Most versions first, then by id."""

    def _repr_html_(self) -> str:
        """Show the dossier in a notebook."""
        from retold.report.notebook import notebook_html  # values stay free of the report

        return notebook_html(self)


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence beside what a source says."""

    span: Span
    """In the text that was checked."""
    probability: float
    """That the source does not bear it out: it contradicts the source or goes beyond it."""
    near: tuple[Span, ...]
    """Sentences of the source that hold most of what it says, the nearest first."""
    changes: tuple[Change, ...]
    """From the nearest of them to this."""


@dataclass(frozen=True, slots=True)
class Check:
    """A text beside the source that it draws on."""

    text: Article
    source: Article
    probability: float
    """That the source does not bear out the text as a whole."""
    sentences: tuple[CheckedSentence, ...]
