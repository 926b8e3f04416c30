"""Any result, by its id, with its evidence in words and text spans."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from retold.errors import UsageError
from retold.labels import (
    DERIVATIONS,
    POSSIBLE,
    count,
    labels,
    origins_label,
    parent_label,
    percent,
    short,
    visible,
)
from retold.model import (
    Article,
    Change,
    Claim,
    Dossier,
    Edge,
    Evidence,
    Figure,
    HypotheticalAncestor,
    Match,
    Merge,
    Quotation,
    Reading,
    Revision,
    SourceKind,
    Span,
    StoryDossier,
    Undecided,
)
from retold.rulings import ruled_by

_PLAIN = frozenset((SourceKind.PERSON, SourceKind.UNSTATED, SourceKind.UNRESOLVED))
"""Sorts of sources that the speaker's name, or its absence, tells by itself."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A thing with an id, and the story and claim that it stands in."""

    thing: Any
    story: StoryDossier | None = None
    within: str = ""


def explain(dossier: Dossier, name: str) -> str:
    """Return what stands behind the id ``name``, or the only id that begins with it.

    Raises:
        UsageError: there is no such id, or there are several.
    """
    index = _index(dossier)
    hits = [name] if name in index else sorted(i for i in index if i.startswith(name) and name)
    if not hits:
        kinds = ", ".join(sorted({i.partition(":")[0] for i in index}))
        raise UsageError(f"{short(name, 60)!r}: no such id in this dossier; it has ids of {kinds}")
    if len(hits) > 1:
        some = ", ".join(hits[:5]) + (" ..." if len(hits) > 5 else "")
        raise UsageError(f"{name!r}: fits {len(hits)} ids ({some}); give more of it")
    found = index[hits[0]]
    return _Explainer(dossier, found.story).explain(hits[0], found)


def _index(dossier: Dossier) -> dict[str, _Found]:
    """Map every id of the dossier to what it names; what is listed twice is taken once."""
    index: dict[str, _Found] = {a.id: _Found(a) for a in dossier.articles}
    index |= {r.article.id: _Found(r) for r in dossier.revisions}
    for story in dossier.stories:
        for identifier, found in _things(story):
            index.setdefault(identifier, found)
    return index


def _things(story: StoryDossier) -> Iterator[tuple[str, _Found]]:
    yield story.id, _Found(story, story)
    stemma, apparatus = story.stemma, story.apparatus
    plain = (story.matches, story.merges, stemma.edges, stemma.hypothetical, stemma.undecided)
    for things in plain:
        for thing in things:
            yield thing.id, _Found(thing, story)
    for rows in (apparatus.claims, apparatus.quotations, apparatus.figures):
        for row in rows:
            yield row.id, _Found(row, story)
            for change in row.changes:
                yield change.id, _Found(change, story, row.id)


