"""Every format, packed or not, under its own name or another, gives the same article."""

import csv
import gzip
import io
import json
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from retold.config import ReadConfig
from retold.errors import InputError, UsageError
from retold.model import Article, Reason, article_id
from retold.read import FIELDS, from_text, read
from tests.read.pieces import BODY, FIRST, PLAIN, SECOND, TITLE, gather, one, refused

RECORD = {
    "headline": TITLE,
    "maintext": BODY,
    "source_domain": "tarnpost.example",
    "authors": ["Odd Brisk", "Ilsabet Orrin"],
    "url": "https://tarnpost.example/quell",
    "date_publish": "2031-02-03T07:15:00+01:00",
    "language": "en",
    "date_download": "2031-02-04",
}
MARKUP = "<p>" + BODY.replace("\n\n", "</p>\n<p>") + "</p>"
PAGE = f"<html><body><article><h1>{TITLE}</h1>{MARKUP}</article></body></html>"
WHEN = datetime(2031, 2, 3, 6, 15, tzinfo=UTC)


def as_csv(mark=","):
    out = io.StringIO()
    writer = csv.DictWriter(out, RECORD, delimiter=mark)
    writer.writeheader()
    writer.writerow({**RECORD, "authors": ", ".join(RECORD["authors"])})
    return out.getvalue().encode()


def as_parquet():
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([RECORD]), out)
    return out.getvalue()


def check(article):
    assert article.text == BODY
    assert article.title == TITLE
    assert article.outlet == "tarnpost.example"
    assert article.byline == "Odd Brisk, Ilsabet Orrin"
    assert article.url == "https://tarnpost.example/quell"
    assert article.published == WHEN
    assert article.published_source == "date_publish"
    assert article.fetched == datetime(2031, 2, 4, tzinfo=UTC)
    assert article.language == "en"
    assert article.id == article_id(BODY, TITLE, article.outlet, article.url, article.byline, WHEN)
    assert article.extractor.startswith("retold-text ")


CASES = {
    "a.jsonl": json.dumps(RECORD).encode(),
    "a.ndjson": b"\n" + json.dumps(RECORD).encode() + b"\r\n",
    "list.json": json.dumps([RECORD], indent=1).encode(),
    "object.json": json.dumps(RECORD, indent=1).encode(),
    "inner.json": json.dumps({"status": "ok", "data": {"n": 1, "articles": [RECORD]}}).encode(),
    "a.csv": as_csv(),
    "semicolon.csv": as_csv(";"),
    "a.tsv": as_csv("\t"),
    "a.parquet": as_parquet(),
}


@pytest.mark.parametrize("pack", [None, "gz", "zst", "lying"])
@pytest.mark.parametrize("name", sorted(CASES))
def test_records(tmp_path, name, pack):
    data = CASES[name]
    if pack in {"gz", "lying"}:
        data = gzip.compress(data)
    elif pack == "zst":
        data = zstandard.compress(data)
    path = tmp_path / (f"{name}.{pack}" if pack in {"gz", "zst"} else name)
    path.write_bytes(data)
    article = one(path)
    check(article)
    number = {"a.ndjson": ":2", "object.json": ""}.get(name, ":1")
    assert article.source == path.as_posix() + number


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", sorted(set(CASES) - {"a.parquet"}))
def test_records_with_a_byte_order_mark(tmp_path, name, encoding):
    path = tmp_path / name
    path.write_bytes(CASES[name].decode().encode(encoding))
    article = one(path)
    assert article.text == BODY
    assert article.title == TITLE
    assert any("UTF-16" in r for r in article.remarks) == (encoding == "utf-16")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.jsonl", "list.json"),
        ("a.txt", "a.jsonl"),
        ("a.txt", "list.json"),
        ("a.txt", "a.csv"),
        ("a.csv", "a.jsonl"),
        ("a.txt", "a.parquet"),
        ("a.dat", "a.tsv"),
        ("a.html", "a.jsonl"),
        ("a.txt", "object.json"),
    ],
)
def test_a_wrong_extension_is_seen_through_and_said(tmp_path, name, said):
    path = tmp_path / name
    path.write_bytes(CASES[said])
    article = one(path)
    check(article)
    assert any("read as that" in remark for remark in article.remarks)


