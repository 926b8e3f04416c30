"""Frames that follow a quotation: the cue and the source after it ("..., she said")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retold.annotate import cues
from retold.annotate.clauses import SUBJECTS, Tree, can_speak, noun_phrase
from retold.annotate.cues import word_set
from retold.annotate.quotations import MARKS, Quote

FINITE = frozenset(("VBD", "VBZ", "VBP"))
LONGEST_FRAME = 45
"""Tokens between a quotation and its cue; a longer source ("X, who was ..., said") was not met."""

_JOINING = word_set("although and because but if that though when while")
_ABBREVIATED = frozenset(f"{title}." for title in cues.SHORT_TITLES)
_LETTER = re.compile(r"(?:^|-)[a-z]\.$")
SHORT_FRAME = 8
"""Tokens from a comma to the end of a frame that no closing mark sets off."""
LONGEST_NAME = 8
"""Words of a quoted name in a frame ("said on 'The Long Morning with Nell Ode'")."""

_PHRASE_WORDS = word_set("ADJ ADP ADV AUX CCONJ DET NOUN NUM PART PRON PROPN SPACE")
"""Parts of speech of a noun phrase, and of the auxiliaries of a verb behind it."""
_FRAME_WORDS = _PHRASE_WORDS | word_set("INTJ PUNCT SYM VERB X")
_VERBAL = FINITE | {"VBN", "VBG", "VB"}
_DASHES = frozenset(("-", "--", "–", "—", "―"))
_SMALL = word_set("al bin da de del der di la le of the van von")
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


def frame_after(tree: Tree, quote: Quote, limit: int) -> Frame | None:
    """The framing clause that follows a quotation: "he said", "said the mayor"."""
    text = tree.text
    if not quote.closed:
        return None
    first = tree.at(quote.close)
    if first >= len(tree.tokens):
        return None
    paragraph_end = text.find("\n", quote.close, limit)
    limit = paragraph_end if paragraph_end >= 0 else limit
    final = ending(text, quote)
    gap = text[quote.close : quote.close + 2]
    marked = final in _COMMA_LIKE or final == "." or gap.lstrip()[:1] in (",", "—", "–")
    signed = _signature(tree, first, limit)
    if signed:
        return signed
    while first < len(tree.tokens) and tree.tokens[first].pos in ("PUNCT", "SPACE"):
        if tree.tokens[first].start >= limit or tree.word(first) in ".;:(":
            return None
        first += 1
    if first >= len(tree.tokens) or tree.tokens[first].start >= limit:
        return None
    end = _sentence_end(tree, first, limit)
    if final == "." and text[tree.tokens[first].start].isupper():
        return None
    frame = _verb_first(tree, first, end) or _subject_first(tree, first, end)
    if frame and _cited(tree, quote, frame):
        return None
    return frame if marked or (frame and _forgotten_comma(tree, quote, frame)) else None


def _signature(tree: Tree, first: int, limit: int) -> Frame | None:
    """Read a name after a dash that ends the paragraph ("'...' - Nell Ode, Port Almery")."""
    dash = first
    while dash < len(tree.tokens) and tree.word(dash) in (".", ","):
        dash += 1
    stop = tree.at(limit)
    name = dash + 1
    if not (name < stop <= name + LONGEST_NAME + 2 and tree.word(dash) in _DASHES):
        return None
    comma = next((i for i in range(name, stop) if tree.word(i) == ","), stop)
    while comma > name and tree.tokens[comma - 1].pos in ("PUNCT", "SPACE"):
        comma -= 1
    words = range(name, comma)
    written = all(tree.surface(i)[0].isupper() or tree.word(i) in _SMALL for i in words)
    after = tree.tokens[stop - 1].end
    if len(words) < 2 or not written or tree.text[after : after + 1].strip():
        return None
    return Frame((dash, dash + 1), (name, comma), dash, 0.8, tree.tokens[stop - 1].end)


def _cited(tree: Tree, quote: Quote, frame: Frame) -> bool:
    """Say whether the cue belongs to a subject before the quotation ("X, citing '...', said")."""
    if frame.source is None or frame.source[0] < frame.verb:
        return False
    subject = tree.subject(frame.verb)
    if subject is None or tree.tokens[subject].start >= quote.open:
        return False
    return tree.sentence[subject] == tree.sentence[frame.verb] and can_speak(tree, subject)


def ending(text: str, quote: Quote) -> str:
    """The last character inside the marks, inner marks set aside."""
    return text[max(quote.start, quote.end - 6) : quote.end].rstrip(MARKS + " ")[-1:]


def _forgotten_comma(tree: Tree, quote: Quote, frame: Frame) -> bool:
    """Say whether a quotation is a sentence although it ends without punctuation ("..." X said)."""
    text = tree.text
    lead = text[max(0, quote.open - 3) : quote.open].rstrip()
    short = frame.source is not None and frame.source[1] - frame.source[0] <= 3
    opens = not lead or lead[-1] in ".?!:" + MARKS
    return short and opens and len(text[quote.start : quote.end].split()) >= 4


def _sentence_end(tree: Tree, first: int, limit: int) -> int:
    """End (token index) of the frame that starts at token ``first``."""
    end = tree.document.sentences[tree.sentence[first]].tokens[1]
    while end < len(tree.tokens) and (
        tree.word(end - 1) in _ABBREVIATED
        or (_LETTER.search(tree.word(end - 1)) and _LETTER.fullmatch(tree.word(end)))
    ):
        end = tree.document.sentences[tree.sentence[end]].tokens[1]  # split after a title
    return min(end, tree.at(limit), first + LONGEST_FRAME)


def is_cue(tree: Tree, i: int) -> bool:
    """Say whether a token is a verb that may frame direct speech, or is misread from one."""
    token = tree.tokens[i]
    if token.lemma in ("go", "put") and i + 1 < len(tree.tokens):
        return tree.word(i + 1) in ("on", "it")  # "she went on", "as she put it"
    return token.lemma.lower() in cues.SAY and token.pos in ("VERB", "AUX", "NOUN", "PROPN", "ADJ")


def _verb_first(tree: Tree, first: int, end: int) -> Frame | None:
    """Read a frame that begins with its verb: "said one resident", "says Nell Ode, who ..."."""
    verb = first
    while verb < end and tree.tokens[verb].pos == "ADV":
        verb += 1
    if verb >= end or not is_cue(tree, verb) or tree.tokens[verb].tag not in (*FINITE, "NN", "NNS"):
        return None
    if verb + 1 >= end:
        return None
    start = verb + 1
    named = tree.tokens[start].pos in ("DET", "NOUN", "PROPN", "ADJ", "PRON", "NUM")
    if not named and tree.tokens[start].tag not in ("VBN", "VBG"):  # "said retired teacher ..."
        return None
    source = noun_phrase(tree, start, end)
    if any(_subject_below(tree, i, verb) for i in range(*source)):
        return None
    frame_end = tree.tokens[end - 1].end
    return Frame((verb, verb + 1), source, verb, 0.95, frame_end)


def _subject_below(tree: Tree, i: int, verb: int) -> bool:
    """Say whether a token is the subject of what the cue reports ("said the gate would open")."""
    token = tree.tokens[i]
    clause = tree.tokens[token.head]
    return token.dep in SUBJECTS and clause.head == verb and clause.dep == "ccomp"


def _subject_first(tree: Tree, first: int, end: int) -> Frame | None:
    """Read a frame that begins with its source: "he said", "a spokesman for the line said"."""
    if tree.word(first) in _JOINING or tree.tokens[first].tag in ("WDT", "WP"):
        return None
    first += tree.word(first) == "as"
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
        if not is_cue(tree, verb) or not (token.tag in _VERBAL or _misread(tree, verb, end)):
            continue
        subject = tree.subject(verb)
        whole = subject is not None and tree.first[subject] <= first and subject >= first
        if whole or _simple(tree, first, verb):
            cue = with_auxiliaries(tree, first, verb)
            return Frame((cue, verb + 1), (first, cue), verb, 0.95, tree.tokens[end - 1].end)
    return None


def _misread(tree: Tree, i: int, end: int) -> bool:
    """Say whether a plural noun at the frame's end is a verb that was misread ("Ode notes.")."""
    last = i + 1 >= end or tree.tokens[i + 1].pos == "PUNCT"
    return tree.tokens[i].tag in ("NNS", "NNP", "NNPS") and tree.word(i).endswith("s") and last


