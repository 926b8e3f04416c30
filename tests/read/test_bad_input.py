"""Whatever is wrong with the input: a line that names the file and the remedy, the rest is read."""

import gzip
import json

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from retold.config import ReadConfig
from retold.errors import UsageError
from retold.model import Article, Reason, Rejected
from retold.read import read
from tests.read.pieces import BODY, FIRST, PLAIN, clear, gather, one, refused


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", Reason.EMPTY),
        ("empty.jsonl", b"", Reason.EMPTY),
        ("empty.parquet", b"", Reason.EMPTY),
        ("white.txt", b" \n\t\r\n ", Reason.EMPTY),
        ("white.jsonl", b"\n\n", Reason.EMPTY),
        ("header.csv", b"title,text\n", Reason.EMPTY),
        ("list.json", b"[]", Reason.EMPTY),
        ("empty.gz", gzip.compress(b"", mtime=0), Reason.EMPTY),
        ("mark.txt", b"\xef\xbb\xbf", Reason.EMPTY),
        ("mark16.txt", b"\xff\xfe", Reason.EMPTY),
        ("nul.txt", b"text\0with\0nul" * 9, Reason.BINARY),
        ("late.txt", b"words " * 20_000 + b"\0", Reason.BINARY),
        ("paper.pdf", b"%PDF-1.7 ...", Reason.BINARY),
        ("paper.txt", b"%PDF-1.7 ...", Reason.BINARY),
        ("office.docx", b"PK\x03\x04\x14\0", Reason.BINARY),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1", Reason.BINARY),
        ("rich.rtf", b"{\\rtf1 hello}", Reason.BINARY),
        ("picture.png", b"\x89PNG\r\n\x1a\n", Reason.BINARY),
        ("picture.jpg", b"\xff\xd8\xff\xe0", Reason.BINARY),
        ("film.mp4", b"\0\0\0\x18ftypmp42", Reason.BINARY),
        (
            "pack.tar.gz",
            gzip.compress(b"x" * 257 + b"ustar\0" + b"\0" * 249, mtime=0),
            Reason.BINARY,
        ),
        ("twice.txt.gz", gzip.compress(gzip.compress(b"text", mtime=0), mtime=0), Reason.BINARY),
        ("cut.txt.gz", gzip.compress(PLAIN.encode() * 9, mtime=0)[:-20], Reason.DAMAGED),
        ("cut.txt.zst", zstandard.compress(PLAIN.encode() * 9)[:-5], Reason.DAMAGED),
        ("no.parquet", b"a table in words", Reason.DAMAGED),
        ("cut.parquet", b"PAR1" + b"\x01" * 99, Reason.DAMAGED),
        ("words.json", b"These are words.", Reason.DAMAGED),
        ("cut.json", b'{"text": "half of', Reason.DAMAGED),
        ("feed.xml", b'<?xml version="1.0"?><rss></rss>', Reason.UNKNOWN_FORMAT),
        ("script.py", b"print('words')\n", Reason.UNKNOWN_FORMAT),
        ("five.json", b"5", Reason.DAMAGED),
        ("five.jsonl", b"5\n", Reason.BAD_RECORD),
        ("title.jsonl", b'{"title": "Only a title", "text": ""}\n', Reason.EMPTY),
        ("none.csv", b"name,age\nOrrin,40\n", Reason.NO_TEXT_FIELD),
        ("none.json", b'{"name": "Orrin"}', Reason.NO_TEXT_FIELD),
        ("none.jsonl", b'{"name": "Orrin"}\n{"age": 4}\n', Reason.NO_TEXT_FIELD),
        ("number.jsonl", b'{"text": 5}\n', Reason.BAD_RECORD),
        (
            "form.txt",
            b"Leave a Reply\n\nYour email address will not be published.\n",
            Reason.FURNITURE_ONLY,
        ),
    ],
)
def test_each_bad_file_is_listed_with_its_remedy(tmp_path, name, data, reason):
    path = tmp_path / name
    path.write_bytes(data)
    rejected = refused(path)
    records = {Reason.BAD_RECORD, Reason.EMPTY} if name.endswith("jsonl") else set()
    numbered = f"{path.as_posix()}:1"
    source = numbered if reason in records and rejected.source == numbered else path.as_posix()
    clear(rejected, source, reason)
    assert rejected.source.startswith(path.as_posix())


