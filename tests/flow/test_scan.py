"""The flow of tables finds what a scan on one machine finds, however rows are divided."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

import retold
from retold.config import Config, ScanConfig
from retold.corpus.tables import GROUPS, MATCHES, OUTLETS, PASSAGES, Table
from retold.engine.tables import TableEngine
from retold.flow.scan import Flow, flow
from tests.flow import pile

ORDERS: dict[Table, tuple[str, ...]] = {
    MATCHES: ("a", "b"),
    GROUPS: ("-size", "lead", "place"),
    PASSAGES: ("-articles", "rank", "-words", "n", "lead"),
    OUTLETS: ("outlet", "-articles", "other"),
}


def found(engine: TableEngine, told: Flow[list[pa.Table]], table: Table) -> pa.Table:
    held = {
        MATCHES: told.matches,
        GROUPS: told.members,
        PASSAGES: told.passages,
        OUTLETS: told.outlets,
    }[table]
    order = [
        (name.removeprefix("-"), "descending" if name.startswith("-") else "ascending")
        for name in ORDERS[table]
    ]
    rows = engine.collect(held).sort_by(order)
    return rows.select(table.schema.names).cast(table.schema)


def same(path: Path, out: Path, config: Config, parts: int, most: int) -> retold.Scan:
    scan = retold.scan(path, out, config)
    engine = TableEngine(parts)
    told = flow(engine, engine.of(pile.read(path, config)), config.scan, most=most)
    run = scan.run.to_table().to_pylist()[0]
    assert (told.count, told.words) == (run["articles_out"], run["words"])
    assert told.candidates == run["candidates"]
    assert told.cut == bool(run["notices"])
    for table in ORDERS:
        expected = scan.table(table.name).to_table()
        assert found(engine, told, table).to_pylist() == expected.to_pylist(), table.name
    return scan


@pytest.mark.parametrize(("parts", "most"), [(1, 1_000), (2, 33), (7, 1_000), (23, 33)], ids=str)
def test_any_division_gives_the_tables_of_a_scan(parts: int, most: int, tmp_path: Path) -> None:
    path = pile.write(tmp_path / "pile.jsonl", pile.records())
    scan = same(path, tmp_path / "out", Config(), parts, most)
    # the pile has all kinds of what is told
    kinds = set(scan.passages.to_table()["kind"].to_pylist())
    assert kinds == {"shared", "furniture", "stock"}
    assert set(scan.matches.to_table()["kind"].to_pylist()) == {"exact", "verbatim", "near"}
    assert max(scan.groups.to_table()["size"].to_pylist()) > 33
    assert scan.counts["rejected"] == 3


@pytest.mark.parametrize("seed", range(2, 6))
def test_any_pile_gives_the_tables_of_a_scan(seed: int, tmp_path: Path) -> None:
    path = pile.write(tmp_path / "pile.jsonl", pile.records(seed, story=50))
    same(path, tmp_path / "out", Config(), 5, 40)


def test_the_list_of_passages_ends_where_that_of_a_scan_ends(tmp_path: Path) -> None:
    path = pile.write(tmp_path / "pile.jsonl", pile.records(7))
    for most in (1, 5, 12):
        config = Config(scan=replace(ScanConfig(), passages=most))
        scan = same(path, tmp_path / f"out{most}", config, 3, 1_000)
        assert scan.counts["passages"] == most


def test_an_article_that_is_there_twice_is_kept_from_its_first_source(tmp_path: Path) -> None:
    told: list[dict[str, object]] = [{"text": f"Word {at}"} for at in range(12)]
    for at in (2, 8, 11):  # the ninth stands before the twelfth
        told[at] = {"text": " ".join(pile.Writer(3).words(40)), "outlet": "Quellmar Echo"}
    path = pile.write(tmp_path / "pile.jsonl", told)
    engine = TableEngine(2)
    out = flow(engine, engine.of(pile.read(path, Config())), ScanConfig())
    assert out.count == 10
    twice = engine.collect(out.twice).to_pylist()
    assert {row["kept"] for row in twice} == {f"{path}:3"}
    assert {row["source"] for row in twice} == {f"{path}:9", f"{path}:12"}


def test_nothing_to_compare_is_fine(tmp_path: Path) -> None:
    path = pile.write(tmp_path / "pile.jsonl", [{"text": ""}, {"title": "No text"}])
    engine = TableEngine(2)
    out = flow(engine, engine.of(pile.read(path, Config())), ScanConfig())
    assert (out.count, out.words, out.candidates) == (0, 0, 0)
    assert not len(engine.collect(out.matches))
