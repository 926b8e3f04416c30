"""The bundled example: its whole dossier, and what the docs show of it, as last looked at."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import retold
from retold.model import Dossier
from tools.golden import GOLDEN, PAGES, golden, page

CLOSE = 0.02
"""Scores may differ so much between processors: their int8 arithmetic does."""


def differences(old: Any, new: Any, where: str = "") -> list[str]:
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        return [d for key in old for d in differences(old[key], new[key], f"{where}/{key}")]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [
            d
            for i, (a, b) in enumerate(zip(old, new, strict=True))
            for d in differences(a, b, f"{where}/{i}")
        ]
    if isinstance(old, float) and isinstance(new, float):
        return [] if abs(old - new) <= CLOSE else [f"{where}: {old} became {new}"]
    return [] if old == new else [f"{where}: {str(old)[:80]} became {str(new)[:80]}"]


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return retold.demo()


def test_the_dossier_is_the_golden_one(dossier: Dossier) -> None:
    found = differences(json.loads(GOLDEN.read_text("utf-8")), golden(dossier))
    if found:
        shown = "\n".join(found[:20])
        pytest.fail(f"{len(found)} differences; `python3 task.py golden` renews it:\n{shown}")


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_the_docs_show_what_is_printed(path: Path, dossier: Dossier) -> None:
    old = path.read_text("utf-8")
    found = differences(*(numbers_apart(text) for text in (old, page(old, dossier))))
    assert not found, "`python3 task.py golden` renews it"


def numbers_apart(text: str) -> list[Any]:
    """A text in words and scores; blanks shift where a score has other digits."""
    parts = re.split(r"(\b[01]\.\d\d\b)", " ".join(text.split()))
    return [float(part) if number % 2 else part for number, part in enumerate(parts)]


def test_only_what_is_printed_of_the_example_is_renewed(dossier: Dossier) -> None:
    block = "```text\n17 articles, long ago\n```\n"
    other = "```text\nno command prints this\n```\n"
    made = page(f"{other}{block}", dossier)
    assert made.startswith(f"{other}```text\n17 articles, ")
    assert "independent origins" in made
    assert "long ago" not in made
    (edge, *_) = dossier.stories[0].stemma.edges
    told = page(f"```text\n{edge.id}\nold\n```\n", dossier)
    assert told == f"```text\n{retold.explain(dossier, edge.id)}```\n"


def test_a_difference_is_seen() -> None:
    assert differences({"a": [1.0]}, {"a": [1.01]}) == []
    assert differences({"a": [1.0]}, {"a": [1.1]}) == ["/a/0: 1.0 became 1.1"]
    assert differences({"a": 1}, {"b": 1})
    assert differences([1], [1, 2])
