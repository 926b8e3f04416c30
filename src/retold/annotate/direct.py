"""Direct speech: which quotations are utterances, and what cue and source frame each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from retold.annotate.clauses import Tree
from retold.annotate.credits import after_dateline
from retold.annotate.frames import (
    FINITE,
    LONGEST_NAME,
    Frame,
    ending,
    frame_after,
    frame_within,
)
from retold.annotate.leads import ancestors, frame_above, frame_before, second_cue
from retold.annotate.quotations import MARKS, Quote

FARTHEST = 600
"""Characters between two quotations of one utterance, its frame included."""
FEWEST = 4
"""Words of a quotation that is an utterance without any frame; fewer are more often a heading."""


@dataclass(slots=True)
class Speech:
    """Quotations that are one utterance."""

    quotes: list[Quote]
    frame: Frame | None
    sure: float
    tail: int
    """Offset up to which the utterance with its frame reaches."""
    mixed: tuple[tuple[int, int], ...] = ()
    """Offsets of the whole statement where the quotation is only a part of it."""


def find_speech(tree: Tree, quotes: list[Quote]) -> list[Speech]:
    """Return the utterances among the outermost ``quotes``, in order."""
    found: list[Speech] = []
    quotes = [piece for quote in quotes for piece in _split(tree, _cut(tree, quote))]
    for number, quote in enumerate(quotes):
        limit = quotes[number + 1].open if number + 1 < len(quotes) else len(tree.text)
        last = found[-1] if found else None
        if last and _in_frame(tree, last, quote):
            last.tail = _frame_end(tree, quote.close, limit)
            continue
        before = frame_before(tree, quote, quotes[number - 1].close if number else 0)
        after = None if before and before.sure >= 0.9 else frame_after(tree, quote, limit)
        if after:
            _framed_after(tree, found, quote, after)
            continue
        if before and last and last.frame and last.frame.verb in ancestors(tree, before.verb):
            before.source = last.frame.source
        other = before and not (last and last.frame and last.frame.verb == before.verb)
        if last and last.frame and not other and _goes_on(tree, last, quote):
            second = second_cue(tree, last.frame, quote)
            if second:
                found.append(Speech([quote], second, second.sure, quote.close))
                continue
            last.quotes.append(quote)
            last.tail = quote.close
        elif before and other:
            mixed = _open_end(tree, quote, before) or _broken(tree, quote, before)
            found.append(Speech([quote], before, before.sure, quote.close, mixed))
        elif stands_free(tree, quote):
            if last and _next_paragraph(tree, last, quote):
                last.quotes.append(quote)
                last.tail = quote.close
                continue
            above = frame_above(tree, quote)
            sure = above.sure if above else 0.5
            found.append(Speech([quote], above, sure if quote.closed else 0.6 * sure, quote.close))
    return found


def _cut(tree: Tree, quote: Quote) -> Quote:
    """End a quotation whose closing mark is missing where its frame begins ("..., he said.")."""
    if quote.closed or len(quote.parts) > 1:
        return quote
    comma = frame_within(tree, quote)
    if comma is None or comma <= quote.start:
        return quote
    return replace(quote, close=comma, parts=((quote.start, comma),), closed=True)


def _split(tree: Tree, quote: Quote) -> list[Quote]:
    """Part a quotation over several paragraphs whose first and last paragraph have a frame each."""
    if len(quote.parts) < 2 or not frame_before(tree, quote, 0):
        return [quote]
    if not frame_after(tree, quote, len(tree.text)):
        return [quote]
    head, tail = quote.parts[:-1], quote.parts[-1]
    return [
        replace(quote, close=head[-1][1], parts=head, closed=False),
        replace(quote, open=tail[0] - 1, parts=(tail,)),
    ]


def _framed_after(tree: Tree, found: list[Speech], quote: Quote, after: Frame) -> None:
    """Add a quotation whose frame follows it; what stands before it unframed belongs to it."""
    last = found[-1] if found else None
    if last and last.frame is None and not last.mixed and _adjacent(tree, last, quote):
        last.quotes.append(quote)
        last.frame, last.sure, last.tail = after, after.sure, after.end
    else:
        begin = _statement_start(tree, quote)
        mixed = () if begin is None else ((begin, quote.end),)
        found.append(Speech([quote], after, after.sure, after.end, mixed))


def _statement_start(tree: Tree, quote: Quote) -> int | None:
    """Where the sentence begins that a quotation only ends; None where it begins the sentence."""
    sentence = tree.document.sentences[tree.sentence_at(quote.open)]
    lead = tree.text[sentence.span.start : quote.open].rstrip()
    if sentence.span.start >= quote.open or not lead.strip(MARKS + " ") or lead[-1] in ".?!:([":
        return None
    if lead[-1] == "," and len(lead.split()) <= 2:  # "Still, '...'": the adverb is the narrator's
        return None
    begin = after_dateline(tree.text, sentence.span.start, quote.end)
    return begin if begin < quote.open else None


def _open_end(tree: Tree, quote: Quote, before: Frame) -> tuple[tuple[int, int], ...]:
    """The statement that runs on after a quotation ("... 'free' to talk"); empty where it ends."""
    text = tree.text
    rest = text[quote.close : quote.close + 40].lstrip(" \u00a0")
    if not rest or not rest[0].isalnum() or ending(text, quote) in ".?!,;" or rest[0].isupper():
        return ()
    after = tree.at(quote.close)
    if after < len(tree.tokens) and tree.tokens[after].head == before.verb:
        return ()  # an adjunct of the cue: "..." on Friday
    end = tree.document.sentences[tree.sentence_at(quote.close)].span.end
    return ((quote.start, end),) if end > quote.close else ()


def _broken(tree: Tree, quote: Quote, before: Frame) -> tuple[tuple[int, int], ...]:
    """Both halves of a statement that is quoted from its middle: "The quay, he said, 'is gone'"."""
    if tree.text[quote.start].isupper() or before.source is None:
        return ()
    sentence = tree.document.sentences[tree.sentence[before.verb]]
    lead, stop = sentence.tokens[0], before.source[0]
    if not (stop - lead > 2 and tree.word(stop - 1) == "," and tree.word(before.verb + 1) == ","):
        return ()
    start, end = tree.span(lead, stop)
    return ((start, end), (quote.start, quote.end)) if start < end else ()


def _in_frame(tree: Tree, last: Speech, quote: Quote) -> bool:
    """Say whether a quotation is only a name or a word in the last utterance's frame."""
    if last.frame is None or not _blank(_between(tree, last.tail, quote)):
        return False
    lead = tree.text[last.quotes[-1].close : quote.open].rstrip()
    if not lead or lead[-1] in ".,:;!?—–-":
        return False
    return len(tree.text[quote.start : quote.end].split()) <= LONGEST_NAME


