"""The part of docs/performance.md that tells how a scan on Spark stands beside its peers."""

from __future__ import annotations

from typing import Any

from bench.kept import SPARKS, newest

HEAD = """
## Scanning on Spark

`python -m bench spark 10k` (`100k`, `1m`) measures, on the same planted corpora: the scan on one
machine, the same scan on Spark (on this machine, all its cores), the same with nothing gathered on
the driver ("all spread"), and two peers on Spark: its own MinHashLSH and distributed-curator. Time
is that of the command, Java's start and all; processor time and memory are those of all its
processes. The scans end with verified matches, groups and passages written; the peers with pairs or
groups. What one machine is better at shows here; what Spark is for does not: [the page on
Spark](spark.md) plans from these figures.
"""
_MOVED = ("shuffled bytes", "written bytes")
_SCORES = ("recall, all kinds", "precision, matches")


def sparks() -> str:
    """Return the tables of the newest measurement of each size."""
    measured = newest(SPARKS)
    return "\n".join([HEAD, *map(_size, measured)]) if measured else ""


def _size(told: dict[str, Any]) -> str:
    changed = " with changes" if told["modified"] else ""
    where = f"Commit {told['commit']}{changed}, {told['date'][:10]}, {told['cores']} cores,"
    rounds = "once each" if told["rounds"] == 1 else f"{told['rounds']} rounds"
    parts = [f"### {told['articles']:,} articles on Spark\n"]
    parts.append(f"{where} Python {told['python']}, {rounds}, {told['corpus']};")
    parts.append(f"the machine's load average was {told['load']:g} at the start.\n")
    parts.append(
        "| process | seconds | CPU | MiB | recall | precision | by the time on Spark | aim |"
    )
    parts.append("|---|---|---|---|---|---|---|---|")
    for p in told["processes"]:
        rates = {s["name"]: s["value"] for s in told["scores"][p["name"]]}
        shown = " | ".join(f"{rates[name]:.3f}" if name in rates else "" for name in _SCORES)
        aim = "" if p["aim"] is None else f"{p['aim']:g}"
        parts.append(
            f"| {p['name']} | {p['seconds']:.1f} | {p['cpu']:.1f} | {p['mebibytes']:.0f} | {shown}"
            f" | {p['ratio']:.2f} | {aim} |"
        )
    parts += ["", *(f"Left out: {line}.\n" for line in told["left_out"])]
    columns = ("jobs", "tasks", "seconds to the first job", "in jobs", "CPU ms", *_MOVED)
    parts.append(f"| on Spark | {' | '.join(columns)} |")
    parts.append("|---|---|---|---|---|---|---|---|")
    for name, e in told["events"].items():
        each = told["an_article"][name]
        moved = " | ".join(f"{each[f'{key}_bytes']:,.0f}" for key in ("shuffled", "written"))
        parts.append(
            f"| {name} | {e['jobs']} | {e['tasks']} | {e['before']:.1f} | {e['busy']:.1f}"
            f" | {each['cpu_milliseconds']:.2f} | {moved} |"
        )
    same = "the same" if told["same_pairs"] else "NOT the same"
    parts.append(f"\nCPU and bytes are by article. All scans found {same} pairs.\n")
    return "\n".join(parts)
