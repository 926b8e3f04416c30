"""Readers that browse a served desk: pages and the API, as long as it runs."""

from __future__ import annotations

import http.client
import json
import random
import re
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any

PAGES = (
    "/",
    "/?order=growing",
    "/?order=retold",
    "/articles",
    "/outlets",
    "/runs",
    "/search?q=Sunday",
    "/api/v1/stories",
    "/api/v1/articles?limit=20",
    "/api/v1/search?q=Sunday&limit=20",
    "/api/v1/outlets",
    "/api/v1/runs",
    "/api/v1/status",
    "/healthz",
    "/metrics",
)
"""What anybody may ask for; what these answer leads further."""
THINK = (0.1, 0.6)
"""Seconds between two requests of a reader, at least and at most."""
SECONDS = 30.0
"""After which an answer is given up, and counts as an error."""
STARTING = 60.0
"""Seconds that a server has to answer after it was started."""
_LINK = re.compile(r'href="(/(?:stories|articles|outlet|search|runs)[^"#]*)"')
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class Found:
    """What the readers met with, all together."""

    statuses: Counter[str] = field(default_factory=Counter)
    away: int = 0
    """Requests that nobody answered as the server was just killed."""
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Of each kind of page."""
    faults: list[str] = field(default_factory=list)
    """Pages that were errors: every link on a page leads somewhere, also when stories merge."""


class Readers:
    """Some readers, each a thread."""

    def __init__(self, port: int, count: int) -> None:
        """Browse the desk at a port of this machine."""
        self.port = port
        self.found = Found()
        self.lock = Lock()
        self.stop = Event()
        self.killed = 0.0
        """When the server was killed the last time."""
        self.threads = [Thread(target=self._browse, args=(n,), daemon=True) for n in range(count)]

    def start(self) -> None:
        """Begin."""
        self.away()
        for thread in self.threads:
            thread.start()

    def away(self) -> None:
        """Note that the server was killed, and has :data:`STARTING` seconds to come back."""
        self.killed = time.monotonic()

    def end(self) -> None:
        """Let all finish what they read."""
        self.stop.set()
        for thread in self.threads:
            thread.join(SECONDS * 2)

    def _browse(self, number: int) -> None:
        rng = random.Random(number)  # noqa: S311
        further: list[str] = []
        while not self.stop.is_set():
            path = rng.choice(further) if further and rng.random() < 0.6 else rng.choice(PAGES)
            body = self._get(path)
            links = _LINK.findall(body)
            if path.startswith("/api/v1/stories") and body:
                links += _numbered(body, "/stories", "/api/v1/stories")
            if links:
                further = (further + rng.sample(links, min(5, len(links))))[-40:]
            self.stop.wait(rng.uniform(*THINK))

    def _get(self, path: str) -> str:
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        began = time.perf_counter()
        try:
            wire.request("GET", path.replace("&amp;", "&"), headers={"Accept": "text/html"})
            answer = wire.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            with self.lock:
                if time.monotonic() - self.killed < STARTING and not isinstance(
                    error, TimeoutError
                ):
                    self.found.away += 1
                else:
                    self.found.faults.append(f"{path}: {error!r}")
            self.stop.wait(1.0)
            return ""
        finally:
            wire.close()
        passed = time.perf_counter() - began
        with self.lock:
            self.found.statuses[str(answer.status)] += 1
            self.found.seconds[kind(path)].append(passed)
            if answer.status >= 400:
                self.found.faults.append(f"{path}: {answer.status} {body[:300]!r}")
        return body.decode("utf-8", "replace") if answer.status < 300 else ""


def kind(path: str) -> str:
    """Return the route of a path: without its query, numbers and ids as ``N``."""
    parts = path.partition("?")[0].split("/")
    return "/".join("N" if part != "v1" and _NUMBER.search(part) else part for part in parts)


def _numbered(body: str, *bases: str) -> list[str]:
    told: Any = json.loads(body)
    numbers = [row["number"] for row in told.get("items", ())] if isinstance(told, dict) else []
    return [f"{base}/{number}" for number in numbers for base in bases]


def percentiles(seconds: list[float]) -> dict[str, float | int]:
    """Return how many there are, and in milliseconds the median, 95 %, 99 % and the longest."""
    ordered = sorted(seconds)

    def at(share: float) -> float:
        return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)

    return {"n": len(ordered), "p50": at(0.5), "p95": at(0.95), "p99": at(0.99), "most": at(1.0)}
