"""Reading one address: what comes back, and what is never done."""

import gzip
import itertools
import zlib
from dataclasses import replace

import brotli
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retold import __version__
from retold.errors import UsageError
from retold.fetch import Fetched, Refused, Validators
from retold.fetch.client import agent
from retold.model import Reason
from tests.fetch.site import PUBLIC, QUICK, answer, moved, trickle

URL = "http://news.example/a"
HTML = b"<html><body><p>The ferry to Quell was late.</p></body></html>"
PAGES = frozenset({"text/html"})


def fetched(site, url=URL, **options):
    found = site.client().get(url, **options)
    assert isinstance(found, Fetched), found
    return found


def refused(site, reason, *words, url=URL, client=None, **options):
    found = (client or site.client()).get(url, **options)
    assert isinstance(found, Refused), found
    assert found.reason is reason, found
    assert found.url == url
    assert found.detail.endswith(".")
    assert all(word in found.detail for word in words), found.detail
    assert found.rejected().detail == found.detail
    return found


def test_a_page_comes_with_all_that_was_said_of_it(site):
    site.answers["/a"] = answer(HTML, ETag='"7"', Last_Modified="Mon, 03 Feb 2031 07:15:00 GMT")
    found = fetched(site)
    assert (found.status, found.body, found.unchanged) == (200, HTML, False)
    assert found.url == found.final_url == found.settled_url == URL
    assert found.header("content-type") == "text/html"
    assert found.validators == Validators('"7"', "Mon, 03 Feb 2031 07:15:00 GMT")
    assert found.fetched.tzinfo is not None


def test_it_says_who_it_is_and_nothing_of_the_environment(site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    site.answers["/a"] = answer(HTML)
    fetched(site)
    headers = site.asked[-1].headers
    assert headers["user-agent"] == f"Retold/{__version__} (compares versions of news)"
    assert headers["host"] == "news.example"
    assert set(headers) == {
        "host", "user-agent", "accept", "accept-language", "accept-encoding", "connection",
    }  # fmt: skip


def test_the_contact_is_named(site):
    site.answers["/a"] = answer(HTML)
    site.patient(contact="desk@tarnpost.example").get(URL)
    assert site.asked[-1].headers["user-agent"].endswith("; desk@tarnpost.example)")
    for bad in ("a\r\nCookie: b", "ö", "a" * 300):
        with pytest.raises(UsageError):
            agent(bad)


def test_cookies_are_not_kept(site):
    site.answers["/a"] = answer(HTML, Set_Cookie="visitor=1")
    client = site.client()
    client.get(URL)
    client.get(URL)
    assert all("cookie" not in request.headers for request in site.asked)


def test_an_unchanged_page_is_not_sent_again(site):
    def asked(request):
        same = request.headers.get("if-none-match") == '"7"'
        return answer(b"", "304 Not Modified", ETag='"7"') if same else answer(HTML, ETag='"7"')

    site.answers["/a"] = asked
    first = fetched(site)
    again = fetched(site, known=first.validators)
    assert again.unchanged
    assert again.body == b""
    assert again.validators == first.validators
    assert fetched(site, known=Validators('"6"')).body == HTML


def test_an_unchanged_page_keeps_what_the_server_does_not_repeat(site):
    site.answers["/a"] = answer(b"", "304 Not Modified")
    known = Validators('"7"', "Mon, 03 Feb 2031 07:15:00 GMT")
    assert fetched(site, known=known).validators == known
    assert site.asked[-1].headers["if-modified-since"] == known.modified


def test_a_validator_cannot_smuggle_a_header(site):
    site.answers["/a"] = answer(HTML)
    fetched(site, known=Validators('"7"\r\nCookie: b', "ö"))
    assert not {"cookie", "if-none-match", "if-modified-since"} & set(site.asked[-1].headers)


def test_unchanged_without_being_asked_is_no_answer(site):
    site.answers["/a"] = answer(b"", "304 Not Modified")
    refused(site, Reason.FETCH_FAILED, "304")


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("zstd", zstandard.compress),
        ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
    ],
)
def test_what_is_packed_is_unpacked_within_the_limit(site, coding, pack):
    site.answers["/a"] = answer(pack(HTML), Content_Encoding=coding)
    assert fetched(site).body == HTML
    site.answers["/a"] = answer(pack(bytes(3_000_000)), Content_Encoding=coding)
    refused(site, Reason.TOO_LARGE, "976.6 KiB", client=site.patient(max_bytes=1_000_000))


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(HTML * 9)[:-1]),
        ("gzip", gzip.compress(HTML * 9)[:-9] + b"nonsense!"),
        ("deflate", zlib.compress(HTML * 9)[:-1]),
        ("br", brotli.compress(HTML * 9)[:-1]),
        ("zstd", zstandard.compress(HTML * 9)[:-1]),
        ("zstd", zstandard.compress(bytes(range(256)) * 9000)[:-7]),
    ],
    ids=["gzip", "gzip that ends otherwise", "deflate", "br", "zstd", "zstd of many blocks"],
)
def test_half_of_what_is_packed_is_none(site, coding, packed):
    site.answers["/a"] = answer(packed, Content_Encoding=coding)
    refused(site, Reason.DAMAGED, "breaks off")


