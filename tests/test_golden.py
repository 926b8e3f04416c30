"""The bundled example's dossier, whole, as it was when somebody last looked at it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tools.golden import GOLDEN, golden

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


def test_the_dossier_is_the_golden_one() -> None:
    found = differences(json.loads(GOLDEN.read_text("utf-8")), golden())
    if found:
        shown = "\n".join(found[:20])
        pytest.fail(f"{len(found)} differences; `python3 task.py golden` renews it:\n{shown}")


def test_a_difference_is_seen() -> None:
    assert differences({"a": [1.0]}, {"a": [1.01]}) == []
    assert differences({"a": [1.0]}, {"a": [1.1]}) == ["/a/0: 1.0 became 1.1"]
    assert differences({"a": 1}, {"b": 1})
    assert differences([1], [1, 2])
