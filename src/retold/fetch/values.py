"""What reading the web gives: an answer, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from retold.model import Reason, Rejected


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave along with a text so that one can ask whether it is still the same."""

    etag: str = ""
    modified: str = ""
    """``Last-Modified``, word for word."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer of a server: 200 with a body, or 304 (unchanged) without."""

    url: str
    """The address that was asked for."""
    final_url: str
    """The address that answered, after redirects."""
    settled_url: str
    """The address to ask in future: where redirects led that are said to be for good."""
    status: int
    headers: tuple[tuple[str, str], ...]
    """Names in lower case and values, in the order in which they came."""
    body: bytes
    """Without chunks and compression."""
    fetched: datetime
    """When it was answered, in UTC."""
    validators: Validators

    @property
    def unchanged(self) -> bool:
        """Whether the server said that nothing has changed."""
        return self.status == 304

    def header(self, name: str) -> str:
        """Return the first header of a name in lower case; empty where there is none."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True)
class Refused:
    """An address that was not read, and why."""

    url: str
    reason: Reason
    detail: str
    """What was found and what the user can do about it, as one sentence or two."""
    status: int = 0
    """What the server answered; 0 where it did not come to that."""
    retry: datetime | None = None
    """From when on one may ask again, in UTC, where the server or its robots.txt said so."""
    held: bool = False
    """Whether that alone is why it was not asked: until then nothing else of its host may be. Not
    so where another host, to which it is redirected, wants to be left alone."""

    def rejected(self) -> Rejected:
        """Return the line that lists the address as left out."""
        return Rejected(self.url, self.reason, self.detail)
