"""Addresses of pages: which may be asked for, and in one form."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from typing import TYPE_CHECKING

from retold.fetch.errors import UnfetchedError
from retold.labels import short
from retold.model import Reason

if TYPE_CHECKING:
    from httpx import URL

_MOST = 8_000
"""Characters of an address; servers commonly take no more."""
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?")
_DEFAULT = {"http": 80, "https": 443}
_PORTS = frozenset({80, 443, *range(1024, 65_536)}).difference(
    {
        1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668,
        6669, 6679, 6697, 10080,
    }
)  # fmt: skip
"""Sites use these, or one that needs no rights; not those that browsers keep away from."""


def is_url(text: str) -> bool:
    """Say whether a text is an address rather than a path; not every one can be read."""
    return re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE) is not None


def checked(url: str) -> URL:
    """Return an address in its one form, without fragment.

    Raises:
        UnfetchedError: where it is none that may be asked for.
    """
    return _taken(url, None)


def joined(base: URL, target: str) -> URL:
    """Return where a redirect leads.

    Raises:
        UnfetchedError: where it leads nowhere that may be asked for.
    """
    return _taken(target, base)


def _taken(text: str, base: URL | None) -> URL:
    import httpx

    which = "The address" if base is None else "The address to which it is redirected"
    if len(text) > _MOST:
        raise _bad(f"{which} has more than {_MOST} characters")
    try:
        found = httpx.URL(text.strip())
        found = found if base is None else base.join(found)
    except (httpx.InvalidURL, UnicodeError, TypeError, ValueError):
        raise _bad(f"{which} is malformed: {short(text, 80)}") from None
    return _permitted(found)


def _permitted(url: URL) -> URL:
    if url.scheme not in _DEFAULT:
        named = f"{short(url.scheme, 20)}:" if url.scheme else "no scheme"
        raise _bad(f"The address has {named} where only http and https are read")
    if url.userinfo:
        raise _bad("The address holds a user's name or password, which would be sent along")
    host = url.raw_host.decode("ascii").lower().rstrip(".")
    if not _is_host(host):
        raise _bad("The address names no host")
    port = None if url.port == _DEFAULT[url.scheme] else url.port
    if port is not None and port not in _PORTS:
        raise _bad(f"Port {port} is not one at which sites are read")
    return url.copy_with(host=host, port=port, fragment=None)


def _is_host(host: str) -> bool:
    if ":" not in host:
        return _HOST.fullmatch(host) is not None and ".." not in host
    try:
        return IPv6Address(host).scope_id is None
    except ValueError:
        return False


def origin(url: URL) -> str:
    """Return scheme, host and port: what has one robots.txt."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"


def _bad(what: str) -> UnfetchedError:
    return UnfetchedError(Reason.FORBIDDEN_ADDRESS, f"{what}. Give the address of the page itself.")
