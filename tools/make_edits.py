"""Make the controlled edits of ``eval/data/edits.jsonl`` from our own fictional sentences.

    python -m tools.make_edits

Seeds are the sentences of ``eval/data/edit_seeds.txt``, ``rewrite_pairs.jsonl`` and
``rewrite_stories.jsonl``. The file is kept, so that a parser that reads a seed otherwise moves no
score; read its difference after making it anew.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from random import Random

from eval.edits import HARMFUL, HARMLESS, Edit, article, edits
from retold.annotate import annotate
from retold.collate.views import view

DATA = Path(__file__).parents[1] / "eval" / "data"

MOST = 60
"""Edits of one kind that are kept."""


def seeds() -> list[str]:
    """Return the seed sentences, sorted."""
    lines = (DATA / "edit_seeds.txt").read_text("utf-8").splitlines()
    for line in (DATA / "rewrite_pairs.jsonl").read_text("utf-8").splitlines():
        pair = json.loads(line)
        lines += [pair["a"], pair["b"]]
    for line in (DATA / "rewrite_stories.jsonl").read_text("utf-8").splitlines():
        lines.append(json.loads(line)["text"])
    return sorted(set(lines))


def main() -> None:
    """Make and write."""
    found: dict[str, list[Edit]] = defaultdict(list)
    for document in annotate([article(text, n) for n, text in enumerate(seeds())]):
        text = document.article.text
        if len(document.sentences) == 1:
            random = Random(text)  # noqa: S311 - no secret
            for edit in edits(view(document, document.sentences[0].span), random):
                found[edit.kind].append(edit)
    lines: list[str] = []
    for kind in (*HARMFUL, *HARMLESS):
        made = sorted(found[kind], key=lambda e: (e.before, e.after))
        kept = Random(kind).sample(made, min(MOST, len(made)))  # noqa: S311 - no secret
        lines += [json.dumps({"kind": kind, "before": e.before, "after": e.after}) for e in kept]
        print(f"{kind:26} {len(kept)}")
    (DATA / "edits.jsonl").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
