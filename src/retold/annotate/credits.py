"""Credits: the agencies and outlets that an article names as its source.

A name alone is no credit: it has to stand in a dateline, in the byline, with a verb of
publishing, or after a phrase such as "according to". A credit inside a caption is the picture's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from retold.annotate.agencies import CANONICAL, KNOWN, OUTLET_WORDS, SERVED, WEAK_OUTLET_WORDS
from retold.annotate.asides import find_asides
from retold.annotate.signatures import DATELINE, LONGEST_DATELINE, signatures
from retold.model import AsideKind, Credit, CreditForm, Document, NameKind, Span

_CAPITALISED = r"[A-Z][\w&’'.]*(?:-[A-Z]\w*)?"
_NAME = re.compile(
    rf"(?<![\w@#])(?:[Tt]he[ ])?{_CAPITALISED}(?:[ ](?:of[ ]|and[ ]|&[ ])?{_CAPITALISED}){{0,6}}"
)
_BEFORE = re.compile(
    r"(?:\b(?P<first>(?:first|originally)\s+(?:published|appeared|posted|reported)\s+(?:in|by|on|at))"
    r"|\breport(?:ed|ing)?\s+(?:by|from|in)|\breports\s+(?:by|from|in|of)|\bquoted\s+(?:by|in)"
    r"|\bcited\s+(?:by|in)|\bpublished\s+(?:by|in)|\bcarried\s+by|\bobtained\s+by|\bseen\s+by"
    r"|\baccording\s+to|\b(?:via|citing|quoting)|\bsource:|\b(?P<told>told|tells|telling"
    r"|as\s+told\s+to|interview\s+(?:with|to|by|in)|statement\s+to|speaking\s+to|spoke\s+to))\s+"
    r"(?:(?:the|a|an|its|reports?|story|article|data|accounts?|from|by|in|of|state(?:-run|-owned)?|"
    r"local|official|national|russian|ukrainian|chinese|german|french|british|american|news|wire|"
    r"agency|agencies|newspaper|broadcaster|outlet|website|service|daily|weekly|magazine|[A-Za-z]+[’']s)"
    r"\s+){0,6}[“‘\"']?$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"\b(?:(?:[Ww]ith|[Aa]dditional) reporting (?:by|from)"
    r"|(?P<first>(?:[Ff]irst|[Oo]riginally) (?:published|appeared) (?:in|by|on|at)))\s(?:the\s)?"
)
_AFTER = re.compile(
    r"[”’\"']?(?:[’']s?)?,?\s+(?:(?:news\s+agency|agency|newspaper|news|service|broadcaster|website|"
    r"correspondents?|journalists?|on\s+\w+day|first|also|later|earlier|has|have|had|had\s+earlier|"
    r"previously)\s+){0,3}"
    r"(?P<verb>reported|reports|writes|wrote|published|revealed|contributed\s+to\s+this|"
    r"(?:said|says|quoted|quotes|cited|cites|noted|notes|added|adds|announced|claimed|claims|"
    r"learned|understands|broke)\b)"
)
_REPORTING = frozenset(("reported", "reports", "published", "wrote", "writes", "revealed"))
_PHOTO_NEAR = re.compile(
    r"(?:photos?|picture|image|illustration|graphic|video|pool)\W{0,3}(?:by|from|via|credit|courtesy)?"
    r"[\s:(/]{0,4}$|(?:photos?\s+by|credit:|image:|photo:)[^\n]{0,40}$",
    re.IGNORECASE,
)
_PHOTO_AFTER = re.compile(
    r"\s*(?:/|via\s)?\s*(?:photos?|images?|pictures)\b|\s?/\s?[A-Z]", re.IGNORECASE
)
_PLACED = re.compile(
    r"(?=[A-Z]{3}|[A-Z .]{5})[A-ZÀ-Þ][A-ZÀ-Þ .’'-]*(?:,[^—–\n“”\"]{1,40}?)?\s*(?:—|–|--|\s-\s)\s*"
    r"(?=[“\"‘']?[A-ZÀ-Þ0-9])"
)
"""A dateline without an agency: a place in capitals, perhaps its region and the day, and a dash."""
_WINDOW = 120
"""Characters before and after a name that are searched for what makes it a credit."""


def find_credits(document: Document) -> tuple[Credit, ...]:
    """Return the credits of an article, by place; those of the byline field first."""
    text, name = document.article.text, document.id
    captions = [a.span for a in find_asides(document) if a.kind is AsideKind.CAPTION]
    starts = [s.start for s in captions]
    head = signatures(text)
    head |= {place: form for place, form in _thanked(document) if place not in head}
    found = [(s, e, form) for (s, e), form in head.items()]
    reached = 0
    for start, end, known in _candidates(text):
        if start < reached or any(s < end and start < e for s, e in head):
            continue
        form = _form(text, start, end, known=known)
        own = _is_own(canonical(text[start:end]), document.article.outlet)
        if form and (known or not own):
            found.append((start, end, form))
            reached = end
    credited = []
    for start, end, form in sorted(found):
        place = bisect_right(starts, start) - 1
        inside = place >= 0 and captions[place].end > start
        agency = canonical(text[start:end])
        if agency:
            what = CreditForm.PHOTO if inside else form
            credited.append(Credit(Span(name, start, end), agency, what))
    return (*_byline_field(document), *credited)


def after_dateline(text: str, start: int, end: int) -> int:
    """Where the text begins after the dateline at ``start``; ``start`` where there is none."""
    if start and text[start - 1] != "\n":
        return start
    stop = min(end, start + LONGEST_DATELINE)
    match = DATELINE.match(text, start, stop)
    if match is None or not (match["a"] or match["b"] or match["c"].strip() in CANONICAL):
        match = _PLACED.match(text, start, stop)
    return match.end() if match is not None and match.end() < end else start


def canonical(words: str) -> str:
    """The name by which an agency or outlet is known: aliases joined, the article dropped."""
    words = " ".join(words.split()).strip(" .,’'")
    for ending in ("’s", "'s"):
        words = words.removesuffix(ending)
    bare = re.sub(r"^[Tt]he\s+", "", words)
    known = CANONICAL.get(words) or CANONICAL.get(bare) or SERVED.get(bare)
    return known or bare


def _is_own(agency: str, outlet: str) -> bool:
    """Say whether the name is the article's own outlet's ("told the Courier")."""
    return bool(outlet) and agency.split() == outlet.split()[-len(agency.split()) :]


def _candidates(text: str) -> list[tuple[int, int, bool]]:
    """Known agencies, and names that look like an outlet's."""
    found = [(m.start(), m.end(), True) for m in KNOWN.finditer(text)]
    known = {start for start, _, _ in found}
    for match in _NAME.finditer(text):
        words = match.group().rstrip(".’'").removesuffix("’s").removesuffix("'s").split()
        last = max(
            (i for i, w in enumerate(words) if w in OUTLET_WORDS | WEAK_OUTLET_WORDS), default=-1
        )
        if last < 0:
            continue
        start = match.start()
        if words[0] in ("the", "The"):
            start += len(words[0]) + 1
        end = match.start() + len(" ".join(words[: last + 1]))
        if end <= len(text) and not any(start <= k < end for k in _near(known, start, end)):
            found.append((start, end, False))
    return sorted(found)


