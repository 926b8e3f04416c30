"""How often a process looks for garbage."""

from __future__ import annotations

import gc


def seldom() -> None:
    """Look for garbage seldom, in a process that is Retold's own.

    Values are tuples without cycles, by the million: looking for garbage among them costs much.
    """
    gc.set_threshold(500_000, 50, 100)
