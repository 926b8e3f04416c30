"""The books of a file of many records: its columns, and what of it was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from retold.model import Reason, Rejected
from retold.read.fields import no_text, resolve

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.read.errors import UnreadableError


class Ledger:
    """Lists the bad records of a file singly up to a cap, and counts the rest."""

    def __init__(self, source: str, config: ReadConfig, empty: str = "") -> None:
        """Open the book of the file ``source``; ``empty`` is what to say where it holds nothing."""
        self._empty = empty or "It holds no record. Remove it, or export it again."
        self._source = source
        self._most = config.max_listed
        self._mapping = config.fields
        self._known: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {}
        self._seen: dict[str, None] = {}
        self._missing: list[int] = []
        """The numbers of the first records without a text field, as many as are listed."""
        self._counts: Counter[Reason] = Counter()
        self.with_text = 0
        """How many records have a text field."""

    def resolve(self, record: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        """Return the columns of a record by Retold's fields."""
        names = tuple(record)
        found = self._known.get(names)
        if found is None:
            if len(self._known) > 1000:
                self._known.clear()
            found = self._known[names] = resolve(names, self._mapping)
            if len(self._seen) < 1000:
                self._seen.update(dict.fromkeys(names))
        return found

    def miss(self, number: int) -> None:
        """Note a record that has no text field; it is told when the book is closed."""
        self._counts[Reason.NO_TEXT_FIELD] += 1
        if len(self._missing) < self._most:
            self._missing.append(number)

    def list(self, number: int, reason: Reason, detail: str) -> Iterator[Rejected]:
        """Yield the line of a record, unless there were too many of its kind."""
        self._counts[reason] += 1
        if self._counts[reason] <= self._most:
            yield Rejected(self.name(number), reason, detail)

    def name(self, number: int) -> str:
        """Return the source of a record; 0 is the file itself."""
        return f"{self._source}:{number}" if number else self._source

    def close(self, good: int, damage: UnreadableError | None = None) -> Iterator[Rejected]:
        """Yield what is to say of the whole file.

        Args:
            good: how many articles were read.
            damage: what ended the reading before the end of the file.
        """
        if damage is not None:
            before = f" The {good} articles before the damage were read." if good else ""
            yield Rejected(self._source, damage.reason, damage.detail + before)
        elif not (self.with_text or self._counts):
            yield Rejected(self._source, Reason.EMPTY, self._empty)
        if self._missing:
            detail = no_text(tuple(self._seen))
            if not self.with_text:
                del self._counts[Reason.NO_TEXT_FIELD]
            numbers = self._missing if self.with_text else [0]
            for number in numbers:
                yield Rejected(self.name(number), Reason.NO_TEXT_FIELD, detail)
        for reason, count in sorted(self._counts.items()):
            if count > self._most:
                yield Rejected(
                    self._source,
                    reason,
                    f"{count - self._most} more records were left out for the same reason as the "
                    f"{self._most} that are listed. Mend the file at its source and export it "
                    "again.",
                )
