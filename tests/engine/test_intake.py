"""On Spark all files are read and told of as on one machine, however damaged they are."""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import retold
from retold.config import Config, ReadConfig
from retold.flow import intake, rows
from retold.model import Rejected
from retold.read import corpus
from tests.engine.conftest import needs_spark
from tests.flow.pile import Writer

pytestmark = needs_spark
SMALL = Config(read=ReadConfig(max_record_bytes=1_000))
Told = Counter[tuple[str, str, str]]
"""Sources, with reason and detail where they were left out."""


def records(count: int, seed: int = 1) -> list[dict[str, object]]:
    writer = Writer(seed)
    return [{"text": " ".join(writer.words(40)), "title": f"Title {at}"} for at in range(count)]


def lines(told: list[dict[str, object]]) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in told)


def line(size: int) -> bytes:
    """Return an article in so many bytes, the end of the line not counted."""
    return json.dumps({"text": "word " * size}).encode()[: size - 2] + b'"}\n'


def parquet(path: Path, told: list[dict[str, object]], **more: Any) -> None:
    pq.write_table(pa.Table.from_pylist(told), path, use_dictionary=False, **more)


def spoilt(path: Path, group: int) -> None:
    """Break the first page of a row group, and leave the end of the file as it is."""
    place = pq.read_metadata(path).row_group(group).column(0).data_page_offset
    data = bytearray(path.read_bytes())
    data[place : place + 30] = b"\xff" * 30
    path.write_bytes(data)


def warc(count: int) -> bytes:
    made = []
    for at, record in enumerate(records(count, seed=9)):
        page = f"<html><body><article><p>{record['text']}</p></article></body></html>"
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
        head = (
            "WARC/1.1\r\nWARC-Type: response\r\n"
            f"WARC-Target-URI: https://echo.example/{at}\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        made.append(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    return b"".join(made)


def told(found: list[dict[str, Any]]) -> Told:
    return Counter((r["source"], r["reason"] or "", r["detail"] or "") for r in found)


def listed(rejected: list[Rejected]) -> Told:
    return Counter((r.source, str(r.reason), r.detail) for r in rejected)


def local(path: Path, config: Config) -> Told:
    items, rejected = corpus.inputs([path])
    found = listed(rejected)
    for item in items:
        for batch in corpus.batches(item, config.read):
            found += Counter((source, "", "") for source in batch.articles["source"].to_pylist())
            found += listed(list(batch.rejected))
    return found


def spark(engine: Any, path: Path | str, config: Config, again: int = 1 << 20) -> Told:
    from retold.engine.spark import Listed

    return taken(engine, Listed(engine.session, [str(path)]), config, again)


def taken(engine: Any, found: Any, config: Config, again: int = 1 << 20) -> Told:
    data, missing = intake.read(engine, found, config, again)
    every = engine.collect(data).to_pylist()
    some = [row for row in every if row["reason"] not in (rows.SEEN, rows.HOLDS)]
    return told(some) + listed([*found.rejected, *missing])


@pytest.fixture(params=[0, 64 << 20], ids=["spread", "gathered"])
def engine(request: pytest.FixtureRequest, session: Any, tmp_path: Path) -> Any:
    from retold.engine.spark import SparkEngine

    return SparkEngine(session, str(tmp_path / "work"), gather=request.param)


@contextmanager
def in_parts(session: Any, size: int) -> Iterator[None]:
    """Let files be read in parts of so many bytes."""
    names = "spark.sql.files.maxPartitionBytes", "spark.sql.files.openCostInBytes"
    for name in names:
        session.conf.set(name, str(size))
    try:
        yield
    finally:
        for name in names:
            session.conf.unset(name)


def damaged(folder: Path) -> Path:
    folder.mkdir()
    parquet(folder / "sound.parquet", records(40))
    parquet(folder / "midst.parquet", records(90), row_group_size=30)
    spoilt(folder / "midst.parquet", 1)
    (folder / "torn.parquet").write_bytes((folder / "sound.parquet").read_bytes()[:-200])
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(lines(records(60)))[:1_500])
    (folder / "cut.warc.gz").write_bytes(warc(4)[:-100])
    (folder / "cut.csv").write_text('title,text\nA,B c d\na,b,c\nE,"F g\n')
    (folder / "none.jsonl").write_bytes(b'[1]\n"x"\n7\nnull\n{"a": 1}\n{"text": 5}\nbroken\n')
    (folder / "broken.jsonl").write_bytes(lines(records(2))[:-20])
    (folder / "blank.jsonl").write_bytes(b"\n  \n")
    (folder / "empty.jsonl").touch()
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), folder / "empty.parquet")
    (folder / "within").mkdir()
    return folder