def _frame_end(tree: Tree, offset: int, limit: int) -> int:
    """The end of the sentence that goes on at ``offset``, at most ``limit``."""
    sentence = tree.document.sentences[tree.sentence_at(offset - 1)]
    return min(max(sentence.span.end, offset), limit)


def _next_paragraph(tree: Tree, last: Speech, quote: Quote) -> bool:
    """Say whether a free-standing quotation follows the last utterance and nothing else."""
    if not quote.closed or quote.family is not last.quotes[-1].family:
        return False
    between = _between(tree, max(last.tail, last.quotes[-1].close), quote)
    return between is not None and not between.strip()


def _between(tree: Tree, start: int, quote: Quote) -> str | None:
    """What stands between an offset and a quotation; None where it is too much to be nothing."""
    return tree.text[start : quote.open] if quote.open - start <= FARTHEST else None


def _blank(text: str | None) -> bool:
    return text is not None and "\n" not in text and not text.strip(" \t\u00a0,.;-–—")


def _adjacent(tree: Tree, last: Speech, quote: Quote) -> bool:
    return _blank(_between(tree, last.quotes[-1].close, quote))


def _goes_on(tree: Tree, last: Speech, quote: Quote) -> bool:
    """Say whether ``quote`` continues ``last``: nothing but its frame stands between them."""
    if not _blank(_between(tree, max(last.tail, last.quotes[-1].close), quote)):
        return False
    lead = tree.text[last.quotes[-1].close : quote.open].rstrip()
    if lead.endswith(",") and last.frame and _has_verb(tree, last.frame.verb + 1, quote.open):
        return False
    return not lead or lead[-1] in ".,:;—–-…" + MARKS


def _has_verb(tree: Tree, first: int, stop: int) -> bool:
    """Say whether a finite verb stands between the token ``first`` and the offset ``stop``."""
    return any(tree.tokens[i].tag in (*FINITE, "MD") for i in range(first, tree.at(stop)))


def stands_free(tree: Tree, quote: Quote) -> bool:
    """Say whether the quotation is one or more whole sentences, alone in its paragraph."""
    text, start, stop = tree.text, quote.open, quote.close
    while start > 0 and text[start - 1] in " \t\u00a0":
        start -= 1
    while stop < len(text) and text[stop] in " \t\u00a0.,":
        stop += 1
    alone = text[start - 1 : start] in ("", "\n") and text[stop : stop + 1] in ("", "\n")
    whole = len(text[quote.start : quote.end].split()) >= FEWEST
    return alone and whole and text[quote.end - 1] in ".?!…,"
