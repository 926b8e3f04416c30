"""Attributions: who is said to have said what, in direct, indirect and mixed speech.

The terms are those of Pareti (2015): source, cue, content. Direct speech is found by its marks and
framed by a cue beside it; indirect speech is read off the parse. A quotation that stands inside a
reported clause makes it mixed. What is in quotation marks but framed by nothing (scare quotes, titles
of works, names) is no attribution.
"""

from __future__ import annotations

from retold.annotate.clauses import Tree
from retold.annotate.direct import Speech as Spoken
from retold.annotate.direct import find_speech
from retold.annotate.quotations import MARKS, Quote, find_quotes
from retold.annotate.reported import Report, find_reports
from retold.annotate.speakers import Speakers
from retold.model import Attribution, Document, Span, Speech, identify, rounded

_SMALL = frozenset("a an and at by for from in of on or the to with".split())
_EDGE = MARKS + " \t\n\u00a0,;:"


def find_attributions(document: Document) -> tuple[Attribution, ...]:
    """Return the attributions of a parsed document, by the place of their content."""
    if not document.tokens:
        return ()
    tree = Tree(document)
    speakers = Speakers(tree)
    quotes = [q for q in find_quotes(document.article.text) if q.depth == 0]
    spoken = find_speech(tree, quotes)
    found = _direct(tree, speakers, spoken)
    used = {s.frame.verb for s in spoken if s.frame}
    loose = [q for q in quotes if not any(q in s.quotes for s in spoken)]
    taken = sorted((q.open, q.close) for s in spoken for q in s.quotes)
    for report in find_reports(tree):
        if report.cue[1] - 1 in used or report.cue[0] in used:
            continue
        attribution = _indirect(tree, speakers, report, quotes, loose, taken)
        if attribution:
            found.append(attribution)
    unique = {a.id: a for a in found}
    return tuple(sorted(unique.values(), key=lambda a: (a.content, a.id)))


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
    return Span(tree.document.id, start, end)


def _direct(tree: Tree, speakers: Speakers, spoken: list[Spoken]) -> list[Attribution]:
    found: list[Attribution] = []
    speaker, reach = "", -1
    for utterance in spoken:
        frame = utterance.frame
        spans = tuple(Span(tree.document.id, s, e) for q in utterance.quotes for s, e in q.parts)
        if frame is None:
            # a quotation on its own: the speaker of the paragraph before, while there is no other
            near = tree.document.sentences[tree.sentence_at(spans[0].start)].paragraph - reach <= 1
            name, sure = (speaker, 0.5) if near else ("", 0.5)
            source = cue = None
        else:
            name, sure = speakers.who(frame.source, frame.verb)
            source, cue = _span(tree, frame.source), _span(tree, frame.cue)
        found.append(_make(Speech.DIRECT, spans, cue, source, name, sure * utterance.sure))
        if name:
            speaker = name
            reach = tree.document.sentences[tree.sentence_at(spans[-1].start)].paragraph
    return found


def _indirect(
    tree: Tree,
    speakers: Speakers,
    report: Report,
    quotes: list[Quote],
    loose: list[Quote],
    taken: list[tuple[int, int]],
) -> Attribution | None:
    cue = _span(tree, report.cue)
    if cue is None or any(s <= cue.start < e for s, e in taken):
        return None
    pieces = [_outside(tree, start, end, taken) for start, end in report.content]
    spans = tuple(Span(tree.document.id, s, e) for s, e in pieces if s < e)
    if not spans:
        return None
    quoted = [
        q
        for q in loose
        if not _is_name(tree.text[q.start : q.end])
        and any(q.open < s.end and s.start < q.close for s in spans)
    ]
    speech = Speech.MIXED if quoted else Speech.INDIRECT
    if len(quoted) == 1 and len(spans) == 1:
        bare = tree.text[spans[0].start : spans[0].end].strip(_EDGE)
        inner = tree.text[quoted[0].start : quoted[0].end].strip(_EDGE)
        if bare == inner or bare == f"that {inner}":
            speech = Speech.DIRECT
            spans = tuple(Span(tree.document.id, s, e) for s, e in quoted[0].parts)
    name, sure = speakers.who(report.source, report.cue[0])
    source = _span(tree, report.source)
    return _make(speech, spans, cue, source, name, sure * report.sure)


def _is_name(words: str) -> bool:
    """Say whether what is quoted is a name or title ('North', "The Long Tide"): all in capitals."""
    return all(w[0].isupper() or w.lower() in _SMALL for w in words.split() if w[0].isalpha())


def _outside(tree: Tree, start: int, end: int, taken: list[tuple[int, int]]) -> tuple[int, int]:
    """The range without the utterances that overlap it, trimmed of marks and blanks."""
    for first, stop in taken:
        if first < end and start < stop:
            if first <= start:
                start = min(end, stop)
            else:
                end = first
    text = tree.text
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end
