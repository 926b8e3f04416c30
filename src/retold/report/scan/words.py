"""How a scan's rows are told, on the screen and on the page."""

from __future__ import annotations

from collections.abc import Mapping

from retold.labels import count

NOWHERE = "(no outlet)"
"""What stands for the outlet of articles that name none."""

_STEPS = (2, 3, 4, 5, 6, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
_JOINED = {"exact": "the same words throughout", "verbatim": "word for word", "near": "light edits"}


def bins(sizes: Mapping[int, int]) -> list[tuple[str, int]]:
    """Return the numbers of groups by ranges of size: "2", "3", "10 to 19", ..., none left out."""
    largest = max(sizes, default=0)
    found = []
    for low, after in zip(_STEPS, (*_STEPS[1:], 0), strict=True):
        if low > largest:
            break
        number = sum(n for size, n in sizes.items() if size >= low and (not after or size < after))
        label = f"{low:,}" if after == low + 1 else f"{low:,} to {after - 1:,}"
        found.append((label if after else f"{low:,} and more", number))
    return found


def lag(hours: float) -> str:
    """Return a time span for reading: "40 minutes", "3.5 hours", "12 days"."""
    hours = abs(hours)
    if hours < 1:
        return count(round(hours * 60), "minute")
    if hours < 48:
        return f"{hours:.1f}".removesuffix(".0") + (" hour" if round(hours, 1) == 1 else " hours")
    return count(round(hours / 24), "day")


def order(later: int, earlier: int, median: float | None) -> str:
    """Say which of two outlets was first, as far as times tell."""
    if not later and not earlier:
        return "no times"
    after = f"{later:,} after, {earlier:,} before"
    if median is None:
        return after
    return f"{after}; median {lag(median)} {'later' if median >= 0 else 'earlier'}"


def joined(kind: str) -> str:
    """Return what a kind of match means."""
    return _JOINED.get(kind, kind)


def outlet(name: str) -> str:
    """Return the name of an outlet, or what stands for none."""
    return name or NOWHERE
