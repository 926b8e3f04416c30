"""Counts of requests and of what the desk holds, as Prometheus reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import accumulate

STEPS = (0.01, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Upper bounds of the buckets of durations, in seconds."""
MEDIA = "text/plain; version=0.0.4; charset=utf-8"


def escaped(value: str) -> str:
    """Return the value of a label as the format wants it."""
    return value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")


class Metrics:
    """Requests since the start; as many rows as there are routes, methods and statuses."""

    def __init__(self) -> None:
        """Start with no requests."""
        self.requests: dict[tuple[str, str, int], int] = defaultdict(int)
        self.buckets: dict[str, list[int]] = defaultdict(lambda: [0] * (len(STEPS) + 1))
        self.seconds: dict[str, float] = defaultdict(float)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self.requests[method, route, status] += 1
        self.buckets[route][sum(seconds > step for step in STEPS)] += 1
        self.seconds[route] += seconds

    def text(self, holds: Mapping[str, int]) -> str:
        """Return everything; ``holds`` counts what the desk has."""
        lines = []
        for name, number in sorted(holds.items()):
            lines += [f"# TYPE retold_{name} gauge", f"retold_{name} {int(number)}"]
        lines.append("# TYPE retold_requests_total counter")
        for (method, route, status), number in sorted(self.requests.items()):
            labels = f'method="{method}",route="{escaped(route)}",status="{status}"'
            lines.append(f"retold_requests_total{{{labels}}} {number}")
        lines.append("# TYPE retold_request_seconds histogram")
        for route, counts in sorted(self.buckets.items()):
            label = f'route="{escaped(route)}"'
            bounds = [*map(str, STEPS), "+Inf"]
            for bound, number in zip(bounds, accumulate(counts), strict=True):
                lines.append(f'retold_request_seconds_bucket{{{label},le="{bound}"}} {number}')
            lines.append(f"retold_request_seconds_sum{{{label}}} {self.seconds[route]:.6f}")
            lines.append(f"retold_request_seconds_count{{{label}}} {sum(counts)}")
        return "\n".join(lines) + "\n"
