"""Pairs of articles labelled sentence by sentence, and the articles themselves (BASIL)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.claims import Anchor, ArticlePair, Range, label, report
from eval.core import GoldError, records
from retold.model import Article

LABELS = Path(__file__).with_name("data") / "basil_pairs.jsonl"


def load() -> list[ArticlePair]:
    """Read the labels."""
    pairs = []
    for line in LABELS.read_text("utf-8").splitlines():
        record = json.loads(line)
        anchors = tuple(
            Anchor(_range(a["span"]), tuple(label(p, _range(p["span"])) for p in a["pairs"]))
            for a in record["anchors"]
        )
        pairs.append(ArticlePair(record["event"], record["a"], record["b"], anchors))
    return pairs


def _range(value: Sequence[int]) -> Range:
    start, end = value
    return start, end


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
    outlet, title, url = (str(record[k]) for k in ("source", "title", "url"))
    told = report(record["body-paragraphs"], title, outlet, record["date"], url)
    return str(record["uuid"]), str(record["triplet"]), *told


def key(uuid: str, text: str) -> str:
    """Return what the labels call an article: its uuid and 12 hex digits over its text."""
    return f"{uuid}:{hashlib.sha256(text.encode()).hexdigest()[:12]}"
