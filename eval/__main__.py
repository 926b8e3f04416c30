"""``python -m eval TASK PATH [--json]`` scores a folder; ``python -m eval --floors DATA`` guards.

Without PATH a task is scored on the data that it makes itself, where it does.

The floors (eval/floors.json) pin, for each task, the hash of the data and the figures that may not
fall, with the last full measurement, from which docs/quality.md is made. ``--floors DATA`` scores
every task whose folder lies in DATA and whose data are the pinned ones, and those whose data the
project makes itself. ``--renew`` raises the
floors to what is measured; it refuses to lower one. ``--judge DIR`` scores a classifier of sentence
pairs (docs/how-to-check.md) in the place of Retold's own judge.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory

import eval.tasks
from eval.core import GoldError, Score, data_hash
from retold.collate.crossencoder import CrossEncoder
from retold.errors import ModelError

FLOORS = Path(__file__).with_name("floors.json")

SLACK = 0.005
"""What a figure may lie under its floor: processors differ in the last bits of their int8
arithmetic, and so a few cases in a thousand may."""


JUDGED = ("fever_symmetric", "summedits_news")
"""The tasks that another judge can be scored on."""

LEAST = 50
"""Cases that a figure must rest on to be a floor: one of thirty is three hundredths."""


def tasks() -> list[str]:
    """Return the names of the tasks."""
    return sorted(module.name for module in iter_modules(eval.tasks.__path__))


def evaluate(task: str, path: Path, judge: Path | None = None) -> list[Score]:
    """Score one task on one folder; one of :data:`JUDGED` by the judge in another."""
    module = import_module(f"eval.tasks.{task}")
    scores: list[Score] = (
        module.evaluate(path, CrossEncoder(judge)) if judge else module.evaluate(path)
    )
    return scores


def makes(task: str) -> bool:
    """Say whether a task makes its data itself."""
    return hasattr(import_module(f"eval.tasks.{task}"), "make")


@contextmanager
def folder_of(task: str, data: Path) -> Iterator[Path]:
    """Give the folder of a task's data; what the project makes itself is made, and goes again."""
    module = import_module(f"eval.tasks.{task}")
    if not makes(task):
        yield data / getattr(module, "FOLDER", task)
        return
    with TemporaryDirectory() as name:
        module.make(Path(name))
        yield Path(name)


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("task", nargs="?", choices=tasks(), metavar="TASK", help=", ".join(tasks()))
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--floors", type=Path, metavar="DATA", help="hold every task to its floor")
    parser.add_argument("--renew", action="store_true", help="with --floors: raise the floors")
    parser.add_argument("--judge", type=Path, metavar="DIR", help=f"of {' and '.join(JUDGED)}")
    given = parser.parse_args()
    try:
        if given.floors:
            return guard(given.floors, renew=given.renew)
        if not given.task or not (given.path or makes(given.task)):
            parser.error("give TASK and PATH, or --floors DATA")
        if given.path and not given.path.is_dir():
            parser.error(f"{given.path}: no such folder; give one in the layout of {given.task}")
        if given.judge and given.task not in JUDGED:
            parser.error(f"--judge: {given.task} has no judge; {' and '.join(JUDGED)} have")
        with nullcontext(given.path) if given.path else folder_of(given.task, Path()) as folder:
            scores = evaluate(given.task, folder, given.judge)
            data = data_hash(folder) if given.json else ""
    except (GoldError, ModelError) as error:
        print(f"eval: {error}", file=sys.stderr)
        return 1
    if given.json:
        shown = {
            "task": given.task,
            "data": data,
            "scores": list(map(asdict, scores)),
        }
        print(json.dumps(shown, indent=1))
    else:
        table(given.task, scores)
    return 0


def table(task: str, scores: list[Score]) -> None:
    """Print one line a score."""
    print(task)
    for s in scores:
        base = "" if s.baseline is None else f"   baseline {s.baseline:.3f} ({s.baseline_name})"
        print(f"  {s.name:<44} {s.value:.3f}  [{s.low:.3f}, {s.high:.3f}]  n {s.n:>6,}{base}")


def guard(data: Path, *, renew: bool) -> int:
    """Hold every task to its floor; return 1 where one fell."""
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    fell = []
    for task in tasks():
        pinned = floors.get(task)
        if pinned is None and not renew:
            print(f"{task}: skipped, it has no floor yet")
            continue
        with folder_of(task, data) as folder:
            if not folder.is_dir():
                print(f"{task}: skipped, {folder} is absent")
                continue
            found = data_hash(folder)
            if pinned and pinned["data"] != found:
                print(f"{task}: skipped, {folder} is not the data that the floor was measured on")
                continue
            scores = evaluate(task, folder)
        table(task, scores)
        old = pinned["floors"] if pinned else {}
        new = {s.name: s.value for s in scores if s.n >= LEAST}
        fell += [
            f"{task}: {name} fell to {new.get(name)} (floor {floor})"
            for name, floor in old.items()
            if new.get(name, float("-inf")) < floor - SLACK
        ]
        kept = {name: max(new[name], old.get(name, 0.0)) for name in new}
        floors[task] = {"data": found, "floors": kept, "measured": list(map(asdict, scores))}
    for line in fell:
        print(line)
    if renew and not fell:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n")
        print(f"written: {FLOORS.name}")
    return 1 if fell else 0


if __name__ == "__main__":
    sys.exit(main())
