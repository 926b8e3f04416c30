"""What Spark's log of events says of a run."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Events:
    """What Spark's log of events says of one run. Bytes are those of all tasks together.

    Of the bytes that tasks read it counts only those that no Python stands behind: they are no part
    of this.
    """

    version: str
    """Of Spark."""
    jobs: int
    stages: int
    """Of which a task was run."""
    tasks: int
    failed: int
    """Tasks."""
    before: float
    """Seconds from the start of the application to its first job."""
    busy: float
    """Seconds in which a job ran."""
    running: float
    """Seconds that tasks ran, added up."""
    java_cpu: float
    """Seconds of processor time of tasks, without that of Python."""
    written: int
    """Bytes to files, for what is kept between stages, too."""
    shuffled: int
    """Bytes written for a shuffle."""
    spilled: int
    """Bytes written to disk for want of memory."""


def events(log: Path) -> Events:
    """Read a log of events."""
    version, start = "", 0
    jobs: dict[int, list[int]] = {}
    ended: list[tuple[dict[str, Any], dict[str, Any]]] = []
    failed, stages = 0, set()
    with log.open(encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            match event["Event"]:
                case "SparkListenerLogStart":
                    version = event["Spark Version"]
                case "SparkListenerApplicationStart":
                    start = event["Timestamp"]
                case "SparkListenerJobStart":
                    jobs[event["Job ID"]] = [event["Submission Time"]]
                case "SparkListenerJobEnd":
                    jobs[event["Job ID"]].append(event["Completion Time"])
                case "SparkListenerTaskEnd":
                    stages.add((event["Stage ID"], event["Stage Attempt ID"]))
                    failed += event["Task End Reason"]["Reason"] != "Success"
                    if "Task Metrics" in event:
                        ended.append((event["Task Metrics"], event["Task Info"]))
                case _:
                    pass
    spans = sorted((span[0], span[1]) for span in jobs.values() if len(span) > 1)
    return Events(
        version=version,
        jobs=len(jobs),
        stages=len(stages),
        tasks=len(ended),
        failed=failed,
        before=(spans[0][0] - start) / 1e3 if spans else 0.0,
        busy=round(_covered(spans) / 1e3, 3),
        running=sum(info["Finish Time"] - info["Launch Time"] for _, info in ended) / 1e3,
        java_cpu=round(sum(task["Executor CPU Time"] for task, _ in ended) / 1e9, 3),
        written=sum(task["Output Metrics"]["Bytes Written"] for task, _ in ended),
        shuffled=sum(task["Shuffle Write Metrics"]["Shuffle Bytes Written"] for task, _ in ended),
        spilled=sum(task["Disk Bytes Spilled"] for task, _ in ended),
    )


def _covered(spans: list[tuple[int, int]]) -> int:
    """Return how much of the line sorted spans cover together."""
    covered = last = 0
    for start, end in spans:
        covered += max(0, end - max(start, last))
        last = max(last, end)
    return covered
