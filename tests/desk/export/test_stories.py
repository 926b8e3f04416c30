"""A story and who carries whose text, in every form; what is not there is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

import retold
from retold.desk import Desk
from retold.desk.export import OUTLETS, STORY, export_outlets, export_story
from retold.errors import UsageError
from tests.cli.conftest import FIRST, SECOND


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory):
    """Two outlets tell of a lighthouse; the later took it from the first."""
    told = [
        retold.article(FIRST, outlet="Harbour Post", published="2031-03-03T09:15Z", title="Dark"),
        retold.article(SECOND, outlet="Almery Echo", published="2031-03-03T11:15Z", title="Out"),
    ]
    with Desk.open(tmp_path_factory.mktemp("stories") / "test.desk") as opened:
        opened.add(told)
        opened.work()
        yield opened


@pytest.mark.parametrize("ending", STORY)
def test_a_story_is_written_in_every_form(desk: Desk, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"story{ending}"
    written = export_story(desk, 1, out)
    assert all(path.stat().st_size > 0 for path in written)
    match ending:
        case "":
            assert {path.parent for path in written} == {out}
        case ".json":
            assert retold.load(out) == desk.dossier(1)
        case ".html":
            assert "Harbour Post" in out.read_text(encoding="utf-8")
        case ".xml" | ".graphml" | ".gexf":
            etree.parse(out)


@pytest.mark.parametrize("ending", OUTLETS)
def test_who_carries_whose_text_is_written_in_every_form(
    desk: Desk, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"outlets{ending}"
    export_outlets(desk, out)
    assert "Harbour Post" in out.read_text(encoding="utf-8")
    if ending == ".json":
        graph = json.loads(out.read_text(encoding="utf-8"))
        names = {node["id"]: node["label"] for node in graph["nodes"]}
        (edge,) = graph["edges"]
        assert (names[edge["source"]], names[edge["target"]]) == ("Harbour Post", "Almery Echo")


def test_what_is_not_there_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is none"):
        export_story(desk, 99, tmp_path / "out.html")
    with pytest.raises(UsageError, match="ends in"):
        export_story(desk, 1, tmp_path / "out.pdf")
    with pytest.raises(UsageError, match="ends in"):
        export_outlets(desk, tmp_path / "out.nwk")


def test_a_story_without_a_dossier_says_what_makes_it(tmp_path: Path) -> None:
    with Desk.open(tmp_path / "new.desk") as fresh:
        fresh.add([retold.article(FIRST), retold.article(SECOND)])
        fresh.settle()
        with pytest.raises(UsageError, match="retold desk work"):
            export_story(fresh, 1, tmp_path / "out.html")
