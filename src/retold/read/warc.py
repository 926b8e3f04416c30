"""Web archives: the pages in WARC files, packed or not, and in the WARC files of a WACZ."""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from retold.model import Reason
from retold.read import http
from retold.read import stream as streams
from retold.read.decode import decode
from retold.read.errors import UnreadableError
from retold.read.fields import Raw
from retold.read.page import declared_charset
from retold.read.records import Page, Problem, shown
from retold.read.stream import size

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.read.files import Opened

_TYPES = frozenset({"response", "resource", "conversion"})
"""Records that hold a page; the others tell about requests, repeated visits and the crawl."""
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_MOST_HEADER = 1 << 20
"""Bytes of a record's header at most."""
_MEMBER = re.compile(r"(?:.*/)?archive/[^/]+\.warc(?:\.gz|\.zst)?", re.IGNORECASE)
_REMEDY = "Copy or download the file again."


def pages(item: Opened, config: ReadConfig) -> Iterator[Page | Problem]:
    """Yield the pages of a WARC file, each with the number of its record from 1.

    A page is what was answered with status 200 as HTML or plain text; other records are passed
    over. A record that is damaged is a problem, and reading goes on with the next one.

    Raises:
        UnreadableError: at the place of the damage; all that came before has been yielded.
    """
    yield from _Archive(item.stream, config).pages()


def members(item: Opened, config: ReadConfig) -> Iterator[Page | Problem]:
    """Yield the pages of a WACZ file; the records of all its WARC files are numbered on.

    Of a WARC file in it that is damaged, the records before the damage are read, then the next one.

    Raises:
        UnreadableError: where the WACZ file itself is damaged.
    """
    source = streams.seekable(item.file.path, b"PK", config)
    number = packed = 0
    total = streams.Total(lambda: packed, config)
    try:
        with zipfile.ZipFile(source) as archive:
            infos = {i.filename: i for i in archive.infolist() if _MEMBER.fullmatch(i.filename)}
            for name, info in sorted(infos.items()):
                packed += info.compress_size
                with archive.open(info) as file:
                    parts = total.watch(_pieces(file))
                    records = _Archive(streams.unpacked(parts, total), config, number)
                    try:
                        yield from records.pages()
                    except UnreadableError as error:
                        yield Problem(records.number, error.reason, f"In {name}: {error.detail}")
                    number = records.number
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableError(
            Reason.DAMAGED,
            f"The WACZ file is damaged ({shown(str(error))}). {_REMEDY}",
        ) from error


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the bytes of a member of a ZIP archive.

    Raises:
        UnreadableError: at the place of the damage.
    """
    try:
        while piece := file.read(streams.PIECE):
            yield piece
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError) as error:
        raise UnreadableError(
            Reason.DAMAGED, f"Its ZIP data are damaged ({shown(str(error))}). {_REMEDY}"
        ) from error


class _Archive:
    """The records of a stream of bytes."""

    def __init__(self, stream: Iterator[bytes], config: ReadConfig, number: int = 0) -> None:
        self._bytes = _Bytes(stream)
        self._config = config
        self._whole = number
        """The number of the last record that was there as a whole."""
        self.number = number
        """The number of the record that is read."""

    def pages(self) -> Iterator[Page | Problem]:
        while True:
            try:
                line = self._start()
                if not line:
                    return
                self.number += 1
                if not line.startswith(b"WARC/"):
                    yield self._problem("does not begin like one")
                    self._seek()
                    continue
                found = http.headers(self._header())
                length = found.get("content-length", "")
                if not re.fullmatch(r"[0-9]{1,18}", length, re.ASCII):
                    yield self._problem("does not say how long it is")
                    self._seek()
                    continue
                yield from self._record(found, int(length))
                self._whole = self.number
            except UnreadableError as error:
                if error.reason is not Reason.DAMAGED:
                    raise
                raise UnreadableError(
                    error.reason, f"It breaks off after record {self._whole}. {error.detail}"
                ) from error

    def _start(self) -> bytes:
        """Return the first line of the next record; empty at the end."""
        while True:
            line = self._bytes.line(_MOST_HEADER)
            if line.strip() or not line:
                return line

    def _seek(self) -> None:
        """Read past what is damaged, up to the line that begins the next record."""
        while (line := self._bytes.line(_MOST_HEADER)) and not line.startswith(b"WARC/1."):
            pass
        self._bytes.back(line)

    def _header(self) -> bytes:
        lines: list[bytes] = []
        total = 0
        while (line := self._bytes.line(_MOST_HEADER)).strip():
            lines.append(line)
            total += len(line)
            if total > _MOST_HEADER:
                break
        if not line:
            raise _ends()
        return b"".join(lines)

    def _record(self, found: Mapping[str, str], length: int) -> Iterator[Page | Problem]:
        address = found.get("warc-target-uri", "").strip("<> ")
        wanted = found.get("warc-type", "").lower() in _TYPES and _is_page(address)
        if not wanted:
            self._bytes.skip(length)
            return
        most = self._config.max_article_bytes
        if length > most:
            kind = http.media_type(http.headers(self._bytes.peek(1 << 14)).get("content-type", ""))
            self._bytes.skip(length)
            if kind in _HTML:
                yield Problem(
                    self.number,
                    Reason.TOO_LARGE,
                    f"The record is larger than {size(most)}. Save the article alone, or copy its "
                    "text into a .txt file.",
                )
            return
        block = self._bytes.take(length)
        try:
            raw = _page(found, block, address, most)
        except UnreadableError as error:
            yield Problem(self.number, error.reason, error.detail)
            return
        if raw is not None:
            yield Page(self.number, raw)

    def _problem(self, what: str) -> Problem:
        return Problem(
            self.number,
            Reason.DAMAGED,
            f"The record {what}; the next one that does was looked for. {_REMEDY}",
        )


def _is_page(address: str) -> bool:
    if not address.lower().startswith(("http://", "https://")):
        return False
    try:
        return urlsplit(address).path.lower() != "/robots.txt"
    except ValueError:
        return True


def _page(found: Mapping[str, str], block: bytes, address: str, most: int) -> Raw | None:
    """Return the fields of a record's page; None where it is none."""
    kind, data = found.get("content-type", ""), block
    response = None
    if found.get("warc-type", "").lower() == "response":
        response = http.parse(block)
        if response is None or response.status != 200:
            return None
        kind = response.headers.get("content-type", "")
    media = http.media_type(kind)
    if media not in _HTML and media != "text/plain":
        return None
    if response is not None:
        data = http.body(response, most)
    declared = http.charset(kind)
    remarks = ["The crawler cut the page off."] if "warc-truncated" in found else []
    if media == "text/plain":
        text = decode(data, declared)
        return Raw(text=text.text, url=address, remarks=_said(remarks, text.remark))
    page = decode(data, declared or declared_charset(data))
    return Raw(html=page.text, url=address, remarks=_said(remarks, page.remark))


