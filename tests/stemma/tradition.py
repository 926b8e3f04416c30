"""Traditions of our own: a fictional report, and what becomes of it, with the parents known."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from retold.model import (
    Article,
    Credit,
    CreditForm,
    Document,
    FigureMention,
    MatchKind,
    NameKind,
    NameMention,
    Row,
    Sentence,
    Span,
    Story,
    article_id,
    identify,
    make_match,
)

BASE = (
    "The harbour council of Vellmar voted on Tuesday to close the old lock at Quill Basin.",
    "Nine councillors backed the closure and four opposed it, the clerk said.",
    "The lock has leaked since a barge scraped its lower gate in early spring.",
    "Divers found that 37 of its iron ribs had rusted through.",
    "Repairs would cost about 14 million talers, twice what the town sets aside.",
    "Harbour master Edda Lorn said the basin could be drained within a week.",
    "Ferries to the island of Tessary will leave from the fish quay instead.",
    "Anglers complained that nobody had asked them beforehand.",
    "A petition with 2,300 names lies in the library of the seamen's school.",
    "The lock keeper, who lives above the sluice, will keep his cottage.",
    "Barges that carry gravel upstream must unload at Orrin Bridge.",
    "The gravel firm Stenholt fears for sixty jobs in its upper yard.",
    "Its director called the vote a hasty stroke against the valley.",
    "Engineers from the coastal institute had warned of the gate two winters ago.",
    "Their letter stayed in a drawer until a trainee came upon it.",
    "The mayor apologised for the lost letter before the vote began.",
    "Opponents want a judge to look at the tender for the drawings.",
    "The drawings were bought from a bureau that no longer exists.",
    "Swallows nest in the lock wall, and the nests may not be touched before August.",
    "A wooden footbridge will span the basin while it lies dry.",
    "Shopkeepers on the east bank hope for visitors who come to see the mud.",
    "The last lock of this make was taken down in Harrowmere nine years earlier.",
    "Children from the mill quarter drew the gate on a bedsheet and hung it from the crane.",
    "Old pilots recalled that the gate once jammed with a circus boat inside.",
    "The council meets again on the second Thursday of next month.",
)

OWN = (
    "A baker on Crane Street told this paper that she heard the gate groan at night.",
    "Photographs seen by our reporter show moss the size of a door.",
    "The retired welder Timo Haskett offered to mend the ribs for free.",
    "Residents of Pelican Row have formed a night watch against flooding.",
    "A brass band intends to play at the closing on a raft of barrels.",
    "The insurance agent Corvin Dray doubts that any policy covers the gate.",
    "Cyclists asked that the towpath stay open during the works.",
    "One councillor admitted over tea that he had never seen the lock.",
    "The parish of Saint Orla keeps a model of the lock in its vestry.",
    "A drone flown by pupils filmed a fracture near the hinge post.",
    "Fishmongers reckon with longer queues along the quay.",
    "The museum would like to have the winding gear for its yard.",
    "A poet from Tessary read eleven verses about rust to the meeting.",
    "The night ferry captain wants lamps along the provisional pier.",
    "Two surveyors measured the bank and argued over a finger's breadth.",
    "The brewery next door pumps its cooling water from the basin.",
    "A cat named Bosun has lived in the sluice house since the flood.",
    "Kayakers plan a last passage on Sunday at dawn.",
    "The clerk misplaced the minutes twice during the debate.",
    "Stonecutters from Harrowmere have asked for the sandstone blocks.",
)


@dataclass
class Telling:
    """A version in the making: its sentences, and whom it was taken from."""

    name: str
    sentences: tuple[str, ...]
    parents: tuple[str, ...] = ()
    hours: float | None = None
    outlet: str = ""
    credits: tuple[str, ...] = ()


def copy(of: Telling, name: str, **more: object) -> Telling:
    """Word for word."""
    return Telling(name, of.sentences, (of.name,), **more)


def cut(of: Telling, name: str, keep: list[int], **more: object) -> Telling:
    """Some of its sentences."""
    return Telling(name, tuple(of.sentences[i] for i in keep), (of.name,), **more)


def edit(of: Telling, name: str, changes: dict[str, str], **more: object) -> Telling:
    """With words replaced."""
    sentences = []
    for sentence in of.sentences:
        changed = sentence
        for old, new in changes.items():
            changed = changed.replace(old, new)
        sentences.append(changed)
    assert tuple(sentences) != of.sentences
    return Telling(name, tuple(sentences), (of.name,), **more)


def add(of: Telling, name: str, own: list[str], at: int = 3, **more: object) -> Telling:
    """With reporting of its own."""
    sentences = (*of.sentences[:at], *own, *of.sentences[at:])
    return Telling(name, sentences, (of.name,), **more)


def merge(a: Telling, b: Telling, name: str, **more: object) -> Telling:
    """The first half of one and the second half of the other."""
    sentences = (*a.sentences[: len(a.sentences) // 2], *b.sentences[len(b.sentences) // 2 :])
    return Telling(name, sentences, (a.name, b.name), **more)


START = datetime(2031, 4, 8, 6, 30, tzinfo=UTC)
_NAME = re.compile(r"(?<=[a-z,] )([A-Z][a-z]+(?: [A-Z][a-z]+)*)")
_NUMBER = re.compile(r"\d[\d,]*")


def document(telling: Telling) -> Document:
    """Make a document of it: sentences and figures are found by rule, for the tests' sake."""
    text = " ".join(telling.sentences)
    published = None if telling.hours is None else START + timedelta(hours=telling.hours)
    url = f"https://{telling.name}.example/"
    name = article_id(text, outlet=telling.outlet, url=url, published=published)
    sentences, place = [], 0
    for sentence in telling.sentences:
        span = Span(name, place, place + len(sentence))
        sentences.append(Sentence(span, 0, (0, 0)))
        place = span.end + 1
    figures = tuple(
        FigureMention(Span(name, m.start(), m.end()), value, value, "", "")
        for m in _NUMBER.finditer(text)
        for value in [float(m.group().replace(",", ""))]
    )
    names = tuple(
        NameMention(Span(name, m.start(1), m.end(1)), NameKind.OTHER, m.group(1))
        for m in _NAME.finditer(text)
    )
    named = tuple(Credit(Span(name, 0, 0), c, CreditForm.REPORTED) for c in telling.credits)
    article = Article(name, text, outlet=telling.outlet, url=url, published=published)
    return Document(article, tuple(sentences), figures=figures, names=names, credits=named)


