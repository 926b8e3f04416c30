"""What the makers of controlled edits share: finding phrases, replacing stretches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from retold.collate.views import View
from retold.model import Span, Speech, Token

Maker = Callable[[View, Random], Iterator[str]]


def put(view: View, *parts: tuple[int, int, str]) -> str:
    """Replace stretches of the sentence, given by offsets of its article."""
    text, start = view.text, view.span.start
    for low, high, new in sorted(parts, reverse=True):
        text = text[: low - start] + new + text[high - start :]
    text = re.sub(r"\s+([,.;])", r"\1", re.sub(r"[ \t]+", " ", text)).strip()
    return text[:1].upper() + text[1:]


def text_of(view: View, span: Span | Token) -> str:
    """Return the words of a span or token."""
    return view.document.article.text[span.start : span.end]


def lowered(view: View, text: str) -> str:
    """Return words that began the sentence as they stand within one."""
    first = view.tokens[0]
    named = any(n.span.start == first.start for n in view.names)
    plain = first.pos != "PROPN" and not named and not text[1:2].isupper()
    return text[:1].lower() + text[1:] if plain else text


def quoted(view: View, start: int) -> bool:
    """Say whether an offset lies between quotation marks."""
    before = view.document.article.text[view.span.start : start]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def subtree(view: View, i: int) -> tuple[int, int]:
    """Return the first and last token of what hangs on a token."""
    first = last = i
    stack = [i]
    while stack:
        n = stack.pop()
        first, last = min(first, n), max(last, n)
        stack.extend(view.children[n])
    return first, last


def transitive(view: View) -> Iterator[tuple[int, tuple[int, int], tuple[int, int]]]:
    """Yield active past verbs whose doer and object are plain phrases right beside them."""
    for i, token in enumerate(view.tokens):
        if token.pos != "VERB" or token.tag != "VBD":
            continue
        subjects = [c for c in view.children[i] if view.tokens[c].dep == "nsubj"]
        objects = [c for c in view.children[i] if view.tokens[c].dep == "dobj"]
        others = {view.tokens[c].dep for c in view.children[i]}
        if len(subjects) != 1 or len(objects) != 1 or others & {"aux", "neg", "prt", "conj", "cc"}:
            continue
        s, o = subjects[0], objects[0]
        if view.tokens[s].pos == "PRON" or view.tokens[o].pos == "PRON":
            continue
        doer, done = subtree(view, s), subtree(view, o)
        if doer[1] + 1 == i and done[0] == i + 1 and done[1] - done[0] <= 8:
            yield i, doer, done


def swapped_words(view: View, table: dict[str, str], tags: str = "NVJRIMD") -> Iterator[str]:
    """Put the words of a table for others, but in names and quotations, and before nouns."""
    for i, token in enumerate(view.tokens):
        new = table.get(view.forms[i])
        named = any(
            n.span.overlap(Span(view.document.id, token.start, token.end)) for n in view.names
        )
        told = token.dep == "amod" or token.tag[0] not in tags
        if new is None or named or told or quoted(view, token.start):
            continue
        yield put(view, (token.start, token.end, new))


def without_stop(view: View) -> tuple[str, str]:
    """Return the sentence without its closing mark, and the mark."""
    text = view.text.rstrip()
    end = re.search(r"[.!?]$", text)
    return (text[:-1], text[-1]) if end else (text, "")


def closing_source(view: View) -> tuple[int, int] | None:
    """Return the stretch of a source and its cue that close the sentence, comma included."""
    for found in view.attributions:
        if found.speech is not Speech.INDIRECT or found.source is None or found.cue is None:
            continue
        low = min(found.source.start, found.cue.start)
        high = max(found.source.end, found.cue.end)
        rest = view.document.article.text[high : view.span.end].strip()
        before = view.document.article.text[view.span.start : low].rstrip()
        if rest in {"", "."} and before.endswith(",") and '"' not in view.text:
            return view.span.start + len(before) - 1, high
    return None
