"""Files of many records: JSON Lines, JSON, CSV. One record at a time."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from retold.model import Reason
from retold.read import stream as streams
from retold.read.decode import Decoded, decode
from retold.read.errors import UnreadableError
from retold.read.fields import has_text, no_text, resolve
from retold.read.stream import size

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.read.fields import Raw

_DELIMITERS = ",;\t|"
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Record:
    """A record, its number in the file (0: the file is this one record), and what was assumed."""

    number: int
    fields: Mapping[str, Any]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A record that cannot be read."""

    number: int
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a web archive, and the number of its record."""

    number: int
    raw: Raw


def json_lines(stream: Iterator[bytes], config: ReadConfig) -> Iterator[Record | Problem]:
    """Yield the record of each line; records are numbered by line. Blank lines are passed over."""
    for number, line in streams.lines(stream, config.max_record_bytes):
        if line is None:
            yield _too_long(number, "line", config)
            continue
        try:
            text, remark = line.decode(), ""
        except UnicodeDecodeError:
            decoded = _decode_line(line)
            text, remark = decoded.text, decoded.remark
        if text.isspace():
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            yield _no_line(number, text, error)
            continue
        if isinstance(value, dict):
            yield Record(number, value, remark)
        else:
            yield _no_object(number, value)


def _no_line(number: int, text: str, error: Exception) -> Problem:
    # the end of the line is no part of what is wrong: a text that breaks off does so with and
    # without one
    try:
        json.loads(text.rstrip("\r\n"))
    except (ValueError, RecursionError) as found:
        error = found
    return Problem(
        number,
        Reason.BAD_RECORD,
        f"The line is no JSON ({_why(error)}): {shown(text)}. Mend or remove the line.",
    )


def _too_long(number: int, what: str, config: ReadConfig) -> Problem:
    return Problem(
        number,
        Reason.TOO_LARGE,
        f"The {what} is longer than {size(config.max_record_bytes)}. Split it: one article a "
        "record.",
    )


def _no_object(number: int, value: object) -> Problem:
    kind = {list: "a list", str: "a text", bool: "true or false", type(None): "null"}
    return Problem(
        number,
        Reason.BAD_RECORD,
        f"The record is {kind.get(type(value), 'a number')} where an object was expected "
        '({"text": ...}). Write it as an object.',
    )


def _decode_line(line: bytes) -> Decoded:
    found = decode(line)
    return Decoded(found.text, found.remark.replace("It is", "The record is", 1))


def _why(error: BaseException) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.casefold()} at character {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number too long"


def shown(text: str) -> str:
    """Return the start of a text on one line, to show what was found."""
    line = " ".join(text[: 4 * _SHOWN].split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def json_document(data: bytes) -> Iterator[Record | Problem]:
    """Yield the records of a JSON file: a list, an object with a list of objects, or one object.

    Of a list that is damaged, the records before the damage are yielded.

    Raises:
        UnreadableError: at the damage.
    """
    decoded = decode(data)
    text = decoded.text.lstrip("\ufeff \t\r\n")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        if text.startswith("["):
            yield from _salvage(text, decoded.remark)
            return
        raise _no_json(error, text) from error
    if isinstance(value, dict):
        value = _inner_list(value)
        if isinstance(value, dict):
            yield Record(0, value, decoded.remark)
            return
    if not isinstance(value, list):
        yield _no_object(0, value)
        return
    for number, item in enumerate(value, start=1):
        if isinstance(item, dict):
            yield Record(number, item, decoded.remark)
        else:
            yield _no_object(number, item)


def _inner_list(value: dict[str, Any]) -> Any:
    """Return the list of records inside an object (``{"articles": [...]}``), or the object."""
    if any(
        isinstance(part, str)
        for name in resolve(tuple(value), ()).get("text", ())
        for part in [value[name]]
    ):
        return value
    for _ in range(3):
        lists = [
            v for v in value.values() if isinstance(v, list) and any(isinstance(i, dict) for i in v)
        ]
        if lists:
            return max(lists, key=len)
        inner = [v for v in value.values() if isinstance(v, dict)]
        if len(inner) != 1:
            break
        if not any(isinstance(v, list) for v in inner[0].values()):
            break
        value = inner[0]
    return value


def _salvage(text: str, remark: str) -> Iterator[Record | Problem]:
    """Yield the items of a list up to the place where it is damaged, then raise."""
    decoder = json.JSONDecoder()
    place, number = 1, 0
    while True:
        while place < len(text) and text[place] in " \t\r\n,":
            place += 1
        try:
            item, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            raise _no_json(error, text[place:]) from error
        number += 1
        yield Record(number, item, remark) if isinstance(item, dict) else _no_object(number, item)


def _no_json(error: BaseException, text: str) -> UnreadableError:
    place = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
    what = error.msg.casefold() if isinstance(error, json.JSONDecodeError) else _why(error)
    return UnreadableError(
        Reason.DAMAGED,
        f"It is no whole JSON ({what}{place}): {shown(text)}. Export it again, or write one "
        "object a line and name it .jsonl.",
    )


def table(stream: Iterator[bytes], config: ReadConfig, *, tabs: bool) -> Iterator[Record | Problem]:
    """Yield the records of a CSV or TSV file, numbered from 1 below the header.

    The delimiter of CSV is told from the header: comma, semicolon, tab or bar.

    Raises:
        UnreadableError: where no column is the text.
    """
    too_long: list[int] = []
    remarks: Counter[str] = Counter()

    def text() -> Iterator[str]:
        for number, line in streams.lines(stream, config.max_record_bytes):
            if line is None:
                too_long.append(number)
                continue
            decoded = _decode_line(line)
            remarks[decoded.remark] += bool(decoded.remark)
            yield decoded.text

    rows = text()
    header_line = next((line for line in rows if line.strip()), "")
    mark = "\t" if tabs else max(_DELIMITERS, key=header_line.count)
    if csv.field_size_limit() < config.max_record_bytes:
        # the module's only limit, and global: raised where another reader has set less
        csv.field_size_limit(config.max_record_bytes)
    header = next(csv.reader([header_line], delimiter=mark), [])
    columns = _unique(header)
    if not has_text(resolve(columns, config.fields)):
        raise UnreadableError(Reason.NO_TEXT_FIELD, no_text(columns))
    reader = csv.reader(rows, delimiter=mark)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield Problem(
                number,
                Reason.BAD_RECORD,
                f"The row cannot be read ({error}). A quotation mark that is never closed does "
                "this: mend it, or write the file as JSONL.",
            )
            continue
        finally:
            for line in too_long:
                yield Problem(number, *_long_row(line, config))
            too_long.clear()
        if not any(map(str.strip, cells)):
            number -= 1
            continue
        if any(map(str.strip, cells[len(columns) :])):
            yield Problem(
                number,
                Reason.BAD_RECORD,
                f"The row has {len(cells)} cells, the header {len(columns)}. Put cells that hold "
                "the delimiter in quotation marks.",
            )
            continue
        remark = next((r for r in remarks if r), "")
        remarks.clear()
        yield Record(number, dict(zip(columns, cells, strict=False)), remark)


def _long_row(line: int, config: ReadConfig) -> tuple[Reason, str]:
    problem = _too_long(line, f"line {line}", config)
    return problem.reason, problem.detail


def _unique(header: Sequence[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    names: list[str] = []
    for cell in header:
        name = cell.strip().removeprefix("\ufeff")
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return tuple(names)