def test_an_endless_body_ends_at_the_limit(site):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    sent = itertools.count()
    site.answers["/a"] = itertools.chain(
        [head], (bytes(65536) for _ in iter(lambda: next(sent), -1))
    )
    refused(site, Reason.TOO_LARGE, client=site.patient(max_bytes=1_000_000))
    assert next(sent) < 500


def test_an_endless_head_ends(site):
    lines = (b"X-%d: %s\r\n" % (n, b"a" * 1000) for n in itertools.count())
    site.answers["/a"] = itertools.chain([b"HTTP/1.1 200 OK\r\n"], lines)
    refused(site, Reason.FETCH_FAILED, "no whole answer")


def test_endless_hints_before_an_answer_end(site):
    site.answers["/a"] = itertools.repeat(b"HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n" * 100)
    refused(site, Reason.TOO_LARGE, client=site.patient(max_bytes=100_000))


def test_a_silent_server_is_left(site):
    site.answers["/a"] = trickle([answer(HTML)], 0.4)
    refused(site, Reason.FETCH_FAILED, "silent", client=site.patient(read_seconds=0.1))


def test_a_server_that_trickles_is_left_in_the_end(site):
    head = answer(b"", Content_Length="1000")
    site.answers["/a"] = trickle([head, *[b"a"] * 1000], 0.02)
    client = site.patient(read_seconds=0.2, total_seconds=0.4)
    refused(site, Reason.FETCH_FAILED, "longer than 0.4 seconds", client=client)


@pytest.mark.parametrize(
    "broken",
    [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n<p>half",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>ha\r\n5\r\nlf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"",
    ],
    ids=["length", "chunk", "no-chunk", "two-lengths", "no-http", "nothing"],
)
def test_half_an_answer_is_none(site, broken):
    site.answers["/a"] = broken
    refused(site, Reason.FETCH_FAILED, "no whole answer")


def test_chunks_are_joined(site):
    site.answers["/a"] = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
    )
    assert fetched(site).body == b"abcde"


def test_only_the_kinds_that_are_wanted_are_loaded(site):
    site.answers["/a"] = answer(b"%PDF", kind="Application/PDF; a=b")
    refused(site, Reason.UNKNOWN_FORMAT, "application/pdf", kinds=PAGES)
    assert fetched(site).body == b"%PDF"
    site.answers["/a"] = answer(HTML, kind="Text/HTML; charset=utf-8")
    assert fetched(site, kinds=PAGES).body == HTML
    site.answers["/a"] = b"HTTP/1.1 200 OK\r\n\r\n" + HTML
    assert fetched(site, kinds=PAGES).body == HTML


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "500 Oops", "206 Part", "299 Odd"])
def test_another_status_than_200_is_no_page(site, status):
    site.answers["/a"] = answer(HTML, status)
    found = refused(site, Reason.FETCH_FAILED, status[:3])
    assert found.status == int(status[:3])


def test_redirects_are_followed_and_what_is_for_good_is_kept(site):
    site.answers |= {
        "/a": moved("/b", "301 Moved"),
        "/b": moved("http://other.example/c", "308 Moved"),
        "/c": moved("d?e", "302 Found"),
        "/d?e": moved("/f", "301 Moved"),
        "/f": answer(HTML),
    }
    found = fetched(site)
    assert found.url == URL
    assert found.final_url == "http://other.example/f"
    assert found.settled_url == "http://other.example/c"


def test_a_circle_of_redirects_ends(site):
    site.answers |= {"/a": moved("/b"), "/b": moved("/a")}
    refused(site, Reason.FETCH_FAILED, "more than 10 times")
    assert len([p for p in site.paths if p != "/robots.txt"]) == 11


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/secret", "http://[::1]:{port}/secret", "http://localhost:{port}/secret",
        "http://[::ffff:127.0.0.1]:{port}/secret", "http://2130706433:{port}/secret",
        "http://169.254.169.254/secret", "//intern.example/secret", "file:///secret",
        "http://u:p@news.example/secret", "http://news.example:25/secret",
    ],
)  # fmt: skip
def test_a_redirect_to_what_is_private_is_not_followed(site, target):
    from retold.fetch.connect import resolve

    private = {"intern.example": ["10.0.0.7"], "news.example": [PUBLIC]}
    site.answers |= {
        "/a": moved(target.format(port=site.port)),
        "/secret": answer(b"secret"),
        "/robots.txt": answer(b"", kind="text/plain"),
    }
    client = site.client(resolve=lambda host, port: private.get(host) or resolve(host, port))
    refused(site, Reason.FORBIDDEN_ADDRESS, client=client)
    assert "/secret" not in site.paths
    assert {address for address, _ in site.connected} == {PUBLIC}


