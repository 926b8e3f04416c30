"""``retold export``, and the same options of ``retold compare``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

import retold
from retold.errors import UsageError
from tests.cli.conftest import Run
from tests.report.html import piles

TABLES = ["changes", "claims", "figures", "quotations", "readings", "versions"]


@pytest.fixture
def data(run: Run, pile: Path, tmp_path: Path) -> Path:
    made = tmp_path / "dossier.json"
    assert run("compare", "-q", pile, "--json", made).code == 0
    return made


def test_every_form_is_written_and_named(run: Run, data: Path, tmp_path: Path) -> None:
    page, tei, drafts = (tmp_path / n for n in ("page.html", "edition.xml", "drafts.json"))
    tables = tmp_path / "new" / "tables"
    forms = ("--html", page, "--csv", tables, "--tei", tei, "--claimreview", drafts)
    done = run("export", data, *forms)
    assert (done.code, done.err) == (0, "")
    assert sorted(f.stem for f in tables.iterdir()) == TABLES
    for path in (page, tei, drafts, *tables.iterdir()):
        assert f"written: {path}\n" in done.out
    assert etree.parse(tei).getroot().tag == "{http://www.tei-c.org/ns/1.0}TEI"
    assert json.loads(drafts.read_text("utf-8"))["@graph"]
    assert page.read_text("utf-8").startswith("<!doctype html>")


def test_compare_writes_the_same(run: Run, pile: Path, data: Path, tmp_path: Path) -> None:
    direct, later = tmp_path / "direct", tmp_path / "later"
    for folder in (direct, later):
        folder.mkdir()

    def forms(folder: Path) -> tuple[str | Path, ...]:
        return (
            *("--csv", folder / "tables"),
            *("--tei", folder / "edition.xml"),
            *("--claimreview", folder / "drafts.json"),
        )

    assert run("compare", "-q", pile, *forms(direct)).code == 0
    assert run("export", data, *forms(later)).code == 0
    names = sorted(p.relative_to(direct) for p in direct.rglob("*") if p.is_file())
    assert len(names) == len(TABLES) + 2
    for name in names:
        assert (direct / name).read_bytes() == (later / name).read_bytes()


def test_what_is_off_is_named(run: Run, data: Path, tmp_path: Path) -> None:
    nothing = run("export", data)
    assert nothing.code == 2
    assert "--html, --csv, --tei, --claimreview" in nothing.err
    assert run("export", tmp_path / "gone.json", "--tei", tmp_path / "x.xml").code == 1
    blocked = run("export", data, "--csv", data / "tables")
    assert blocked.code == 1
    assert "cannot be written" in blocked.err


def test_a_dossier_comes_back_as_it_was(data: Path, tmp_path: Path) -> None:
    dossier = retold.load(data)
    (again,) = retold.export(dossier, json=tmp_path / "again.json")
    assert again.read_bytes() == data.read_bytes()
    assert retold.load(again) == dossier
    assert retold.export(dossier) == []


def test_what_is_no_tree_keeps_nothing_else_from_being_written(tmp_path: Path) -> None:
    page, tree, drawn = tmp_path / "page.html", tmp_path / "x.nwk", tmp_path / "x.dot"
    with pytest.raises(UsageError):
        retold.export(piles.dossier(), html=page, graph=[tree, drawn])
    assert page.exists()
    assert not tree.exists()
    assert retold.export(piles.dossier(), html=page, graph=[drawn]) == [page, drawn]
