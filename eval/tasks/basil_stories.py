"""Stories told by three outlets each: are they brought together, and nothing else? (BASIL).

The story of an article is its ``triplet``: one event, told by three American outlets that wrote for
themselves (Fan et al. 2019). Same text, thresholds and baseline as for ecbplus.
"""

from __future__ import annotations

from pathlib import Path

from eval.basil import read
from eval.core import Score
from eval.grouping import evaluate as evaluate_grouping

FOLDER = "basil"
"""The data are those of another task."""


def evaluate(path: Path) -> list[Score]:
    """Score the stories alone, and among other articles."""
    return evaluate_grouping([(article, event) for event, article, _ in read(path).values()], path)
