"""Whether an entry holds its article or only a teaser, and the article of one that does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from retold._version import __version__
from retold.config import FeedConfig, ReadConfig
from retold.feeds.values import Entry
from retold.model import Article, Cut, CutKind, Rejected
from retold.read.compose import compose
from retold.read.fields import Raw
from retold.read.page import fragment_text

EXTRACTOR = f"retold-feed {__version__}"
SOURCE = "feed"
"""What ``published_source`` says of a date that the feed gave."""

_CUT_OFF = re.compile(
    r"""(?:\.\.\.|…|[\[(](?:\.\.\.|…|more|read\ more)[\])])
    \s*(?:(?:continue|keep|read)\s.{0,80})?[\s»›→>]*$""",
    re.IGNORECASE | re.VERBOSE,
)
"""The end of a text that was cut: an ellipsis, with or without an invitation to read on."""
_READ_ON = re.compile(
    r"""(?:continue\ reading|keep\ reading|read\ (?:more|on|(?:the\ )?(?:full|whole|rest|entire)\b)
    |(?:the\ )?full\ (?:story|article|report))\b.{0,120}""",
    re.IGNORECASE | re.VERBOSE,
)
"""A paragraph that invites to read the rest elsewhere."""
_FOOTER = re.compile(
    r"the (?:post|article|entry) .{1,300} (?:first appeared|appeared first) on .{1,120}",
    re.IGNORECASE,
)
"""What the commonest makers of feeds put below each entry."""


@dataclass(frozen=True, slots=True)
class Own:
    """What a feed itself gives of an entry's text."""

    text: str
    """Paragraphs, parted by empty lines."""
    words: int
    whole: bool
    """Whether it is the article, as far as can be told."""
    cut_off: bool = False
    """Whether it plainly is a beginning only."""
    cuts: tuple[Cut, ...] = ()


def own_text(entry: Entry, config: FeedConfig) -> Own:
    """Return what an entry gives of its text, and whether that is all.

    It is no more than a teaser where it is short, ends in an ellipsis or invites to read on.
    """
    content, summary = _paragraphs(entry.content), _paragraphs(entry.summary)
    least = config.min_whole_words
    if sum(map(len, summary)) > sum(map(len, content)):
        content, least = summary, config.min_summary_words
    cuts: list[Cut] = []
    cut_off = False
    while content:
        if _FOOTER.fullmatch(content[-1]):
            cuts.append(Cut(CutKind.READ_ALSO, content.pop()))
        elif _READ_ON.fullmatch(content[-1]):
            cut_off = True
            cuts.append(Cut(CutKind.READ_ALSO, content.pop()))
        else:
            break
    cut_off = cut_off or bool(content and _CUT_OFF.search(content[-1]))
    words = sum(len(paragraph.split()) for paragraph in content)
    return Own(
        "\n\n".join(content), words, words >= least and not cut_off, cut_off, tuple(cuts[::-1])
    )


def _paragraphs(markup: str) -> list[str]:
    if not markup.strip():
        return []
    return [line for line in map(str.strip, fragment_text(markup).split("\n\n")) if line]


def article(
    own: Own,
    *,
    title: str,
    outlet: str,
    byline: str,
    url: str,
    published: datetime | None,
    fetched: datetime,
    source: str,
    remarks: tuple[str, ...],
    config: ReadConfig,
) -> Article | Rejected:
    """Make the article of what a feed gives, or say why it cannot be one.

    The language is told from the text: what feeds say of it is often their program's default.
    """
    raw = Raw(
        text=own.text,
        title=title,
        outlet=outlet,
        byline=byline,
        url=url,
        published=published,
        published_source=SOURCE if published else "",
        fetched=fetched,
        extractor=EXTRACTOR,
        cuts=own.cuts,
        remarks=remarks,
    )
    return compose(raw, source, config)
