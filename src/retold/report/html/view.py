"""The page as values: what the templates are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from markupsafe import Markup

from retold.labels import POSSIBLE
from retold.model import (
    Article,
    Change,
    CreditForm,
    Dossier,
    StoryDossier,
)
from retold.report.html.alignment import alignment
from retold.report.html.changes import distinct
from retold.report.html.collation import ClaimView, claim_view
from retold.report.html.context import (
    AGREEMENTS,
    KINDS,
    ChangeView,
    Context,
    numbered,
    origins_text,
)
from retold.report.html.descent import Descent, descent
from retold.report.html.items import ItemView, figure_view, quotation_view
from retold.report.html.naming import (
    Anchors,
    Places,
    Witness,
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
from retold.report.html.related import Lead, RelatedView, related_views
from retold.report.html.revised import RevisionView, revision_views
from retold.report.html.rows import Item, filters, probabilities, telling_first
from retold.report.html.shell import Fact
from retold.report.html.texts import FRESH, PASSAGES, Texts, TextView

TELLING = 5
"""Changes told at the top of a story."""
MANY = 8
"""Versions from which on the apparatus starts in its compact form."""
INDEXED = 2
"""Stories from which on the page begins with an index."""


@dataclass(frozen=True, slots=True)
class StoryView:
    """One story of several versions."""

    anchor: str
    number: int
    title: Markup
    facts: list[Fact]
    credits: list[tuple[str, list[tuple[Witness, str]]]]
    """Agency, and who credits it in what form."""
    telling: list[ChangeView]
    versions: list[Witness]
    descent: Descent
    shared: list[ClaimView]
    """Claims that several versions make; like all lists of rows, the most telling first."""
    perhaps: list[ClaimView]
    """Sentences that possibly tell the same, with a probability under .5."""
    lone: list[ClaimView]
    """Claims that only one makes."""
    comments: list[ClaimView]
    """Statements that report nothing one could check."""
    agreements: list[tuple[str, str, int]]
    kinds: list[tuple[str, str, str, int]]
    """Kind, its words, its symbol, how many changes are of it."""
    probabilities: list[tuple[int, str, int]]
    """What may be asked for: step, probability in words, how many changes reach it."""
    possible: int
    """Changes that are possible only."""
    filters: str
    """JSON for the filters; see :func:`retold.report.html.rows.filters`."""
    quotations: list[ItemView]
    figures: list[ItemView]
    texts: list[TextView]
    merges: list[tuple[str, str, str]]
    related: list[RelatedView]
    revisions: list[RevisionView]
    many: bool
    crowd: bool
    """Whether the page says things only once; see :data:`retold.report.html.context.CROWD`."""
    alignment: str
    """JSON for the side-by-side view: what corresponds to what."""


@dataclass(frozen=True, slots=True)
class SingleView:
    """An article that is the only version of its story."""

    anchor: str
    title: Markup
    detail: str
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


def _plural(count: int, noun: str) -> str:
    forms = {"story": "stories"}
    return f"{count} {noun if count == 1 else forms.get(noun, noun + 's')}"


def _facts(story: StoryDossier, versions: list[Witness]) -> list[Fact]:
    articles = [w.article for w in versions]
    outlets = sorted({visible(a.outlet) for a in articles if a.outlet})
    nameless = sum(not a.outlet for a in articles)
    some = ", ".join(outlets[:6]) + (f" and {len(outlets) - 6} more" if len(outlets) > 6 else "")
    unnamed = f"{nameless} without a named outlet" if nameless else ""
    earliest = next((w for w in versions if w.article.published), None)
    undated = sum(a.published is None for a in articles)
    origins = story.origins
    value = str(origins.low) if origins.low == origins.high else f"{origins.low}–{origins.high}"
    facts = [
        Fact(str(len(versions)), "version" if len(versions) == 1 else "versions", ""),
        Fact(
            str(len(outlets)) if outlets else "?",
            "outlet" if len(outlets) == 1 else "outlets",
            "; ".join(p for p in (some, unnamed) if p),
        ),
        Fact(
            value,
            origins_text(origins).split(" ", 1)[1]
            if origins.low == origins.high
            else "independent origins",
            visible(origins.explanation),
        ),
    ]
    if earliest:
        note = f"{earliest.name}" + (f"; {undated} without a date" if undated else "")
        facts.append(Fact(moment(earliest.article.published), "earliest date", note))
    else:
        facts.append(Fact("No dates", "earliest", "no version carries a date that could be read"))
    return facts


def _credits(
    story: StoryDossier, named: dict[str, Witness]
) -> list[tuple[str, list[tuple[Witness, str]]]]:
    by_agency: dict[str, dict[str, set[str]]] = {}
    for credit in story.credits:
        if credit.span.article in named:
            form = "picture only" if credit.form == CreditForm.PHOTO else str(credit.form)
            form = form.replace("-", " ")
            by_agency.setdefault(visible(credit.agency), {}).setdefault(
                credit.span.article, set()
            ).add(form)
    ranked = sorted(by_agency.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        (agency, [(w, ", ".join(sorted(who[a]))) for a, w in named.items() if a in who])
        for agency, who in ranked
    ]


def _telling(context: Context) -> list[ChangeView]:
    apparatus = context.story.apparatus
    found: dict[str, tuple[Change, str]] = {}
    items: list[Item] = [*apparatus.claims, *apparatus.quotations, *apparatus.figures]
    for item in items:
        for change in item.changes:
            if change.probability >= POSSIBLE:
                found.setdefault(change.id, (change, context.anchors.of(item.id)))
    listed = [found[i] for i in apparatus.telling if i in found][:TELLING]
    return [context.change(change, item) for change, item in listed]


def _story(
    context: Context, place: int, leads: dict[str, Lead], revisions: list[RevisionView]
) -> StoryView:
    story, versions = context.story, list(context.witnesses.values())
    found = story.apparatus
    key = telling_first(found)
    rows = [claim_view(context, c, n) for n, c in sorted(numbered(story), key=lambda x: key(x[1]))]
    said = sorted(enumerate(found.quotations, 1), key=lambda x: key(x[1]))
    quotations = [quotation_view(context, q, n) for n, q in said]
    given = sorted(enumerate(found.figures, 1), key=lambda x: key(x[1]))
    figures = [figure_view(context, f, n) for n, f in given]
    items: list[Item] = [*found.claims, *found.quotations, *found.figures]
    changes = distinct(c for item in items for c in item.changes)
    telling, tree = _telling(context), descent(context)
    aligned = alignment(context)
    texts = Texts(context)  # last but for its own views: by now every place is known
    agreements = Counter(c.agreement for c in rows)
    kinds = Counter(str(c.kind) for c in changes)
    return StoryView(
        anchor=f"story-{place}",
        number=place,
        title=shown(title_of(story, versions)),
        facts=_facts(story, versions),
        credits=_credits(story, context.witnesses),
        telling=telling,
        versions=versions,
        descent=tree,
        shared=[r for r in rows if r.several and not (r.doubtful or r.commentary)],
        perhaps=[r for r in rows if r.doubtful and not r.commentary],
        lone=[r for r in rows if not r.several and not r.commentary],
        comments=[r for r in rows if r.commentary],
        agreements=[(a, AGREEMENTS[a], agreements[a]) for a in AGREEMENTS if agreements[a]],
        kinds=[(k, *KINDS[k], kinds[k]) for k in KINDS if kinds[k]],
        probabilities=probabilities(changes),
        possible=sum(c.probability < POSSIBLE for c in changes),
        filters=filters(context, items),
        quotations=quotations,
        figures=figures,
        texts=[texts.view(w) for w in versions],
        merges=[
            (
                " and ".join(
                    context.witnesses[i].name for i in (m.a, m.b) if i in context.witnesses
                ),
                f"{m.score:.2f}",
                visible(m.explanation),
            )
            for m in story.merges
        ],
        related=related_views(story.related, leads),
        revisions=revisions,
        many=len(versions) > MANY,
        crowd=context.crowd,
        alignment=aligned,
    )


def _single(
    article: Article, number: int, related: list[RelatedView], revisions: list[RevisionView]
) -> SingleView:
    label, detail = label_of(article)
    notes = [n for n in (label if article.title else "", detail) if n]
    return SingleView(
        anchor=f"v{number}",
        title=shown(article.title or label),
        detail=", ".join(n for n in notes if n != visible(article.title)),
        url=visible(article.url),
        href=link(article.url),
        paragraphs=[shown(line) for line in article.text.split("\n") if line.strip()],
        related=related,
        revisions=revisions,
    )


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


def build(dossier: Dossier) -> Page:
    """Make the page of a dossier. The same dossier gives the same page."""
    articles = {a.id: a for a in dossier.articles}
    told, number = [], 1
    names: dict[str, tuple[str, str]] = {}
    leads: dict[str, Lead] = {}
    read_from = sources(dossier.articles)
    for story in dossier.stories:
        named = {w.article.id: w for w in witnesses(story, articles, number)}
        if len(story.articles) > 1 and named:
            told.append((story, named))
            number += len(named)
            title = shown(title_of(story, list(named.values())))
            leads[story.id] = Lead(title, f"#story-{len(told)}")
            names.update({a: (w.name, f"#{w.anchor}") for a, w in named.items()})
    lone = sorted((a for a in dossier.articles if a.id not in names), key=chronology)
    alone = {s.articles[0]: s for s in dossier.stories if len(s.articles) == 1}
    for at, article in enumerate(lone, number):
        names[article.id] = (label_of(article)[0], f"#v{at}")
        if article.id in alone:
            title = shown(article.title or label_of(article)[0])
            leads[alone[article.id].id] = Lead(title, f"#v{at}")

    def revised(of: Collection[str]) -> list[RevisionView]:
        held = (r for r in dossier.revisions if r.latest in of)
        return revision_views(held, articles, names)

    anchors = Anchors()
    stories = [
        _story(
            Context(story, named, anchors, Places(named), read_from), index, leads, revised(named)
        )
        for index, (story, named) in enumerate(told, 1)
    ]
    singles = [
        _single(
            article,
            at,
            related_views(alone[article.id].related if article.id in alone else (), leads),
            revised((article.id,)),
        )
        for at, article in enumerate(lone, number)
    ]
    stem = _plural(len(dossier.articles), "article")
    summary = f"{stem}; {_plural(len(stories), 'story')} told in several versions" + (
        f"; {_plural(len(singles), 'article')} of other stories" if singles else ""
    )
    return Page(
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
        cuts=[
            CutView(*names[a.id], [(c.kind.replace("-", " "), shown(c.text)) for c in a.cuts])
            for a in sorted(dossier.articles, key=lambda a: int(names[a.id][1][2:]))
            if a.cuts
        ],
        notices=[visible(n) for n in dossier.run.notices],
        run=_run(dossier),
        models=[(visible(m.name), visible(m.version), m.sha256) for m in dossier.run.models],
        legend=_legend(stories),
    )
