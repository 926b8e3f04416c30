"""What the desk lists: frozen values that commands, pages and the API show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from retold.model import Article, Match, Span

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """A part of a list, in its order."""

    items: tuple[Item, ...]
    next: str | None = None
    """The cursor that asks for what follows; None at the end. Opaque: it is only handed back."""
    total: int | None = None
    """Items of the whole list, where that was counted; a search counts up to
    :data:`retold.desk.finding.MOST`."""


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding."""

    run: int
    """The number of the run in which it was added."""
    new: int = 0
    """Articles that were not known."""
    known: int = 0
    """Articles that were: the same text, title, outlet, address, byline and date."""
    revised: int = 0
    """Articles that a later text of the same address came to stand for."""
    rejected: int = 0
    """Inputs that were left out; listed by run."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as it is listed: all but its whole text."""

    number: int
    """In the order of arrival; the store's own."""
    id: str
    title: str
    outlet: str
    byline: str
    url: str
    language: str
    published: datetime | None
    """In UTC, as are all times."""
    published_source: str
    fetched: datetime | None
    arrived: datetime
    """When it was stored."""
    words: int
    opening: str
    """The first characters of the text."""
    run: int
    """The run that brought it."""
    latest: str | None
    """The id of the later text of the same address that stands for this one; None where this one
    stands for itself."""
    placed: bool
    """Whether it is in its story as it now stands."""


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """Which articles are listed, and in which order; every field narrows."""

    outlet: str = ""
    language: str = ""
    since: datetime | None = None
    """Published (else fetched, else stored) at this time or later."""
    until: datetime | None = None
    """Published (else fetched, else stored) before this time."""
    run: int | None = None
    """Brought by this run."""
    standing: bool = False
    """Only articles that no later text stands for."""
    order: str = "published"
    """``published``: the latest first, by time of publication, else of fetching, else of storing;
    ``arrived``: the last stored first."""


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run of adding or watching, with its counts."""

    number: int
    kind: str
    source: str
    started: datetime
    finished: datetime | None
    """None while it goes on, and where it was interrupted."""
    new: int
    known: int
    revised: int
    rejected: int


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Which finds are listed, and in which order; every field narrows."""

    outlet: str = ""
    language: str = ""
    since: datetime | None = None
    """Published (else fetched, else stored) at this time or later."""
    until: datetime | None = None
    """Published (else fetched, else stored) before this time."""
    standing: bool = False
    """Only articles that no later text stands for."""
    order: str = "best"
    """``best``: the most telling first (BM25, titles counting more); of finds that are too many to
    be counted those that were stored last, those in titles first. ``published``: the latest first,
    as articles are listed."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that has what was searched for, and where."""

    article: ArticleRow
    score: float | None
    """How telling it is, the more the higher, by BM25: comparable within one search only. None
    where hits are listed by time, or are too many to be ranked."""
    excerpt: Span
    """The stretch of the text with most finds."""
    text: str
    """The words of the excerpt."""
    spans: tuple[Span, ...]
    """Finds in the text, in its order: offsets are code points of the whole text. Of very many the
    first."""
    title_spans: tuple[tuple[int, int], ...]
    """Finds in the title, as half-open offsets in it."""
    about: str = ""
    """Who said a quotation, what a figure counts, whom or what a name names; else nothing."""


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story as it is listed."""

    number: int
    """Its own for good: what links lead to."""
    title: str
    """That of its earliest version that has one."""
    versions: int
    outlets: int
    """Outlets that its versions name, each counted once."""
    first: datetime
    """When its earliest version was published (else fetched, else stored)."""
    last: datetime
    """And its latest."""
    begun: datetime
    """When it was told apart as a story."""
    grown: datetime
    """When its versions last changed."""
    origins: tuple[int, int] | None
    """How many independent origins it has, at least and at most; None without a dossier."""
    altered: int | None
    """How many differences between its versions, more probable than not, are more than that
    something was added or left out; None without a dossier."""
    waits: bool
    """Whether its dossier lags behind its versions."""
    renewed: datetime | None
    """When its dossier was made; None without one."""


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A story that has to do with another: its follow-up, or one of its kind."""

    story: StoryRow
    score: float
    """How alike the words of the two are, as the mean over their articles, whatever the days
    between them, 0..1."""
    explanation: str
    """What both have, in words."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A story that became part of another."""

    number: int
    to: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is still to be done."""

    articles: int
    """That are in no story yet, or in one that they leave."""
    dossiers: int
    """Of stories whose versions changed."""
    failed: int
    """Of these, such as could not be made so far, and are left for some hours."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A story of which no dossier could be made so far."""

    number: int
    title: str
    versions: int
    tries: int
    """How often it was begun since its versions changed."""
    tried: datetime
    """When it was begun last."""
    fault: str
    """What failed where, without words of articles; empty where the process ended meanwhile: for
    want of memory, say."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of grouping all articles at once."""

    articles: int
    """That were grouped."""
    stories: int
    """That they make, those of one article included."""
    changed: int
    """Stories that are new or have other versions than before."""


