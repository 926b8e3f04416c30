"""Who speaks, and whether two attributions may name one source."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from retold.collate.changes.names import same_name
from retold.collate.views import View, per_view
from retold.model import Attribution, Document
from retold.text import form, forms, squeeze

UNRESOLVED = frozenset(
    {
        *("he", "she", "they", "it", "who", "officials", "official", "source", "sources", "report"),
        *("reports", "statement", "one", "others", "some", "analysts", "experts", "spokesman"),
        *("spokeswoman", "spokesperson", "media", "observers", "critics", "the", "a", "an", "his"),
        *(
            "her",
            "their",
            "its",
            "this",
            "that",
            "these",
            "those",
            "president",
            "minister",
            "leader",
        ),
        *("man", "woman", "author", "we", "i", "former", "local", "many", "several", "people"),
    }
)
"""Words that name no particular source; a speaker made of them alone is no other speaker."""


def known(attribution: Attribution) -> bool:
    """Say whether an attribution names a particular speaker.

    A common noun ("the company", "the post") may stand for any name.
    """
    words = squeeze(attribution.speaker).split()
    return any(w[:1].isupper() and form(w) not in UNRESOLVED for w in words)


def same_speaker(a: Attribution, b: Attribution) -> bool:
    """Say whether two attributions name one speaker, as far as the names tell."""
    return same_speaker_name(a.speaker, b.speaker)


def same_speaker_name(a: str, b: str) -> bool:
    """Say whether two speakers' names may name one: equal but for titles, spelling, short forms."""
    if form(a) == form(b) or same_name(a, b):
        return True
    ours = {w for w in forms(a) if w not in UNRESOLVED}
    theirs = {w for w in forms(b) if w not in UNRESOLVED}
    return bool(ours & theirs) and (ours <= theirs or theirs <= ours)


_DETERMINERS = frozenset(
    {
        *("the", "a", "an", "his", "her", "its", "their", "our", "my", "this", "that", "these"),
        *("those", "some", "many", "several", "one", "two", "three", "no", "other", "another"),
        *("he", "she", "they", "it", "we", "i", "who", "both", "all", "most", "few"),
    }
)
_UNCOUNTED = frozenset({"children", "media", "police", "people", "staff", "personnel"})
_FOLLOWING = frozenset({
    *("about", "against", "around", "at", "behind", "by", "close", "familiar", "for", "from", "in"),
    *("inside", "near", "of", "on", "outside", "over", "to", "under", "who", "with", "within"),
})  # fmt: skip
"""Words after the noun that says who speaks ("two aides with knowledge of the plan")."""


def speaker_in(document: Document, attribution: Attribution) -> str:
    """Return who speaks as it reads in a sentence; empty where nobody is named.

    A description without a name gets the article that the text gives it, else "a".
    """
    source = attribution.source
    written = " ".join(document.text_of(source).split()) if source is not None else ""
    speaker = " ".join(attribution.speaker.split())
    if not speaker:
        return written
    first, _, rest = written.partition(" ")
    if form(first) in {"the", "a", "an"} and form(rest).startswith(form(speaker)):
        return f"{first.lower()} {speaker}"
    words = speaker.split()
    head = next((w for w, then in pairwise(words) if then in _FOLLOWING), "")
    head = form(head or words[-1])
    several = head.endswith("men") or (head.endswith("s") and not head.endswith("ss"))
    plural = head in _UNCOUNTED or several
    if not words[0][0].islower() or form(words[0]) in _DETERMINERS or plural:
        return speaker
    return f"{'an' if words[0][0] in 'aeiou' else 'a'} {speaker}"


CUES = frozenset(
    {
        *("say", "state", "report", "claim", "announce", "declare", "tell", "add", "note", "argue"),
        *("assert", "insist", "stress", "emphasize", "emphasise", "explain", "disclose", "reveal"),
        *("describe", "underscore", "highlight", "warn", "assertion", "claim", "statement"),
        *("according", "announcement", "quote", "cite", "confirm", "maintain", "testify"),
    }
)
"""Lemmas of words by which something is laid on a source."""


@per_view
def announced(view: View) -> bool:
    """Say whether the sentence before, in one paragraph, names a source that may go on speaking."""
    document = view.document
    at = bisect_left(document.sentences, view.span.start, key=lambda s: s.span.start)
    if not 0 < at < len(document.sentences):
        return False
    before = document.sentences[at - 1]
    if before.paragraph != document.sentences[at].paragraph:
        return False
    return any(t.lemma.lower() in CUES for t in document.tokens[slice(*before.tokens)])
