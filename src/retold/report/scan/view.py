"""The page of a scan as values: what the template is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from retold.corpus.results import Scan
from retold.labels import count, label
from retold.model import Article
from retold.report.html.context import percent
from retold.report.html.naming import clip, link, moment, shown, sources, visible
from retold.report.html.shell import Fact
from retold.report.scan import words
from retold.report.scan.facts import Facts, Group, Limits, Member, Passage, Rewrite, gather
from retold.report.scan.graph import Graph, graph
from retold.report.scan.pair import Pair
from retold.report.scan.told import StoryView, Told

SHOWN = Limits(
    groups=20,
    members=40,
    passages=20,
    carriers=20,
    outlets=14,
    rejected=100,
    inputs=50,
    rewrites=40,
    stories=40,
)
"""What the page tells; the tables hold all."""
LINES = 40
"""Pairs of outlets in the picture and its table."""
TEXT = 900
"""Characters of a passage."""


@dataclass(frozen=True, slots=True)
class Named:
    """An article, in a list."""

    title: Markup
    outlet: str
    date: str
    href: str
    """Its address, where that may be a link."""
    id: str


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member of a group."""

    anchor: str
    article: Named
    joined: str
    """The member that it was joined to; empty for the first."""
    joined_href: str
    how: str
    share: str
    """Share of its words that stand in that member."""
    share_other: str
    match: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group of versions."""

    anchor: str
    id: str
    title: Markup
    size: str
    detail: str
    members: list[MemberView]
    more: str


@dataclass(frozen=True, slots=True)
class RewriteView:
    """Two articles that tell the same in other words."""

    id: str
    a: Named
    b: Named
    probability: str
    terms: list[Markup]


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage that lives in several articles."""

    anchor: str
    id: str
    text: Markup
    name: str
    """Its first words, for those who hear the page."""
    cut: bool
    spread: str
    first: Named
    dated: bool
    carriers: list[tuple[Named, str]]
    """Article and offsets."""
    more: str


