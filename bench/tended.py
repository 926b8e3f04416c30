"""A command of Retold as a process that is killed and started again, and the memory it takes."""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from bench.processes import HOME, RETOLD

ENDING = 60.0
"""Seconds that a process has to end when it is asked to."""


class Tended:
    """One command; what it prints goes to a file of its name."""

    def __init__(self, name: str, folder: Path, *words: str) -> None:
        """Say what is run."""
        self.name = name
        self.command = (*RETOLD, name, *words)
        self.log = folder / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.killed: list[int] = []
        """Of processes that were killed; what these started is in their groups."""
        self.peak: dict[int, float] = {}
        """Peak resident memory of each process that there was, in MiB."""

    def start(self) -> None:
        """Run it, in a group of its own."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=HOME, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self) -> None:
        """Kill the process itself, as if it had failed; what it started must see for itself."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.killed.append(self.process.pid)

    def end(self) -> list[str]:
        """Ask it to end; return what was wrong with how it did."""
        assert self.process is not None
        if self.process.poll() is not None:
            return [f"{self.name} had ended by itself: {self._last()}"]
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(ENDING)
        except subprocess.TimeoutExpired:
            return [f"{self.name} did not end in {ENDING:g} s"]
        finally:
            _ended(self.process.pid)
            left = [pid for pid in self.killed if _ended(pid)]
        if left:
            return [f"{len(left)} processes that {self.name} started outlived it"]
        return (
            [f"{self.name} ended with {code}: {self._last()}"] if code not in {0, -15, 130} else []
        )

    def look(self) -> None:
        """Note how much memory it and what it started take."""
        if self.process is None:
            return
        for pid in (self.process.pid, *_children(self.process.pid)):
            with suppress(OSError, StopIteration, ValueError):
                lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
                told = next(line for line in lines if line.startswith("VmHWM"))
                self.peak[pid] = max(self.peak.get(pid, 0), int(told.split()[1]) / 1024)

    def mebibytes(self) -> float:
        """Return the peak resident memory of the largest of its processes."""
        return round(max(self.peak.values(), default=0), 1)

    def _last(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-500:]


def _ended(group: int) -> bool:
    """End what is left of a group; say whether anything was."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [int(each) for each in told.split()]
    return []
