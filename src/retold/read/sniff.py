"""What a file is, by its first bytes; its name is asked only where they leave it open."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import PurePosixPath

from retold.model import Reason
from retold.read.errors import UnreadableError
from retold.read.fields import has_text, resolve
from retold.read.normal import without_comments
from retold.read.stream import GZIP_MAGIC, ZSTD_MAGIC

HEAD = 1 << 16
"""Bytes by which a format is told."""


class Format(StrEnum):
    """The formats that can be read."""

    TEXT = "plain text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    JSONL = "JSON Lines"
    JSON = "JSON"
    CSV = "CSV"
    TSV = "TSV"
    PARQUET = "Parquet"
    WARC = "WARC"
    WACZ = "WACZ"


_BY_SUFFIX = {
    ".txt": Format.TEXT, ".text": Format.TEXT, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN,
    ".html": Format.HTML, ".htm": Format.HTML, ".xhtml": Format.HTML, ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL, ".json": Format.JSON, ".csv": Format.CSV, ".tsv": Format.TSV,
    ".tab": Format.TSV, ".parquet": Format.PARQUET, ".pq": Format.PARQUET, ".warc": Format.WARC,
    ".wacz": Format.WACZ, "": Format.TEXT,
}  # fmt: skip
_PACKED = frozenset({".gz", ".gzip", ".zst", ".zstd"})
_NO_TEXT = frozenset(
    [
        ".py", ".js", ".ts", ".css", ".c", ".h", ".cpp", ".java", ".go", ".rs", ".rb", ".sh",
        ".sql", ".xml", ".rss", ".atom", ".svg", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".log",
        ".tex", ".rtf", ".eml", ".mbox", ".ipynb", ".srt", ".vtt", ".bib", ".lock",
    ]
)  # fmt: skip
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", "Extract its text first: pdftotext FILE.pdf"),
    (
        b"PK\x03\x04",
        "a ZIP archive or an Office document",
        "Unpack it, or save the document as .txt",
    ),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "Save it as .txt"),
    (b"{\\rtf", "an RTF document", "Save it as .txt"),
    (b"\x89PNG", "a picture (PNG)", "Give the text of the article instead"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "Give the text of the article instead"),
    (b"GIF8", "a picture (GIF)", "Give the text of the article instead"),
    (b"II*\0", "a picture (TIFF)", "Give the text of the article instead"),
    (b"MM\0*", "a picture (TIFF)", "Give the text of the article instead"),
    (b"SQLite format 3\0", "an SQLite database", "Export the table as CSV"),
    (b"ARROW1", "an Arrow (Feather) file", "Write it as Parquet or CSV"),
    (b"Obj\x01", "an Avro file", "Write it as Parquet or JSONL"),
    (b"ORC", "an ORC file", "Write it as Parquet or JSONL"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it"),
    (b"Rar!", "a RAR archive", "Unpack it"),
    (b"BZh", "bzip2 data", "Unpack it with bunzip2"),
    (b"\xfd7zXZ\0", "xz data", "Unpack it with unxz"),
    (b"\x04\x22\x4d\x18", "lz4 data", "Unpack it with unlz4"),
    (b"\x7fELF", "a program", "Leave it out"),
    (b"MZ\x90", "a program", "Leave it out"),
    (GZIP_MAGIC, "gzip data inside packed data", "Unpack it once"),
    (ZSTD_MAGIC, "zstd data inside packed data", "Unpack it once"),
)
_STARTS = (
    (re.compile(rb"PAR1"), Format.PARQUET),
    (re.compile(rb"WARC/[01]\."), Format.WARC),
    (re.compile(rb"PK\x03\x04(?s:.{26})(?:archive/|indexes/|pages/|datapackage)"), Format.WACZ),
)
"""How files begin that hold more than text; a WACZ file is a ZIP archive of such names."""
_BEGINS = {Format.PARQUET: "PAR1", Format.WARC: "WARC/", Format.WACZ: "PK"}
_TAG = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_CLOSED = re.compile(r"</(?:p|div|article|section|h1|body|html)\s*>", re.IGNORECASE)
_XML = re.compile(r"\s*<(?:\?xml|rss|feed|urlset|TEI|nitf|newsItem)\b", re.IGNORECASE)


def suffix(name: str) -> str:
    """Return a file's extension in lower case, looking through .gz and .zst."""
    path = PurePosixPath(name)
    if path.suffix.casefold() in _PACKED:
        path = path.with_suffix("")
    return path.suffix.casefold()


