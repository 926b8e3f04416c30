"""What all values share: how their ids are made and their figures rounded."""

from __future__ import annotations

import hashlib


def rounded(value: float) -> float:
    """Round a score to the four decimals that every dossier shows."""
    return round(float(value), 4) + 0.0  # + 0.0 turns -0.0 into 0.0


def identify(tag: str, *parts: object) -> str:
    """Return ``tag:hex``, a content-addressed id of 12 hex digits over ``parts``.

    ``tag`` names the kind of thing (``match``, ``claim``, ...). Parts are joined by an unprintable
    separator, so ("ab", "c") and ("a", "bc") differ.
    """
    joined = "\x1f".join(str(part) for part in parts)
    return f"{tag}:{hashlib.sha256(joined.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