def odd(folder: Path) -> Path:
    """Write what Spark's own readers read otherwise, or not at all."""
    folder.mkdir()
    one, text = records(3), lines(records(3))
    parquet(folder / "other.parquet", [{"one": "1", "two": "2"}])
    for name, number in (("one", 7), ("two", "seven"), ("three", 8)):
        parquet(folder / f"{name}.parquet", [{**record, "number": number} for record in one])
    when = pa.array([1_930_000_000_000_000_000], pa.timestamp("ns"))
    pq.write_table(pa.table({"text": ["A b c"], "date": when}), folder / "nanos.parquet")
    parquet(folder / "packing.parquet", one, compression="brotli")
    (folder / "packed.jsonl").write_bytes(gzip.compress(text))
    (folder / "wide.jsonl").write_bytes(text.decode().encode("utf-16"))
    (folder / "marked.jsonl").write_bytes(b"\xef\xbb\xbf" + text)
    (folder / "list.jsonl").write_text(json.dumps(one, indent=1))
    (folder / "table.jsonl").write_bytes((folder / "one.parquet").read_bytes())
    (folder / "bytes.jsonl").write_bytes(bytes(range(256)))
    names = "a b", "c%20d", "é", "x[1]", "x1", "y{1,2}", "z*", "q?", "h#1", "k,1", "back\\slash"
    for name in (*names, "photo@2031", "new\nline"):
        (folder / f"{name}.jsonl").write_bytes(text)
        parquet(folder / f"{name}.parquet", one)
        (folder / name).write_text(str(one[0]["text"]))
    (folder / "gone.jsonl").symlink_to(folder / "nothing")
    (folder / "again.jsonl").symlink_to(folder / "x1.jsonl")
    (folder / "above").symlink_to(folder)
    return folder


def test_damaged_files_are_listed_as_on_one_machine(engine: Any, tmp_path: Path) -> None:
    folder = damaged(tmp_path / "damaged")
    found = spark(engine, folder, Config())
    assert found == local(folder, Config())
    # up to the damage
    assert (f"{folder}/midst.parquet:30", "", "") in found
    assert {(Path(source).name, reason) for source, reason, _ in found if reason} >= {
        (name, "damaged") for name in ("midst.parquet", "torn.parquet", "cut.warc.gz")
    }


def test_odd_files_and_names_are_read_as_on_one_machine(engine: Any, tmp_path: Path) -> None:
    folder = odd(tmp_path / "odd")
    assert spark(engine, folder, Config()) == local(folder, Config())


def test_of_a_large_damaged_file_the_rest_is_read(engine: Any, tmp_path: Path) -> None:
    folder = tmp_path / "large"
    folder.mkdir()
    parquet(folder / "a.parquet", records(90), row_group_size=30)
    spoilt(folder / "a.parquet", 1)
    (folder / "b.jsonl").write_bytes(lines(records(2)) + line(5_000) + lines(records(1)))
    (folder / "c.parquet").write_bytes(b"PAR1" + b"nothing" * 20)
    found = spark(engine, folder, SMALL, again=100)
    assert sorted((Path(source).name, *rest) for source, *rest in found if rest[0]) == [
        (
            "a.parquet",
            "damaged",
            "The Parquet data are damaged (60 of 90 rows could not be read). Write or copy the file"
            " again. The 30 articles in the rest were read.",
        ),
        (
            "b.jsonl",
            "damaged",
            f"Of {(folder / 'b.jsonl').stat().st_size} bytes"
            f" {(folder / 'b.jsonl').stat().st_size - 5_001} could be read as lines: one is longer"
            " than 3.906 KiB, or it is damaged. Split such lines, one article a record, or copy the"
            " file again. The 3 articles in the rest were read.",
        ),
        (
            "c.parquet",
            "damaged",
            "Spark could not read it: it is damaged. Copy it anew, or export it again.",
        ),
    ]
    assert sum(not reason for _, reason, _ in found) == 33


def test_a_large_file_without_a_text_is_not_called_damaged(engine: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    # more rows than Spark hands over at once
    parquet(path, [{"one": "1"}] * 200_000, compression="none")
    found = spark(engine, path, Config(), again=0)
    assert found == local(path, Config())


@pytest.mark.parametrize("end", [b"\n", b""])
def test_of_large_packed_lines_damage_is_listed(engine: Any, end: bytes, tmp_path: Path) -> None:
    from retold.engine.spark import Listed

    text = lines(records(60)).removesuffix(b"\n") + end
    packed = gzip.compress(text)
    (tmp_path / "whole.jsonl.gz").write_bytes(packed)
    (tmp_path / "several.jsonl.gz").write_bytes(packed + gzip.compress(b"\n" + text))
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[:1_500])
    found = Listed(engine.session, [str(tmp_path)])
    for source, file in found.files.items():
        found.files[source] = replace(file, way="packed lines")
    expected = local(tmp_path, Config())
    told = taken(engine, found, Config(), again=0)
    assert [(Path(s).name, why) for s, why, _ in told if why] == [("cut.jsonl.gz", "damaged")]
    words = "they end in the middle", "Spark could not unpack them"
    assert told == {(s, why, said.replace(*words)): 1 for s, why, said in expected}


