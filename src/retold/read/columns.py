"""Whole columns of fields, cleaned in Arrow; Python sees only the values that need it.

Each function gives what the functions for one value give: ``lines`` is ``compose.line``,
``outlets`` is ``compose.named`` and ``compose.host``, ``moments`` is ``dates.parse``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retold.read import dates
from retold.read.compose import host, line, named
from retold.read.decode import decode
from retold.read.fields import as_line

TEXT = pa.large_string()
TIME = pa.timestamp("us", "UTC")
SCHEMA = pa.schema(
    [
        ("source", TEXT),
        ("outlet", TEXT),
        ("title", TEXT),
        ("url", TEXT),
        ("published", TIME),
        ("text", TEXT),
    ]
)
"""An article as it is read from a corpus; ``published`` is null where it is not known."""

_BLANK = "\\x00-\\x20\\x7f-\\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
INK = f"[^{_BLANK}]"
"""Matches a character that is neither white space nor a control character."""
_UNEVEN = f"^ | $|  |[{_BLANK.replace('x20', 'x1f')}]"
_ADDRESS = r"^https?://(?:[wW][wW][wW]\.)?(?P<host>[A-Za-z0-9.-]+)(?::[0-9]*)?(?:[/?#]|$)"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
_WRITTEN = (
    (f"^{_DAY}$", pa.timestamp("us")),
    (f"^{_DAY}{_CLOCK}$", pa.timestamp("us")),
    (f"^{_DAY}{_CLOCK}(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})$", TIME),
)
"""Forms of dates that Arrow reads as ``dates.parse`` does."""
_STEP = 1 << 18
_UNITS = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
_EARLIEST = int(datetime.fromisoformat("1700-01-01T00:00Z").timestamp())
_LATEST = int(datetime.fromisoformat("2201-01-01T00:00Z").timestamp())


def texts(values: Sequence[str | None]) -> pa.Array:
    """Return texts as a column; lone surrogates, which no encoding holds, become U+FFFD."""
    try:
        return pa.array(values, TEXT)
    except UnicodeEncodeError:
        return pa.array([v and re.sub("[\ud800-\udfff]", "\ufffd", v) for v in values], TEXT)


def is_textual(kind: pa.DataType) -> bool:
    """Say whether a column of this type holds one text a row."""
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(_is_string(kind) or _is_binary(kind) or pa.types.is_null(kind))


def _is_string(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _is_binary(kind: pa.DataType) -> bool:
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def as_text(column: pa.Array) -> pa.Array:
    """Return a column of strings, of bytes in any encoding, or of a dictionary of them as text."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    try:
        return column.cast(TEXT)
    except pa.ArrowInvalid:
        return texts([None if v is None else decode(v).text for v in column.to_pylist()])


def ends(column: pa.Array) -> np.ndarray:
    """Return the places in bytes between the texts of a column, from the first to the last."""
    _, offsets, _ = column.buffers()
    return np.frombuffer(offsets, np.int64)[column.offset : column.offset + len(column) + 1]


