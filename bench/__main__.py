"""``python -m bench [--keep]``: whole processes, timed from outside, with their peak memory.

Each figure is the median of several runs after a warm-up (the longest job runs once, cold), on the
cores that the process may use.
With ``--keep`` the result is written to bench/results/, named by commit.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.pile import write

HOME = Path(__file__).parents[1]
SEEDS = HOME.parent / "shared" / "seeds"
RETOLD = (sys.executable, "-c", "from retold.cli import main; main()")


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


def timed(command: tuple[str, ...]) -> tuple[float, float]:
    """Run a command; return its wall time in seconds and its peak memory in MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def measure(
    name: str, command: tuple[str, ...], runs: int, seconds: float, mebibytes: float | None = None
) -> Result:
    """Measure a command against its targets, after a warm-up where it is run several times."""
    if runs > 1:
        timed(command)
    found = [timed(command) for _ in range(runs)]
    walls = [wall for wall, _ in found]
    return Result(
        name,
        round(statistics.median(walls), 3),
        round(max(walls), 3),
        round(max(memory for _, memory in found), 1),
        runs,
        seconds,
        mebibytes,
    )


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="write bench/results/COMMIT.json")
    keep = parser.parse_args().keep
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
        write(folder / "pile.jsonl", 100)
        command = (*RETOLD, "compare", "-q", str(folder / "pile.jsonl"), "--html", page)
        results.append(measure("100 versions of 500 words to HTML", command, 1, 60.0, 1536.0))
    for r in results:
        memory = f" of {r.target_mebibytes:g}" if r.target_mebibytes else ""
        print(
            f"{r.name:<36} {r.seconds:7.2f} s of {r.target_seconds:g}  (slowest {r.slowest:.2f})"
            f"  {r.mebibytes:7.0f} MiB{memory}  n {r.runs}"
        )
    if keep:
        git = ("git", "-C", str(HOME), "rev-parse", "--short=12", "HEAD")
        commit = subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip()
        machine: dict[str, object] = {
            "cores": len(os.sched_getaffinity(0)),
            "python": platform.python_version(),
        }
        target = HOME / "bench" / "results" / f"{commit}.json"
        target.parent.mkdir(exist_ok=True)
        kept = {"commit": commit, "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M}", **machine}
        kept["results"] = list(map(asdict, results))
        target.write_text(json.dumps(kept, indent=1) + "\n")
        print(f"written: bench/results/{target.name}")


if __name__ == "__main__":
    main()
