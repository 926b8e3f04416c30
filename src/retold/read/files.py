"""A file, opened: what it is, its bytes unpacked, and what it holds: one article or records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retold.model import Reason
from retold.read import markdown, parquet, records, warc
from retold.read import stream as streams
from retold.read.decode import Decoded, decode
from retold.read.errors import UnreadableError
from retold.read.fields import Raw, pick, resolve
from retold.read.ledger import Ledger
from retold.read.sniff import HEAD, Format, sniff
from retold.read.walk import Found

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.read.records import Page, Problem, Record

EMPTY = "The file is empty. Remove it, or save the article again."
"""What is said of a file of no bytes."""
_SPLIT = "If it holds many articles, split it: one a file, or one a line as JSONL."


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that can be read."""

    file: Found
    kind: Format
    stream: Iterator[bytes]
    """Its bytes, unpacked and (where a byte order mark stood) as UTF-8."""
    remarks: tuple[str, ...]
    """What had to be assumed about the whole file."""

    @property
    def single(self) -> bool:
        """Whether the whole file is one article."""
        return self.kind in {Format.TEXT, Format.MARKDOWN, Format.HTML}


def opened(file: Found, config: ReadConfig) -> Opened:
    """Open a file and tell what it is.

    Raises:
        UnreadableError: where it is empty or nothing that can be read.
    """
    stream = streams.pieces(file.path, config)
    first, stream = streams.head(stream, HEAD)
    if not first:
        raise UnreadableError(Reason.EMPTY, EMPTY)
    stream, marked = streams.as_utf8(first, stream)
    if marked:
        first, stream = streams.head(stream, HEAD)
    kind, remark = sniff(file.source, first, marked=bool(marked))
    remarks = [remark] if remark else []
    if marked and marked != "UTF-8":
        remarks.append(f"It is {marked}, by its byte order mark.")
    return Opened(file, kind, stream, tuple(remarks))


def article(item: Opened, config: ReadConfig) -> Raw:
    """Return the fields of a file that is one article.

    Raises:
        UnreadableError: where it is too large, or no text.
    """
    data = streams.whole(item.stream, config.max_article_bytes, _SPLIT)
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
    if item.kind is Format.HTML:
        from retold.read.page import declared_charset

        page = decode(data, declared_charset(data))
        return Raw(html=page.text, remarks=tuple(filter(None, (*item.remarks, page.remark))))
    return from_text(decode(data), item.kind, config, item.remarks)


def from_text(
    decoded: Decoded, kind: Format, config: ReadConfig, remarks: tuple[str, ...] = ()
) -> Raw:
    """Return the fields of a whole text: of its front matter, and the title of its Markdown."""
    said = tuple(filter(None, (*remarks, decoded.remark)))
    raw = Raw(text=decoded.text, remarks=said)
    fields, body = markdown.front_matter(raw.text.replace("\r\n", "\n"))
    if fields:
        found = resolve(tuple(fields), config.fields)
        picked = pick(fields, found)
        if isinstance(picked, Raw) and found:
            raw = replace(picked, text=body, html="", remarks=raw.remarks)
    if kind is Format.MARKDOWN:
        title, body = markdown.plain(body)
        raw = replace(raw, text=body, title=raw.title or title)
    return raw


def ledger(item: Opened, config: ReadConfig) -> Ledger:
    """Open the book of a file of many."""
    empty = ""
    if item.kind in {Format.WARC, Format.WACZ}:
        empty = (
            "It holds no page: nothing that was answered with status 200 as HTML or plain text. "
            "Remove it, or crawl the pages again."
        )
    return Ledger(item.file.source, config, empty)


def entries(item: Opened, config: ReadConfig) -> Iterator[Record | Page | Problem]:
    """Yield the records of a file of many, or the pages of a web archive.

    Raises:
        UnreadableError: at the place of the damage; all that came before has been yielded.
    """
    match item.kind:
        case Format.JSONL:
            yield from records.json_lines(item.stream, config)
        case Format.JSON:
            remedy = "Write it as JSON Lines, one object a line: such files are read at any size."
            data = streams.whole(item.stream, config.max_json_bytes, remedy)
            yield from records.json_document(data)
        case Format.CSV | Format.TSV:
            yield from records.table(item.stream, config, tabs=item.kind is Format.TSV)
        case Format.WARC:
            yield from warc.pages(item, config)
        case Format.WACZ:
            yield from warc.members(item, config)
        case _:
            yield from parquet.rows(item, config)
