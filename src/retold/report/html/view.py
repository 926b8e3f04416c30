"""The page as values: what the templates are given."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from markupsafe import Markup

from retold.model import Article, Dossier
from retold.report.html.context import Context
from retold.report.html.links import WITHIN, Lead, Links
from retold.report.html.naming import (
    Anchors,
    Places,
    chronology,
    label_of,
    link,
    moment,
    shown,
    sources,
    title_of,
    visible,
    witnesses,
)
from retold.report.html.related import RelatedView, related_views
from retold.report.html.revised import RevisionView, revision_views
from retold.report.html.story import StoryView, story_view
from retold.report.html.texts import FRESH, PASSAGES

INDEXED = 2
"""Stories from which on the page begins with an index."""


@dataclass(frozen=True, slots=True)
class SingleView:
    """An article that is the only version of its story."""

    anchor: str
    title: Markup
    detail: str
    page: str
    """Address of its own page, or nothing."""
    url: str
    href: str
    paragraphs: list[Markup]
    related: list[RelatedView]
    revisions: list[RevisionView]


@dataclass(frozen=True, slots=True)
class CutView:
    """Furniture that was cut from one article."""

    name: str
    href: str
    cuts: list[tuple[str, Markup]]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page: the contract between this package and its templates."""

    prefix: str
    """What all ids begin with."""
    title: str
    summary: str
    indexed: bool
    stories: list[StoryView]
    singles: list[SingleView]
    rejected: list[tuple[str, str, str]]
    rejected_counts: list[tuple[str, int]]
    cuts: list[CutView]
    notices: list[str]
    run: list[tuple[str, str]]
    models: list[tuple[str, str, str]]
    legend: list[tuple[str, str]]
    """Kind and words of every sort of passage that the texts have."""

    @property
    def skips(self) -> list[tuple[str, str]]:
        """Skip links: where to, and their words."""
        found = []
        for s in self.stories:
            of = f" of story {s.number}" if self.indexed else ""
            found.append((f"#{s.anchor}-apparatus", f"Skip to the apparatus{of}"))
            found.append((f"#{s.anchor}-texts", f"Skip to the texts{of}"))
        return found


def _plural(count: int, noun: str) -> str:
    forms = {"story": "stories"}
    return f"{count} {noun if count == 1 else forms.get(noun, noun + 's')}"


def _single(
    article: Article,
    anchor: str,
    page: str,
    related: list[RelatedView],
    revisions: list[RevisionView],
) -> SingleView:
    label, detail = label_of(article)
    notes = [n for n in (label if article.title else "", detail) if n]
    return SingleView(
        anchor=anchor,
        title=shown(article.title or label),
        detail=", ".join(n for n in notes if n != visible(article.title)),
        page=page,
        url=visible(article.url),
        href=link(article.url),
        paragraphs=[shown(line) for line in article.text.split("\n") if line.strip()],
        related=related,
        revisions=revisions,
    )


def _cut(article: Article, name: str, href: str) -> CutView:
    return CutView(name, href, [(c.kind.replace("-", " "), shown(c.text)) for c in article.cuts])


def _run(dossier: Dossier) -> list[tuple[str, str]]:
    run = dossier.run
    facts = [
        ("Retold", run.version),
        ("Dossier schema", run.schema),
        ("Configuration", run.configuration),
        ("Engine", run.engine),
        ("Seed", str(run.seed)),
        (
            "Inputs",
            f"{run.articles_in} in, {run.articles_out} used, "
            f"{run.articles_in - run.articles_out} left out",
        ),
        ("Started", moment(run.started)),
        ("Took", "" if run.seconds is None else f"{run.seconds:.1f} s"),
    ]
    return [(name, visible(value)) for name, value in facts if value]


def _legend(stories: list[StoryView]) -> list[tuple[str, str]]:
    """Name the sorts of passage that any text has."""
    here = {
        piece.kind
        for story in stories
        for text in story.texts
        for line in text.paragraphs
        for piece in line
    }
    told = [(kind, words) for kind, words in PASSAGES.items() if kind in here]
    fresh = any(
        piece.fresh
        for story in stories
        for text in story.texts
        for line in text.paragraphs
        for piece in line
    )
    return [*told, ("fresh", FRESH)] if fresh else told


def build(dossier: Dossier, links: Links = WITHIN, prefix: str = "") -> Page:
    """Make the page of a dossier. The same dossier gives the same page.

    Args:
        dossier: what is shown.
        links: where things lead that are not on the page.
        prefix: what all ids begin with.
    """
    articles = {a.id: a for a in dossier.articles}
    told, number = [], 1
    names: dict[str, tuple[str, str]] = {}
    leads: dict[str, Lead] = {}
    read_from = sources(dossier.articles)
    for story in dossier.stories:
        named = {w.article.id: w for w in witnesses(story, articles, number, prefix)}
        if len(story.articles) > 1 and named:
            told.append((story, named))
            number += len(named)
            title = title_of(story, list(named.values()))
            leads[story.id] = Lead(title, f"#{prefix}story-{len(told)}")
            names.update({a: (w.name, f"#{w.anchor}") for a, w in named.items()})
    lone = sorted((a for a in dossier.articles if a.id not in names), key=chronology)
    alone = {s.articles[0]: s for s in dossier.stories if len(s.articles) == 1}
    for at, article in enumerate(lone, number):
        names[article.id] = (label_of(article)[0], f"#{prefix}v{at}")
        if article.id in alone:
            title = article.title or label_of(article)[0]
            leads[alone[article.id].id] = Lead(title, names[article.id][1])

    def revised(of: Collection[str]) -> list[RevisionView]:
        held = (r for r in dossier.revisions if r.latest in of)
        return revision_views(held, articles, names, links)

    anchors = Anchors(prefix)
    stories = [
        story_view(
            Context(story, named, anchors, Places(named), read_from, links, dossier.run.rulings),
            index,
            leads,
            revised(named),
        )
        for index, (story, named) in enumerate(told, 1)
    ]
    singles = [
        _single(
            article,
            names[article.id][1][1:],
            links.article(article),
            related_views(alone[article.id].related if article.id in alone else (), leads, links),
            revised((article.id,)),
        )
        for article in lone
    ]
    stem = _plural(len(dossier.articles), "article")
    summary = f"{stem}; {_plural(len(stories), 'story')} told in several versions" + (
        f"; {_plural(len(singles), 'article')} of other stories" if singles else ""
    )
    return Page(
        prefix=prefix,
        title=str(stories[0].title.striptags()) if len(stories) == 1 else summary,
        summary=summary,
        indexed=len(stories) >= INDEXED,
        stories=stories,
        singles=singles,
        rejected=[
            (visible(r.source), r.reason.replace("-", " "), visible(r.detail))
            for r in dossier.rejected
        ],
        rejected_counts=[(k.replace("-", " "), n) for k, n in sorted(dossier.run.rejected.items())],
        cuts=[_cut(articles[a], *name) for a, name in names.items() if articles[a].cuts],
        notices=[visible(n) for n in dossier.run.notices],
        run=_run(dossier),
        models=[(visible(m.name), visible(m.version), m.sha256) for m in dossier.run.models],
        legend=_legend(stories),
    )
