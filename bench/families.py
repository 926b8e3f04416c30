"""A command with all processes that come of it, timed and watched from outside; on Linux."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.processes import HOME, FailedError, Run

SAMPLED = 1.0
"""Seconds between two looks at memory."""
_SUBREAPER = 36
"""That of Linux: who has it inherits the processes that lose their parent."""


@dataclass(slots=True)
class _Watch:
    """Looks at the processes below this one until told to stop; ends them at a limit."""

    limit: float | None
    peak: float = 0.0
    """Mebibytes: what processes share is counted once."""
    over: bool = False

    def look(self, stop: threading.Event) -> None:
        """Look now and then."""
        start = time.monotonic()
        while not stop.wait(SAMPLED):
            pids = list(_below(os.getpid()))
            self.peak = max(self.peak, sum(map(_share, pids)))
            if self.limit is not None and time.monotonic() - start > self.limit:
                self.over = True
                for pid in pids:
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)


def _below(pid: int) -> Iterator[int]:
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, file.read_text().split()):
                yield child
                yield from _below(child)


def _share(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def grown(
    command: tuple[str, ...], limit: float | None = None, given: Mapping[str, str] | None = None
) -> Run:
    """Run a command in the project's folder, and wait for every process that came of it.

    Args:
        command: the command.
        limit: seconds after which all of it is ended.
        given: what the environment has besides that of this process.

    Raises:
        FailedError: its exit code is not 0, or it took too long.
    """
    ctypes.CDLL(None).prctl(_SUBREAPER, 1)
    watch, stop = _Watch(limit), threading.Event()
    looking = threading.Thread(target=watch.look, args=(stop,))
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=HOME,
        env={**os.environ, **(given or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    looking.start()
    seconds = cpu = 0.0
    with suppress(ChildProcessError):  # there are no more
        while True:
            pid, status, usage = os.wait4(-1, 0)
            cpu += usage.ru_utime + usage.ru_stime
            if pid == process.pid:
                seconds = time.perf_counter() - start
                process.returncode = os.waitstatus_to_exitcode(status)
    stop.set()
    looking.join()
    if watch.over:
        raise FailedError(f"{' '.join(command)}: not done after {limit:g} seconds")
    if process.returncode:
        raise FailedError(f"{' '.join(command)}: exit code {process.returncode}")
    return Run(seconds, cpu, watch.peak)
