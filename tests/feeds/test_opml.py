"""Lists of feeds are read as other programs write them, and written so that those read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.config import FeedConfig
from retold.errors import InputError
from retold.feeds import FeedLink, opml

LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Kestria"><outline text="North / South">
<outline type="rss" text="Harbour &amp; Post" title="Harbour &amp; Post" xmlUrl="https://harbour.example/feed"/>
</outline><outline text="Herald" XMLURL=" https://herald.example/atom "/></outline>
<outline text="Again" xmlUrl="https://herald.example/atom"/>
<outline text="Bad" xmlUrl="file:///etc/passwd"/><outline text="Nothing"/>
</body></opml>"""


def test_folders_become_paths_and_each_feed_comes_once():
    feeds, left = opml.read(LIST)
    assert feeds == (
        FeedLink("https://harbour.example/feed", "Harbour & Post", "Kestria / North/South"),
        FeedLink("https://herald.example/atom", "Herald", "Kestria"),
    )
    assert left == 1


def test_no_more_feeds_are_taken_than_allowed():
    feeds, left = opml.read(LIST, FeedConfig(max_outlines=1))
    assert (len(feeds), left) == (1, 3)


@pytest.mark.parametrize("data", [b"", b"words", b"<rss/>", b"\xff\xfe", b"<html><opml/></html>"])
def test_what_is_no_list_is_refused(data):
    with pytest.raises(InputError, match="no OPML"):
        opml.read(data)


def test_a_broken_list_gives_what_stands_before_the_break():
    feeds, _ = opml.read(LIST[: LIST.index(b"Herald")])
    assert [feed.url for feed in feeds] == ["https://harbour.example/feed"]


names = (
    st.text(max_size=12).map(lambda text: " ".join(text.split())).filter(lambda t: " / " not in t)
)
printable = (
    st.text(
        st.characters(
            exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff/"
        ),
        min_size=1,
        max_size=12,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@given(
    st.lists(
        st.builds(
            FeedLink,
            st.integers(0, 10_000).map("https://a.example/{}".format),
            printable,
            st.lists(printable, max_size=3).map(" / ".join),
        ),
        max_size=8,
        unique_by=lambda feed: feed.url,
    )
)
def test_what_is_written_is_read_again(feeds):
    read, left = opml.read(opml.write(feeds, "Mine"))
    assert set(read) == set(feeds)
    assert left == 0


@given(names, names)
def test_any_name_can_be_written(title, folder):
    feeds, _ = opml.read(opml.write([FeedLink("https://a.example/", title, folder)], title))
    assert [feed.url for feed in feeds] == ["https://a.example/"]
