"""What a stage may ask of an engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Progress(Protocol):
    """Is told how far a stage has come."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """``done`` of ``total`` units of ``stage`` are finished; ``total`` 0 means unknown."""


def silent(stage: str, done: int, total: int) -> None:
    """The progress that nobody watches."""


class Engine(Protocol):
    """Spreads pure functions over batches."""

    name: str

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterable[Result]:
        """Yield ``function(item)`` for each item, in the order of the items.

        ``function`` and the items must be picklable.
        """
