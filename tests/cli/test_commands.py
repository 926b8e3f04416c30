"""Each command from outside: output, files, exit codes."""

from __future__ import annotations

import importlib.metadata
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import retold
from retold.cli import COMMANDS
from retold.report.json import schema
from tests.cli.conftest import Run


def test_compare_writes_json_html_and_a_summary(run: Run, pile: Path, tmp_path: Path) -> None:
    page, data = tmp_path / "page.html", tmp_path / "dossier.json"
    done = run("compare", pile, "--html", page, "--json", data)
    assert done.code == 0
    assert "2 versions" in done.out
    assert str(page) in done.out
    dossier = json.loads(data.read_text("utf-8"))
    jsonschema.validate(dossier, schema())
    assert len(dossier["stories"][0]["articles"]) == 2
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert not [f for f in tmp_path.iterdir() if f.name.startswith(".")]


def test_json_to_standard_output_is_nothing_but_json(run: Run, pile: Path) -> None:
    done = run("compare", pile, "--json", "-")
    assert done.code == 0
    wanted = {"run", "articles", "rejected", "stories", "revisions"}
    assert set(json.loads(done.out)) == wanted


def test_quiet_says_nothing(run: Run, pile: Path) -> None:
    done = run("compare", "-q", pile)
    assert (done.code, done.out, done.err) == (0, "", "")


def test_progress_is_shown_on_standard_error(run: Run, pile: Path) -> None:
    done = run("compare", pile)
    assert "annotate 2" in done.err


def test_explain_takes_every_id_and_any_clear_beginning(
    run: Run, pile: Path, tmp_path: Path
) -> None:
    data = tmp_path / "dossier.json"
    run("compare", "-q", pile, "--json", data)
    dossier = retold.load(data)
    story = dossier.stories[0]
    rows = [*story.apparatus.claims, *story.apparatus.quotations, *story.apparatus.figures]
    changes = [c for row in rows for c in row.changes]
    assert changes
    things = [story, *story.matches, *story.merges, *story.stemma.edges, *rows, *changes]
    for thing in (*things, *dossier.articles):
        assert run("explain", data, thing.id).out.startswith(thing.id)
    figure = next(c for c in changes if c.kind == "figure")
    said = run("explain", data, figure.id[:-1])
    assert said.code == 0
    assert "30" in said.out
    assert "50" in said.out


def test_explain_names_what_is_off(run: Run, pile: Path, tmp_path: Path) -> None:
    data = tmp_path / "dossier.json"
    run("compare", "-q", pile, "--json", data)
    unknown = run("explain", data, "claim:none")
    assert unknown.code == 2
    assert "no such id" in unknown.err
    several = run("explain", data, "claim")
    assert several.code == 2
    assert "give more of it" in several.err
    assert run("explain", tmp_path / "gone.json", "x").code == 1


def test_demo_writes_its_page_and_says_where(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("demo")
    assert done.code == 0
    page = tmp_path / "retold-demo.html"
    assert page.as_uri() in done.out
    assert "Brannock" in page.read_text("utf-8")


def test_schema_is_printed(run: Run) -> None:
    assert json.loads(run("schema").out) == schema()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.code == 0
    assert done.out.startswith(f"Usage: retold {command}")


@pytest.mark.parametrize(
    "words",
    [
        ("compare",),
        ("compare", "x", "--field", "text"),
        ("compare", "x", "--field", "nonsense=column"),
        ("compare", "x", "--language", "xx"),
        ("compare", "x", "--processes", "0"),
        ("nonsense",),
    ],
)
def test_a_call_that_is_off_ends_with_2(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.code == 2
    assert done.err


@pytest.mark.parametrize(
    ("option", "name", "code", "message"),
    [
        ("--html", "no/such/page.html", 1, "page.html: cannot be written"),
        ("--graph", "no/such/stemma.dot", 1, "stemma.dot: cannot be written"),
        ("--graph", "stemma.pdf", 2, "ends in .dot"),
    ],
)
def test_what_cannot_be_written_is_said_before_anything_is_worked_out(
    run: Run, pile: Path, tmp_path: Path, option: str, name: str, code: int, message: str
) -> None:
    done = run("compare", pile, option, tmp_path / name)
    assert done.code == code
    assert message in done.err
    assert "annotate" not in done.err


def test_the_installed_command_runs() -> None:
    (entry,) = importlib.metadata.entry_points(group="console_scripts", name="retold")
    assert entry.value == "retold.cli:main"
    command = [sys.executable, "-c", "from retold.cli import main; main()", "--version"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.strip().endswith(retold.__version__)


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys, retold.cli\n"
        "try: retold.cli.main()\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'onnxruntime', 'numpy', 'pyarrow', 'trafilatura', 'pydantic', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
