"""Records one by one to columns of their fields; as little as can be done for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from retold.model import Reason, Rejected
from retold.read import columns
from retold.read.errors import UnreadableError
from retold.read.fields import as_line, as_text, first, flatten, has_text, not_text
from retold.read.records import Page, Problem, Record
from retold.read.settle import Draft

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.read.ledger import Ledger

_LINES = ("outlet", "title", "url")


class _Rows:
    """The fields of records, a list for each field."""

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.lines: dict[str, list[str]] = {name: [] for name in _LINES}
        self.published: list[object] = []
        self.texts: list[str] = []
        self.pages: list[str] = []
        self.size = 0
        """Characters of texts and pages."""

    def add(self, entry: Record, ledger: Ledger, config: ReadConfig) -> str:
        """Take the fields of a record; return one sentence on what is wrong with it, or ""."""
        record = flatten(entry.fields, config.fields)
        found = ledger.resolve(record)
        if not has_text(found):
            ledger.miss(entry.number)
            return ""
        value, name = _first(record, found, "text")
        text = value if type(value) is str else as_text(value)
        if text is None:
            return not_text(name, value, "text")
        blank = "html" in found and not text.strip()
        value, name = _first(record, found, "html") if blank else ("", "")
        page = as_text(value)
        if page is None:
            return not_text(name, value, "a page")
        self.numbers.append(entry.number)
        self.texts.append(text)
        self.pages.append(page)
        self.size += len(text) + len(page)
        for field, held in self.lines.items():
            value = _first(record, found, field)[0]
            held.append(value if type(value) is str else as_line(value))
        self.published.append(_first(record, found, "published")[0])
        return ""

    def draft(self) -> Draft:
        """Return the columns."""
        lines = {name: columns.texts(held) for name, held in self.lines.items()}
        return Draft(
            numbers=pa.array(self.numbers, pa.int64()),
            published=columns.moments_of(self.published),
            text=columns.texts(self.texts),
            html=columns.texts(self.pages) if any(self.pages) else None,
            **lines,
        )


def _first(
    record: Mapping[str, Any], found: Mapping[str, tuple[str, ...]], field: str
) -> tuple[Any, str]:
    """Return what ``fields.first`` returns, sooner where the first name has a text."""
    names = found.get(field)
    if not names:
        return None, ""
    value = record.get(names[0])
    return (value, names[0]) if type(value) is str and value else first(record, names)


def drafts(
    entries: Iterator[Record | Page | Problem],
    ledger: Ledger,
    rows: int,
    size: int,
    config: ReadConfig,
) -> Iterator[tuple[Draft, list[Rejected]]]:
    """Yield the fields of the records of a file, up to ``rows`` or ``size`` characters at a time.

    Raises:
        UnreadableError: at the place of the damage; all that came before has been yielded.
    """
    held, rejected = _Rows(), list[Rejected]()
    damage: UnreadableError | None = None
    try:
        for entry in entries:
            if isinstance(entry, Problem):
                rejected += ledger.list(entry.number, entry.reason, entry.detail)
            elif isinstance(entry, Record) and (wrong := held.add(entry, ledger, config)):
                ledger.with_text += 1
                wrong = f"{wrong}. Mend or remove the record."
                rejected += ledger.list(entry.number, Reason.BAD_RECORD, wrong)
            if len(held.numbers) >= rows or held.size >= size:
                yield held.draft(), rejected
                held, rejected = _Rows(), []
    except UnreadableError as error:
        damage = error
    yield held.draft(), rejected
    if damage is not None:
        raise damage
