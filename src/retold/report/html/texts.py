"""The reading views: each version's text, whole, with every passage coloured and linked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from retold.labels import DERIVATIONS
from retold.model import MakeUp, Passage, Version
from retold.report.html.context import Context, numbered, percent
from retold.report.html.links import Links, linked
from retold.report.html.naming import Witness, link, moment, shown, visible
from retold.report.html.sides import Sides
from retold.rulings import RULED

PASSAGES = {
    "verbatim": "verbatim elsewhere",
    "near": "nearly the same elsewhere",
    "rewrite": "in other words elsewhere",
    "own": "only here",
}
FRESH = "from none of its sources, but elsewhere too"
TAKEN = {
    "verbatim": "taken word for word",
    "near": "with light edits",
    "rewrite": "in other words",
    "own": "its own",
}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
ALSO = 3
"""Further versions named after a passage, in a crowd only one; more are counted."""


@dataclass(slots=True)
class Source:
    """Another version in which a passage stands too."""

    siglum: str
    href: str
    title: str
    """Empty where the script supplies it."""


@dataclass(slots=True)
class Segment:
    """A run of text between two places that something points to."""

    id: str
    """Empty where no link leads here, but for the first of a line, which says its offset."""
    kind: str
    text: Markup
    quoted: bool
    claims: list[tuple[str, int]]
    """Anchor and number of the claims whose reading begins here."""
    sources: list[Source] = field(default_factory=list)
    """Where the passage that ends here comes from."""
    more: int = 0
    fresh: bool = False
    """Whether it is from none of the version's sources although it stands in others too."""


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the text is of one kind; ``x`` and ``width`` are percent of the bar."""

    kind: str
    label: str
    percent: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class TextView:
    """The reading view of a version."""

    witness: Witness
    title: Markup
    facts: list[tuple[str, Markup]]
    page: str
    """Address of its own page, or nothing."""
    url: str
    href: str
    derivation: str
    """METER's class with its probability; empty where it was not asked for."""
    words: int
    taken: list[Share]
    """What it took from its sources."""
    shares: list[Share]
    """What of it stands in any other version."""
    paragraphs: list[list[Segment]]
    remarks: list[Markup]
    language: str
    """For the ``lang`` attribute; empty where it is not known."""


def facts(witness: Witness, source: str, links: Links) -> list[tuple[str, Markup]]:
    """List what is known of an article beside its text."""
    article = witness.article
    when = moment(article.published)
    origin = f" (from {article.published_source})" if article.published_source else ""
    if article.published_source == RULED:
        when, origin = when or "not known", " (as an editor ruled)"
    outlet = shown(article.outlet or "not known")
    pairs = [
        ("Published", when + origin if when else "no date found"),
        ("By", article.byline),
        ("Language", article.language),
        ("File", source),
        ("Read by", article.extractor),
        ("Id", article.id),
    ]
    told = [(name, shown(value)) for name, value in pairs if value]
    page = links.outlet(article.outlet) if article.outlet else ""
    return [("Outlet", linked(page, outlet)), *told]


def _shares(made: Version | MakeUp | None, labels: Mapping[str, str]) -> list[Share]:
    if made is None:
        return []
    found, x = [], 0.0
    for kind, value in (
        ("verbatim", made.verbatim),
        ("near", made.near),
        ("rewrite", made.rewritten),
        ("own", made.own),
    ):
        width = round(100 * value, 2)
        found.append(Share(kind, labels[kind], percent(value), round(x, 2), width))
        x += width
    return found


def _derivation(made: MakeUp | None) -> str:
    if made is None:
        return ""
    undecided = "" if made.decided else ", undecided"
    return f"{DERIVATIONS[made.derivation]} ({percent(made.probability)}{undecided})"


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the lines of ``text`` that hold anything."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((start, start + len(line)))
        start += len(line) + 1
    return found


