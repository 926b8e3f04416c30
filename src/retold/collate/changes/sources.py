"""Said by someone here, stated flat or said by someone else there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from retold.collate.changes.base import Found
from retold.collate.changes.names import same_name
from retold.collate.pairs import Pair
from retold.collate.views import View, lemmas, per_view
from retold.collate.wording import opening
from retold.model import Attribution, ChangeKind, Document, Span, Speech
from retold.text import form, forms, squeeze

COVERED = 0.6
"""Share of the linked weight that an attribution's content must hold to cover the claim."""

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


def attribution_changes(pair: Pair) -> Iterator[Found]:
    """Yield a source that was dropped, added or replaced, for what both sentences report."""
    ours, theirs = _covering(pair, first=True), _covering(pair, first=False)
    if ours is None and theirs is None:
        return
    if ours is not None and theirs is not None:
        if not known(ours) or not known(theirs) or same_speaker(ours, theirs):
            return
        if _named_in(pair.b, ours) or _named_in(pair.a, theirs):
            return
        a, b = ours.source or ours.content[0], theirs.source or theirs.content[0]
        words = pair.turn(speaker_of(pair.a, ours), speaker_of(pair.b, theirs))
        probability = 0.75 * min(ours.probability, theirs.probability)
        yield Found(ChangeKind.ATTRIBUTION, a, b, probability, 0.85, f"source: {words}")
        return
    here, there, kept = (pair.a, pair.b, ours) if ours is not None else (pair.b, pair.a, theirs)
    assert kept is not None
    context = pair.context_b if ours is not None else pair.context_a
    if kept.speech is Speech.DIRECT or _attributed(there, context):
        return
    mark = kept.source or kept.cue
    if mark is None or mark.overlap(here.span) == 0:
        return
    if kept.source is not None and _still_there(pair, kept.source, first=ours is not None):
        return
    head = _main(there)
    who = speaker_of(here, kept)
    if ours is not None:
        words = f"attribution to {who} lost" if pair.directed else f"attributed to {who} here only"
        spans = (mark, head)
    else:
        words = (
            f"attribution to {who} added" if pair.directed else f"attributed to {who} there only"
        )
        spans = (head, mark)
    if told := opening(here.document, kept.content):
        words = f"{words}: ‘{told}’"
    probability = 0.7 * kept.probability * (0.6 + 0.4 * pair.overlap)
    salience = 0.7 if ours is not None or not pair.directed else 0.45
    yield Found(ChangeKind.ATTRIBUTION, *spans, probability, salience, words)


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


def speaker_of(view: View, attribution: Attribution) -> str:
    """Return who speaks, by name where known, else in the words of the text."""
    return speaker_in(view.document, attribution) or "someone"


_DETERMINERS = frozenset(
    {
        *("the", "a", "an", "his", "her", "its", "their", "our", "my", "this", "that", "these"),
        *("those", "some", "many", "several", "one", "two", "three", "no", "other", "another"),
        *("he", "she", "they", "it", "we", "i", "who", "both", "all", "most", "few"),
    }
)
_UNCOUNTED = frozenset({"media", "police", "people", "staff", "personnel"})


def speaker_in(document: Document, attribution: Attribution) -> str:
    """Return who speaks as it reads in a sentence; empty where nobody is named.

    A description without a name gets the article that the text gives it, else "a".
    """
    source = attribution.source
    written = " ".join(document.text_of(source).split()) if source is not None else ""
    speaker = " ".join(attribution.speaker.split())
    if not speaker:
        return written or (squeeze(document.text_of(attribution.cue)) if attribution.cue else "")
    first, _, rest = written.partition(" ")
    if form(first) in {"the", "a", "an"} and form(rest).startswith(form(speaker)):
        return f"{first.lower()} {speaker}"
    words = speaker.split()
    head = next((w for n, w in enumerate(words) if words[n + 1 : n + 2] in (["of"], ["in"])), "")
    head = form(head or words[-1])
    plural = head in _UNCOUNTED or (head.endswith("s") and not head.endswith("ss"))
    if not words[0][0].islower() or form(words[0]) in _DETERMINERS or plural:
        return speaker
    return f"{'an' if words[0][0] in 'aeiou' else 'a'} {speaker}"


def _covering(pair: Pair, *, first: bool) -> Attribution | None:
    """Return the attribution whose content holds most of what both sentences share."""
    view = pair.a if first else pair.b
    shared = [view.units[link.a if first else link.b] for link in pair.links if link.equal]
    total = sum(u.weight for u in shared)
    if not total:
        return None
    best: tuple[float, Attribution] | None = None
    for attribution in view.attributions:
        inside = sum(
            u.weight
            for u in shared
            if any(c.start <= u.start and u.end <= c.end for c in attribution.content)
        )
        if inside / total >= COVERED and (best is None or inside > best[0]):
            best = inside, attribution
    return best[1] if best else None


_CUES = frozenset(
    {
        *("say", "state", "report", "claim", "announce", "declare", "tell", "add", "note", "argue"),
        *("assert", "insist", "stress", "emphasize", "emphasise", "explain", "disclose", "reveal"),
        *("describe", "underscore", "highlight", "warn", "assertion", "claim", "statement"),
        *("according", "announcement", "quote", "cite", "confirm", "maintain", "testify"),
    }
)


def _attributed(view: View, context: tuple[View, ...]) -> bool:
    """Say whether the other version ascribes the claim to anyone after all."""
    if any(v.attributions or not _CUES.isdisjoint(lemmas(v)) for v in (view, *context)):
        return True
    return any(_announced(v) for v in (view, *context[:1]))


@per_view
def _announced(view: View) -> bool:
    """Say whether the sentence before, in one paragraph, names a source that may go on speaking."""
    document = view.document
    at = bisect_left(document.sentences, view.span.start, key=lambda s: s.span.start)
    if not 0 < at < len(document.sentences):
        return False
    before = document.sentences[at - 1]
    if before.paragraph != document.sentences[at].paragraph:
        return False
    return any(t.lemma.lower() in _CUES for t in document.tokens[slice(*before.tokens)])


def _named_in(view: View, attribution: Attribution) -> bool:
    return any(same_name(m.entity, attribution.speaker) for m in view.names)


def _still_there(pair: Pair, source: Span, *, first: bool) -> bool:
    """Say whether the other sentence has the source, too: then it does not state the claim flat."""
    view, links = (pair.a, pair.of_a) if first else (pair.b, pair.of_b)
    return any(
        source.start <= u.start
        and u.end <= source.end
        and u.index in links
        and links[u.index].equal
        for u in view.units
    )


def _main(view: View) -> Span:
    roots = [i for i, t in enumerate(view.tokens) if t.dep == "ROOT"]
    i = roots[0] if roots else 0
    return view.cut(i, i)
