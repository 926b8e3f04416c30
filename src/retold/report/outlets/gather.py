"""Who carries whose text: from the stemmata of a dossier, or from the table of a scan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING

from retold.model import Article, Dossier, Edge, StoryDossier, rounded
from retold.report.html.naming import title_of, witnesses
from retold.report.outlets.values import Carriage, Case, Outlet, Outlets

if TYPE_CHECKING:
    from retold.corpus.results import Scan
    from retold.corpus.rows import Row

HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that took text from another outlet, or from an agency."""

    outlet: str
    source: str
    story: str
    """Id or number; what is told of several stories is counted by it."""
    article: str
    """The same for the article."""
    parent: str | None
    """And for the one that it took from; None for one that nobody collected."""
    case: Case


def of_dossier(dossier: Dossier) -> Outlets:
    """Gather over all stories of a dossier; what an outlet takes from itself is left out."""
    every = Counter(_outlet(a) for a in dossier.articles)
    told = sum(len(story.articles) > 1 for story in dossier.stories)
    return together(taken(dossier), every, told)


def taken(dossier: Dossier) -> Iterator[Taken]:
    """Yield who took text from whom, edge by edge; what an outlet takes from itself is left out."""
    articles = {a.id: a for a in dossier.articles}
    for story in dossier.stories:
        if len(story.articles) < 2:
            continue
        named = witnesses(story, articles, 1)
        title = title_of(story, named) if named else ""
        for edge, sources in _derivations(story):
            child = articles.get(edge.child)
            for source, probability in sources:
                parent = articles.get(source)
                other = _outlet(parent) if parent else source
                if child is None or not _outlet(child) or not other or other == _outlet(child):
                    continue
                case = Case(
                    edge.id,
                    title,
                    child.title,
                    parent.title if parent else "",
                    rounded(probability),
                    edge.share,
                    _lag(parent, child) if parent else None,
                    edge.decided,
                )
                known = None if parent is None else parent.id
                yield Taken(_outlet(child), other, story.id, child.id, known, case)


def together(found: Iterable[Taken], every: Counter[str], stories: int) -> Outlets:
    """Gather by pairs of outlets; ``every`` has how many articles each outlet has in all."""
    pairs: dict[tuple[str, str], list[Taken]] = defaultdict(list)
    unseen: set[str] = set()
    for each in found:
        pairs[each.outlet, each.source].append(each)
        if each.parent is None:
            unseen.add(each.source)
    carried = []
    for (outlet, source), cases in sorted(pairs.items()):
        ordered = sorted((t.case for t in cases), key=lambda c: (-c.probability, c.edge))
        lags = [c.lag for c in ordered if c.lag is not None]
        number = len({t.article for t in cases})
        carried.append(
            Carriage(
                outlet,
                source,
                number,
                rounded(number / max(number, every[outlet])),
                rounded(median(c.share for c in ordered)),
                rounded(median(lags)) if lags else None,
                rounded(sum(c.probability for c in ordered) / len(ordered)),
                sum(not c.decided for c in ordered),
                len({t.story for t in cases}),
                tuple(ordered),
            )
        )
    nodes = _named(carried, every, unseen - set(every))
    return Outlets(nodes, _ordered(carried), by_time=False, stories=stories, unnamed=every[""])


def _outlet(article: Article) -> str:
    return " ".join(article.outlet.split())


def _derivations(story: StoryDossier) -> Iterable[tuple[Edge, list[tuple[str, float]]]]:
    """Yield each edge of an article with what it leads to: articles, and agencies by name.

    A source that nobody collected stands for the agency that its descendants credit, else for what
    it was itself taken from.
    """
    unseen = {h.id: h.agency for h in story.stemma.hypothetical}
    above: dict[str, list[Edge]] = defaultdict(list)
    for edge in story.stemma.edges:
        above[edge.child].append(edge)
    for edge in story.stemma.edges:
        if edge.child in unseen or edge.parent is None:
            continue
        found: list[tuple[str, float]] = []
        stack = [(edge.parent, edge.probability)]
        while stack:
            node, probability = stack.pop()
            if node not in unseen or unseen[node]:
                found.append((unseen.get(node, node), probability))
            else:
                stack += [(e.parent, probability * e.probability) for e in above[node] if e.parent]
        yield edge, found


def _lag(parent: Article, child: Article) -> float | None:
    if parent.published is None or child.published is None:
        return None
    return rounded((_utc(child.published) - _utc(parent.published)).total_seconds() / HOUR)


def _utc(when: datetime) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def of_scan(scan: Scan) -> Outlets:
    """Gather from the outlets of a scan: of each pair the side that mostly came later is told.

    Raises:
        ScanError: a table is damaged.
    """
    # it imports Arrow's tables, and pandas with them, which a desk's pages need not wait for
    from retold.corpus.rows import rows

    held: dict[tuple[str, str], Row] = {}
    for row in rows(scan.outlets, scan.outlets.schema.names):
        if row["outlet"] and row["other"] and row["outlet"] != row["other"]:
            held[row["outlet"], row["other"]] = row
    carried = []
    every: Counter[str] = Counter()
    for (outlet, other), row in sorted(held.items()):
        every[outlet] = round(row["articles"] / row["share"]) if row["share"] else 0
        back = held.get((other, outlet))
        if back is not None and _rank(back) > _rank(row):
            continue
        ordered = row["later"] + row["earlier"]
        carried.append(
            Carriage(
                outlet,
                other,
                row["articles"],
                rounded(row["share"]),
                None,
                row["median_lag"],
                rounded(row["later"] / ordered) if ordered else None,
                row["articles"] - ordered,
                0,
            )
        )
    groups = len({row["group"] for row in rows(scan.groups, ["group"])})
    unnamed = sum(not row["outlet"] for row in rows(scan.articles, ["outlet"]))
    nodes = _named(carried, every, set())
    return Outlets(nodes, _ordered(carried), by_time=True, stories=groups, unnamed=unnamed)


def _rank(row: Row) -> tuple[int, float, str]:
    return row["later"] - row["earlier"], row["share"], row["outlet"]


def _named(
    carried: Iterable[Carriage], every: Counter[str], unseen: set[str]
) -> tuple[Outlet, ...]:
    names = sorted({name for c in carried for name in (c.outlet, c.source)})
    return tuple(Outlet(n, every[n], collected=n not in unseen) for n in names)


def _ordered(carried: Iterable[Carriage]) -> tuple[Carriage, ...]:
    return tuple(sorted(carried, key=lambda c: (-c.articles, -(c.sure or 0), c.outlet, c.source)))
