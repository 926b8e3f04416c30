"""Files and folders to articles, one after the other."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from retold.config import ReadConfig
from retold.engine.base import Progress, silent
from retold.errors import InputError, UsageError
from retold.model import Article, Reason, Rejected
from retold.read import markdown, records
from retold.read import stream as streams
from retold.read.compose import compose
from retold.read.decode import decode
from retold.read.errors import UnreadableError
from retold.read.fields import (
    FIELDS,
    Raw,
    check_mapping,
    flatten,
    has_text,
    no_text,
    pick,
    resolve,
)
from retold.read.sniff import HEAD, Format, sniff
from retold.read.walk import Found, walk

if TYPE_CHECKING:
    from retold.read.records import Problem, Record

_SPLIT = "If it holds many articles, split it: one a file, or one a line as JSONL."
_KEPT = frozenset({Reason.LANGUAGE, Reason.DUPLICATE})
"""Reasons of which every record is listed, however many: they are whole articles."""


def read(
    paths: Sequence[str | os.PathLike[str]],
    config: ReadConfig | None = None,
    progress: Progress = silent,
) -> Iterator[Article | Rejected]:
    """Yield each article under ``paths``, and a line for each input that was left out.

    Nothing in the input raises: what cannot be read is a :class:`~retold.model.Rejected`. The order
    is that of the sources' names, whatever the order of ``paths``. Of articles that are the same in
    text, title, outlet, address, byline and date, the first is kept.

    Args:
        paths: files and folders; folders are read whole.
        config: field names, languages and limits.
        progress: told how many of the files are read.

    Raises:
        UsageError: where ``config.fields`` names a field that Retold has not.
    """
    config = config or ReadConfig()
    check_mapping(config.fields)
    return _read([paths] if isinstance(paths, str | os.PathLike) else list(paths), config, progress)


def _read(
    paths: Sequence[str | os.PathLike[str]], config: ReadConfig, progress: Progress
) -> Iterator[Article | Rejected]:
    files, rejected = walk(paths)
    yield from sorted(rejected)
    seen: dict[str, str] = {}
    for done, file in enumerate(files):
        progress("read", done, len(files))
        for item in _file(file, config):
            if isinstance(item, Rejected):
                yield item
            elif (kept := seen.setdefault(item.id, item.source)) != item.source:
                yield Rejected(
                    item.source,
                    Reason.DUPLICATE,
                    f"The same article as {kept}, in text and fields. If two outlets printed it, "
                    "give each its outlet or url, so that they count as two versions.",
                )
            else:
                yield item
    progress("read", len(files), len(files))


def from_text(text: str, *, config: ReadConfig | None = None, **fields: Any) -> Article:
    """Make an article from text that you hold already: cleaned, with its language and id.

    Args:
        text: the text; a title line, byline and date before its body are told from it and moved
            into the fields that are not given.
        config: languages and limits.
        fields: any of :data:`FIELDS` but ``text`` and ``html``, and ``source``, a name for it.
            Dates may be text, ``date`` or ``datetime``.

    Raises:
        UsageError: where a field is unknown.
        InputError: where the text is empty, furniture only, or in a language that is not read.
    """
    config = config or ReadConfig()
    source = str(fields.pop("source", ""))
    known = [name for name in FIELDS if name not in {"text", "html"}]
    if unknown := sorted(set(fields) - set(known)):
        raise UsageError(
            f"There is no field {unknown[0]!r}. The fields are {', '.join(known)}, source."
        )
    given: dict[str, Any] = {
        name: value if name in {"published", "fetched"} else str(value or "")
        for name, value in fields.items()
    }
    if given.get("published") is not None:
        given["published_source"] = "given"
    made = compose(Raw(text=text, **given), source, config)
    if isinstance(made, Rejected):
        raise InputError(f"{source or 'The text'}: {made.detail}")
    return made


def _file(file: Found, config: ReadConfig) -> Iterator[Article | Rejected]:
    """Yield the articles of one file."""
    try:
        stream = streams.pieces(file.path, config)
        first, stream = streams.head(stream, HEAD)
        if not first:
            yield Rejected(
                file.source,
                Reason.EMPTY,
                "The file is empty. Remove it, or save the article again.",
            )
            return
        stream, marked = streams.as_utf8(first, stream)
        if marked:
            first, stream = streams.head(stream, HEAD)
        kind, remark = sniff(file.source, first, marked=bool(marked))
        remarks = [remark] if remark else []
        if marked and marked != "UTF-8":
            remarks.append(f"It is {marked}, by its byte order mark.")
        if kind in {Format.TEXT, Format.MARKDOWN, Format.HTML}:
            yield _one(file, kind, stream, remarks, config)
        else:
            yield from _many(file, kind, stream, remarks, config)
    except UnreadableError as error:
        yield error.rejected(file.source)


def _one(
    file: Found, kind: Format, stream: Iterator[bytes], remarks: list[str], config: ReadConfig
) -> Article | Rejected:
    """Read a file that holds one article."""
    data = streams.whole(stream, config.max_article_bytes, _SPLIT)
    if not data.strip():
        raise UnreadableError(
            Reason.EMPTY,
            "The file holds nothing but white space. Remove it, or save the article again.",
        )
    if b"\0" in data:
        raise UnreadableError(
            Reason.BINARY,
            "It holds NUL bytes, which no text does. Save it as UTF-8, or leave it out.",
        )
    if kind is Format.HTML:
        from retold.read.page import declared_charset

        page = decode(data, declared_charset(data))
        said = tuple(filter(None, (*remarks, page.remark)))
        return compose(Raw(html=page.text, remarks=said), file.source, config)
    decoded = decode(data)
    raw = Raw(text=decoded.text, remarks=tuple(filter(None, (*remarks, decoded.remark))))
    fields, body = markdown.front_matter(raw.text.replace("\r\n", "\n"))
    if fields:
        found = resolve(tuple(fields), config.fields)
        picked = pick(fields, found)
        if isinstance(picked, Raw) and found:
            raw = replace(picked, text=body, html="", remarks=raw.remarks)
    if kind is Format.MARKDOWN:
        title, body = markdown.plain(body)
        raw = replace(raw, text=body, title=raw.title or title)
    return compose(raw, file.source, config)


def _many(
    file: Found, kind: Format, stream: Iterator[bytes], remarks: list[str], config: ReadConfig
) -> Iterator[Article | Rejected]:
    """Read a file of records; of one that is damaged, what stands before the damage."""
    ledger = _Ledger(file.source, config)
    columns = _Columns(config)
    good = 0
    try:
        for entry in _entries(file, kind, stream, config):
            if isinstance(entry, records.Problem):
                yield from ledger.list(entry.number, entry.reason, entry.detail)
                continue
            for item in _record(entry, file.source, columns, remarks, config):
                if isinstance(item, Article):
                    good += 1
                    yield item
                elif item.reason in _KEPT:
                    yield item
                else:
                    yield from ledger.list(entry.number, item.reason, item.detail)
    except UnreadableError as error:
        before = f" The {good} articles before the damage were read." if good else ""
        yield Rejected(file.source, error.reason, error.detail + before)
    else:
        if not (columns.with_text or columns.missing or ledger.counts):
            yield Rejected(
                file.source, Reason.EMPTY, "It holds no record. Remove it, or export it again."
            )
    if columns.missing and not columns.with_text:
        yield Rejected(file.source, Reason.NO_TEXT_FIELD, no_text(tuple(columns.seen)))
    elif columns.missing:
        for number in columns.first_missing:
            yield from ledger.list(number, Reason.NO_TEXT_FIELD, no_text(tuple(columns.seen)))
        ledger.counts[Reason.NO_TEXT_FIELD] = columns.missing
    yield from ledger.close()


def _entries(
    file: Found, kind: Format, stream: Iterator[bytes], config: ReadConfig
) -> Iterator[Record | Problem]:
    match kind:
        case Format.JSONL:
            yield from records.json_lines(stream, config)
        case Format.JSON:
            remedy = "Write it as JSON Lines, one object a line: such files are read at any size."
            yield from records.json_document(streams.whole(stream, config.max_json_bytes, remedy))
        case Format.CSV | Format.TSV:
            yield from records.table(stream, config, tabs=kind is Format.TSV)
        case _:
            with file.path.open("rb") as raw:
                packed = raw.read(4) != b"PAR1"
            yield from records.parquet(file.path, stream, config, packed=packed)


class _Columns:
    """Which fields the records of a file have, and which of them are the text."""

    def __init__(self, config: ReadConfig) -> None:
        self._mapping = config.fields
        self._known: dict[tuple[str, ...], dict[str, tuple[str, ...]]] = {}
        self.seen: dict[str, None] = {}
        self.with_text = 0
        self.missing = 0
        """How many records have no text field."""
        self.first_missing: list[int] = []
        """The numbers of the first of them, as many as are listed."""

    def miss(self, number: int, most: int) -> None:
        """Note a record that has no text field."""
        self.missing += 1
        if self.missing <= most:
            self.first_missing.append(number)

    def resolve(self, record: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
        """Return the columns of a record by Retold's fields."""
        names = tuple(map(str, record))
        found = self._known.get(names)
        if found is None:
            if len(self._known) > 1000:
                self._known.clear()
            found = self._known[names] = resolve(names, self._mapping)
            if len(self.seen) < 1000:
                self.seen.update(dict.fromkeys(names))
        return found


