"""Bytes to text, with what was assumed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.read.decode import decode
from tests.read.pieces import BODY, FIRST, PLAIN, gather, one

CURLY = f"{FIRST} “It isn’t safe – not for the café’s guests, nor for Ægir’s men,” she said."


@given(st.text(max_size=200))
def test_utf8_is_taken_as_it_is(text):
    data = text.encode("utf-8", "surrogatepass")
    if all(not "\ud800" <= c <= "\udfff" for c in text):
        assert decode(data).text == text
        assert decode(data).remark == ""


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_western_bytes(tmp_path, encoding):
    path = tmp_path / "a.txt"
    text = (
        CURLY
        if encoding == "cp1252"
        else CURLY.translate({0x201C: '"', 0x201D: '"', 0x2019: "'", 0x2013: "-"})
    )
    path.write_bytes(text.encode(encoding))
    article = one(path)
    assert article.text == text
    assert article.remarks == ("It is not UTF-8; read as windows-1252.",)


def test_a_few_broken_bytes_in_utf8(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes((CURLY + " Broken: ").encode() + b"\xff." + b"\n\n" + BODY.encode())
    article = one(path)
    assert CURLY in article.text
    assert "\ufffd" in article.text
    assert article.remarks == (
        "1 bytes are not UTF-8, like the rest, and were replaced by U+FFFD.",
    )


def test_cyrillic_bytes_are_detected_and_the_language_is_told(tmp_path):
    path = tmp_path / "a.txt"
    text = (
        "Портовая служба города в понедельник закрыла мост, после того как водолазы нашли трещину "
        "во второй опоре. Мост останется закрытым до конца зимы, сообщили в службе. Ремонт "
        "обойдётся городу дорого."
    )
    path.write_bytes(text.encode("cp1251"))
    articles, rejected = gather(path)
    assert articles == []
    assert "Russian (ru)" in rejected[0].detail


def test_what_a_page_declares_is_believed(tmp_path):
    path = tmp_path / "a.html"
    text = FIRST.replace("Tarnmouth", "Tárnmőuth")
    head = "<html><head><meta charset='iso-8859-2'></head>"
    page = f"{head}<body><article><p>{text}</p><p>{FIRST}</p></article></body></html>"
    path.write_bytes(page.encode("iso-8859-2"))
    article = one(path)
    assert "Tárnmőuth" in article.text
    assert any("which the page declares" in remark for remark in article.remarks)


def test_an_encoding_that_does_not_exist_is_survived(tmp_path):
    path = tmp_path / "a.html"
    head = "<html><head><meta charset='no-such-thing'></head>"
    page = f"{head}<body><p>{CURLY}</p><p>{FIRST}</p></body></html>"
    path.write_bytes(page.encode("cp1252"))
    assert "isn’t" in one(path).text


def test_broken_lines_in_a_file_of_records(tmp_path):
    path = tmp_path / "a.jsonl"
    good = '{"title": "Good", "text": "' + CURLY + '"}\n'
    bad = '{"title": "Bad", "text": "' + CURLY + '"}\n'
    path.write_bytes(good.encode() + bad.encode("cp1252"))
    articles, rejected = gather(path)
    assert rejected == []
    assert {a.text for a in articles} == {CURLY}
    assert [a.remarks for a in articles] == [
        (),
        ("The record is not UTF-8; read as windows-1252.",),
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_byte_order_marks(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(PLAIN.encode(encoding))
    article = one(path)
    assert article.text == BODY
    assert bool(article.remarks) == (encoding != "utf-8-sig")


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded(data):
    assert isinstance(decode(data).text, str)
