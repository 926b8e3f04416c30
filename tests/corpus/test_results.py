"""A finished scan is opened, and what is wrong with a folder is said."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from retold.corpus import rows
from retold.corpus.results import Scan, load_scan
from retold.corpus.tables import MATCHES, TABLES
from retold.errors import ScanError, UsageError
from tests.corpus.fiction import Barge


def test_every_table_is_opened_by_name(scan: Scan, told: Barge) -> None:
    for table in TABLES:
        opened = getattr(scan, table.name)
        assert opened.schema.names == [c.name for c in table.columns]
        assert opened.count_rows() == scan.counts[table.name]
    assert scan.counts["articles"] == 7
    assert scan.policy == ""
    (row,) = rows.lookup(scan.articles, "article", {told.alone}, ["title"]).values()
    assert row == {"article": told.alone, "title": "A green clock"}


def test_the_texts_stand_at_the_offsets(scan: Scan) -> None:
    texts = {r["article"]: r["text"] for r in rows.rows(scan.articles, ["article", "text"])}
    for row in rows.rows(scan.passages, ["text", "places"]):
        for place in row["places"]:
            assert texts[place["article"]][place["start"] : place["end"]] == row["text"]


def test_rows_stop_when_there_are_enough(scan: Scan) -> None:
    assert len(list(rows.rows(scan.articles, ["article"], most=3))) == 3
    assert rows.lookup(scan.articles, "article", set(), ["title"]) == {}


def test_a_table_that_is_not_there_is_named(scan: Scan) -> None:
    with pytest.raises(UsageError, match="--keep POLICY"):
        _ = scan.kept
    with pytest.raises(UsageError, match="no such table"):
        scan.table("nonsense")


def test_what_is_no_scan_is_said(scan: Scan, tmp_path: Path) -> None:
    with pytest.raises(ScanError, match="no such folder"):
        load_scan(tmp_path / "gone")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ScanError, match="no finished scan"):
        load_scan(tmp_path / "empty")
    (scan.folder / "matches.parquet").unlink()
    with pytest.raises(ScanError, match=r"matches\.parquet: missing"):
        load_scan(scan.folder)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not Parquet at all" * 9])
def test_a_damaged_table_is_named(scan: Scan, content: bytes) -> None:
    (scan.folder / "groups.parquet").write_bytes(content)
    with pytest.raises(ScanError, match=r"groups\.parquet: damaged or not Parquet"):
        load_scan(scan.folder)


def test_a_table_cut_in_half_is_named(scan: Scan) -> None:
    path = scan.folder / "articles" / "part-000000.parquet"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(ScanError, match=r"part-000000\.parquet: damaged"):
        load_scan(scan.folder)


def test_damage_within_a_table_is_named_when_it_is_read(scan: Scan) -> None:
    path = scan.folder / "articles" / "part-000000.parquet"
    data = bytearray(path.read_bytes())
    texts = pq.read_metadata(path).row_group(0).column(7)
    start = texts.dictionary_page_offset or texts.data_page_offset
    data[start : start + 100] = bytes(100)
    path.write_bytes(data)
    opened = load_scan(scan.folder)
    with pytest.raises(ScanError, match=r"part-000000\.parquet: damaged"):
        list(rows.rows(opened.articles, ["text"]))


def test_another_schema_is_refused(scan: Scan) -> None:
    path = scan.folder / "matches.parquet"
    table = pq.read_table(path)
    pq.write_table(table.replace_schema_metadata({"retold.schema": "999"}), path)
    with pytest.raises(ScanError, match="schema 999"):
        load_scan(scan.folder)
    pq.write_table(pa.table({"colour": ["red"]}), path)
    with pytest.raises(ScanError, match="no table of a scan"):
        load_scan(scan.folder)
    pq.write_table(
        table.drop_columns(["kind"]).replace_schema_metadata(MATCHES.schema.metadata), path
    )
    with pytest.raises(ScanError, match="'kind' is missing"):
        load_scan(scan.folder)


def test_a_folder_named_like_an_address_is_a_folder(told: Barge, tmp_path: Path) -> None:
    folder = told.fiction.write(tmp_path / "s3:odd %20#name")
    assert load_scan(folder).articles.count_rows() == 7
