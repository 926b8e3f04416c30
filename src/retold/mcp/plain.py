"""Answers in plain text. A text of several lines is quoted line by line, as mail quotes."""

from __future__ import annotations

from itertools import chain

from retold.labels import DERIVATIONS, POSSIBLE, count, short
from retold.mcp.answers import (
    NOTICE,
    Articles,
    ArticleTold,
    Hits,
    Listed,
    Quote,
    Stories,
    StoryListed,
)
from retold.mcp.stories import (
    Descent,
    Difference,
    Entry,
    Independent,
    Part,
    StoryAnswer,
    StoryTold,
    Version,
)
from retold.model import Derivation

LONGEST = 12_000
"""Characters of an answer."""
LABEL = 80
"""Characters of the label of a claim, quotation or figure: its readings tell more."""
WORDING = 160
"""Characters of a reading."""


def line(article: Listed) -> str:
    """Tell of an article on one line."""
    published = f"{article.published:%Y-%m-%d %H:%M} UTC" if article.published else "no date"
    name = f"“{article.title}”" if article.title else "(no title)"
    known = article.id if article.number is None else f"article {article.number}"
    story = "" if article.story is None else f", story {article.story}"
    revised = f", revised later: {article.latest}" if article.latest else ""
    return f"{name}, {article.outlet or 'no outlet'}, {published}, {known}{story}{revised}"


def told_hits(found: Hits) -> str:
    """Tell what a search found."""
    total = "" if found.total is None else f" of {found.total:,}"
    lines = [f"{count(len(found.hits), 'hit')}{total}"]
    for hit in found.hits:
        about = f" {hit.about}:" if hit.about else ""
        words = short(hit.excerpt.text, 300)
        lines += [f"- {line(hit.article)}", f"  >{about} {_place(hit.excerpt)} {words}"]
    return _whole(lines, following=found.next)


def told_articles(found: Articles) -> str:
    """Tell of a page of articles."""
    lines = [f"{count(len(found.articles), 'article')}"]
    lines += [f"- {line(article)}" for article in found.articles]
    return _whole(lines, following=found.next)


def told_article(found: ArticleTold) -> str:
    """Tell of an article, with the stretch of its text that was asked for."""
    span = f"characters {found.quote.start:,} to {found.quote.end:,} of {found.characters:,}"
    lines = [line(found.article), f"{span}, quoted:"]
    lines += [f"> {each}" for each in found.quote.text.splitlines()]
    if found.next_start is not None:
        lines.append(f"more: start={found.next_start}")
    if len(found.revisions) > 1:
        lines.append(f"{len(found.revisions)} texts of its address are one text revised:")
        lines += [f"- {line(each)}" for each in found.revisions]
    return "\n".join([NOTICE, "", *lines])


def story_line(story: StoryListed) -> str:
    """Tell of a story on one line."""
    origins = f", {_independent(*story.origins)}" if story.origins else ""
    waits = ", its dossier waits to be renewed" if story.waits else ""
    return (
        f"story {story.number}: “{story.title}”, {count(story.versions, 'version')},"
        f" {count(story.outlets, 'outlet')}, {story.first:%Y-%m-%d %H:%M} UTC to"
        f" {story.last:%Y-%m-%d %H:%M} UTC{origins}{waits}"
    )


def told_stories(found: Stories) -> str:
    """Tell of a page of stories."""
    lines = [count(len(found.stories), "story", "stories")]
    lines += [f"- {story_line(story)}" for story in found.stories]
    return _whole(lines, following=found.next)


def told_story(found: StoryAnswer, part: Part, start: int) -> str:
    """Tell of a story of the desk: all in brief, or one of its lists."""
    lines = [story_line(found.story)]
    if part == "related":
        lines += [count(len(found.related), "related story", "related stories")]
        for each in found.related:
            lines += [f"- {story_line(each.story)}; {each.alike:.2f}: {each.why}"]
    elif found.told:
        lines += _told(found.told, part, start)
        for other in found.others:
            lines += ["", f"Others tell “{other.title}”: {_origins(other.origins)}"]
            lines += _told(other, part, start)
        if found.versions:
            lines += ["", "Versions that tell the same as no other:"]
            lines += [f"- {line(version)}" for version in found.versions]
    else:
        lines += [_bare(found), *(f"- {line(version)}" for version in found.versions)]
    return _whole(lines)


def _bare(found: StoryAnswer) -> str:
    """Say why nothing is told of the versions of a story."""
    if found.story.versions < 2:
        return "Nothing else tells it: there is nothing to lay beside it."
    if found.compared:
        return "Laid beside each other, no two of its versions tell the same:"
    return "What its versions share and changed is not worked out yet; ask again later."


