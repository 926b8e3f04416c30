"""Whatever is wrong with a corpus: it is listed with a remedy, and the rest is read."""

import gzip
import io
import tracemalloc
from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from retold.config import ReadConfig
from retold.model import Reason
from retold.read import corpus
from tests.read.pieces import BODY, FIRST, PLAIN
from tests.read.pieces import gather as compare
from tests.read.test_corpus import gather, write_jsonl, write_parquet

TEXTS = [f"{FIRST} {number}" for number in range(3000)]


def reasons(rejected):
    return [(r.source.rsplit("/", 1)[-1], r.reason) for r in rejected]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", Reason.EMPTY),
        ("empty.parquet", b"", Reason.EMPTY),
        ("white.jsonl", b"\n\n", Reason.EMPTY),
        ("header.csv", b"title,text\n", Reason.EMPTY),
        ("nul.txt", b"text\0with\0nul" * 9, Reason.BINARY),
        ("paper.pdf", b"%PDF-1.7 ...", Reason.BINARY),
        ("office.docx", b"PK\x03\x04\x14\0", Reason.BINARY),
        ("no.parquet", b"a table in words", Reason.DAMAGED),
        ("cut.parquet", b"PAR1" + b"\x01" * 99, Reason.DAMAGED),
        ("cut.json", b'{"text": "half of', Reason.DAMAGED),
        ("feed.xml", b'<?xml version="1.0"?><rss></rss>', Reason.UNKNOWN_FORMAT),
        ("none.csv", b"name,age\nOrrin,40\n", Reason.NO_TEXT_FIELD),
        ("none.jsonl", b'{"name": "Orrin"}\n{"age": 4}\n', Reason.NO_TEXT_FIELD),
        ("number.jsonl", b'{"text": 5}\n', Reason.BAD_RECORD),
        ("list.jsonl", b"[1]\n", Reason.BAD_RECORD),
        ("title.jsonl", b'{"title": "Only a title", "text": ""}\n', Reason.EMPTY),
        ("object.json", b'{"title": "Only a title", "text": " "}', Reason.EMPTY),
    ],
)
def test_each_bad_file_is_listed_as_compare_lists_it(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    (tmp_path / "good.txt").write_text(PLAIN)
    articles, rejected = gather(tmp_path)
    assert [row["text"] for row in articles] == [BODY]
    assert [r.reason for r in rejected] == [reason]
    assert rejected == compare(tmp_path)[1]


def test_lines_are_listed_up_to_a_cap_as_compare_lists_them(tmp_path):
    path = tmp_path / "bad.jsonl"
    lines = ['{"text": "One stands."}', *["{bad"] * 30, *['{"note": 1}'] * 8, '{"text": 1}']
    path.write_text("\n".join(lines))
    articles, rejected = gather(path, max_listed=5)
    assert len(articles) == 1
    assert rejected == compare(path, max_listed=5)[1]


def test_rows_without_text_or_with_too_much_are_listed_up_to_a_cap(tmp_path):
    rows = [{"text": text} for text in ["", " \n", None, "\0\x01", "x" * 200, "y" * 101, "z" * 100]]
    path = write_parquet(tmp_path / "a.parquet", rows)
    articles, rejected = gather(path, max_text_characters=100)
    assert [row["text"] for row in articles] == ["z" * 100]
    assert reasons(rejected) == [
        *((f"a.parquet:{row}", Reason.EMPTY) for row in (1, 2, 3, 4)),
        ("a.parquet:5", Reason.TOO_LARGE),
        ("a.parquet:6", Reason.TOO_LARGE),
    ]
    many = write_parquet(tmp_path / "b.parquet", [{"text": ""}] * 30 + [{"text": "One stands."}])
    articles, rejected = gather(many, max_listed=4)
    assert len(articles) == 1
    assert len(rejected) == 5
    assert "26 more records" in rejected[-1].detail


def test_a_parquet_file_cut_in_half_is_damaged(tmp_path):
    path = write_parquet(tmp_path / "a.parquet", [{"text": t} for t in TEXTS])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    articles, rejected = gather(path)
    assert articles == []
    assert reasons(rejected) == [("a.parquet", Reason.DAMAGED)]
    assert "Write or copy the file again" in rejected[0].detail


def test_of_a_parquet_file_damaged_in_the_middle_the_rows_before_are_kept(tmp_path):
    path = tmp_path / "a.parquet"
    table = pa.table({"text": TEXTS})
    pq.write_table(table, path, row_group_size=1000, use_dictionary=False, compression="zstd")
    column = pq.ParquetFile(path).metadata.row_group(1).column(0)
    data = bytearray(path.read_bytes())
    middle = column.data_page_offset + column.total_compressed_size // 2
    data[column.data_page_offset : middle] = b"\xff" * (middle - column.data_page_offset)
    path.write_bytes(data)
    articles, rejected = gather(path)
    assert [row["text"] for row in articles] == TEXTS[:1000]
    assert reasons(rejected) == [("a.parquet", Reason.DAMAGED)]
    assert "The 1000 articles before the damage were read" in rejected[0].detail


def test_parquet_of_another_schema_names_its_columns(tmp_path):
    path = write_parquet(tmp_path / "a.parquet", [{"name": "Orrin", "meta": {"age": 40}}])
    articles, rejected = gather(path)
    assert articles == []
    assert reasons(rejected) == [("a.parquet", Reason.NO_TEXT_FIELD)]
    assert "It has name, meta.age" in rejected[0].detail


def test_bytes_that_are_no_utf8_are_decoded_and_strings_that_lie_are_listed(tmp_path):
    data = [b"The caf\xe9 stands.", b"It stands.", None]
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": pa.array(data, pa.binary())}), path)
    articles, rejected = gather(path)
    assert [row["text"] for row in articles] == ["The café stands.", "It stands."]
    assert reasons(rejected) == [("a.parquet:3", Reason.EMPTY)]
    lying = pa.array(data, pa.binary()).view(pa.string())
    pq.write_table(pa.table({"text": lying}), path)
    articles, rejected = gather(path)
    assert [row["text"] for row in articles] == ["It stands."]
    assert reasons(rejected) == [
        ("a.parquet:1", Reason.BAD_RECORD),
        ("a.parquet:3", Reason.EMPTY),
    ]


def test_text_is_kept_as_it_stands_with_nul_bytes_and_all(tmp_path):
    text = "\0 One \u00ad\u200b “stands”\r\n\tand\x0cso does\0 another. \n"
    for path in (
        write_parquet(tmp_path / "a.parquet", [{"text": text}]),
        write_jsonl(tmp_path / "a.jsonl", [{"text": text}]),
    ):
        [row], rejected = gather(path)
        assert row["text"] == text
        assert rejected == []


def test_lone_surrogates_are_replaced_one_by_one(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One \\ud800 stands.", "title": "\\udfff"}\n{"text": "Two."}\n')
    articles, rejected = gather(path)
    assert [row["text"] for row in articles] == ["One \ufffd stands.", "Two."]
    assert articles[0]["title"] == "\ufffd"
    assert rejected == []


KINDS = {
    "large": lambda values: pa.array(values, pa.large_string()),
    "dictionary": lambda values: pa.array(values).dictionary_encode(),
    "binary": lambda values: pa.array([v.encode() for v in values]),
}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_text_columns_of_any_type(tmp_path, kind):
    path = tmp_path / "a.parquet"
    values = ["One stands.", "Two stand.", "One stands."]
    pq.write_table(pa.table({"text": KINDS[kind](values), "title": KINDS[kind](values)}), path)
    articles, rejected = gather(path)
    assert [row["text"] for row in articles] == values
    assert [row["title"] for row in articles] == values
    assert rejected == []


WHEN = datetime(2031, 2, 3, 6, 15, tzinfo=UTC)
DAY = datetime(2031, 2, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pa.array([WHEN, None], pa.timestamp("ns", "Europe/Paris")), WHEN),
        (pa.array([WHEN.replace(tzinfo=None), None], pa.timestamp("s")), WHEN),
        (pa.array([date(2031, 2, 3), date(1066, 10, 14)], pa.date32()), DAY),
        (pa.array([date(2031, 2, 3), None], pa.date64()), DAY),
        (pa.array([20310203, 5]), DAY),
        (pa.array([WHEN.timestamp(), np.nan]), WHEN),
        (pa.array(["3 Feb 2031", "2031"]).dictionary_encode(), DAY),
        (pa.array([2**62, -(2**62)], pa.timestamp("ms")), None),
        (pa.array([None, None]), None),
        (pa.array([True, False]), None),
        (pa.array([["2031-02-03"], None]), None),
    ],
)
def test_dates_of_any_type(tmp_path, values, expected):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": ["One stands.", "Two stand."], "date": values}), path)
    articles, rejected = gather(path)
    assert [row["published"] for row in articles] == [expected, None]
    assert rejected == []


