"""What is refused before a route sees it, and what every answer carries."""

import asyncio
import json
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from fastapi import HTTPException, Request

from retold.web.guard import rates, slow
from retold.web.guard.bodies import Bodies
from retold.web.guard.hosts import hostname
from retold.web.guard.rates import Buckets, neighbour
from retold.web.turns import WAITING, Turns
from tests.web.conftest import PAGE, log_in


class Clock:
    """A clock that a test moves."""

    now = 100.0

    def __call__(self):
        return self.now


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8765",
        "127.0.0.1.evil.example",
        "192.168.1.5",
        "",
        "[::1",
        "a b",
        "localhost:80@evil.example",
        "localhost:80/evil.example",
        "[::1]:x",
        "127.0.0.1:80:80",
    ],
)
def test_another_name_is_refused(client, host):
    answer = client.get("/healthz", headers={"host": host})
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8765", "127.0.0.1:1", "[::1]:8765"])
def test_this_machine_is_known_by_its_names(client, host):
    assert client.get("/healthz", headers={"host": host}).status_code == 200


def test_two_names_at_once_are_refused(client):
    headers = [("host", "127.0.0.1"), ("host", "evil.example")]
    assert client.get("/healthz", headers=headers).status_code == 421


def test_further_names_and_bare_addresses(serve):
    client = serve(host="0.0.0.0", token="t" * 16, names=("desk.example",)).client()
    for host, status in (("desk.example", 200), ("192.0.2.7:80", 200), ("evil.example", 421)):
        assert client.get("/healthz", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("given", "name"),
    [("A.example.:80", "a.example"), ("[::1]:80", "::1"), ("[::1]x", ""), ("a", "a"), ("", "")],
)
def test_names_in_headers(given, name):
    assert hostname(given) == name


# ------------------------------------------------------------------ bodies


def test_a_body_that_is_too_large_is_refused(serve):
    client = serve(body_bytes=1000).client()
    assert client.post("/login", content=b"x" * 1001).status_code == 413


def test_also_one_that_does_not_tell_its_size(serve):
    client = serve(body_bytes=1000).client()

    def parts():
        for _ in range(200):
            yield b"x" * 10

    answer = client.post("/login", content=parts())
    assert "content-length" not in answer.request.headers
    assert answer.status_code == 413


def test_packed_bodies_are_refused(client):
    for how in ("gzip", "br", "zstd", "identity, gzip"):
        answer = client.post("/login", content=b"x", headers={"content-encoding": how})
        assert answer.status_code == 415


def test_a_body_that_does_not_come_is_not_waited_for():
    sent = []

    async def never():
        await asyncio.sleep(60)

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/v1/x", "headers": []}
    with ThreadPoolExecutor() as pool:  # a browser's test may have a loop in this one
        pool.submit(asyncio.run, Bodies(None, 10, 0.01)(scope, never, send)).result()
    assert sent[0]["status"] == 408


# ------------------------------------------------------------------ rates


