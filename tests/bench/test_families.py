"""A command is watched with all processes that come of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for lost processes")

_CHILD = """
import subprocess, sys, time
work = "import time; end = time.process_time() + .4\\nwhile time.process_time() < end: pass"
subprocess.Popen([sys.executable, "-c", work], start_new_session=True)  # and ends before it
"""
_ENDLESS = "import subprocess, sys; subprocess.run(['sleep', '600'])"
_GROWN = """
import sys
from bench import families
from bench.processes import FailedError

families.SAMPLED = .05
limit = float(sys.argv[2]) if len(sys.argv) > 2 else None
try:
    run = families.grown((sys.executable, "-c", sys.argv[1]), limit)
    print(run.cpu >= .4, run.seconds > 0, run.mebibytes > 1)
except FailedError as error:
    print(str(error).rpartition(": ")[2])
"""


def grown(*words: str) -> str:
    """Say what is printed by a process of its own: waiting is for every child that it has."""
    command = [sys.executable, "-c", _GROWN, *words]
    home = Path(__file__).parents[2]
    told = subprocess.run(
        command, check=True, cwd=home, capture_output=True, text=True, timeout=120
    )
    return told.stdout


def test_processes_that_outlive_their_parent_count() -> None:
    assert grown(_CHILD).split() == ["True", "True", "True"]


def test_a_command_that_takes_too_long_is_ended_with_all_of_it() -> None:
    assert grown(_ENDLESS, "0.5").strip() == "not done after 0.5 seconds"


def test_a_command_that_fails_is_told() -> None:
    assert grown("raise SystemExit(3)").strip() == "exit code 3"
