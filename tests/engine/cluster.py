"""A Spark of a master and two workers on this machine, any of which may be killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SETTINGS = """
spark.ui.enabled                    false
spark.speculation                   true
spark.speculation.interval          20ms
spark.speculation.multiplier        1.1
spark.speculation.quantile          0.1
spark.speculation.minTaskRuntime    20ms
spark.retold.gather                 0
"""
"""Tasks that take a little longer than others are run twice at once, and none is done by the driver
instead."""


class Cluster:
    """Its processes: ``address`` is the master's, as ``--master`` takes it."""

    def __init__(self, folder: Path) -> None:
        import pyspark

        self.folder = folder
        self.home = Path(pyspark.__file__).parent
        self.processes: list[subprocess.Popen[bytes]] = []
        self.address = ""
        (folder / "conf").mkdir()
        (folder / "conf" / "spark-defaults.conf").write_text(_SETTINGS)

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to take part."""
        return {
            **os.environ,
            "SPARK_HOME": str(self.home),
            "SPARK_CONF_DIR": str(self.folder / "conf"),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_WORKER_DIR": str(self.folder / "work"),
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_DAEMON_MEMORY": "256m",
        }

    def start(self, workers: int) -> None:
        """Start the master, then the workers, and wait until all are there."""
        log = self._run("master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        self.address = _waited(log, r"Starting Spark master at (spark://\S+)")
        for _ in range(workers):
            words = ("--cores", "1", "--memory", "1g", "--webui-port", "0", self.address)
            _waited(self._run("worker.Worker", *words), r"Successfully registered with (master)")

    def _run(self, name: str, *words: str) -> Path:
        log = self.folder / f"{len(self.processes)}.log"
        command = [str(self.home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}"]
        with log.open("wb") as stream:
            self.processes.append(
                subprocess.Popen(
                    [*command, *words], stdout=stream, stderr=stream, env=self.environment,
                    start_new_session=True,
                )
            )  # fmt: skip
        return log

    def kill(self, number: int) -> None:
        """Kill a process of it, with all that it has started, as a lost machine would go."""
        process = self.processes[number]
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _waited(log: Path, pattern: str) -> str:
    """Return what the log says once it says it."""
    for _ in range(1_200):
        if found := re.search(pattern, log.read_text("utf-8", "replace")):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(log.read_text("utf-8", "replace"))


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """Give a cluster; none of it is left in the end."""
    made = Cluster(folder)
    try:
        made.start(workers)
        yield made
    finally:
        for number in reversed(range(len(made.processes))):
            made.kill(number)
