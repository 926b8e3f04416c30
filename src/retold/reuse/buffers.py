"""Arrays used again from batch to batch: to touch fresh memory costs more than the work on it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


class Buffers:
    """Named arrays that grow as they are needed. What was taken is overwritten when taken again."""

    def __init__(self) -> None:
        """Begin with none."""
        self._held: dict[str, NDArray[Any]] = {}

    def take(self, name: str, size: int, kind: DTypeLike) -> NDArray[Any]:
        """Return an array of ``size`` with anything in it."""
        held = self._held.get(name)
        if held is None or len(held) < size:
            held = self._held[name] = np.empty(size + size // 4, kind)
        return held[:size]
