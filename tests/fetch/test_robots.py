"""What sites let programs read, and how soon one after the other."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import chain, repeat

import pytest

from retold.fetch import Fetched, Refused
from retold.fetch.pace import Pace
from retold.model import Reason
from tests.fetch.site import answer, moved, trickle

URL = "http://news.example/a"
OTHER = "http://news.example/b"
HTML = b"<p>The ferry to Quell was late.</p>"


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self):
        self.now = 1000.0
        self.waited = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.waited.append(seconds)
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


def rules(text, **more):
    body = text if isinstance(text, bytes) else text.encode()
    return answer(body, kind="text/plain", **more)


def read(site, url=URL, **options):
    site.answers.setdefault("/a", answer(HTML))
    site.answers.setdefault("/b", answer(HTML))
    return site.client(**options).get(url)


def may(site, url=URL):
    found = read(site, url)
    if isinstance(found, Refused):
        assert found.reason is Reason.ROBOTS
    return isinstance(found, Fetched)


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("User-agent: *\nDisallow: /a", False),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /b", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /\nAllow: /a", True),
        ("User-agent: *\nDisallow: /*a$", False),
        ("User-agent: retold\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: Retold\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: otherbot\nDisallow: /", True),
        ("\ufeffUser-agent: *\r\nDisallow: /a", False),
        ("<html><body>Not found</body></html>", True),
        ("", True),
        (b"\xff\xfe\x00nonsense\x00" * 50, True),
    ],
)
def test_what_a_site_says_is_kept_to(site, text, allowed):
    site.answers["/robots.txt"] = rules(text)
    assert may(site) is allowed
    assert ("/a" in site.paths) is allowed


@pytest.mark.parametrize(
    "status", ["400 Bad", "401 No", "403 Forbidden", "404 Not Found", "410 Gone"]
)
def test_what_is_not_there_forbids_nothing(site, status):
    site.answers["/robots.txt"] = answer(b"User-agent: *\nDisallow: /", status)
    assert may(site)


@pytest.mark.parametrize("status", ["429 Slow", "500 Oops", "503 Busy"])
def test_a_site_in_trouble_is_left_alone(site, status):
    site.answers["/robots.txt"] = answer(b"", status)
    assert not may(site)
    assert site.paths == ["/robots.txt"]


def test_a_site_that_cannot_be_reached_is_left_alone_for_a_while(site, clock):
    site.answers["/robots.txt"] = b""
    site.answers["/a"] = answer(HTML)
    client = site.client(clock=clock, sleep=clock.sleep)
    for _ in range(3):
        found = client.get(URL)
        assert (found.reason, found.detail[:15]) == (Reason.FETCH_FAILED, "Its robots.txt:")
    assert site.paths == ["/robots.txt"]
    site.answers["/robots.txt"] = rules("")
    clock.now += 601
    assert isinstance(client.get(URL), Fetched)


def test_rules_are_asked_for_once_a_day_and_by_site(site, clock):
    site.answers |= {"/robots.txt": rules(""), "/a": answer(HTML), "/b": answer(HTML)}
    client = site.client(clock=clock, sleep=clock.sleep)
    for url in (URL, OTHER, "http://other.example/a", "http://news.example:8080/a"):
        assert isinstance(client.get(url), Fetched)
    assert site.paths.count("/robots.txt") == 3
    clock.now += 86_401
    client.get(URL)
    assert site.paths.count("/robots.txt") == 4


def test_rules_may_be_redirected(site):
    site.answers["/robots.txt"] = moved("http://other.example/rules")
    site.answers["/rules"] = rules("User-agent: *\nDisallow: /a")
    assert not may(site)
    site.answers["/robots.txt"] = moved("http://news.example/robots.txt")
    assert may(site), "a circle counts as no rules"


def test_rules_that_lead_to_what_is_private_are_not_followed(site):
    site.names["intern.example"] = ["10.0.0.7"]
    site.answers["/robots.txt"] = moved("http://intern.example/robots.txt")
    found = read(site)
    assert found.reason is Reason.FORBIDDEN_ADDRESS
    assert site.paths == ["/robots.txt"]


def test_of_endless_rules_the_beginning_counts(site):
    start = b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /a\n"
    site.answers["/robots.txt"] = lambda request: chain([start], repeat(b"# and so on\n" * 1000))
    assert not may(site)
    assert may(site, OTHER)


def test_rules_that_trickle_forbid_all(site):
    site.answers["/robots.txt"] = trickle([rules("", Content_Length="100"), *[b"#"] * 100], 0.02)
    found = site.patient(total_seconds=0.2).get(URL)
    assert (found.reason, site.paths) == (Reason.FETCH_FAILED, ["/robots.txt"])


def test_the_rules_of_the_site_that_one_is_redirected_to_count_as_well(site):
    site.answers["/a"] = moved("http://other.example/b")
    site.answers["/robots.txt"] = lambda request: rules(
        "User-agent: *\nDisallow: /b" if request.headers["host"] == "other.example" else ""
    )
    assert not may(site)
    assert "/b" not in site.paths


def test_the_sitemaps_that_rules_name_are_told(site):
    site.answers["/robots.txt"] = rules("Sitemap: https://news.example/s.xml\nsitemap: /t.xml\n")
    assert site.client().sitemaps(URL) == ["https://news.example/s.xml", "/t.xml"]
    assert isinstance(site.client().sitemaps("ftp://x/"), Refused)


def paced(site, clock, **values):
    from dataclasses import replace

    from tests.fetch.site import QUICK

    site.answers |= {"/a": answer(HTML), "/b": answer(HTML)}
    return site.client(replace(QUICK, **values), clock=clock, sleep=clock.sleep)


def test_a_host_is_asked_at_its_pace_and_others_meanwhile(site, clock):
    client = paced(site, clock, seconds_between=2.0)
    client.get(URL)
    client.get("http://other.example/a")
    assert clock.waited == []
    client.get(OTHER)
    assert clock.waited == [2.0]


@pytest.mark.parametrize("said", ["Crawl-delay: 7", "Request-rate: 1/7"])
def test_a_site_may_ask_for_more_time(site, clock, said):
    site.answers["/robots.txt"] = rules(f"User-agent: *\n{said}\nDisallow: /c")
    client = paced(site, clock, seconds_between=1.0)
    client.get(URL)
    client.get(OTHER)
    assert clock.waited == [7.0]


def test_nobody_waits_for_ever(site, clock):
    site.answers["/robots.txt"] = rules("User-agent: *\nCrawl-delay: 86400")
    client = paced(site, clock)
    client.get(URL)
    found = client.get(OTHER)
    assert found.reason is Reason.FETCH_FAILED
    assert "86,400 seconds" in found.detail
    assert timedelta(hours=23) < found.retry - datetime.now(UTC) <= timedelta(hours=24)
    assert found.held
    assert clock.waited == []


@pytest.mark.parametrize("said", [f"Crawl-delay: {'9' * 40}", f"Request-rate: 1/{'9' * 40}"])
def test_more_time_than_there_is_counts_as_a_month(site, clock, said):
    site.answers["/robots.txt"] = rules(f"User-agent: *\n{said}")
    client = paced(site, clock)
    client.get(URL)
    found = client.get(OTHER)
    assert timedelta(days=29) < found.retry - datetime.now(UTC) <= timedelta(days=30)


def test_a_host_is_not_held_where_another_wants_time(site, clock):
    site.answers["/robots.txt"] = lambda request: rules(
        "User-agent: *\nCrawl-delay: 600" if request.headers["host"] == "slow.example" else ""
    )
    client = paced(site, clock)
    site.answers |= {"/a": moved("http://slow.example/b")}
    assert isinstance(client.get(URL), Fetched)
    found = client.get(URL)
    assert (found.status, found.held, found.retry is None) == (0, False, False)


def test_a_redirect_takes_a_turn_of_its_own(site, clock):
    client = paced(site, clock, seconds_between=1.0)
    site.answers["/a"] = moved("/b")
    client.get(URL)
    assert clock.waited == [1.0]


def later(clock, seconds):
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize("status", ["429 Slow", "503 Busy"])
def test_a_host_that_is_busy_is_asked_once_more_when_it_says(site, clock, status):
    client = paced(site, clock)
    busy = [answer(b"", status, Retry_After="9")]
    site.answers["/a"] = lambda request: busy.pop() if busy else answer(HTML)
    assert isinstance(client.get(URL), Fetched)
    assert clock.waited == [9.0]


def test_a_date_may_be_given_instead_of_seconds(site, clock):
    client = paced(site, clock)
    busy = [answer(b"", "503 Busy", Retry_After=later(clock, 20))]
    site.answers["/a"] = lambda request: busy.pop() if busy else answer(HTML)
    assert isinstance(client.get(URL), Fetched)
    assert 15 < clock.waited[0] <= 20


@pytest.mark.parametrize(
    ("status", "after", "days"),
    [("429 Slow", "3600", 1 / 24), ("503 Busy", "999999999", 30), ("503 Busy", "9" * 400, None),
     ("503 Busy", "soon", None), ("503 Busy", "Mon, 99 Foo 2031", None), ("503 Busy", "-5", None)],
)  # fmt: skip
def test_a_long_wait_is_left_to_the_caller(site, clock, status, after, days):
    client = paced(site, clock)
    site.answers["/a"] = answer(b"", status, Retry_After=after)
    found = client.get(URL)
    assert (found.reason, found.status) == (Reason.FETCH_FAILED, int(status[:3]))
    assert clock.waited == []
    assert site.paths.count("/a") == 1
    if days is None:
        assert found.retry is None
    else:
        assert abs(found.retry - datetime.now(UTC) - timedelta(days=days)) < timedelta(minutes=1)
        held = client.get(OTHER)
        assert held.retry is not None
        assert "/b" not in site.paths


def test_a_host_that_is_busy_and_does_not_say_how_long_gets_some_time(site, clock):
    client = paced(site, clock, busy_seconds=30.0)
    site.answers["/a"] = answer(b"", "429 Slow")
    assert client.get(URL).status == 429
    assert clock.waited == [30.0]
    assert site.paths.count("/a") == 2


def test_turns_are_kept_apart_whatever_is_forgotten():
    clock = Clock()
    pace = Pace(clock, most=3)
    for number in range(20):
        assert pace.turn(f"h{number}", 1.0, 10.0) == 0.0
    assert pace.turn("h19", 1.0, 10.0) == 1.0
    assert pace.turn("h19", 1.0, 10.0) == 2.0
    assert pace.turn("h19", 1.0, 2.5) == 3.0, "told, but not taken"
    assert pace.turn("h19", 1.0, 10.0) == 3.0
    clock.now += 100
    pace.turn("new", 1.0, 10.0)
    assert len(pace._next) <= 3


def test_threads_take_turns():
    from concurrent.futures import ThreadPoolExecutor

    pace = Pace(Clock(), most=10)
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda _: pace.turn("host", 1.0, 1e9), range(200)))
    assert sorted(taken) == [float(n) for n in range(200)]