def test_the_first_field_that_is_not_empty_is_taken(tmp_path):
    rows = [
        {"text": "", "body": "Two.", "published": "", "date": "2031-02-03"},
        {"text": "One.", "body": "Two.", "published": "soon", "date": "2031-02-03"},
    ]
    for path in (
        write_parquet(tmp_path / "a.parquet", rows),
        write_jsonl(tmp_path / "a.jsonl", rows),
    ):
        articles, _ = gather(path)
        assert [row["text"] for row in articles] == ["Two.", "One."]
        assert [row["published"] for row in articles] == [DAY, None]


def test_fields_in_inner_objects_and_lists_are_found(tmp_path):
    rows = [
        {"article": {"title": "Of one", "body": "One stands."}, "id": 1},
        {"article": {"title": "Of two", "body": "Two stand."}, "id": 2},
    ]
    for path in (
        write_parquet(tmp_path / "a.parquet", rows),
        write_jsonl(tmp_path / "a.jsonl", rows),
    ):
        articles, rejected = gather(path)
        assert [(row["title"], row["text"]) for row in articles] == [
            ("Of one", "One stands."),
            ("Of two", "Two stand."),
        ]
        assert rejected == []
    path = write_parquet(tmp_path / "b.parquet", [{"text": ["One.", "Two."], "meta": {"a": 1}}])
    assert gather(path)[0][0]["text"] == "One.\n\nTwo."


