"""Who carries whose text, as one self-contained HTML page. Article text reaches it only as text."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from retold.labels import count
from retold.report.html import shell
from retold.report.html.context import percent
from retold.report.html.naming import visible
from retold.report.outlets.graph import directed, note
from retold.report.outlets.values import Carriage, Case, Outlets
from retold.report.scan import words
from retold.report.scan.graph import Graph
from retold.report.scan.graph import graph as drawn
from retold.report.scan.pair import Pair

DRAWN = 14
"""Outlets in the picture: those of the pairs that share most; the table names more."""
LISTED = 200
"""Rows of the table; the graphs hold all."""
CASES = 10
"""Articles that a row opens into."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """One article that took its text from another."""

    title: str
    source: str
    detail: str
    edge: str


@dataclass(frozen=True, slots=True)
class CarriageView:
    """A row of the table."""

    outlet: str
    verb: str
    source: str
    articles: str
    of_all: str
    share: str
    lag: str
    sure: str
    cases: list[CaseView]
    more: int


@dataclass(frozen=True, slots=True)
class Page:
    """All that the template is given."""

    summary: str
    note: str
    sure: str
    graph: Graph | None
    undrawn: int
    rows: list[CarriageView]
    unlisted: int
    by_time: bool


def policy() -> str:
    """Return the page's Content-Security-Policy."""
    return shell.policy(_style(), _script())


def _style() -> str:
    return shell.asset("retold.report.html", "page.css") + shell.asset(
        "retold.report.scan", "scan.css"
    )


def _script() -> str:
    return shell.scripts("retold.report.scan", "scan.js")


def render(found: Outlets) -> str:
    """Return the page as one HTML document; the same findings give the same bytes."""
    template = shell.environment("retold.report.outlets").get_template("outlets.html.j2")
    return template.render(
        page=build(found),
        policy=policy(),
        css=Markup(_style()),  # noqa: S704 - our own files
        js=Markup(_script()),  # noqa: S704 - our own file
    )


def build(found: Outlets) -> Page:
    """Gather what the page tells."""
    top: set[str] = set()
    for c in found.carried:
        if len(top | {c.outlet, c.source}) <= DRAWN:
            top |= {c.outlet, c.source}
    pairs = [_pair(c) for c in found.carried if {c.outlet, c.source} <= top]
    noun = "group" if found.by_time else "story"
    plural = "groups" if found.by_time else "stories"
    summary = f"{count(len(found.outlets), 'outlet')}, {count(found.stories, noun, plural)}"
    if found.unnamed:
        summary += f"; {count(found.unnamed, 'article')} without an outlet left out"
    return Page(
        summary,
        note(found),
        "came later" if found.by_time else "probability",
        drawn(pairs) if pairs else None,
        len(found.outlets) - len(top),
        [view(c) for c in found.carried[:LISTED]],
        max(0, len(found.carried) - LISTED),
        found.by_time,
    )


def _pair(carried: Carriage) -> Pair:
    later = int(directed(carried))
    return Pair(
        carried.outlet,
        carried.source,
        carried.articles,
        carried.of_all,
        None,
        later,
        0,
        carried.lag,
    )


def view(carried: Carriage) -> CarriageView:
    """Return a pair as a row of the table tells it."""
    return CarriageView(
        visible(carried.outlet),
        "carries text of" if directed(carried) else "shares text with",
        visible(carried.source),
        f"{carried.articles:,}",
        percent(carried.of_all),
        "" if carried.share is None else percent(carried.share),
        _lag(carried.lag),
        _sure(carried),
        [case_view(c) for c in carried.cases[:CASES]],
        max(0, len(carried.cases) - CASES),
    )


def _lag(hours: float | None) -> str:
    if hours is None:
        return "no times"
    return f"{words.lag(hours)} {'later' if hours >= 0 else 'earlier'}"


def _sure(carried: Carriage) -> str:
    told = "no times" if carried.sure is None else percent(carried.sure)
    return told + (f", {carried.undecided:,} undecided" if carried.undecided else "")


def case_view(case: Case) -> CaseView:
    """Return an article as a row opens into it."""
    detail = [percent(case.probability) + ("" if case.decided else ", undecided")]
    detail.append(f"{percent(case.share)} of its words")
    if case.lag is not None:
        detail.append(_lag(case.lag))
    return CaseView(
        visible(case.title or case.story),
        visible(case.source) or "a report that nobody collected",
        "; ".join(detail),
        case.edge,
    )
