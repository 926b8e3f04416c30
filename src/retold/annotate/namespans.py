"""Where names stand: the parser's entities repaired, and the names that it missed."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from retold.annotate.gazetteer import PlaceKind, country_of, lookup
from retold.annotate.namekinds import LABELS, Surroundings, kind_of
from retold.annotate.namewords import FUNCTION, OWNERS, TITLES, is_organisation
from retold.model import Document, NameKind, Sentence, Token

_UNIT = re.compile(
    r"[‘’'\"“”](?P<name>[A-Z][\w-]{1,30})[‘’'\"“”] "
    r"(?:[Gg]rouping|[Gg]roup|[Bb]attlegroup|[Bb]attalion|[Bb]rigade|[Uu]nit)"
    r"(?: of (?:[Tt]roops|[Ff]orces))?"
)
"""A force with a name in quotes."""
_EDGE = frozenset(" \t\n\u00a0.,;:!?\"“”‘’'`()[]{}-–—*_|/\\<>=+…")
_POINTED = ("U.S.", "U.K.", "U.N.", "D.C.", "Jr.", "Sr.", "Inc.", "Corp.", "Co.", "Ltd.", "U.A.E.")
"""Ends of names whose point belongs to them."""
_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}$")
_JOIN = re.compile(r",? and | & |, | or ")
_POSSESSIVE = re.compile(r"['’‘`]s?(?=\s|$)")
_RESULT = re.compile(r"\d{1,3}[-–]\d{1,3}")
LONG_ARTICLE = 3
"""Letters of the longest article; longer small words that are capitalised within a sentence belong
to the name ("the Most Valuable Player Award")."""
_LETTER = re.compile(r"[^\W\d_]")
_HEADLINE = 0.9
"""Share of the longer words of a line that are capitalised from which it counts as a headline; the
parser's tags are worthless there. By judgement: a sentence full of names still has its verbs."""
_HEADLINE_WORDS = 4
"""Longer words that a line needs to be judged."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name as it stands, before it is joined with others."""

    start: int
    end: int
    text: str
    kind: NameKind
    sure: bool
    """Whether the kind rests on more than the parser's label."""


def name_candidates(
    document: Document, entities: Iterable[tuple[int, int, str]]
) -> list[Candidate]:
    """Return the names of an article, sorted, without overlap."""
    text = document.article.text
    around = Surroundings(text, document.tokens)
    headlines = [s for s in document.sentences if _is_headline(text, s)]
    spans = [(s, e, label) for s, e, label in entities if label in LABELS]
    spans.extend(_missed(document, [(s, e) for s, e, _ in spans]))
    spans = [s for s in spans if not _within(headlines, s[0])]
    found = [
        Candidate(m.start(), m.end(), m.group(), NameKind.ORGANISATION, sure=True)
        for m in _UNIT.finditer(text)
    ]
    taken = _Taken((c.start, c.end) for c in found)
    for start, end, label in sorted(spans):
        for s, e, titled in _repaired(text, start, end, label):
            if taken.overlaps(s, e):
                continue
            judged = kind_of(around, s, e, label, titled=titled)
            if judged is not None:
                found.append(Candidate(s, e, text[s:e], *judged))
                taken.add(s, e)
    found.extend(_in_headlines(document, headlines, found, taken))
    return sorted(found, key=lambda c: (c.start, c.end))


class _Taken:
    """Stretches that are given away already."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.spans = sorted(spans)

    def overlaps(self, start: int, end: int) -> bool:
        at = bisect_left(self.spans, (start, end))
        return any(s < end and start < e for s, e in self.spans[max(0, at - 1) : at + 1])

    def add(self, start: int, end: int) -> None:
        self.spans.insert(bisect_left(self.spans, (start, end)), (start, end))


def _is_headline(text: str, sentence: Sentence) -> bool:
    """Say whether a sentence is set in title case or capitals."""
    line = text[sentence.span.start : sentence.span.end]
    if line.endswith("."):
        return False
    long = [w for w in line.split() if len(w) > 3 and _LETTER.search(w)]
    long = [w for w in long if w.lower() not in FUNCTION]
    if len(long) < _HEADLINE_WORDS:
        return False
    capitals = sum(1 for w in long if (m := _LETTER.search(w)) and m.group().isupper())
    return capitals >= _HEADLINE * len(long)


def _within(sentences: list[Sentence], at: int) -> bool:
    i = bisect_right(sentences, at, key=lambda s: s.span.start) - 1
    return i >= 0 and sentences[i].span.start <= at < sentences[i].span.end


def _missed(document: Document, known: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Yield runs of capitalised proper nouns within sentences that the parser's entities lack."""
    covered = _Taken(known)
    text, tokens = document.article.text, document.tokens
    for sentence in document.sentences:
        run: list[Token] = []
        first = sentence.tokens[0]
        for token in (*tokens[slice(*sentence.tokens)], None):
            if token is not None and _is_name(text, token, covered):
                run.append(token)
                continue
            opening = run and run[0] is tokens[first]
            if run and (not opening or len(run) > 1 or lookup(text[run[0].start : run[-1].end])):
                yield run[0].start, run[-1].end, ""
            run = []


def _is_name(text: str, token: Token, covered: _Taken) -> bool:
    return (
        token.pos == "PROPN"
        and text[token.start].isupper()
        and text[max(0, token.start - 1) : token.start] not in {"@", "#"}
        and not covered.overlaps(token.start, token.end)
    )


