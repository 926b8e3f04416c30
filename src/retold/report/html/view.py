"""The page as values: what the templates are given."""

from __future__ import annotations

import json
import string
from bisect import bisect_left, insort
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from retold.model import (
    Article,
    Change,
    Claim,
    CreditForm,
    Dossier,
    Figure,
    Quotation,
    StoryDossier,
)
from retold.report.html.collation import (
    ClaimView,
    ItemView,
    claim_view,
    figure_view,
    quotation_view,
)
from retold.report.html.context import (
    AGREEMENTS,
    KINDS,
    ChangeView,
    Context,
    alone,
    numbered,
    origins_text,
)
from retold.report.html.descent import Descent, descent
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
from retold.report.html.texts import PASSAGES, Texts, TextView

TELLING = 5
"""Changes told at the top of a story."""
MANY = 8
"""Versions from which on the apparatus starts in its compact form."""
INDEXED = 2
"""Stories from which on the page begins with an index."""
_CODES: dict[str, int] = {"verbatim": 0, "near": 1, "rewrite": 2}
_DIGITS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
_Stretch = tuple[int, int, int, int, int, int]
"""A match of two versions: kind, negative length, both starts, both ends; the best sort first."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the numbers at the top: the figure, what it counts, a line of detail."""

    value: str
    label: str
    detail: str


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
    """Claims that several versions make."""
    lone: list[ClaimView]
    """Claims that only one makes."""
    agreements: list[tuple[str, str, int]]
    kinds: list[tuple[str, str, str, int]]
    """Kind, its words, its symbol, how many claims have it."""
    quotations: list[ItemView]
    figures: list[ItemView]
    texts: list[TextView]
    merges: list[tuple[str, str, str]]
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
    kinds: list[tuple[str, str, str]]


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
    items: list[Claim | Quotation | Figure] = [
        *apparatus.claims,
        *apparatus.quotations,
        *apparatus.figures,
    ]
    for item in items:
        for change in item.changes:
            found.setdefault(change.id, (change, context.anchors.of(item.id)))
    listed = [found[i] for i in apparatus.telling if i in found][:TELLING]
    return [context.change(change, item) for change, item in listed]


def _alignment(context: Context) -> str:
    """Return, as JSON, the stretches that correspond: matches, then the readings of each claim.

    ``pairs`` holds, for each two versions, their numbers and, packed by :func:`_packed`, four
    integers a match: how far behind the last one it begins and how long it is, on the first side;
    how far behind the last one it begins on the second side; and three times how much longer it is
    there, plus its kind (0 verbatim, 1 near, 2 rewrite). ``claims`` holds
    three a reading: version, start and length; claims are in the order of their numbers.
    """
    numbers = {a: w.number for a, w in context.witnesses.items()}
    by_pair: dict[tuple[int, int], list[_Stretch]] = {}
    for match in context.story.matches:
        one, two = match.a, match.b
        if one.article in numbers and two.article in numbers:
            low, start = one.start, two.start
            by_pair.setdefault((numbers[one.article], numbers[two.article]), []).append(
                (_CODES[match.kind], low - one.end, low, start, one.end, two.end)
            )
    pairs = []
    for (a, b), stretches in sorted(by_pair.items()):
        row: list[int] = []
        at_a = at_b = 0
        for kind, _, start_a, start_b, end_a, end_b in _chosen(stretches):
            longer = (end_b - start_b) - (end_a - start_a)
            row += (start_a - at_a, end_a - start_a, start_b - at_b, 3 * longer + kind)
            at_a, at_b = end_a, end_b
        pairs.append([a, b, _packed(row)])
    claims = []
    for _, claim in numbered(context.story):
        flat: list[int] = []
        for r in sorted(claim.readings):
            if r.article in numbers:
                flat += (numbers[r.article], r.start, r.end - r.start)
        claims.append(flat)
    return json.dumps({"pairs": pairs, "claims": claims}, separators=(",", ":"))


def _packed(numbers: list[int]) -> str:
    """Write integers as the base64 VLQ of source maps (ECMA-426, section 6): small ones are short.

    The sign is the lowest bit; then five bits a character, the lowest first, a sixth saying whether
    more follow.
    """
    return "".join(map(_digits, numbers))


