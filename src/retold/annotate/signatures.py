"""Where a text is signed by an agency: its datelines, bylines, and lines about rights and writers.

Pages print navigation, captions and weather before the text, and an agency's name alone may be that
of a photographer's employer. So a known agency signs a text in a line that can be nothing else:
a dateline, "By", several names before the agency, a writer's title, or the rights at the end.
"""

from __future__ import annotations

import re

from retold.annotate.agencies import CANONICAL, SERVED, SIGNING
from retold.model import CreditForm

Place = tuple[int, int]

HEAD = 3
"""Paragraphs at the start of a text that may carry a dateline or a byline of any agency."""
TITLED = 2
"""Paragraphs at the start of a text in which one name before an agency is the writer's."""
FURNISHED = 20
"""Paragraphs among which one of a known agency is looked for, as furniture may come first."""
LONGEST_DATELINE = 200
"""Characters of a dateline with its agency."""
LONGEST_BYLINE = 160
"""Characters of a line that is no more than a byline."""
WINDOW = 240
"""Characters beside a name at the end of a text that say what it signs."""
TAIL = 6
"""Paragraphs at the end of a text that may say whose the rights are and who contributed."""

DATELINE = re.compile(
    r"[^\n()/]{0,80}?(?:\((?P<a>[A-Z][\w.&’' -]{1,40})\)\s*[-–—―]|/(?P<b>[A-Z][\w -]{1,40})/\.?|"
    r"(?P<c>[A-Z][\w.&’' -]{1,40})\s+[-–—―]{1,2}\s)"
)
_BY = re.compile(r"(?:^|[\s,|•–—-])[Bb](?:y|Y)\s+(?:[Tt]he\s+)?$|^\s*[Bb][Yy]\s[^\n]{0,120}$")
_PICTURE = re.compile(
    r"\b(?:photo|image|picture|video|graphic|illustration|pool|caption)", re.IGNORECASE
)
_NAMES = re.compile(
    r"^\s*(?:[A-Z][\w.’'-]+ ){1,3}[A-Z][\w.’'-]+"
    r"(?:(?:,| and| &|, and) (?:[A-Z][\w.’'-]+ ){1,3}[A-Z][\w.’'-]+)+\s*[,|–—-]?\s*(?:[Tt]he\s+)?$"
)
_ONE_NAME = re.compile(
    r"^\s*(?:[A-Z][\w.’'-]+ ){1,3}[A-Z][\w.’'-]+(?:\s*[,|–—-])?\s+(?:[Tt]he\s+)?$"
)
_DATED = re.compile(r"\s*[•|–—,-]?\s*(?:Published|Updated|Posted)\b")
_TITLE = re.compile(r"\s+(?:[A-Z]\w+\s+){0,2}(?:Writer|Reporter|Correspondent|Editor)s?\b")
_ALONE = re.compile(r"\s*(?:$|[•|])")
_RIGHTS = re.compile(r"(?:©|\([cC]\)|\b[Cc]opyright)[\s©\d,-]*(?:by\s+)?(?:[Tt]he\s+)?$")
_RESERVED = re.compile(r"[Rr]ights [Rr]eserved|may not be (?:published|reproduced|redistributed)")
_WRITERS = re.compile(
    r"\s+(?:\w+\s+){0,2}(?:writer|reporter|journalist|correspondent)s?\b[^\n]{0,200}"
    r"\b(?:contributed|reported from)\b"
)


def signatures(text: str) -> dict[Place, CreditForm]:
    """Return where a text is signed, and in what form."""
    paragraphs = _paragraphs(text)
    found: dict[Place, CreditForm] = {}
    for number, (start, end) in enumerate(paragraphs[:FURNISHED]):
        place = _dateline(text, start, end, any_agency=number < HEAD)
        if place:
            found[place] = CreditForm.DATELINE
        if end - start <= LONGEST_BYLINE:
            names = [m.span() for m in SIGNING.finditer(text, start, end)]
            # the agency comes last: "ANSA MERROW, Reuters" has a name in capitals before it
            if names and _signs(text, start, end, names[-1], number):
                found.setdefault(names[-1], CreditForm.BYLINE)
    for start, end in paragraphs[-TAIL:]:
        for name in SIGNING.finditer(text, start, end):
            before = text[max(start, name.start() - WINDOW) : name.start()]
            after = text[name.end() : min(end, name.end() + WINDOW)]
            rights = _RIGHTS.search(before) and _RESERVED.search(after)
            if rights or _WRITERS.match(after):
                found.setdefault(name.span(), CreditForm.BYLINE)
                break
    return found


def _paragraphs(text: str) -> list[Place]:
    """The lines that have words."""
    spans: list[Place] = []
    position = 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((position, position + len(line)))
        position += len(line) + 1
    return spans


def _dateline(text: str, start: int, end: int, *, any_agency: bool) -> Place | None:
    """Return the agency of a paragraph's dateline: "CITY (AP) —", "CITY, March 3. /TASS/."."""
    match = DATELINE.match(text, start, min(end, start + LONGEST_DATELINE))
    if match is None:
        return None
    group = next(g for g in ("a", "b", "c") if match[g])
    words = match[group].strip()
    known = words in CANONICAL or words in SERVED
    if not known and not (any_agency and group == "a"):
        return None
    if not any_agency and group == "c":
        return None
    return match.start(group), match.start(group) + len(words)


def _signs(text: str, start: int, end: int, name: Place, number: int) -> bool:
    """Say whether a known agency's name in a short line at the start signs the text."""
    before, after = text[start : name[0]], text[name[1] : end]
    if _PICTURE.search(text, start, end) or after.rstrip().endswith((".", "?", "!")):
        return False
    if _BY.search(before) or _NAMES.match(before) or _TITLE.match(after):
        return True
    if _ONE_NAME.match(before):
        # right below the title it is the writer; further down, or in initials, perhaps a picture's
        written_out = not text[name[0] : name[1]].isupper()
        below_title = number < TITLED and written_out and not after.strip()
        return below_title or bool(_DATED.match(after))
    return before.strip() in ("", "The", "the") and number < HEAD and bool(_ALONE.match(after))
