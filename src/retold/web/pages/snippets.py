"""Words with finds in them, as pieces that a template can mark."""

from __future__ import annotations

from collections.abc import Iterable

Piece = tuple[str, bool]
"""A stretch of text, and whether it was found."""


def pieces(text: str, spans: Iterable[tuple[int, int]], offset: int = 0) -> list[Piece]:
    """Cut a text at the bounds of finds.

    Args:
        text: what is shown.
        spans: half-open bounds of finds, in order, counted in the whole of which it is a part.
        offset: where in the whole it begins.
    """
    found: list[Piece] = []
    at = 0
    for start, end in spans:
        low, high = max(at, start - offset), min(len(text), end - offset)
        if low >= high:
            continue
        if low > at:
            found.append((text[at:low], False))
        found.append((text[low:high], True))
        at = high
    if at < len(text):
        found.append((text[at:], False))
    return found
