"""Connections that were checked: the very address that was looked at is the one connected to.

A name is looked up once for each connection, what is found is judged, and the connection goes to an
address that passed. A second look-up, which could answer otherwise, never happens; the name itself
is used for the encryption's certificate and the ``Host`` header only.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore

from retold.config import FetchConfig
from retold.fetch.address import allowed
from retold.fetch.errors import UnfetchedError
from retold.labels import short
from retold.model import Reason
from retold.read.stream import size

Resolve = Callable[[str, int], Sequence[str]]
"""From a host and port to its addresses; raises ``OSError`` where there are none."""
Connect = Callable[[str, int, float], socket.socket]
"""From an address, a port and seconds to a connected socket; raises ``OSError``."""
_TICK = 0.002
"""Seconds that are none: what a timer may end too early."""
_MOST_TRIED = 4
"""Addresses of a host that are tried; each may cost the whole time for connecting."""


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, as the system finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to an address."""
    return socket.create_connection((address, port), seconds)


class Guard(httpcore.NetworkBackend):
    """The network, as one request may use it: checked, within its time, within its bytes."""

    def __init__(self, config: FetchConfig, resolve: Resolve, connect: Connect) -> None:
        """Begin the time of a request."""
        self._config = config
        self._resolve = resolve
        self._connect = connect
        self._end = time.monotonic() + config.total_seconds
        self._bytes = 0

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - times are those of the configuration
        local_address: str | None = None,  # noqa: ARG002 - the protocol's
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - the protocol's
    ) -> httpcore.NetworkStream:
        """Look a host up and connect to the first of its addresses that may be and can be.

        Raises:
            UnfetchedError: where there is none.
        """
        found = self._addresses(host, port)
        passed = [a for a in found if allowed(a, private=self._config.allow_private)]
        if not passed:
            raise UnfetchedError(
                Reason.FORBIDDEN_ADDRESS,
                f"{_named(host, found[0])}, which is no public address of the internet. If the "
                "site is in your own network, give --allow-private.",
            )
        for address in passed[:_MOST_TRIED]:
            try:
                raw = self._connect(address, port, self.within(self._config.connect_seconds))
                raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as error:
                failed = error
            else:
                return _Stream(raw, self)
        raise unreachable(f"could not be connected to ({_words(failed)})")

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        """Look a host up, in a thread of its own: the system's look-up knows no time limit."""
        found: list[Sequence[str] | OSError] = []

        def look() -> None:
            try:
                found.append(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                found.append(error if isinstance(error, OSError) else OSError(str(error)))

        thread = threading.Thread(target=look, daemon=True)
        thread.start()
        thread.join(self.within(self._config.lookup_seconds))
        if not found:
            raise unreachable("could not be looked up in time")
        if isinstance(found[0], OSError) or not found[0]:
            raise unreachable(f"has no address that could be found: {short(host, 80)}")
        return found[0]

    def within(self, seconds: float) -> float:
        """Return how long one step may take: ``seconds``, or what is left of the request's time.

        Raises:
            UnfetchedError: where nothing is left.
        """
        left = self._end - time.monotonic()
        if left < _TICK:
            raise unreachable(f"took longer than {self._config.total_seconds:.4g} seconds")
        return min(seconds, left)

    def connect_seconds(self) -> float:
        """Return how long encryption may take to be agreed on."""
        return self.within(self._config.connect_seconds)

    def read_seconds(self) -> float:
        """Return how long a server may be silent now."""
        return self.within(self._config.read_seconds)

    def count(self, length: int) -> None:
        """Take note of bytes that came.

        Raises:
            UnfetchedError: where they are too many.
        """
        self._bytes += length
        if self._bytes > self._config.max_bytes:
            raise too_large(self._config.max_bytes)


class _Stream(httpcore.NetworkStream):
    """A socket whose every step is held to the limits of its request."""

    def __init__(self, raw: socket.socket, guard: Guard) -> None:
        self._raw = raw
        self._guard = guard

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        self._raw.settimeout(self._guard.read_seconds())
        try:
            data = self._raw.recv(max_bytes)
        except TimeoutError:
            self._guard.read_seconds()  # where the whole time is over, that is what is said
            raise unreachable("was silent for too long") from None
        except OSError as error:
            raise unreachable(f"broke the connection off ({_words(error)})") from error
        self._guard.count(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._raw.settimeout(self._guard.read_seconds())
        try:
            self._raw.sendall(buffer)
        except OSError as error:
            raise unreachable(f"took no request ({_words(error)})") from error

    def close(self) -> None:
        self._raw.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        self._raw.settimeout(self._guard.connect_seconds())
        try:
            return _Stream(
                ssl_context.wrap_socket(self._raw, server_hostname=server_hostname), self._guard
            )
        except ssl.SSLCertVerificationError as error:
            self.close()
            raise unreachable(f"has no valid certificate ({error.verify_message})") from error
        except OSError as error:
            self.close()
            raise unreachable(f"could not agree on encryption ({_words(error)})") from error

    def get_extra_info(self, info: str) -> Any:
        return self._raw if info == "socket" else None


def unreachable(what: str) -> UnfetchedError:
    """Return the error of a server with which it did not come to an answer."""
    return UnfetchedError(
        Reason.FETCH_FAILED, f"The server {what}. Check the address, or add it later."
    )


def too_large(limit: int) -> UnfetchedError:
    """Return the error of an answer that is larger than ``limit`` bytes."""
    return UnfetchedError(
        Reason.TOO_LARGE,
        f"The answer is larger than {size(limit)}. Save what you need of it and give the file.",
    )


def _named(host: str, address: str) -> str:
    return f"It is {address}" if host == address else f"{short(host, 80)} leads to {address}"


def _words(error: OSError) -> str:
    return short(error.strerror or str(error) or type(error).__name__, 80)
