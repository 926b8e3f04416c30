"""Feeds are watched side by side; a dead or slow one stops no other; what is killed goes on."""

import threading
import time
from datetime import UTC, datetime

import pytest
from filelock import FileLock

from retold.config import FeedConfig
from retold.desk import feeds
from retold.desk.values import ArticleFilter
from retold.errors import UsageError
from tests.desk.feedsite import FEED, HOST, SOON, TEASER, feed, listed, only, page, tagged, watch
from tests.feeds.fiction import item, rss, whole
from tests.feeds.test_hostile import BOMB
from tests.fetch.site import answer, moved, trickle


def test_dead_slow_and_hostile_feeds_stop_no_other(desk, site):
    def drop(request):
        return b""

    body = feed(rss([item(9, whole(9))]))
    site.answers |= {
        "/dead": drop,
        "/slow": lambda request: trickle([body[:20]] + [b"x"] * 50, 0.1),
        "/bomb": feed(BOMB.encode()),
        "/feed": feed(rss([item(1, whole(1))])),
    }
    site.names["nowhere.example"] = []
    for place in ("slow", "dead", "bomb"):
        desk.add_feed(f"http://{place}.example/{place}")
    desk.add_feed("http://nowhere.example/x")
    desk.add_feed(FEED)
    when = {}
    began = time.monotonic()
    found = watch(
        desk, site, log=lambda event: when.setdefault(event.url, time.monotonic() - began)
    )
    assert (found.asked, found.articles) == (5, 1)
    failed = {row.url for row in desk.feeds().items if row.failures}
    assert failed == {
        "http://slow.example/slow", "http://dead.example/dead", "http://nowhere.example/x",
    }  # fmt: skip
    assert when[FEED] < when["http://slow.example/slow"]


def test_a_site_that_wants_to_be_asked_seldom_waits_without_failing(desk, site):
    items = [item(n, teaser=TEASER).replace("https:", "http:") for n in (1, 2, 3)]
    site.answers |= {
        "/robots.txt": answer(b"User-agent: *\nCrawl-delay: 600"),
        "/feed": feed(rss(items)),
        "/other": feed(rss([])),
    }
    number, _ = desk.add_feed(FEED)
    other, _ = desk.add_feed(f"http://{HOST}/other")
    seen = []
    found = watch(desk, site, log=lambda event: seen.append(event.outcome))
    assert (found.asked, found.failed, found.pages) == (1, 0, 0)
    assert seen.count("held") == len(seen) - 1
    assert desk.feed(number).waiting == 3
    assert desk.feed(other).failures == 0
    wait = (desk.feed(other).next - datetime.now(UTC)).total_seconds()
    assert 500 < wait <= 600


def test_a_host_is_not_held_for_what_another_wants_to_which_it_leads(desk, site):
    slow = answer(b"User-agent: *\nCrawl-delay: 9999999")
    items = [item(n, teaser=TEASER).replace("https:", "http:") for n in (1, 2, 3)]
    site.answers |= {
        "/robots.txt": lambda request: slow if "slow" in request.headers["host"] else answer(b""),
        "/feed": feed(rss(items)),
        "/news/1": moved("http://slow.example/1"),
        "/news/2": moved("http://slow.example/2"),
        "/news/3": page(3),
        "/1": page(1),
    }
    desk.add_feed(FEED)
    found = watch(desk, site)
    assert (found.pages, found.articles, desk.feed(1).waiting) == (3, 2, 1)
    assert (desk.feed(1).next - datetime.now(UTC)).total_seconds() < 1_000


def test_it_is_not_looked_anew_what_is_due_for_each_page(desk, site, monkeypatch):
    site.answers["/feed"] = feed(
        rss([item(n, teaser=TEASER).replace("https:", "http:") for n in range(20)])
    )
    desk.add_feed(FEED)
    seen = []

    def looked(connection, busy, *, looks):
        seen.append(busy)
        return hosts(connection, busy, looks=looks)

    hosts = feeds.hosts
    monkeypatch.setattr("retold.desk.feeds.hosts", looked)
    assert watch(desk, site).pages == 20
    assert len(seen) < 10


