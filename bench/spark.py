"""``python -m bench spark SIZE``: a scan on Spark beside the scan on one machine, and its peers.

In rounds, each once, one after the other: a ratio is the median over the rounds of one process's
time by that of the scan on Spark in the same round. All that run on Spark have this machine's cores
and the same settings, and keep Spark's own log of events, from which comes what they moved. Time is
that of the command; processor time and memory are those of all its processes: Python, Java, and
Java's Python workers. The scans end with verified matches, groups and passages written; the peers
with pairs or groups.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from bench import pile
from bench.corpus import NEWS, SIZES, source, write
from bench.events import Events, events
from bench.families import grown
from bench.processes import HOME, RETOLD, FailedError, Run
from eval import reuse
from eval.core import Score

LOCAL, SPARK, SPREAD = "retold", "retold on spark", "retold on spark, all spread"
"""The last gathers nothing on the driver: what a corpus of any size costs that is too large for
that."""
OWN = (LOCAL, SPARK, SPREAD)
PEERS = ("minhashlsh", "curator")
LIMIT = 600.0
"""Seconds after which a peer is given up, unless told otherwise."""
AIM = 3.0
"""Of the faster peer's time by the scan's on Spark, at least."""
RECALL = 0.97
"""Of the scan on Spark, at least."""
_SHOWN = ("recall, all kinds", "precision, matches")


def settle(folder: Path, logs: Path, more: Mapping[str, str]) -> None:
    """Write a folder of Spark's settings: those of all that runs on it, and some more."""
    folder.mkdir()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    given = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": f"{memory // 3 >> 20}m",  # as a scan asks for itself
        "spark.sql.shuffle.partitions": str(4 * len(os.sched_getaffinity(0))),
        "spark.eventLog.enabled": "true",
        "spark.eventLog.dir": logs.as_uri(),
        "spark.eventLog.compress": "false",
        "spark.eventLog.rolling.enabled": "false",
        **more,
    }
    lines = [f"{name} {value}\n" for name, value in given.items()]
    (folder / "spark-defaults.conf").write_text("".join(lines))


def measure(
    size: str,
    corpora: Path,
    python: str,
    rounds: int,
    limit: float = LIMIT,
    without: Collection[str] = (),
) -> dict[str, Any]:
    """Measure a size: processes, what they moved, scores.

    Args:
        size: its name.
        corpora: folder of corpora; what it lacks is made.
        python: the interpreter that has distributed-curator. Spark's own peer is run by that of
            this process, on the same Spark as the scan.
        rounds: how often each process is run.
        limit: seconds after which a peer is given up.
        without: which of :data:`SPREAD` and :data:`PEERS` are not run.
    """
    corpus, truth = corpora / f"{size}.parquet", corpora / f"{size}.truth.parquet"
    if not (corpus.is_file() and truth.is_file()):
        corpora.mkdir(parents=True, exist_ok=True)
        write(corpus, truth, SIZES[size], source())
    with tempfile.TemporaryDirectory(dir=corpora) as name:
        folder = Path(name)
        commands = _commands(corpus, folder, python)
        for one in without:
            del commands[one]
        runs, logs, left_out = _rounds(commands, folder, rounds, limit)
        told = reuse.truth(truth)
        scores = {n: _scores(n, folder / n, told, corpus) for n in runs}
        here, *there = (reuse.scanned(folder / n, len(told.words)).pairs for n in OWN if n in runs)
    return {
        "size": size,
        "articles": SIZES[size],
        "corpus": "news" if NEWS.is_file() else "fiction",
        "rounds": rounds,
        "recall_aim": RECALL,
        "same_pairs": all(np.array_equal(here, pairs) for pairs in there),
        "processes": _summaries(runs),
        "left_out": left_out,
        "events": {n: asdict(found) for n, found in logs.items()},
        "an_article": {n: _each(found, runs[n], SIZES[size]) for n, found in logs.items()},
        "scores": {n: list(map(asdict, found)) for n, found in scores.items()},
    }


def _commands(corpus: Path, folder: Path, python: str) -> dict[str, tuple[str, ...]]:
    scan = (*RETOLD, "scan", "-q", str(corpus), "--out")
    found: dict[str, tuple[str, ...]] = {LOCAL: (*scan, str(folder / LOCAL))}
    for name in (SPARK, SPREAD):
        found[name] = (*scan, str(folder / name), "--engine", "spark", "--master", "local[*]")
    for peer, own in zip(PEERS, (sys.executable, python), strict=True):
        found[peer] = (own, "-m", f"bench.peers.{peer}", str(corpus), str(folder / peer))
    return found


