"""Bytes from a file: unpacked, piece by piece, bounded.

Nothing here holds more than a piece of a file, whatever the file is: a line of two gigabytes, a
gzip bomb, or a stream that ends in the middle.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from retold.model import Reason
from retold.read.errors import UnreadableError

if TYPE_CHECKING:
    from retold.config import ReadConfig

PIECE = 1 << 16
"""Bytes that are read from the disk at once."""
GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
ZSTD_PIECE = 1 << 10  # four bytes can say "128 KiB of one byte": 1 KiB gives 32 MiB at most
ZSTD_WINDOW = 1 << 27  # 128 MiB, what the zstd tool itself accepts without being asked
_BOMS = (  # the longer first: the mark of UTF-32-LE begins with that of UTF-16-LE
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def pieces(path: Path, config: ReadConfig) -> Iterator[bytes]:
    """Yield the bytes of ``path``, unpacked where they are gzip or zstd, whatever the name says.

    Raises:
        UnreadableError: at the place of the damage; all that came before has been yielded.
    """
    with _opened(path) as stream:
        parts = iter(lambda: stream.read(PIECE), b"")
        yield from unpacked(parts, Total(stream.tell, config))


def unpacked(stream: Iterator[bytes], total: Total) -> Iterator[bytes]:
    """Unpack a stream that is gzip or zstd, and yield any other as it is.

    Raises:
        UnreadableError: at the place of the damage; all that came before has been yielded.
    """
    first = next(stream, b"")
    rest = chain((first,), stream)
    if first.startswith(GZIP_MAGIC):
        yield from total.watch(_gunzip(rest))
    elif first.startswith(ZSTD_MAGIC):
        yield from total.watch(_unzstd(rest))
    else:
        yield from rest


def digest(path: Path) -> tuple[int, bytes]:
    """Return the number of bytes in a file and their SHA-256.

    Raises:
        UnreadableError: where the system does not let it be read.
    """
    whole, size = hashlib.sha256(), 0
    with _opened(path) as stream:
        while piece := stream.read(1 << 20):
            whole.update(piece)
            size += len(piece)
    return size, whole.digest()


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading, whatever the system says put in words.

    Raises:
        UnreadableError: where the system does not let it be read.
    """
    try:
        with path.open("rb") as stream:
            yield stream
    except PermissionError as error:
        raise UnreadableError(
            Reason.NO_PERMISSION,
            "It may not be read by you. Give yourself permission (chmod u+r) and run again.",
        ) from error
    except FileNotFoundError as error:
        raise UnreadableError(
            Reason.MISSING, "There is no such file. Check the spelling of the path."
        ) from error
    except OSError as error:
        raise UnreadableError(
            Reason.DAMAGED,
            f"The system could not read it ({error.strerror or error}). Copy the file anew.",
        ) from error


