"""``python -m bench kills [KILLS] [--keep]``: a desk whose writer is killed, again and again.

A child opens the desk and adds small articles, a few at a time, and acknowledges each addition. At
a moment drawn at random, some milliseconds after so many additions, it is killed with SIGKILL, and
another goes on. In the end, and often between, every article that was acknowledged must be there,
and the desk be sound. Some are killed while they make a new desk; it must be one at the next start.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from retold.config import StoriesConfig
from retold.desk import Desk
from retold.lexicon import idf
from retold.model import Article, article_id
from retold.stories.revisions import revisions

KILLS = 200
ADDITIONS = 12
"""Additions that a child has acknowledged when its last milliseconds begin, at most."""
LONGEST = 0.025
"""Seconds that it then has, at most: an addition takes about a third of that."""
PATIENCE = 30.0
"""Seconds after which a child that acknowledges nothing is given up."""
_ID = len(article_id(""))


class LostError(Exception):
    """Something that was stored is not there."""


def articles(life: int) -> Iterator[Article]:
    """Yield small articles, others in each life; each text of an address in several revisions."""
    for number in range(1_000_000):
        text = (
            f"The ferry {life} left Port Almery {number // 3} minutes late, the harbour board said"
            f" at hour {number}."
        )
        url = f"https://news.example/{life}/{number // 3}"
        published = datetime(2031, 4, 9, tzinfo=UTC) + timedelta(seconds=number)
        made = article_id(text, url=url, published=published)
        yield Article(made, text, url=url, published=published)


def live(path: Path, life: int, told: int) -> None:
    """Add articles until killed; write the ids of what was stored to ``told``."""
    draw = random.Random(life)  # noqa: S311 - no secret
    coming = articles(life)
    with Desk.open(path) as desk:
        while True:
            some = [next(coming) for _ in range(draw.randint(1, 8))]
            desk.add(some, "bench")
            os.write(told, "".join([*(article.id for article in some), "\n"]).encode())


def kill(path: Path, life: int, additions: int, seconds: float) -> list[str]:
    """Let a child add so often and live so long after it; return the ids that it acknowledged."""
    hears, tells = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(hears)
            live(path, life, tells)
        finally:
            os._exit(1)
    os.close(tells)
    heard = b""
    while heard.count(b"\n") < additions:
        ready, _, _ = select.select([hears], [], [], PATIENCE)
        more = os.read(hears, 1 << 16) if ready else b""
        if not more:
            break
        heard += more
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(hears, "rb") as stream:
        heard += stream.read()
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) or heard.count(b"\n") < additions:
        raise LostError(f"the writer of life {life} failed before it was killed")
    # what it was about to say when it was killed, it did not say
    said = "".join(heard.decode().split("\n")[:-1])
    return [said[at : at + _ID] for at in range(0, len(said), _ID)]


def hold(path: Path, acknowledged: list[str]) -> int:
    """See that all that was acknowledged is there; return how many articles are.

    Raises:
        LostError: one is not, or the desk is not sound.
    """
    with Desk.open(path) as desk:
        lost = set(acknowledged) - desk.values(acknowledged).keys()
        problems = desk.check()
        if lost or problems:
            raise LostError(f"{len(lost)} of {len(acknowledged)} articles lost; {problems}")
        return desk.status().articles


def run(kills: int, folder: Path) -> tuple[int, int, int]:
    """Kill so many writers; return how many articles were acknowledged, stored, desks begun."""
    revisions((), StoriesConfig())
    idf("ferry")  # what adding needs is read here once, not by each child
    draw = random.Random(5)  # noqa: S311 - no secret
    path, begun = folder / "retold.db", 0
    acknowledged: list[str] = []
    for life in range(kills):
        if life % 8 == 7:
            # a desk that is killed while it is made
            fresh = folder / f"{life}.db"
            hold(fresh, kill(fresh, life, 0, draw.uniform(0, LONGEST)))
            begun += 1
            continue
        acknowledged += kill(path, life, draw.randint(0, ADDITIONS), draw.uniform(0, LONGEST))
        if life % 20 == 0:
            hold(path, acknowledged)
    return len(acknowledged), hold(path, acknowledged), begun


def main(words: list[str]) -> tuple[int, dict[str, Any]]:
    """Run it as the command line says; return the exit code and what was measured."""
    parser = argparse.ArgumentParser(prog="python -m bench kills", description=__doc__)
    parser.add_argument("kills", nargs="?", type=int, default=KILLS)
    parser.add_argument("--keep", action="store_true", help="write the result to bench/results/")
    kills = parser.parse_args(words).kills
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        try:
            acknowledged, stored, begun = run(kills, Path(folder))
        except LostError as error:
            print(error, file=sys.stderr)
            told = {"kills": kills, "of_desks_being_made": kills // 8, "problems": [str(error)]}
            return 1, told
    took = time.monotonic() - started
    print(
        f"{kills} kills, {begun} of them of desks being made, in {took:.0f} s:"
        f" {acknowledged:,} articles acknowledged and there, {stored:,} stored; sound"
    )
    return 0, {
        "kills": kills,
        "of_desks_being_made": begun,
        "seconds": round(took, 1),
        "acknowledged": acknowledged,
        "stored": stored,
        "problems": [],
    }
