"""Articles that are handed in over the network: pasted, or fetched from an address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import retold
from retold.config import FetchConfig, ReadConfig
from retold.errors import InputError
from retold.fetch import is_url, reader
from retold.fetch.client import Client
from retold.fetch.pages import from_url
from retold.model import Article, Rejected
from retold.web.problems import Refused
from retold.web.settings import Settings

FIELDS = ("title", "outlet", "byline", "url", "published")


def client(settings: Settings) -> Client:
    """Return what reads an address while somebody waits: quickly, or not at all."""
    return reader(
        FetchConfig(
            contact=settings.contact,
            allow_private=settings.private,
            read_seconds=10.0,
            total_seconds=20.0,
            max_wait_seconds=5.0,
            max_bytes=8 << 20,
        )
    )


def pasted(text: str, fields: Mapping[str, Any]) -> Article:
    """Return a text as an article, cleaned as a file would be; ``fields`` may be empty.

    Raises:
        Refused: there is no article in it.
    """
    given: dict[str, Any] = {name: fields[name] for name in FIELDS if fields.get(name)}
    try:
        return retold.article(text, **given)
    except InputError as error:
        raise Refused(str(error)) from None


def fetched(web: Client, url: str) -> Article:
    """Return the first article at an address.

    Raises:
        Refused: the address is none, may not be read, or has no article.
    """
    if not is_url(url):
        raise Refused("Give an address that begins with https:// or http://.")
    for found in from_url(web, url, ReadConfig()):
        if isinstance(found, Rejected):
            raise Refused(f"Nothing could be read there: {found.detail}")
        return found
    raise Refused("There is no article at this address.")
