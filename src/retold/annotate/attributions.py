"""Attributions: who is said to have said what, in direct, indirect and mixed speech.

The terms are those of Pareti (2015): source, cue, content. Direct speech is found by its marks
and framed by a cue beside it; indirect speech is read off the parse. A quotation that stands
inside a reported clause makes it mixed. What is in quotation marks but framed by nothing (scare
quotes, titles of works, names) is no attribution.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from retold.annotate.clauses import Tree
from retold.annotate.credits import after_dateline
from retold.annotate.cues import word_set
from retold.annotate.direct import Speech as Spoken
from retold.annotate.direct import find_speech
from retold.annotate.leads import neighbour
from retold.annotate.quotations import Quote, find_quotes
from retold.annotate.reported import find_reports
from retold.annotate.reports import Report
from retold.annotate.sources import Sources, nest
from retold.annotate.speakers import Speakers
from retold.model import Attribution, Document, Span, Speech, identify, rounded

_SMALL = word_set("a an and at by for from in of on or the to with")
PARTIAL = 0.7
"""How sure the bounds of a partly quoted statement are, on the training part of PolNeAR."""
LONGEST_GAP = 3
"""Characters between a quotation and the frame that goes with it."""
_EDGE = " \t\n\u00a0,;:"


@dataclass(frozen=True, slots=True)
class Marks:
    """The quotations of a text by the places of their marks."""

    opening: dict[int, Quote]
    closing: dict[int, Quote]
    """By the offset after the closing mark."""
    opens: list[int]
    """The offsets of the opening marks, sorted."""

    def complete(self, start: int, end: int) -> int:
        """``end``, or after the closing mark of a quotation of the range that ends there."""
        for stop in (end + 1, end + 2):
            quote = self.closing.get(stop)
            if quote and quote.open >= start and quote.end >= end:
                return stop
        return end

    def bare(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The range without blanks and commas at its ends or a mark whose pair is outside.

        Marks around the whole range go, too; marks of a quotation within it stay.
        """
        for _ in range(4):  # a quotation in a quotation in a quotation
            first, stop = start, end
            while first < stop and text[first] in _EDGE:
                first += 1
            while stop > first and text[stop - 1] in _EDGE:
                stop -= 1
            opened, closed = self.opening.get(first), self.closing.get(stop)
            if opened and opened.close >= stop:
                first = min(opened.start, stop)
            if closed and closed.open <= first:
                stop = max(closed.end, first)
            if (first, stop) == (start, end):
                break
            start, end = first, stop
        return start, end

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """The range widened to the quotation that begins or ends in its middle.

        A statement that goes over into a quotation of several sentences ends with it; one that
        follows on such a quotation begins with it.
        """
        place = bisect_left(self.opens, end) - 1
        last = self.opening[self.opens[place]] if place >= 0 else None
        if last and last.closed and start <= last.open and last.end > end:
            end = last.close
        place = bisect_left(self.opens, start) - 1
        first = self.opening[self.opens[place]] if place >= 0 else None
        if first and first.closed and start < first.close <= end:
            start = first.open
        return start, end


def find_attributions(document: Document) -> tuple[Attribution, ...]:
    """Return the attributions of a parsed document, by the place of their content."""
    if not document.tokens:
        return ()
    tree = Tree(document)
    speakers = Speakers(tree)
    sources = Sources(tree, speakers)
    every = find_quotes(document.article.text)
    opening = {q.open: q for q in every}
    marks = Marks(opening, {q.close: q for q in every if q.closed}, sorted(opening))
    quotes = [q for q in every if q.depth == 0]
    spoken = find_speech(tree, quotes)
    found = _direct(tree, sources, spoken, marks)
    used = {s.frame.verb for s in spoken if s.frame}
    taken = sorted((q.open, q.close, _cue_at(tree, s)) for s in spoken for q in s.quotes)
    loose = _loose(tree.text, quotes, taken)
    for report in find_reports(tree):
        if report.cue[1] - 1 in used or report.cue[0] in used:
            continue
        attribution = _indirect(tree, sources, report, loose, taken, marks)
        if attribution:
            found.append(attribution)
    unique = {a.id: a for a in found}
    return tuple(nest(sorted(unique.values(), key=lambda a: (a.content, a.id))))


def _cue_at(tree: Tree, utterance: Spoken) -> int:
    """Where the cue of an utterance begins; -1 where it has none."""
    frame = utterance.frame
    if frame is None or frame.cue[0] >= len(tree.tokens):
        return -1
    return tree.tokens[frame.cue[0]].start


def _make(
    speech: Speech,
    content: tuple[Span, ...],
    cue: Span | None,
    source: Span | None,
    speaker: str,
    probability: float,
) -> Attribution:
    places = tuple((s.start, s.end) for s in content)
    name = identify("attribution", content[0].article, speech, places, cue and cue.start)
    return Attribution(name, speech, content, cue, source, speaker, rounded(probability))


