"""Parquet files: row by row as records, or as whole tables without an object for each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from retold.model import Reason
from retold.read import stream as streams
from retold.read.errors import UnreadableError
from retold.read.fields import has_text, no_text, resolve
from retold.read.records import Problem, Record, shown

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.read.files import Opened

_BATCH = 64
"""Rows that are held at once when they are read one by one."""
_DICTIONARY = 4 << 20
"""Bytes of a column up to which it may be a dictionary: writers stop at 1 or 2 MiB."""
_MOST_ROWS = 20_000
"""Rows of a record batch at most."""


@contextmanager
def _file(item: Opened, config: ReadConfig) -> Iterator[Any]:
    """Open a Parquet file; one that is itself packed is unpacked into memory.

    Raises:
        UnreadableError: where the file turns out to be damaged, at any time while it is open.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        source = streams.seekable(item.file.path, b"PAR1", config)
        with pq.ParquetFile(source) as file:
            yield file
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableError(
            Reason.DAMAGED,
            f"The Parquet data are damaged ({shown(str(error))}). Write or copy the file again.",
        ) from error


def schema(item: Opened, config: ReadConfig) -> Any:
    """Return the Arrow schema of a file.

    Raises:
        UnreadableError: where the file is damaged.
    """
    with _file(item, config) as file:
        return file.schema_arrow


def batches(
    item: Opened, names: Sequence[str], size: int, config: ReadConfig
) -> Iterator[tuple[int, Any]]:
    """Yield record batches of the columns ``names``, each with the number of its first row.

    A batch holds about ``size`` bytes: no column of it comes near the 2 GiB that an Arrow string
    array holds. The division depends on the file alone.

    Raises:
        UnreadableError: at the place of the damage; all that came before has been yielded.
    """
    with _file(item, config) as file:
        number = 1
        for group in range(file.num_row_groups):
            about = file.metadata.row_group(group)
            parts = map(about.column, range(about.num_columns))
            used = sum(p.total_uncompressed_size for p in parts if p.path_in_schema in names)
            rows = min(_MOST_ROWS, max(1, size * about.num_rows // max(used, 1)))
            if used < _DICTIONARY:  # few texts may stand in many rows, but none is larger
                rows = min(rows, max(_BATCH, size // max(used, 1)))
            for batch in file.iter_batches(
                rows, row_groups=[group], columns=names, use_threads=False
            ):
                yield number, batch
                number += batch.num_rows


def rows(item: Opened, config: ReadConfig) -> Iterator[Record | Problem]:
    """Yield the records of a Parquet file, numbered from 1. Only columns that are used are read.

    Raises:
        UnreadableError: where the file is damaged, or no column is the text.
    """
    import pyarrow as pa

    with _file(item, config) as file:
        columns = tuple(file.schema_arrow.names)
        nested = {f.name for f in file.schema_arrow if pa.types.is_struct(f.type)}
        found = resolve(columns, config.fields)
        if not nested and not has_text(found):
            raise UnreadableError(Reason.NO_TEXT_FIELD, no_text(columns))
        used = {name for names in found.values() for name in names} | nested
        used |= {column.split(".")[0] for _, column in config.fields} & set(columns)
        number = 0
        for batch in file.iter_batches(_BATCH, columns=sorted(used), use_threads=False):
            for row in range(batch.num_rows):
                number += 1
                yield _row(batch, row, number)


def _row(batch: Any, row: int, number: int) -> Record | Problem:
    try:
        return Record(number, batch.slice(row, 1).to_pylist()[0])
    except (UnicodeDecodeError, ValueError, OverflowError) as error:
        return unreadable_row(number, str(error))


def unreadable_row(number: int, why: str) -> Problem:
    """Return the line of a row whose bytes are not what its column says."""
    return Problem(
        number,
        Reason.BAD_RECORD,
        f"The row cannot be read ({shown(why)}). Mend or remove it.",
    )
