"""The floors of quality: what each task measured, and what may not fall."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory

import eval.tasks
from eval.core import Score, data_hash
from retold.collate.crossencoder import CrossEncoder
from retold.engine import Processes, cores

FLOORS = Path(__file__).with_name("floors.json")

SLACK = 0.005
"""What a figure may lie under its floor: processors differ in the last bits of their int8
arithmetic, and so a few cases in a thousand may."""


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


def table(task: str, scores: list[Score]) -> None:
    """Print one line a score."""
    print(task)
    for s in scores:
        base = "" if s.baseline is None else f"   baseline {s.baseline:.3f} ({s.baseline_name})"
        print(f"  {s.name:<44} {s.value:.3f}  [{s.low:.3f}, {s.high:.3f}]  n {s.n:>6,}{base}")


def scored(asked: tuple[str, Path, str | None]) -> tuple[str, str, list[Score]]:
    """Score a task whose data are the pinned ones, where they are pinned.

    Args:
        asked: the task, the folder of all data, the hash of the pinned ones.

    Returns:
        Why it was skipped, or nothing; the hash of its data; its scores.
    """
    task, data, pinned = asked
    with folder_of(task, data) as folder:
        if not folder.is_dir():
            return f"{folder} is absent", "", []
        found = data_hash(folder)
        if pinned and pinned != found:
            return f"{folder} is not the data that the floor was measured on", found, []
        return "", found, evaluate(task, folder)


def guard(data: Path, *, renew: bool) -> int:
    """Hold every task to its floor, on all cores; return 1 where one fell."""
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    fell = []
    for task in tasks():
        if task not in floors and not renew:
            print(f"{task}: skipped, it has no floor yet")
    # first those that make their data: they take longest
    wanted = [task for task in tasks() if renew or task in floors]
    wanted.sort(key=lambda task: not makes(task))
    asked = [(task, data, floors[task]["data"] if task in floors else None) for task in wanted]
    for task, (why, found, scores) in zip(
        wanted, Processes(cores()).map(scored, asked), strict=True
    ):
        if why:
            print(f"{task}: skipped, {why}", flush=True)
            continue
        table(task, scores)
        sys.stdout.flush()
        old = floors[task]["floors"] if task in floors else {}
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