def rows_with(column: pa.Array, byte: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows whose text has an ASCII character, and how often it has it."""
    between = ends(column)
    data = column.buffers()[2]
    if data is None or not len(column):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    held = np.frombuffer(data, np.uint8)[between[0] : between[-1]]
    steps = range(0, len(held), _STEP)  # small enough to stay in the processor's cache
    found = [np.flatnonzero(held[i : i + _STEP] == byte) + i for i in steps]
    places = np.concatenate([np.zeros(0, np.int64), *found]) + between[0]
    rows: np.ndarray
    rows, counts = np.unique(np.searchsorted(between, places, side="right") - 1, return_counts=True)
    return rows, counts


def first(columns: Sequence[pa.Array], rows: int) -> pa.Array:
    """Return of each row the first text that is not empty; empty where there is none."""
    if not columns:
        return pa.repeat(pa.scalar("", TEXT), rows)
    if len(columns) > 1:
        nothing = pa.scalar(None, TEXT)
        filled = [pc.if_else(pc.equal(c, ""), nothing, c) for c in columns]
        return pc.coalesce(*filled, pa.scalar("", TEXT))
    return columns[0].fill_null("") if columns[0].null_count else columns[0]


def changed(column: pa.Array, mask: pa.Array, function: Callable[[str], str]) -> pa.Array:
    """Return the column with ``function`` applied to the texts that ``mask`` marks."""
    if not pc.any(mask).as_py():
        return column
    coded = column.filter(mask).dictionary_encode()
    made = texts([function(value) for value in coded.dictionary.to_pylist()])
    return pc.replace_with_mask(column, mask, made.take(coded.indices))


def lines(column: pa.Array) -> pa.Array:
    """Put each text of a column on one line."""
    return changed(column, pc.match_substring_regex(column, _UNEVEN), _line)


def _line(value: str) -> str:
    return line(as_line(value))


def outlets(outlet: pa.Array, url: pa.Array) -> pa.Array:
    """Return the names of the outlets; where there is none, the host of the address."""
    outlet = lines(outlet)
    outlet = changed(outlet, pc.match_substring(outlet, "://"), named)
    lack = pc.and_(pc.equal(outlet, ""), pc.not_equal(url, ""))
    if not pc.any(lack).as_py():
        return outlet
    address = url.filter(lack)
    found = pc.struct_field(pc.extract_regex(address, _ADDRESS), "host")
    plain = pc.ascii_lower(found).cast(TEXT)
    hosts = pc.if_else(pc.is_valid(found), plain, changed(address, pc.is_null(found), host))
    return pc.replace_with_mask(outlet, lack, hosts)


def moments(column: pa.Array) -> pa.Array:
    """Read a column of dates: times, days, texts or numbers. Null where none can be told."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return moments(column.dictionary).take(column.indices)
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return _times(column)
    if _is_string(kind) or _is_binary(kind):
        return _written(as_text(column))
    coded = column.dictionary_encode() if pa.types.is_primitive(kind) else None
    if coded is None:
        return moments_of(column.to_pylist())
    return moments_of(coded.dictionary.to_pylist()).take(coded.indices)


def moments_of(values: Sequence[object]) -> pa.Array:
    """Read dates of any kind, as records have them."""
    if all(value is None or isinstance(value, str) for value in values):
        return _written(texts([v if v is None or isinstance(v, str) else None for v in values]))
    return pa.array([_moment(v) if isinstance(v, _DATED) else None for v in values], TIME)


_DATED = (str, int, float, datetime, date)


@lru_cache(1 << 16, typed=True)
def _moment(value: object) -> datetime | None:
    return dates.parse(value).moment


def _times(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_date(kind):
        column = column.cast(pa.timestamp("s" if pa.types.is_date32(kind) else "ms"))
        kind = column.type
    ticks, scale = column.cast(pa.int64()), _UNITS[kind.unit]
    known = pc.and_(
        pc.greater_equal(ticks, _EARLIEST * scale) if _EARLIEST * scale > -(1 << 63) else True,
        pc.less(ticks, _LATEST * scale) if _LATEST * scale < 1 << 63 else True,
    )
    column = pc.if_else(known, column, pa.scalar(None, kind))
    options = pc.CastOptions(target_type=TIME, allow_time_truncate=True)
    return pc.cast(column, options=options)


def _written(column: pa.Array) -> pa.Array:
    """Read dates in words: the usual forms in Arrow, each other text once by ``dates.parse``."""
    made = pa.nulls(len(column), TIME)
    left = pc.fill_null(pc.not_equal(column, ""), fill_value=False)
    for form, kind in _WRITTEN:
        fits = pc.and_(left, pc.fill_null(pc.match_substring_regex(column, form), False))  # noqa: FBT003
        if pc.any(fits).as_py():
            try:
                read = _times(column.filter(fits).cast(kind))
            except pa.ArrowInvalid:  # the 30th of February, or a 61st second, among them
                continue
            made = pc.replace_with_mask(made, fits, read)
            left = pc.and_not(left, fits)
    if pc.any(left).as_py():
        coded = column.filter(left).dictionary_encode()
        read = pa.array([_moment(v) for v in coded.dictionary.to_pylist()], TIME)
        made = pc.replace_with_mask(made, left, read.take(coded.indices))
    return made