@lru_cache(maxsize=1 << 14)
def _digits(number: int) -> str:
    rest = 2 * number if number >= 0 else 1 - 2 * number
    found = ""
    while rest > 31:
        found += _DIGITS[rest & 31 | 32]
        rest >>= 5
    return found + _DIGITS[rest]


def _chosen(matches: list[_Stretch]) -> list[_Stretch]:
    """Choose the matches of two versions that are laid side by side, in the order of the first.

    The surest and longest first, none twice on either side.
    """
    taken_a: list[tuple[int, int]] = []
    taken_b: list[tuple[int, int]] = []
    taken: list[_Stretch] = []
    for match in sorted(matches):
        here, there = (match[2], match[4]), (match[3], match[5])
        if _free(taken_a, here) and _free(taken_b, there):
            insort(taken_a, here)
            insort(taken_b, there)
            taken.append(match)
    return sorted(taken, key=lambda m: m[2])


def _free(taken: list[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Say whether a span holds something and overlaps none of the disjoint, sorted ``taken``."""
    after = bisect_left(taken, span)
    return (
        span[0] < span[1]
        and (after == len(taken) or taken[after][0] >= span[1])
        and (after == 0 or taken[after - 1][1] <= span[0])
    )


def _story(context: Context, place: int) -> StoryView:
    story, versions = context.story, list(context.witnesses.values())
    claims = [claim_view(context, claim, number) for number, claim in numbered(story)]
    several = sum(not alone(c) for c in story.apparatus.claims)
    quotations = [quotation_view(context, q) for q in story.apparatus.quotations]
    figures = [figure_view(context, f) for f in story.apparatus.figures]
    telling, tree = _telling(context), descent(context)
    alignment = _alignment(context)
    texts = Texts(context)  # last but for its own views: by now every place is known
    agreements = Counter(c.agreement for c in claims)
    kinds = Counter(k for c in claims for k in c.kinds)
    return StoryView(
        anchor=f"story-{place}",
        number=place,
        title=shown(title_of(story, versions)),
        facts=_facts(story, versions),
        credits=_credits(story, context.witnesses),
        telling=telling,
        versions=versions,
        descent=tree,
        shared=claims[:several],
        lone=claims[several:],
        agreements=[(a, AGREEMENTS[a], agreements[a]) for a in AGREEMENTS if agreements[a]],
        kinds=[(k, *KINDS[k], kinds[k]) for k in KINDS if kinds[k]],
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
        many=len(versions) > MANY,
        crowd=context.crowd,
        alignment=alignment,
    )


def _single(article: Article, number: int) -> SingleView:
    label, detail = label_of(article)
    notes = [n for n in (label if article.title else "", detail) if n]
    return SingleView(
        anchor=f"v{number}",
        title=shown(article.title or label),
        detail=", ".join(n for n in notes if n != visible(article.title)),
        url=visible(article.url),
        href=link(article.url),
        paragraphs=[shown(line) for line in article.text.split("\n") if line.strip()],
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


def build(dossier: Dossier) -> Page:
    """Make the page of a dossier. The same dossier gives the same page."""
    articles = {a.id: a for a in dossier.articles}
    told = [s for s in dossier.stories if len(s.articles) > 1]
    anchors, stories, number = Anchors(), [], 1
    names: dict[str, tuple[str, str]] = {}
    read_from = sources(dossier.articles)
    for index, story in enumerate(told, 1):
        named = {w.article.id: w for w in witnesses(story, articles, number)}
        number += len(named)
        if named:
            stories.append(_story(Context(story, named, anchors, Places(named), read_from), index))
        names.update({a: (w.name, f"#{w.anchor}") for a, w in named.items()})
    lone = sorted((a for a in dossier.articles if a.id not in names), key=chronology)
    singles = []
    for article in lone:
        singles.append(_single(article, number))
        names[article.id] = (label_of(article)[0], f"#v{number}")
        number += 1
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
        legend=list(PASSAGES.items()),
        kinds=[(str(k), *words) for k, words in KINDS.items()],
    )
