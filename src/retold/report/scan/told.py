"""The stories of a scan: as rows of the page, and in words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import pyarrow.compute as pc

from retold.corpus.results import Scan
from retold.corpus.rows import rows
from retold.labels import count, visible
from retold.model import Article

if TYPE_CHECKING:
    from retold.report.scan.view import Named

Names = Callable[[Collection[str]], dict[str, str]]
"""From ids of articles to what they are called."""

MEMBERS = 200
"""Members and merges of a story that are told."""


@dataclass(frozen=True, slots=True)
class Told:
    """Articles that tell one event."""

    id: str
    size: int
    first: Article
    """The earliest, as far as dates tell."""
    last: datetime | None
    """When the latest appeared."""
    outlets: int


class StoryView(NamedTuple):
    """Articles that tell one event, as a row of the page."""

    id: str
    first: Named
    size: str
    outlets: str
    last: str
    """When the latest appeared."""


def largest_stories(scan: Scan, most: int) -> list[tuple[str, list[str]]]:
    """Return the largest stories of several articles, with the articles that were compared."""
    found: dict[str, list[str]] = {}
    if "stories" not in scan.counts:
        return []
    where = pc.field("revision_of").is_null() & (pc.field("size") > 1)
    for row in rows(scan.stories, ("story", "article"), where):
        if row["story"] not in found and len(found) == most:
            break
        found.setdefault(row["story"], []).append(row["article"])
    return list(found.items())


def summed(story: str, members: list[str], articles: dict[str, Article]) -> Told:
    """Sum a story up."""
    held = [articles[member] for member in members]
    dated = sorted((a.published, a.id) for a in held if a.published)
    return Told(
        story,
        len(held),
        articles[dated[0][1]] if dated else held[0],
        dated[-1][0] if dated else None,
        len({a.outlet for a in held if a.outlet}),
    )


def membership(scan: Scan, article: str) -> list[str]:
    """Say which story an article tells."""
    if "stories" not in scan.counts:
        return []
    where = pc.field("article") == article
    row = next(rows(scan.stories, ("story", "size", "revision_of"), where))
    told = f"In {row['story']}, {count(row['size'], 'article')}"
    return [f"{told}; an earlier text of {row['revision_of']}" if row["revision_of"] else told]


def story(scan: Scan, names: Names, identifier: str) -> list[str]:
    """Tell the articles of a story, why they are one, and the related stories."""
    where = pc.field("story") == identifier
    members = list(rows(scan.stories, ("article", "revision_of"), where))
    merges = list(rows(scan.merges, ("merge", "reason"), where, most=MEMBERS))
    related = list(rows(scan.related, ("other", "score", "reason"), where))
    shown = members[:MEMBERS]
    called = names({row["article"] for row in shown})
    lines = [identifier, f"Story of {count(len(members), 'article')}:"]
    for row in shown:
        old = f", an earlier text of {row['revision_of']}" if row["revision_of"] else ""
        lines.append(f"- {called[row['article']]} ({row['article']}){old}")
    if len(members) > len(shown):
        lines.append(f"- and {len(members) - len(shown):,} more: see the stories")
    if merges:
        lines.append("Held together by:")
        lines += [f"- {row['merge']}: {visible(row['reason'])}" for row in merges]
    if related:
        lines.append("Related stories:")
        lines += [
            f"- {row['other']}, likeness {row['score']:.2f}: {visible(row['reason'])}"
            for row in related
        ]
    return lines


def merge(scan: Scan, names: Names, identifier: str) -> list[str]:
    """Tell why two groups of articles became one."""
    columns = ("story", "a", "b", "score", "reason")
    item = next(rows(scan.merges, columns, pc.field("merge") == identifier))
    called = names({item["a"], item["b"]})
    return [
        identifier,
        f"Merge in {item['story']}, score {item['score']:.2f}",
        *(f"{side}: {called[item[side]]} ({item[side]})" for side in "ab"),
        visible(item["reason"]),
    ]