@dataclass(frozen=True, slots=True)
class PairView:
    """A row of the table beside the picture of the outlets."""

    outlet: str
    verb: str
    other: str
    articles: str
    share: str
    share_other: str
    order: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the template is given."""

    title: str
    summary: str
    notices: list[str]
    facts: list[Fact]
    bins: list[tuple[str, str, float]]
    """Range of sizes, number of groups, length of the bar in percent."""
    groups: list[GroupView]
    more_groups: str
    passages: list[PassageView]
    more_passages: str
    graph: Graph
    pairs: list[PairView]
    more_pairs: str
    furniture: list[PassageView]
    more_furniture: str
    stock: list[PassageView]
    more_stock: str
    reasons: list[tuple[str, str]]
    rejected: list[tuple[str, str, str]]
    more_rejected: str
    rewrites: list[RewriteView] | None
    """None where they were not asked for."""
    more_rewrites: str
    stories: list[StoryView] | None
    """None where they were not asked for."""
    run: list[tuple[str, str]]
    thresholds: list[tuple[str, str]]
    inputs: list[tuple[str, str, str]]
    more_inputs: str


def build(scan: Scan) -> Page:
    """Gather what the page of a scan tells."""
    facts = gather(scan, SHOWN)
    groups = sum(facts.sizes.values())
    pairs = facts.pairs[:LINES]
    most = max((n for _, n in words.bins(facts.sizes)), default=1) or 1
    return Page(
        title=f"Scan of {count(facts.run['articles_out'], 'article')}",
        summary=_summary(facts, groups),
        notices=[visible(n) for n in facts.run["notices"] or ()],
        facts=_facts(scan, facts, groups),
        bins=[(s, f"{n:,}", round(100 * n / most, 2)) for s, n in words.bins(facts.sizes)],
        groups=[_group(i, g) for i, g in enumerate(facts.groups, 1)],
        more_groups=_more(groups - len(facts.groups), "group", "groups"),
        passages=_passages("p", facts.passages),
        more_passages=_more(facts.kinds["shared"] - len(facts.passages), "passage", "passages"),
        graph=graph(pairs),
        pairs=[_pair(p) for p in pairs],
        more_pairs=_more_pairs(facts, pairs),
        furniture=_passages("f", facts.furniture),
        more_furniture=_more(
            facts.kinds["furniture"] - len(facts.furniture), "passage", "passages"
        ),
        stock=_passages("s", facts.stock),
        more_stock=_more(facts.kinds["stock"] - len(facts.stock), "passage", "passages"),
        reasons=[(visible(r), f"{n:,}") for r, n in facts.reasons],
        rejected=_rejected(facts),
        more_rejected=_more(
            scan.counts["rejected"] - len(facts.rejected), "input", "rejected", "inputs"
        ),
        rewrites=[_rewrite(r) for r in facts.rewrites] if "rewrites" in scan.counts else None,
        more_rewrites=_more(
            scan.counts.get("rewrites", 0) - len(facts.rewrites), "pair", "rewrites"
        ),
        stories=[_story(t) for t in facts.stories] if "stories" in scan.counts else None,
        run=_run(scan, facts),
        thresholds=[(visible(n), visible(str(v))) for n, v in sorted(facts.thresholds.items())],
        inputs=_inputs(facts),
        more_inputs=_more(len(facts.run["inputs"] or ()) - SHOWN.inputs, "file", "run"),
    )


def _more(number: int, noun: str, table: str, plural: str = "") -> str:
    """Say that a table holds more, where it does."""
    if number <= 0:
        return ""
    told = count(number, f"further {noun}", plural and f"further {plural}")
    return f"{told} {'stands' if number == 1 else 'stand'} in {table}.parquet."


def _summary(facts: Facts, groups: int) -> str:
    told = f"{count(facts.run['articles_in'], 'article')} in"
    return f"{told}, {facts.run['articles_out']:,} compared, {count(groups, 'group')} of versions"


def _facts(scan: Scan, facts: Facts, groups: int) -> list[Fact]:
    largest = max(facts.sizes, default=0)
    versions = sum(facts.matches.values()) - facts.matches["unverified"]
    left = facts.run["articles_in"] - facts.run["articles_out"]
    return [
        Fact(
            f"{facts.run['articles_out']:,}",
            "articles compared",
            f"of {facts.run['articles_in']:,}; {left:,} left out",
        ),
        Fact(
            f"{facts.grouped:,}",
            "are versions of others",
            f"in {count(groups, 'group')}, the largest of {largest:,}"
            if groups
            else "no two share a text",
        ),
        Fact(
            f"{versions:,}",
            "pairs of versions",
            f"{facts.matches['unverified']:,} more share a passage",
        ),
        Fact(
            f"{facts.kinds['shared']:,}",
            "passages in several articles",
            f"furniture: {facts.kinds['furniture']:,}; stock paragraphs: {facts.kinds['stock']:,}",
        ),
        Fact(
            f"{facts.outlets:,}",
            "outlets share text",
            f"kept by “{scan.policy}”: {scan.counts['kept']:,} articles" if scan.policy else "",
        ),
    ]


def named(article: Article) -> Named:
    """Name an article as the lists do."""
    return Named(
        shown(clip(article.title, 140) or label(article)),
        visible(words.outlet(article.outlet)),
        moment(article.published),
        link(article.url),
        article.id,
    )


def _brief(article: Article) -> str:
    """Name an article in few words: outlet, date."""
    return ", ".join(filter(None, (label(article), moment(article.published))))


def _group(number: int, group: Group) -> GroupView:
    anchor = f"g{number}"
    anchors = {m.article.id: f"{anchor}-{i}" for i, m in enumerate(group.members, 1)}
    first = group.earliest
    apart = f"at most {count(group.diameter, 'match', 'matches')} between two of them"
    return GroupView(
        anchor,
        group.id,
        shown(clip(first.title, 140) or label(first)),
        count(group.size, "version"),
        f"{'earliest' if first.published else 'first listed'} {_brief(first)}; {apart}",
        [_member(m, anchors) for m in group.members],
        _more(group.size - len(group.members), "version", "groups"),
    )


def _member(member: Member, anchors: dict[str, str]) -> MemberView:
    joined = member.joined
    href = anchors.get(joined.id, "") if joined else ""
    return MemberView(
        anchors[member.article.id],
        named(member.article),
        _brief(joined) if joined else "",
        f"#{href}" if href else "",
        words.joined(member.kind),
        percent(member.containment) if joined else "",
        percent(member.containment_other) if joined else "",
        member.match,
    )


def _rewrite(rewrite: Rewrite) -> RewriteView:
    return RewriteView(
        rewrite.id,
        named(rewrite.a),
        named(rewrite.b),
        f"{rewrite.probability:.2f}",
        [shown(clip(term, 40)) for term in rewrite.terms],
    )


def _story(told: Told) -> StoryView:
    return StoryView(
        told.id, named(told.first), f"{told.size:,}", f"{told.outlets:,}", moment(told.last)
    )


def _passages(letter: str, found: Sequence[Passage]) -> list[PassageView]:
    return [_passage(f"{letter}{i}", p) for i, p in enumerate(found, 1)]


def _passage(anchor: str, passage: Passage) -> PassageView:
    spread = ", ".join(
        (
            f"in {count(passage.articles, 'article')} of {count(passage.outlets, 'outlet')}",
            count(passage.words, "word"),
        )
    )
    return PassageView(
        anchor,
        passage.id,
        shown(passage.text[:TEXT]),
        clip(passage.text, 40),
        len(passage.text) > TEXT,
        spread,
        named(passage.first),
        passage.published is not None,
        [(named(a), f"{start:,} to {end:,}") for a, start, end in passage.carriers],
        f"and {passage.articles - len(passage.carriers):,} more"
        if passage.articles > len(passage.carriers)
        else "",
    )


def _pair(pair: Pair) -> PairView:
    return PairView(
        visible(words.outlet(pair.outlet)),
        "carries text of" if pair.directed else "shares text with",
        visible(words.outlet(pair.other)),
        f"{pair.articles:,}",
        percent(pair.share),
        "" if pair.share_other is None else percent(pair.share_other),
        words.order(pair.later, pair.earlier, pair.lag),
    )


def _more_pairs(facts: Facts, told: Sequence[Pair]) -> str:
    drawn = len({name for p in told for name in (p.outlet, p.other)})
    if facts.outlets <= drawn and len(facts.pairs) == len(told):
        return ""
    return (
        f"Of {count(facts.outlets, 'outlet')} that share text, the {drawn} that share most and"
        f" their {count(len(told), 'strongest pair')} are told; all stand in outlets.parquet."
    )


def _sources(given: Sequence[str]) -> list[str]:
    """Return paths below the folder that all share: where they lie is nobody else's business."""
    found = sources([Article(str(i), "", source=s) for i, s in enumerate(given)])
    return [visible(found.get(str(i), "")) for i in range(len(given))]


def _rejected(facts: Facts) -> list[tuple[str, str, str]]:
    places = _sources([r["source"] for r in facts.rejected])
    return [
        (place, visible(r["reason"]), visible(r["detail"]))
        for place, r in zip(places, facts.rejected, strict=True)
    ]


def _inputs(facts: Facts) -> list[tuple[str, str, str]]:
    given = (facts.run["inputs"] or ())[: SHOWN.inputs]
    places = _sources([i["source"] for i in given])
    return [
        (place, f"{i['bytes']:,}", visible(i["sha256"]))
        for place, i in zip(places, given, strict=True)
    ]


def _run(scan: Scan, facts: Facts) -> list[tuple[str, str]]:
    run = facts.run
    return [
        ("Retold", visible(run["version"])),
        ("Schema", visible(run["schema"])),
        ("Configuration", visible(run["configuration"])),
        ("Words", f"{run['words']:,}"),
        ("Pairs aligned", f"{run['candidates']:,}"),
        ("Matches", f"{scan.counts['matches']:,}"),
        ("Files read", f"{len(run['inputs'] or ()):,}"),
    ]
