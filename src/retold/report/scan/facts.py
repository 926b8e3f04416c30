"""What the summary and the page of a scan tell, gathered from its tables in a few passes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow.compute as pc

from retold.corpus.results import Scan
from retold.corpus.rows import Row, among, batches, lookup, rows
from retold.model import Article
from retold.report.scan.pair import Pair
from retold.report.scan.told import Told, largest_stories, summed

_NAMING = ("article", "source", "outlet", "title", "url", "published")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of each is told; the tables hold all."""

    groups: int
    members: int
    """Members of a group."""
    passages: int
    carriers: int
    """Carriers of a passage."""
    outlets: int
    rejected: int
    inputs: int
    rewrites: int
    stories: int


@dataclass(frozen=True, slots=True)
class Member:
    """An article in a group."""

    article: Article
    joined: Article | None
    """The member that it was joined to; None for the first."""
    match: str
    kind: str
    containment: float
    """Share of its words that stand in the member that it was joined to."""
    containment_other: float
    """Share of the words of that member that stand in it."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of versions."""

    id: str
    size: int
    diameter: int
    members: tuple[Member, ...]
    """The first to join."""

    @property
    def earliest(self) -> Article:
        """The member told with the earliest date, else the first of all."""
        dated = [m.article for m in self.members if m.article.published]
        return min(dated, key=lambda a: a.published or 0, default=self.members[0].article)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that lives in several articles."""

    id: str
    kind: str
    articles: int
    outlets: int
    words: int
    text: str
    first: Article
    published: datetime | None
    carriers: tuple[tuple[Article, int, int], ...]
    """Article and offsets, by time of publication."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Two articles that tell the same in other words."""

    id: str
    a: Article
    b: Article
    probability: float
    terms: tuple[str, ...]
    """What tells it, as it stands in ``a``, the rarest first."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is told of a scan."""

    run: Row
    thresholds: dict[str, Any]
    sizes: Counter[int]
    """Number of groups by number of members."""
    groups: tuple[Group, ...]
    passages: tuple[Passage, ...]
    furniture: tuple[Passage, ...]
    stock: tuple[Passage, ...]
    kinds: Counter[str]
    """Number of passages by kind."""
    pairs: tuple[Pair, ...]
    """Between the outlets that share most."""
    outlets: int
    """Number of outlets that share text with another."""
    matches: Counter[str]
    """Number of matches by kind; ``unverified`` are those that share a passage and no more."""
    reasons: tuple[tuple[str, int], ...]
    rejected: tuple[Row, ...]
    rewrites: tuple[Rewrite, ...]
    """The likeliest."""
    stories: tuple[Told, ...]
    """Those of most articles."""

    @property
    def grouped(self) -> int:
        """Number of articles in groups."""
        return sum(size * number for size, number in self.sizes.items())


def gather(scan: Scan, limits: Limits) -> Facts:
    """Read from the tables what is told; of articles only those named, and no texts."""
    (run,) = rows(scan.run, scan.run.schema.names)
    kinds = _counted(scan, "passages", "kind")
    told = {
        kind: _top(scan, kind, limits) if kinds[kind] else []
        for kind in ("shared", "furniture", "stock")
    }
    groups = _group_rows(scan, limits)
    wanted = {r["article"] for group in groups for r in group}
    wanted |= {r["joined"] for group in groups for r in group if r["joined"]}
    for passages in told.values():
        wanted |= {p["first"] for p in passages}
        wanted |= {c["article"] for p in passages for c in p["places"]}
    pairs_told = _rewrite_rows(scan, limits)
    wanted |= {row[side] for row in pairs_told for side in "ab"}
    largest = largest_stories(scan, limits.stories)
    wanted |= {member for _, members in largest for member in members}
    articles = named(scan, wanted)
    joining = {r["match"] for group in groups for r in group if r["match"]}
    matches = lookup(
        scan.matches, "match", joining, ("a", "kind", "containment_a", "containment_b")
    )
    pairs, outlets = _pairs(scan, limits.outlets)
    reasons = _counted(scan, "rejected", "reason")
    return Facts(
        run=run,
        thresholds=_thresholds(run["thresholds"]),
        sizes=_sizes(scan),
        groups=tuple(_group(g, articles, matches) for g in groups),
        passages=tuple(_passage(p, articles) for p in told["shared"]),
        furniture=tuple(_passage(p, articles) for p in told["furniture"]),
        stock=tuple(_passage(p, articles) for p in told["stock"]),
        kinds=kinds,
        pairs=pairs,
        outlets=outlets,
        matches=_matches(scan),
        reasons=tuple(sorted(reasons.items(), key=lambda r: (-r[1], r[0]))),
        rejected=tuple(rows(scan.rejected, ("source", "reason", "detail"), most=limits.rejected)),
        rewrites=_rewrites(scan, pairs_told, articles),
        stories=tuple(summed(*each, articles) for each in largest),
    )


def named(scan: Scan, ids: Collection[str]) -> dict[str, Article]:
    """Return the articles, without their texts, by id; one that is not there has its id alone."""
    found = lookup(scan.articles, "article", ids, _NAMING)
    return {i: _article(found[i]) if i in found else Article(i, "") for i in sorted(ids)}


def _article(row: Row) -> Article:
    return Article(
        row["article"],
        "",
        title=row["title"] or "",
        outlet=row["outlet"] or "",
        url=row["url"] or "",
        published=row["published"],
        source=row["source"] or "",
    )


