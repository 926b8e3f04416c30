"""Bombs, external entities and floods have no effect and end soon."""

import socket

import pytest

from retold.feeds import Feed, NoFeed, feeds_of_page, opml, parse
from tests.feeds.fiction import BASE

START = "<rss version='2.0'><channel>"
ITEM = "<item><title>Ferry</title><guid isPermaLink='false'>1</guid></item></channel></rss>"
BOMB = (
    '<?xml version="1.0"?><!-- x --><!DOCTYPE b [<!ENTITY e0 "haha">'
    + "".join(f"<!ENTITY e{n + 1} '" + f"&e{n};" * 10 + "'>" for n in range(9))
    + f"]>{START}<title>&e9;</title>{ITEM}"
)
OUTSIDE = (
    '<!DOCTYPE b [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY % p SYSTEM'
    f' "http://127.0.0.1:9/p"> %p;]>{START}<title a="&x;">&x;</title>{ITEM}'
)
ATTRIBUTES = " ".join(f"a{n}='x'" for n in range(50_000))
SPACES = "".join(f"<a{n}:x xmlns:a{n}='u{n}'/>" for n in range(20_000))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("a feed opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def read(text):
    return parse(text.encode(), url=BASE)


@pytest.mark.parametrize(("text", "title"), [(BOMB, "&e9;"), (OUTSIDE, "&x;")])
def test_entities_are_neither_expanded_nor_fetched(text, title):
    found = read(text)
    assert isinstance(found, Feed)
    assert found.title == title
    assert [entry.id for entry in found.entries] == ["1"]


def test_a_doctype_after_many_comments_has_no_effect_either():
    found = read("<!-- x -->" * 60 + BOMB.partition("-->")[2])
    assert "haha" * 20 not in str(found)


def test_a_doctype_within_an_element_has_no_effect():
    found = read(f'{START}<!DOCTYPE b [<!ENTITY e "haha">]><title>&e;</title>{ITEM}')
    assert "haha" not in str(found)


@pytest.mark.parametrize(
    "text",
    [
        f"{START}<item><description>{'<' * 300_000}",
        f"{START}{'<a>' * 100_000}",
        f"{START}{'<item/>' * 40_000}",
        f"<rss {ATTRIBUTES}>",
        f"{START}<item {ATTRIBUTES}/>",
        f"{START}{'<item><![CDATA[' * 20_000}",
        f"{START}<item>{SPACES}</item>",
        START + "".join(f"<item xmlns:a{n}='u{n}'><a{n}:b/></item>" for n in range(20_000)),
        f"{START}<title>{'&' * 300_000}",
        f"{START}<item><title>{'&lt;b&gt;' * 20_000}</title></item>",
        '{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 200_000,
    ],
    ids=range(11),
)
def test_floods_end_soon(text):
    assert isinstance(read(text), Feed | NoFeed)


def test_what_is_too_large_is_not_looked_at():
    found = parse(b"<rss>" + b" " * (10 << 20), url=BASE)
    assert isinstance(found, NoFeed)
    assert "larger than 10 MiB" in found.detail


def test_lists_of_feeds_expand_nothing_either():
    bomb = BOMB.replace(START, "<opml><body><outline text='&e9;' xmlUrl='http://a.example/&e9;'/>")
    (feed,), left = opml.read(bomb.encode())
    assert (feed.url, feed.title, left) == ("http://a.example/&e9;", "&e9;", 0)


def test_pages_may_be_anything():
    for page in (
        b"",
        b"\0",
        b"<link>" * 50_000,
        b"<a>" * 50_000,
        b"<base href='http://['><link rel=alternate",
    ):
        assert feeds_of_page(page, url=BASE) == ()
