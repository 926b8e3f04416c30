"""What a stage may ask of an engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    import pyarrow as pa

Data = TypeVar("Data")
"""Rows that an engine holds, wherever they are: many tables of one schema, in no order."""
Function = Callable[["pa.Table"], "pa.Table"]
"""Makes a table of another; pure, and picklable with all that it is given."""


class Progress(Protocol):
    """Is told how far a stage has come."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """``done`` of ``total`` units of ``stage`` are finished; ``total`` 0 means unknown."""


def silent(stage: str, done: int, total: int) -> None:
    """The progress that nobody watches."""


class Engine(Protocol[Data]):
    """Holds rows on one machine or on many, and spreads pure functions over them.

    How rows are divided is the engine's own business, and no result depends on it: a function gives
    the same rows for a table as for its parts one by one (:meth:`map`), or knows that the rows of a
    group come together (:meth:`group`). It never gets an empty table, texts come as
    ``large_string`` and bytes as ``large_binary``. Where a verb takes several ``data``, they have
    the same columns and count as one.

    A result that is asked for more than once is given a ``name`` that no other result has: then it
    is computed once, and an engine that was interrupted need not compute it again.
    """

    name: str

    def map(
        self,
        function: Function,
        data: Data | Sequence[Data],
        schema: pa.Schema,
        *,
        columns: Sequence[str] = (),
        name: str = "",
    ) -> Data:
        """Return ``function`` of the rows.

        Args:
            function: is given some of the rows at a time.
            data: the rows.
            schema: the schema of what ``function`` returns.
            columns: those of ``data`` that it is given; all where empty.
            name: see the class.
        """

    def group(
        self,
        function: Function,
        data: Data | Sequence[Data],
        by: Sequence[str],
        schema: pa.Schema,
        *,
        order: Sequence[str] = (),
        columns: Sequence[str] = (),
        combine: Function | None = None,
        name: str = "",
    ) -> Data:
        """Return ``function`` of the rows, those of a group brought together.

        Args:
            function: is given whole groups, one or many at a time, sorted by ``by`` and ``order``.
            data: the rows.
            by: the columns by whose values rows are a group; no value is null.
            schema: the schema of what ``function`` returns.
            order: further columns by which the rows of a group are sorted.
            columns: those of ``data`` that it is given; all where empty.
            combine: makes some rows fewer before they are brought together, so that a group may be
                larger than what one machine holds: ``function`` gives the same for what it leaves
                of any part of the rows, sorted or not, however often.
            name: see the class.
        """

    def join(
        self,
        left: Data,
        right: Data,
        on: Mapping[str, str],
        *,
        columns: Sequence[str] = (),
        suffix: str = "",
        without: bool = False,
    ) -> Data:
        """Return the rows of ``left``, each with each row of ``right`` that fits it.

        Args:
            left: rows.
            right: rows.
            on: of columns of ``left`` those of ``right`` that have the same value; never null.
            columns: those of ``right`` that are added.
            suffix: what is added to their names.
            without: return instead the rows of ``left`` that none of ``right`` fits.
        """

    def collect(self, data: Data | Sequence[Data]) -> pa.Table:
        """Return all rows, in no order; they have to fit in the memory of this machine."""
