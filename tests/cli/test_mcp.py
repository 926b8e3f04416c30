"""``retold mcp``, where something is missing; what it answers is tested in tests/mcp."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from retold.cli import FAILED, USAGE
from tests.cli.conftest import Run


def test_without_the_package_it_says_what_to_install(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "mcp"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "retold.mcp.server", raising=False)
    monkeypatch.setitem(sys.modules, "mcp", None)
    done = run("mcp", "--desk", tmp_path / "none.db")
    assert done.code == USAGE
    assert "pip install 'retold[mcp]'" in done.err


def test_without_a_desk_it_says_so(run: Run, tmp_path: Path) -> None:
    done = run("mcp", "--desk", tmp_path / "none.db")
    assert done.code == FAILED
    assert "none.db" in done.err
    assert not (tmp_path / "none.db").exists()
