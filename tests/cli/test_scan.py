"""``retold scan`` and ``retold find`` from outside: output, files, exit codes."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

import retold
from retold.corpus.keep import POLICIES
from tests.cli import engine as engines
from tests.cli.conftest import Run
from tests.cli.engine import Engine


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    return engines.install(monkeypatch)


def test_scan_writes_tables_a_page_and_a_summary(run: Run, engine: Engine, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = run("scan", "news", "more", "--out", tmp_path / "out", "--html", page)
    assert done.code == 0, done.err
    assert "10 articles in, 7 compared" in done.out
    assert str(page) in done.out
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert "read 7" in done.err
    ((sources, out, config, options),) = engine.asked
    assert (sources, out) == (["news", "more"], tmp_path / "out")
    assert config == retold.Config()
    assert options["index"] is None
    assert options["processes"] >= 1


def test_options_reach_the_engine(run: Run, engine: Engine, tmp_path: Path) -> None:
    words = ("--index", tmp_path / "index", "--field", "text=body", "--processes", "2", "-q")
    done = run("scan", "news", "--out", tmp_path / "out", *words)
    assert (done.code, done.out, done.err) == (0, "", "")
    ((_, _, config, options),) = engine.asked
    assert config.read.fields == (("text", "body"),)
    assert options["index"] == tmp_path / "index"
    assert options["processes"] == 2


def test_keep_writes_its_tables_and_says_so(run: Run, engine: Engine, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("scan", "news", "--out", out, "--keep", "earliest")
    assert done.code == 0
    assert "Kept by “earliest”: 3 articles; 4 left out" in done.out
    assert retold.load_scan(out).counts["kept"] == 3
    said = run("explain", out, engine.told.post)
    assert "Left out by “earliest” for" in said.out
    assert "published 2031-03-03 06:00:00 UTC" in said.out
    assert "Kept by “earliest”" in run("explain", out, engine.told.wire).out
    assert run("scan", "news", "--out", out, "-q").code == 0
    assert retold.load_scan(out).policy == "earliest"


def test_the_policies_of_the_command_are_those_that_there_are() -> None:
    from retold.cli.scan import command

    (option,) = (p for p in command.params if p.name == "keep")
    assert set(option.type.choices) == set(POLICIES)


def test_explain_takes_a_folder(run: Run, engine: Engine, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("scan", "-q", "news", "--out", out)
    match = engine.told.matches["post"]
    done = run("explain", out, match[:-3])
    assert done.code == 0
    assert done.out.startswith(match)
    assert run("explain", out, "match:none").code == 2
    assert run("explain", tmp_path, "match:none").code == 1
    assert "no finished scan" in run("explain", tmp_path, "x").err
    (out / "groups.parquet").write_bytes(b"PAR1")
    assert "groups.parquet: damaged" in run("explain", out, match).err


def test_an_interrupted_scan_says_how_it_goes_on(run: Run, engine: Engine, tmp_path: Path) -> None:
    engine.raises = KeyboardInterrupt()
    done = run("scan", "news", "--out", tmp_path / "out")
    assert done.code == 130
    assert "same command again" in done.err


def test_what_the_engine_cannot_do_ends_with_1(run: Run, engine: Engine, tmp_path: Path) -> None:
    engine.raises = retold.InputError("no article could be read")
    done = run("scan", "news", "--out", tmp_path / "out")
    assert done.code == 1
    assert "no article could be read" in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("scan", "news"),
        ("scan", "--out", "x"),
        ("scan", "news", "--out", "x", "--keep", "best"),
        ("scan", "news", "--out", "x", "--field", "nonsense=a"),
        ("scan", "news", "--out", "x", "--processes", "0"),
        ("find", "a text of words"),
        ("find", "missing.txt", "--index", "x"),
        ("find", "no/such/file", "--index", "x"),
    ],
)
def test_a_call_that_is_off_ends_with_2(run: Run, engine: Engine, words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.code == 2
    assert done.err
    assert not engine.asked


def test_the_room_is_called_like_the_function(engine: Engine, tmp_path: Path) -> None:
    import retold.corpus.tables  # makes the room an attribute of the package

    assert retold.scan("news", tmp_path / "out").counts["articles"] == 7
    assert retold.load_scan(tmp_path / "out").counts["groups"] == 6


def test_find_shows_what_stands_where(run: Run, engine: Engine) -> None:
    engine.found = [engines.found()]
    done = run("find", "Nobody was hurt. The end.", "--index", "x")
    assert done.code == 0
    assert done.out.splitlines() == [
        "Found in 1 article of the index",
        "Meridian Wire, 2031-03-03 06:00: Barge blocks the Isk (article:0)",
        "  90 % of this text stands there, 10 % of that article in this text",
        "  [0:16] at [125:141], 3 equal words: “Nobody was hurt.”",
    ]
    engine.found = []
    assert "No article of the index" in run("find", "Nobody was hurt.", "--index", "x").out
    engine.found = [engines.found("\x1b[2J\u202e")] * 30
    said = run("find", "Nobody was hurt.", "--index", "x").out
    assert "and 20 more" in said
    assert not {"\x1b", "\u202e"} & set(said)


def test_find_asks_for_each_article_of_a_file(
    run: Run, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.found = [engines.found()]
    lines = [{"text": "Le bac est resté à quai toute la nuit."}, {"text": "Nobody was hurt."}]
    file = tmp_path / "two.jsonl"
    file.write_text("\n".join(json.dumps(each) for each in lines), encoding="utf-8")
    done = run("find", file, "--index", "x", "--json")
    assert done.code == 0
    answers = json.loads(done.out)
    assert [Path(a["query"]).name for a in answers] == ["two.jsonl:1", "two.jsonl:2"]
    assert answers[0]["found"][0] == {
        "article": "article:0",
        "outlet": "Meridian Wire",
        "title": "Barge blocks the Isk",
        "published": "2031-03-03T06:00:00+00:00",
        "containment_query": 0.9,
        "containment_article": 0.1,
        "spans": [{"query_start": 0, "query_end": 16, "start": 125, "end": 141, "words": 3}],
    }
    assert [a[0] for a in engine.asked] == [each["text"] for each in lines]
    assert "two.jsonl:2:" in run("find", file, "--index", "x").out
    for text, encoding in (
        ("From standard input.", "utf-8"),
        ("In the café all was well.", "cp1252"),
    ):
        data = io.BytesIO(text.encode(encoding))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data, "utf-8"))
        assert run("find", "-", "--index", "x").code == 0
        assert engine.asked[-1][0] == text
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    for name, remedy in (("empty.txt", "file is empty"), ("folder", "holds no article")):
        empty = run("find", tmp_path / name, "--index", "x")
        assert empty.code == 1
        assert name in empty.err
        assert remedy in empty.err


def test_an_error_within_a_file_does_not_make_its_name_the_text(
    run: Run, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "torn"
    path.write_text("Nobody was hurt.", encoding="utf-8")

    def torn(*_: object) -> None:
        raise OSError("torn")

    monkeypatch.setattr("retold.read.corpus.batches", torn)
    with pytest.raises(OSError, match="torn"):
        run("find", path, "--index", "x")
    assert not engine.asked


def test_a_long_text_is_no_name_of_a_file(run: Run, engine: Engine) -> None:
    text = "Nobody was hurt at all. " * 400
    assert run("find", text, "--index", "x").code == 0
    assert engine.asked[0][0] == text