def test_what_feeds_give_whole_waits_for_no_site_that_wants_to_be_asked_seldom(desk, site):
    site.answers |= {
        "/robots.txt": answer(b"User-agent: *\nCrawl-delay: 600"),
        "/feed": feed(rss([item(1, whole(1)), item(2, teaser=TEASER)])),
        "/other": feed(rss([])),
    }
    for path in ("feed", "other"):
        desk.add_feed(f"http://{HOST}/{path}")
    found = watch(desk, site)
    assert (found.asked, found.articles) == (1, 1)
    assert desk.feed(1).waiting == 1


def test_what_was_kept_before_a_kill_is_had_at_the_next_start(desk, site, monkeypatch):
    items = [item(n, whole(n)) for n in (1, 2)] + [item(3, teaser=TEASER).replace("https", "http")]
    site.answers |= {"/feed": tagged(rss(items), '"a"'), "/news/3": page(3)}
    desk.add_feed(FEED)
    with monkeypatch.context() as patch:
        patch.setattr("retold.desk.adding.add", _killed)
        with pytest.raises(KeyboardInterrupt):
            watch(desk, site)
    assert listed(desk) == []
    found = watch(desk, site, now=False)
    assert (found.asked, found.articles) == (0, 3)
    assert site.paths.count("/feed") == 1


def _killed(*_, **__):
    raise KeyboardInterrupt


def test_what_was_stored_before_a_kill_is_not_stored_twice(desk, site, monkeypatch):
    site.answers["/feed"] = feed(rss([item(n, whole(n)) for n in (1, 2)]))
    desk.add_feed(FEED)
    with monkeypatch.context() as patch:
        patch.setattr("retold.desk.entries.done", _killed)
        with pytest.raises(KeyboardInterrupt):
            watch(desk, site)
    assert len(listed(desk)) == 2
    assert watch(desk, site).articles == 0
    assert desk.feeds().items[0].articles == 2


def test_a_watch_can_be_stopped_while_a_site_is_silent(desk, site):
    silent = threading.Event()
    site.answers["/feed"] = lambda request: trickle([b"HTTP/1.1 200 OK\r\n"] * 2, 0.4)
    desk.add_feed(FEED)
    threading.Timer(0.2, silent.set).start()
    began = time.monotonic()
    watch(desk, site, stop=silent, config=FeedConfig(workers=2, grace=0.1))
    assert time.monotonic() - began < 5


def test_the_loop_goes_on_until_it_is_stopped(desk, site):
    site.answers["/feed"] = feed(rss([item(1, whole(1))]))
    desk.add_feed(FEED)
    stop = threading.Event()
    asked = 0
    for found in desk.watch(
        lambda sleep: site.client(sleep=sleep), SOON, stop=stop, work=False, now=True
    ):
        asked += found.asked
        site.answers["/feed"] = feed(rss([item(n, whole(n)) for n in range(1, asked + 2)]))
        if asked >= 3:
            stop.set()
    assert desk.articles(ArticleFilter()).items
    assert site.paths.count("/feed") >= 3


def test_what_comes_is_placed_meanwhile(desk, site):
    site.answers["/feed"] = feed(rss([item(1, whole(1))]))
    desk.add_feed(FEED)
    list(desk.watch(lambda sleep: site.client(sleep=sleep), SOON, once=True))
    assert only(desk).placed


def test_two_cannot_watch_one_desk(desk, site):
    with (
        FileLock(f"{desk.database.path}.watch"),
        pytest.raises(UsageError, match="watched already"),
    ):
        watch(desk, site)


def test_a_desk_that_cannot_be_written_ends_the_watch(desk, site, monkeypatch):
    site.answers["/feed"] = feed(rss([item(1, whole(1))]))
    desk.add_feed(FEED)

    def full(*_, **__):
        raise UsageError("the disk is full")

    monkeypatch.setattr("retold.desk.adding.add", full)
    with pytest.raises(UsageError, match="full"):
        watch(desk, site)
