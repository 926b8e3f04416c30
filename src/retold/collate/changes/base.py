"""What a detector of changes is given and what it returns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from retold.collate.pairs import Pair
from retold.model import ChangeKind, Span


@dataclass(frozen=True, slots=True)
class Found:
    """A difference between two sentences, as tight spans; None where one has nothing."""

    kind: ChangeKind
    a: Span | None
    b: Span | None
    probability: float
    salience: float
    explanation: str


class Detector(Protocol):
    """Finds the changes of one kind between two aligned sentences."""

    def __call__(self, pair: Pair) -> Iterator[Found]:
        """Yield what changed from ``pair.a`` to ``pair.b``, without duplicates."""
