"""A version as the stemma sees it: its words, its statements, and what of them shows kinship."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from retold.lexicon import document_frequency, idf, pair_rarity
from retold.model import CreditForm, Document, Span, Speech
from retold.stemma.commonplaces import OFFICES, mark
from retold.stemma.marks import Marks, marks
from retold.text import Word, words

GRAM = 5
"""Words of a shingle. Broder (1997) and most work on news reuse take five: shorter runs are
idiom."""

FUNCTION_SHARE = 9_000
"""A word that stands in more of the lexicon's 37,554 articles than this carries no content."""


SIGNED = (CreditForm.DATELINE, CreditForm.BYLINE, CreditForm.FIRST_PUBLISHED)
"""Credits that say whose report it is, not merely what somebody else reported."""

EARLY = 1_500
"""Characters, or a third of the text, in which it is said whose report a text draws on: what is
credited further down is one statement. By judgement."""

BESIDE = 0.5
"""What a rare word beside a function word counts, by the share of a turn that it makes up."""


@dataclass(frozen=True, slots=True)
class Witness:
    """One version, read once. All tuples over words have the length of ``words``."""

    document: Document
    words: tuple[Word, ...]
    counted: tuple[bool, ...]
    """Neither in an aside nor in a quotation: what reuse is measured on."""
    plain: tuple[bool, ...]
    """Counted and neither a name, an office, a number nor part of a commonplace."""
    sentence: tuple[int, ...]
    """Index of the sentence that each word stands in; -1 outside of all."""
    specific: tuple[bool, ...]
    """A flag a sentence: whether it has a figure, a date, a name or a quotation."""
    commentary: tuple[bool, ...]
    """A flag a sentence: whether it has a commonplace and nothing specific but names."""
    agencies: tuple[str, ...]
    """Agencies and outlets credited for the text, sorted; photo credits and its own name left
    out."""
    signed: tuple[str, ...]
    """Those of them whose report it says that it prints."""
    drawn: tuple[str, ...]
    """Those of them whose reports it says early, or at its very end, that it draws on."""
    own: str
    """Whose report this is: the outlet, else the agency of dateline or byline, folded; or empty."""
    telling: tuple[tuple[int, int], ...]
    """For each sentence the letters and the number of its plain words that say something."""
    marks: Marks
    """What its newsroom left in it."""

    @property
    def id(self) -> str:
        """The article's id."""
        return self.document.id

    @property
    def reports(self) -> tuple[str, ...]:
        """Whose report it says that it prints, else whose reports it draws on."""
        return self.signed or self.drawn

    def grams(self) -> list[tuple[int, tuple[str, ...]]]:
        """Return every run of five counted words with the index of its first word."""
        forms = [w.form for w in self.words]
        found = []
        run = 0
        for place, ok in enumerate(self.counted):
            run = run + 1 if ok else 0
            if run >= GRAM:
                start = place - GRAM + 1
                found.append((start, tuple(forms[start : place + 1])))
        return found

    def span(self, first: int, last: int) -> Span:
        """Return the stretch of text from word ``first`` to word ``last``, both included."""
        return Span(self.id, self.words[first].start, self.words[last].end)

    def sentence_span(self, index: int) -> Span:
        """Return where a sentence stands."""
        return self.document.sentences[index].span


_HOST = re.compile(
    r"(?:www\.)?(?:[\w-]+\.)*?(?P<name>[\w-]+?)(?P<news>news)?(?:\.com?)?\.[a-z]{2,10}"
)


@lru_cache(maxsize=4096)  # asked of every two versions
def agency_key(name: str) -> str:
    """Return the form by which agencies and outlets are compared; of a host its own name."""
    host = _HOST.fullmatch(name.strip().lower().partition("/")[0])
    if host:
        name = " ".join(filter(None, (host["name"].replace("-", " "), host["news"])))
    parts = [w.form for w in words(name)]
    return " ".join(parts[1:] if parts[:1] == ["the"] else parts)


GENERIC = frozenset(
    [
        "agence",
        "agency",
        "associated",
        "association",
        "news",
        "newswire",
        "press",
        "service",
        "wire",
    ]
)
"""Words that the name of an agency may have or lack."""


def same_agency(first: str, second: str) -> bool:
    """Say whether two keys name one agency or outlet.

    Equal, or equal but for a generic tail ("press agency"), or the one without the other's first
    words ("the Courier" for a town's Courier), or run together as hosts are, the words before the
    last perhaps by their initials.
    """
    short, long = sorted((first.split(), second.split()), key=len)
    if not short:
        return False
    initials = "".join(word[0] for word in long[:-1])
    if len(short) == 1 < len(long) and short[0] in ("".join(long), initials + long[-1]):
        return True
    if long[-len(short) :] == short and not GENERIC.issuperset(short):
        return True
    return long[: len(short)] == short and GENERIC.issuperset(long[len(short) :])


def credits_report_of(witness: Witness, other: Witness) -> bool:
    """Say whether a version credits the outlet or agency whose report ``other`` is."""
    return bool(other.own) and any(
        same_agency(agency_key(name), other.own) for name in witness.agencies
    )


def is_report(witnesses: Sequence[Witness], at: int) -> bool:
    """Say whether a version is an agency's own report, or one that other versions credit."""
    witness = witnesses[at]
    return any(
        credit.form is CreditForm.DATELINE and same_agency(agency_key(credit.agency), witness.own)
        for credit in witness.document.credits
    ) or any(
        credits_report_of(other, witness) for place, other in enumerate(witnesses) if place != at
    )


