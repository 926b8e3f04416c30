"""Feeds are kept once, listed, asked when they are due, and followed where they move."""

import pytest

from retold.errors import UsageError
from retold.feeds import FeedLink, opml
from tests.desk.feedsite import FEED, HOST, feed, page, tagged, watch
from tests.feeds.fiction import item, rss, whole
from tests.fetch.site import answer, moved

URL = "https://harbour-post.example/feed"


def test_a_feed_is_kept_once(desk):
    assert desk.add_feed(f" {URL} ") == (1, True)
    assert desk.add_feed(URL, outlet="Harbour Post") == (1, False)
    assert desk.feed(URL) == desk.feed(1) == desk.feed("1")
    assert desk.feed(1).outlet == "Harbour Post"


@pytest.mark.parametrize(
    "url", ["", "feed.xml", "file:///etc/passwd", "javascript:x", "http://", "http://["]
)
def test_only_addresses_of_the_web_are_taken(desk, url):
    with pytest.raises(UsageError, match="give the address"):
        desk.add_feed(url)


@pytest.mark.parametrize("key", [0, 7, -1, 2**70, "7", "9" * 5000, "https://other.example/", ""])
def test_what_is_not_watched_cannot_be_removed(desk, key):
    assert desk.feed(key) is None
    with pytest.raises(UsageError, match="is not watched"):
        desk.remove_feed(key)


def test_all_feeds_are_listed_page_by_page(desk):
    for number in range(7):
        desk.add_feed(f"{URL}/{number}")
    desk.remove_feed(3)
    first = desk.feeds(limit=4)
    second = desk.feeds(first.next, limit=4)
    assert [row.number for row in (*first.items, *second.items)] == [1, 2, 4, 5, 6, 7]
    assert (first.total, second.next) == (6, None)
    with pytest.raises(UsageError, match="another list"):
        desk.feeds(desk.runs().next or "nonsense")


def test_lists_come_in_and_go_out(desk):
    links = [FeedLink(f"{URL}/{n}", f"Paper {n}", "North / Isk" if n else "") for n in range(3)]
    assert desk.import_feeds(opml.write(links, "Mine")) == (3, 0, 0)
    assert desk.import_feeds(opml.write(links, "Mine")) == (0, 3, 0)
    assert set(opml.read(desk.export_feeds())[0]) == set(links)


def test_a_server_may_say_that_nothing_changed(desk, site):
    site.answers["/feed"] = tagged(rss([item(1, whole(1))]), '"a"')
    number, _ = desk.add_feed(FEED)
    assert watch(desk, site).new == 1
    assert watch(desk, site).new == 0
    assert site.asked[-1].headers["if-none-match"] == '"a"'
    assert desk.feed(number).failures == 0
    site.answers["/feed"] = tagged(rss([item(1, whole(1)), item(2, whole(2))]), '"b"')
    assert watch(desk, site).articles == 1


def test_nothing_is_asked_before_it_is_due(desk, site):
    site.answers["/feed"] = feed(rss([item(1, whole(1))]))
    desk.add_feed(FEED)
    watch(desk, site, now=False)
    assert watch(desk, site, now=False).asked == 0
    assert site.paths.count("/feed") == 1


def test_a_feed_that_moved_is_asked_there_from_then_on(desk, site):
    site.answers |= {
        "/feed": moved("/new", "301 Moved Permanently"),
        "/new": feed(rss([item(1, whole(1))])),
    }
    number, _ = desk.add_feed(FEED)
    watch(desk, site)
    watch(desk, site)
    assert desk.feed(number).url == f"http://{HOST}/new"
    assert site.paths.count("/feed") == 1
    assert desk.add_feed(FEED) == (number, False)


def test_a_feed_that_moves_unchanged_is_followed_too(desk, site):
    body = rss([item(1, whole(1))])
    site.answers["/feed"] = feed(body)
    number, _ = desk.add_feed(FEED)
    watch(desk, site)
    site.answers |= {"/feed": moved("/new", "301 Moved Permanently"), "/new": feed(body)}
    assert watch(desk, site).new == 0
    assert desk.feed(number).url == f"http://{HOST}/new"


def test_a_feed_does_not_move_to_what_is_no_feed(desk, site):
    site.answers |= {"/feed": moved("/front", "301 Moved Permanently"), "/front": page(1)}
    number, _ = desk.add_feed(FEED)
    watch(desk, site)
    fares = desk.feed(number)
    assert (fares.url, fares.failures) == (FEED, 1)
    assert "web page" in fares.error


def test_a_feed_that_moves_to_a_watched_one_is_left(desk, site):
    site.answers |= {
        "/feed": moved("/new", "308 Permanent Redirect"),
        "/new": feed(rss([item(1, whole(1))])),
    }
    number, _ = desk.add_feed(FEED)
    other, _ = desk.add_feed(f"http://{HOST}/new")
    assert watch(desk, site).articles == 1
    assert desk.feed(number).next is None
    assert f"feed {other}" in desk.feed(number).error


def test_a_feed_that_is_gone_is_never_asked_again(desk, site):
    site.answers["/feed"] = answer(b"", "410 Gone")
    number, _ = desk.add_feed(FEED)
    assert watch(desk, site).failed == 1
    assert watch(desk, site).asked == 0
    assert desk.feed(number).next is None
    assert "410" in desk.feed(number).error
    assert desk.add_feed(FEED) == (number, False)
    assert watch(desk, site, now=False).asked == 1


def test_failures_are_counted_until_it_answers(desk, site):
    number, _ = desk.add_feed(FEED)
    waits = []
    for _ in range(3):
        watch(desk, site)
        fares = desk.feed(number)
        waits.append(fares.next - fares.asked)
    assert fares.failures == 3
    assert "404" in fares.error
    assert waits[0] < waits[1] < waits[2]
    site.answers["/feed"] = feed(rss([]))
    watch(desk, site)
    assert (desk.feed(number).failures, desk.feed(number).error) == (0, "")
