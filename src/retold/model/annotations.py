"""What is annotated on an article: sentences, attributions, credits, figures, dates, names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from retold.model.articles import Article, Span


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
    ruled: bool = False
    """Whether an editor ruled who the speaker is."""

    @property
    def claims(self) -> bool:
        """Whether the source is said to hold the content for so."""
        return self.act in (Act.STATEMENT, Act.BELIEF)


class CreditForm(StrEnum):
    """How an article names the outlet or agency that it draws on."""

    REPORTED = "reported"
    """"TASS reported", "according to Reuters"."""
    TOLD = "told"
    """"told the Courier", "in an interview with CBS": the source of what somebody said to it, which
    whoever retells the text passes on."""
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

    def __hash__(self) -> int:
        """By the article's id alone: to go over all tokens takes milliseconds."""
        return hash(self.article.id)

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article.id

    def text_of(self, span: Span) -> str:
        """Return the words of a span of this article."""
        return self.article.text[span.start : span.end]