def observe(document: Document) -> Witness:
    """Read one document."""
    text = document.article.text
    found = tuple(words(text))
    starts = [w.start for w in found]
    counted = [True] * len(found)
    for span in _set_aside(document):
        _clear(counted, starts, span)
    common = mark([w.form for w in found])
    plain = [
        ok and not phrase and not w.form[0].isdigit() and w.form not in OFFICES
        for ok, phrase, w in zip(counted, common, found, strict=True)
    ]
    for name in document.names:
        _clear(plain, starts, name.span)
    sentence = [-1] * len(found)
    for index, one in enumerate(document.sentences):
        low, high = bisect_left(starts, one.span.start), bisect_left(starts, one.span.end)
        sentence[low:high] = [index] * (high - low)
    _clear_capitalised(text, found, sentence, plain)
    specific, commentary = _character(document, sentence, common)
    own = _own(document)
    credited = [
        c
        for c in document.credits
        if c.form is not CreditForm.PHOTO and not same_agency(agency_key(c.agency), own)
    ]
    early, late = max(EARLY, len(text) / 3), len(text) * 0.9
    drawn = {
        c.agency
        for c in credited
        if c.form is CreditForm.REPORTED and not early < c.span.start < late
    }
    signed = {c.agency for c in credited if c.form in SIGNED}
    return Witness(
        document,
        found,
        tuple(counted),
        tuple(plain),
        tuple(sentence),
        specific,
        commentary,
        tuple(sorted({c.agency for c in credited})),
        tuple(sorted(signed)),
        tuple(sorted(drawn)),
        own,
        _telling(found, plain, sentence, len(document.sentences)),
        marks(document),
    )


TELLING = 1.5
"""Idf from which on a word says something: "said" and "their" lie below."""


def _telling(
    found: Sequence[Word], plain: Sequence[bool], sentence: Sequence[int], sentences: int
) -> tuple[tuple[int, int], ...]:
    letters, count = [0] * sentences, [0] * sentences
    for word, ok, at in zip(found, plain, sentence, strict=True):
        if ok and at >= 0 and idf(word.form) > TELLING:
            letters[at] += len(word.form)
            count[at] += 1
    return tuple(zip(letters, count, strict=True))


def _set_aside(document: Document) -> Iterable[Span]:
    """Asides, and what everybody can quote without having read one another."""
    for aside in document.asides:
        yield aside.span
    for said in document.attributions:
        if said.speech is Speech.DIRECT:
            yield from said.content


def _clear(flags: list[bool], starts: Sequence[int], span: Span) -> None:
    low, high = bisect_left(starts, span.start), bisect_left(starts, span.end)
    flags[low:high] = [False] * max(0, high - low)


def _clear_capitalised(
    text: str, found: Sequence[Word], sentence: Sequence[int], plain: list[bool]
) -> None:
    """Take words with a capital inside a sentence for names: annotation misses some."""
    for (_, before), (place, word) in pairwise(enumerate(zip(found, sentence, strict=True))):
        same = before[1] == word[1]
        if same and text[word[0].start].isupper():
            plain[place] = False


def _character(
    document: Document, sentence: Sequence[int], common: Sequence[bool]
) -> tuple[tuple[bool, ...], tuple[bool, ...]]:
    starts = [s.span.start for s in document.sentences]
    hard = [False] * len(starts)
    named = [False] * len(starts)
    stock = [False] * len(starts)

    def note(flags: list[bool], span: Span) -> None:
        index = bisect_right(starts, span.start) - 1
        if index >= 0:
            flags[index] = True

    for figure in document.figures:
        note(hard, figure.span)
    for day in document.dates:
        note(hard, day.span)
    for said in document.attributions:
        if said.speech is Speech.DIRECT and said.content:
            note(hard, said.content[0])
    for name in document.names:
        note(named, name.span)
    for index, phrase in zip(sentence, common, strict=True):
        if phrase and index >= 0:
            stock[index] = True
    specific = tuple(h or n for h, n in zip(hard, named, strict=True))
    return specific, tuple(s and not h for s, h in zip(stock, hard, strict=True))


def _own(document: Document) -> str:
    """Whose report it is. Under an agency's dateline a paper prints a copy: its own name wins."""
    if document.article.outlet.strip():
        return agency_key(document.article.outlet)
    for form in (CreditForm.DATELINE, CreditForm.BYLINE):
        for credit in document.credits:
            if credit.form is form:
                return agency_key(credit.agency)
    return ""


def pair_weights(witness: Witness) -> list[float]:
    """Return, for each word but the last, how rare it is with the next; 0 where that says nothing.

    Both words must be plain and stand in one sentence, and at least one must carry content. With a
    function word beside it a word is no turn of phrase, merely a rare word: it counts less.
    """
    weights = [0.0] * max(0, len(witness.words) - 1)
    for place in range(len(weights)):
        together = witness.sentence[place] == witness.sentence[place + 1]
        if together and witness.plain[place] and witness.plain[place + 1]:
            first, second = witness.words[place].form, witness.words[place + 1].form
            common = [document_frequency(w) >= FUNCTION_SHARE for w in (first, second)]
            if not all(common):
                weights[place] = pair_rarity(first, second) * (BESIDE if any(common) else 1.0)
    return weights
