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
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path

from eval.core import GoldError, data_hash
from eval.floors import evaluate, folder_of, guard, makes, table, tasks
from retold.errors import ModelError

JUDGED = ("fever_symmetric", "summedits_news")
"""The tasks that another judge can be scored on."""


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


if __name__ == "__main__":
    sys.exit(main())