def _near(known: set[int], start: int, end: int) -> list[int]:
    return [k for k in range(start, end) if k in known]


def _form(text: str, start: int, end: int, *, known: bool) -> CreditForm | None:
    """What makes the name at ``text[start:end]`` a credit, if anything does."""
    left = text[max(0, start - _WINDOW) : start].rpartition("\n")[2]
    right = text[end : end + _WINDOW].partition("\n")[0]
    if _PHOTO_NEAR.search(left[-60:]) or (known and _PHOTO_AFTER.match(right)):
        return CreditForm.PHOTO if known else None
    before = _BEFORE.search(left)
    weak = not known and text[start:end].rsplit(maxsplit=1)[-1] in WEAK_OUTLET_WORDS
    if before:
        if before["first"]:
            return CreditForm.FIRST_PUBLISHED
        if weak and before.group().lower().startswith(
            ("according", "statement", "spoke", "citing")
        ):
            return None
        return CreditForm.TOLD if before["told"] else CreditForm.REPORTED
    bare = re.search(r"(?:[Ww]ith|[Aa]dditional)\s+reporting\s+(?:by|from)\s[^\n]{0,100}$", left)
    if bare:
        return CreditForm.REPORTED
    after = _AFTER.match(right)
    if after is None:
        return None
    strong = after["verb"] in _REPORTING or after["verb"].startswith("contributed")
    return CreditForm.REPORTED if known or strong or not weak else None


def _thanked(document: Document) -> list[tuple[tuple[int, int], CreditForm]]:
    """Names of any look after words that only introduce a source ("With reporting by ...")."""
    text = document.article.text
    others = {n.span.start for n in document.names if n.kind in (NameKind.PERSON, NameKind.PLACE)}
    found = []
    for match in _THANKS.finditer(text):
        name = _NAME.match(text, match.end())
        person = name and (name.start() in others or len(name.group().split()) == 2)
        if name and (not person or canonical(name.group()) in CANONICAL.values()):
            start = name.end() - len(re.sub(r"^[Tt]he ", "", name.group()))
            first = match["first"] is not None
            form = CreditForm.FIRST_PUBLISHED if first else CreditForm.REPORTED
            place = start, start + len(text[start : name.end()].rstrip(".’'"))
            found.append((place, form))
    return found


def _byline_field(document: Document) -> list[Credit]:
    """Agencies and other outlets named in the byline field; they have no place in the text."""
    byline, place = document.article.byline, Span(document.id, 0, 0)
    names = {canonical(m.group()) for m in KNOWN.finditer(byline)}
    for start, end, known in _candidates(byline):
        agency = canonical(byline[start:end])
        strong = (
            byline[start:end].split()[-1] in OUTLET_WORDS and len(byline[start:end].split()) > 1
        )
        if not known and strong and not _is_own(agency, document.article.outlet):
            names.add(agency)
    return [Credit(place, agency, CreditForm.BYLINE) for agency in sorted(names)]


def join_credits(documents: Sequence[Document]) -> list[Document]:
    """Name an outlet alike in the whole pile: "the Courier" is the one Courier that the pile knows.

    A short name joins the only longer one, among the credited and the outlets of the pile, that
    begins or ends with its words. A short name that is itself an outlet of the pile, or that fits
    several, stays as it is. Independent of the order of the documents.
    """
    outlets = {d.article.outlet for d in documents if d.article.outlet}
    known = sorted({c.agency for d in documents for c in d.credits} | outlets)
    full = {}
    for short in known:
        words = short.split()
        longer = {
            name
            for name in known
            if len(own := name.removeprefix("The ").split()) > len(words)
            and words in (own[: len(words)], own[-len(words) :])
        }
        if len(longer) == 1 and short not in outlets:
            full[short] = min(longer)
    return [
        replace(
            d, credits=tuple(replace(c, agency=full.get(c.agency, c.agency)) for c in d.credits)
        )
        for d in documents
    ]
