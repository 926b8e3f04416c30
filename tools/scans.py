"""The part of docs/performance.md that tells how a scan stands beside its peers."""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Any

from bench.kept import newest

PLANNED = 10_000_000
HEAD = """
## Scanning a corpus

`python -m bench --scan 10k` (`5k`, `100k`, `1m`, `3m`) measures; `python -m bench.plot` draws. The
corpora are planted by `bench/corpus.py`: news of some 400 words (where that is used up, texts
spliced from it), of which a quarter are variants of eleven kinds; one text has 5,000 light edits
(5 % of a smaller corpus), and every fifth article ends with its outlet's footer.

Every process reads the same Parquet file and is timed from outside, in rounds: each once, one after
the other. A ratio is the median over the rounds of a process's time by the scan's in the same
round. The scan ends with verified matches, groups and passages written; the peers, on word 5-grams
at a Jaccard index of .5 with 128 hashes, with candidates; passim, which a small corpus alone lets
end, with passages, its clusters left out. *Limit* is what any such tool must do:
read the file, split it into words, hash every run of five.

![Time and memory by number of articles](scan.svg)
"""


def scans() -> str:
    """Return the tables of the newest measurement of each size."""
    measured = newest()
    return "\n".join([HEAD, *map(_size, measured), *_planned(measured)]) if measured else ""


def _planned(measured: Sequence[dict[str, Any]]) -> list[str]:
    """Tell how time and memory grow, and what ten million articles would take."""
    if len(measured) < 2:
        return []
    few, many = sorted(measured, key=lambda told: told["articles"])[-2:]
    grown = log(many["articles"] / few["articles"])
    own = [next(p for p in told["processes"] if p["name"] == "retold") for told in (few, many)]
    time, memory = (log(own[1][key] / own[0][key]) / grown for key in ("seconds", "mebibytes"))
    times = PLANNED / many["articles"]
    return [
        f"### {PLANNED:,} articles, on paper\n",
        f"From {few['articles']:,} to {many['articles']:,} articles the time of a scan grows with"
        f" the power {time:.2f} of their number, its memory with the power {memory:.2f} (of which"
        " the larger part are mapped files, which the system takes back where it needs to). So"
        f" {PLANNED:,} would take about {own[1]['seconds'] * times**time / 60:.0f} minutes and"
        f" {own[1]['mebibytes'] * times**memory / 1024:.0f} GiB, and 6 GB of disk a million while"
        " it runs. That was not run.\n",
    ]


def _size(told: dict[str, Any]) -> str:
    changed = " with changes" if told["modified"] else ""
    where = f"Commit {told['commit']}{changed}, {told['date'][:10]}, {told['cores']} cores,"
    parts = [f"### {told['articles']:,} articles\n"]
    parts.append(f"{where} Python {told['python']}, {told['rounds']} rounds, {told['corpus']};")
    parts.append(f"the machine's load average was {told['load']:g} at the start.\n")
    parts.append("| process | seconds, median | slowest | CPU | MiB | by the scan's time | aim |")
    parts.append("|---|---|---|---|---|---|---|")
    for p in told["processes"]:
        aim = "" if p["aim"] is None else f"{p['aim']:g}"
        seconds = f"{p['seconds']:.2f} | {p['slowest']:.2f} | {p['cpu']:.2f}"
        parts.append(
            f"| {p['name']} | {seconds} | {p['mebibytes']:.0f} | {p['ratio']:.2f} | {aim} |"
        )
    rates = ", ".join(f"{name} {rate:,.0f}" for name, rate in told["pairs_a_second"].items())
    parts.append(f"\nPairs of texts aligned in a second of one core's time: {rates}.\n")
    names = list(told["scores"])
    parts.append(f"| share, 95 % interval of the scan | {' | '.join(names)} |")
    parts.append("|---|" + "---|" * len(names))
    by_name = {name: {s["name"]: s for s in found} for name, found in told["scores"].items()}
    for name, s in by_name["retold"].items():
        peers = [by_name[peer].get(name) for peer in names[1:]]
        cells = ["" if p is None else f"{p['value']:.3f}" for p in peers]
        own = f"{s['value']:.3f} ({s['low']:.3f} to {s['high']:.3f}; n {s['n']:,})"
        parts.append(f"| {' | '.join([name, own, *cells])} |")
    parts.append("\nEnds of passages lie off by so many words, median and 90 %:\n")
    for name, kinds in told["ends"].items():
        ends = (f"{kind} {e['median_words']:g} and {e['p90_words']:g}" for kind, e in kinds.items())
        parts.append(f"- {name}: {'; '.join(ends)}")
    parts.append("")
    return "\n".join(parts)
