"""``python -m bench.collation PILE TARGET``: align and collate the versions of one story.

Reading, annotating and matching them is not measured. Seconds of wall clock and of processor time,
and how many versions, sentences and claims they are of, are written to TARGET as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from retold import annotate, collate, reuse, rewrite, stemma
from retold.config import Config
from retold.model import Article, Story, identify
from retold.read import read


def main(pile: Path, target: Path) -> None:
    """Measure one story: every article of ``pile`` is a version of it."""
    config = Config()
    articles = [item for item in read([pile], config.read) if isinstance(item, Article)]
    documents = annotate.annotate(sorted(articles, key=lambda article: article.id))
    matches = reuse.find(documents, config.reuse)
    matches += rewrite.find(documents, matches, config.rewrite)
    by_id = {document.id: document for document in documents}
    names = tuple(sorted(by_id))
    story = Story(identify("story", *names), names, tuple(matches))
    wall, cpu = time.perf_counter(), time.process_time()
    rows = collate.align(story, by_id, config.collate, config.rewrite)
    wall, cpu = wall - time.perf_counter(), cpu - time.process_time()
    tree = stemma.build(story, by_id, rows, config.stemma)
    wall, cpu = wall + time.perf_counter(), cpu + time.process_time()
    apparatus = collate.collate(story, by_id, rows, tree, config.collate)
    measured = {
        "seconds": round(time.perf_counter() - wall, 3),
        "cpu": round(time.process_time() - cpu, 3),
        "versions": len(documents),
        "sentences": sum(len(document.sentences) for document in documents),
        "claims": len(apparatus.claims),
    }
    target.write_text(json.dumps(measured) + "\n", "utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
