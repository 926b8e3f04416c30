"""Whole processes, timed from outside."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).parents[1]
RETOLD = (sys.executable, "-c", "from retold.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command."""

    seconds: float
    """Wall clock."""
    cpu: float
    """Seconds of processor time, of all threads together."""
    mebibytes: float
    """Peak resident memory."""


class FailedError(Exception):
    """A command ended with an error; says which."""


def timed(command: tuple[str, ...]) -> Run:
    """Run a command in the project's folder.

    Raises:
        FailedError: its exit code is not 0.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=HOME, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise FailedError(f"{' '.join(command)}: exit code {process.returncode}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def commit() -> str:
    """Return the short name of the commit that is checked out."""
    return _git("rev-parse", "--short=12", "HEAD")


def modified() -> bool:
    """Return whether what is measured differs from the commit."""
    return bool(_git("status", "--porcelain", "--", "src"))


def _git(*words: str) -> str:
    git = ("git", "-C", str(HOME), *words)
    return subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip()
