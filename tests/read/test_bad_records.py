"""Bad records: listed by number and with the remedy, and the other records are read."""

import gzip
import json
import os
import tracemalloc

import pytest
import zstandard

from retold.model import Reason
from tests.read.pieces import gather, one, refused


def test_columns_that_are_there_are_named(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("name,words of it\nOrrin,a few\n")
    assert "It has name, words of it" in refused(path).detail
    assert "--field text=COLUMN" in refused(path).detail
    assert one(path, fields=(("text", "words of it"),)).text == "a few"


def test_a_mapped_column_that_is_missing_is_listed(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("title,text\nOrrin,a few\n")
    assert refused(path, fields=(("text", "wrong"),)).reason is Reason.NO_TEXT_FIELD


def test_bad_lines_are_listed_by_number_and_the_rest_is_read(tmp_path):
    path = tmp_path / "some.jsonl"
    lines = [
        '{"text": "The first pier stands."}',
        "{bad",
        "[1]",
        '{"note": 1}',
        '{"text": "So does the second."}',
    ]
    path.write_text("\n".join(lines))
    articles, rejected = gather(path)
    assert [a.source for a in articles] == [f"{path.as_posix()}:1", f"{path.as_posix()}:5"]
    assert [(r.source[-2:], r.reason) for r in rejected] == [
        (":2", Reason.BAD_RECORD),
        (":3", Reason.BAD_RECORD),
        (":4", Reason.NO_TEXT_FIELD),
    ]


def test_a_line_that_breaks_off_is_told_of_alike_with_and_without_its_end(tmp_path):
    told = set()
    for end in ("", "\n", "\r\n"):
        path = tmp_path / "some.jsonl"
        path.write_text('{"text": "The first pier stands."}\n{"text": "So does' + end, newline="")
        told.add(gather(path)[1][0].detail)
    assert len(told) == 1
    assert "unterminated string" in told.pop()


def test_many_bad_lines_are_counted_after_a_cap(tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"text": "One stands."}\n' + "{bad\n" * 30 + '{"note": 1}\n' * 8)
    articles, rejected = gather(path, max_listed=5)
    assert len(articles) == 1
    assert len(rejected) == 5 + 1 + 5 + 1
    summaries = [r for r in rejected if r.source == path.as_posix()]
    assert [r.reason for r in summaries] == [Reason.BAD_RECORD, Reason.NO_TEXT_FIELD]
    assert summaries[0].detail.startswith("25 more")
    assert summaries[1].detail.startswith("3 more")


def test_nested_too_deeply_or_a_number_too_long_is_a_bad_record(tmp_path):
    path = tmp_path / "deep.jsonl"
    path.write_text("[" * 200_000 + "\n" + '{"text": ' + "9" * 10_000 + "}\n")
    _, rejected = gather(path)
    assert [r.reason for r in rejected] == [Reason.BAD_RECORD, Reason.BAD_RECORD]


def test_truncated_records_are_read_up_to_the_damage(tmp_path):
    rows = [
        json.dumps(
            {"text": f"Pier number {i} stands, the office said.", "id": os.urandom(30).hex()}
        )
        for i in range(4000)
    ]
    for name, packed in (
        ("cut.jsonl.gz", gzip.compress("\n".join(rows).encode())),
        ("cut.jsonl.zst", zstandard.compress("\n".join(rows).encode())),
    ):
        path = tmp_path / name
        path.write_bytes(packed[: len(packed) // 2])
        articles, rejected = gather(path)
        assert 500 < len(articles) < 3000
        assert [r.reason for r in rejected if r.reason is not Reason.BAD_RECORD] == [Reason.DAMAGED]
        assert f"The {len(articles)} articles before the damage were read" in rejected[-1].detail


def test_a_truncated_json_list_keeps_its_whole_records(tmp_path):
    path = tmp_path / "cut.json"
    path.write_text('[{"text": "One stands."}, {"text": "Two stand."}, {"text": "Thr')
    articles, rejected = gather(path)
    assert [a.text for a in articles] == ["One stands.", "Two stand."]
    assert [r.reason for r in rejected] == [Reason.DAMAGED]


def test_a_line_too_long_is_listed_and_the_rest_is_read(tmp_path):
    path = tmp_path / "long.jsonl"
    path.write_text('{"text": "' + "x" * 5000 + '"}\n{"text": "The second stands."}\n')
    articles, rejected = gather(path, max_record_bytes=1000)
    assert [a.source[-2:] for a in articles] == [":2"]
    assert [(r.source[-2:], r.reason) for r in rejected] == [(":1", Reason.TOO_LARGE)]


def test_a_csv_line_too_long_is_listed_and_the_rest_is_read(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("title,text\nA," + "x" * 5000 + "\nB,The second stands.\n")
    articles, rejected = gather(path, max_record_bytes=1000)
    assert [a.text for a in articles] == ["The second stands."]
    assert [r.reason for r in rejected] == [Reason.TOO_LARGE]
    assert "line 2" in rejected[0].detail


@pytest.mark.parametrize("name", ["long.txt", "long.jsonl", "long.csv", "long.json", "long.html"])
def test_a_huge_line_is_refused_without_being_held(tmp_path, name):
    limit = 1 << 20
    path = tmp_path / name
    starts = {"long.jsonl": '{"text": "', "long.csv": "text,title\n", "long.html": "<html>"}
    with path.open("w") as file:
        file.write(starts.get(name, "[" if name == "long.json" else ""))
        for _ in range(48):
            file.write("word " * (limit // 5))
    tracemalloc.start()
    rejected = refused(path, max_record_bytes=limit, max_json_bytes=limit, max_article_bytes=limit)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert rejected.reason is Reason.TOO_LARGE
    assert peak < 12 * limit


def test_an_unclosed_quotation_mark_in_csv_is_listed(tmp_path):
    path = tmp_path / "open.csv"
    path.write_text('title,text\nA,"never closed\n' + "more and more words\n" * 200)
    articles, rejected = gather(path, max_record_bytes=10_000)
    assert len(articles) + len(rejected) >= 1


def test_more_cells_than_columns_is_a_bad_record(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("title,text\nA,The pier stands, the office said\nB,It stands.\n")
    articles, rejected = gather(path)
    assert [a.text for a in articles] == ["It stands."]
    assert [(r.source[-2:], r.reason) for r in rejected] == [(":1", Reason.BAD_RECORD)]
