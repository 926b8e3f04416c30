"""What became of a quotation between two versions: the same, shortened, joined or reworded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import chain

from retold.annotate.numbers import CARDINALS
from retold.annotate.quotations import DOUBLE_MARKS as MARKS
from retold.collate.blocks import Telling
from retold.collate.quotewords import QuotedWord
from retold.collate.wording import SHOWN
from retold.model import Document, QuotationStatus, Span

FOREIGN = 0.3
"""Share of the shorter one's words that both have under which each looks translated by itself."""

_TURNING = frozenset(
    {
        *("not", "no", "never", "neither", "nor", "none", "nothing", "nobody", "without", "if"),
        *("unless", "but", "although", "though", "only", "except", "however", "unlikely", "maybe"),
        *("perhaps", "probably", "possibly", "could", "might", "may", "would", "should"),
    }
)
"""Words whose loss turns or hardens what was said."""

_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.|\*\s?\*\s?\*|\[\s?\]")
_IN_WORDS = {number: word for word, number in CARDINALS.items()}
_FILLERS = frozenset({"and", "but", "well", "so", "look", "now", "yes", "no", "oh", "you", "know"})


@dataclass(frozen=True, slots=True)
class Retelling:
    """What lies between two versions of a quotation."""

    became: QuotationStatus
    before: Span
    """The words in which they differ; the whole where one merely lacks some, never empty."""
    after: Span
    salience: float
    probability: float
    """That this lies between them, if they are one quotation."""
    told: str
    """One line."""


@dataclass(frozen=True, slots=True)
class _Edit:
    ours: tuple[QuotedWord, ...]
    theirs: tuple[QuotedWord, ...]
    outer: bool
    """Whether it stands at an end of the quoted words."""
    ends: bool
    """Whether it stands at an end, also where it is an exchange of words."""
    signed: bool = False
    """Whether the version that lacks the words shows it, by an ellipsis or between marks."""


def retell(
    a: Telling, first: Document, b: Telling, second: Document, *, directed: bool
) -> Retelling:
    """Compare the words of two versions of a quotation, ``a`` the earlier where ``directed``."""
    edits, common, least = _edits(a, b, first, second)
    teller = _Teller(first, second, directed=directed)
    if not edits:
        return _joined(a, b, directed=directed)
    if not all(e.outer for e in edits) and common < FOREIGN * least:
        told = "the same in wholly other words, as if each were translated"
        return Retelling(QuotationStatus.TRANSLATED, a.span, b.span, 0.5, 0.97, told)
    cut = [e for e in edits if not e.theirs]
    put = [e for e in edits if not e.ours]
    if not put and len(cut) == len(edits):
        return _shortened(a, b, cut, teller, shorter_second=True)
    if not cut and len(put) == len(edits):
        return _shortened(a, b, put, teller, shorter_second=False)
    if len(cut) + len(put) == len(edits) and all(e.outer for e in edits):
        told = teller.each(_words(cut, ours=True), _words(put, ours=False))
        return Retelling(QuotationStatus.SHORTENED, a.span, b.span, 0.2, 0.97, told)
    inner = [e for e in edits if not e.outer] or edits
    if len(edits) > 2 and 2 * sum(max(len(e.ours), len(e.theirs)) for e in edits) > least:
        whole = _Edit(_all_words(a), _all_words(b), outer=False, ends=True)
        told = teller.edit(whole)
    else:
        told = "; ".join(teller.edit(e) for e in inner[:2]) + (" …" if len(inner) > 2 else "")
    before = _stretch(a, [w for e in inner for w in e.ours])
    after = _stretch(b, [w for e in inner for w in e.theirs])
    turned = any(w.form in _TURNING for e in inner for w in (*e.ours, *e.theirs))
    light = sum(max(len(e.ours), len(e.theirs)) for e in inner) <= 1 and not turned
    salience = 0.45 if light else 0.85
    return Retelling(QuotationStatus.REWORDED, before, after, salience, 0.97, told)


