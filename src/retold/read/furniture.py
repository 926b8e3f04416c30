"""Site furniture in a list of paragraphs: what it is, and what is article text after all.

A paragraph is furniture where it *opens* with a formula by which sites speak to their readers
("Your email address will not be published"), or where it holds nothing but the labels of a share
bar or a menu. Formulae are anchored, so an article about cookies keeps its sentences about
cookies; a paragraph that quotes or reports ("... ," said the mayor) is article text whatever it
opens with, unless the formula ends in a colon or stands alone. Labels that are also words of a text
("today", "More") count only before the first and after the last paragraph of sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from retold.model import Cut, CutKind
from retold.read.phrases import (
    BOX_HEADS,
    EDGE_LABELS,
    GLUED,
    NAVIGATION_LABELS,
    SECTION_LABELS,
    SHARE_LABELS,
    Formula,
    any_formula,
    formulae,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TOKEN = re.compile(r"[^\s|•·/,;:()\[\]»›>+&–—]+")
_LONGEST_LABEL = max(map(len, SHARE_LABELS))
_CRUMBS = re.compile(r"(?:home|front ?page|start)\s*[>»›/|→]\s*\S", re.IGNORECASE)
_SENTENCE = re.compile(r"""[.!?…]["'”’»)\]]*$""")
_QUOTED = re.compile(r"[“\"«„][^“”\"«»„]{12,}[”\"»“]|(?<!\w)[‘'][^‘’']{12,}[’'](?!\w)")
_OPENS_QUOTED = re.compile(r"[“\"«„‘'‚]")
_REPORTS = re.compile(
    r"\b(?:said|says|told|according to|reported|announced|wrote|writes|argued|warned|explained|"
    r"added|stated|claimed|asked|which (?:is|was|were|are|has|had)|who (?:is|was|has|had))\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"by\s+[A-Z]", re.IGNORECASE)
_LONG = 70
"""Words beyond which no formula of furniture runs; such paragraphs are article text."""
_LONG_CHARACTERS = 12 * _LONG
"""The same in code points: twelve a word are half as many again as English has."""
_BOX_ITEMS = 12
"""Headlines that a "read also" box lists at most."""
_BOX_WORDS = 22
"""Words of a headline in such a box at most."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """The paragraphs that are left, and what was cut, in order."""

    paragraphs: tuple[str, ...]
    cuts: tuple[Cut, ...]


def kind_of(paragraph: str) -> CutKind | None:
    """Return what sort of furniture a paragraph is wherever it stands; None for article text."""
    if len(paragraph) <= _LONG_CHARACTERS:
        return _kind_of_short(paragraph)
    return None if any(map(str.isalnum, paragraph)) else CutKind.NAVIGATION


@lru_cache(maxsize=4096)  # the furniture of a site is the same on each of its pages
def _kind_of_short(paragraph: str) -> CutKind | None:
    text = " ".join(paragraph.replace("\u00ad", "").replace("’", "'").split())
    count = text.count(" ") + 1
    if not any(c.isalnum() for c in text):
        return CutKind.NAVIGATION
    if count > _LONG or _OPENS_QUOTED.match(text):
        return None
    if any_formula().match(text) is None:
        return _labels(text, count)
    for formula in formulae():
        if count <= formula.words and (match := formula.pattern.match(text)):
            return None if _is_prose(text, match.end(), formula) else formula.kind
    return _labels(text, count)


def _is_prose(text: str, end: int, formula: Formula) -> bool:
    """Say whether a text that opens with a formula goes on to quote or report something."""
    if formula.sure or end >= len(text) - 1 or text[end - 1] in ":|»>*":
        return False
    return _REPORTS.search(text) is not None or _QUOTED.search(text) is not None


def _labels(text: str, count: int) -> CutKind | None:
    """Recognise bars and menus: paragraphs of nothing but labels."""
    if count > 20:
        return None
    if _CRUMBS.match(text) and not _SENTENCE.search(text):
        return CutKind.NAVIGATION
    tokens = [t.casefold() for t in _TOKEN.findall(text)]
    if not tokens or _SENTENCE.search(text):
        return None
    counted = [0 if t.isdigit() else _count_labels(t) for t in tokens]
    if None not in counted:
        return CutKind.SHARE_BAR if sum(filter(None, counted)) >= 2 else None
    return CutKind.NAVIGATION if text.casefold() in NAVIGATION_LABELS else None


def _count_labels(token: str) -> int | None:
    """Return how many share labels make up a token ("facebooktwitter": 2); None for other words."""
    place = count = 0
    while place < len(token):
        ends = range(min(len(token), place + _LONGEST_LABEL), place, -1)
        end = next((e for e in ends if token[place:e] in SHARE_LABELS), 0)
        # run-together labels of one letter ("x") would make a bar of any word
        if not end or (end - place < 3 and len(token) > end - place):
            return None
        place, count = end, count + 1
    return count


def _edge_kind(paragraph: str) -> CutKind | None:
    """Return the kind of a label that is furniture only at the head or tail of a page."""
    text = " ".join(paragraph[:200].replace("’", "'").split()).casefold().strip(" .:|•")
    return next((kind for kind, pattern in EDGE_LABELS if pattern.fullmatch(text)), None)


def is_prose(paragraph: str) -> bool:
    """Say whether a paragraph has the shape of sentences: eight words or more, and an end."""
    text = paragraph.rstrip()
    return paragraph.count(" ") >= 7 and _SENTENCE.search(text[-12:]) is not None


def clear(paragraphs: Sequence[str]) -> Cleared:
    """Take site furniture out of a page's or a text's paragraphs, in one pass over them."""
    kinds = [kind_of(paragraph) for paragraph in paragraphs]
    _repeated(paragraphs, kinds)
    prose = [i for i, p in enumerate(paragraphs) if kinds[i] is None and is_prose(p)]
    if prose:
        first, last = prose[0], prose[-1]
        for i in range(first):
            if SECTION_LABELS.match(paragraphs[i].lstrip()):
                kinds[i] = None
        for i in (*range(first), *range(last + 1, len(paragraphs))):
            kinds[i] = kinds[i] or _edge_kind(paragraphs[i])
    _stacks(paragraphs, kinds)
    _boxes(paragraphs, kinds, prose[0] if prose else 0)
    left: list[str] = []
    cuts: list[Cut] = []
    for paragraph, kind in zip(paragraphs, kinds, strict=True):
        if kind is None:
            left.append(paragraph)
        else:
            cuts.append(Cut(kind, paragraph))
    return Cleared(*_unglue(left, cuts))


def _repeated(paragraphs: Sequence[str], kinds: list[CutKind | None]) -> None:
    """Cut labels that stand on a page three times or more: buttons of something that is listed."""
    labels = [
        _edge_kind(p) if len(p) <= 40 and k is None else None
        for p, k in zip(paragraphs, kinds, strict=True)
    ]
    counts = Counter(p.casefold() for p, label in zip(paragraphs, labels, strict=True) if label)
    for i, label in enumerate(labels):
        if label and counts[paragraphs[i].casefold()] >= 3:
            kinds[i] = label


def _stacks(paragraphs: Sequence[str], kinds: list[CutKind | None]) -> None:
    """Cut share labels that stand one under the other, two or more."""
    label = [p.strip().casefold() in SHARE_LABELS for p in paragraphs]
    for i, found in enumerate(label):
        if (
            found
            and kinds[i] is None
            and (label[i - 1 : i] == [True] or label[i + 1 : i + 2] == [True])
        ):
            kinds[i] = CutKind.SHARE_BAR


def _boxes(paragraphs: Sequence[str], kinds: list[CutKind | None], start: int) -> None:
    """Cut the headlines that stand under the head of a "related stories" box.

    Nothing is cut so before ``start``, the first paragraph of sentences: there the title stands.
    """
    inside = 0
    for i in range(start, len(paragraphs)):
        paragraph = paragraphs[i]
        if kinds[i] is CutKind.READ_ALSO and BOX_HEADS.fullmatch(
            paragraph.strip().replace("’", "'")
        ):
            inside = _BOX_ITEMS
        elif inside and kinds[i] is None:
            if (
                _SENTENCE.search(paragraph)
                or paragraph.count(" ") >= _BOX_WORDS
                or _BYLINE.match(paragraph)
                or _is_subhead(paragraphs, i)
            ):
                inside = 0
            else:
                kinds[i] = CutKind.READ_ALSO
                inside -= 1


def _is_subhead(paragraphs: Sequence[str], i: int) -> bool:
    """Say whether a short line stands right before sentences, so that it may be their heading."""
    following = paragraphs[i + 1] if i + 1 < len(paragraphs) else ""
    return paragraphs[i].count(" ") <= 4 and is_prose(following)


def _unglue(
    paragraphs: Sequence[str], cuts: Sequence[Cut]
) -> tuple[tuple[str, ...], tuple[Cut, ...]]:
    """Cut furniture that was scraped onto the end of the last paragraph."""
    if not paragraphs:
        return (), tuple(cuts)
    last = paragraphs[-1]
    start = max(0, len(last) - 1500)
    match = GLUED.search(last, start)
    if match is None or len(last[match.start("rest") :].split()) > 2 * _LONG:
        return tuple(paragraphs), tuple(cuts)
    rest = last[match.start("rest") :]
    kind = kind_of(rest) or CutKind.COMMENT_FORM
    kept = last[: match.start("rest")].rstrip()
    return (*paragraphs[:-1], kept), (Cut(kind, rest), *cuts)


def furniture_among(blocks: Iterable[str], kept: frozenset[str], most: int) -> tuple[Cut, ...]:
    """Return the cuts for the blocks of a page that the extractor dropped and that are furniture.

    Args:
        blocks: the page's paragraphs, in order.
        kept: the paragraphs that became the article's text.
        most: how many cuts are listed at most.
    """
    cuts: list[Cut] = []
    seen: set[str] = set()
    for block in blocks:
        if len(cuts) >= most:
            break
        if block in kept or block in seen:
            continue
        seen.add(block)
        if (kind := kind_of(block)) is not None and any(map(str.isalnum, block)):
            cuts.append(Cut(kind, block))
    return tuple(cuts)
