"""One story of several versions as values: what its template is given."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from retold.labels import POSSIBLE
from retold.model import Change, CreditForm, StoryDossier
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
from retold.report.html.links import Lead, Links, linked
from retold.report.html.naming import Witness, moment, shown, title_of, visible
from retold.report.html.related import RelatedView, related_views
from retold.report.html.revised import RevisionView
from retold.report.html.rows import Item, filters, probabilities, telling_first
from retold.report.html.shell import Fact
from retold.report.html.texts import Texts, TextView

TELLING = 5
"""Changes told at the top of a story."""
MANY = 8
"""Versions from which on the apparatus starts in its compact form."""


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


def _facts(story: StoryDossier, versions: list[Witness], links: Links) -> list[Fact]:
    articles = [w.article for w in versions]
    outlets = {visible(a.outlet): a.outlet for a in articles if a.outlet}
    nameless = sum(not a.outlet for a in articles)
    some = Markup(", ").join(linked(links.outlet(outlets[o]), o) for o in sorted(outlets)[:6])
    if len(outlets) > 6:
        some += f" and {len(outlets) - 6} more"
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
            Markup("; ").join(p for p in (some, unnamed) if p),
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


def story_view(
    context: Context, place: int, leads: dict[str, Lead], revisions: list[RevisionView]
) -> StoryView:
    """Make the view of a story, the ``place``-th of its page."""
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
        anchor=f"{context.anchors.prefix}story-{place}",
        number=place,
        title=shown(title_of(story, versions)),
        facts=_facts(story, versions, context.links),
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
        related=related_views(story.related, leads, context.links),
        revisions=revisions,
        many=len(versions) > MANY,
        crowd=context.crowd,
        alignment=aligned,
    )