def _record(
    entry: Record, source: str, columns: _Columns, remarks: Sequence[str], config: ReadConfig
) -> Iterator[Article | Rejected]:
    """Yield the article of a record, or why there is none; nothing where it has no text field."""
    name = f"{source}:{entry.number}" if entry.number else source
    record = flatten(entry.fields, config.fields)
    found = columns.resolve(record)
    if not has_text(found):
        columns.miss(entry.number, config.max_listed)
        return
    columns.with_text += 1
    raw = pick(record, found)
    if isinstance(raw, str):
        yield Rejected(name, Reason.BAD_RECORD, f"{raw}. Mend or remove the record.")
        return
    said = tuple(filter(None, (*remarks, entry.remark)))
    try:
        yield compose(replace(raw, remarks=said), name, config)
    except UnreadableError as error:
        yield error.rejected(name)


class _Ledger:
    """Lists the bad records of a file singly up to a cap, and counts the rest."""

    def __init__(self, source: str, config: ReadConfig) -> None:
        self._source = source
        self._most = config.max_listed
        self.counts: Counter[Reason] = Counter()

    def list(self, number: int, reason: Reason, detail: str) -> Iterator[Rejected]:
        """Yield the line of a record, unless there were too many of its kind."""
        self.counts[reason] += 1
        if self.counts[reason] <= self._most:
            name = f"{self._source}:{number}" if number else self._source
            yield Rejected(name, reason, detail)

    def close(self) -> Iterator[Rejected]:
        """Yield a line for each reason of which more was found than listed."""
        for reason, count in sorted(self.counts.items()):
            if count > self._most:
                yield Rejected(
                    self._source,
                    reason,
                    f"{count - self._most} more records were left out for the same reason as the "
                    f"{self._most} that are listed. Mend the file at its source and export it "
                    "again.",
                )
