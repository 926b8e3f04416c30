"""Parquet to columns of fields, without a Python object for each row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from retold.model import Reason, Rejected
from retold.read import columns, parquet
from retold.read.errors import UnreadableError
from retold.read.fields import flatten, has_text, no_text, resolve
from retold.read.settle import Draft

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.read.files import Opened
    from retold.read.ledger import Ledger

_TEXTUAL = ("text", "html", "title", "outlet", "url")
_FIELDS = (*_TEXTUAL, "published")


def plan(schema: pa.Schema, config: ReadConfig) -> dict[str, tuple[str, ...]] | None:
    """Return for each field the columns that may hold it; None where rows must be looked at.

    That is so where a field lies in an inner object, or is a list, or a number instead of text.

    Raises:
        UnreadableError: where no column is the text.
    """
    if len(set(schema.names)) < len(schema.names):
        return None
    flat = tuple(flatten({f.name: _example(f.type) for f in schema}, config.fields))
    found = resolve(flat, config.fields)
    if not has_text(found):
        raise UnreadableError(Reason.NO_TEXT_FIELD, no_text(flat))
    found = {field: found.get(field, ()) for field in _FIELDS}
    for field, names in found.items():
        for name in names:
            if name not in schema.names:
                return None
            kind = schema.field(name).type
            dated = field == "published" and (pa.types.is_temporal(kind) or _is_number(kind))
            if not (columns.is_textual(kind) or dated):
                return None
    return found


def _example(kind: pa.DataType) -> Any:
    """Return a value as a record of such a column has it, as far as its fields are concerned."""
    return {part.name: _example(part.type) for part in kind} if pa.types.is_struct(kind) else ""


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def drafts(
    item: Opened,
    found: Mapping[str, Sequence[str]],
    ledger: Ledger,
    size: int,
    config: ReadConfig,
) -> Iterator[tuple[Draft, list[Rejected]]]:
    """Yield the fields of the rows of a file, about ``size`` bytes at a time.

    Raises:
        UnreadableError: at the place of the damage; all that came before has been yielded.
    """
    read = parquet.batches(item, names(found), size, config)
    yield from numbered(
        ((np.arange(at, at + len(batch)), batch) for at, batch in read), found, ledger
    )


def names(found: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the columns that are needed, sorted."""
    return sorted({name for part in found.values() for name in part})


def numbered(
    batches: Iterable[tuple[NDArray[np.int64], pa.RecordBatch]],
    found: Mapping[str, Sequence[str]],
    ledger: Ledger,
) -> Iterator[tuple[Draft, list[Rejected]]]:
    """Yield the fields of rows, each batch with the numbers of its rows in the file."""
    for counted, batch in batches:
        numbers = pa.array(counted)
        sound = _sound(batch)
        if sound is None:
            yield _draft(batch, numbers, found), []
            continue
        rejected: list[Rejected] = []
        for number in numbers.filter(pc.invert(sound)).to_pylist():
            problem = parquet.unreadable_row(number, "its text is not UTF-8")
            rejected += ledger.list(number, problem.reason, problem.detail)
        yield _draft(batch.filter(sound), numbers.filter(sound), found), rejected


def _draft(batch: pa.RecordBatch, numbers: pa.Array, found: Mapping[str, Sequence[str]]) -> Draft:
    texts = {
        field: columns.first([columns.as_text(batch.column(n)) for n in found[field]], len(batch))
        for field in _TEXTUAL
        if field != "html" or found[field]
    }
    published = pa.nulls(len(batch), columns.TIME)
    for name in reversed(found["published"]):
        column = batch.column(name)
        published = pc.if_else(_there(column), columns.moments(column), published)
    return Draft(numbers=numbers, published=published, html=texts.pop("html", None), **texts)


def _there(column: pa.Array) -> pa.Array:
    """Mark the values that are not empty."""
    if columns.is_textual(column.type):
        return pc.fill_null(pc.not_equal(columns.as_text(column), ""), fill_value=False)
    return pc.invert(pc.is_null(column, nan_is_null=True))


def _sound(batch: pa.RecordBatch) -> pa.Array | None:
    """Mark the rows whose text is UTF-8, as their columns say; None where all is well."""
    bad: set[int] = set()
    for column in batch.columns:
        plain = column
        if pa.types.is_dictionary(column.type):
            plain = column.cast(column.type.value_type)
        if not (pa.types.is_string(plain.type) or pa.types.is_large_string(plain.type)):
            continue
        try:
            plain.validate(full=True)
        except pa.ArrowInvalid:
            bad.update(_broken(plain.cast(pa.large_binary()).to_pylist()))
    if not bad:
        return None
    return pa.array([row not in bad for row in range(batch.num_rows)])


def _broken(values: Sequence[bytes | None]) -> Iterator[int]:
    for row, value in enumerate(values):
        try:
            (value or b"").decode()
        except UnicodeDecodeError:
            yield row
