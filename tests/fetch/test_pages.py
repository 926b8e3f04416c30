"""What is fetched becomes the article that a file of the same content would."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from retold.config import ReadConfig
from retold.fetch import Fetched, Validators
from retold.fetch.pages import articles, from_url, own_address
from retold.model import Article, Reason, Rejected
from tests.fetch.site import answer, moved
from tests.read.archives import chunked, response, wacz, warc
from tests.read.archives import page as archived
from tests.read.pieces import BODY, FIRST, PLAIN, TITLE, one
from tests.read.test_page import page

URL = "https://tarnpost.example/news/quell-bridge?utm_source=x"
AT = datetime(2031, 2, 3, 6, 15, tzinfo=UTC)
CONFIG = ReadConfig()
HTML = page(f"<title>{TITLE}</title><meta property='og:site_name' content='Tarn Post'>")


def found(body, kind="text/html; charset=utf-8", url=URL):
    data = body.encode() if isinstance(body, str) else body
    return Fetched(url, url, url, 200, (("content-type", kind),), data, AT, Validators())


def single(*given, published=None, **more):
    items = list(articles(found(*given, **more), CONFIG, published))
    assert len(items) == 1
    assert isinstance(items[0], Article), items
    return items[0]


def refused(*given, reason, **more):
    items = list(articles(found(*given, **more), CONFIG))
    assert len(items) == 1
    assert isinstance(items[0], Rejected), items
    assert items[0].reason is reason
    assert items[0].source.startswith(URL[:20])
    return items[0]


def test_a_page_is_the_article_of_the_same_file(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(HTML)
    filed = one(path)
    fetched = single(HTML)
    assert fetched.url == fetched.source == URL
    assert fetched.fetched == AT
    same = {"url": "", "source": "", "fetched": None, "id": ""}
    assert replace(fetched, **same) == replace(filed, **same)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("https://tarnpost.example/news/quell-bridge", True),
        ("http://www.tarnpost.example/2031/quell#top", True),
        ("https://m.tarnpost.example/q?id=7", True),
        ("https://other.example/news/quell-bridge", False),
        ("https://tarnpost.example.other.example/a", False),
        ("https://tarnpost.example:8443/a", False),
        ("https://tarnpost.example/", False),
        ("http://[", False),
        ("https://tarnpost.example:99999999/a", False),
    ],
)
def test_a_page_says_its_own_address_but_not_that_of_others(said, kept):
    head = f"<title>{TITLE}</title><link rel='canonical' href='{said}'>"
    assert single(page(head)).url == (said.partition("#")[0] if kept else URL)


def test_a_front_page_may_call_itself_one():
    assert own_address("https://www.tarnpost.example/", "https://tarnpost.example") == (
        "https://tarnpost.example"
    )


@pytest.mark.parametrize(
    ("text", "coding", "kind", "head"),
    [
        ("Čapek’s ferry", "utf-8", "text/html", ""),
        ("Čapek’s ferry", "utf-8", "text/html; charset=iso-8859-1", ""),
        ("Čapek’s ferry", "windows-1250", "text/html; charset=windows-1250", ""),
        ("Čapek’s ferry", "windows-1250", "text/html", "<meta charset='windows-1250'>"),
        ("Čapek’s ferry", "utf-16", "text/html", ""),
        ("Čapek’s ferry", "utf-16-le", "text/html; charset=UTF-16LE", ""),
        ("naïve ferry", "cp1252", "text/html; charset=x-made-up", ""),
        ("naïve ferry", "cp1252", "text/html; charset=punycode", ""),
        ("naïve ferry", "cp1252", "text/html; charset=zip", ""),
    ],
)
def test_letters_are_read_as_the_server_or_the_page_says(text, coding, kind, head):
    body = page(f"{head}<title>{TITLE}</title>", tail="").replace(
        FIRST, f"{FIRST} The {text} was late."
    )
    assert f"The {text} was late." in single(body.encode(coding), kind).text


def test_a_plain_text_is_an_article_of_its_address():
    made = single(PLAIN, "text/plain")
    assert (made.title, made.text, made.outlet) == (TITLE, BODY, "tarnpost.example")
    assert (made.url, made.fetched) == (URL, AT)


@pytest.mark.parametrize(
    ("kind", "url"),
    [("text/markdown", URL), ("text/plain", "https://tarnpost.example/a.md")],
)
def test_markdown_is_told_by_its_type_or_name(kind, url):
    text = f"---\nurl: https://other.example/a\noutlet: Tarn Post\n---\n# {TITLE}\n\n{BODY}\n"
    made = single(text, kind, url=url)
    assert (made.title, made.text, made.outlet, made.url) == (TITLE, BODY, "Tarn Post", url)


def test_a_page_is_told_by_its_content_where_no_type_is_given():
    assert single(HTML, "").text == single(HTML).text
    assert single(HTML, "application/octet-stream").text == single(HTML).text


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/octet-stream", ""])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_records_are_read_as_in_files(kind, pack):
    lines = [{"text": BODY, "outlet": name} for name in ("Tarn Post", "Isk Herald")]
    body = pack("\n".join([*map(json.dumps, lines), "{broken"]).encode())
    first, second, bad = articles(found(body, kind, "https://tarnpost.example/a.jsonl"), CONFIG)
    assert (first.outlet, second.outlet) == ("Tarn Post", "Isk Herald")
    assert second.source == "https://tarnpost.example/a.jsonl:2"
    assert second.fetched == AT
    assert (bad.source, bad.reason) == ("https://tarnpost.example/a.jsonl:3", Reason.BAD_RECORD)


@pytest.mark.parametrize(
    "data", [warc(response(0), packed=True), wacz({"a.warc": warc(response(0))})]
)
def test_web_archives_are_read(data):
    made = single(data, "application/octet-stream")
    assert made.url == "https://tarnpost.example/0"
    assert made.source.startswith(f"{URL}:")


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"", "text/html", Reason.EMPTY),
        (b" \n", "text/plain", Reason.EMPTY),
        (page(body=""), "text/html", Reason.FURNITURE_ONLY),
        (b"%PDF-1.7", "application/octet-stream", Reason.BINARY),
        (b"words\0and", "text/plain", Reason.BINARY),
        ("<?xml version='1.0'?><rss></rss>", "", Reason.UNKNOWN_FORMAT),
        (page(body="<p>Die Fähre kam am Montag erst nach Mitternacht an, sagte das Amt, und alle "
              "Leute warteten lange am Ufer auf das Schiff.</p>" * 3), "text/html",
         Reason.LANGUAGE),
    ],
)  # fmt: skip
def test_what_is_no_article_is_listed_with_its_address(body, kind, reason):
    assert refused(body, kind, reason=reason).source == URL


def test_too_large_a_page_is_listed():
    items = list(articles(found(b"a" * 2000), ReadConfig(max_article_bytes=1000)))
    assert items[0].reason is Reason.TOO_LARGE


def test_a_date_from_elsewhere_counts_where_the_page_has_none():
    made = single(HTML, published="2031-02-04T08:00:00Z")
    assert (made.published.day, made.published_source) == (4, "sitemap")
    dated = page("<meta property='article:published_time' content='2031-02-03T07:15:00Z'>")
    made = single(dated, published="2031-02-04T08:00:00Z")
    assert (made.published.day, made.published_source) == (3, "html-metadata")


def test_an_address_becomes_an_article(site):
    site.answers |= {
        "/0": moved("http://tarnpost.example/1"),
        "/1": answer(chunked(archived(1)), Transfer_Encoding="chunked").replace(
            b"Content-Length", b"X-Length"
        ),
    }
    (made,) = from_url(site.client(), "http://tarnpost.example/0", CONFIG)
    assert (made.title, made.outlet) == (TITLE, "Tarn Post")
    assert (made.source, made.url) == ("http://tarnpost.example/0", "http://tarnpost.example/1")
    (missing,) = from_url(site.client(), "http://tarnpost.example/2", CONFIG)
    assert (missing.source, missing.reason) == ("http://tarnpost.example/2", Reason.FETCH_FAILED)
    site.answers["/3"] = answer(b"\x89PNG", kind="image/png")
    (picture,) = from_url(site.client(), "http://tarnpost.example/3", CONFIG)
    assert picture.reason is Reason.UNKNOWN_FORMAT