def _said(remarks: list[str], more: str) -> tuple[str, ...]:
    return tuple(filter(None, (*remarks, more)))


class _Bytes:
    """Lines and blocks of a stream; no more of it is held than they need."""

    def __init__(self, stream: Iterator[bytes]) -> None:
        self._stream = stream
        self._held = b""
        self._place = 0
        """How much of ``_held`` was passed on."""

    def _more(self) -> bool:
        piece = next(self._stream, None)
        if piece is None:
            return False
        self._held, self._place = self._held[self._place :] + piece, 0
        return True

    def line(self, limit: int) -> bytes:
        """Return the next line with its end, or about ``limit`` bytes of it; empty at the end."""
        while (end := self._held.find(b"\n", self._place) + 1) == 0:
            if len(self._held) - self._place >= limit or not self._more():
                end = len(self._held)
                break
        return self._pass(end)

    def _pass(self, end: int) -> bytes:
        found, self._place = self._held[self._place : end], end
        return found

    def back(self, line: bytes) -> None:
        """Put a line back."""
        self._held, self._place = line + self._held[self._place :], 0

    def peek(self, length: int) -> bytes:
        """Return the next bytes without passing over them."""
        while len(self._held) - self._place < length and self._more():
            pass
        return self._held[self._place : self._place + length]

    def take(self, length: int) -> bytes:
        """Return the next ``length`` bytes.

        Raises:
            UnreadableError: where there are fewer.
        """
        parts: list[bytes] = []
        while length > len(self._held) - self._place:
            length -= len(self._held) - self._place
            parts.append(self._pass(len(self._held)))
            if not self._more():
                raise _ends()
        return b"".join((*parts, self._pass(self._place + length)))

    def skip(self, length: int) -> None:
        """Pass over the next ``length`` bytes.

        Raises:
            UnreadableError: where there are fewer.
        """
        while length > len(self._held) - self._place:
            length -= len(self._held) - self._place
            self._place = len(self._held)
            if not self._more():
                raise _ends()
        self._place += length


def _ends() -> UnreadableError:
    return UnreadableError(Reason.DAMAGED, f"The file ends in the middle of it. {_REMEDY}")