def _thresholds(text: str) -> dict[str, Any]:
    """Return the thresholds by name, those of a part of the configuration as ``part.name``."""
    flat: dict[str, Any] = {}

    def add(name: str, value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                add(f"{name}.{key}" if name else str(key), inner)
        else:
            flat[name] = value

    try:
        add("", json.loads(text or "{}"))
    except ValueError:
        flat = {"": text}
    return flat


def _counted(scan: Scan, table: str, column: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for batch in batches(scan.table(table), [column]):
        for pair in pc.value_counts(batch.column(0)).to_pylist():
            counts[pair["values"]] += pair["counts"]
    return counts


def _matches(scan: Scan) -> Counter[str]:
    counts: Counter[str] = Counter()
    for batch in batches(scan.matches, ["kind", "verified"]):
        verified = batch.column("verified")
        for pair in pc.value_counts(batch.column("kind").filter(verified)).to_pylist():
            counts[pair["values"]] += pair["counts"]
        counts["unverified"] += batch.num_rows - (pc.sum(verified).as_py() or 0)
    return counts


def _sizes(scan: Scan) -> Counter[int]:
    sizes: Counter[int] = Counter()
    for batch in batches(scan.groups, ["size"], pc.field("joined").is_null()):
        for pair in pc.value_counts(batch.column(0)).to_pylist():
            sizes[pair["values"]] += pair["counts"]
    return sizes


def _group_rows(scan: Scan, limits: Limits) -> list[list[Row]]:
    """The first groups, which are the largest, with their first members."""
    found: dict[str, list[Row]] = {}
    columns = ("group", "article", "size", "joined", "match", "diameter")
    for row in rows(scan.groups, columns):
        if row["group"] not in found and len(found) == limits.groups:
            break
        members = found.setdefault(row["group"], [])
        if len(members) < limits.members:
            members.append(row)
    return list(found.values())


def _group(members: list[Row], articles: dict[str, Article], matches: dict[str, Row]) -> Group:
    made = []
    for row in members:
        match = matches.get(row["match"] or "", {})
        mine, other = match.get("containment_a", 0.0), match.get("containment_b", 0.0)
        if match and match["a"] != row["article"]:
            mine, other = other, mine
        joined = articles[row["joined"]] if row["joined"] else None
        article = articles[row["article"]]
        made.append(Member(article, joined, row["match"] or "", match.get("kind", ""), mine, other))
    first = members[0]
    return Group(first["group"], first["size"], first["diameter"], tuple(made))


def _top(scan: Scan, kind: str, limits: Limits) -> list[Row]:
    columns = scan.passages.schema.names
    found = list(rows(scan.passages, columns, pc.field("kind") == kind, most=limits.passages))
    return [row | {"places": row["places"][: limits.carriers]} for row in found]


def _passage(row: Row, articles: dict[str, Article]) -> Passage:
    return Passage(
        row["passage"],
        row["kind"],
        row["articles"],
        row["outlets"],
        row["words"],
        row["text"],
        articles[row["first"]],
        row["published"],
        tuple((articles[p["article"]], p["start"], p["end"]) for p in row["places"]),
    )


def _rewrite_rows(scan: Scan, limits: Limits) -> list[Row]:
    if "rewrites" not in scan.counts:
        return []
    return list(rows(scan.rewrites, scan.rewrites.schema.names, most=limits.rewrites))


def _rewrites(scan: Scan, found: list[Row], articles: dict[str, Article]) -> tuple[Rewrite, ...]:
    texts = lookup(scan.articles, "article", {row["a"] for row in found}, ("text",))
    told = []
    for row in found:
        rarest = sorted(row["terms"], key=lambda t: (-t["weight"], t["a_start"]))
        text = texts[row["a"]]["text"] if row["a"] in texts else ""
        terms = tuple(text[t["a_start"] : t["a_end"]] for t in rarest)
        a, b = articles[row["a"]], articles[row["b"]]
        told.append(Rewrite(row["rewrite"], a, b, row["probability"], terms))
    return tuple(told)


def _pairs(scan: Scan, most: int) -> tuple[tuple[Pair, ...], int]:
    """Return the pairs between the ``most`` outlets that share most, and how many outlets share.

    Of a pair's two rows the one is told whose outlet mostly came later; where times say nothing,
    the one with the larger share. What an outlet shares with itself is no pair.
    """
    weight: Counter[str] = Counter()
    for batch in batches(scan.outlets, ["outlet", "other", "articles"]):
        columns = (batch.column(i).to_pylist() for i in range(3))
        for outlet, other, articles in zip(*columns, strict=True):
            if outlet != other:
                weight[outlet] += articles
    top = sorted(weight, key=lambda o: (-weight[o], o))[:most]
    held: dict[tuple[str, str], Row] = {}
    where = among("outlet", top) & among("other", top)
    for row in rows(scan.outlets, scan.outlets.schema.names, where):
        if row["outlet"] != row["other"]:
            held[row["outlet"], row["other"]] = row
    chosen = []
    for (outlet, other), row in held.items():
        back = held.get((other, outlet))
        if back is None or _rank(row) > _rank(back):
            chosen.append(_pair(row, back))
    chosen.sort(key=lambda p: (-p.articles, -p.share, p.outlet, p.other))
    return tuple(chosen), len(weight)


def _rank(row: Row) -> tuple[int, float, str]:
    return row["later"] - row["earlier"], row["share"], row["outlet"]


def _pair(row: Row, back: Row | None) -> Pair:
    return Pair(
        row["outlet"],
        row["other"],
        row["articles"],
        row["share"],
        back["share"] if back else None,
        row["later"],
        row["earlier"],
        row["median_lag"],
    )
