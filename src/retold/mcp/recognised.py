"""Whether the desk has seen a text, as the tools tell it."""

from __future__ import annotations

from dataclasses import dataclass

from retold.desk.values import Seen, SeenVersion
from retold.labels import count, percent, short
from retold.mcp.answers import NOTICE, Listed, Quote, listed, quote
from retold.mcp.plain import line

PASSAGES = 8
"""Passages told of one version."""
VERSIONS = 20
"""Versions told."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage that the text and an article share."""

    kind: str
    score: float
    here: Quote
    """In the text that was given, which has no id."""
    there: Quote


@dataclass(frozen=True, slots=True)
class Known:
    """An article of the desk that tells the same, or holds passages of the text."""

    article: Listed
    alike: float
    """How alike the words of both are, 0 to 1."""
    held: float
    """Share of the text's words in passages that the article has too."""
    holds: float
    """Share of the article's words in them."""
    passages: list[Shared]


@dataclass(frozen=True, slots=True)
class SeenAnswer:
    """What of the desk tells the same as a text. Nothing was stored."""

    notice: str
    story: int | None
    """The story that the text would come into; None where it would begin one of its own."""
    count: int
    """How many versions there are; the list may be shorter."""
    versions: list[Known]


def answer(seen: Seen, texts: dict[str, str]) -> SeenAnswer:
    """Return what was found; ``texts`` are those of the versions, by id."""
    known = [_known(each, seen.text.text, texts) for each in seen.versions[:VERSIONS]]
    return SeenAnswer(NOTICE, seen.story, len(seen.versions), known)


def _known(version: SeenVersion, text: str, texts: dict[str, str]) -> Known:
    name = version.article.id
    shared = [
        Shared(match.kind.value, match.score, quote(text, match.a), quote(texts[name], match.b))
        for match in version.passages[:PASSAGES]
    ]
    return Known(
        listed(version.article, version.story),
        version.alike,
        version.held,
        version.holds,
        shared,
    )


def told(found: SeenAnswer) -> str:
    """Tell it in plain text."""
    if not found.versions:
        return "Not seen: no article of the desk tells the same or shares a passage with it."
    whose = "a story of its own" if found.story is None else f"story {found.story}"
    lines = [NOTICE, "", f"{count(found.count, 'article')} like it; it would come into {whose}"]
    for each in found.versions:
        lines.append(
            f"- {line(each.article)}: {percent(each.held)} of the text stands in it, likeness"
            f" {each.alike:.2f}"
        )
        for shared in each.passages[:2]:
            held = shared.there
            lines.append(f"  > {shared.kind} [{held.start}:{held.end}] {short(held.text, 200)}")
    return "\n".join(lines)
