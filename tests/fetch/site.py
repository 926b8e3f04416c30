"""A site on loopback that answers byte for byte as a test says, under names that never leave here.

Names and public addresses of the tests lead to it through ``resolve`` and ``connect``: what is
checked is a public address, what is connected to is this machine.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from retold.config import FetchConfig
from retold.fetch.client import Client

PUBLIC = "198.41.7.4"
"""Stands for the address of the sites of the tests; nothing is sent there."""
QUICK = FetchConfig(
    seconds_between=0.0,
    connect_seconds=2.0,
    read_seconds=0.5,
    total_seconds=1.5,
    lookup_seconds=1.0,
)

Answer = bytes | Iterable[bytes] | Callable[["Request"], bytes | Iterable[bytes]]


@dataclass(frozen=True)
class Request:
    """What was asked: the path, and the headers by name in lower case."""

    path: str
    headers: dict[str, str]


@dataclass
class Site:
    """The server, its answers by path, and what it was asked."""

    answers: dict[str, Answer]
    port: int = 0
    asked: list[Request] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=dict)
    tls: Any = None
    named: list[str | None] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.asked]

    def resolve(self, host: str, port: int) -> list[str]:
        self.looked_up.append(host)
        return self.names.get(host, [PUBLIC])

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.connected.append((address, port))
        return socket.create_connection(("127.0.0.1", self.port), seconds)

    def client(self, config: FetchConfig = QUICK, **options: Any) -> Client:
        given = {"resolve": self.resolve, "connect": self.connect, **options}
        return Client(config, **given)

    def patient(self, **values: Any) -> Client:
        return self.client(replace(QUICK, **values))


def answer(
    body: bytes = b"", status: str = "200 OK", kind: str = "text/html", **more: str
) -> bytes:
    """Return a whole answer; underscores of names become hyphens."""
    given = {name.replace("_", "-"): value for name, value in more.items()}
    headers = {"Content-Type": kind, "Content-Length": str(len(body)), **given}
    lines = [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join((f"HTTP/1.1 {status}", *lines, "", "")).encode() + body


def moved(target: str, status: str = "302 Found") -> bytes:
    """Return a redirect."""
    return answer(b"", status, Location=target)


def trickle(pieces: Iterable[bytes], seconds: float) -> Iterator[bytes]:
    """Yield pieces with a pause before each."""
    for piece in pieces:
        time.sleep(seconds)
        yield piece


def serve(site: Site) -> Callable[[], None]:
    """Begin to answer; the function that is returned ends it."""
    listening = socket.create_server(("127.0.0.1", 0))
    site.port = listening.getsockname()[1]

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=_talk, args=(site, connection), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()

    def end() -> None:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()

    return end


def _talk(site: Site, connection: socket.socket) -> None:
    try:
        connection.settimeout(5)
        with connection:
            if site.tls is not None:
                connection = site.tls.wrap_socket(connection, server_side=True)
            request = _request(connection)
            site.asked.append(request)
            given = site.answers.get(request.path, answer(b"", "404 Not Found"))
            given = given(request) if callable(given) else given
            for piece in [given] if isinstance(given, bytes) else given:
                connection.sendall(piece)
            connection.close()
    except OSError:
        return  # the reader went away, or would not speak: some tests want it to


def _request(connection: socket.socket) -> Request:
    data = b""
    while b"\r\n\r\n" not in data and (piece := connection.recv(65536)):
        data += piece
        if data.startswith(b"\x16"):
            raise OSError("a greeting of TLS, where no encryption is spoken")
    first, *lines = data.decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines if ": " in line)
    return Request(first.split(" ")[1], {name.lower(): value for name, value in pairs})
