"""What stands before the body of a plain text: title line, byline, date line, labelled lines.

Datelines ("TARN, 3 May (Agency) -") are part of the body.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from retold.model import Cut, CutKind
from retold.read import dates
from retold.read.furniture import is_prose
from retold.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retold.config import ReadConfig
    from retold.read.fields import Raw

_LABEL = re.compile(
    r"(?P<label>title|headline|by|byline|author|authors|written by|source|outlet|publisher|"
    r"publication|url|link|date|published(?: (?:on|at))?|publication date|posted(?: on)?|language)"
    r"\s?:\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_FIELD = {
    "title": "title", "headline": "title", "by": "byline", "byline": "byline", "author": "byline",
    "authors": "byline", "written by": "byline", "source": "outlet", "outlet": "outlet",
    "publisher": "outlet", "publication": "outlet", "url": "url", "link": "url",
    "date": "published",
    "published": "published", "published on": "published", "published at": "published",
    "publication date": "published", "posted": "published", "posted on": "published",
    "language": "language",
}  # fmt: skip
_BY = re.compile(r"(?:by|written by|reported by)\s+(?P<names>[^\W\d_].*)", re.IGNORECASE)
_SMALL = frozenset(
    [
        "and", "of", "for", "the", "in", "at", "with", "de", "del", "della", "da", "di", "van",
        "von", "der", "den", "la", "le", "al", "el", "bin", "ben",
    ]
)  # fmt: skip
_DATED = re.compile(
    r"(?:(?:first )?(?:published|posted|date|issued)(?: on| at)?\s*:?\s*)?(?P<date>.{6,80})",
    re.IGNORECASE,
)
_TERMINAL = re.compile(r"""[.;,:…]["'”’»)\]]*$|[-–—]$""")
_CALLS = re.compile(r"""[!?]["'”’»)\]]*$""")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}$")
_DATELINE = re.compile(
    r"[A-Z][A-Z .'/-]{2,40}(?:, [^–—]{1,40})?(?: \([^()]{2,30}\))? ?(?:--|[-–—]) "
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}\b|^[-–—•]")
_STANDFIRST = 40
"""Words of a standfirst at most."""
_HEAD = 8
"""Paragraphs among which the lines before the body are looked for."""


def read_head(raw: Raw, body: Sequence[str], config: ReadConfig) -> tuple[Raw, list[str]]:
    """Move the lines before the body from ``body`` into the fields that ``raw`` still lacks.

    Returns the fields and the paragraphs of the body. A title line is taken only as the first
    paragraph; labelled lines, bylines and dates only among the first few and before any sentence.
    """
    rest = list(body)
    kept: list[str] = []
    for _ in range(_HEAD):
        if not rest:
            break
        line = rest[0]
        if raw.title and _same(line, raw.title):
            rest.pop(0)
        elif (labelled := _labelled(raw, line)) is not None:
            raw = labelled
            rest.pop(0)
        elif (moved := _byline_or_date(raw, line)) is not None:
            raw = moved
            rest.pop(0)
        elif not raw.title and not kept and is_title(rest, config):
            raw = replace(raw, title=line)
            rest.pop(0)
        elif raw.title and not kept and line.count(" ") < _STANDFIRST:
            kept.append(rest.pop(0))  # a standfirst: what follows may still be the byline
        else:
            break
    return raw, kept + rest


def _same(one: str, other: str) -> bool:
    return squeeze(one).casefold() == squeeze(other).casefold()


def _labelled(raw: Raw, line: str) -> Raw | None:
    match = _LABEL.fullmatch(line) if len(line) <= 500 else None
    if match is None:
        return None
    field = _FIELD[" ".join(match["label"].casefold().split())]
    value = match["value"].strip()
    if field == "url" and not re.match(r"https?://|www\.", value):
        return None
    if field == "published":
        if dates.parse(value).moment is None:
            return None
        return _dated(raw, line, value, match["label"].casefold())
    if field == "outlet" and len(value.split()) > 8:
        return None
    if held := getattr(raw, field):
        return raw if _same(held, value) else None
    given: dict[str, Any] = {field: value}
    return replace(raw, **given)


def _byline_or_date(raw: Raw, line: str) -> Raw | None:
    if len(line) > 120:
        return None
    match = _BY.fullmatch(line)
    if match is not None:
        names, said = dates.split(match["names"])
        names = names.strip(" ,;|•·–—-")
        if not _names(names) or (raw.byline and not _same(names, raw.byline)):
            return None
        raw = replace(raw, byline=raw.byline or names)
        return _dated(raw, line, said, "byline") if said else raw
    match = _DATED.fullmatch(line)
    if match is not None and re.search(r"\d{4}", line) and dates.parse(match["date"]).moment:
        return _dated(raw, line, match["date"], "date line")
    return None


def _dated(raw: Raw, line: str, said: str, origin: str) -> Raw:
    """Take a date, or cut its line where the date is known already."""
    if raw.published is None:
        return replace(raw, published=said, published_source=origin)
    return replace(raw, cuts=(*raw.cuts, Cut(CutKind.NAVIGATION, line)))


def _names(line: str) -> bool:
    """Say whether a line holds nothing but names, as a byline does."""
    words = re.findall(r"[^\W\d_][\w'’.-]*", line)
    if (
        not 1 <= len(words) <= 14
        or re.search(r"[.!?:;]$", line.rstrip("| "))
        or '"' in line
        or "“" in line
    ):
        return False
    return words[0][0].isupper() and all(w[0].isupper() or w in _SMALL for w in words)


def is_title(paragraphs: Sequence[str], config: ReadConfig) -> bool:
    """Say whether the first of these paragraphs is a title line and no first sentence.

    A title line is short, ends without a full stop and stands before a body; and it is set in title
    case, or is much shorter than the paragraph after it.
    """
    if len(paragraphs) < 2:
        return False
    line = paragraphs[0]
    # a standfirst or a credit may stand between the title and the first sentences
    following = next(filter(is_prose, paragraphs[1 : 1 + _HEAD]), paragraphs[1])
    words = line.split()
    if not 2 <= len(words) <= config.max_title_words or len(line) > 12 * config.max_title_words:
        return False
    if (
        _DATELINE.match(line)
        or _CLOCK.search(line)
        or (_TERMINAL.search(line) and not _INITIALS.search(line))
    ):
        return False
    if not any(map(str.isalpha, line)) or line.lstrip("\"'“‘«")[:1].islower():
        return False
    if title_case(words):
        return True
    if _CALLS.search(line):
        return len(words) <= 15 and len(following) >= 3 * len(line)
    return 2 * len(line) <= len(following) or is_prose(following)


def title_case(words: Sequence[str]) -> bool:
    """Say whether most words of four letters or more begin with a capital."""
    long = [w.lstrip("\"'“‘«(") for w in words if sum(map(str.isalpha, w)) >= 4]
    return len(long) >= 2 and sum(w[:1].isupper() for w in long) >= 0.7 * len(long)
