"""Frames that lead to a quotation: the cue and the source before it ("he added: ...")."""

from __future__ import annotations

from collections.abc import Iterator

from retold.annotate import cues
from retold.annotate.clauses import SHARING, SUBJECTS, Tree, can_speak
from retold.annotate.frames import (
    LONGEST_FRAME,
    LONGEST_NAME,
    Frame,
    ending,
    is_cue,
    with_auxiliaries,
)
from retold.annotate.quotations import Quote


def frame_before(tree: Tree, quote: Quote, floor: int) -> Frame | None:
    """The framing clause that leads to a quotation: "she said:", "adding,"."""
    text = tree.text
    begin = max(text.rfind("\n", floor, quote.open) + 1, floor)
    lead = text[begin : quote.open].rstrip()
    if not lead:
        return None
    last = tree.before(quote.open)
    if last < 0 or tree.tokens[last].start < begin:
        return None
    first = max(tree.document.sentences[tree.sentence[last]].tokens[0], tree.at(begin))
    words = text[quote.start : quote.end].split()
    mark, whole = lead[-1], text[quote.start].isupper()
    if mark == ":":
        if len(words) < 3 and not whole:
            return None
        return _introduced(tree, first, last, 0.9) or _announced(tree, quote, first, last)
    if mark == ",":
        by = _according(tree, first, last)
        return by or _lead(tree, first, last, reach=LONGEST_FRAME if whole else 6, sure=0.9)
    if len(words) < 3 or _is_name(words) or mark in ".?!;" or not _ends_clause(text, quote):
        return None
    verb = tree.tokens[last]
    frame = _lead(tree, first, last, reach=1 if not whole else 3, sure=0.8)
    plain = frame and tree.word(last) != "that" and verb.lemma.lower() not in cues.NAME_AS
    return frame if plain else None


def _is_name(words: list[str]) -> bool:
    """Say whether quoted words look like a title: a capital at each but the small ones."""
    capital = [w[0].isupper() for w in words if len(w) > 3 or w[0].isupper()]
    return len(words) <= LONGEST_NAME and len(words) > 1 and all(capital)


def _ends_clause(text: str, quote: Quote) -> bool:
    """Say whether the sentence, or a clause of it, ends where the quotation ends."""
    return ending(text, quote) in ".?!,…" or text[quote.close : quote.close + 1] in ".,;:?!\n"


def _lead(tree: Tree, first: int, last: int, *, reach: int, sure: float) -> Frame | None:
    """The nearest cue verb at most ``reach`` tokens before the quotation, with its subject."""
    for verb in range(last, max(first - 1, last - reach), -1):
        token = tree.tokens[verb]
        if not is_cue(tree, verb) or token.pos not in ("VERB", "AUX") or token.dep == "amod":
            continue
        source = _source_of(tree, verb, first)
        if source is None or source[0] > last or _is_it(tree, source):
            source = _subject_left(tree, verb, first) or _beside(tree, verb, first, last)
        cue = with_auxiliaries(tree, first - 1, verb)
        return Frame((cue, verb + 1), source, verb, sure, tree.tokens[last].end)
    return None


def _according(tree: Tree, first: int, last: int) -> Frame | None:
    """Read a frame such as "According to X, '...'"."""
    if last - first >= 3 and tree.word(first) == "according" and tree.word(first + 1) == "to":
        return Frame((first, first + 2), (first + 2, last), first, 0.9, tree.tokens[last].end)
    return None


def _is_it(tree: Tree, source: tuple[int, int]) -> bool:
    """Say whether a source is a lone "it", which seldom says what a participle reports."""
    return source[1] - source[0] == 1 and tree.word(source[0]) == "it"


def second_cue(tree: Tree, frame: Frame, quote: Quote) -> Frame | None:
    """A participle of saying after a frame's verb ("she said, adding that it leaked. '...'")."""
    for i in range(frame.verb + 1, tree.at(quote.open)):
        if tree.tokens[i].tag == "VBG" and tree.word(i - 1) == "," and is_cue(tree, i):
            return Frame((i, i + 1), frame.source, i, 0.8, quote.open)
    return None


def _subject_left(tree: Tree, verb: int, first: int) -> tuple[int, int] | None:
    """The nearest subject before a verb that can speak."""
    for i in range(verb - 1, first - 1, -1):
        if tree.tokens[i].dep in SUBJECTS and can_speak(tree, i) and tree.word(i) != "who":
            return max(tree.first[i], first), min(tree.last[i] + 1, verb)
    return None


