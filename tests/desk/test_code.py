"""What is kept says by which code it was made, and other code makes its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from retold import annotate
from retold.desk import Desk, code, documents, vectors
from retold.desk.code import ROOT, made_by
from tests.desk.making import article

ABOUT = article("The weir at Tarn Hollow failed before dawn. Nobody was hurt, the board said.")


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A package of two files in a folder, of which sums are made."""
    (tmp_path / "some").mkdir()
    for name in ("one.py", "some/two.py", "some/notes.txt"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(code, "ROOT", tmp_path)
    made_by.cache_clear()
    yield tmp_path
    made_by.cache_clear()


@pytest.mark.parametrize(
    ("changed", "parts", "other"),
    [
        ("one.py", (), True),
        ("some/two.py", (), True),
        ("some/two.py", ("some",), True),
        ("one.py", ("one.py", "some"), True),
        ("one.py", ("some",), False),
        ("some/notes.txt", (), False),
    ],
)
def test_a_sum_is_over_the_code_of_its_parts(copied, changed, parts, other):
    before = made_by(*parts)
    (copied / changed).write_text("otherwise")
    assert made_by(*parts) == before
    made_by.cache_clear()
    assert (made_by(*parts) != before) == other


def imported(path: Path) -> set[str]:
    """The modules of Retold that a file imports."""
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    found = {each.module for each in tree if isinstance(each, ast.ImportFrom) and each.module}
    return {name for name in found if name.startswith("retold.")}


@pytest.mark.parametrize("parts", [documents.CODE, vectors.CODE])
def test_the_parts_import_none_but_each_other_and_what_decides_nothing(parts):
    """No sum would change where another module did."""
    paths = [ROOT / part for part in parts]
    assert all(path.exists() for path in paths)
    files = [f for path in paths for f in (path.rglob("*.py") if path.is_dir() else [path])]
    within = tuple(f"retold.{part.removesuffix('.py').replace('/', '.')}" for part in parts)
    harmless = ("retold.engine", "retold.errors", "retold.model", "retold.report.notebook")
    for file in (file for file in files if file.suffix == ".py"):
        strange = {n for n in imported(file) if not n.startswith((*within, *harmless))}
        assert not strange, file


def test_other_code_makes_documents_of_its_own(tmp_path, monkeypatch):
    asked = []
    batch = annotate.annotate_batch

    def noted(articles):
        asked.extend(articles)
        return batch(articles)

    monkeypatch.setattr(annotate, "annotate_batch", noted)
    with Desk.open(tmp_path / "retold.db") as desk:
        desk.add([ABOUT])
        for _ in range(2):
            documents.make(desk.database, [ABOUT])
        assert len(asked) == 1
        documents._made.cache_clear()
        monkeypatch.setattr(documents, "made_by", lambda *parts: "another")
        documents.make(desk.database, [ABOUT])
        assert len(asked) == 2
    documents._made.cache_clear()
