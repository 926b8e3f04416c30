"""Every kind of feed becomes the same values; what is none is told."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.config import FeedConfig
from retold.feeds import Feed, NoFeed, parse
from tests.feeds.fiction import BASE, item, rss

ATOM = b"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://harbour-post.example/">
<title type="html">Harbour &amp;amp; &lt;i&gt;Post&lt;/i&gt;</title><link href="/"/>
<entry><id>tag:harbour,2031:1</id><title>Ferry &amp; fog</title><link href="news/1"/>
<author><name>Jo Bell</name></author><published>2031-06-03T10:00:00+02:00</published>
<updated>2031-06-03T11:00:00Z</updated><summary>Short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content>
<source><title>Isk Valley Herald</title></source></entry></feed>"""
RDF = b"""<?xml version="1.0" encoding="iso-8859-1"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://harbour-post.example/"><title>Caf\xe9</title>
<link>https://harbour-post.example/</link></channel>
<item rdf:about="https://harbour-post.example/news/1"><title>Ferry</title>
<link>https://harbour-post.example/news/1</link><dc:date>2031-06-03T10:00:00Z</dc:date>
<dc:creator>Jo Bell</dc:creator></item></rdf:RDF>"""
OLD = b"""<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Harbour&nbsp;Post</title><item><title>Ferry</title>
<link>https://harbour-post.example/news/1</link></item></channel></rss>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Harbour Post",
    "home_page_url": "/",
    "authors": [{"name": "The desk"}],
    "items": [
        {
            "id": 1,
            "url": "/news/1",
            "title": "Ferry",
            "content_text": "One <b>.\nTwo.",
            "date_published": "2031-06-03T10:00:00Z",
            "language": "en",
        },
        "nonsense",
        {"id": "2", "content_html": "<p>\ud800x</p>", "author": {"name": "Jo Bell"}},
    ],
}


def read(data, **options):
    return parse(data, url=BASE, **options)


def test_rss_gives_content_and_summary_apart():
    found = read(rss([item(7, "<p>All of it.</p>", "Some & more")], "<ttl>30</ttl>"))
    assert (found.format, found.title, found.wait) == ("rss20", "Harbour Post", 1800.0)
    (entry,) = found.entries
    assert (entry.id, entry.url) == ("post-7", "https://harbour-post.example/news/7")
    assert entry.content == "<p>All of it.</p>"
    assert entry.summary == "Some & more"
    assert entry.published == datetime(2031, 6, 3, 7, tzinfo=UTC)
    assert entry.updated is None


def test_atom_gives_its_base_its_dates_and_its_source():
    found = read(ATOM)
    assert (found.format, found.title) == ("atom10", "Harbour & Post")
    (entry,) = found.entries
    assert (entry.id, entry.url) == ("tag:harbour,2031:1", "https://harbour-post.example/news/1")
    assert (entry.title, entry.author, entry.source) == (
        "Ferry & fog",
        "Jo Bell",
        "Isk Valley Herald",
    )
    assert entry.published == datetime(2031, 6, 3, 8, tzinfo=UTC)
    assert entry.updated == datetime(2031, 6, 3, 11, tzinfo=UTC)
    assert "<p>One.</p><p>Two.</p>" in entry.content
    assert entry.language == "en"


def test_rss_of_other_times_is_read():
    found = read(RDF)
    assert found.title == "Café"
    assert found.entries[0].author == "Jo Bell"
    assert found.entries[0].updated == datetime(2031, 6, 3, 10, tzinfo=UTC)
    found = read(OLD)
    assert (found.format, found.title) == ("rss091u", "Harbour Post")
    assert found.entries[0].id == found.entries[0].url == "https://harbour-post.example/news/1"


def test_json_feeds_are_read():
    first, second = read(json.dumps(JSON).encode()).entries
    assert (first.id, first.url, first.author) == (
        "1",
        "https://harbour-post.example/news/1",
        "The desk",
    )
    assert first.content == "<p>One &lt;b&gt;.</p><p>Two.</p>"
    assert (second.id, second.url, second.author) == ("2", "", "Jo Bell")
    assert second.content == "<p>?x</p>"


@pytest.mark.parametrize(
    ("more", "wait"),
    [
        (
            "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
            1800,
        ),
        ("<sy:updatePeriod> Daily </sy:updatePeriod>", 86_400),
        ("<sy:updatePeriod>now</sy:updatePeriod>", None),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>often</ttl>", None),
    ],
)
def test_what_a_feed_asks_for_is_read(more, wait):
    assert read(rss([], more)).wait == wait


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\0", "empty"),
        (b"<!doctype html><html><body>x</body></html>", "web page"),
        (b"<!-- x --><HTML lang='en'>", "web page"),
        (b"just words", "no XML and no JSON"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "begins with svg"),
        (b"{", "JSON is broken"),
        (b'{"a": 1}', "no JSON Feed"),
        (b'{"a":' * 100_000, "JSON is broken"),
        (b"%PDF-1.7\x00\xff", "no XML"),
        (b"<!DOCTYPE [" * 1000, "no XML"),
    ],
)
def test_what_is_no_feed_is_told_in_a_sentence(data, said):
    found = read(data)
    assert isinstance(found, NoFeed)
    assert said in found.detail
    assert found.detail.endswith(".")
    assert found.page is ("web page" in said)


def test_broken_feeds_are_mended():
    whole = rss([item(1), item(2)])
    found = read(whole[: whole.index(b"post-2")])
    assert next(entry.id for entry in found.entries) == "post-1"
    undeclared = (
        "<media:x>y</media:x><a:b:c/><content:encoded>&lt;p&gt;In.&lt;/p&gt;</content:encoded>"
    )
    bare = f"<rss version='2.0'><channel><item a:b='c'><title>A & B &copy; AT&T</title>{undeclared}"
    (entry,) = read(bare.encode()).entries
    assert entry.title == "A & B © AT&T"
    assert entry.content == "<p>In.</p>"


def test_legacy_encodings_come_from_the_server_or_the_feed():
    feed = rss([item(1, "<p>Привет.</p>")]).decode().replace("utf-8", "windows-1251")
    assert read(feed.encode("cp1251")).entries[0].content == "<p>Привет.</p>"
    bare = feed.replace(' encoding="windows-1251"', "").encode("cp1251")
    found = read(bare, content_type="text/xml; charset=windows-1251")
    assert found.entries[0].content == "<p>Привет.</p>"
    assert read(feed.encode("utf-16")).entries[0].content == "<p>Привет.</p>"


def test_titles_and_addresses_can_be_shown_whatever_was_given():
    odd = (
        "<item><title>&lt;script&gt;x()&lt;/script&gt;A\n&lt;b&gt;b&lt;/b&gt;</title>"
        "<link>javascript:alert(1)</link><guid isPermaLink='false'>a\n b</guid></item>"
        "<item><link>http://[</link><guid isPermaLink='false'>2</guid></item>"
        f"<item><link>http://a.example/{'a' * 9000}</link></item>"
    )
    first, second, third = read(rss([odd])).entries
    assert (first.title, first.url, first.id) == ("A b", "", "a b")
    assert second.url == third.url == third.id == ""


def test_no_more_entries_are_looked_at_than_allowed():
    found = read(rss([item(n) for n in range(9)]), config=FeedConfig(max_entries=4))
    assert [entry.id for entry in found.entries] == ["post-0", "post-1", "post-2", "post-3"]
    assert found.remarks == ("Beyond the first 4, 5 entries left out.",)
    many = {**JSON, "items": [{"id": n} for n in range(9)]}
    found = read(json.dumps(many).encode(), config=FeedConfig(max_entries=4))
    assert len(found.entries) == 4
    assert found.remarks == ("Beyond the first 4, 5 entries left out.",)
    found = read(rss([item(n) for n in range(9)]), config=FeedConfig(max_elements=20))
    assert 1 <= len(found.entries) < 4


@given(st.binary(max_size=200), st.integers(0, 900))
def test_any_bytes_give_a_feed_or_a_sentence(noise, place):
    whole = rss([item(1, "<p>x</p>")])
    for data in (noise, whole[:place] + noise + whole[place:]):
        found = read(data)
        assert isinstance(found, Feed | NoFeed)
        for entry in getattr(found, "entries", ()):
            (entry.id + entry.url + entry.title + entry.author).encode()
