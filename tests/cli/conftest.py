"""Running commands in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from retold.cli import main

FIRST = (
    "The lighthouse at Gull Point was switched off on Monday after its lamp failed, the harbour"
    " board of Port Almery said. About 30 boats waited outside the bar until dawn. “Nobody sails"
    " blind past Gull Point,” said the harbour master, Ebba Rusk."
)
SECOND = (
    "The lighthouse at Gull Point was switched off on Monday after its lamp failed. About 50 boats"
    " waited outside the bar until dawn. “Nobody sails blind past Gull Point,” said the harbour"
    " master, Ebba Rusk, who wants a second lamp."
)


@dataclass
class Outcome:
    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["retold", *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            main()
        captured = capsys.readouterr()
        return Outcome(int(stop.value.code or 0), captured.out, captured.err)

    return call


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Two versions of a small fictional story."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "first.txt").write_text(FIRST, encoding="utf-8")
    (folder / "second.txt").write_text(SECOND, encoding="utf-8")
    return folder
