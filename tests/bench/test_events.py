"""What Spark's log of events says of a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.events import events


def task(stage: int, start: int, end: int, *, reason: str = "Success", **bytes_: int) -> Any:
    return {
        "Event": "SparkListenerTaskEnd",
        "Stage ID": stage,
        "Stage Attempt ID": 0,
        "Task End Reason": {"Reason": reason},
        "Task Info": {"Launch Time": start, "Finish Time": end},
        "Task Metrics": {
            "Executor CPU Time": 250_000_000,
            "Disk Bytes Spilled": bytes_.get("spilled", 0),
            "Output Metrics": {"Bytes Written": bytes_.get("written", 0)},
            "Shuffle Write Metrics": {"Shuffle Bytes Written": bytes_.get("shuffled", 0)},
        },
    }


def test_jobs_that_overlap_are_busy_once_and_tasks_add_up(tmp_path: Path) -> None:
    told: list[Any] = [
        {"Event": "SparkListenerLogStart", "Spark Version": "9.9"},
        {"Event": "SparkListenerApplicationStart", "Timestamp": 1_000},
        {"Event": "SparkListenerJobStart", "Job ID": 0, "Submission Time": 3_000},
        {"Event": "SparkListenerJobStart", "Job ID": 1, "Submission Time": 4_000},
        {"Event": "SparkListenerJobStart", "Job ID": 2, "Submission Time": 9_500},
        {"Event": "SparkListenerJobEnd", "Job ID": 0, "Completion Time": 6_000},
        {"Event": "SparkListenerJobEnd", "Job ID": 1, "Completion Time": 5_000},
        {"Event": "SparkListenerJobEnd", "Job ID": 2, "Completion Time": 10_000},
        task(0, 3_000, 4_000, written=7),
        task(0, 3_000, 3_500, reason="ExceptionFailure", shuffled=5),
        task(4, 9_500, 9_750, spilled=3, shuffled=6),
        {"Event": "SparkListenerSomethingElse"},
    ]
    log = tmp_path / "log"
    log.write_text("".join(json.dumps(event) + "\n" for event in told), "utf-8")
    found = events(log)
    assert (found.version, found.jobs, found.stages, found.tasks) == ("9.9", 3, 2, 3)
    assert (found.before, found.busy, found.failed) == (2.0, 3.5, 1)
    assert (found.running, found.java_cpu) == (1.75, 0.75)
    assert (found.written, found.shuffled, found.spilled) == (7, 11, 3)