def sniff(name: str, head: bytes, *, marked: bool) -> tuple[Format, str]:
    """Return the format of a file and a remark where its name says something else.

    Args:
        name: the file's name or path.
        head: its first bytes, unpacked and (where a byte order mark stood) as UTF-8.
        marked: whether a byte order mark showed that it is text.

    Raises:
        UnreadableError: where it is nothing that can be read.
    """
    ending = suffix(name)
    for start, kind in _STARTS:
        if start.match(head):
            return kind, _remark(ending, kind)
    if ending == ".wacz" and head.startswith(b"PK"):
        return Format.WACZ, ""
    if not marked:
        _refuse_binary(head)
    text = head.decode("utf-8", "replace")
    named = _BY_SUFFIX.get(ending)
    found = _by_content(text, named)
    if found is not None:
        return found, _remark(ending, found)
    if named in _BEGINS:
        raise UnreadableError(
            Reason.DAMAGED,
            f"It is no {named} file: it does not begin with {_BEGINS[named]}. Write or copy it "
            "again.",
        )
    if ending in _NO_TEXT or _XML.match(text):
        raise UnreadableError(
            Reason.UNKNOWN_FORMAT,
            f"Files of this kind ({ending or 'XML'}) are not read as articles. If it holds one, "
            "save its text as .txt; feeds and exports are read as .jsonl or .csv.",
        )
    if named is None:
        return Format.TEXT, f"The extension {ending} is not known; read as plain text."
    if named in {Format.JSON, Format.JSONL, Format.HTML}:
        if named is Format.HTML:
            return Format.TEXT, "It is named as HTML but has no tags; read as plain text."
        if text.lstrip()[:1] not in {"{", "["} and named is Format.JSON:
            raise UnreadableError(
                Reason.DAMAGED, "It is named as JSON but does not begin like it. Export it again."
            )
    return named, ""


def _remark(ending: str, found: Format) -> str:
    named = _BY_SUFFIX.get(ending)
    if named is found or (named is Format.TEXT and not ending):
        return ""
    called = f"It is named {ending}" if ending else "It has no extension"
    return f"{called} but is {found}; read as that."


def _refuse_binary(head: bytes) -> None:
    for magic, what, remedy in _MAGIC:
        if head.startswith(magic):
            raise UnreadableError(Reason.BINARY, f"It is {what}. {remedy}.")
    if head[:4] == b"RIFF" or head[4:8] == b"ftyp" or head[:3] == b"ID3" or head[:4] == b"OggS":
        raise UnreadableError(
            Reason.BINARY, "It is a picture, sound or film. Give the text of the article instead."
        )
    if head[257:262] == b"ustar":
        raise UnreadableError(Reason.BINARY, "It is a tar archive. Unpack it with tar -xf.")
    if b"\0" in head:
        raise UnreadableError(
            Reason.BINARY,
            "It holds NUL bytes, which no text does. If it is text in UTF-16, save it as UTF-8; "
            "else leave it out.",
        )


def _by_content(text: str, named: Format | None) -> Format | None:
    """Return a format that shows in the text itself; None where only the name can tell."""
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        start = without_comments(start).lstrip()
    if _TAG.match(start):
        return Format.HTML
    if start.startswith("<") and _CLOSED.search(start) and not _XML.match(start):
        return Format.HTML
    if start.startswith("{"):
        return _braces(start, named)
    if re.match(r"\[\s*[{\]]", start) and named is not Format.MARKDOWN:
        return Format.JSON
    if named in {Format.TEXT, None, Format.CSV, Format.TSV}:
        header = start.split("\n", 1)[0]
        for mark, kind in (("\t", Format.TSV), (",", Format.CSV)):
            columns = [c.strip(" \"'\r") for c in header.split(mark)]
            plain = len(columns) >= 2 and all(c and len(c) <= 40 for c in columns)
            if plain and _is_header(columns):
                return Format.CSV if named is Format.CSV else kind
    return None


def _is_header(columns: list[str]) -> bool:
    found = resolve(columns, ())
    return has_text(found) and len(found) >= 2


def _braces(start: str, named: Format | None) -> Format | None:
    first, _, rest = start.partition("\n")
    try:
        whole_line = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        whole_line = False
    if whole_line:
        more = rest.lstrip()
        return Format.JSONL if more or named is Format.JSONL else Format.JSON
    if named is Format.JSONL:
        return Format.JSON if re.match(r'\{\s*\n\s*"', start) else Format.JSONL
    return Format.JSON if named is Format.JSON or re.match(r'\{\s*"', start) else None
