"""A polite, guarded reader of the web: one address at a time, nothing remembered of a visit."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING

import httpcore

from retold._version import __version__
from retold.config import FetchConfig
from retold.errors import UsageError
from retold.fetch import connect as connections
from retold.fetch import urls
from retold.fetch.connect import Connect, Guard, Resolve, unreachable
from retold.fetch.errors import UnfetchedError
from retold.fetch.pace import Pace
from retold.fetch.robots import NAME, Robots
from retold.fetch.values import Fetched, Refused, Validators
from retold.labels import short
from retold.model import Reason
from retold.read import http
from retold.read.errors import UnreadableError

if TYPE_CHECKING:
    from httpx import URL

Headers = tuple[tuple[str, str], ...]

_MOVED = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_BUSY = frozenset({429, 503})
_NOTHING = Validators()
_MONTH = 30 * 86_400.0
"""The longest wait that a site may ask for: some name more seconds than there are moments."""
_SAID = {
    401: "unauthorised", 402: "payment required", 403: "forbidden", 404: "not found", 410: "gone",
    429: "too many requests", 451: "unavailable for legal reasons", 500: "internal error",
    502: "bad gateway", 503: "unavailable", 504: "timed out",
}  # fmt: skip


class Client:
    """Reads addresses; threads may share it.

    Each request has a connection of its own, without cookies, without the environment's proxies
    and without credentials.
    """

    def __init__(
        self,
        config: FetchConfig | None = None,
        *,
        resolve: Resolve = connections.resolve,
        connect: Connect = connections.connect,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Begin without any visit.

        Args:
            config: limits.
            resolve: looks names up.
            connect: opens connections.
            tls: which certificates are trusted; those that browsers trust where None.
            clock: seconds that only grow, by which the pace is kept.
            sleep: waits.

        Raises:
            UsageError: the contact cannot stand in a header.
        """
        self.config = config or FetchConfig()
        self._resolve = resolve
        self._connect = connect
        self._tls = tls
        self._sleep = sleep
        self._pace = Pace(clock, self.config.max_hosts)
        self._robots = Robots(self.config, clock, self._ask_robots)
        self._agent = agent(self.config.contact)

    def get(
        self,
        url: str,
        *,
        kinds: frozenset[str] | None = None,
        known: Validators = _NOTHING,
    ) -> Fetched | Refused:
        """Read an address, as its site's robots.txt and pace allow; nothing raises.

        Args:
            url: the address.
            kinds: media types that are wanted, in lower case; any where None. An answer that names
                no type is taken.
            known: what the last answer gave; the server may then say that nothing has changed.
        """
        try:
            return self._followed(url, kinds, known)
        except UnfetchedError as error:
            return error.refused(url)
        except Exception as error:  # noqa: BLE001 - whatever one site breaks, the others go on
            detail = f"It could not be read ({type(error).__name__}). Add it later."
            return Refused(url, Reason.FETCH_FAILED, detail)

    def sitemaps(self, url: str) -> list[str] | Refused:
        """Return the sitemaps that the robots.txt of an address's site names."""
        try:
            return self._robots.rules(urls.checked(url)).sitemaps()
        except UnfetchedError as error:
            return error.refused(url)

    def _followed(self, url: str, kinds: frozenset[str] | None, known: Validators) -> Fetched:
        """Ask, and follow redirects; each is judged as if it had been given."""
        place = settled = first = urls.checked(url)
        for_good = True
        for _ in range(self.config.max_redirects + 1):
            try:
                status, headers, body = self._patient(place, kinds, known)
            except UnfetchedError as error:
                error.held = error.status == 0 and bool(error.retry) and place.host == first.host
                raise
            target = _first(headers, "location")
            if status in _MOVED and target:
                place = urls.joined(place, target)
                for_good = for_good and status in _FOR_GOOD
                settled = place if for_good else settled
                continue
            if status != 200 and not (status == 304 and known != _NOTHING):
                raise _answered(status)
            return Fetched(
                url=url,
                final_url=str(place),
                settled_url=str(settled),
                status=status,
                headers=headers,
                body=body,
                fetched=datetime.now(UTC),
                validators=_validators(headers, known if status == 304 else _NOTHING),
            )
        raise _too_many_redirects(self.config)

    def _patient(
        self, url: URL, kinds: frozenset[str] | None, known: Validators
    ) -> tuple[int, Headers, bytes]:
        """Ask when it is the host's turn; ask once more where the host says when."""
        rules = self._robots.check(url)
        between = max(self.config.seconds_between, min(rules.seconds_between(), _MONTH))
        extra = _conditions(known)
        for again in (True, False):
            self._wait(url.host, between)
            status, headers, body = self._asked(url, kinds, extra)
            if status not in _BUSY:
                break
            seconds = _retry_after(_first(headers, "retry-after"))
            if seconds is None and status == 429:
                seconds = self.config.busy_seconds
            if seconds is None:
                break
            self._pace.hold(url.host, seconds)
            if not again or seconds > self.config.max_wait_seconds:
                raise _answered(status, _in(seconds))
        return status, headers, body

    def _wait(self, host: str, between: float) -> None:
        """Wait for the turn of a host.

        Raises:
            UnfetchedError: where that would take too long.
        """
        longest = self.config.max_wait_seconds
        seconds = self._pace.turn(host, between, longest)
        if seconds > longest:
            raise UnfetchedError(
                Reason.FETCH_FAILED,
                f"The site wants {seconds:,.0f} seconds to pass before it is asked again. Add the "
                "page later.",
                retry=_in(seconds),
            )
        if seconds > 0:
            self._sleep(seconds)

    def _asked(
        self, url: URL, kinds: frozenset[str] | None, extra: Headers
    ) -> tuple[int, Headers, bytes]:
        """Ask once and return status, headers and, of a page that is wanted, the body."""
        with self._exchange(url, "gzip, deflate, br, zstd", extra) as answer:
            status, headers, pieces = answer
            if status != 200:
                return status, headers, b""
            kind = http.media_type(_first(headers, "content-type"))
            if kinds is not None and kind and kind not in kinds:
                raise UnfetchedError(
                    Reason.UNKNOWN_FORMAT,
                    f"The server says that it is {short(kind, 60)}, which is not read. Give the "
                    "address of the page itself.",
                    status,
                )
            most = self.config.max_bytes
            data = bytearray()
            for piece in pieces:
                data += piece
            return status, headers, _unpacked(headers, bytes(data), most, whole=True)

    def _ask_robots(self, url: URL) -> tuple[int, bytes]:
        """Return status and beginning of a robots.txt; it waits for no turn."""
        most = self.config.max_robots_bytes
        for _ in range(self.config.max_redirects + 1):
            with self._exchange(url, "identity", ()) as (status, headers, pieces):
                target = _first(headers, "location")
                if status in _MOVED and target:
                    url = urls.joined(url, target)
                    continue
                data = bytearray()
                if status == 200:
                    for piece in pieces:
                        data += piece
                        if len(data) >= most:
                            break
                return status, _unpacked(headers, bytes(data[:most]), most, whole=False)
        return 404, b""  # RFC 9309: after so many redirects it counts as not there

    def _exchange(self, url: URL, codings: str, extra: Headers) -> _Exchange:
        headers = (
            ("Host", url.netloc.decode("ascii")),
            ("User-Agent", self._agent),
            ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
            ("Accept-Language", "en,*;q=0.5"),
            ("Accept-Encoding", codings),
            ("Connection", "close"),
            *extra,
        )
        guard = Guard(self.config, self._resolve, self._connect)
        tls = (self._tls or _trusted()) if url.scheme == "https" else None
        return _Exchange(url, headers, guard, tls)