def _rounds(
    commands: dict[str, tuple[str, ...]], folder: Path, rounds: int, limit: float
) -> tuple[dict[str, list[Run]], dict[str, Events], list[str]]:
    """Return all runs, the log of the last of each on Spark, and why which peers are left out."""
    logs, common, spread = (folder / name for name in ("logs", "settings", "spread"))
    logs.mkdir()
    settle(common, logs, {})
    settle(spread, logs, {"spark.retold.gather": "0"})
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    told: dict[str, Events] = {}
    left_out: list[str] = []
    pile.write(folder / "pile.jsonl", 50)  # the first scan on a machine compiles the kernels
    warm = (*RETOLD, "scan", "-q", str(folder / "pile.jsonl"), "--out", str(folder / "warm"))
    grown(warm)
    for _ in range(rounds):
        for name in list(runs):
            shutil.rmtree(folder / name, ignore_errors=True)
            for log in logs.iterdir():
                log.unlink()
            try:
                settings = {"SPARK_CONF_DIR": str(spread if name == SPREAD else common)}
                run = grown(commands[name], limit if name in PEERS else None, settings)
            except FailedError as error:
                if name not in PEERS:
                    raise
                print(f"left out: {error}", flush=True)
                left_out.append(f"{name}: {str(error).rpartition(': ')[2]}")
                told.pop(name, None)
                del runs[name]
                continue
            runs[name].append(run)
            print(f"  {name:<28} {run.seconds:8.2f} s", flush=True)
            for log in logs.iterdir():
                told[name] = events(log)
    return runs, told, left_out


def _summaries(runs: dict[str, list[Run]]) -> list[dict[str, Any]]:
    ratios = {
        name: statistics.median(
            run.seconds / own.seconds for run, own in zip(found, runs[SPARK], strict=True)
        )
        for name, found in runs.items()
    }
    better = min((name for name in PEERS if name in runs), key=ratios.__getitem__, default=None)
    return [
        {
            "name": name,
            "seconds": round(statistics.median(run.seconds for run in found), 3),
            "slowest": round(max(run.seconds for run in found), 3),
            "cpu": round(statistics.median(run.cpu for run in found), 3),
            "mebibytes": round(max(run.mebibytes for run in found), 1),
            "ratio": round(ratios[name], 3),
            "aim": AIM if name == better else None,
        }
        for name, found in runs.items()
    ]


def _each(found: Events, runs: list[Run], articles: int) -> dict[str, float]:
    """Return what an article costs: the start of everything is part of it."""
    return {
        "cpu_milliseconds": round(statistics.median(run.cpu for run in runs) * 1e3 / articles, 3),
        "written_bytes": round(found.written / articles, 1),
        "shuffled_bytes": round(found.shuffled / articles, 1),
        "spilled_bytes": round(found.spilled / articles, 1),
    }


def _scores(name: str, file: Path, told: reuse.Truth, corpus: Path) -> list[Score]:
    if name in OWN:
        return reuse.scores(file, told, corpus)
    count = len(told.words)
    found = reuse.bucketed(file, told) if name == "curator" else reuse.paired(file, count)
    return [*reuse.recall(found, told), *reuse.precision(found, told, corpus, groups=False)]


def show(told: dict[str, Any]) -> None:
    """Print a measurement."""
    print(f"{told['articles']:,} articles ({told['corpus']}), {told['rounds']} rounds")
    for p in told["processes"]:
        aim = f" (aim {p['aim']:g})" if p["aim"] else ""
        rates = {s["name"]: s["value"] for s in told["scores"][p["name"]]}
        recall, precision = (rates.get(name, float("nan")) for name in _SHOWN)
        print(
            f"  {p['name']:<28} {p['seconds']:8.2f} s  cpu {p['cpu']:8.2f} s"
            f"  {p['mebibytes']:7.0f} MiB  recall {recall:.3f}  precision {precision:.3f}"
            f"  {p['ratio']:7.2f} of the time on Spark{aim}"
        )
    for line in told["left_out"]:
        print(f"  left out: {line}")
    print(f"  the same pairs on Spark as on one machine: {'yes' if told['same_pairs'] else 'NO'}")
    for name, e in told["events"].items():
        each = told["an_article"][name]
        print(
            f"  {name:<28} Spark {e['version']}: {e['jobs']} jobs, {e['stages']} stages,"
            f" {e['tasks']} tasks ({e['failed']} failed); first job after {e['before']:.1f} s,"
            f" jobs {e['busy']:.1f} s, tasks {e['running']:.1f} s\n"
            f"  {'':<28} an article: cpu {each['cpu_milliseconds']:.2f} ms,"
            f" written {each['written_bytes']:,.0f} B, shuffled {each['shuffled_bytes']:,.0f} B,"
            f" spilled {each['spilled_bytes']:,.0f} B"
        )


def main(words: list[str]) -> tuple[int, dict[str, Any]]:
    """Run it as the command line says; return the exit code and what was measured."""
    parser = argparse.ArgumentParser(prog="python -m bench spark", description=__doc__)
    parser.add_argument("size", choices=SIZES, metavar="SIZE", help=", ".join(SIZES))
    parser.add_argument(
        "--corpora", type=Path, default=HOME / "build" / "corpora", help="folder of planted corpora"
    )
    parser.add_argument(
        "--python", default=sys.executable, metavar="PEERS", help="has distributed-curator"
    )
    parser.add_argument(
        "--limit", type=float, default=LIMIT, help="seconds after which a peer is given up"
    )
    parser.add_argument(
        "--without", action="append", default=[], choices=(SPREAD, *PEERS), help="is not run"
    )
    parser.add_argument("--runs", type=int, default=1, help="rounds")
    parser.add_argument("--keep", action="store_true", help="write the result to bench/results/")
    given = parser.parse_args(words)
    try:
        told = measure(
            given.size, given.corpora.resolve(), given.python, given.runs, given.limit,
            set(given.without),
        )  # fmt: skip
    except FailedError as error:
        print(error, file=sys.stderr)
        return 1, {}
    show(told)
    return 0, told