def told_comparison(name: str, stories: list[StoryTold], alone: list[Listed]) -> str:
    """Tell of what was laid side by side, with ids that explain takes."""
    lines = [f"{name} (explain wants this name)"]
    for told in stories:
        lines += ["", f"“{told.title}”: {_origins(told.origins)}", *_told(told, "overview", 0)]
    if alone:
        lines += ["", "Alone, each with a story of its own:"]
        lines += [f"- {line(article)}" for article in alone]
    return _whole(lines)


def _told(told: StoryTold, part: Part, start: int) -> list[str]:
    lines = [f"Origins: {told.origins.why}", *(f"Undecided: {each}" for each in told.undecided)]
    if not told.versions:
        named = ", ".join(f"{siglum} {name}" for siglum, name in told.names.items())
        lines.append(f"Versions named here: {named}")
    lists = {
        "versions": list(map(_version, told.versions)),
        "edges": list(map(_edge, told.edges)),
        "changes": list(map(_change, told.changes)),
        "claims": list(map(_entry, told.claims)),
        "quotations": list(map(_entry, told.quotations)),
        "figures": list(map(_entry, told.figures)),
    }
    for name, items in lists.items():
        if part in {"overview", name}:
            lines += ["", _extent(name, start, len(items), getattr(told.counts, name))]
            lines += chain.from_iterable(items)
    return lines


def _extent(name: str, start: int, shown: int, count: int) -> str:
    """Say which items of a list follow, and how to ask for more."""
    if not shown:
        return f"{name.capitalize()}: none{f' from {start} on, of {count:,}' if count else ''}"
    end = start + shown
    more = f"; more: part={name}, start={end}" if end < count else ""
    return f"{name.capitalize()} {start + 1:,} to {end:,} of {count:,}{more}"


def _version(version: Version) -> list[str]:
    told = f"- {version.siglum}: {line(version.article)}"
    if version.derivation is None or version.probability is None:
        return [told]
    how = DERIVATIONS[Derivation(version.derivation)]
    return [f"{told}; {how} ({version.probability:.2f}{_doubt(version.decided)})"]


def _edge(edge: Descent) -> list[str]:
    sure = f"{edge.probability:.2f}{_doubt(edge.decided)}"
    return [f"- {edge.id}: {edge.child} from {edge.parent} ({sure})"]


def _doubt(decided: bool | None) -> str:  # noqa: FBT001
    return "" if decided else ", undecided"


def _change(change: Difference) -> list[str]:
    sides = [side for side in (change.before, change.after) if side]
    quotes = [f"  > {side.version}: {short(side.quote.text, WORDING)}" for side in sides]
    return [f"- {_altered(change)}", *quotes]


def _altered(change: Difference) -> str:
    """Tell of a change on one line: how sure, from which version to which, what."""
    before, after = change.before, change.after
    between = (" to " if change.directed else " / ").join(
        f"{side.version} {_place(side.quote)}" if side else "nothing" for side in (before, after)
    )
    if len(change.versions) > sum(side is not None for side in (before, after)):
        between += f", of {' '.join(change.versions)}"
    possible = "" if change.probability >= POSSIBLE else "possible "
    sure = f"{possible}{change.kind} ({change.probability:.2f})"
    return f"{change.id}: {sure}, {between}: {change.explanation}"


def _entry(entry: Entry) -> list[str]:
    found = entry.status
    if entry.probability is not None:
        possibly = "" if entry.probability >= POSSIBLE else "possibly "
        found = f"{possibly}{found} ({entry.probability:.2f})"
    lines = [
        f"- {entry.id}: {found}, {_origins(entry.origins)},"
        f" {count(entry.count, 'reading')}, {count(entry.changed, 'change')}:"
        f" “{short(entry.label, LABEL)}”"
    ]
    alike: dict[tuple[str, str], list[str]] = {}
    for said in entry.readings:
        words = short(said.quote.text, WORDING)
        alike.setdefault((words, said.speaker), []).append(f"{said.version} {_place(said.quote)}")
    for (words, speaker), versions in alike.items():
        by = f", said by {speaker}" if speaker else ""
        lines.append(f"  > {', '.join(versions)}{by}: {words}")
    return [*lines, *(f"  - {_altered(change)}" for change in entry.changes)]


def _place(held: Quote) -> str:
    return f"[{held.start}:{held.end}]"


def _origins(origins: Independent) -> str:
    roots = f" (from {', '.join(origins.roots)})" if origins.roots else ""
    return f"{_independent(origins.least, origins.most)}{roots}"


def _independent(least: int, most: int) -> str:
    held = count(most, "independent origin")
    return held if least == most else f"{least} to {held}"


def told_evidence(text: str) -> str:
    """Tell what stands behind something."""
    return _whole(text.splitlines())


def _whole(lines: list[str], *, following: str | None = None) -> str:
    text = "\n".join([NOTICE, "", *lines])
    if len(text) > LONGEST:
        text = f"{text[:LONGEST].rstrip()}…\n(cut; the structured content has more)"
    return f"{text}\nmore: cursor={following}" if following else text
