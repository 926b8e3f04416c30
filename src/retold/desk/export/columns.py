"""The columns of a table of values: what Parquet and CSV make of a dataclass that the desk lists.

Values within values give columns of their own (``article_title``), a range gives two
(``origins_low`` and ``origins_high``), and a list stays a list.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import pyarrow as pa

Getter = Callable[[Any], Any]

PLAIN: dict[type, pa.DataType] = {
    str: pa.large_string(),
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    datetime: pa.timestamp("us", "UTC"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type, and how a value is asked for it."""

    name: str
    type: pa.DataType
    of: Getter


def columns(kind: type) -> tuple[Column, ...]:
    """Return the columns of a dataclass, in the order of its fields."""
    return tuple(_columns(kind, "", lambda item: item))


def schema(kind: type) -> pa.Schema:
    """Return the Arrow schema of a dataclass; it names the dataclass in its metadata."""
    made = [pa.field(column.name, column.type) for column in columns(kind)]
    return pa.schema(made, {"retold.rows": kind.__name__})


def _columns(kind: type, before: str, of: Getter) -> Iterator[Column]:
    hints = typing.get_type_hints(kind)
    for field in fields(kind):
        hint, name = _present(hints[field.name]), f"{before}{field.name}"
        get = _getter(of, field.name)
        if is_dataclass(hint):
            yield from _columns(typing.cast("type", hint), f"{name}_", get)
        elif _is_range(hint):
            within = PLAIN[typing.get_args(hint)[0]]
            yield Column(f"{name}_low", within, _part(get, 0))
            yield Column(f"{name}_high", within, _part(get, 1))
        else:
            yield Column(name, _arrow(hint), _plainly(get))


def _present(hint: Any) -> Any:
    """Return a type without its None."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        present = [each for each in typing.get_args(hint) if each is not types.NoneType]
        assert len(present) == 1, f"no table has a column of {hint}"
        return present[0]
    return hint


def _is_range(hint: Any) -> bool:
    return typing.get_origin(hint) is tuple and typing.get_args(hint) in {(int, int), (float,) * 2}


def _getter(of: Getter, name: str) -> Getter:
    def get(item: Any) -> Any:
        held = of(item)
        return None if held is None else getattr(held, name)

    return get


def _part(of: Getter, at: int) -> Getter:
    def get(item: Any) -> Any:
        held = of(item)
        return None if held is None else held[at]

    return get


def _plainly(of: Getter) -> Getter:
    return lambda item: _plain(of(item))


def _plain(value: Any) -> Any:
    """Return a value as Arrow and JSON take it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value.value if isinstance(value, StrEnum) else value


def _arrow(hint: Any) -> pa.DataType:
    hint = _present(hint)
    if typing.get_origin(hint) in {tuple, list}:
        return pa.list_(_arrow(typing.get_args(hint)[0]))
    if is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        return pa.struct([(field.name, _arrow(hints[field.name])) for field in fields(hint)])
    if typing.get_origin(hint) is typing.Literal or (
        isinstance(hint, type) and issubclass(hint, StrEnum)
    ):
        return PLAIN[str]
    return PLAIN[hint]