def _joined(a: Telling, b: Telling, *, directed: bool) -> Retelling:
    """Tell versions of the same words: in one utterance or two, with a cue between or not."""
    ours, theirs = a.utterances, b.utterances
    if ours != theirs:
        joined = theirs < ours
        here, there = (_IN_WORDS.get(n, str(n)) for n in (ours, theirs))
        noun = "utterance" if ours == 1 else "utterances"
        if directed:
            told = f"{here} {noun} {'joined' if joined else 'split'} into {there}"
        else:
            told = f"{here} {noun} here, {there} there"
        one = min(ours, theirs) == 1
        salience = (0.7 if joined and directed else 0.35) if one else 0.2
        return Retelling(QuotationStatus.SPLICED, a.span, b.span, salience, 0.8, told)
    if _cued(a) != _cued(b):
        told = "the same words, with a cue in between in one"
        return Retelling(QuotationStatus.SPLICED, a.span, b.span, 0.0, 0.9, told)
    return Retelling(QuotationStatus.SAME, a.span, b.span, 0.0, 0.98, "the same words")


def _cued(telling: Telling) -> int:
    """Return how many sentences a cue stands in."""
    return sum(len(piece.parts) > 1 for piece in telling.fullest.values())


def _shortened(
    a: Telling,
    b: Telling,
    edits: Sequence[_Edit],
    teller: _Teller,
    *,
    shorter_second: bool,
) -> Retelling:
    """Tell words that one version lacks."""
    lost = _words(edits, ours=shorter_second)
    inner = [e for e in edits if not e.outer]
    signed = all(e.signed for e in inner)
    turned = any(w.form in _TURNING for e in inner for w in (*e.ours, *e.theirs))
    grown = teller.directed and not shorter_second
    told, salience = teller.lack(lost, shorter_second=shorter_second), 0.2
    if inner:
        told += ", marked" if signed else ", without a sign"
        salience = 0.3 if signed else 0.8 if turned else 0.5
    elif grown:
        salience = 0.6
    elif all(w.form in _FILLERS for w in lost):
        salience = 0.1
    longer = _stretch(a if shorter_second else b, lost)
    spans = (longer, b.span) if shorter_second else (a.span, longer)
    return Retelling(QuotationStatus.SHORTENED, *spans, salience, 0.97, told)


class _Teller:
    """Words a difference for an order that is known or not."""

    def __init__(self, first: Document, second: Document, *, directed: bool) -> None:
        self.first, self.second, self.directed = first, second, directed

    def edit(self, edit: _Edit) -> str:
        before, after = _quote(self.first, edit.ours), _quote(self.second, edit.theirs)
        if not edit.theirs:
            return f"‘{before}’ left out" if self.directed else f"‘{before}’ here only"
        if not edit.ours:
            return f"‘{after}’ put in" if self.directed else f"‘{after}’ there only"
        if self.directed:
            return f"‘{before}’ became ‘{after}’"
        return f"‘{before}’ here, ‘{after}’ there"

    def lack(self, lost: Sequence[QuotedWord], *, shorter_second: bool) -> str:
        shown = _quote(self.first if shorter_second else self.second, lost)
        if not self.directed:
            where = "here" if shorter_second else "there"
            return f"the same words, one is a part of the other: ‘{shown}’ {where} only"
        if shorter_second:
            return f"the same words, trimmed: ‘{shown}’ left out"
        return f"the same words, longer: ‘{shown}’ put in"

    def each(self, ours: Sequence[QuotedWord], theirs: Sequence[QuotedWord]) -> str:
        a, b = _quote(self.first, ours), _quote(self.second, theirs)
        if self.directed:
            return f"the same words, trimmed elsewhere: ‘{a}’ left out; ‘{b}’ put in"
        return f"the same words, cut in other places: ‘{a}’ here only; ‘{b}’ there only"


def _quote(document: Document, run: Sequence[QuotedWord]) -> str:
    if not run:
        return ""
    text = document.article.text
    run = sorted(run)
    if len(run) > SHOWN:
        return " ".join(text[run[0].start : run[SHOWN - 1].end].split()) + " …"
    shown, at = "", run[0].start
    for word in run:
        gap = text[at : word.start]
        near = len(gap) <= 3
        shown += (gap if near else " … ") + text[max(at, word.start) : word.end]
        at = max(at, word.end)
    return " ".join(shown.split())


def _words(edits: Sequence[_Edit], *, ours: bool) -> list[QuotedWord]:
    return [w for e in edits for w in (e.ours if ours else e.theirs)]


def _stretch(telling: Telling, run: Sequence[QuotedWord]) -> Span:
    if not run:
        return telling.span
    return Span(telling.article, min(w.start for w in run), max(w.end for w in run))


# ---------------------------------------------------------------- edits


