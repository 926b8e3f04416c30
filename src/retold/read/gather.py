"""Records one by one to columns of their fields; as little as can be done for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from retold.model import Reason, Rejected
from retold.read import columns, files
from retold.read.errors import UnreadableError
from retold.read.fields import as_line, as_text, first, flatten, has_text, not_text
from retold.read.records import Problem
from retold.read.settle import Draft

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.read.files import Opened
    from retold.read.ledger import Ledger
    from retold.read.records import Record

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

    def add(self, entry: Record, ledger: Ledger, config: ReadConfig) -> Iterator[Rejected]:
        """Take the fields of a record; yield what is wrong with it."""
        record = flatten(entry.fields, config.fields)
        found = ledger.resolve(record)
        if not has_text(found):
            ledger.miss(entry.number)
            return
        value, name = first(record, found.get("text", ()))
        text = value if type(value) is str else as_text(value)
        page: str | None = ""
        problem = not_text(name, value, "text") if text is None else ""
        if text is not None and "html" in found and not text.strip():
            value, name = first(record, found["html"])
            page = as_text(value)
            problem = not_text(name, value, "a page") if page is None else ""
        if text is None or page is None:
            yield from ledger.list(
                entry.number, Reason.BAD_RECORD, f"{problem}. Mend or remove the record."
            )
            ledger.with_text += 1
            return
        self.numbers.append(entry.number)
        self.texts.append(text)
        self.pages.append(page)
        self.size += len(text) + len(page)
        for field, held in self.lines.items():
            value = first(record, found.get(field, ()))[0]
            held.append(value if type(value) is str else as_line(value))
        self.published.append(first(record, found.get("published", ()))[0])

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


def drafts(
    item: Opened, ledger: Ledger, rows: int, size: int, config: ReadConfig
) -> Iterator[tuple[Draft, list[Rejected]]]:
    """Yield the fields of the records of a file, up to ``rows`` or ``size`` characters at a time.

    Raises:
        UnreadableError: at the place of the damage; all that came before has been yielded.
    """
    held, rejected = _Rows(), list[Rejected]()
    damage: UnreadableError | None = None
    try:
        for entry in files.entries(item, config):
            if isinstance(entry, Problem):
                rejected += ledger.list(entry.number, entry.reason, entry.detail)
            else:
                rejected += held.add(entry, ledger, config)
            if len(held.numbers) >= rows or held.size >= size:
                yield held.draft(), rejected
                held, rejected = _Rows(), []
    except UnreadableError as error:
        damage = error
    yield held.draft(), rejected
    if damage is not None:
        raise damage
