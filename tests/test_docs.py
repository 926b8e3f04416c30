"""The documents say what the code does."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from retold import model
from retold.cli import COMMANDS
from retold.desk import Desk

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_generated_documents_are_fresh() -> None:
    # in a process of its own: click keeps a command's help option as it was first asked for
    check = [sys.executable, "-m", "tools.docs", "--check"]
    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


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


def test_the_questions_to_a_desks_file_can_be_asked(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "desk.md").read_text("utf-8")
    asked = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    asked += re.findall(r'sqlite3 -readonly retold.db "(.*?)"', page)
    asked += re.findall(r'pd.read_sql\("(.*?)"', page)
    assert len(asked) == 3
    with Desk.open(tmp_path / "a.db"):
        connection = sqlite3.connect(f"file:{tmp_path / 'a.db'}?mode=ro", uri=True)
        for question in ";".join(asked).split(";"):
            assert connection.execute(question).fetchall() == []
        connection.close()


def test_every_table_of_a_desk_stands_in_its_reference(tmp_path: Path) -> None:
    reference = (ROOT / "docs" / "desk.md").read_text("utf-8")
    with Desk.open(tmp_path / "a.db") as desk, desk.database.read() as connection:
        made = connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow'"
            " AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        assert made
        for (table,) in made:
            assert f"### {table}\n" in reference, table
            for column in connection.execute(f"PRAGMA table_info({table})"):
                assert f"`{column['name']}`" in reference.partition(f"### {table}\n")[2]