def test_private_addresses_may_be_allowed_but_never_the_keys_of_clouds(site):
    site.answers["/a"] = answer(HTML)
    url = f"http://127.0.0.1:{site.port}/a"
    refused(site, Reason.FORBIDDEN_ADDRESS, "127.0.0.1", "--allow-private", url=url,
            client=site.client(resolve=lambda host, port: [host]))  # fmt: skip
    assert site.asked == []
    client = site.client(replace(QUICK, allow_private=True), resolve=lambda host, port: [host])
    assert client.get(url).body == HTML
    refused(site, Reason.FORBIDDEN_ADDRESS, url="http://169.254.169.254/latest/", client=client)


def test_a_name_that_changes_its_address_between_two_look_ups_gains_nothing(site):
    found = itertools.cycle([[PUBLIC], ["127.0.0.1"]])
    site.answers["/a"] = answer(HTML)
    looked_up = []

    def resolve(host, port):
        looked_up.append(next(found))
        return looked_up[-1]

    client = site.client(resolve=resolve)
    refused(site, Reason.FORBIDDEN_ADDRESS, "127.0.0.1", client=client)  # robots.txt, then the page
    assert looked_up == [[PUBLIC], ["127.0.0.1"]]
    assert site.connected == [(PUBLIC, 80)]
    assert site.paths == ["/robots.txt"]


def test_each_connection_goes_to_what_was_looked_up_for_it(site):
    fresh = (f"198.41.7.{n}" for n in itertools.count(1))
    site.answers["/a"] = answer(HTML)
    client = site.client(resolve=lambda host, port: [next(fresh)])
    assert client.get(URL).body == HTML
    assert site.connected == [("198.41.7.1", 80), ("198.41.7.2", 80)]


def test_of_several_addresses_those_that_may_be_are_tried(site):
    site.names["news.example"] = ["10.0.0.1", "198.41.7.1", "198.41.7.2"]
    site.answers["/a"] = answer(HTML)

    def connect(address, port, seconds):
        if address == "198.41.7.1":
            raise ConnectionRefusedError(111, "Connection refused")
        return site.connect(address, port, seconds)

    assert site.client(connect=connect).get(URL).body == HTML
    assert {address for address, _ in site.connected} == {"198.41.7.2"}


def test_what_cannot_be_reached_is_said(site):
    def gone(host, port):
        raise OSError(-2, "Name or service not known")

    def shut(address, port, seconds):
        raise ConnectionRefusedError(111, "Connection refused")

    refused(site, Reason.FETCH_FAILED, "news.example", client=site.client(resolve=gone))
    refused(site, Reason.FETCH_FAILED, "refused", client=site.client(connect=shut))
    refused(site, Reason.FETCH_FAILED, client=site.client(resolve=lambda host, port: []))


def test_a_slow_look_up_is_left(site):
    from threading import Event

    ever = Event()
    client = site.client(
        replace(QUICK, lookup_seconds=0.1), resolve=lambda host, port: ever.wait(5) or [PUBLIC]
    )
    refused(site, Reason.FETCH_FAILED, "looked up in time", client=client)
    ever.set()


def test_an_address_that_is_none_is_refused_without_asking(site):
    for url in (
        "ftp://news.example/a",
        "http://u:p@news.example/",
        "nonsense",
        "http://..",
        "http://a..b/",
    ):
        assert isinstance(site.client(resolve=None).get(url), Refused)
    assert site.asked == []


@given(
    st.one_of(
        st.binary(max_size=200),
        st.builds(lambda data: b"HTTP/1.1 200 OK\r\n" + data, st.binary(max_size=200)),
        st.builds(
            lambda name, data: answer(data, Content_Encoding=name),
            st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, gzip", "x", "identity"]),
            st.binary(max_size=100),
        ),
        st.builds(
            lambda target: moved(target.replace("\r", "").replace("\n", "")),
            st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30),
        ),
    )
)
@settings(
    max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_whatever_a_server_answers_is_an_answer_or_refused(site, data):
    site.answers["/a"] = data
    found = site.client().get(URL)
    assert isinstance(found, Fetched | Refused)


def test_what_nobody_thought_of_is_an_answer_too(site, monkeypatch):
    def broken(*_, **__):
        raise OverflowError("too large")

    site.answers["/a"] = answer(HTML)
    monkeypatch.setattr("retold.read.http.body", broken)
    refused(site, Reason.FETCH_FAILED, "OverflowError")


def test_threads_may_share_a_client(site):
    from concurrent.futures import ThreadPoolExecutor

    site.answers |= {f"/{n}": answer(b"%d" % n) for n in range(40)}
    client = site.client()
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(client.get, (f"http://news.example/{n}" for n in range(40))))
    assert [int(one.body) for one in found] == list(range(40))
