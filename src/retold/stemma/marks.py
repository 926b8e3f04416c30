"""What newsrooms leave in their copy that tells which of two versions came first.

Read once for each version, as every two of them are held against one another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from retold.model import Document, Span

OPENING = 120
"""Characters of a text in which the number of an edition is looked for, beside the title."""

_EDITION = re.compile(
    r"\bUPDATE[ -](?P<update>[1-9]\d?)\b"
    r"|\b(?P<lead>[1-9]\d?)(?:st|nd|rd|th) (?:Ld|Lead|Writethru|Add)\b"
)
_CODE = re.compile(r"<[A-Z][A-Z0-9]{0,5}(?:[.=][A-Z]{1,3})?>")


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one version."""

    edition: int
    """The number of the edition; 0 where it has none."""
    codes: tuple[Span, ...]
    """An agency's codes for machines."""
    days: Mapping[tuple[int, int], Span]
    """The days that it names with their month, and where it names each first."""


def marks(document: Document) -> Marks:
    """Read the marks of a version."""
    article = document.article
    found = _EDITION.search(article.title) or _EDITION.search(article.text[:OPENING])
    days: dict[tuple[int, int], Span] = {}
    for date in document.dates:
        if date.month is not None and date.day is not None:
            days.setdefault((date.month, date.day), date.span)
    codes = tuple(Span(document.id, *m.span()) for m in _CODE.finditer(article.text))
    return Marks(int(found["update"] or found["lead"]) if found else 0, codes, days)
