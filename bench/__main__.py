"""``python -m bench [--scan SIZE | --stories] [--keep]``: whole processes, with their peak memory.

Each figure is the median of several runs after a warm-up (the longest job runs once, cold), on the
cores that the process may use.
With ``--scan`` a scan of a planted corpus is measured instead, beside its peers: see bench/scan.py;
with ``--stories`` the grouping of large piles: see bench/stories.py.
``python -m bench soak``, ``desk`` and ``kills`` measure a desk: in use, large, and killed while it
is written to; ``python -m bench spark SIZE`` measures a scan on Spark; see the modules of these
names.
With ``--keep`` the result is written to bench/results/, named by commit.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import desk, kills, scan, soak, spark, stories
from bench.corpus import SIZES
from bench.pile import write
from bench.processes import HOME, RETOLD, FailedError, commit, modified, timed
from eval import traditions
from eval.traditions.files import ARTICLES

DESK = {"soak": soak.main, "desk": desk.main, "kills": kills.main}
"""What is measured of a desk, by its word."""
SEEDS = HOME.parent / "shared" / "seeds"


@dataclass(frozen=True, slots=True)
class Result:
    """One measured command."""

    name: str
    seconds: float
    """Wall clock, median."""
    slowest: float
    mebibytes: float
    """Largest peak resident memory of a run."""
    runs: int
    target_seconds: float
    target_mebibytes: float | None


def measure(
    name: str, command: tuple[str, ...], runs: int, seconds: float, mebibytes: float | None = None
) -> Result:
    """Measure a command against its targets, after a warm-up where it is run several times."""
    if runs > 1:
        timed(command)
    found = [timed(command) for _ in range(runs)]
    walls = [run.seconds for run in found]
    return Result(
        name,
        round(statistics.median(walls), 3),
        round(max(walls), 3),
        round(max(run.mebibytes for run in found), 1),
        runs,
        seconds,
        mebibytes,
    )


def main() -> int:
    """Measure, print, keep; return the exit code."""
    if sys.argv[1:2] and sys.argv[1] in DESK:
        head, (what, *words) = origin(), sys.argv[1:]
        code, told = DESK[what](words)
        if "--keep" in words:
            keep(head, told, f"desk/{what}-{head['commit']}.json")
        return code
    if sys.argv[1:2] == ["spark"]:
        head, words = origin(), sys.argv[2:]
        code, told = spark.main(words)
        if "--keep" in words and not code:
            keep(head, told, f"spark/{head['commit']}-{told['size']}.json")
        return code
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="write the result to bench/results/")
    parser.add_argument("--scan", choices=SIZES, metavar="SIZE", help=f"scan: {', '.join(SIZES)}")
    parser.add_argument("--stories", action="store_true", help="group large piles into stories")
    parser.add_argument(
        "--corpora", type=Path, default=HOME / "build" / "corpora", help="folder of planted corpora"
    )
    parser.add_argument(
        "--peers", default=sys.executable, metavar="PYTHON", help="has the group bench installed"
    )
    parser.add_argument("--runs", type=int, default=3, help="rounds of --scan")
    given = parser.parse_args()
    head = origin()
    try:
        if given.scan:
            size = given.scan, SIZES[given.scan]
            told = scan.measure(*size, given.corpora.resolve(), given.peers, given.runs)
            scan.show(told)
            if given.keep:
                keep(head, told, f"scan/{head['commit']}-{given.scan}.json")
            return 0
        if given.stories:
            told = stories.measure()
            if given.keep:
                keep(head, told, f"stories/{head['commit']}.json")
            return 0
        results = compare()
    except FailedError as error:
        print(error, file=sys.stderr)
        return 1
    if given.keep:
        keep(head, {"results": list(map(asdict, results))}, f"{head['commit']}.json")
    return 0


def origin() -> dict[str, object]:
    """Return when, where and of what a measurement is taken; to be asked before it."""
    return {
        "commit": commit(),
        "modified": modified(),
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        "cores": len(os.sched_getaffinity(0)),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
    }


def keep(head: dict[str, object], measured: dict[str, object], name: str) -> None:
    """Write a measurement to bench/results/."""
    target = HOME / "bench" / "results" / name
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({**head, **measured}, indent=1) + "\n")
    print(f"written: bench/results/{name}")


def story(name: str, pile: Path, target: Path, seconds: float, *words: str) -> Result:
    """Measure a stage of one story's versions, within a process: see bench/collation.py."""
    run = timed((sys.executable, "-m", "bench.collation", str(pile), str(target), *words))
    took = json.loads(target.read_text("utf-8"))["seconds"]
    return Result(name, took, took, round(run.mebibytes, 1), 1, seconds, None)


def compare() -> list[Result]:
    """Measure `retold compare`, and print."""
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page = str(folder / "page.html")
        results.append(measure("retold --help", (*RETOLD, "--help"), 9, 0.2))
        if SEEDS.is_dir():
            seeds = map(str, sorted(SEEDS.glob("*.txt")))
            command = (*RETOLD, "compare", "-q", *seeds, "--html", page)
            results.append(measure("five seed articles to HTML, cold", command, 5, 6.0))
        else:
            print("../shared/seeds is absent: skipped")
        write(folder / "story.jsonl", 50, 680)
        pile, told = folder / "story.jsonl", folder / "told.json"
        results.append(story("50 versions of 40 sentences, collated", pile, told, 20.0))
        grown = folder / "grown"
        traditions.write(grown, traditions.grow(500, "middle", 500, 1), "hidden")
        pile = grown / ARTICLES
        results.append(story("500 grown versions, the stemma alone", pile, told, 60.0, "stemma"))
        write(folder / "pile.jsonl", 100)
        command = (*RETOLD, "compare", "-q", str(folder / "pile.jsonl"), "--html", page)
        results.append(measure("100 versions of 500 words to HTML", command, 1, 60.0, 1536.0))
    for r in results:
        memory = f" of {r.target_mebibytes:g}" if r.target_mebibytes else ""
        print(
            f"{r.name:<40} {r.seconds:7.2f} s of {r.target_seconds:g}  (slowest {r.slowest:.2f})"
            f"  {r.mebibytes:7.0f} MiB{memory}  n {r.runs}"
        )
    return results


if __name__ == "__main__":
    sys.exit(main())