class _Exchange:
    """One request and its answer, on a connection that is closed at the end."""

    def __init__(
        self, url: URL, headers: Headers, guard: Guard, tls: ssl.SSLContext | None
    ) -> None:
        target = httpcore.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        )
        self._request = httpcore.Request("GET", target, headers=list(headers))
        self._connection = httpcore.HTTPConnection(
            self._request.url.origin, ssl_context=tls, network_backend=guard
        )

    def __enter__(self) -> tuple[int, Headers, Iterator[bytes]]:
        try:
            with _plainly():
                response = self._connection.handle_request(self._request)
        except BaseException:
            self._connection.close()
            raise
        headers = tuple(
            (name.decode("ascii", "replace").lower(), value.decode("utf-8", "replace"))
            for name, value in response.headers
        )
        return response.status, headers, self._pieces(response)

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @staticmethod
    def _pieces(response: httpcore.Response) -> Iterator[bytes]:
        with _plainly():
            yield from response.iter_stream()


def agent(contact: str) -> str:
    """Return the User-Agent: what this is, its version, and whom to write to.

    Raises:
        UsageError: the contact cannot stand in a header.
    """
    if not (contact.isascii() and contact.isprintable()) or len(contact) > 200:
        raise UsageError(f"--contact {short(contact, 60)}: give an address in plain letters")
    return f"{NAME}/{__version__} (compares versions of news{'; ' * bool(contact)}{contact})"


@cache
def _trusted() -> ssl.SSLContext:
    """Return what certificates are trusted, read once: it takes a tenth of a second."""
    return httpcore.default_ssl_context()


@contextmanager
def _plainly() -> Iterator[None]:
    """Say in our words where an answer is no HTTP or breaks off."""
    try:
        yield
    except (httpcore.ProtocolError, httpcore.NetworkError) as error:
        raise unreachable(f"gave no whole answer ({short(str(error), 100)})") from error


def _unpacked(headers: Headers, data: bytes, most: int, *, whole: bool) -> bytes:
    packed = {"content-encoding": _first(headers, "content-encoding")}
    try:
        return http.body(http.Response(200, packed, data), most, whole=whole)
    except UnreadableError as error:
        raise UnfetchedError(error.reason, error.detail) from error


def _first(headers: Headers, name: str) -> str:
    return next((value.strip() for key, value in headers if key == name), "")


def _conditions(known: Validators) -> Headers:
    """Return the headers that ask whether something has changed."""
    asked = (("If-None-Match", known.etag), ("If-Modified-Since", known.modified))
    return tuple(
        (name, value)
        for name, value in asked
        if value and value.isascii() and value.isprintable() and len(value) <= 1_000
    )


def _validators(headers: Headers, known: Validators) -> Validators:
    return Validators(
        _first(headers, "etag") or known.etag, _first(headers, "last-modified") or known.modified
    )


def _retry_after(value: str) -> float | None:
    """Return the seconds of a ``Retry-After``, a month at most; None where it names none."""
    if re.fullmatch(r"\d{1,9}", value, re.ASCII):
        return min(float(value), _MONTH)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - datetime.now(UTC)).total_seconds()), _MONTH)


def _in(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


def _answered(status: int, retry: datetime | None = None) -> UnfetchedError:
    said = f" ({_SAID[status]})" if status in _SAID else ""
    later = status in _BUSY or status >= 500
    remedy = "Add it later." if later else "Check the address in a browser."
    detail = f"The server answered {status}{said}. {remedy}"
    return UnfetchedError(Reason.FETCH_FAILED, detail, status, retry)


def _too_many_redirects(config: FetchConfig) -> UnfetchedError:
    return UnfetchedError(
        Reason.FETCH_FAILED,
        f"It is redirected more than {config.max_redirects} times. Give the address at which a "
        "browser ends.",
    )