def _span(tree: Tree, tokens: tuple[int, int] | None) -> Span | None:
    """Characters of a token range, without punctuation at its edges."""
    if tokens is None:
        return None
    start, end = tree.span(*tokens)
    if start >= end:
        if tokens[0] >= tokens[1]:
            return None
        start, end = tree.tokens[tokens[0]].start, tree.tokens[tokens[1] - 1].end
    return Span(tree.document.id, after_dateline(tree.text, start, end), end)


def _direct(tree: Tree, sources: Sources, spoken: list[Spoken], marks: Marks) -> list[Attribution]:
    found: list[Attribution] = []
    speaker, reach = "", -1
    for utterance in spoken:
        frame = utterance.frame
        speech = Speech.MIXED if utterance.mixed else Speech.DIRECT
        ranges = list(utterance.mixed)
        ranges += [r for q in utterance.quotes[1 if ranges else 0 :] for r in q.parts]
        bare = [marks.bare(tree.text, s, e) for s, e in ranges]
        spans = tuple(Span(tree.document.id, s, e) for s, e in bare if s < e)
        if not spans:
            continue
        if frame is None:
            # a quotation on its own: the speaker of the paragraph before, while there is no other
            near = tree.document.sentences[tree.sentence_at(spans[0].start)].paragraph - reach <= 1
            beside = neighbour(tree, utterance.quotes[0])
            name, sure = sources.speakers.who(beside)
            source, cue = beside, None
            if not name and near:
                name = speaker
        else:
            name, sure = sources.speakers.who(frame.source)
            source, cue = frame.source, _span(tree, frame.cue)
        sure *= utterance.sure * (PARTIAL if utterance.mixed else 1)
        kind = sources.kind(source, name)
        made = _make(speech, spans, cue, _span(tree, source), name, sure)
        found.append(replace(made, source_kind=kind))
        if name:
            speaker = name
            reach = tree.document.sentences[tree.sentence_at(spans[-1].start)].paragraph
    return found


def _indirect(
    tree: Tree,
    sources: Sources,
    report: Report,
    loose: list[Quote],
    taken: list[tuple[int, int, int]],
    marks: Marks,
) -> Attribution | None:
    cue = _span(tree, report.cue)
    place = bisect_left(taken, (cue.start, cue.end, 0)) - 1 if cue else -1
    if cue is None or (place >= 0 and taken[place][1] > cue.start):
        return None
    pieces = [_outside(start, end, taken) for start, end in report.content]
    pieces = [(after_dateline(tree.text, s, e), e) for s, e in pieces]
    widened = [marks.whole(s, marks.complete(s, e)) for s, e in pieces if s < e]
    bare = [marks.bare(tree.text, s, e) for s, e in widened]
    spans = tuple(Span(tree.document.id, s, e) for s, e in bare if s < e)
    if not spans:
        return None
    low = bisect_left(loose, spans[0].start, key=lambda q: q.close)
    high = bisect_left(loose, spans[-1].end, key=lambda q: q.open)
    quoted = [
        q
        for q in loose[low:high]
        if any(q.open < s.end and s.start < q.close for s in spans)
        and not q.open < cue.start < q.close
    ]
    speech = Speech.MIXED if quoted else Speech.INDIRECT
    if len(quoted) == 1 and len(spans) == 1:
        whole = spans[0].start == quoted[0].start and abs(quoted[0].end - spans[0].end) <= 1
        if whole and tree.text[quoted[0].start].isupper():  # a sentence of its own
            speech = Speech.DIRECT
    name, sure = sources.speakers.who(report.source)
    kind = sources.kind(report.source, name)
    made = _make(speech, spans, cue, _span(tree, report.source), name, sure * report.sure)
    return replace(made, act=report.act, source_kind=kind)


def _loose(text: str, quotes: list[Quote], taken: list[tuple[int, int, int]]) -> list[Quote]:
    """The quotations that are part of no utterance and no mere name."""
    used = [False] * len(quotes)
    for start, end, _ in taken:
        low = bisect_left(quotes, start, key=lambda q: q.open)
        while low < len(quotes) and quotes[low].open < end:
            used[low] = True
            low += 1
    return [
        q
        for q, gone in zip(quotes, used, strict=True)
        if not gone and not _is_name(text[q.start : q.end])
    ]


def _is_name(words: str) -> bool:
    """Say whether what is quoted is a name or title ('North', "The Long Tide"): all in capitals."""
    return all(w[0].isupper() or w.lower() in _SMALL for w in words.split() if w[0].isalpha())


def _outside(start: int, end: int, taken: list[tuple[int, int, int]]) -> tuple[int, int]:
    """The range without the utterances that overlap it, but with those that it frames itself.

    In "“It leaks,” he said, according to the mayor", the whole of "“It leaks,” he said" is
    according to the mayor.
    """
    for first, stop, cue in taken[max(0, bisect_left(taken, (start, 0, 0)) - 1) :]:
        if first >= end:
            if start <= cue < end and not first - end > LONGEST_GAP:
                end = stop
                continue
            break
        if start <= cue < end and stop > start - LONGEST_GAP:
            start, end = min(start, first), max(end, stop)
        elif start < stop:
            if first <= start:
                start = min(end, stop)
            else:
                end = first
    return start, end
