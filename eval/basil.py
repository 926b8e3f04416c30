"""Pairs of articles labelled sentence by sentence, and the articles themselves (BASIL)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eval.core import GoldError, records
from retold.model import Article, ChangeKind, article_id

LABELS = Path(__file__).with_name("data") / "basil_pairs.jsonl"

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Label:
    """What one sentence of the second article has to do with an anchor."""

    span: Range
    same: bool
    changes: tuple[tuple[ChangeKind, bool], ...] = ()
    """Kind, and whether it is real."""
    contradiction: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """A sentence of the first article with all that was labelled for it."""

    span: Range
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class ArticlePair:
    """Two articles of one event, as labelled."""

    event: int
    """Its number in the order of the file: even for development."""
    a: str
    b: str
    anchors: tuple[Anchor, ...]


def load() -> list[ArticlePair]:
    """Read the labels."""
    pairs = []
    for line in LABELS.read_text("utf-8").splitlines():
        record = json.loads(line)
        anchors = tuple(
            Anchor(_range(a["span"]), tuple(_label(p) for p in a["pairs"]))
            for a in record["anchors"]
        )
        pairs.append(ArticlePair(record["event"], record["a"], record["b"], anchors))
    return pairs


def _range(value: Sequence[int]) -> Range:
    start, end = value
    return start, end


def _label(record: dict[str, Any]) -> Label:
    changes = tuple((ChangeKind(c["kind"]), bool(c["real"])) for c in record.get("changes", ()))
    same = record["label"] == "same"
    return Label(_range(record["span"]), same, changes, record.get("contradiction", False))


def read(path: Path) -> dict[str, tuple[str, Article, tuple[Range, ...]]]:
    """Return, by uuid and hash of the text, each article with its event and its sentences.

    Raises:
        GoldError: there is no ``*.jsonl``, or a record lacks a field.
    """
    files = sorted(path.glob("*.jsonl"))
    if not files:
        raise GoldError(f"{path}: no .jsonl file")
    told = (entry for file in files for entry in records(file, _article, "not an article"))
    return {key(uuid, article.text): (e, article, spans) for uuid, e, article, spans in told}


def _article(record: Any) -> tuple[str, str, Article, tuple[Range, ...]]:
    """Return uuid and event of an article, the article, and where its sentences stand."""
    text, sentences = layout(record["body-paragraphs"])
    outlet, title, url = (str(record[k]) for k in ("source", "title", "url"))
    published = datetime.fromisoformat(record["date"]).replace(tzinfo=UTC)
    name = article_id(text, title, outlet, url, "", published)
    article = Article(name, text, title, outlet, "", url, "en", published, "given")
    return str(record["uuid"]), str(record["triplet"]), article, sentences


def key(uuid: str, text: str) -> str:
    """Return what the labels call an article: its uuid and 12 hex digits over its text."""
    return f"{uuid}:{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def layout(paragraphs: Iterable[Iterable[str]]) -> tuple[str, tuple[Range, ...]]:
    """Return the text of an article and where its sentences stand."""
    text, spans = "", []
    for paragraph in paragraphs:
        gap = "\n\n" if text else ""
        for sentence in (" ".join(s.split()) for s in paragraph):
            if sentence:
                start = len(text) + len(gap)
                text += gap + sentence
                spans.append((start, len(text)))
                gap = " "
    return text, tuple(spans)
