"""Cursors: the key of the last item of a page, so that the next begins behind it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import Any

from retold.errors import UsageError

PAGE = 50
"""Items of a page unless another number is asked for."""
MOST = 200
"""Items of a page at most."""


def cursor(listing: str, key: tuple[int | float | str, ...]) -> str:
    """Return the opaque cursor that stands behind ``key`` in the list that ``listing`` names.

    The name holds all that the list was asked by: a cursor of one list fits no other.
    """
    raw = json.dumps([_named(listing), *key], separators=(",", ":"), ensure_ascii=False)
    return (
        base64.urlsafe_b64encode(raw.encode("utf-8", "surrogatepass")).decode("ascii").rstrip("=")
    )


def behind(given: str, listing: str, *kinds: type) -> tuple[Any, ...]:
    """Return the key in a cursor; ``kinds`` are the types of its parts.

    Raises:
        UsageError: it is no cursor of that list.
    """
    try:
        padded = given.encode("ascii") + b"=" * (-len(given) % 4)
        raw = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (UnicodeError, binascii.Error, ValueError, RecursionError):
        raw = None
    if not isinstance(raw, list) or len(raw) != 1 + len(kinds) or raw[0] != _named(listing):
        raise UsageError("this cursor belongs to another list; begin at the first page")
    for part, kind in zip(raw[1:], kinds, strict=True):
        # a bool is an int to Python
        if type(part) is not kind or not storable(part):
            raise UsageError("this cursor is damaged; begin at the first page")
    return tuple(raw[1:])


def _named(listing: str) -> str:
    return hashlib.sha256(listing.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def storable(key: object) -> bool:
    """Say whether SQLite has integers as large, and text: it has no half of a surrogate pair."""
    if isinstance(key, str):
        return not any("\ud800" <= c <= "\udfff" for c in key)
    return not isinstance(key, int) or -(2**63) <= key < 2**63


def bounded(limit: int) -> int:
    """Return how many items a page has.

    Raises:
        UsageError: ``limit`` is less than one or more than :data:`MOST`.
    """
    if not 1 <= limit <= MOST:
        raise UsageError(f"a page has 1 to {MOST} items, not {limit}")
    return limit