def test_packed_parquet_is_read(tmp_path):
    out = io.BytesIO()
    pq.write_table(pa.table({"text": TEXTS}), out)
    path = tmp_path / "a.parquet.gz"
    path.write_bytes(gzip.compress(out.getvalue()))
    articles, rejected = gather(path)
    assert [row["text"] for row in articles] == TEXTS
    assert rejected == []


def test_many_rows_of_one_large_text_are_read_in_batches(tmp_path):
    """A dictionary is small on the disk, and its column is larger than an array may be."""
    path = tmp_path / "a.parquet"
    rows, size = 900, 1 << 20
    large = pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), ["x" * size])
    pq.write_table(pa.table({"text": large}), path, store_schema=False)
    [item] = corpus.inputs([path])[0]
    assert item.bytes < size
    before = pa.total_allocated_bytes()
    count = 0
    for batch in corpus.batches(item, ReadConfig(max_text_characters=size)):
        assert batch.articles["text"].nbytes <= corpus.BATCH_BYTES + size
        assert pa.total_allocated_bytes() - before < 256 << 20
        count += len(batch.articles)
        del batch
    assert count == rows


def test_memory_does_not_grow_with_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(corpus, "BATCH_ARTICLES", 100)
    path = write_jsonl(tmp_path / "a.jsonl", [{"text": "word " * 400}] * 4_000)
    before = pa.total_allocated_bytes()
    tracemalloc.start()
    for batch in corpus.batches(corpus.inputs([path])[0][0], ReadConfig()):
        assert pa.total_allocated_bytes() - before < 2 << 20
        del batch
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()
