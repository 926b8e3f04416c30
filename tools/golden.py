"""Renew the golden dossier and what the docs show of it: the bundled example as Retold tells it.

    python -m tools.golden

Look at the difference before you commit it: every line of it is a change that a user will see.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from rich.console import Console

import retold
from retold.model import Dossier
from retold.report.json import dumps
from retold.report.terminal import summary

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden" / "brannock.json"
PAGES = (ROOT / "README.md", ROOT / "docs" / "tutorial.md")
"""What shows the summary of the example, or the explanation of something in it."""
WIDTH = 80
"""Columns of the summary."""
_PRINTED = re.compile(r"(?<=```text\n)(?=\d+ articles, |\w+:[0-9a-f]{6,}\n).*?(?=```)", re.DOTALL)
"""A block that begins as the summary does, or as an explanation, with an id."""


def golden(dossier: Dossier) -> Any:
    """Return a dossier as plain values, its run reduced to what is always equal."""
    made = json.loads(dumps(dossier))
    keep = ("schema", "seed", "articles_in", "articles_out", "rejected", "notices")
    made["run"] = {key: made["run"][key] for key in keep}
    for article in made["articles"]:
        del article["extractor"]  # names the versions of the readers
    return made


def page(text: str, dossier: Dossier) -> str:
    """Return a page of the docs with what commands print of the example put in anew."""

    def printed(block: re.Match[str]) -> str:
        first = block[0].partition("\n")[0]
        told = retold.explain(dossier, first) if ":" in first else _summary(dossier)
        return "".join(f"{line.rstrip()}\n" for line in told.splitlines())

    return _PRINTED.sub(printed, text)


def _summary(dossier: Dossier) -> str:
    console = Console(highlight=False, width=WIDTH, color_system=None)
    with console.capture() as held:
        console.print(summary(dossier))
    return held.get()


def main() -> None:
    """Renew all."""
    dossier = retold.demo()
    text = json.dumps(golden(dossier), indent=1, ensure_ascii=False) + "\n"
    files = {GOLDEN: text} | {p: page(p.read_text("utf-8"), dossier) for p in PAGES}
    GOLDEN.parent.mkdir(exist_ok=True)
    for path, content in files.items():
        path.write_text(content, "utf-8")
        print(f"written: {path.name}")


if __name__ == "__main__":
    main()
