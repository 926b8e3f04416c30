"""How surely a detail changed between two texts that were written apart from each other.

Near copies differ in what was changed. Reports that two newsrooms wrote differ in nearly every
word, and two details that differ are mostly of two things. A logistic model a kind weighs what
tells them apart; ``tools/fit_apart.py`` fits them to our own fictional reports of one event by two
newsrooms (``eval/data/reports.jsonl``), with and without the vectors of words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp

from retold.collate.pairs import Pair


def nearness(pair: Pair, i: int, j: int) -> dict[str, float]:
    """Return how near in meaning two words are, and what stands around them."""
    around, nearest = pair.nearness.around(i, j)
    return {"own": pair.nearness.of(i, j), "around": around, "nearest": nearest}


def probability(kind: str, evidence: Mapping[str, float], pair: Pair) -> float:
    """Return how surely a detail of a ``kind`` changed, given the ``evidence`` of its module."""
    weights = _models()[kind if pair.nearness.known else f"{kind}, words alone"]
    z = sum(w if name == "intercept" else w * evidence[name] for name, w in weights.items())
    return 1.0 / (1.0 + exp(-max(-50.0, min(50.0, z))))


@cache
def _models() -> dict[str, dict[str, float]]:
    raw = json.loads(files("retold.collate").joinpath("data/apart.json").read_text("utf-8"))
    return {kind: {k: float(w) for k, w in model.items()} for kind, model in raw["models"].items()}