class _Explainer:
    """Words for one dossier; every explanation is a list of lines."""

    def __init__(self, dossier: Dossier, story: StoryDossier | None) -> None:
        self.articles = {a.id: a for a in dossier.articles}
        self.names = labels(dossier.articles)
        self.revisions = dossier.revisions
        self.rulings = dossier.run.rulings
        self.makeup = {m.article: (m, s.stemma) for s in dossier.stories for m in s.makeup}
        self.story = story

    def explain(self, identifier: str, found: _Found) -> str:
        writers: dict[type, Callable[[Any], list[str]]] = {
            Article: self.article,
            Revision: self.revision,
            StoryDossier: self.story_lines,
            Match: self.match,
            Merge: self.merge,
            Edge: self.edge,
            HypotheticalAncestor: self.ancestor,
            Undecided: self.undecided,
            Claim: self.claim,
            Quotation: self.quotation,
            Figure: self.figure,
            Change: self.change,
        }
        lines = [identifier, *writers[type(found.thing)](found.thing)]
        if found.within:
            lines.append(f"Part of {found.within}")
        if self.story and self.story.id != identifier:
            lines.append(f"In {self.story.id}")
        return "\n".join(lines) + "\n"

    # ------------------------------------------------------------ helpers

    def name(self, article: str) -> str:
        return self.names.get(article, article)

    def quote(self, span: Span | Reading) -> str:
        """The words of a span with where they stand."""
        text = self.articles[span.article].text[span.start : span.end]
        shown = f"“{visible(text)}”" if text else "(nothing stands here)"
        return f"  {self.name(span.article)} [{span.start}:{span.end}] {shown}"

    def evidence(self, items: tuple[Evidence, ...]) -> list[str]:
        lines = []
        for item in sorted(items, key=lambda e: -abs(e.weight)):
            lines.append(f"- {item.kind} ({item.weight:+.2f}): {visible(item.explanation)}")
            lines += [f"  {self.quote(span)}" for span in item.spans]
        return lines

    def changes(self, items: tuple[Change, ...]) -> list[str]:
        return [f"- {c.kind} ({c.probability:.2f}) {c.id}: {visible(c.explanation)}" for c in items]

    # ------------------------------------------------------------ one writer a type

    def article(self, item: Article) -> list[str]:
        facts = {
            "title": item.title,
            "outlet": item.outlet,
            "byline": item.byline,
            "url": item.url,
            "published": item.published.isoformat() if item.published else "unknown",
            "read from": item.source,
            "by": item.extractor,
        }
        lines = [f"Article: {self.name(item.id)}"]
        lines += [f"{key}: {visible(value)}" for key, value in facts.items() if value]
        lines += [f"remark: {visible(remark)}" for remark in item.remarks]
        lines += [f"cut as {cut.kind}: “{visible(cut.text)}”" for cut in item.cuts]
        revised = [r for r in self.revisions if r.latest == item.id]
        if revised:
            lines.append("Earlier texts, which were not compared:")
            lines += [f"- {r.article.id}, {_when(r.article)}" for r in revised]
        return lines + self.made(item.id)

    def revision(self, item: Revision) -> list[str]:
        return [
            f"Earlier text of {self.name(item.latest)} ({item.latest}), {_when(item.article)};"
            " the latest of one address stands for all",
            *self.article(item.article)[1:],
            f"text: {visible(item.article.text)}",
        ]

    def made(self, article: str) -> list[str]:
        """What a version of a story took from its sources, and the passages of its own."""
        if article not in self.makeup:
            return []
        made, stemma = self.makeup[article]
        sources = ", ".join(parent_label(s, stemma, self.names) for s in made.sources)
        undecided = "" if made.decided else ", undecided"
        lines = [
            f"{DERIVATIONS[made.derivation]} ({made.probability:.2f}{undecided})"
            f"{f', from {sources}' if sources else ''}",
            f"of {made.words:,} words {percent(made.verbatim)} verbatim, {percent(made.near)} with"
            f" light edits, {percent(made.rewritten)} in other words, {percent(made.own)} its own",
        ]
        if made.sources and made.own:
            own = [p for p in made.passages if p.kind is None]
            lines.append("Its own:")
            lines += [self.quote(Span(article, p.start, p.end)) for p in own]
        return lines

    def story_lines(self, item: StoryDossier) -> list[str]:
        lines = [
            f"Story of {count(len(item.articles), 'version')}",
            *(f"  {self.name(a)} ({a})" for a in item.articles),
            f"Independent origins: {origins_label(item.origins)}."
            f" {visible(item.origins.explanation)}",
        ]
        if item.merges:
            lines.append("Held together by:")
            lines += [f"- {m.id}: {visible(m.explanation)}" for m in item.merges]
        if item.related:
            lines.append("Related stories:")
            lines += [
                f"- {r.story}, likeness {r.score:.2f}: {visible(r.explanation)}"
                for r in item.related
            ]
        return lines

    def match(self, item: Match) -> list[str]:
        lines = [
            f"Match, {item.kind}, score {item.score:.2f}, by {item.method}",
            self.quote(item.a),
            self.quote(item.b),
        ]
        if item.edits:
            lines.append(f"{count(len(item.edits), 'edit')}:")
        for edit in item.edits:
            lines += [f"- {self.quote(edit.a).strip()}", f"  {self.quote(edit.b).strip()}"]
        return lines

    def merge(self, item: Merge) -> list[str]:
        lines = [
            f"Merge of {self.name(item.a)} and {self.name(item.b)}, score {item.score:.2f}",
            visible(item.explanation),
        ]
        by_id = {m.id: m for m in (self.story.matches if self.story else ())}
        for match in (by_id[m] for m in item.matches if m in by_id):
            lines += [f"- {match.id}, {match.kind}, score {match.score:.2f}"]
            lines += [f"  {self.quote(match.a)}", f"  {self.quote(match.b)}"]
        return lines

    def edge(self, item: Edge) -> list[str]:
        stemma = self.story.stemma if self.story else None
        assert stemma is not None  # edges stand in stories
        parent = parent_label(item.parent, stemma, self.names)
        verdict = "decided" if item.decided else "undecided: the evidence does not decide"
        lines = [
            f"Edge: {self.name(item.child)} took its text from {parent}",
            f"Probability {item.probability:.2f}, {verdict}",
            f"Share of its words that this parent accounts for: {item.share:.2f}",
        ]
        if item.runner_up:
            other = parent_label(item.runner_up.parent, stemma, self.names)
            lines.append(f"Runner-up: {other}, probability {item.runner_up.probability:.2f}")
        return [*lines, "Evidence:", *self.evidence(item.evidence)] if item.evidence else lines

    def ancestor(self, item: HypotheticalAncestor) -> list[str]:
        edges = self.story.stemma.edges if self.story else ()
        children = [e.child for e in edges if e.parent == item.id]
        return [
            f"Hypothetical ancestor: {visible(item.label)}",
            f"Probability {item.probability:.2f}",
            visible(item.explanation),
            f"Above: {', '.join(self.name(c) for c in children)}",
        ]

    def undecided(self, item: Undecided) -> list[str]:
        return [
            f"Undecided: {visible(item.question)}",
            visible(item.explanation),
            *(self.quote(span) for span in item.spans),
        ]

    def claim(self, item: Claim) -> list[str]:
        held = {(s.article, s.start): f" - held by {visible(s.speaker)}" for s in item.sources}
        return [
            f"Claim, {item.agreement}, alignment probability {item.probability:.2f}"
            + (", commentary" if item.commentary else ""),
            *(self.quote(r) + held.get((r.article, r.start), "") for r in item.readings),
            f"Independent origins: {origins_label(item.origins)}."
            f" {visible(item.origins.explanation)}",
            *self.changes(item.changes),
        ]

    def quotation(self, item: Quotation) -> list[str]:
        lines = [f"Quotation, {item.status}, probability {item.probability:.2f}"]
        for reading in item.readings:
            span = Span(reading.article, reading.start, reading.end)
            speaker = visible(reading.speaker) or "speaker not resolved"
            kind = "" if reading.source_kind in _PLAIN else f" ({reading.source_kind})"
            by = "".join(f", reported by {visible(name)}" for name in reading.reported_by)
            by += visible(ruled_by(self.rulings, span, reading.speaker))
            lines.append(f"{self.quote(span)} - {reading.speech}, {speaker}{kind}{by}")
        if item.first and len({r.article for r in item.readings}) > 1:
            lines.append(
                f"All others have it from {self.name(item.first)},"
                f" probability {item.first_probability:.2f}"
            )
        lines += [
            f"{self.name(each.after.article)} has it from {self.name(each.before.article)}:"
            f" {each.became}, probability {each.probability:.2f}"
            for each in item.handed
        ]
        origins = f"Independent origins: {origins_label(item.origins)}."
        return [
            *lines,
            f"{origins} {visible(item.origins.explanation)}",
            *self.changes(item.changes),
        ]

    def figure(self, item: Figure) -> list[str]:
        lines = [f"Figure, {item.agreement}: {visible(item.label)}"]
        for r in item.readings:
            value = f"{r.low:g}" if r.low == r.high else f"{r.low:g} to {r.high:g}"
            span = Span(r.article, r.start, r.end)
            lines.append(f"{self.quote(span)} = {value} {r.unit}".rstrip() + f" ({r.hedge})")
        return [*lines, *self.changes(item.changes)]

    def change(self, item: Change) -> list[str]:
        order = "the earlier first" if item.directed else "which came first is not known"
        lines = [
            f"{'Change' if item.probability >= POSSIBLE else 'Possible change'} of {item.kind},"
            f" probability {item.probability:.2f}, {order}",
            visible(item.explanation),
        ]
        if item.before or item.after:
            sides = (item.before, item.after)
            lines += [self.quote(s) if s else "  (nothing)" for s in sides]
        return [*lines, f"Versions: {', '.join(self.name(a) for a in item.articles)}"]


def _when(article: Article) -> str:
    """Say when a text appeared or, where that is not known, was fetched."""
    if article.published:
        return f"published {article.published.isoformat()}"
    return f"fetched {article.fetched.isoformat()}" if article.fetched else "without a time"
