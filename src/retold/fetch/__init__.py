"""The web, read politely: pages, sitemaps, and the marks by which sites are kin. Keeps no store.

What it reads with is in the extra ``desk``; :func:`reader` says so where it is missing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from retold.errors import UsageError
from retold.fetch.urls import is_url
from retold.fetch.values import Fetched, Refused, Validators

if TYPE_CHECKING:
    from retold.config import FetchConfig
    from retold.fetch.client import Client

__all__ = ["Fetched", "Refused", "Validators", "is_url", "reader"]


def reader(
    config: FetchConfig | None = None, *, sleep: Callable[[float], None] = time.sleep
) -> Client:
    """Return a reader of the web; ``sleep`` waits for the turn of a host.

    Raises:
        UsageError: the packages that it needs are missing.
    """
    try:
        import httpx  # noqa: F401 - addresses are taken apart with it

        from retold.fetch.client import Client
    except ImportError as error:
        raise UsageError(
            f"the web cannot be read without {error.name}; install it with: pip install"
            " 'retold[desk]'"
        ) from error
    return Client(config, sleep=sleep)
