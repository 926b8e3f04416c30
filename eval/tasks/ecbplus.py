"""Stories of two similar events each: are they told apart, and their reports brought together?

ECB+ (Cybulska & Vossen 2014): the story of a document is its ``subtopic``. Each topic has two
events of one kind: two earthquakes, two trials, two mergers. No time of publication is given. A few
thresholds of the grouping were chosen on these documents and on those of BASIL together; no weight
was fitted to them. Baseline: TF-IDF, average link, cut at a cosine distance of .80.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.core import Score, records
from eval.grouping import evaluate as evaluate_grouping
from retold.model import Article, article_id


def load(path: Path) -> list[tuple[Article, str]]:
    """Return the articles with their stories.

    Raises:
        GoldError: the file is missing or a line is not what it should be.
    """
    return records(path / "documents.jsonl", _document, "not an id, topic, subtopic and sentences")


def _document(record: Any) -> tuple[Article, str]:
    name, topic, subtopic = (str(record[key]) for key in ("id", "topic", "subtopic"))
    if not all(isinstance(sentence, str) for sentence in record["sentences"]):
        raise TypeError("a sentence is no text")
    text = " ".join(record["sentences"])
    article = Article(article_id(text, "", "", name, "", None), text, url=name, language="en")
    return article, f"{topic} {subtopic}"


def evaluate(path: Path) -> list[Score]:
    """Score the stories alone, and among other articles."""
    return evaluate_grouping(load(path), path)
