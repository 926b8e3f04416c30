"""Renew the golden dossier: what the bundled example gives, without what differs from run to run.

    python -m tools.golden

Look at the difference before you commit it: every line of it is a change that a user will see.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import retold
from retold.report.json import dumps

GOLDEN = Path(__file__).parents[1] / "tests" / "golden" / "brannock.json"


def golden() -> Any:
    """Return the example's dossier as plain values, its run reduced to what is always equal."""
    made = json.loads(dumps(retold.demo()))
    keep = ("schema", "seed", "articles_in", "articles_out", "rejected", "notices")
    made["run"] = {key: made["run"][key] for key in keep}
    for article in made["articles"]:
        del article["extractor"]  # names the versions of the readers
    return made


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    text = json.dumps(golden(), indent=1, ensure_ascii=False) + "\n"
    GOLDEN.write_text(text, encoding="utf-8")
    print(f"written: {GOLDEN.name}")