def test_the_rest_is_processed(tmp_path):
    (tmp_path / "a.txt").write_text(PLAIN)
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    articles, rejected = gather(tmp_path)
    assert [a.text for a in articles] == [BODY]
    assert [r.reason for r in rejected] == [Reason.EMPTY, Reason.BINARY]


def test_no_input_gives_nothing(tmp_path):
    assert gather() == ([], [])
    assert gather(tmp_path) == ([], [])


def test_an_unknown_field_in_a_mapping_is_an_error_of_the_call():
    with pytest.raises(UsageError, match="published"):
        read([], ReadConfig(fields=(("teext", "a"),)))


def test_text_that_is_too_large_is_refused(tmp_path):
    path = tmp_path / "large.txt"
    path.write_text("The pier stands. " * 2000)
    clear(refused(path, max_article_bytes=10_000), path, Reason.TOO_LARGE)
    clear(refused(path, max_text_characters=10_000), path, Reason.TOO_LARGE)


def test_an_article_in_another_language(tmp_path):
    path = tmp_path / "fremd.txt"
    path.write_text(
        "Das Hafenamt von Tarnmünde hat am Montag die Quellbrücke gesperrt, nachdem Taucher einen "
        "Riss im zweiten Pfeiler gefunden hatten, und teilte mit, dass sie den Winter über "
        "geschlossen bleibt."
    )
    rejected = refused(path)
    clear(rejected, path, Reason.LANGUAGE)
    assert "German (de)" in rejected.detail
    assert "--language en" in rejected.detail
    assert one(path, assume_language="en").language == "en"
    assert one(path, languages=("en", "de")).language == "de"


def test_a_language_that_the_record_names(tmp_path):
    path = tmp_path / "said.jsonl"
    path.write_text(json.dumps({"text": BODY, "lang": "fr-FR"}))
    assert "French (fr)" in refused(path).detail
    path.write_text(json.dumps({"text": BODY, "lang": "English"}))
    assert one(path).language == "en"


@given(
    name=st.sampled_from(
        [
            "a.txt",
            "a.md",
            "a.html",
            "a.json",
            "a.jsonl",
            "a.csv",
            "a.tsv",
            "a.parquet",
            "a.gz",
            "a.zst",
            "a.xyz",
            "a",
        ]
    ),
    start=st.sampled_from(
        [
            b"",
            b"<html><p>",
            b'{"text": "',
            b'[{"text": "',
            b"text,title\n",
            b"---\ntitle: a\n---\n",
            b"PAR1",
            b"\x1f\x8b\x08",
            b"\x28\xb5\x2f\xfd",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
        ]
    ),
    data=st.binary(max_size=200)
    | st.text(max_size=120).map(lambda t: t.encode("utf-8", "replace")),
)
def test_no_bytes_raise(tmp_path_factory, name, start, data):
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(start + data)
    found = list(read([path]))
    assert found
    for item in found:
        assert isinstance(item, Article | Rejected)
        assert item.source.startswith(path.as_posix())
        if isinstance(item, Article):
            assert item.text.strip() == item.text != ""
            assert all(p == p.strip() != "" and "\n" not in p for p in item.text.split("\n\n"))


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.json", "a.html", "a.md", "a.txt.gz"])
def test_any_damage_to_a_good_file_is_survived(tmp_path, name):
    good = {
        "a.jsonl": json.dumps({"title": "A", "text": BODY}) + "\n" + json.dumps({"text": FIRST}),
        "a.csv": f'title,text\nA,"{BODY}"\nB,"{FIRST}"\n',
        "a.json": json.dumps([{"text": BODY}, {"text": FIRST}]),
        "a.html": f"<!doctype "
        f"html><html><body><article><h1>A</h1><p>{FIRST}</p></article></body></html>",
        "a.md": f"---\ntitle: A\n---\n# A\n\n{BODY}",
        "a.txt.gz": PLAIN,
    }[name].encode()
    data = gzip.compress(good, mtime=0) if name.endswith("gz") else good
    path = tmp_path / name
    for place in range(0, len(data), max(1, len(data) // 20)):
        for damage in (b"\0", b"\xff", b'"', b"<"):
            path.write_bytes(data[:place] + damage + data[place + 1 :])
            assert list(read([path]))
        path.write_bytes(data[:place])
        assert list(read([path]))
