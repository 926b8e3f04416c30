"""A scan of a planted corpus beside its peers, in rounds: each once, one after the other.

A ratio is the median over the rounds of one process's time by the scan's in the same round, so that
what slows the machine down slows both. The scan ends with verified matches, groups and passages
written; the peers with candidates, of which nothing is verified.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from bench import pile
from bench.corpus import NEWS, source, write
from bench.processes import HOME, RETOLD, FailedError, Run, timed
from eval import reuse
from eval.core import Score

AIMS = {
    "datasketch": 15.0,
    "rensa": 6.0,
    "daft": 2.0,
    "limit": 0.4,
    "one core": 1.7,
    "passim": 50.0,
}
"""Of another process's time by the scan's, at least."""
PEERS = ("datasketch", "rensa", "daft")
ALIGNERS = ("retold", "passim")
"""Find passages; passim not in a large corpus."""
SMALL = 5_000
"""Articles up to which it is run."""
LARGE = 300_000
"""Articles from which only the peer that holds out is run."""
HUGE = 2_000_000
"""Articles from which the scan and its limit alone are run, on all cores."""
ALIGNED = 2_000
"""Pairs that are aligned for the rates."""


def measure(size: str, count: int, corpora: Path, python: str, rounds: int) -> dict[str, Any]:
    """Measure a size: processes, rates, scores.

    Args:
        size: its name.
        count: its number of articles.
        corpora: folder of corpora; what it lacks is made.
        python: the interpreter that has the peers.
        rounds: how often each process is run.
    """
    corpus, truth = corpora / f"{size}.parquet", corpora / f"{size}.truth.parquet"
    if not (corpus.is_file() and truth.is_file()):
        corpora.mkdir(parents=True, exist_ok=True)
        write(corpus, truth, count, source())
    with tempfile.TemporaryDirectory(dir=corpora) as name:
        folder = Path(name)
        runs = _rounds(_commands(corpus, folder, python, count), folder, rounds)
        named = [n for n in ("retold", *PEERS, "passim") if n in runs]
        scores = {n: _scores(n, folder, truth, corpus) for n in named}
        off = {n: reuse.ends(folder / n, reuse.truth(truth)) for n in ALIGNERS if n in runs}
    return {
        "size": size,
        "articles": count,
        "corpus": "news" if NEWS.is_file() else "fiction",
        "rounds": rounds,
        "processes": [_summary(n, found, runs["retold"]) for n, found in runs.items()],
        "pairs_a_second": _rates(corpus, truth, python),
        "scores": {n: list(map(asdict, found)) for n, found in scores.items()},
        "ends": {
            name: {kind: _error(cases) for kind, cases in every.items() if cases}
            for name, every in off.items()
        },
    }


def _commands(corpus: Path, folder: Path, python: str, count: int) -> dict[str, tuple[str, ...]]:
    first = str(min(os.sched_getaffinity(0)))
    scan = (*RETOLD, "scan", "-q", str(corpus), "--out")
    limit = (RETOLD[0], "-m", "bench.kernels", "limit", str(corpus))
    found = {"retold": (*scan, str(folder / "retold")), "limit": limit}
    if count >= HUGE:
        return found
    found["one core"] = ("taskset", "-c", first, *scan, str(folder / "one core"))
    found["limit, one core"] = ("taskset", "-c", first, *limit)
    peers = PEERS if count < LARGE else PEERS[-1:]
    for peer in (*peers, "passim") if count <= SMALL else peers:
        found[peer] = (python, "-m", f"bench.peers.{peer}", str(corpus), str(folder / peer))
    return found


def _rounds(
    commands: dict[str, tuple[str, ...]], folder: Path, rounds: int
) -> dict[str, list[Run]]:
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    pile.write(folder / "pile.jsonl", 50)  # the first scan on a machine compiles the kernels
    timed((*RETOLD, "scan", "-q", str(folder / "pile.jsonl"), "--out", str(folder / "warm")))
    for _ in range(rounds):
        for name, command in commands.items():
            if name not in runs:
                continue
            shutil.rmtree(folder / name, ignore_errors=True)
            try:
                runs[name].append(timed(command))
            except FailedError as error:
                if name not in (*PEERS, "passim"):
                    raise
                print(f"left out: {error}")
                del runs[name]
            else:
                print(f"  {name:<16} {runs[name][-1].seconds:8.2f} s", flush=True)
    return runs


def _summary(name: str, runs: list[Run], ours: list[Run]) -> dict[str, Any]:
    ratios = [theirs.seconds / own.seconds for theirs, own in zip(runs, ours, strict=True)]
    return {
        "name": name,
        "seconds": round(statistics.median(run.seconds for run in runs), 3),
        "slowest": round(max(run.seconds for run in runs), 3),
        "cpu": round(statistics.median(run.cpu for run in runs), 3),
        "mebibytes": round(max(run.mebibytes for run in runs), 1),
        "ratio": round(statistics.median(ratios), 3),
        "aim": AIMS.get(name),
    }


def _scores(name: str, folder: Path, truth: Path, corpus: Path) -> list[Score]:
    told = reuse.truth(truth)
    if name == "retold":
        return reuse.scores(folder / name, told, corpus)
    file = folder / name
    if name == "passim":
        file /= "matches.parquet"
    found = reuse.bucketed(file, told) if name == "daft" else reuse.paired(file, len(told.words))
    scores = [*reuse.recall(found, told), *reuse.precision(found, told, corpus, groups=False)]
    if name == "passim":
        scores += reuse.span_scores(reuse.ends(folder / name, told))
    return scores


def _rates(corpus: Path, truth: Path, python: str) -> dict[str, float]:
    """Return pairs that are aligned a second on one core, by tool."""
    pairs = (str(corpus), str(truth), str(ALIGNED))
    commands: dict[str, tuple[str, ...]] = {
        "retold": (RETOLD[0], "-m", "bench.kernels", "align", *pairs)
    }
    for peer in ("rapidfuzz", "parasail"):
        commands[peer] = (python, "-m", f"bench.peers.{peer}", *pairs)
    found: dict[str, float] = {}
    for name, command in commands.items():
        done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            found[name] = round(float(done.stdout))
    return found


def _error(cases: list[tuple[int, int] | None]) -> dict[str, float]:
    off = [words for case in cases if case is not None for words in case]
    return {
        "passages": len(cases),
        "missed": sum(case is None for case in cases),
        "median_words": float(np.median(off)),
        "p90_words": float(np.percentile(off, 90)),
    }


def show(told: dict[str, Any]) -> None:
    """Print a measurement."""
    print(f"{told['articles']:,} articles ({told['corpus']}), {told['rounds']} rounds")
    for p in told["processes"]:
        aim = f" (aim {p['aim']:g})" if p["aim"] else ""
        print(
            f"  {p['name']:<16} {p['seconds']:8.2f} s  cpu {p['cpu']:8.2f} s"
            f"  {p['mebibytes']:7.0f} MiB   {p['ratio']:7.2f} of the scan's time{aim}"
        )
    for name, rate in told["pairs_a_second"].items():
        print(f"  aligned by {name:<16} {rate:8,.0f} pairs a second")
    for name, found in told["scores"].items():
        print(name)
        for s in found:
            print(
                f"  {s['name']:<62} {s['value']:.3f}  [{s['low']:.3f}, {s['high']:.3f}]  {s['n']:,}"
            )
    for name, kinds in told["ends"].items():
        for kind, e in kinds.items():
            print(
                f"  ends of passages, {name}, {kind:<14} median {e['median_words']:g},"
                f" p90 {e['p90_words']:g} words; {e['missed']} of {e['passages']} missed"
            )
