"""``python -m eval.traditions make OUT --seed 1 --level middle --size 20``: write a tradition."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from eval.traditions import DATES, grow, write
from eval.traditions.newsroom import LEVELS
from eval.traditions.stories import base_stories


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval.traditions", description=__doc__)
    verbs = parser.add_subparsers(required=True)
    make = verbs.add_parser("make", help="write a tradition: articles, and the true stemma")
    make.add_argument("out", type=Path, metavar="OUT", help="a folder, which is made")
    make.add_argument("--seed", type=int, default=1)
    make.add_argument("--level", choices=sorted(LEVELS), default="middle")
    make.add_argument("--size", type=int, default=20, help="versions that are collected, 2 to 200")
    make.add_argument("--story", type=int, choices=range(len(base_stories())))
    make.add_argument("--dates", choices=DATES, default="given")
    given = parser.parse_args()
    if not 2 <= given.size <= 200:
        parser.error("a tradition has 2 to 200 versions")
    write(given.out, grow(given.seed, given.level, given.size, given.story), given.dates)
    print(f"written: {given.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