class Total:
    """Counts what packed streams unpack to, and stops where that is more than news text can."""

    def __init__(self, packed: Callable[[], int], config: ReadConfig) -> None:
        """Begin to count; ``packed`` says how many packed bytes have been read so far."""
        self._packed = packed
        self._config = config
        self._total = 0

    def watch(self, stream: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the pieces of a stream while they are no bomb."""
        config = self._config
        for piece in stream:
            self._total += len(piece)
            bomb = self._total > config.max_expansion * max(self._packed(), PIECE)
            if self._total > config.max_unpacked_bytes or (
                self._total > config.min_bomb_bytes and bomb
            ):
                raise UnreadableError(
                    Reason.TOO_LARGE,
                    f"It unpacks to more than {size(self._total)}, which no archive of news text "
                    "does at this size. If it is meant to, unpack it and split it into smaller "
                    "files.",
                )
            yield piece


def _gunzip(stream: Iterator[bytes]) -> Iterator[bytes]:
    def inflate(inflater: Any, data: bytes) -> Iterator[bytes]:
        while data:
            yield inflater.decompress(data, 1 << 20)
            data = b"" if inflater.eof else inflater.unconsumed_tail

    def make() -> Any:
        return zlib.decompressobj(zlib.MAX_WBITS | 16)

    yield from _members(stream, _Packing("gzip", GZIP_MAGIC, make, inflate, zlib.error))


def _unzstd(stream: Iterator[bytes]) -> Iterator[bytes]:
    import zstandard

    def inflate(inflater: Any, data: bytes) -> Iterator[bytes]:
        yield inflater.decompress(data)

    factory = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW)
    packing = _Packing("zstd", ZSTD_MAGIC, factory.decompressobj, inflate, zstandard.ZstdError)
    small = (p[i : i + ZSTD_PIECE] for p in stream for i in range(0, len(p), ZSTD_PIECE))
    yield from _members(small, packing)


@dataclass(frozen=True, slots=True)
class _Packing:
    """A way of packing bytes into members that may follow one another."""

    name: str
    magic: bytes
    make: Callable[[], Any]
    inflate: Callable[[Any, bytes], Iterator[bytes]]
    error: type[Exception]


def _members(stream: Iterator[bytes], packing: _Packing) -> Iterator[bytes]:
    """Unpack one member after the other; zeros after the last are padding."""
    inflater = packing.make()
    pending = b""
    for piece in stream:
        pending += piece
        while pending:
            if inflater is None:
                pending = pending.lstrip(b"\0")
                if len(pending) < len(packing.magic):
                    break
                inflater = packing.make()
            try:
                yield from packing.inflate(inflater, pending)
            except packing.error as error:
                raise _damaged(packing.name, str(error)) from error
            pending = b""
            if inflater.eof:
                pending, inflater = inflater.unused_data, None
    if inflater is not None or pending:
        raise _damaged(packing.name, "they end in the middle")


def _damaged(name: str, what: str) -> UnreadableError:
    return UnreadableError(
        Reason.DAMAGED,
        f"Its {name} data are damaged ({what}). Copy or download the file again.",
    )


def head(stream: Iterator[bytes], length: int) -> tuple[bytes, Iterator[bytes]]:
    """Return the first ``length`` bytes or a little more, and the whole stream again.

    Damage within the head is raised again only when the stream comes to it.
    """
    start: list[bytes] = []
    held: UnreadableError | None = None
    try:
        while sum(map(len, start)) < length:
            piece = next(stream, None)
            if piece is None:
                break
            start.append(piece)
    except UnreadableError as error:
        if not any(start):
            raise
        held = error

    def again() -> Iterator[bytes]:
        yield from start
        if held is not None:
            raise held
        yield from stream

    return b"".join(start), again()


def whole(stream: Iterator[bytes], limit: int, remedy: str) -> bytes:
    """Return all bytes of a stream that may hold at most ``limit``.

    Raises:
        UnreadableError: where it holds more; nothing beyond the limit is kept.
    """
    parts: list[bytes] = []
    total = 0
    for piece in stream:
        total += len(piece)
        if total > limit:
            raise UnreadableError(Reason.TOO_LARGE, f"It is larger than {size(limit)}. {remedy}")
        parts.append(piece)
    return b"".join(parts)


def seekable(path: Path, magic: bytes, config: ReadConfig) -> Path | io.BytesIO:
    """Return a file that begins with ``magic`` itself; of one that is packed, its content.

    Raises:
        UnreadableError: where that is too large to be held.
    """
    with _opened(path) as file:
        if file.read(len(magic)) == magic:
            return path
    remedy = "Unpack it first: it is of a format that is packed inside."
    return io.BytesIO(whole(pieces(path, config), config.max_json_bytes, remedy))


def lines(stream: Iterator[bytes], limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its number from 1 and its end; None for one longer than ``limit``."""
    parts: list[bytes] = []
    number, length = 1, 0
    for piece in stream:
        *full, rest = piece.split(b"\n")
        for line in full:
            length += len(line)
            if length > limit:
                yield number, None
            elif parts:
                yield number, b"".join((*parts, line, b"\n"))
            else:
                yield number, line + b"\n"
            number, parts, length = number + 1, [], 0
        length += len(rest)
        if length > limit:
            parts = []  # the rest of the line is read past, not kept
        elif rest:
            parts.append(rest)
    if length > limit:
        yield number, None
    elif parts:
        yield number, b"".join(parts)


def as_utf8(first: bytes, stream: Iterator[bytes]) -> tuple[Iterator[bytes], str]:
    """Turn a stream with the byte order mark of UTF-16 or UTF-32 into UTF-8; drop UTF-8's own mark.

    ``first`` is the head of the stream. Returns the stream and the name of the encoding it had,
    empty where no mark was found.
    """
    for mark, encoding in _BOMS:
        if first.startswith(mark):
            return _recode(stream, encoding), encoding.upper()
    if first.startswith(codecs.BOM_UTF8):
        return _without_mark(stream), "UTF-8"
    return stream, ""


def _recode(stream: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for piece in stream:
        yield decoder.decode(piece).encode("utf-8", "surrogatepass")
    yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")


def _without_mark(stream: Iterator[bytes]) -> Iterator[bytes]:
    start = b""
    for piece in stream:
        if len(start) < len(codecs.BOM_UTF8):
            start += piece
            if len(start) < len(codecs.BOM_UTF8):
                continue
            yield start.removeprefix(codecs.BOM_UTF8)
        else:
            yield piece


def size(count: int) -> str:
    """Return a number of bytes in words."""
    for unit, name in ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")):
        if count >= unit:
            return f"{count / unit:.4g} {name}"
    return f"{count} bytes"