@dataclass
class Tradition:
    """A story made of tellings, with its documents, rows and matches."""

    tellings: list[Telling]
    documents: dict[str, Document] = field(init=False)
    names: dict[str, str] = field(init=False)
    ids: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        made = [(t, document(t)) for t in self.tellings]
        self.documents = {d.id: d for _, d in made}
        self.names = {d.id: t.name for t, d in made}
        self.ids = {t.name: d.id for t, d in made}

    def rows(self, same: dict[str, str] | None = None) -> tuple[Row, ...]:
        """Rows of sentences that are equal, or that ``same`` maps to one key."""
        found = defaultdict(list)
        for doc in self.documents.values():
            for sentence in doc.sentences:
                key = _key(doc.text_of(sentence.span), same)
                found[key].append(sentence.span)
        return tuple(
            Row(identify("row", key), tuple(sorted(spans)), 0.95)
            for key, spans in sorted(found.items())
            if len({s.article for s in spans}) > 1
        )

    def story(self, same: dict[str, str] | None = None) -> Story:
        """The story with a match for every two sentences of a row."""
        matches = [
            make_match(a, b, MatchKind.NEAR, 0.95, "given")
            for row in self.rows(same)
            for i, a in enumerate(row.spans)
            for b in row.spans[i + 1 :]
            if a.article != b.article
        ]
        ids = tuple(sorted(self.documents))
        matches.sort(key=lambda m: m.id)
        return Story(identify("story", *ids), ids, tuple(matches))

    def true_parents(self, name: str) -> tuple[str, ...]:
        """The names of the telling's parents."""
        return next(t.parents for t in self.tellings if t.name == name)


def _key(sentence: str, same: dict[str, str] | None) -> str:
    if same and sentence in same:
        return same[sentence]
    # edits change a word or a number: the first three words hold
    return " ".join(sentence.split()[:3])


def random_tradition(seed: int, versions: int, *, dated: bool) -> Tradition:
    """A random one: copies, cuts, edits, additions of tellings that are there already."""
    rng = random.Random(seed)
    own = list(OWN)
    rng.shuffle(own)
    tellings = [Telling("v0", BASE, hours=0.0 if dated else None)]
    for number in range(1, versions):
        source = rng.choice(tellings)
        more = {"hours": number * 1.5 if dated else None}
        name = f"v{number}"
        kind = rng.choice(["cut", "edit", "add", "both"])
        if kind == "cut":
            count = max(4, int(len(source.sentences) * rng.uniform(0.5, 0.85)))
            keep = sorted(rng.sample(range(len(source.sentences)), count))
            made = cut(source, name, keep, **more)
        elif kind == "edit" or not own:
            made = edit(source, name, _changes(rng, source), **more)
        else:
            new = [own.pop() for _ in range(min(len(own), rng.choice([1, 2])))]
            made = add(source, name, new, rng.randrange(1, 4), **more)
            if kind == "both":
                changed = edit(made, name, _changes(rng, made), **more)
                made = Telling(name, changed.sentences, (source.name,), **more)
        tellings.append(made)
    return Tradition(tellings)


def _changes(rng: random.Random, source: Telling) -> dict[str, str]:
    """Replace a word in each of a few sentences, the first three words left alone."""
    changes = {}
    for at in rng.sample(range(len(source.sentences)), 3):
        sentence = source.sentences[at]
        words = sentence.split()
        place = rng.randrange(4, len(words))
        word = words[place].rstrip(".,")
        words[place] = words[place].replace(word, rng.choice(["amber", "windswept", "seventh"]))
        changes[sentence] = " ".join(words)
    return changes
