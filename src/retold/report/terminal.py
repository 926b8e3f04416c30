"""A summary of a dossier that fits a screen."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

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
from retold.model import Agreement, Change, Dossier, QuotationStatus, Speech, StoryDossier

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retold.model import Edge, MakeUp

TELLING = 5
"""Changes shown a story."""
BRANCHES = 12
"""Edges shown a stemma; the page shows all."""
STORIES = 3
"""Stories shown in full; the others get a line each, up to ``LISTED``."""
LISTED = 8
RELATED = 3
"""Related stories named of one."""
LEFT_OUT = 4
"""Rejected inputs shown; the JSON and the page list all."""


def summary(dossier: Dossier) -> RenderableType:
    """Return what a person reads first, as a rich renderable."""
    told = [s for s in dossier.stories if len(s.articles) > 1]
    alone = [s for s in dossier.stories if len(s.articles) == 1]
    parts: list[RenderableType] = [_head(dossier, len(told), len(alone))]
    for story in told[:STORIES]:
        parts += ["", _story(story, dossier)]
    for story in told[STORIES:LISTED]:
        parts.append(Text(f"{_title(story, dossier)}: {count(len(story.articles), 'version')}"))
    if len(told) > LISTED:
        parts.append(Text(f"and {count(len(told) - LISTED, 'more story', 'more stories')}"))
    if alone and told:
        shown = ", ".join(f"“{_title(s, dossier)}”" for s in alone[:LISTED])
        more = f" and {len(alone) - LISTED} more" if len(alone) > LISTED else ""
        parts += ["", Text.assemble(("Alone: ", "bold"), shown + more)]
    parts += _left_out(dossier)
    return Group(*parts)


def show(dossier: Dossier, console: Console | None = None) -> None:
    """Print the summary."""
    (console or Console(highlight=False)).print(summary(dossier))


def _head(dossier: Dossier, told: int, alone: int) -> Text:
    cut = sum(bool(a.cuts) for a in dossier.articles)
    facts = [
        count(len(dossier.articles), "article"),
        f"{count(told, 'story', 'stories')} in several versions",
        f"{alone} alone" if alone else "",
        f"furniture cut from {cut}" if cut else "",
        count(len(dossier.revisions), "earlier text") if dossier.revisions else "",
        f"{len(dossier.rejected)} left out" if dossier.rejected else "",
    ]
    return Text(", ".join(fact for fact in facts if fact), style="bold")


def _title(story: StoryDossier, dossier: Dossier) -> str:
    """The headline of the earliest version, else of the first that has one."""
    own = [a for a in dossier.articles if a.id in story.articles]
    own.sort(key=lambda a: (not a.title, a.published is None, a.published or 0, a.id))
    return short(own[0].title or own[0].text, 70)


def _story(story: StoryDossier, dossier: Dossier) -> RenderableType:
    own = [a for a in dossier.articles if a.id in story.articles]
    names = labels(own, 32)
    dated = sorted((a.published, a.id) for a in own if a.published)
    outlets = {a.outlet for a in own if a.outlet}
    earliest = (
        f"earliest {names[dated[0][1]]}, {dated[0][0]:%Y-%m-%d %H:%M}" if dated else "no dates"
    )
    agencies: dict[str, set[str]] = {}
    for credit in story.credits:
        agencies.setdefault(credit.agency, set()).add(credit.span.article)
    credited = ", ".join(f"{visible(a)} in {len(v)}" for a, v in sorted(agencies.items()))
    facts = [
        count(len(own), "version"),
        count(len(outlets), "outlet") if outlets else "outlets unknown",
        f"{origins_label(story.origins)} independent"
        f" origin{'' if story.origins.high == 1 else 's'}",
        earliest,
        f"credits {credited}" if credited else "no credits",
    ]
    body: list[RenderableType] = [
        Text("; ".join(facts)),
        Text(_counts(story)),
        _tree(story, names),
    ]
    earlier = Counter(r.latest for r in dossier.revisions if r.latest in names)
    if earlier:
        told = "; ".join(f"{names[a]} ({count(n, 'earlier text')})" for a, n in earlier.items())
        body.append(Text.assemble(("Revised: ", "bold"), told))
    by_id = {other.id: other for other in dossier.stories}
    near = [by_id[r.story] for r in story.related if r.story in by_id]
    if near:
        shown = "; ".join(f"“{_title(other, dossier)}”" for other in near[:RELATED])
        body.append(Text.assemble(("Related: ", "bold"), shown))
    telling = _telling(story)
    if telling:
        body.append(Text("Most telling", style="bold"))
        body += [_change(i, c, names) for i, c in enumerate(telling, 1)]
    return Group(Text(_title(story, dossier), style="bold"), Padding(Group(*body), (0, 0, 0, 2)))


def _counts(story: StoryDossier) -> str:
    every = [c for c in story.apparatus.claims if not c.commentary]
    claims = [c for c in every if c.probability >= POSSIBLE or c.agreement is Agreement.SINGULAR]
    possible = len(every) - len(claims)
    by = {kind: sum(c.agreement == kind for c in claims) for kind in Agreement}
    direct = [
        q for q in story.apparatus.quotations if any(r.speech is Speech.DIRECT for r in q.readings)
    ]
    only = sum(q.status is QuotationStatus.SINGULAR for q in direct)
    return (
        f"{count(len(claims), 'claim')}: {by[Agreement.ALL]} in all, {by[Agreement.SOME]} in some,"
        f" {by[Agreement.CONTRADICTED]} contradicted, {by[Agreement.SINGULAR]} in one only"
        f"{f', {possible} more possibly in several' if possible else ''};"
        f" {count(len(direct), 'direct quotation')}, {only} in one version only"
    )


def _tree(story: StoryDossier, names: Mapping[str, str]) -> RenderableType:
    """Draw the stemma; a version under the parent that accounts for most of it."""
    edges: dict[str, Edge] = {}
    seconds: dict[str, list[str]] = {}
    for edge in sorted(story.stemma.edges, key=lambda e: (-e.share, -e.probability, e.id)):
        if edge.child in edges:
            other = parent_label(edge.parent, story.stemma, names)
            seconds.setdefault(edge.child, []).append(other)
        else:
            edges[edge.child] = edge
    children: dict[str | None, list[str]] = {}
    for child in sorted(edges, key=lambda c: (names.get(c, c), c)):
        children.setdefault(edges[child].parent, []).append(child)
    roots = [h.id for h in story.stemma.hypothetical if h.id not in edges]
    top: list[str] = sorted(roots) + children.get(None, [])
    made = {m.article: _made(m) for m in story.makeup if m.sources}
    tree = Tree(Text("Stemma", style="bold"))
    shown = 0

    def grow(branch: Tree, node: str) -> None:
        nonlocal shown
        if shown >= BRANCHES:
            return
        shown += 1
        text = Text(short(parent_label(node, story.stemma, names), 60))
        edge = edges.get(node)
        if edge and edge.parent is not None:
            verdict = "" if edge.decided else ", undecided"
            text.append(f"  {edge.probability:.2f}{verdict}", style="dim")
        if node in made:
            text.append(f"  {made[node]}", style="dim")
        if node in seconds:
            text.append(f"  also from {', '.join(seconds[node])}", style="dim")
        grown = branch.add(text)
        for child in children.get(node, []):
            grow(grown, child)

    for node in top:
        grow(tree, node)
    left = len({*edges, *roots}) - shown
    if left > 0:
        tree.add(Text(f"and {left} more", style="dim"))
    return tree


def _made(made: MakeUp) -> str:
    undecided = "" if made.decided else "perhaps "
    own = f", {percent(made.own)} its own" if made.own >= 0.01 else ""
    return f"{undecided}{DERIVATIONS[made.derivation]}{own}"


def _telling(story: StoryDossier) -> list[Change]:
    apparatus = story.apparatus
    changes = {
        change.id: change
        for rows in (apparatus.claims, apparatus.quotations, apparatus.figures)
        for row in rows
        for change in row.changes
    }
    told = [changes[i] for i in apparatus.telling if i in changes]
    return [change for change in told if change.probability >= POSSIBLE][:TELLING]


def _change(number: int, change: Change, names: Mapping[str, str]) -> Text:
    """One line: what changed, its words where the explanation has none, and between whom."""
    sides = [side for side in (change.before, change.after) if side]
    line = f"{number}. {visible(change.explanation)}"
    if sides and "‘" not in line:
        line += f": “{short(sides[-1].text, 60)}”"
    between = " / ".join(dict.fromkeys(names.get(side.article, "") for side in sides))
    return Text.assemble(line, (f"  {between}", "dim"))


def _left_out(dossier: Dossier) -> list[RenderableType]:
    if not dossier.rejected and not dossier.run.notices:
        return []
    lines: list[RenderableType] = [""]
    lines += [Text(f"Note: {visible(notice)}") for notice in dossier.run.notices]
    for item in dossier.rejected[:LEFT_OUT]:
        lines.append(Text(f"Left out {visible(item.source)}: {visible(item.detail)}"))
    if len(dossier.rejected) > LEFT_OUT:
        lines.append(Text(f"and {len(dossier.rejected) - LEFT_OUT} more left out"))
    return lines