def test_json_lines_named_json(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(RECORD) + "\n" + json.dumps({"text": FIRST}) + "\n")
    articles, rejected = gather(path)
    assert rejected == []
    check(articles[0])
    assert "JSON Lines; read as that" in articles[1].remarks[0]


def test_html_named_txt(tmp_path):
    path = tmp_path / "a.txt"
    page = f"<html><body><article><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    path.write_text(f"<!-- saved -->\n<!DOCTYPE html>{page}")
    article = one(path)
    assert article.text == f"{FIRST}\n\n{SECOND}"
    assert any("HTML" in remark for remark in article.remarks)


def test_text_named_html(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(PLAIN)
    article = one(path)
    assert article.text == BODY
    assert any("no tags" in remark for remark in article.remarks)


def test_unknown_extension_with_text(tmp_path):
    path = tmp_path / "a.story"
    path.write_text(PLAIN)
    article = one(path)
    assert article.text == BODY
    assert article.remarks == ("The extension .story is not known; read as plain text.",)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0c"])
def test_plain_text_with_any_line_end(tmp_path, end):
    path = tmp_path / "a.txt"
    path.write_bytes(PLAIN.replace("\n", end).encode())
    article = one(path)
    assert (article.title, article.text) == (TITLE, BODY)


def test_text_fields_may_be_lists_or_markup(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [
        {"title": TITLE, "text": BODY.split("\n\n")},
        {"title": TITLE, "outlet": "b", "content": MARKUP},
        {"title": TITLE, "outlet": "c", "text": None, "body": BODY},
        {"outlet": {"id": 4, "name": "d"}, "article": {"headline": TITLE, "body": BODY}, "id": 5},
        {"outlet": "e", "html": PAGE},
        {"title": {"rendered": TITLE}, "content": {"rendered": MARKUP}, "source": "f"},
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    articles, rejected = gather(path)
    assert rejected == []
    assert [a.outlet for a in articles] == ["", "b", "c", "d", "e", "f"]
    assert {a.text for a in articles} == {BODY}
    assert {a.title for a in articles} == {TITLE}


def test_names_of_fields_are_compared_without_case_and_marks(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        f'Publish Date,HEADLINE,Article-Text,og:site_name\n2031-02-03,{TITLE},"{BODY}",Tarn Post\n'
    )
    article = one(path)
    assert (article.title, article.text, article.outlet) == (TITLE, BODY, "Tarn Post")
    assert article.published_source == "Publish Date"


def test_mapped_fields_win_over_usual_names(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        json.dumps(
            {
                "text": "A summary.",
                "full": BODY,
                "meta": {"head": TITLE},
                "source": "x",
                "paper": "Tarn Post",
            }
        )
    )
    article = one(path, fields=(("text", "full"), ("title", "meta.head"), ("outlet", "paper")))
    assert (article.text, article.title, article.outlet) == (BODY, TITLE, "Tarn Post")


def test_every_field_can_be_mapped(tmp_path):
    path = tmp_path / "a.jsonl"
    row = {
        "published": "2031-02-03",
        "fetched": "2031-02-04",
        "language": "en",
        "html": "",
        "url": "https://a.example/1",
    }
    full = {field: row.get(field, f"{field} of it") for field in FIELDS} | {"text": BODY}
    path.write_text(json.dumps({f"x{field}": value for field, value in full.items()}))
    article = one(path, fields=tuple((field, f"x{field}") for field in FIELDS))
    assert article.text == BODY
    for field in ("title", "outlet", "byline"):
        assert getattr(article, field) == f"{field} of it"
    assert article.published == datetime(2031, 2, 3, tzinfo=UTC)
    assert article.fetched == datetime(2031, 2, 4, tzinfo=UTC)


def test_the_outlet_is_the_host_where_only_the_address_is_known(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": BODY, "url": "https://www.tarnpost.example:8080/x?y=1"}))
    assert one(path).outlet == "tarnpost.example"


def test_parquet_by_batches_and_of_other_types(tmp_path):
    path = tmp_path / "many.parquet"
    when = [datetime(2031, 2, 3, 7, i % 60, tzinfo=UTC) for i in range(300)]
    table = pa.table(
        {"text": [f"{FIRST} {i}" for i in range(300)], "published": when, "bytes": [b"\0"] * 300}
    )
    pq.write_table(table, path, row_group_size=100)
    articles, rejected = gather(path)
    assert rejected == []
    assert [a.source.rsplit(":", 1)[1] for a in articles] == [str(i) for i in range(1, 301)]
    assert [a.published for a in articles] == when


def test_parquet_of_another_schema(tmp_path):
    path = tmp_path / "other.parquet"
    pq.write_table(pa.table({"name": ["Orrin"], "age": [40]}), path)
    rejected = refused(path)
    assert rejected.reason is Reason.NO_TEXT_FIELD
    assert "It has name, age." in rejected.detail


def test_folders_are_read_whole_and_hidden_files_are_passed_over(tmp_path):
    for name in ("b/deep/x.txt", "a.txt", "b/.hidden.txt", ".git/y.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{PLAIN}\n\nThis one lies in {path.name} of the folder that was given.")
    articles, rejected = gather(tmp_path)
    assert [a.source for a in articles] == [
        (tmp_path / n).as_posix() for n in ("a.txt", "b/deep/x.txt")
    ]
    assert rejected == []
    assert one(tmp_path / "b" / ".hidden.txt").title == TITLE


def test_sources_are_the_paths_as_given(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(PLAIN)
    monkeypatch.chdir(tmp_path)
    for given in ("in", "./in", "in/", Path("in")):
        assert [item.source for item in read([given])] == ["in/a.txt"]
    assert [item.source for item in read(["."])] == ["in/a.txt"]


def test_the_order_of_the_paths_does_not_matter(tmp_path):
    paths = []
    for name, text in (("c.txt", PLAIN), ("a.txt", PLAIN), ("b.jsonl", json.dumps({"text": BODY}))):
        paths.append(tmp_path / name)
        paths[-1].write_text(text)
    paths.append(tmp_path / "gone")
    expected = list(read(paths))
    assert len(expected) == 4
    for order in permutations(paths):
        assert list(read(order)) == expected


def test_reading_streams(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text((json.dumps({"text": FIRST}) + "\n") * 3)
    found = read([path])
    assert isinstance(next(found), Article)
    path.unlink()  # open already: nothing more is needed of the name
    assert len(list(found)) == 2


def test_progress_is_told(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(PLAIN + name)
    seen = []
    list(read([tmp_path], ReadConfig(), lambda *told: seen.append(told)))
    assert seen == [("read", 0, 2), ("read", 1, 2), ("read", 2, 2)]


def test_from_text_is_what_a_file_gives(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(PLAIN)
    read_one = one(path)
    made = from_text(PLAIN)
    assert made.id == read_one.id
    assert (made.title, made.text, made.language, made.source) == (TITLE, BODY, "en", "")


def test_from_text_with_fields():
    made = from_text(
        BODY,
        title=TITLE,
        outlet="Tarn Post",
        published="2031-02-03T07:15:00Z",
        url="https://a.example",
        source="desk",
    )
    assert made.published == datetime(2031, 2, 3, 7, 15, tzinfo=UTC)
    assert made.published_source == "given"
    assert (made.title, made.outlet, made.url, made.source) == (
        TITLE,
        "Tarn Post",
        "https://a.example",
        "desk",
    )
    assert (
        from_text(
            BODY,
            published=datetime(2031, 2, 3, 7, 15, tzinfo=UTC),
            title=TITLE,
            outlet="Tarn Post",
            url="https://a.example",
        ).id
        == made.id
    )


def test_from_text_says_what_is_wrong():
    with pytest.raises(UsageError, match="outlet"):
        from_text(BODY, paper="x")
    with pytest.raises(InputError, match="no text"):
        from_text("  ")
    with pytest.raises(InputError, match="French"):
        from_text(BODY, language="fr")
