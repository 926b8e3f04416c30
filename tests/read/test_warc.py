"""Web archives: every page that was answered, whatever packs it; damage is said with its place."""

import gzip
import io
import zipfile
import zlib
from datetime import UTC, datetime

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retold.model import Reason
from tests.read.archives import PACKED, WORDS, chunked, page, response, wacz, warc
from tests.read.pieces import FIRST, SECOND, THIRD, TITLE, gather, one, refused
from tests.read.test_corpus import gather as corpus


def text(number):
    return "\n\n".join((FIRST, SECOND, THIRD, WORDS.format(number)))


def check(row, path, number, record):
    assert row["text"] == text(number)
    assert row["title"] == TITLE
    assert row["outlet"] == "Tarn Post"
    assert row["url"] == f"https://tarnpost.example/{number}"
    assert row["published"] == datetime(2031, 2, number + 1, 7, 15, tzinfo=UTC)
    assert row["source"] == f"{path.as_posix()}:{record}"


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.warc.zst", "a", "one.warc.gz"])
def test_pages_are_read_with_address_and_date(tmp_path, name):
    data = warc(response(0), response(1), packed=name == "a.warc.gz")
    pack = {"a.warc.zst": zstandard.compress, "one.warc.gz": gzip.compress}.get(name, bytes)
    path = tmp_path / name
    path.write_bytes(pack(data))
    rows, rejected = corpus(path)
    assert rejected == []
    check(rows[0], path, 0, 2)
    check(rows[1], path, 1, 3)


def test_compare_reads_them_too(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(response(0), packed=True))
    article = one(path)
    assert (article.text, article.title, article.outlet) == (text(0), TITLE, "Tarn Post")
    assert article.url == "https://tarnpost.example/0"
    assert article.source == f"{path.as_posix()}:2"
    assert article.extractor.startswith("trafilatura")


def test_what_is_no_page_is_passed_over(tmp_path):
    path = tmp_path / "a.warc"
    robots = response(2, body=b"User-agent: *", kind="text/plain")
    path.write_bytes(
        warc(
            response(0, status="404 Not Found"),
            response(1, status="301 Moved", body=b""),
            response(0, kind="image/png", body=b"\x89PNG"),
            {**robots, "uri": "https://tarnpost.example/robots.txt"},
            {**response(3), "type": "revisit"},
            {"uri": "https://a.example/", "type": "metadata", "payload": b"x: y"},
            {"uri": "dns:a.example", "type": "response", "payload": b"1", "kind": "text/dns"},
            {"uri": "urn:pageinfo", "type": "resource", "payload": b"{}", "kind": "text/plain"},
            response(4),
        )
    )
    rows, rejected = corpus(path)
    assert rejected == []
    assert len(rows) == 1
    check(rows[0], path, 4, 10)


