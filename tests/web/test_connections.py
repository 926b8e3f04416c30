"""Connections that say little, or are many, keep nobody out."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest
import uvicorn

from retold.web import connections, serve
from retold.web.settings import Settings

REQUEST = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
SOON = 10.0
"""Seconds that a test waits for what comes at once."""


async def answering(scope, receive, send):
    """Answer with one word."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"yes"})


@contextmanager
def served(**given):
    """Serve the word as the desk is served; give a function that opens a connection."""
    server = uvicorn.Server(serve._configured(answering, Settings(**given)))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    opened = []

    def connect():
        opened.append(socket.create_connection(listening.getsockname(), SOON))
        return opened[-1]

    try:
        while not server.started:
            time.sleep(0.01)
        yield connect
    finally:
        for each in opened:
            each.close()
        server.should_exit = True
        thread.join(SOON)
        listening.close()


def ask(connection):
    """Ask and return the whole answer; nothing where the connection was closed."""
    told = b""
    try:
        connection.sendall(REQUEST)
        while not told.endswith(b"0\r\n\r\n"):
            part = connection.recv(4096)
            if not part:
                break
            told += part
    except ConnectionError:
        return b""
    return told


@pytest.mark.parametrize("first", [False, True], ids=["at first", "after an answer"])
def test_who_does_not_say_what_it_wants_is_left(monkeypatch, first):
    monkeypatch.setattr(connections, "SECONDS", 0.2)
    with served() as connect:
        slow = connect()
        if first:
            assert b"yes" in ask(slow)
        slow.sendall(REQUEST[:10])
        began = time.monotonic()
        assert slow.recv(4096) == b""
        assert time.monotonic() - began < SOON / 2


def test_who_goes_on_asking_is_answered(monkeypatch):
    monkeypatch.setattr(connections, "SECONDS", 0.5)
    with served() as connect:
        steady = connect()
        for _ in range(4):
            assert b"yes" in ask(steady)
            time.sleep(0.2)


@pytest.mark.parametrize(("proxy", "answered"), [("", False), ("127.0.0.1", True)])
def test_one_client_has_so_many(monkeypatch, proxy, answered):
    monkeypatch.setattr(serve, "EACH", 4)
    with served(proxy=proxy) as connect:
        held = [connect() for _ in range(4)]
        assert all(b"yes" in ask(each) for each in held)
        assert (b"yes" in ask(connect())) is answered
        assert b"yes" in ask(held[0])
        held.pop().close()
        until = time.monotonic() + SOON
        while not (found := ask(connect())) and time.monotonic() < until:
            time.sleep(0.01)
        assert b"yes" in found