def with_auxiliaries(tree: Tree, first: int, verb: int) -> int:
    """First token of the verb group that ends in ``verb``."""
    start = verb
    while start - 1 > first and tree.tokens[start - 1].pos in ("AUX", "ADV", "PART"):
        start -= 1
    return start


def _simple(tree: Tree, first: int, verb: int) -> bool:
    """Say whether the tokens before the verb look like one noun phrase, whatever the parse says."""
    commas = 0
    for i in range(first, verb):
        token = tree.tokens[i]
        if tree.word(i) == ",":
            commas += 1
        elif token.pos not in _PHRASE_WORDS and tree.word(i) not in ("-", "’s", "'s", "."):
            return commas >= 1 and tree.word(verb - 1) == ","
    return True


def frame_within(tree: Tree, quote: Quote) -> int | None:
    """Offset of the comma from which a frame runs to the end of its sentence inside a quotation."""
    for i in range(tree.at(quote.start) + 1, tree.at(quote.end) - 2):
        if tree.word(i) not in (",", "?", "!"):
            continue
        end = tree.document.sentences[tree.sentence[i]].tokens[1]
        if end - i < 3:
            continue
        short = end - i <= SHORT_FRAME
        frame = _verb_first(tree, i + 1, min(end, i + LONGEST_FRAME)) or (
            _subject_first(tree, i + 1, end) if short else None
        )
        if frame and tree.tokens[frame.verb].tag in FINITE:
            return tree.tokens[i].end
    return None