def _edits(
    a: Telling, b: Telling, first: Document, second: Document
) -> tuple[list[_Edit], int, int]:
    """Return the edits between two versions, the words that both have, and the shorter's words.

    Where the versions give their sentences in another order, each is compared by itself.
    Typography is no edit, and an insertion in brackets neither.
    """
    ours, theirs = _by_kin(a), _by_kin(b)
    shared = [n for n in ours if n in theirs]
    texts = first.article.text, second.article.text
    if shared == [n for n in theirs if n in ours]:
        runs = [(tuple(chain(*ours.values())), tuple(chain(*theirs.values())))]
    else:
        runs = [(ours.get(n, ()), theirs.get(n, ())) for n in {**ours, **theirs}]
    edits: list[_Edit] = []
    common = least = 0
    lone = _alone(ours, shared), _alone(theirs, shared)
    for x, y in runs:
        found, equal = _compare(x, y, *texts)
        edits += (e for edit in found for e in _apart(edit, *lone))
        common += equal
        least += min(len(x), len(y))
    if len(edits) > 1:
        edits = [e for e in edits if not (e.outer and _filler(e))] or edits
    return edits, common, least


def _all_words(telling: Telling) -> tuple[QuotedWord, ...]:
    return tuple(chain(*_by_kin(telling).values()))


def _alone(kin: dict[int, tuple[QuotedWord, ...]], shared: Sequence[int]) -> frozenset[int]:
    """Return where the sentences begin and end that only one version has, by their words."""
    lone = [words for n, words in kin.items() if n not in shared and words]
    return frozenset(place for words in lone for place in (words[0].start, -words[-1].start))


def _apart(edit: _Edit, ours: frozenset[int], theirs: frozenset[int]) -> Iterator[_Edit]:
    """Tell two sentences apart that each stand in one version alone: neither became the other."""
    x, y = edit.ours, edit.theirs
    if x and y and {x[0].start, -x[-1].start} <= ours and {y[0].start, -y[-1].start} <= theirs:
        yield replace(edit, theirs=(), outer=edit.ends)
        yield replace(edit, ours=(), outer=edit.ends)
    else:
        yield edit


def _filler(edit: _Edit) -> bool:
    return all(w.form in _FILLERS for w in (*edit.ours, *edit.theirs))


def _by_kin(telling: Telling) -> dict[int, tuple[QuotedWord, ...]]:
    return {n: piece.words for n, piece in telling.fullest.items()}


def _compare(
    ours: Sequence[QuotedWord], theirs: Sequence[QuotedWord], text: str, other: str
) -> tuple[list[_Edit], int]:
    matcher = SequenceMatcher(
        None, [w.form for w in ours], [w.form for w in theirs], autojunk=False
    )
    found: list[_Edit] = []
    common = 0
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            common += j - i
            continue
        x, y = tuple(ours[i:j]), tuple(theirs[k:m])
        if _no_change(x, y):
            common += min(len(x), len(y))
            continue
        x, y = _without_insertions(x, y)
        ends = (i == 0 and k == 0) or (j == len(ours) and m == len(theirs))
        signed = _signed(theirs, k, other) if not y else not x and _signed(ours, i, text)
        found.append(_Edit(x, y, ends and not (x and y), ends, signed))
    return found, common


def _signed(words: Sequence[QuotedWord], at: int, text: str) -> bool:
    """Say whether a version shows that words are left out before word ``at``."""
    if not 0 < at < len(words):
        return False
    gap = text[words[at - 1].end : words[at].start]
    return bool(_ELLIPSIS.search(gap)) or any(mark in gap for mark in MARKS) or "\n" in gap


def _without_insertions(
    x: tuple[QuotedWord, ...], y: tuple[QuotedWord, ...]
) -> tuple[tuple[QuotedWord, ...], tuple[QuotedWord, ...]]:
    """Leave out an editor's insertions beside words of the speaker's own."""
    ours = tuple(w for w in x if not w.inserted)
    theirs = tuple(w for w in y if not w.inserted)
    return (ours, theirs) if ours or theirs else (x, y)


def _no_change(x: Sequence[QuotedWord], y: Sequence[QuotedWord]) -> bool:
    """Say whether two stretches differ in typography or in an editor's insertion alone."""
    if "".join(w.form for w in x) == "".join(w.form for w in y):
        return True  # "counter-terrorism", "counterterrorism"
    for here, there in ((x, y), (y, x)):
        if here and all(w.inserted for w in here):
            return len(there) <= 4  # "[the president]" for "he"
    ours, theirs = ([w.form for w in s if not w.inserted] for s in (x, y))
    return bool(ours or theirs) and ours == theirs
