"""What was measured of a desk, for docs/operations.md: the newest of each kind that was kept."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import fill
from typing import Any

from retold.labels import count

KEPT = Path(__file__).parents[1] / "bench" / "results" / "desk"
WIDTH = 120
"""Columns of a paragraph."""
BEGIN, END = "<!-- measured -->\n", "<!-- end of what was measured -->"
_MEASURED = re.compile(f"(?<={BEGIN}).*?(?={END})", re.DOTALL)


def newest(kind: str) -> dict[str, Any] | None:
    """Return the newest measurement of a kind: ``soak``, ``desk`` or ``kills``."""
    kept = [json.loads(file.read_text(encoding="utf-8")) for file in KEPT.glob(f"{kind}-*.json")]
    return max(kept, key=lambda told: (told["date"], told["commit"]), default=None)


def page(text: str) -> str:
    """Return the page with what was measured put in anew."""
    parts = [tell(kept) for kind, tell in TOLD.items() if (kept := newest(kind))]
    return _MEASURED.sub(lambda _: "\n".join(["", *parts, ""]), text)


def _where(told: Mapping[str, Any]) -> str:
    return (
        f"Commit {told['commit']}, {told['date'][:10]}, {told['cores']} cores, Python"
        f" {told['python']}; the machine's load average was {told['load']} at the start."
    )


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def soak(told: Mapping[str, Any]) -> str:
    """Tell of a desk in use."""
    requests, ms = told["requests"], told["milliseconds"]
    failed = sum(number for status, number in requests.items() if status >= "400")
    left = told["dossiers_left"]
    waits = f"{left:,} of {told['of_several_versions']:,} stories in several versions"
    rows: list[tuple[str, ...]] = [
        ("articles stored", f"{told['stored']:,}, of which {told['revised']:,} were revised"),
        ("seconds until all were stored", f"{told['seconds_until_stored']:.0f}"),
        (
            "seconds until all stories were told",
            f"{told['seconds_until_told']:.0f}"
            if told["seconds_until_told"] is not None
            else f"longer than was waited ({told['quiet_minutes']:g} min): {waits} were left",
        ),
        (
            "stories that were others than of all articles at once",
            f"{told['other_before_settling']:,} before settling"
            f" (of {told['stories']:,}; {told['of_several_versions']:,} in several versions)",
        ),
        ("requests answered", f"{sum(requests.values()):,}, of which {failed:,} with an error"),
        ("requests that found no server, just killed", f"{told['away']:,}"),
        (
            "milliseconds: median, 95 %, 99 %, longest",
            ", ".join(f"{ms[name]:,.0f}" for name in ("p50", "p95", "p99", "most")),
        ),
        (
            "MiB of the largest process of serving, of watching",
            f"{told['mebibytes']['serve']:.0f}, {told['mebibytes']['watch']:.0f}",
        ),
        ("MB of the file", f"{told['megabytes_on_disk']:.0f}"),
        ("problems", "; ".join(told["problems"]) or "none"),
    ]
    about = (
        f"**In use**, `python -m bench soak`: {told['articles']:,} articles come in"
        f" {count(told['feeds'], 'feed')} in {told['minutes']:g} minutes, {told['readers']} readers"
        f" browse, watching and serving are killed {count(told['kills'], 'time')}. {_where(told)}"
    )
    return f"{fill(about, WIDTH)}\n\n{_table(('measured', ''), rows)}"


def desk(told: Mapping[str, Any]) -> str:
    """Tell of a large desk."""
    rows: list[tuple[str, ...]] = [
        (
            each["name"],
            *(f"{each[field]:.3f}" for field in ("median", "worst", "processor_median")),
            str(each["runs"]),
        )
        for each in told["results"]
    ]
    size = told["bytes"] / told["articles"] / 1000
    about = (
        f"**Large**, `python -m bench desk`: {told['articles']:,} articles of some"
        f" {told['words']} words, most stories without a dossier, in {told['bytes'] / 1e6:,.0f} MB,"
        f" {size:.0f} KB an article. {_where(told)}"
    )
    head = ("seconds", "median", "longest", "processor, median", "runs")
    return f"{fill(about, WIDTH)}\n\n{_table(head, rows)}"


def kills(told: Mapping[str, Any]) -> str:
    """Tell of writers that were killed."""
    problems = "; ".join(told["problems"]) or (
        f"{told['acknowledged']:,} articles had been acknowledged, and all were there; the file was"
        " sound."
    )
    about = (
        f"**Killed**, `python -m bench kills`: {told['kills']:,} writers, at moments drawn at"
        f" random, {told['of_desks_being_made']:,} of them while they made a desk: {problems}"
        f" {_where(told)}"
    )
    return f"{fill(about, WIDTH)}\n"


TOLD = {"soak": soak, "desk": desk, "kills": kills}
"""What tells of each kind."""