def _in_headlines(
    document: Document, headlines: list[Sentence], known: list[Candidate], taken: _Taken
) -> list[Candidate]:
    """Return the names in headlines: those found elsewhere too, countries, large towns."""
    text = document.article.text
    kinds: dict[str, Candidate] = {}
    for candidate in known:
        kinds.setdefault(candidate.text, candidate)
        if candidate.kind is NameKind.PERSON:
            kinds.setdefault(candidate.text.split()[-1], candidate)
    longest = max((len(name.split()) for name in kinds), default=1)
    found = []
    for sentence in headlines:
        words = list(
            re.finditer(r"[^\s\"“”‘()\[\],;:!?]+", text[sentence.span.start : sentence.span.end])
        )
        at = 0
        while at < len(words):
            size = _name_at(text, sentence.span.start, words, at, min(6, max(3, longest)), kinds)
            if size is None:
                at += 1
                continue
            length, kind, end = size
            start = sentence.span.start + words[at].start()
            at += length
            if not taken.overlaps(start, end):
                found.append(Candidate(start, end, text[start:end], kind, sure=True))
                taken.add(start, end)
    return found


def _name_at(
    text: str,
    base: int,
    words: list[re.Match[str]],
    at: int,
    longest: int,
    kinds: dict[str, Candidate],
) -> tuple[int, NameKind, int] | None:
    """Return the longest name that starts at a word of a headline: words, kind, end."""
    start = base + words[at].start()
    for length in range(min(longest, len(words) - at), 0, -1):
        end = base + words[at + length - 1].end()
        name = _POSSESSIVE.sub("", text[start:end]).rstrip(",’'")
        name = name if name.endswith(_POINTED) else name.rstrip(".")
        if text[start : start + len(name)] != name or not name:
            continue
        if name in kinds:
            return length, kinds[name].kind, start + len(name)
        places = lookup(name) if name[0].isupper() and name.lower() not in FUNCTION else ()
        if places and (places[0].kind is not PlaceKind.CITY or places[0].population >= 500_000):
            return length, NameKind.PLACE, start + len(name)
    return None


# ---------------------------------------------------------------- repairing spans


def _repaired(text: str, start: int, end: int, label: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the names within an entity's span: (start, end, whether a title stands before)."""
    line = text.find("\n", start, end)
    end = line if line >= 0 else end
    for s, e in _split(text, start, end, label):
        if trimmed := _trim(text, s, e):
            yield _after_title(text, *trimmed) if label == "PERSON" else trimmed


def _after_title(text: str, start: int, end: int, titled: bool) -> tuple[int, int, bool]:  # noqa: FBT001 - passes a result on
    """Cut a person's span behind a title within it, where two words or more follow."""
    words = list(re.finditer(r"\S+", text[start:end]))
    for i in range(len(words) - 3, -1, -1):
        if words[i].group().strip(".,").lower() in TITLES:
            return start + words[i + 1].start(), end, True
    return start, end, titled


def _split(text: str, start: int, end: int, label: str) -> list[tuple[int, int]]:
    """Split a coordination of places, and a possessor from what it has."""
    name = text[start:end]
    if "/" in name:
        edges = [start - 1, *(i for i in range(start, end) if text[i] == "/"), end]
        return [(a + 1, b) for a, b in pairwise(edges)]
    pieces, at = [], 0
    for match in _JOIN.finditer(name):
        pieces.append((start + at, start + match.start()))
        at = match.end()
    pieces.append((start + at, end))
    if len(pieces) > 1 and not lookup(name) and all(_is_place(text[s:e]) for s, e in pieces):
        return pieces
    mark = _POSSESSIVE.search(name)
    if mark and mark.end() < len(name):
        owner, rest = (start, start + mark.start()), (start + mark.end() + 1, end)
        if label == "PERSON":
            return [owner]
        possessor = text[slice(*owner)]
        if _is_place(possessor):
            return [owner, rest]
        if is_organisation(text[slice(*rest)]) and possessor.lower() not in OWNERS:
            return [rest]
    return [(start, end)]


def _is_place(name: str) -> bool:
    return bool(name) and name[0].isupper() and bool(lookup(name.strip()))


def _tail(text: str, start: int, end: int) -> int:
    """Return where a name ends without function words and results behind it ("Norwick 3-2")."""
    while True:
        at = text.rfind(" ", start, end)
        last = text[at + 1 : end]
        if at <= start or not (last in FUNCTION or _RESULT.fullmatch(last)):
            return end
        end = at


def _trim(text: str, start: int, end: int) -> tuple[int, int, bool] | None:
    """Cut punctuation, possessives, articles, lower-case words and titles off the edges."""
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE and not text.startswith(_POINTED, end - 4):
        if text[start:end].endswith(_POINTED) or _INITIALS.search(text, start, end):
            break
        end -= 1
    if text[max(start, end - 2) : end] in {"'s", "’s", "‘s", "`s"}:
        end -= 2
    end = _tail(text, start, end)
    titled = False
    while start < end:
        word = text[start:end].split(None, 1)[0]
        plain = word.strip(".,").lower()
        rest = start + len(word)
        while rest < end and text[rest].isspace():
            rest += 1
        if rest >= end:
            usable = plain not in TITLES | FUNCTION and end - start > 1
            return (start, end, titled) if usable else None
        following = text[rest:end].split(None, 1)[0].strip(".,").lower()
        inner = word.istitle() and len(word) > LONG_ARTICLE and text[max(0, start - 2)].islower()
        if (plain in FUNCTION and not inner) or not word[0].isalnum() or word[0].islower():
            start = rest
        elif plain in TITLES and not is_organisation(text[start:end]):
            start, titled = rest, True
        elif following in TITLES and country_of(word) and not is_organisation(text[start:end]):
            start = rest
        else:
            return start, end, titled
    return None
