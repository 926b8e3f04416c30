"""A summary of a scan that fits a screen."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.text import Text

from retold.corpus.results import Scan
from retold.labels import count, label, percent, short, visible
from retold.report.scan import words
from retold.report.scan.facts import Facts, Limits, Passage, Rewrite, gather
from retold.report.scan.pair import Pair
from retold.report.scan.told import Told

SHOWN = Limits(
    groups=5,
    members=30,
    passages=5,
    carriers=0,
    outlets=50,
    rejected=0,
    inputs=0,
    rewrites=5,
    stories=5,
)
"""What the summary reads; the page and the tables tell more."""
PAIRS = 5
"""Pairs of outlets shown."""
LEAST = 3
"""Passages of furniture and stock shown."""
WIDTH = 78
"""Characters of a line that quotes an article."""


def summary(scan: Scan) -> RenderableType:
    """Return what a person reads first, as a rich renderable."""
    facts = gather(scan, SHOWN)
    parts = [_head(scan, facts), *_left_out(facts), *_notices(facts), Text(_matches(facts))]
    parts += _groups(facts)
    parts += _rewrites(scan, facts)
    parts += _stories(scan, facts)
    parts += _passages(facts)
    parts += _outlets(facts)
    parts += _furniture(facts)
    parts += _tables(scan)
    return Group(*parts)


def show(scan: Scan, console: Console | None = None) -> None:
    """Print the summary."""
    (console or Console(highlight=False)).print(summary(scan))


def _head(scan: Scan, facts: Facts) -> Text:
    articles = scan.counts["articles"]
    told = [
        f"{count(facts.run['articles_in'], 'article')} in, {facts.run['articles_out']:,} compared",
        f"{facts.grouped:,} in {count(sum(facts.sizes.values()), 'group')} of versions",
        f"{articles - facts.grouped:,} alone",
    ]
    return Text(", ".join(told), style="bold")


def _left_out(facts: Facts) -> list[Text]:
    if not facts.reasons:
        return []
    told = ", ".join(f"{number:,} {visible(reason)}" for reason, number in facts.reasons)
    return [Text(f"Left out: {told}")]


def _notices(facts: Facts) -> list[Text]:
    return [Text(f"Note: {short(notice, 4 * WIDTH)}") for notice in (facts.run["notices"] or ())]


def _matches(facts: Facts) -> str:
    versions = sum(facts.matches.values()) - facts.matches["unverified"]
    kinds = [f"{facts.matches[k]:,} {k}" for k in ("exact", "verbatim", "near") if facts.matches[k]]
    told = f"{count(versions, 'match', 'matches')} of versions"
    if kinds:
        told += f" ({', '.join(kinds)})"
    return f"{told}; {facts.matches['unverified']:,} that share a passage and no more"


def _groups(facts: Facts) -> list[Text]:
    if not facts.groups:
        return [Text(""), Text("No two articles are versions of one text.")]
    sizes = ", ".join(f"{number:,} of {size}" for size, number in words.bins(facts.sizes) if number)
    lines = [Text(""), Text.assemble(("Groups", "bold"), f"  {sizes}")]
    for group in facts.groups:
        first = group.earliest
        name = short(first.title, WIDTH - 44) or group.id
        when = f", {first.published:%Y-%m-%d %H:%M}" if first.published else ""
        line = _line(f"{group.size:>7,}  {name}")
        line.append(f"  {short(label(first), 22)}{when}", style="dim")
        lines.append(line)
    return lines


def _rewrites(scan: Scan, facts: Facts) -> list[Text]:
    if "rewrites" not in scan.counts:
        return []
    told = f"  {count(scan.counts['rewrites'], 'pair')} that tell the same in other words"
    return [Text(""), Text.assemble(("Rewrites", "bold"), told), *map(_rewrite, facts.rewrites)]


def _stories(scan: Scan, facts: Facts) -> list[Text]:
    if "stories" not in scan.counts:
        return []
    told = "  the largest; all stand in stories" if facts.stories else "  no two tell one event"
    return [Text(""), Text.assemble(("Stories", "bold"), told), *map(_story, facts.stories)]


def _story(story: Told) -> Text:
    name = short(story.first.title, WIDTH - 34) or story.id
    line = _line(f"{story.size:>7,}  {name}")
    first, last = story.first.published, story.last
    if first and last:
        days = f", {first:%Y-%m-%d}" + (f" to {last:%m-%d}" if last.date() > first.date() else "")
    else:
        days = ""
    line.append(f"  {count(story.outlets, 'outlet')}{days}", style="dim")
    return line


def _rewrite(rewrite: Rewrite) -> Text:
    names = [short(a.title, 30) or short(label(a), 30) for a in (rewrite.a, rewrite.b)]
    line = _line(f"{rewrite.probability:>7.2f}  {names[0]} / {names[1]}")
    line.append(f"  {short(', '.join(rewrite.terms), 30)}", style="dim")
    return line


def _passages(facts: Facts) -> list[Text]:
    if not facts.passages:
        return []
    told = count(facts.kinds["shared"], "passage")
    lines = [Text(""), Text.assemble(("Passages", "bold"), f"  {told} in several articles")]
    return [*lines, *(_passage(p) for p in facts.passages)]


def _passage(passage: Passage) -> Text:
    line = _line(f"{passage.articles:>7,}  “{short(passage.text, WIDTH - 36)}”")
    line.append(f"  first {short(label(passage.first), 18)}", style="dim")
    return line


def _outlets(facts: Facts) -> list[Text]:
    if not facts.pairs:
        return []
    told = f"  {count(facts.outlets, 'outlet')}; articles, share of the carrier's, median lag"
    return [
        Text(""),
        Text.assemble(("Who carries whose text", "bold"), told),
        *(_pair(p) for p in facts.pairs[:PAIRS]),
    ]


def _pair(pair: Pair) -> Text:
    verb = "carries" if pair.directed else "shares with"
    between = f"{_outlet(pair.outlet)} {verb} {_outlet(pair.other)}"
    line = _line(f"{pair.articles:>7,}  {between}, {percent(pair.share)}")
    if pair.directed and pair.lag is not None:
        line.append(f"  {words.lag(pair.lag)} later", style="dim")
    return line


def _outlet(name: str) -> str:
    return short(words.outlet(name), 18)


def _line(text: str) -> Text:
    """A row of a list: one line on any screen."""
    return Text(text, no_wrap=True, overflow="ellipsis")


def _furniture(facts: Facts) -> list[Text]:
    lines = []
    for kind, name, found in (
        ("furniture", "Furniture of one outlet", facts.furniture),
        ("stock", "Stock paragraphs", facts.stock),
    ):
        if found:
            told = f"  {count(facts.kinds[kind], 'passage')}, left out of the matches"
            lines += [Text(""), Text.assemble((name, "bold"), told)]
            lines += [_passage(p) for p in found[:LEAST]]
    return lines


def _tables(scan: Scan) -> list[Text]:
    lines = [Text("")]
    if scan.policy:
        kept, left = scan.counts["kept"], scan.counts["left_out"]
        lines.append(Text(f"Kept by “{scan.policy}”: {kept:,} articles; {left:,} left out"))
    names = ", ".join(scan.counts)
    return [*lines, Text.assemble(("Tables", "bold"), f"  {visible(str(scan.folder))}: {names}")]
