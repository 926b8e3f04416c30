"""Files and folders to articles, one after the other."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from retold.config import ReadConfig
from retold.engine.base import Progress, silent
from retold.errors import InputError, UsageError
from retold.model import Article, Reason, Rejected
from retold.read import files
from retold.read.compose import compose
from retold.read.errors import UnreadableError
from retold.read.fields import FIELDS, Raw, check_mapping, flatten, has_text, pick
from retold.read.records import Page, Problem
from retold.read.walk import Found, walk

if TYPE_CHECKING:
    from retold.read.files import Opened
    from retold.read.ledger import Ledger
    from retold.read.records import Record

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
    found, rejected = walk(paths)
    yield from sorted(rejected)
    seen: dict[str, str] = {}
    for done, file in enumerate(found):
        progress("read", done, len(found))
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
    progress("read", len(found), len(found))


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
        item = files.opened(file, config)
        if item.single:
            yield compose(files.article(item, config), file.source, config)
        else:
            yield from _many(item, config)
    except UnreadableError as error:
        yield error.rejected(file.source)


def _many(item: Opened, config: ReadConfig) -> Iterator[Article | Rejected]:
    """Read a file of records; of one that is damaged, what stands before the damage."""
    ledger = files.ledger(item, config)
    good = 0
    damage: UnreadableError | None = None
    try:
        for entry in files.entries(item, config):
            if isinstance(entry, Problem):
                yield from ledger.list(entry.number, entry.reason, entry.detail)
                continue
            for made in _record(entry, ledger, item.remarks, config):
                if isinstance(made, Article):
                    good += 1
                    yield made
                elif made.reason in _KEPT:
                    yield made
                else:
                    yield from ledger.list(entry.number, made.reason, made.detail)
    except UnreadableError as error:
        damage = error
    yield from ledger.close(good, damage)


def _record(
    entry: Record | Page, ledger: Ledger, remarks: Sequence[str], config: ReadConfig
) -> Iterator[Article | Rejected]:
    """Yield the article of a record, or why there is none; nothing where it has no text field."""
    name = ledger.name(entry.number)
    if isinstance(entry, Page):
        raw: Raw | str = entry.raw
        said: tuple[str, ...] = entry.raw.remarks
    else:
        record = flatten(entry.fields, config.fields)
        found = ledger.resolve(record)
        if not has_text(found):
            ledger.miss(entry.number)
            return
        raw = pick(record, found)
        said = (entry.remark,) if entry.remark else ()
    ledger.with_text += 1
    if isinstance(raw, str):
        yield Rejected(name, Reason.BAD_RECORD, f"{raw}. Mend or remove the record.")
        return
    try:
        yield compose(replace(raw, remarks=(*remarks, *said)), name, config)
    except UnreadableError as error:
        yield error.rejected(name)
