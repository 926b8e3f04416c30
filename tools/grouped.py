"""What was measured of grouping large piles into stories, for docs/performance.md."""

from __future__ import annotations

import json
from pathlib import Path

KEPT = Path(__file__).parents[1] / "bench" / "results" / "stories"

HEAD = """
## Grouping large piles

`python -m bench --stories` measures `retold scan`, and then `--stories` over what it wrote: whole
processes, each once. The pile are the 37,554 articles of a collection of political news of eight
years; for 100,000, 19,043 agency items of 1987 and then the first again, their dates moved by
eleven years. An article in eight has no date, and is compared with all. The aim is for both steps
together.
"""


def grouped() -> str:
    """Return the table of the newest measurement; nothing where there is none."""
    kept = [json.loads(file.read_text(encoding="utf-8")) for file in KEPT.glob("*.json")]
    if not kept:
        return ""
    newest = max(kept, key=lambda told: (told["date"], told["commit"]))
    lines = [
        HEAD,
        f"Commit {newest['commit']}, {newest['date'][:10]}, {newest['cores']} cores, Python"
        f" {newest['python']}; the machine's load average was {newest['load']} at the start.\n",
        "| articles | stories | scan, seconds | CPU | stories, seconds | CPU | aim | MiB | aim |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for told in newest["stories"]:
        scan, stories = told["scan"], told["grouping"]
        cells = (
            f"{told['articles']:,}",
            f"{told['stories']:,}",
            f"{scan['seconds']:.0f}",
            f"{scan['cpu']:.0f}",
            f"{stories['seconds']:.0f}",
            f"{stories['cpu']:.0f}",
            f"{told['aim_seconds']:.0f}",
            f"{max(scan['mebibytes'], stories['mebibytes']):.0f}",
            f"{told['aim_mebibytes']:.0f}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])
