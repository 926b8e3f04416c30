"""A client that asks too often must wait: a bucket of tokens for each, in bounded memory."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from retold.web.guard.asgi import client
from retold.web.problems import refusal

CLIENTS = 10_000
"""Clients remembered; who has not asked for longest is forgotten, and starts with a full bucket."""
NETWORK = 64
"""Bits of an IPv6 address that one client can choose no other of."""
DEAR = {
    "/seen": 8.0,
    "/compare": 25.0,
    "/api/v1/seen": 8.0,
    "/api/v1/compare": 25.0,
    "/articles": 8.0,
    "/api/v1/articles": 8.0,
    "/feeds": 8.0,
    "/api/v1/feeds": 8.0,
    "/login": 10.0,
}
"""What a request costs where it is more than one, by path, if it is a POST."""
FREE = "/static/"


def neighbour(address: str) -> str:
    """Return what counts as one client: an IPv4 address, or the network of an IPv6 one."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if ip.version == 6:
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, NETWORK), strict=False))
    return str(ip)


@dataclass(slots=True)
class _Bucket:
    left: float
    filled: float


class Buckets:
    """Tokens left, by client."""

    def __init__(
        self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Give ``rate`` tokens a second to each client, and let it save ``burst``."""
        self.rate, self.burst, self.clock = rate, float(burst), clock
        self.held: OrderedDict[str, _Bucket] = OrderedDict()

    def wait(self, who: str, cost: float = 1.0) -> float:
        """Take ``cost`` tokens and return 0, or return the seconds until there are enough."""
        now = self.clock()
        bucket = self.held.get(who) or _Bucket(self.burst, now)
        bucket.left = min(self.burst, bucket.left + (now - bucket.filled) * self.rate)
        bucket.filled = now
        self.held[who] = bucket
        self.held.move_to_end(who)
        if len(self.held) > CLIENTS:
            self.held.popitem(last=False)
        cost = min(cost, self.burst)
        if bucket.left >= cost:
            bucket.left -= cost
            return 0.0
        return (cost - bucket.left) / self.rate


class Rates:
    """Lets a client's requests through as long as it has tokens."""

    def __init__(self, app: ASGIApp, buckets: Buckets) -> None:
        """Stand before ``app``; a rate of 0 lets everything through."""
        self.app, self.buckets = app, buckets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] == "http" and self.buckets.rate and not scope["path"].startswith(FREE):
            cost = DEAR.get(scope["path"], 1.0) if scope["method"] == "POST" else 1.0
            wait = self.buckets.wait(neighbour(client(scope)), cost)
            if wait:
                more = {"retry-after": str(math.ceil(wait))}
                why = "Too many requests came from this address; wait a little."
                await refusal(scope, 429, why, more=more)(scope, receive, send)
                return
        await self.app(scope, receive, send)
