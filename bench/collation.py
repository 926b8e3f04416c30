"""``python -m bench.collation PILE TARGET [stemma]``: collate one story, or infer its stemma.

Without the last word aligning and collating the versions is measured, with it the stemma alone;
reading, annotating and matching them never is. Seconds of wall clock and of processor time, and how
many versions and sentences they are of, are written to TARGET as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from retold import annotate, collate, reuse, rewrite, stemma
from retold.config import Config
from retold.model import Article, Story, identify
from retold.read import read

T = TypeVar("T")


def main(pile: Path, target: Path, *, alone: bool = False) -> None:
    """Measure one story: every article of ``pile`` is a version of it; its stemma ``alone``."""
    config = Config()
    articles = [item for item in read([pile], config.read) if isinstance(item, Article)]
    documents = annotate.annotate(sorted(articles, key=lambda article: article.id))
    matches = reuse.find(documents, config.reuse)
    matches += rewrite.find(documents, matches, config.rewrite)
    by_id = {document.id: document for document in documents}
    names = tuple(sorted(by_id))
    story = Story(identify("story", *names), names, tuple(matches))
    clock = Clock()
    rows = clock.time(lambda: collate.align(story, by_id, config.collate, config.rewrite))
    if alone:
        clock = Clock()
        clock.time(lambda: stemma.build(story, by_id, rows, config.stemma))
    else:
        tree = stemma.build(story, by_id, rows, config.stemma)
        clock.time(lambda: collate.collate(story, by_id, rows, tree, config.collate))
    measured = {
        "seconds": round(clock.wall, 3),
        "cpu": round(clock.cpu, 3),
        "versions": len(documents),
        "sentences": sum(len(document.sentences) for document in documents),
    }
    target.write_text(json.dumps(measured) + "\n", "utf-8")


class Clock:
    """Adds up the seconds of what it is given to do."""

    def __init__(self) -> None:
        """Start from nothing."""
        self.wall = self.cpu = 0.0

    def time(self, do: Callable[[], T]) -> T:
        """Return what a step returns."""
        wall, cpu = time.perf_counter(), time.process_time()
        done = do()
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu
        return done


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]), alone=sys.argv[3:] == ["stemma"])