def test_a_bucket_empties_and_fills():
    clock = Clock()
    buckets = Buckets(2.0, 3, clock)
    assert [buckets.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.wait("b") == 0
    clock.now += 0.5
    assert [buckets.wait("a") for _ in range(2)] == [0, 0.5]
    clock.now += 1000
    assert [buckets.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]


def test_buckets_are_bounded(monkeypatch):
    monkeypatch.setattr(rates, "CLIENTS", 5)
    buckets = Buckets(1.0, 1, Clock())
    for n in range(50):
        buckets.wait(str(n))
    assert len(buckets.held) == 5


def test_who_asks_too_often_must_wait(serve):
    client = serve(rate=0.5, burst=5).client()
    answers = [client.get("/healthz") for _ in range(6)]
    assert [a.status_code for a in answers] == [200] * 5 + [429]
    assert int(answers[-1].headers["retry-after"]) in (1, 2)


def test_one_client_cannot_change_its_address_within_a_network():
    assert neighbour("2001:db8::1") == neighbour("2001:db8::ffff:1")
    assert neighbour("2001:db8::1") != neighbour("2001:db8:0:1::1")
    assert neighbour("::ffff:192.0.2.1") == neighbour("192.0.2.1")
    assert neighbour("testclient") == "testclient"


# ------------------------------------------------------------------ guessing


def test_each_further_failure_doubles_the_wait():
    clock = Clock()
    guess = slow.Slow(300.0, clock)
    waits = []
    for _ in range(12):
        guess.failed("a")
        waits.append(guess.wait("a"))
    assert waits == [0, 0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    assert guess.wait("b") == 0
    clock.now += 299
    assert guess.wait("a") == 1
    clock.now += 10_000
    guess.failed("a")
    assert guess.wait("a") == 0
    guess.done("a")
    assert not guess.held


def test_failures_are_bounded(monkeypatch):
    monkeypatch.setattr(slow, "HELD", 5)
    guess = slow.Slow(10.0, Clock())
    for n in range(50):
        guess.failed(str(n))
    assert len(guess.held) == 5


def test_failures_at_the_same_time_all_count():
    class Slowly(OrderedDict):
        def pop(self, *given):
            found = super().pop(*given)
            time.sleep(0.01)  # in which others come
            return found

    guess = slow.Slow(10.0, Clock())
    guess.held = Slowly()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess.failed, ["a"] * 8))
    assert guess.held["a"].number == 8


def test_guessing_the_token_is_slow(serve):
    client = serve(token="t" * 20).client()
    assert [log_in(client, token="x").status_code for _ in range(3)] == [403] * 3
    answer = log_in(client, token="t" * 20)
    assert answer.status_code == 429  # also the right one must wait
    assert answer.headers["retry-after"] == "2"


def test_a_name_is_one_name_however_it_is_typed(serve):
    served = serve(token="t" * 20)
    door = served.app.state.door
    for n, name in enumerate(("Edda R", " edda r", "EDDA   R ")):
        door.enter(f"192.0.2.{n}", name, "a wrong password", "")
    for name in ("Edda\tR", "\u2003edda r"):
        assert door.wait("192.0.2.9", name) > 0


def test_guesses_at_the_same_time_count_too(serve, monkeypatch):
    door = serve(token="t" * 20).app.state.door
    waits = []
    monkeypatch.setattr(
        door.people, "known", lambda *_: waits.append(door.wait("192.0.2.1", "Edda"))
    )
    for _ in range(3):
        door.enter("192.0.2.1", "Edda", "a wrong password", "")
    assert waits[:2] == [0, 0]
    assert waits[2] > 0  # what a fourth would have to wait while the third is looked at


# ------------------------------------------------------------------ turns


@pytest.fixture
def asks(serve):
    """Return a desk, and a function that asks it for a comparison."""
    served = serve(rate=0)
    client = served.client()
    token = {"x-csrf-token": client.get("/api/v1/session").json()["csrf"]}
    return served, lambda path, asked: client.post(f"/api/v1/{path}", json=asked, headers=token)


@pytest.mark.parametrize(
    ("kind", "path", "asked"),
    [
        ("comparing", "compare", {"articles": []}),
        ("fetching", "seen", {"url": "http://a.example/"}),
        ("fetching", "feeds", {"url": "http://a.example/"}),
    ],
)
def test_few_do_dear_things_at_once(asks, kind, path, asked):
    served, ask = asks
    turns = getattr(served.app.state, kind)
    turns.patience = 0.01
    with ExitStack() as others:
        while turns.free._value:
            others.enter_context(turns.one())
        answer = ask(path, asked)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    for _ in range(20):  # each gives its turn back, and its place
        assert ask(path, asked).status_code in (200, 422)


