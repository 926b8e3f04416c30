"""Earlier texts of a version, and what became of their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from markupsafe import Markup
from rapidfuzz.distance import Indel

from retold.labels import count
from retold.model import Article, Revision
from retold.report.html.links import Links
from retold.report.html.naming import label_of, moment, shown
from retold.text import words


class RevisionView(NamedTuple):
    """An earlier text, its words that the latest has no more marked."""

    version: str
    """The version that stands for it."""
    href: str
    """Address of its own page, or nothing."""
    title: Markup
    detail: str
    """When it appeared, and how much of it changed."""
    paragraphs: list[list[tuple[bool, Markup]]]
    """Paragraph by paragraph the pieces of the text, and whether each is gone."""


def revision_views(
    revisions: Iterable[Revision],
    articles: Mapping[str, Article],
    names: Mapping[str, tuple[str, str]],
    links: Links,
) -> list[RevisionView]:
    """Return the earlier texts of the versions that the page names (label and link)."""
    return [
        _view(r.article, articles[r.latest], names[r.latest][0], links.article(r.article))
        for r in revisions
        if r.latest in articles and r.latest in names
    ]


def _view(earlier: Article, latest: Article, version: str, href: str) -> RevisionView:
    old, new = words(earlier.text), words(latest.text)
    gone, added, cut = [], 0, 0
    for code in Indel.opcodes([w.form for w in old], [w.form for w in new]):
        if code.tag != "equal":
            added += code.dest_end - code.dest_start
            cut += code.src_end - code.src_start
            if code.src_end > code.src_start:
                gone.append((old[code.src_start].start, old[code.src_end - 1].end))
    change = f"{count(cut, 'word')} gone since, {count(added, 'word')} new in the latest"
    when = moment(earlier.published or earlier.fetched)
    return RevisionView(
        version,
        href,
        shown(earlier.title or label_of(earlier)[0]),
        f"{when}; {change}" if when else change,
        [pieces for pieces in _paragraphs(earlier.text, gone) if pieces],
    )


def _paragraphs(text: str, gone: list[tuple[int, int]]) -> Iterable[list[tuple[bool, Markup]]]:
    at = 0
    for line in text.split("\n"):
        end, pieces, done = at + len(line), [], at
        for low, high in gone:
            low, high = max(low, at), min(high, end)  # noqa: PLW2901 - within the paragraph
            if low < high:
                pieces += [(False, shown(text[done:low])), (True, shown(text[low:high]))]
                done = high
        if line.strip():
            yield [*pieces, (False, shown(text[done:end]))]
        at = end + 1
