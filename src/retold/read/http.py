"""An HTTP response as it was stored: its status, its type, and its body as a browser sees it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from retold.model import Reason
from retold.read.errors import UnreadableError
from retold.read.stream import GZIP_MAGIC, ZSTD_MAGIC, ZSTD_PIECE, ZSTD_WINDOW, size

_STATUS = re.compile(rb"HTTP/[\d.]+\s+(\d{3})\b")
_HEADER = re.compile(rb"([!-9;-~]+)[ \t]*:[ \t]*(.*?)[ \t]*\r?", re.DOTALL)
_CHUNK = re.compile(rb"\s*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,999})?\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_END = re.compile(rb"\r?\n\r?\n")
_MOST_CODINGS = 4


@dataclass(frozen=True, slots=True)
class Response:
    """The head of a response, and its body as it was sent."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case; of several of one name, the first."""
    body: bytes


def parse(block: bytes) -> Response | None:
    """Split a stored response; None where it is no HTTP."""
    status = _STATUS.match(block)
    if status is None:
        return None
    end = _END.search(block)
    stop, start = (end.start(), end.end()) if end else (len(block), len(block))
    return Response(int(status[1]), headers(block[status.end() : stop]), block[start:])


def headers(block: bytes) -> dict[str, str]:
    """Return the headers of a block of lines, by their name in lower case."""
    found: dict[str, str] = {}
    for line in block.split(b"\n"):
        if match := _HEADER.fullmatch(line):
            found.setdefault(match[1].decode("ascii").lower(), match[2].decode("utf-8", "replace"))
    return found


def media_type(value: str) -> str:
    """Return a content type without its parameters, in lower case."""
    return value.partition(";")[0].strip().lower()


def charset(value: str) -> str:
    """Return the encoding that a content type names; empty where it names none."""
    match = _CHARSET.search(value)
    return match[1] if match else ""


def body(response: Response, limit: int, *, whole: bool = False) -> bytes:
    """Return the body without chunks and compression, at most ``limit`` bytes.

    Archives often keep the headers of chunks and compression that they have taken off already: a
    body that does not begin as its headers say is taken as it is. One that breaks off is kept up to
    there, unless it must be ``whole``.

    Raises:
        UnreadableError: where it is too large, packed in a way that is not known, or breaks off and
            must not.
    """
    data = response.body
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        data = _dechunk(data)
    codings = response.headers.get("content-encoding", "").lower().split(",")[-_MOST_CODINGS:]
    for coding in reversed(codings):
        data = _unpack(data, coding.strip(), limit, whole=whole)
    if len(data) > limit:
        raise _too_large(limit)
    return data


def _dechunk(data: bytes) -> bytes:
    parts: list[bytes] = []
    place = 0
    while match := _CHUNK.match(data, place):
        length = int(match[1], 16)
        if not length:
            break
        parts.append(data[match.end() : match.end() + length])
        place = match.end() + length
    return b"".join(parts) if parts else data


def _unpack(data: bytes, coding: str, limit: int, *, whole: bool) -> bytes:
    if coding in {"gzip", "x-gzip"}:
        if not data.startswith(GZIP_MAGIC):
            return data
        found = _inflate(data, zlib.MAX_WBITS | 16, limit, whole=whole)
        if found is None and whole:
            raise _breaks_off()
        return found or b""
    if coding == "deflate":  # with or without the header of zlib, as servers understood it
        for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
            if (found := _inflate(data, bits, limit, whole=whole)) is not None:
                return found
        return data
    if coding == "br":
        found = _unbrotli(data, limit, whole=whole)
        return data if found is None else found
    if coding == "zstd":
        return _unzstd(data, limit, whole=whole) if data.startswith(ZSTD_MAGIC) else data
    if coding in {"", "identity", "none", "utf-8"}:
        return data
    raise UnreadableError(
        Reason.BAD_RECORD,
        f"The page is packed as {coding[:20]!r}, which is not known. Save the page anew.",
    )


def _inflate(data: bytes, bits: int, limit: int, *, whole: bool) -> bytes | None:
    """Unpack what can be unpacked; None where nothing can."""
    inflater = zlib.decompressobj(bits)
    parts: list[bytes] = []
    total = 0
    try:
        while data and not inflater.eof:
            part = inflater.decompress(data, 1 << 20)
            parts.append(part)
            total += len(part)
            if total > limit:
                raise _too_large(limit)
            if not part and data == inflater.unconsumed_tail:
                break
            data = inflater.unconsumed_tail
    except zlib.error:
        if not total:
            return None
    if whole and not inflater.eof:
        raise _breaks_off()
    return b"".join(parts)


def _unbrotli(data: bytes, limit: int, *, whole: bool) -> bytes | None:
    """Unpack what can be unpacked; None where nothing can."""
    import brotli

    inflater = brotli.Decompressor()
    parts: list[bytes] = []
    total = 0
    try:
        while part := inflater.process(data, output_buffer_limit=1 << 20):
            data = b""
            parts.append(part)
            total += len(part)
            if total > limit:
                raise _too_large(limit)
    except brotli.error:
        if not total:
            return None
    if whole and not inflater.is_finished():
        raise _breaks_off()
    return b"".join(parts)


def _unzstd(data: bytes, limit: int, *, whole: bool) -> bytes:
    import zstandard

    inflater = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW).decompressobj()
    parts: list[bytes] = []
    total = 0
    try:
        for start in range(0, len(data), ZSTD_PIECE):
            parts.append(inflater.decompress(data[start : start + ZSTD_PIECE]))
            total += len(parts[-1])
            if total > limit:
                raise _too_large(limit)
            if inflater.eof:
                break
    except zstandard.ZstdError:
        pass  # what came before the damage is kept
    if whole and not inflater.eof:
        raise _breaks_off()
    return b"".join(parts)


def _breaks_off() -> UnreadableError:
    return UnreadableError(
        Reason.DAMAGED, "What was packed breaks off in the middle. Fetch it again later."
    )


def _too_large(limit: int) -> UnreadableError:
    return UnreadableError(
        Reason.TOO_LARGE,
        f"The page is larger than {size(limit)}. Save the article alone, or copy its text into a "
        ".txt file.",
    )