class Texts:
    """Makes the reading views of a story, once all links are known."""

    def __init__(self, context: Context) -> None:
        """Gather, for every version, what its text must show."""
        self._context = context
        story = context.story
        self._order = {a: i for i, a in enumerate(context.witnesses)}
        self._sides = Sides(story.matches, self._order)
        self._named = list(context.witnesses.values())
        self._versions = {v.article: v for v in story.apparatus.versions}
        self._made = {m.article: m for m in story.makeup}
        self._claims: dict[str, dict[int, list[tuple[str, int]]]] = {}
        for number, claim in numbered(story):
            for reading in claim.readings:
                if reading.article not in context.witnesses:
                    continue
                context.places.at(reading.article, reading.start, reading.end)
                here = self._claims.setdefault(reading.article, {})
                here.setdefault(reading.start, []).append((context.anchors.of(claim.id), number))
        self._quoted: dict[str, list[tuple[int, int]]] = {}
        for quotation in story.apparatus.quotations:
            for utterance in quotation.readings:
                spans = [(s.start, s.end) for s in utterance.parts] or [
                    (utterance.start, utterance.end)
                ]
                for start, end in spans:
                    context.places.at(utterance.article, start, end)
                    self._quoted.setdefault(utterance.article, []).append((start, end))
        self._sources: dict[tuple[str, int], tuple[list[Source], int]] = {}
        for article, version in self._versions.items():
            if article in context.witnesses:
                for passage in version.passages:
                    self._sources[article, passage.start] = self._sources_of(article, passage)

    def _sources_of(self, article: str, passage: Passage) -> tuple[list[Source], int]:
        """Name the first of the versions that a passage stands in too, and count the others."""
        if passage.kind is None:
            return [], 0
        most = 1 + (1 if self._context.crowd else ALSO)
        places, count = self._sides.nearest(self._order[article], passage, most)
        found = []
        for other, start, end, kind in places:
            witness = self._named[other]
            how = PASSAGES[kind].removesuffix(" elsewhere")
            found.append(
                Source(
                    witness.siglum,
                    self._context.places.at(witness.article.id, start, end),
                    "" if self._context.crowd else f"{how} in {witness.name}",
                )
            )
        return found, max(0, count - most)

    def view(self, witness: Witness) -> TextView:
        """Make the reading view of one version."""
        article = witness.article
        version, made = self._versions.get(article.id), self._made.get(article.id)
        passages = version.passages if version else ()
        return TextView(
            witness=witness,
            title=shown(article.title or witness.label),
            facts=facts(witness, self._context.sources.get(article.id, ""), self._context.links),
            page=self._context.links.article(article),
            url=visible(article.url),
            href=link(article.url),
            derivation=_derivation(made),
            words=version.words if version else len(article.text.split()),
            taken=_shares(made, TAKEN),
            shares=_shares(version, PASSAGES),
            paragraphs=self._paragraphs(witness, passages),
            remarks=[shown(r) for r in article.remarks],
            language=article.language if _LANGUAGE.fullmatch(article.language) else "",
        )

    def _paragraphs(self, witness: Witness, passages: tuple[Passage, ...]) -> list[list[Segment]]:
        article = witness.article
        cuts = set(self._context.places.cuts[article.id])
        made = self._made.get(article.id)
        own = [
            (p.start, p.end)
            for p in (made.passages if made and made.sources else ())
            if p.kind is None
        ]
        for start, end in (*own, *((p.start, p.end) for p in passages)):
            cuts |= {start, end}
        lines = paragraphs_of(article.text)
        for start, end in lines:
            cuts |= {start, end}
        bounds = sorted(c for c in cuts if 0 <= c <= len(article.text))
        starts = [p.start for p in passages]
        quoted = _covered(self._quoted.get(article.id, []))
        claims = self._claims.get(article.id, {})
        targets = self._context.places.targets[article.id]
        found, at = [], 0
        for row, (start, end) in enumerate(lines):
            line = []
            following = lines[row + 1][0] if row + 1 < len(lines) else len(article.text)
            while bounds[at] < start:
                at += 1
            while bounds[at] < end:
                low, high = bounds[at], bounds[at + 1]
                at += 1
                index = bisect_right(starts, low) - 1
                inside = index >= 0 and passages[index].end > low
                passage = passages[index] if inside else None
                kind = str(passage.kind) if passage and passage.kind else "own"
                segment = Segment(
                    id=f"{witness.anchor}-{low}" if low == start or low in targets else "",
                    kind=kind,
                    text=shown(article.text[low:high]),
                    quoted=_inside(quoted, low),
                    claims=claims.get(low, []),
                    fresh=kind != "own" and _inside(own, low),
                )
                if passage and (passage.end == high or (high == end and passage.end <= following)):
                    segment.sources, segment.more = self._sources[article.id, passage.start]
                line.append(segment)
            found.append(line)
        return found


def _covered(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join overlapping spans."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _inside(spans: list[tuple[int, int]], at: int) -> bool:
    index = bisect_right(spans, (at, float("inf"))) - 1
    return index >= 0 and spans[index][1] > at
