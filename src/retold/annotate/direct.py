"""Direct speech: which quotations are utterances, and what cue and source frame each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from retold.annotate import cues
from retold.annotate.clauses import Tree
from retold.annotate.quotations import MARKS, Quote

FINITE = frozenset(("VBD", "VBZ", "VBP"))
LONGEST_FRAME = 45
"""Tokens between a quotation and its cue; a longer source ("X, who was ..., said") was not met."""

_FRAME_WORDS = frozenset(
    "DET NOUN PROPN ADJ ADP PART NUM PUNCT CCONJ PRON ADV INTJ AUX VERB X SYM".split()
)
_COMMA_LIKE = frozenset(",?!—–…-")


@dataclass(slots=True)
class Frame:
    """A cue (token indices) with its source (token range), found beside a quotation."""

    cue: tuple[int, int]
    source: tuple[int, int] | None
    verb: int
    sure: float
    end: int = 0
    """Offset after the framing clause."""


@dataclass(slots=True)
class Speech:
    """Quotations that are one utterance."""

    quotes: list[Quote]
    frame: Frame | None
    sure: float
    before: Frame | None = None
    tail: int = field(default=0)
    """Offset up to which the utterance with its frame reaches."""


def find_speech(tree: Tree, quotes: list[Quote]) -> list[Speech]:
    """Return the utterances among the outermost ``quotes``, in order."""
    found: list[Speech] = []
    for number, quote in enumerate(quotes):
        limit = quotes[number + 1].open if number + 1 < len(quotes) else len(tree.text)
        floor = quotes[number - 1].close if number else 0
        last = found[-1] if found else None
        after = frame_after(tree, quote, limit)
        before = frame_before(tree, quote, floor)
        if after and not (before and before.sure >= 0.9):
            if last and _adjacent(tree, last, quote) and last.frame is None:
                last.quotes.append(quote)
                last.frame, last.sure, last.tail = after, after.sure, after.end
            else:
                found.append(Speech([quote], after, after.sure, tail=after.end))
            continue
        other = before and not (last and last.frame and last.frame.verb == before.verb)
        if last and last.frame and not other and _goes_on(tree, last, quote):
            last.quotes.append(quote)
            last.tail = quote.close
            continue
        if before and other:
            found.append(Speech([quote], before, before.sure, tail=quote.close))
        elif stands_free(tree, quote):
            found.append(Speech([quote], None, 0.5, tail=quote.close))
    return found


def _blank(text: str) -> bool:
    return not text.strip(" \t\u00a0,.;-–—")


def _adjacent(tree: Tree, last: Speech, quote: Quote) -> bool:
    between = tree.text[last.quotes[-1].close : quote.open]
    return "\n" not in between and _blank(between)


def _goes_on(tree: Tree, last: Speech, quote: Quote) -> bool:
    """Say whether ``quote`` continues ``last``: nothing but its frame stands between them."""
    between = tree.text[max(last.tail, last.quotes[-1].close) : quote.open]
    if "\n" in between or not _blank(between):
        return False
    lead = tree.text[last.quotes[-1].close : quote.open].rstrip()
    return not lead or lead[-1] in ".,:;—–-…" + MARKS


def stands_free(tree: Tree, quote: Quote) -> bool:
    """Say whether the quotation is one or more whole sentences, alone in its paragraph."""
    text = tree.text
    begin = text.rfind("\n", 0, quote.open) + 1
    stop = text.find("\n", quote.close)
    stop = len(text) if stop < 0 else stop
    alone = not text[begin : quote.open].strip() and not text[quote.close : stop].strip(
        " \t\u00a0.,"
    )
    return (
        alone and text[quote.end - 1] in ".?!…," and len(text[quote.start : quote.end].split()) >= 4
    )


def frame_after(tree: Tree, quote: Quote, limit: int) -> Frame | None:
    """The framing clause that follows a quotation: "he said", "said the mayor"."""
    text = tree.text
    if not quote.closed:
        return None
    first = tree.at(quote.close)
    if first >= len(tree.tokens):
        return None
    paragraph_end = text.find("\n", quote.close)
    limit = min(limit, paragraph_end if paragraph_end >= 0 else len(text))
    ending = _ending(text, quote)
    gap = text[quote.close : quote.close + 2]
    marked = ending in _COMMA_LIKE or ending == "." or gap.lstrip()[:1] in (",", "—", "–")
    while first < len(tree.tokens) and tree.tokens[first].pos in ("PUNCT", "SPACE"):
        if tree.tokens[first].start >= limit or tree.word(first) in ".;:(":
            return None
        first += 1
    if first >= len(tree.tokens) or tree.tokens[first].start >= limit:
        return None
    end = _sentence_end(tree, first, limit)
    if ending == "." and text[tree.tokens[first].start].isupper():
        return None
    frame = _verb_first(tree, first, end) or _subject_first(tree, first, end)
    return frame if marked or (frame and _forgotten_comma(tree, quote, frame)) else None


def _ending(text: str, quote: Quote) -> str:
    """The last character inside the marks, inner marks set aside."""
    return text[max(quote.start, quote.end - 6) : quote.end].rstrip(MARKS + " ")[-1:]


def _forgotten_comma(tree: Tree, quote: Quote, frame: Frame) -> bool:
    """Say whether a quotation that ends without punctuation is a sentence all the same: "..." X said."""
    text = tree.text
    lead = text[text.rfind("\n", 0, quote.open) + 1 : quote.open].rstrip()
    short = frame.source is not None and frame.source[1] - frame.source[0] <= 3
    opens = not lead or lead[-1] in ".?!:" + MARKS
    return short and opens and len(text[quote.start : quote.end].split()) >= 4


def _sentence_end(tree: Tree, first: int, limit: int) -> int:
    """End (token index) of the frame that starts at token ``first``."""
    end = tree.document.sentences[tree.sentence[first]].tokens[1]
    stop = tree.at(limit)
    return min(end, stop, first + LONGEST_FRAME)


def _is_cue(tree: Tree, i: int) -> bool:
    token = tree.tokens[i]
    return token.lemma.lower() in cues.SAY and token.pos in ("VERB", "AUX", "NOUN", "PROPN", "ADJ")


def _verb_first(tree: Tree, first: int, end: int) -> Frame | None:
    """ "said one resident", "says Nell Ode, who ..."."""
    verb = first
    while verb < end and tree.tokens[verb].pos == "ADV":
        verb += 1
    if (
        verb >= end
        or not _is_cue(tree, verb)
        or tree.tokens[verb].tag not in (*FINITE, "NN", "NNS")
    ):
        return None
    if verb + 1 >= end:
        return None
    start = verb + 1
    if tree.tokens[start].pos not in ("DET", "NOUN", "PROPN", "ADJ", "PRON", "NUM"):
        return None
    source = noun_phrase(tree, start, end)
    frame_end = tree.tokens[end - 1].end
    return Frame((verb, verb + 1), source, verb, 0.95, frame_end)


def _subject_first(tree: Tree, first: int, end: int) -> Frame | None:
    """ "he said", "a spokesman for the ferry line said on Monday"."""
    if tree.word(first) in ("and", "but", "as", "though", "although", "while", "because", "that"):
        if tree.word(first) != "as":
            return None
        first += 1
    if first < end and tree.word(first) == "according":
        if first + 2 < end and tree.word(first + 1) == "to":
            source = noun_phrase(tree, first + 2, end)
            return Frame((first, first + 2), source, first, 0.9, tree.tokens[end - 1].end)
        return None
    while first < end and tree.tokens[first].pos == "ADV":
        first += 1
    for verb in range(first + 1, end):
        token = tree.tokens[verb]
        if token.pos not in _FRAME_WORDS:
            return None
        if not _is_cue(tree, verb) or token.tag not in FINITE | {"VBN", "VBG", "VB"}:
            continue
        subject = tree.subject(verb)
        whole = subject is not None and tree.first[subject] <= first and subject >= first
        if whole or _simple(tree, first, verb):
            cue = _with_auxiliaries(tree, first, verb)
            return Frame((cue, verb + 1), (first, cue), verb, 0.95, tree.tokens[end - 1].end)
    return None


def _with_auxiliaries(tree: Tree, first: int, verb: int) -> int:
    """First token of the verb group that ends in ``verb``."""
    start = verb
    while start - 1 > first and tree.tokens[start - 1].pos in ("AUX", "ADV", "PART"):
        start -= 1
    return start


def _simple(tree: Tree, first: int, verb: int) -> bool:
    """Say whether the tokens before the verb look like one noun phrase, whatever the parser thinks."""
    allowed = ("DET", "NOUN", "PROPN", "ADJ", "ADP", "PART", "NUM", "CCONJ", "PRON", "ADV", "AUX")
    commas = 0
    for i in range(first, verb):
        token = tree.tokens[i]
        if tree.word(i) == ",":
            commas += 1
        elif token.pos not in allowed and tree.word(i) not in ("-", "’s", "'s", "."):
            return commas >= 1 and tree.word(verb - 1) == ","
    return True


def noun_phrase(tree: Tree, start: int, end: int) -> tuple[int, int]:
    """The noun phrase that starts at token ``start``, with what belongs to it, up to ``end``."""
    head = start
    # climb from the first token to the highest noun that still starts here
    for _ in range(40):
        up = tree.tokens[head].head
        if up == head or up < start or up >= end or tree.first[up] < start:
            break
        if tree.tokens[up].pos in ("VERB", "AUX"):
            break
        head = up
    stop = min(tree.last[head] + 1, end)
    return start, max(stop, start + 1)


def frame_before(tree: Tree, quote: Quote, floor: int) -> Frame | None:
    """The framing clause that leads to a quotation: "she said:", "adding,"."""
    text = tree.text
    begin = max(text.rfind("\n", 0, quote.open) + 1, floor)
    lead = text[begin : quote.open].rstrip()
    if not lead:
        return None
    last = tree.before(quote.open)
    if last < 0 or tree.tokens[last].start < begin:
        return None
    first = max(tree.document.sentences[tree.sentence[last]].tokens[0], tree.at(begin))
    words = len(text[quote.start : quote.end].split())
    mark = lead[-1]
    whole = text[quote.start].isupper() and words >= 2
    if mark == ":":
        return _lead(tree, first, last, reach=LONGEST_FRAME, sure=0.9) or _label(tree, first, last)
    if mark == ",":
        by = _according(tree, first, last)
        return by or _lead(tree, first, last, reach=LONGEST_FRAME if whole else 3, sure=0.9)
    if words >= 3 and (
        whole or text[quote.end - 1] in ".?!" or text[quote.close : quote.close + 1] in "."
    ):
        return _lead(tree, first, last, reach=3, sure=0.8)
    return None


def _lead(tree: Tree, first: int, last: int, *, reach: int, sure: float) -> Frame | None:
    """The nearest cue verb at most ``reach`` tokens before the quotation, with its subject."""
    for verb in range(last, max(first - 1, last - reach), -1):
        token = tree.tokens[verb]
        if not _is_cue(tree, verb) or token.pos not in ("VERB", "AUX"):
            continue
        source = _source_of(tree, verb, first)
        cue = _with_auxiliaries(tree, first - 1, verb)
        return Frame((cue, verb + 1), source, verb, sure, tree.tokens[last].end)
    return None


def _according(tree: Tree, first: int, last: int) -> Frame | None:
    """ "According to X, '...'"."""
    if last - first >= 3 and tree.word(first) == "according" and tree.word(first + 1) == "to":
        return Frame((first, first + 2), (first + 2, last), first, 0.9, tree.tokens[last].end)
    return None


def _label(tree: Tree, first: int, last: int) -> Frame | None:
    """ "Nell Ode: '...'", as in transcripts."""
    stop = last if tree.word(last) == ":" else last + 1
    if 0 < stop - first <= 8 and tree.tokens[stop - 1].pos in ("PROPN", "NOUN"):
        return Frame(
            (stop, stop + 1) if stop <= last else (first, first), (first, stop), first, 0.7
        )
    return None


def _source_of(tree: Tree, verb: int, first: int) -> tuple[int, int] | None:
    """The source of a cue verb: its subject, or the subject of the clause that it hangs on."""
    for climbed in _ancestors(tree, verb):
        subject = tree.subject(climbed)
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


def _ancestors(tree: Tree, i: int) -> Iterator[int]:
    """``i`` and the verbs above it whose subject a participle or infinitive shares."""
    for _ in range(6):
        yield i
        token = tree.tokens[i]
        if token.head == i or token.dep not in (
            "advcl",
            "xcomp",
            "conj",
            "acl",
            "pcomp",
            "prep",
            "dep",
        ):
            return
        i = token.head
