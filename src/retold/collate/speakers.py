"""Whether two quotations are given to one source, as far as the texts tell."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from retold.collate.changes.speaking import UNRESOLVED, same_speaker_name
from retold.model import Attribution, Document, NameKind, SourceKind, Span
from retold.text import form, forms

NEAR = 60
"""Characters between a person's name and an office's from which on nothing ties the two."""

_PAPERS = frozenset(
    {
        *("statement", "letter", "comment", "remark", "report", "post", "tweet", "ad", "release"),
        *("advertisement", "video", "speech", "message", "email", "memo", "document", "interview"),
        *("note", "brief", "filing", "complaint", "book", "article", "address", "announcement"),
        *("response", "press", "account", "page", "site", "website", "channel"),
    }
)
_VOICES = frozenset(
    {
        *("spokesman", "spokeswoman", "spokesperson", "spokespeople", "lawyer", "attorney", "aide"),
        *("office", "ministry", "campaign", "department", "administration", "government", "agency"),
        *("service", "command", "staff", "council", "party", "company", "team", "bureau", "police"),
        *("committee", "commission", "press", "house", "army", "navy", "force", "forces", "group"),
        *("representative", "adviser", "advisor", "official", "officials", "board", "court"),
    }
)


@lru_cache(maxsize=65_536)
def _alike(a: str, b: str) -> bool:
    return same_speaker_name(a, b)


@lru_cache(maxsize=65_536)
def _particular(speaker: str) -> bool:
    """Say whether a speaker can be nobody else: it has a name and is no paper, office or voice."""
    words = speaker.split()
    named = any(w[:1].isupper() and form(w) not in UNRESOLVED for w in words)
    return named and not _stands_for(speaker)


def one_source(a: Attribution, b: Attribution) -> bool | None:
    """Say by their names alone whether two attributions have one source; None where none is known.

    What is no person (a statement, an office) may be anybody's.
    """
    if not a.speaker or not b.speaker:
        return None
    if _alike(a.speaker, b.speaker):
        return True
    return False if _particular(a.speaker) and _particular(b.speaker) else None


def other_source(
    a: tuple[Attribution, ...],
    ours: Document,
    b: tuple[Attribution, ...],
    theirs: Document,
    *,
    directed: bool,
) -> float:
    """Return the probability that words which two versions have are given to two sources.

    ``a`` and ``b`` are the attributions of the words in each, the nearest first. 0 where an office
    and its holder, a spokesperson and the office, a paper and its author may be meant, or where
    nobody is named. At most .45, undecided, where a speaker is not named beside the words: pronouns
    are misread more often than words are given to somebody else. Less so in a version that derives
    from the other (``directed``), unless somebody else is named nearer before.
    """
    if any(one_source(x, y) is not False for x in a for y in b):
        return 0.0
    x, y = a[0], b[0]
    if _names(x, ours, y.speaker) or _names(y, theirs, x.speaker):
        return 0.0
    people = _person(x, ours), _person(y, theirs)
    if people != (True, True) and any(_tied(d, x.speaker, y.speaker) for d in (ours, theirs)):
        return 0.0
    sure = 0.9 * min(x.probability, y.probability)
    if None in people:
        sure *= 0.75
    elif people == (False, False):
        sure *= 0.7
    elif False in people:
        sure = min(sure, 0.45)
    if _named(x, ours) and _named(y, theirs):
        return sure
    mistaken = _before(x, ours, y.speaker) or _before(y, theirs, x.speaker)
    return 0.75 * sure if directed and not mistaken else min(sure, 0.45)


def _stands_for(speaker: str) -> bool:
    """Say whether a speaker is a paper, an office or a voice of someone else."""
    told = {_singular(w) for w in forms(speaker)}
    return bool(told & _PAPERS) or bool(told & _VOICES)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _source_text(attribution: Attribution, document: Document) -> str:
    return document.text_of(attribution.source) if attribution.source is not None else ""


def _named(attribution: Attribution, document: Document) -> bool:
    """Say whether the words that name a source name the speaker, and are no pronoun or office.

    Whom an editor named is named.
    """
    if attribution.ruled:
        return True
    written = {w.removesuffix("'s") for w in forms(_source_text(attribution, document))}
    return bool(written & set(forms(attribution.speaker)))


def _names(attribution: Attribution, document: Document, speaker: str) -> bool:
    """Say whether the words that name a source name another, too ("X's lawyer, Y")."""
    last = forms(speaker)[-1:]
    written = {w.removesuffix("'s") for w in forms(_source_text(attribution, document))}
    return bool(last) and last[0] in written


def _person(attribution: Attribution, document: Document) -> bool | None:
    """Say whether a speaker is a person, by the names of its article; None where unknown."""
    if attribution.source_kind is not SourceKind.UNSTATED:
        return attribution.source_kind is SourceKind.PERSON
    wanted = form(attribution.speaker)
    kinds = {n.kind for n in document.names if form(n.entity) == wanted}
    if kinds:
        return NameKind.PERSON in kinds
    if _stands_for(attribution.speaker):
        return False
    return True if len(wanted.split()) > 1 else None


def _before(attribution: Attribution, document: Document, other: str) -> bool:
    """Say whether a source is no name and another is named nearer before it than who it is."""
    source = attribution.source
    if source is None or _named(attribution, document):
        return source is None

    def last(speaker: str) -> int:
        places = (n.end for n in _places(document, speaker) if n.end <= source.start)
        return max(places, default=-1)

    return last(other) > last(attribution.speaker)


def _places(document: Document, speaker: str) -> list[Span]:
    return [n.span for n in document.names if _alike(n.entity, speaker)]


def _tied(document: Document, one: str, other: str) -> bool:
    """Say whether an article names two side by side, as it does who speaks for an office."""
    first, second = _places(document, one), _places(document, other)
    for span in first:
        n = bisect_left(second, span.start - NEAR, key=lambda s: s.end)
        while n < len(second) and second[n].start <= span.end + NEAR:
            between = document.article.text[
                min(span.end, second[n].end) : max(span.start, second[n].start)
            ]
            if not set(between) & set(".!?"):
                return True
            n += 1
    return False
