"""Asides: what stands in the text but shows no derivation.

Embedded posts, captions, lists of links and standing phrases of the site are printed by everybody;
versions that share them share no text of the story. They are marked, never removed.
"""

from __future__ import annotations

import re

from retold.model import Aside, AsideKind, Document, Span

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_POST = re.compile(
    r"(?:—|–|―|--|&mdash;)\s?[^\n()]{1,60}\(@\w{1,30}\)"
    r"|\bpic\.(?:twitter|x)\.com/\w+"
    rf"|\(@\w{{1,30}}\)\s*[,·|-]?\s*(?:\d{{1,2}}\s)?{_MONTH}\.?\s\d"
    r"|^\s*(?:View this post on|A post shared by|Embedded (?:post|tweet|video))\b"
)
_CAPTION = re.compile(
    r"^\s*(?:FILE\s?(?:PHOTO)?\s?[-–—:]|(?:FILE|File)\s+(?:photo|picture|image)\b|"
    r"(?:Photo|PHOTO|Picture|Image|Caption|Video|WATCH|Illustration|Graphic)(?:\s+(?:by|credit|courtesy))?\s?[:/|]|"
    r"Photo\s+(?:by|credit|courtesy)\b|Image\s+credit\b)"
    r"|\([^()\n]{0,80}?(?:Photo|photo|PHOTO|Image|image|Picture|picture)s?\b[^()\n]{0,80}\)\s*$"
    r"|(?:Getty Images|Shutterstock|iStock|AFP Photo|AP Photo|EPA-EFE|Reuters Pictures)"
    r"[^\n.]{0,40}[)\].]?\s*$"
    r"|\([A-Z][\w. ’'-]{1,40}/[A-Z][\w. ’'/-]{1,40}\)\s*$"
)
_INLINE_CAPTION = re.compile(
    r"\((?:(?:File )?(?:[Pp]hoto|PHOTO|Image|Picture)s?\b|Credit:)[^()\n]{0,160}\)"
    r"|\[(?:(?:File )?(?:[Pp]hoto|PHOTO|Image|Picture)s?\b|Credit:)[^\[\]\n]{0,160}\]"
)
_BOILERPLATE = re.compile(
    r"^\W{0,4}(?:(?:This|The) (?:story|article|report|post|piece|page) "
    r"(?:has been|was|is being|will be) "
    r"(?:updated|corrected|amended|edited|published|originally|first|auto|generated|translated|produced)"
    r"|(?:Editor[’']?s?[’']? note|Correction|Update|Clarification|Disclaimer)s?\s?[:(]"
    r"|(?:The )?Associated Press (?:writers?|reporters?|journalists?)\b"
    r"|(?:Additional |With )?[Rr]eporting (?:by|from)\b|Edit(?:ed|ing) by\b|Writing by\b"
    r"|Translated (?:by|from)\b|Copyright\b|©|\(c\)\s|All rights reserved"
    r"|About the (?:author|writer)|Follow (?:us|him|her|them|@|[A-Z]\w+ on)\b|Contact (?:the|us)\b"
    r"|(?:Sign up|Subscribe|Click here|Tap here|Download) (?:for|to|our|now|the)\b"
    r"|Get (?:the latest|our|more)\b|Support (?:our|independent)\b"
    r"|Share this\b|Join the conversation)"
    r"|\bcontributed to this (?:report|story|article)\b"
    r"|\bmay not be (?:published|reproduced), (?:broadcast|rewritten|published)"
)
_AUTHOR = re.compile(
    r"^[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,3},? (?:is|was) (?:a|an|the) [^\n]{0,160}?"
    r"\b(?:columnist|reporter|correspondent|editor|contributor|staff writer|freelance|journalist)\b"
    r"[^\n]{0,160}$"
)
_LINK = re.compile(
    r"^\W{0,4}(?:(?:READ|Read|SEE|See|MORE|More|WATCH|Watch|RELATED|Related|ALSO|Also|LISTEN|Listen)"
    r"(?: (?:ALSO|also|MORE|more|NEXT|next|HERE|here|ON|on|stories|articles|coverage|"
    r"news|from))*\s?[:>»|]"
    r"|https?://\S+\s*$|www\.\S+\s*$)"
)
_BULLET = re.compile(r"^\s*[•·▪►▶*»>–-]\s+\S")
LONGEST_LINK = 120
"""Characters of an item in a list of links; a longer item is text of its own."""
LONGEST_POST = 400
"""Characters of a paragraph that is taken as an embedded post as a whole."""
LONGEST_CAPTION = 500
"""Characters of a paragraph that a credit at its end makes a caption."""


def find_asides(document: Document) -> tuple[Aside, ...]:
    """Return the asides of an article, sorted, without overlap."""
    text = document.article.text
    found: list[tuple[int, int, AsideKind]] = []
    items: list[tuple[int, int]] = []
    paragraphs = _paragraphs(text)
    for start, end in paragraphs:
        kind = _kind(text[start:end], last=(start, end) == paragraphs[-1])
        if kind is AsideKind.LIST and _BULLET.match(text[start:end]):
            items.append((start, end))
            continue
        found.extend(_listed(items))
        items = []
        if kind:
            found.append((start, end, kind))
        else:
            found.extend(
                (m.start(), m.end(), AsideKind.CAPTION)
                for m in _INLINE_CAPTION.finditer(text, start, end)
            )
    found.extend(_listed(items))
    return tuple(Aside(Span(document.id, s, e), kind) for s, e, kind in sorted(found))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Lines with words, trimmed."""
    spans, position = [], 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            start = position + len(line) - len(line.lstrip())
            spans.append((start, start + len(bare)))
        position += len(line) + 1
    return spans


def _kind(paragraph: str, *, last: bool) -> AsideKind | None:
    """What sort of aside a paragraph is as a whole; None where it is text."""
    if len(paragraph) <= LONGEST_POST and _POST.search(paragraph):
        return AsideKind.EMBEDDED_POST
    if len(paragraph) <= LONGEST_CAPTION:
        if _BOILERPLATE.search(paragraph):
            return AsideKind.BOILERPLATE
        if last and _AUTHOR.match(paragraph):
            return AsideKind.BOILERPLATE
        if _CAPTION.search(paragraph):
            return AsideKind.CAPTION
    if len(paragraph) <= LONGEST_LINK:
        if _LINK.match(paragraph):
            return AsideKind.LIST
        if _BULLET.match(paragraph) and paragraph[-1] not in '.!?”"’':
            return AsideKind.LIST
    return None


def _listed(items: list[tuple[int, int]]) -> list[tuple[int, int, AsideKind]]:
    """Bulleted lines without a full stop are a list of links when three or more stand together."""
    return [(s, e, AsideKind.LIST) for s, e in items] if len(items) >= 3 else []