def test_few_passwords_are_tried_at_once(serve):
    served = serve(token="t" * 20)
    door = served.app.state.door
    door.turns.patience = 0.01
    with door.turns.one(), door.turns.one():
        assert log_in(served.client(), name="Edda", password="x").status_code == 503
    assert log_in(served.client(), name="Edda", password="x").status_code == 403


def test_who_finds_too_many_waiting_need_not_wait():
    turns = Turns(1, "busy", patience=600.0)
    with ExitStack() as others:
        others.enter_context(turns.one())
        for _ in range(WAITING):
            turns.room.acquire()
        with pytest.raises(HTTPException, match="busy"), turns.one():
            pass
        turns.room.release(WAITING)
    with turns.one():
        pass


# ------------------------------------------------------------------ headers and logs


@pytest.mark.parametrize("path", ["/healthz", "/nowhere", "/api/v1/nowhere", "/login"])
def test_every_answer_carries_the_policy(client, path):
    headers = client.get(path, headers=PAGE, follow_redirects=False).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "http" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


def test_refusals_of_the_guards_carry_it_too(client):
    assert "content-security-policy" in client.get("/", headers={"host": "x"}).headers


def test_styles_and_scripts_are_kept_and_change_their_address(client):
    from retold.web import render

    for name in render.assets():
        answer = client.get(render.address(name))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    assert client.get("/static/000000000000/page.css").status_code == 404
    assert client.get("/static/..%2f..%2fapp.py/x").status_code == 404


def test_logs_tell_no_words_and_no_secrets(serve):
    served = serve(token="secret-token-of-this-test")
    client = served.client()
    log_in(client, token="secret-token-of-this-test")
    client.get("/metrics?q=whisperedword", headers={"authorization": "Bearer anothersecret"})
    client.get("/nowhere/whisperedword")
    client.post("/seen", data={"text": "whisperedword", "csrf": "x"})
    told = json.dumps(served.lines)
    for secret in ("secret", "whisperedword", client.cookies["retold-8765"]):
        assert secret not in told
    assert {"time", "method", "route", "status", "ms"} == set(served.lines[0])
    assert served.lines[0]["route"] == "/login"


def test_a_failure_is_told_without_its_words(serve):
    served = serve()

    @served.app.get("/api/v1/fails")
    def fails(request: Request):
        raise ValueError("a word of an article")

    for headers in ({}, PAGE):
        answer = served.client().get("/api/v1/fails", headers=headers)
        assert answer.status_code == 500
        assert answer.json()["title"] == "Internal Server Error"
        assert "article" not in answer.text
    line = served.lines[-1]
    assert line["error"] == "ValueError"
    assert line["at"][-1].startswith("test_guard.py:")
    assert "word of" not in json.dumps(served.lines)


def test_metrics_count_requests_by_route(serve):
    client = serve().client()
    for _ in range(3):
        client.get("/healthz")
    client.get("/nowhere/1")
    client.get("/nowhere/2")
    text = client.get("/metrics").text
    assert 'retold_requests_total{method="GET",route="/healthz",status="200"} 3' in text
    assert 'retold_requests_total{method="GET",route="(none)",status="404"} 2' in text
    assert 'retold_request_seconds_bucket{route="/healthz",le="+Inf"} 3' in text
    assert "retold_articles 0" in text


# ------------------------------------------------------------------ errors


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/api/v1/nowhere", 404), ("DELETE", "/healthz", 405)]
)
def test_errors_have_one_shape(client, method, path, status):
    client.get("/login")
    token = {}
    if method == "DELETE":
        client.cookies["retold-8765"] = "s"
        from retold.web.guard.access import csrf_of as token_of

        token = {"x-csrf-token": token_of("s")}
    answer = client.request(method, path, headers=token)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert set(told) == {"type", "title", "status", "detail"}
    assert told["status"] == status


def test_people_read_a_page_instead(client):
    answer = client.get("/nowhere", headers=PAGE)
    assert answer.headers["content-type"].startswith("text/html")
    assert "<h1>Not Found</h1>" in answer.text