def test_an_archive_without_a_page_says_so(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(warc())
    assert refused(path).reason is Reason.EMPTY
    assert "no page" in refused(path).detail
    assert corpus(path) == ([], [refused(path)])


def test_resources_and_conversions_are_pages(tmp_path):
    path = tmp_path / "a.warc"
    plain = f"{TITLE}\n\n{FIRST}\n\n{SECOND}".encode()
    path.write_bytes(
        warc(
            {
                "uri": "https://tarnpost.example/0",
                "type": "resource",
                "payload": page(0),
                "kind": "text/html",
            },
            {
                "uri": "https://a.example/1",
                "type": "conversion",
                "payload": plain,
                "kind": "text/plain",
            },
        )
    )
    rows, rejected = corpus(path)
    assert rejected == []
    check(rows[0], path, 0, 2)
    assert rows[1]["text"] == f"{FIRST}\n\n{SECOND}"
    assert (rows[1]["title"], rows[1]["outlet"]) == (TITLE, "a.example")


@pytest.mark.parametrize("in_chunks", [False, True])
@pytest.mark.parametrize("coding", [*PACKED, "deflate", "raw deflate", "identity", ""])
def test_bodies_are_unpacked(tmp_path, coding, in_chunks):
    raw = zlib.compressobj(wbits=-15)
    pack = {
        **PACKED,
        "deflate": zlib.compress,
        "raw deflate": lambda data: raw.compress(data) + raw.flush(),
    }
    body = pack.get(coding, bytes)(page(0))
    named = {"Content_Encoding": coding.removeprefix("raw ")} if coding else {}
    if in_chunks:
        body, named = chunked(body), {**named, "Transfer_Encoding": "chunked"}
    path = tmp_path / "a.warc"
    path.write_bytes(warc(response(0, body=body, **named)))
    rows, rejected = corpus(path)
    assert rejected == []
    check(rows[0], path, 0, 2)


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate"])
def test_headers_of_what_was_taken_off_already_do_no_harm(tmp_path, coding):
    path = tmp_path / "a.warc"
    named = {"Content_Encoding": coding, "Transfer_Encoding": "chunked"}
    path.write_bytes(warc(response(0, **named)))
    rows, rejected = corpus(path)
    assert rejected == []
    check(rows[0], path, 0, 2)


def test_an_unknown_coding_is_listed(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(warc(response(0, Content_Encoding="sdch"), response(1)))
    rows, rejected = corpus(path)
    assert len(rows) == 1
    assert [(r.source, r.reason) for r in rejected] == [(f"{path.as_posix()}:2", Reason.BAD_RECORD)]


@pytest.mark.parametrize(
    ("kind", "meta"), [("text/html; charset=cp1251", ""), ("text/html", "<meta charset=cp1251>")]
)
def test_the_encoding_is_that_of_the_header_or_the_page(tmp_path, kind, meta):
    said = "Мост закрыли в понедельник, сообщила контора порта, и останется закрытым до весны. "
    body = f"<html><head>{meta}</head><body><article><p>{said * 4}</p></article></body></html>"
    path = tmp_path / "a.warc"
    path.write_bytes(warc(response(0, body=body.encode("cp1251"), kind=kind)))
    rows, rejected = corpus(path)
    assert rejected == []
    assert rows[0]["text"] == (said * 4).strip()


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("cut", [30, 900, 1500])
def test_of_a_truncated_archive_the_records_before_the_damage_are_read(tmp_path, packed, cut):
    whole = warc(*map(response, range(6)), packed=packed)
    last = len(whole) - len(warc(*map(response, range(5)), packed=packed))
    path = tmp_path / "cut.warc.gz"
    path.write_bytes(whole[: -min(cut, last - 20)])
    rows, rejected = corpus(path)
    assert [row["text"] for row in rows] == [text(i) for i in range(5)]
    assert [r.reason for r in rejected] == [Reason.DAMAGED]
    assert "breaks off after record 6" in rejected[0].detail
    assert "The 5 articles before the damage were read" in rejected[0].detail
    assert "Copy or download the file again" in rejected[0].detail
    articles, left_out = gather(path)
    assert len(articles) == 5
    assert left_out == rejected


def test_a_damaged_record_is_listed_and_the_next_is_read(tmp_path):
    parts = warc(response(0), response(1), response(2)).split(b"WARC/1.0")
    for wrong in (parts[3].replace(b"Content-Length: ", b"Content-Length: x", 1), b"words\r\n\r\n"):
        path = tmp_path / "a.warc"
        path.write_bytes(b"WARC/1.0".join([*parts[:3], wrong, parts[4]]))
        rows, rejected = corpus(path)
        assert [row["text"] for row in rows] == [text(0), text(2)]
        assert [(r.source, r.reason) for r in rejected] == [
            (f"{path.as_posix()}:3", Reason.DAMAGED)
        ]


def test_a_wrong_length_costs_a_record_and_no_more(tmp_path):
    parts = warc(*map(response, range(4))).split(b"WARC/1.0")
    length = int(parts[3].split(b"Content-Length: ")[1].split(b"\r")[0])
    parts[3] = parts[3].replace(
        b"Content-Length: %d" % length, b"Content-Length: %d" % (length - 9)
    )
    path = tmp_path / "a.warc"
    path.write_bytes(b"WARC/1.0".join(parts))
    rows, rejected = corpus(path)
    assert [row["text"] for row in rows] == [text(i) for i in range(4)]
    assert [r.reason for r in rejected] == [Reason.DAMAGED]


@pytest.mark.parametrize("coding", list(PACKED))
def test_a_bomb_in_a_page_is_refused(tmp_path, coding):
    path = tmp_path / "a.warc"
    bomb = PACKED[coding](b"<p>word</p>" * 1_000_000)
    path.write_bytes(warc(response(0, body=bomb, Content_Encoding=coding), response(1)))
    rows, rejected = corpus(path, max_article_bytes=1 << 20)
    assert len(rows) == 1
    assert [(r.source[-2:], r.reason) for r in rejected] == [(":2", Reason.TOO_LARGE)]


def test_a_record_that_is_too_large_is_passed_over(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(warc(response(0, body=page(0) + b" " * 90_000), response(1)))
    rows, rejected = corpus(path, max_article_bytes=50_000)
    assert len(rows) == 1
    assert [(r.source[-2:], r.reason) for r in rejected] == [(":2", Reason.TOO_LARGE)]


@pytest.mark.parametrize("options", [{}, {"compression": zipfile.ZIP_DEFLATED}])
def test_wacz(tmp_path, options):
    path = tmp_path / "a.wacz"
    members = {
        "b.warc.gz": warc(response(1), packed=True),
        "a.warc.gz": warc(response(0), packed=True),
        "c.warc": warc(response(2)),
    }
    path.write_bytes(wacz(members, **options))
    rows, rejected = corpus(path)
    assert rejected == []
    for number, row in enumerate(rows):
        check(row, path, number, 2 * number + 2)
    assert [a.text for a in gather(path)[0]] == [row["text"] for row in rows]


def test_a_damaged_archive_in_a_wacz_costs_its_rest(tmp_path):
    path = tmp_path / "a.zip"
    first = warc(response(0), response(1), packed=True)
    path.write_bytes(wacz({"a.warc.gz": first[:-90], "b.warc.gz": warc(response(2), packed=True)}))
    rows, rejected = corpus(path)
    assert [row["text"] for row in rows] == [text(0), text(2)]
    assert [r.reason for r in rejected] == [Reason.DAMAGED]
    assert "archive/a.warc.gz" in rejected[0].detail


def test_a_truncated_wacz_is_damaged(tmp_path):
    path = tmp_path / "a.wacz"
    path.write_bytes(wacz({"a.warc": warc(response(0))})[:-200])
    assert refused(path).reason is Reason.DAMAGED
    assert corpus(path) == ([], [refused(path)])


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), kind=st.sampled_from(["warc", "gz", "stored", "deflated"]))
def test_no_damage_raises(tmp_path, data, kind):
    """Whatever byte is another: what is left out is listed, and nothing is raised."""
    plain = response(0, body=b"The bridge stands, they said. " * 9, kind="text/plain")
    whole = {
        "warc": lambda: warc(plain, plain),
        "gz": lambda: warc(plain, plain, packed=True),
        "stored": lambda: wacz({"a.warc.gz": warc(plain, packed=True)}),
        "deflated": lambda: wacz({"a.warc": warc(plain)}, compression=zipfile.ZIP_DEFLATED),
    }[kind]()
    place = data.draw(st.integers(0, len(whole) - 1))
    byte = bytes([data.draw(st.integers(0, 255))])
    path = tmp_path / "a.wacz"
    path.write_bytes(whole[:place] + byte + whole[place + data.draw(st.integers(0, 40)) :])
    corpus(path)


def test_a_bomb_in_a_wacz_is_refused(tmp_path):
    path = tmp_path / "a.wacz"
    data = {"compression": zipfile.ZIP_DEFLATED}
    path.write_bytes(wacz({"a.warc": warc(response(0)) + b"\n" * 9_000_000}, **data))
    rows, rejected = corpus(path, min_bomb_bytes=1 << 20, max_expansion=20)
    assert len(rows) == 1
    assert [r.reason for r in rejected] == [Reason.TOO_LARGE]


def test_other_archives_are_still_refused(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<xml/>")
    path = tmp_path / "a.docx"
    path.write_bytes(out.getvalue())
    assert refused(path).reason is Reason.BINARY
    path = tmp_path / "a.warc"
    path.write_text("words and words")
    assert refused(path).reason is Reason.DAMAGED