class DecisionKind(StrEnum):
    """What an editor decides: one of :class:`retold.model.RulingKind`, or a note."""

    TOGETHER = "together"
    APART = "apart"
    NOT_DERIVED = "not-derived"
    NOT_SAME = "not-same"
    SPEAKER = "speaker"
    DATE = "date"
    NOTE = "note"
    """Changes nothing; it is shown."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor decides, of articles by id and of words by span."""

    kind: DecisionKind
    articles: tuple[str, ...] = ()
    """Of ``together`` and ``note`` all, of ``apart`` those of one side, of ``not-derived`` child
    and parent, of ``date`` the one."""
    others: tuple[str, ...] = ()
    """Of ``apart``, the other side."""
    spans: tuple[Span, ...] = ()
    """Of ``not-same`` two readings, of ``speaker`` the words that were said."""
    value: str = ""
    """Of ``speaker`` the name, of ``date`` the time in ISO 8601, empty where it is not known."""
    note: str = ""
    """Why, in words; of ``note`` the note itself."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as it is kept."""

    number: int
    decision: Decision
    by: str
    made: datetime
    undone: datetime | None
    """None while it stands."""
    undone_by: str
    overruled: int | None = None
    """The number of a newer decision that contradicts it: as far as it does, that one holds. None
    where none does, and of what was undone."""


@dataclass(frozen=True, slots=True)
class Status:
    """How much a desk holds."""

    path: str
    schema: int
    """The version of its tables."""
    bytes: int
    """Size of its file and of what is still to be moved into it."""
    articles: int
    revised: int
    """Articles that a later text stands for."""
    waiting: int
    """Articles that wait to be placed in a story."""
    stories: int
    """Stories that several versions tell."""
    outlets: int
    runs: int
    earliest: datetime | None
    """The first time of publication (else of fetching, else of storing)."""
    latest: datetime | None
    arrived: datetime | None
    """When the last article was stored."""


@dataclass(frozen=True, slots=True)
class Worked:
    """What was done of what waited."""

    placed: int = 0
    """Articles that came into their stories."""
    renewed: int = 0
    """Dossiers that were begun; such as failed wait on."""
    settled: int = 0
    """Times that all articles were grouped at once."""
    annotated: int = 0
    """Articles of stories of their own that were annotated."""
    ahead: int = 0
    """Stories of which it was made ahead what their pages show."""
    busy: bool = False
    """Whether another process is at it, so that nothing was done here."""


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet as it is listed."""

    name: str
    articles: int
    """Those that no later text stands for; 0 for an agency that nobody collected."""
    first: datetime | None
    last: datetime | None
    carries: int
    """Articles of it that have text of another outlet."""
    carried: int
    """Articles of others that have its text."""


@dataclass(frozen=True, slots=True)
class SeenVersion:
    """An article of the desk that a text is compared with."""

    article: ArticleRow
    story: int
    """The number of its story."""
    alike: float
    """How alike the words of the two are, whatever the days between them, 0..1."""
    held: float
    """Share of the text's words that stand in passages which the article has too, 0..1."""
    holds: float
    """Share of the article's words in them."""
    passages: tuple[Match, ...]
    """The passages: ``a`` in the text, whose id is empty, ``b`` in the article."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Whether the desk has a text, or what tells the same."""

    text: Article
    """The text as it was read, without an id: it is not stored."""
    story: int | None
    """The story that it would come into; None where it would begin one of its own."""
    versions: tuple[SeenVersion, ...]
    """Articles that share passages with it or that are alike with it: most passages first."""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed that is watched, and how it fares."""

    number: int
    url: str
    """Where it is asked for."""
    given: str
    """As it was added, before it moved."""
    title: str
    outlet: str
    """The outlet that its articles are given; empty where they say themselves."""
    folder: str
    site: str
    format: str
    added: datetime
    asked: datetime | None
    """When it was last asked."""
    answered: datetime | None
    """When it last answered."""
    brought: datetime | None
    """When it last had something new."""
    next: datetime | None
    """When it is asked again; None where never: it is gone, or watched elsewhere."""
    failures: int
    """In a row."""
    error: str
    """Why it was not read the last time; empty where it was."""
    articles: int
    waiting: int
    """Entries of which the text is still to be had."""
    looks: int
    """Pages that are asked again, as they may have changed without a word of the feed."""
