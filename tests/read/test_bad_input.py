"""Whatever is wrong with the input: a line that names the file and the remedy, the rest is read."""

import builtins
import gzip
import io
import json
import os
import re
import socket
import tracemalloc
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from retold.config import ReadConfig
from retold.errors import UsageError
from retold.model import Article, Reason, Rejected
from retold.read import read
from tests.read.pieces import BODY, FIRST, PLAIN, gather, one, refused

REMEDY = re.compile(
    r"\b(?:Remove|Save|Extract|Check|Mend|Export|Copy|copy|Write|Give|give|Say|say|Unpack|Split|split|"
    r"Leave|Run|Nothing needs|save|Put)\b"
)


def clear(rejected, source, reason):
    """Check that a line names the source and the reason and says what to do, in sentences."""
    assert rejected.source == source.as_posix() if isinstance(source, Path) else source
    assert rejected.reason is reason
    assert REMEDY.search(rejected.detail), rejected.detail
    assert rejected.detail.endswith(".") or "--" in rejected.detail.rsplit(".", 1)[-1]
    assert "\n" not in rejected.detail
    assert len(rejected.detail) < 500


def test_missing_path(tmp_path):
    gone = tmp_path / "gone.txt"
    rejected = refused(gone)
    clear(rejected, gone, Reason.MISSING)
    assert "is there" in rejected.detail
    deep = tmp_path / "no" / "folder.txt"
    assert "no folder" in refused(deep).detail


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


def test_an_unknown_field_in_a_mapping_is_an_error_of_the_call():
    with pytest.raises(UsageError, match="published"):
        read([], ReadConfig(fields=(("teext", "a"),)))


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


def test_text_that_is_too_large_is_refused(tmp_path):
    path = tmp_path / "large.txt"
    path.write_text("The pier stands. " * 2000)
    clear(refused(path, max_article_bytes=10_000), path, Reason.TOO_LARGE)
    clear(refused(path, max_text_characters=10_000), path, Reason.TOO_LARGE)


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


def test_a_directory_loop_is_found_and_listed(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(PLAIN)
    (tmp_path / "in" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "in" / "self").symlink_to("self")
    articles, rejected = gather(tmp_path)
    assert len(articles) == 1
    assert {(r.source.rsplit("/", 1)[-1], r.reason) for r in rejected} == {
        ("up", Reason.LOOP),
        ("self", Reason.LOOP),
    }
    for item in rejected:
        clear(item, item.source, Reason.LOOP)


def test_links_that_fan_out_are_followed_once(tmp_path):
    for i in range(12):
        (tmp_path / f"d{i}").mkdir()
        for j in range(2):
            (tmp_path / f"d{i}" / f"l{j}").symlink_to(
                tmp_path / f"d{(i + 1) % 12}", target_is_directory=True
            )
    (tmp_path / "d11" / "a.txt").write_text(PLAIN)
    articles, rejected = gather(tmp_path)
    assert len(articles) == 1
    assert len(rejected) <= 24


def test_a_broken_link_is_listed(tmp_path):
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone")
    clear(refused(tmp_path), tmp_path / "broken.txt", Reason.MISSING)


def test_a_socket_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("door")
        clear(refused(Path("door")), "door", Reason.UNKNOWN_FORMAT)
    os.mkfifo("pipe")
    assert refused(Path("pipe")).reason is Reason.UNKNOWN_FORMAT


def test_no_permission_on_a_file(tmp_path, monkeypatch):
    """Root may read everything, so the refusal of the system is put in where the file is opened."""
    shut = tmp_path / "shut.txt"
    shut.write_text(PLAIN)
    (tmp_path / "open.txt").write_text(PLAIN)
    real = io.open

    def guarded(file, *args, **kwargs):
        if str(file) == str(shut):
            raise PermissionError(13, "Permission denied", str(file))
        return real(file, *args, **kwargs)

    monkeypatch.setattr(io, "open", guarded)
    monkeypatch.setattr(builtins, "open", guarded)
    articles, rejected = gather(tmp_path)
    assert len(articles) == 1
    clear(rejected[0], shut, Reason.NO_PERMISSION)


def test_no_permission_on_a_folder(tmp_path, monkeypatch):
    shut = tmp_path / "shut"
    shut.mkdir()
    (tmp_path / "open.txt").write_text(PLAIN)
    real = os.scandir

    def guarded(path):
        if str(path) == str(shut):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", guarded)
    articles, rejected = gather(tmp_path)
    assert len(articles) == 1
    clear(rejected[0], shut, Reason.NO_PERMISSION)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_no_permission_for_real(tmp_path):
    shut = tmp_path / "shut.txt"
    shut.write_text(PLAIN)
    shut.chmod(0)
    clear(refused(shut), shut, Reason.NO_PERMISSION)


def test_two_identical_files(tmp_path):
    for name in ("b.txt", "a.txt", "c.txt"):
        (tmp_path / name).write_text(PLAIN)
    articles, rejected = gather(tmp_path)
    assert [a.source for a in articles] == [(tmp_path / "a.txt").as_posix()]
    assert [r.reason for r in rejected] == [Reason.DUPLICATE] * 2
    assert all("a.txt" in r.detail and "outlet or url" in r.detail for r in rejected)


def test_the_same_text_of_two_outlets_is_two_versions(tmp_path):
    path = tmp_path / "two.jsonl"
    path.write_text(
        "\n".join(
            json.dumps({"text": BODY, "outlet": name}) for name in ("Tarn Post", "Quell Mail")
        )
    )
    articles, rejected = gather(path)
    assert len(articles) == 2
    assert rejected == []


def test_the_same_file_by_two_names_is_read_once(tmp_path):
    (tmp_path / "real.txt").write_text(PLAIN)
    (tmp_path / "a_link.txt").symlink_to(tmp_path / "real.txt")
    articles, rejected = gather(tmp_path, tmp_path / "real.txt", tmp_path / "real.txt")
    assert [a.source for a in articles] == [(tmp_path / "real.txt").as_posix()]
    assert [(r.source, r.reason) for r in rejected] == [
        ((tmp_path / "a_link.txt").as_posix(), Reason.DUPLICATE)
    ]


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
