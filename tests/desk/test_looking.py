"""Pages that change without a word of their feed are found out, ever more seldom, cheaply."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from retold.config import FeedConfig
from retold.desk import times
from tests.desk.feedsite import FEED, HOST, TEASER, feed, only, page, watch
from tests.feeds.fiction import PARAGRAPHS, item, rss, whole
from tests.fetch.site import answer, moved

EXACT = FeedConfig(workers=4, grace=2.0, jitter=0.0)
HOUR = 3600.0
PATH = "/news/1"
EDIT = "The chain arrived in the autumn, two months later than was promised."


class Clock:
    """The time of the desk, which a test moves on."""

    def __init__(self):
        self.ahead = 0

    def now(self):
        return times.stored(datetime.now(UTC)) + self.ahead

    def pass_hours(self, hours):
        self.ahead += round(hours * HOUR * 1_000_000)


@pytest.fixture
def clock(monkeypatch):
    """A clock that the desk goes by."""
    made = Clock()
    monkeypatch.setattr("retold.desk.times.now", made.now)
    return made


def entry(minutes=1, body="", number=1, teaser=TEASER):
    """Return an item that was published so many minutes ago."""
    published = format_datetime(datetime.now(UTC) - timedelta(minutes=minutes))
    made = item(number, body, "" if body else teaser)
    return made.replace("https:", "http:").replace(
        f"Tue, 03 Jun 2031 {number:02d}:00:00 GMT", published
    )


def watched(desk, site, first=None, shown=None):
    """Watch a feed with one teaser and have its page."""
    site.answers |= {"/feed": feed(rss([first or entry()])), PATH: shown or page(1)}
    number, _ = desk.add_feed(FEED)
    assert watch(desk, site, config=EXACT).articles == 1
    return number


def later(desk, site, clock, hours, config=EXACT):
    """Watch again some hours later; only pages are of interest."""
    clock.pass_hours(hours)
    return watch(desk, site, now=False, config=config)


def test_an_edit_that_the_feed_does_not_tell_becomes_a_revision(desk, site, clock):
    number = watched(desk, site)
    before = only(desk)
    assert desk.feed(number).looks == 1
    assert later(desk, site, clock, 0.5).looks == 0
    site.answers[PATH] = page(1, EDIT)
    found = later(desk, site, clock, 0.6)
    assert (found.looks, found.pages, found.articles, found.revised) == (1, 0, 1, 1)
    latest, earlier = desk.revisions(before.id)
    assert earlier.id == before.id
    assert "autumn" in desk.value(latest.id).text
    assert (latest.outlet, latest.published) == (before.outlet, before.published)
    run = desk.runs().items[0]
    assert (run.kind, run.source, run.new, run.revised) == (
        "watch", f"{HOST}, pages asked again", 1, 1,
    )  # fmt: skip
    assert desk.feed(number).articles == 1
    site.answers[PATH] = page(1, EDIT + " It is of steel.")
    assert later(desk, site, clock, 5).revised == 1
    assert len(desk.revisions(before.id)) == 3


def test_pages_are_asked_ever_more_seldom_and_then_no_more(desk, site, clock):
    number = watched(desk, site)
    asked = []
    for hour in range(1, 24 * 10):
        clock.pass_hours(1)
        if hour in {2, 7, 25, 73, 169} or desk.feed(number).looks:
            asked += [hour] * watch(desk, site, now=False, config=EXACT).looks
    assert asked == [1, 6, 24, 72, 168]
    assert desk.feed(number).looks == 0
    assert site.paths.count(PATH) == 6
    assert len(desk.articles().items) == 1


def test_a_page_that_is_the_same_is_not_sent_and_nothing_is_stored(desk, site, clock):
    sent = []

    def give(request):
        if request.headers.get("if-none-match") == '"p"':
            return answer(b"", "304 Not Modified")
        sent.append(request)
        return page(1).replace(b"\r\n\r\n", b'\r\nETag: "p"\r\n\r\n', 1)

    watched(desk, site, shown=give)
    runs = desk.runs().items
    found = later(desk, site, clock, 1.1)
    assert (found.looks, found.articles, len(sent)) == (1, 0, 1)
    assert desk.runs().items == runs


def test_a_server_that_gives_nothing_to_know_a_page_by_sends_it_but_nothing_is_stored(
    desk, site, clock
):
    watched(desk, site)
    runs = desk.runs().items
    assert later(desk, site, clock, 1.1).looks == 1
    assert desk.runs().items == runs
    assert only(desk)


def test_an_old_article_is_asked_only_at_the_ages_that_it_has_not_reached(desk, site, clock):
    number = watched(desk, site, entry(minutes=30 * 60))
    assert later(desk, site, clock, 40).looks == 0
    assert later(desk, site, clock, 3).looks == 1  # at three days
    assert desk.feed(number).looks == 1
    first = entry(minutes=60 * 24 * 20, number=2)
    site.answers |= {"/feed": feed(rss([first])), "/news/2": page(2)}
    watch(desk, site, config=EXACT)
    assert desk.feed(number).looks == 1  # the second is too old for any


def test_what_says_that_it_is_of_a_time_to_come_was_published_when_it_was_read(desk, site, clock):
    watched(desk, site, item(1, teaser=TEASER).replace("https:", "http:"))
    asked = [later(desk, site, clock, hours).looks for hours in (1.1, 5, 18, 48, 96, 96)]
    assert asked == [1, 1, 1, 1, 1, 0]


def test_what_a_feed_gives_whole_has_no_page_to_be_asked(desk, site, clock):
    site.answers["/feed"] = feed(rss([entry(body=whole(1))]))
    number, _ = desk.add_feed(FEED)
    watch(desk, site, config=EXACT)
    assert desk.feed(number).looks == 0
    assert later(desk, site, clock, 1.1).looks == 0


def test_looks_can_be_done_without(desk, site, clock):
    first = entry()
    number = watched(desk, site, first)
    off = replace(EXACT, looks=())
    assert later(desk, site, clock, 1.1, off).looks == 0
    assert site.paths.count(PATH) == 1
    assert desk.feed(number).looks == 1
    assert later(desk, site, clock, 0.0).looks == 1  # those that were to come, come
    site.answers |= {"/feed": feed(rss([first, entry(number=2)])), "/news/2": page(2)}
    watch(desk, site, config=off)
    assert desk.feed(number).looks == 1


SHORT = answer(
    b"<html><head><title>Ferry 1 stops</title></head><body><article><h1>Ferry 1 stops</h1>"
    + f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article></body></html>".encode(),
    kind="text/html; charset=utf-8",
)
OTHER = answer(
    b"<html><head><title>We value your privacy</title></head><body><article><h1>Privacy</h1>"
    + b"".join(
        f"<p>We and our partners keep cookies of sort {n} on your device to measure how adverts"
        " perform, and to know you again; choose which purposes you agree to, and change your mind"
        f" whenever you like by the small button below, number {n}.</p>".encode()
        for n in range(8)
    )
    + b"</article></body></html>",
    kind="text/html; charset=utf-8",
)


@pytest.mark.parametrize(
    ("shown", "told"), [(SHORT, "that it had; those stand"), (OTHER, "something else than before")]
)
def test_what_is_no_edit_leaves_the_text_that_was_had(desk, site, clock, shown, told):
    watched(desk, site)
    before = only(desk)
    site.answers[PATH] = shown
    seen = []
    clock.pass_hours(1.1)
    found = watch(desk, site, now=False, config=EXACT, log=seen.append)
    assert (found.looks, found.articles, found.revised) == (1, 0, 0)
    assert only(desk) == before
    assert told in next(event.detail for event in seen if event.what == "look")
    (left,) = desk.rejected(desk.runs().items[0].number).items
    assert told in left.detail
    site.answers[PATH] = page(1, EDIT)  # it is asked again nevertheless
    assert later(desk, site, clock, 5).revised == 1


def test_a_page_that_is_gone_is_told_of_and_asked_no_more(desk, site, clock):
    number = watched(desk, site)
    before = only(desk)
    site.answers[PATH] = answer(b"", "410 Gone")
    assert later(desk, site, clock, 1.1).looks == 1
    assert desk.feed(number).looks == 0
    (left,) = desk.rejected(desk.runs().items[0].number).items
    assert "gone" in left.detail
    assert only(desk) == before


def test_a_page_that_fails_is_asked_at_its_next_turn(desk, site, clock):
    number = watched(desk, site)
    runs = desk.runs().items
    site.answers[PATH] = answer(b"", "500 Internal Server Error")
    assert later(desk, site, clock, 1.1).looks == 1
    assert (desk.feed(number).looks, desk.runs().items) == (1, runs)
    site.answers[PATH] = page(1, EDIT)
    assert later(desk, site, clock, 5).revised == 1


def test_a_page_whose_address_follows_its_title_is_the_same_page(desk, site, clock):
    watched(desk, site)
    before = only(desk)
    site.answers |= {PATH: moved(f"http://{HOST}/news/1-new"), "/news/1-new": page(1, EDIT)}
    assert later(desk, site, clock, 1.1).revised == 1
    assert {row.url for row in desk.revisions(before.id)} == {before.url}


def test_a_host_that_wants_to_be_left_alone_is(desk, site):
    to_come = item(1, teaser=TEASER).replace("https:", "http:")
    site.answers |= {"/feed": feed(rss([to_come])), PATH: page(1)}
    number, _ = desk.add_feed(FEED)
    watch(desk, site, config=EXACT)
    with desk.database.write() as connection:
        connection.execute("UPDATE look SET due = ?", (times.now(),))
    site.answers["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 600")
    found = watch(desk, site, config=EXACT)
    assert found.looks == 0
    assert desk.feed(number).looks == 1
    assert site.paths.count(PATH) == 1
    assert (found.next - datetime.now(UTC)).total_seconds() > 500


def test_a_change_that_the_feed_tells_begins_anew(desk, site, clock):
    number = watched(desk, site)
    assert later(desk, site, clock, 1.1).looks == 1
    told = entry(teaser="The ferry stopped at night …")
    site.answers |= {"/feed": feed(rss([told])), PATH: page(1, EDIT)}
    found = watch(desk, site, config=EXACT)
    assert (found.pages, found.looks, found.revised) == (1, 0, 1)
    assert desk.feed(number).looks == 1
    assert later(desk, site, clock, 5).looks == 1


def test_a_feed_that_is_watched_no_more_has_its_pages_left_alone(desk, site, clock):
    number = watched(desk, site)
    desk.remove_feed(number)
    assert later(desk, site, clock, 1.1).looks == 0
    assert site.paths.count(PATH) == 1