@pytest.mark.parametrize("part", [64 << 20, 5_000])
def test_a_line_that_is_too_long_is_listed(engine: Any, part: int, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    sizes = [300, 999, 1_000, 1_001, 1_002, 300, 3_999, 4_000, 300]
    path.write_bytes(b"".join(map(line, sizes)))
    with in_parts(engine.session, part):
        found = spark(engine, path, SMALL, again=0)
    expected = local(path, SMALL)
    assert Counter(found.values()) == Counter({1: len(sizes)})
    assert Counter(detail for _, _, detail in found) == Counter(d for _, _, d in expected)
    if part > 5_000:
        assert found == expected


@pytest.mark.parametrize("end", [b"\n", b""])
@pytest.mark.parametrize("part", [64 << 20, 5_000])
def test_a_line_that_spark_passes_over_is_listed(
    engine: Any, part: int, end: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    made = [line(size) for size in (300, 400, 9_000, 30_000, 300)]
    path.write_bytes(b"".join(made).removesuffix(b"\n") + end)
    with in_parts(engine.session, part):
        assert spark(engine, path, SMALL) == local(path, SMALL)
        found = spark(engine, path, SMALL, again=0) if not engine.gather else None
    assert found is None or (str(path), "damaged") in {told[:2] for told in found}


def test_a_file_that_goes_away_is_listed(engine: Any, tmp_path: Path) -> None:
    from retold.engine.spark import Listed, files

    folder = tmp_path / "pile"
    folder.mkdir()
    for at in range(2):
        (folder / f"{at}.jsonl").write_bytes(lines(records(2)))
        (folder / f"{at}.txt").write_text(str(records(1)[0]["text"]))
        parquet(folder / f"{at}.parquet", records(2))
    found = Listed(engine.session, [str(folder)])
    before = files.whole(engine, found.of("whole"))
    for path in folder.glob("1.*"):
        path.unlink()
    gone = taken(engine, found, Config())
    assert Counter(reason for _, reason, _ in gone) == {"": 5, "missing": 3}
    assert len(engine.collect(before)) == 1


def test_what_spark_cannot_open_is_listed(session: Any, tmp_path: Path) -> None:
    from retold.engine.spark import Listed

    for name in ("_a.jsonl", "b.jsonl._COPYING_", "c:1.jsonl", "y=_1.jsonl", ".hidden.jsonl"):
        (tmp_path / name).write_bytes(lines(records(1)))
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/d\xff.txt")).write_text("Word")
    found = Listed(session, [str(tmp_path), str(tmp_path / "no" / "*.txt")])
    assert list(found.files) == [f"{tmp_path}/y=_1.jsonl"]
    assert [(Path(r.source).name, str(r.reason)) for r in found.rejected] == [
        ("_a.jsonl", "unknown-format"),
        ("b.jsonl._COPYING_", "unknown-format"),
        ("c:1.jsonl", "missing"),
        ("d\N{REPLACEMENT CHARACTER}.txt", "missing"),
        ("*.txt", "missing"),
    ]


def test_files_of_other_file_systems_are_read(engine: Any, tmp_path: Path) -> None:
    folder = tmp_path / "pile"
    (folder / "_parts" / "in").mkdir(parents=True)
    (folder / "_parts" / "in" / "a.jsonl").write_bytes(lines(records(1)))
    (folder / "a b.jsonl").write_bytes(lines(records(1)))
    (folder / "c[1].jsonl").write_bytes(lines(records(1)))
    parquet(folder / "d%20.parquet", records(60), row_group_size=30)
    spoilt(folder / "d%20.parquet", 1)
    settings = engine.session.sparkContext._jsc.hadoopConfiguration()
    settings.set("fs.viewfs.mounttable.echo.link./pile", f"file://{folder}")
    found = spark(engine, "viewfs://echo/pile", Config())
    named = {(source.removeprefix("viewfs://echo/pile/"), why) for source, why, _ in found}
    rest = {(f"d%20.parquet:{at}", "") for at in range(1, 31)}
    assert named - rest == {
        ("a b.jsonl:1", ""),
        ("c[1].jsonl:1", ""),
        ("d%20.parquet", "damaged"),
        ("_parts", "unknown-format"),
    }
    assert len(found) == len(named)
    exact = spark(engine, "viewfs://echo/pile/c[1].jsonl", Config()) if engine.gather else None
    assert exact is None or list(exact) == [("viewfs://echo/pile/c[1].jsonl:1", "", "")]


def test_what_is_no_size_is_said(session: Any, tmp_path: Path) -> None:
    session.conf.set("spark.retold.again", "some")
    try:
        with pytest.raises(retold.UsageError, match=r"spark\.retold\.again: 'some'"):
            retold.scan(tmp_path, tmp_path / "out", engine="spark")
    finally:
        session.conf.unset("spark.retold.again")


def test_where_no_article_could_be_read_is_said(session: Any, tmp_path: Path) -> None:
    session.createDataFrame([(1,)], "n int")
    (tmp_path / "a.parquet").write_bytes(b"PAR1 nothing")
    with pytest.raises(retold.InputError, match=r"a\.parquet: The Parquet data are damaged"):
        retold.scan(tmp_path / "a.parquet", tmp_path / "out", engine="spark")
