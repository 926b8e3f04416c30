"""A scan on Spark writes the tables of a scan on one machine, also where workers are lost."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import retold
from retold.corpus.tables import ARTICLES, KEPT, REJECTED, RUN, TABLES
from tests.engine.cluster import cluster
from tests.engine.conftest import needs_spark
from tests.flow import pile as piles

pytestmark = needs_spark
COMMAND = (sys.executable, "-c", "import sys; from retold.cli import main; sys.exit(main())")


def told(scan: retold.Scan, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = scan.table(name).to_table().to_pylist()
    if name in (ARTICLES.name, REJECTED.name, KEPT.name):  # in the order of the input, or by source
        rows.sort(key=lambda row: json.dumps(row, default=str))
    if name == RUN.name:
        for one in rows[0]["inputs"]:  # where Spark reads, no hash of the content
            one["sha256"] = ""
    return rows


def assert_same(spark: Path, local: Path) -> None:
    one, two = retold.load_scan(spark), retold.load_scan(local)
    for table in TABLES:
        assert told(one, table.name) == told(two, table.name), table.name
        assert one.table(table.name).schema.equals(two.table(table.name).schema)


def test_a_scan_goes_on_when_a_worker_is_lost_and_tasks_run_twice(
    pile: Path, tmp_path: Path
) -> None:
    local, out = tmp_path / "local", tmp_path / "out"
    retold.scan(pile, local)
    with cluster(tmp_path) as spark:
        words = ["scan", "-q", str(pile), "--out", str(out), "--engine", "spark"]
        command = [*COMMAND, *words, "--master", spark.address]
        log = tmp_path / "scan.log"
        with log.open("wb") as stream:
            process = subprocess.Popen(command, stdout=stream, stderr=stream, env=spark.environment)
        # midway: after the first stages, which the worker that is killed has a part in
        deadline = time.monotonic() + 300
        while not list(out.glob("_work/*/postings/_SUCCESS")):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        spark.kill(2)
        assert process.wait(300) == 0, log.read_text()
    assert_same(out, local)
    assert not (out / "_work").exists()


@pytest.fixture
def formats(tmp_path: Path) -> Path:
    """The records of a pile in files of many formats, some of them damaged."""
    folder = tmp_path / "formats"
    folder.mkdir()
    records = piles.records(3, story=12)
    for record in records:
        record.setdefault("text", "")
    parts = [records[at::4] for at in range(4)]
    piles.write(folder / "a.jsonl", parts[0])
    with gzip.open(folder / "b.jsonl.gz", "wb") as packed:
        packed.write("".join(json.dumps(r) + "\n" for r in parts[1]).encode())
    table = pa.Table.from_pylist(
        [{k: str(v or "") for k, v in record.items()} for record in parts[2]]
    )
    pq.write_table(table, folder / "c.parquet", row_group_size=9)
    for number, record in enumerate(parts[3]):
        (folder / f"d{number}.txt").write_text(str(record["text"]), "utf-8")
    body = f"<html><body><article><p>{parts[0][0]['text']}</p></article></body></html>"
    (folder / "e.html").write_text(body, "utf-8")
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}".encode()
    head = (
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://echo.example/e\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    (folder / "f.warc.gz").write_bytes(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    (folder / "g.pdf").write_bytes(b"%PDF-1.7 nothing")
    (folder / "h.jsonl").write_bytes(b'{"text": "broken\n{"text": 7}\n')
    for name in ("b.jsonl.gz", "c.parquet"):
        whole = (folder / name).read_bytes()
        (folder / f"torn-{name}").write_bytes(whole[: len(whole) * 2 // 3])
    return folder


def test_files_of_all_formats_are_read_as_on_one_machine(
    formats: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    local, out = tmp_path / "local", tmp_path / "out"
    retold.scan(formats, local)
    found = retold.scan(formats, out, engine="spark", master="local[2]")
    for name in ("articles", "matches", "groups", "passages", "outlets", "rejected"):
        assert told(found, name) == told(retold.load_scan(local), name), name
    # what is finished is not computed again, and what is made from the tables comes after
    before = (out / "run.parquet").stat().st_mtime_ns
    found = retold.scan(formats, out, engine="spark", master="local[2]", keep="longest")
    assert (out / "run.parquet").stat().st_mtime_ns == before
    assert found.policy == "longest"
    assert told(found, "kept") == told(retold.scan(formats, local, keep="longest"), "kept")
    # and a scan on one machine takes the folder over
    again = retold.scan(formats, out)
    assert told(again, "groups") == told(found, "groups")
    assert (out / "matches.parquet").is_file()
    capfd.readouterr()


def test_few_rows_are_done_here_as_the_settings_say(
    pile: Path, tmp_path: Path, session: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    from pyspark.sql import SparkSession

    local = tmp_path / "local"
    retold.scan(pile, local)
    session.createDataFrame([(1,)], "n int")

    def active() -> str | None:
        found = SparkSession.getActiveSession()
        return found and found.conf.get("spark.retold.gather")

    for gather in ("0", "20k", "64m"):  # nothing, something, all that comes after reading
        out = tmp_path / gather
        session.conf.set("spark.retold.gather", gather)
        retold.scan(pile, out, engine="spark")
        assert_same(out, local)
        assert active() == gather  # the program's own session again
    session.conf.set("spark.retold.gather", "some")
    with pytest.raises(retold.UsageError, match=r"spark\.retold\.gather: 'some'"):
        retold.scan(pile, tmp_path / "some", engine="spark")
    session.conf.unset("spark.retold.gather")
    capfd.readouterr()


def test_where_nothing_matches_the_tables_are_empty(
    tmp_path: Path, session: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    session.createDataFrame([(1,)], "n int")
    path = tmp_path / "few.jsonl"
    path.write_text('{"text": "One two three"}\n{"text": "Four five six"}\n')
    retold.scan(path, tmp_path / "local")
    retold.scan(path, tmp_path / "out", engine="spark")
    assert_same(tmp_path / "out", tmp_path / "local")
    capfd.readouterr()


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    with pytest.raises(retold.UsageError, match="--index"):
        retold.scan("x.jsonl", tmp_path / "out", engine="spark", index=tmp_path / "index")
    with pytest.raises(retold.UsageError, match="--stories"):
        retold.scan("x.jsonl", "s3a://bucket/out", engine="spark", stories=True)
    with pytest.raises(retold.InputError, match=r"nothing\.jsonl"):
        retold.scan(tmp_path / "nothing.jsonl", tmp_path / "out", engine="spark", master="local[1]")