def _introduced(tree: Tree, first: int, last: int, sure: float) -> Frame | None:
    """Read what leads to a quotation with a colon: a name, or a clause with a cue."""
    label = _label(tree, first, last)
    if label and label.source and all(tree.tokens[i].pos == "PROPN" for i in range(*label.source)):
        return label
    return _lead(tree, first, last, reach=LONGEST_FRAME, sure=sure) or label


def _announced(tree: Tree, quote: Quote, first: int, last: int) -> Frame | None:
    """Read a clause without a verb of saying that leads to a whole sentence ("a note: '...'")."""
    words = tree.text[quote.start : quote.end].split()
    sentence = words[0][0].isupper() and len(words) >= 4 and not _is_name(words)
    if not sentence or ending(tree.text, quote) not in ".?!":
        return None
    for i in range(last, first - 1, -1):
        if tree.tokens[i].pos == "VERB":
            source = _subject_left(tree, i, first)
            return Frame((i, i + 1), source, i, 0.5, tree.tokens[last].end) if source else None
    return None


def frame_above(tree: Tree, quote: Quote) -> Frame | None:
    """The framing clause at the end of the paragraph before, where that ends with a colon."""
    at = quote.open
    while at > 0 and tree.text[at - 1].isspace():
        at -= 1
    last = tree.before(at)
    if last < 0 or tree.text[at - 1] != ":":
        return None
    return _introduced(tree, tree.document.sentences[tree.sentence[last]].tokens[0], last, 0.8)


def neighbour(tree: Tree, quote: Quote) -> tuple[int, int] | None:
    """The last subject that can speak in the sentence before a quotation without a frame."""
    last = tree.before(quote.open)
    if last < 0:
        return None
    for number in range(tree.sentence[last], max(-1, tree.sentence[last] - 2), -1):
        first, end = tree.document.sentences[number].tokens
        source = _subject_left(tree, min(end, last + 1), first)
        if source:
            return source
    return None


def _beside(tree: Tree, verb: int, first: int, last: int) -> tuple[int, int] | None:
    """The nouns right beside a cue verb whose subject the parser did not see."""
    nouns = ("PROPN", "NOUN", "DET", "ADJ", "SPACE", "PRON")
    start = verb
    while start > first and tree.tokens[start - 1].pos in ("AUX", "ADV"):
        start -= 1
    stop = start
    while start > first and tree.tokens[start - 1].pos in nouns:
        start -= 1
    if start < stop:
        return start, stop
    end = verb + 1
    while end < last and tree.tokens[end].pos in nouns:
        end += 1
    return (verb + 1, end) if verb == first and end > verb + 1 else None


def _label(tree: Tree, first: int, last: int) -> Frame | None:
    """Read a label such as "Nell Ode: '...'", as in transcripts."""
    stop = last if tree.word(last) == ":" else last + 1
    for i in range(stop - 1, first - 1, -1):
        if tree.word(i) in ("-", "–", "—", "―"):
            first = i + 1
            break
    if any(tree.tokens[i].pos in ("VERB", "AUX") for i in range(first, stop)):
        return None
    if 0 < stop - first <= 8 and tree.tokens[stop - 1].pos in ("PROPN", "NOUN"):
        return Frame(
            (stop, stop + 1) if stop <= last else (first, first), (first, stop), first, 0.7
        )
    return None


def _source_of(tree: Tree, verb: int, first: int) -> tuple[int, int] | None:
    """The source of a cue verb: its subject, or the subject of the clause that it hangs on."""
    for climbed in ancestors(tree, verb):
        subject = tree.subject(climbed)
        if subject is not None and tree.tokens[subject].dep == "nsubjpass":
            subject = None  # who was told or asked does not speak
        if subject is not None and tree.tokens[subject].tag not in ("WP", "WDT"):
            start, end = tree.subtree(subject)
            if subject < verb:
                end = min(end, verb)
            return max(start, first) if start < first <= subject else start, end
        if subject is not None:
            head = tree.tokens[climbed].head
            if head != climbed:
                start = tree.first[head]
                return start, max(head + 1, min(tree.first[climbed], verb))
        agent = tree.child(climbed, "agent")
        if agent is not None and tree.children[agent]:
            return tree.subtree(tree.children[agent][0])
    return None


def ancestors(tree: Tree, i: int) -> Iterator[int]:
    """``i`` and the verbs above it whose subject a participle or infinitive shares."""
    for _ in range(6):
        yield i
        token = tree.tokens[i]
        if token.head == i or token.dep not in SHARING | {"dep"}:
            return
        i = token.head
