"""The documents say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from retold import model
from retold.cli import COMMANDS
from tools.docs import generated

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_generated_documents_are_fresh() -> None:
    stale = [p.name for p, text in generated().items() if p.read_text("utf-8") != text]
    assert not stale, "renew them with: python3 task.py docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
        if not target.startswith("https://"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_nothing_is_left_to_fill_in(page: Path) -> None:
    text = page.read_text("utf-8")
    assert not re.search(r"^(DEMO|EXPLAIN|ID)$", text, re.MULTILINE)
    assert "TODO" not in text


def test_every_command_stands_in_the_reference_and_the_readme() -> None:
    reference = (ROOT / "docs" / "cli.md").read_text("utf-8")
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    for command in COMMANDS:
        assert f"## retold {command}" in reference
        assert f"retold {command}" in changes


def test_every_kind_of_change_stands_in_the_terms() -> None:
    terms = (ROOT / "docs" / "terms.md").read_text("utf-8")
    for kind in model.ChangeKind:
        assert kind.replace("-", " ") in terms, kind


def test_the_package_names_its_version_once() -> None:
    assert 'dynamic = ["version"]' in (ROOT / "pyproject.toml").read_text("utf-8")
