"""The vectors of sentences, kept in files beside the desk: they only save time.

To find them is most of the work of telling a story anew, where the process that does it did not
tell it just now. They take some forty times the room of the article itself, so only those of the
stories that were told last are kept, and not in the desk's file, which is copied for backups. A
file that is damaged, or was made by another Retold or model, is as good as none. Whoever deletes
them loses nothing but time.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from retold.desk import locks
from retold.desk.code import made_by
from retold.model import Document
from retold.rewrite import vectors
from retold.rewrite.vectors import DIMENSIONS, Embedded

MOST = 1 << 29
"""Bytes that are kept, those of the articles last told: some thousand articles of 700 words."""
CODE = ("lexicon.npz", "lexicon.py", "rewrite/vectors.py", "text.py")
"""What decides the vectors of a sentence, beside the model."""


def folder(desk: Path) -> Path:
    """Return where they are kept for a desk."""
    return desk.with_name(f"{desk.name}.vectors")


def recall(desk: Path, documents: Iterable[Document]) -> set[str]:
    """Let the sentences of documents be known that are kept; return the ids of these documents."""
    found: dict[str, Embedded] = {}
    recalled = set()
    for document in documents:
        path = _path(desk, document)
        with suppress(OSError, ValueError):
            found |= _unpacked(path.read_bytes(), _texts(document))
            os.utime(path)
            recalled.add(document.id)
    vectors.remember(found)
    return recalled


def keep(desk: Path, documents: Iterable[Document]) -> None:
    """Keep what is known of the sentences of documents, and drop what was not used for longest.

    Where there is no room for it, it is not kept.
    """
    told = [(_path(desk, document), _texts(document)) for document in documents]
    known = vectors.remembered(text for _, texts in told for text in texts)
    new = [(path, texts) for path, texts in told if texts and known.keys() >= set(texts)]
    if not new:
        return
    with suppress(OSError):
        _make(folder(desk), desk)
        for path, texts in new:
            _write(path, _packed([known[text] for text in texts], texts))
        _prune(folder(desk))


def _make(kept: Path, desk: Path) -> None:
    """Make the folder, open to those alone who may read the desk: its files name the words."""
    open_to = desk.stat().st_mode & 0o666
    wanted = open_to | (open_to & 0o444) >> 2
    if not kept.is_dir():
        kept.mkdir(exist_ok=True, mode=wanted)
        locks.belong(kept, desk)
    if kept.stat().st_mode & 0o777 != wanted:
        kept.chmod(wanted)


def _path(desk: Path, document: Document) -> Path:
    return folder(desk) / document.id.rpartition(":")[2]


def _texts(document: Document) -> list[str]:
    return sorted({document.text_of(sentence.span) for sentence in document.sentences})


@cache
def _made() -> str:
    """Return by what vectors are made now."""
    return f"{made_by(*CODE)} {vectors.MODEL_SHA256} {vectors.VOCABULARY_SHA256}"


def _of(texts: Iterable[str]) -> str:
    return sha256("\n".join(texts).encode(errors="surrogatepass")).hexdigest()


def _head(texts: Iterable[str], rest: bytes) -> bytes:
    """Return the first line of a file: by what it was made, of what, and a sum over the rest."""
    return f"{_made()} {_of(texts)} {zlib.crc32(rest):08x}\n".encode()


def _packed(found: list[Embedded], texts: list[str]) -> bytes:
    body = b"".join(
        values.tobytes()
        for each in found
        for values in (each.vector.astype("<f4"), each.words.astype("<f2"))
    )
    rest = json.dumps([each.forms for each in found]).encode() + b"\n" + body
    return _head(texts, rest) + rest


def _unpacked(packed: bytes, texts: list[str]) -> dict[str, Embedded]:
    """Read what was packed.

    Raises:
        ValueError: it is damaged, of other sentences, or was made by something else.
    """
    head, end, rest = packed.partition(b"\n")
    # nothing is read of what is not as it was written
    if head + end != _head(texts, rest):
        raise ValueError("of no use")
    forms, _, body = rest.partition(b"\n")
    found: dict[str, Embedded] = {}
    at = 0
    for text, words in zip(texts, json.loads(forms), strict=True):
        vector = np.frombuffer(body, "<f4", DIMENSIONS, at).astype(np.float32)
        at += 4 * DIMENSIONS
        table = np.frombuffer(body, "<f2", len(words) * DIMENSIONS, at).astype(np.float16)
        at += 2 * DIMENSIONS * len(words)
        found[text] = Embedded(vector, table.reshape(-1, DIMENSIONS), tuple(words))
    return found


def _write(path: Path, packed: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        part.write_bytes(packed)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _prune(kept: Path) -> None:
    """Drop what was not used for longest, until the rest is no more than is kept."""
    with os.scandir(kept) as entries:
        found = [(entry.stat(), entry.path) for entry in entries]
    room = MOST
    for _, size, path in sorted(((s.st_mtime_ns, s.st_size, p) for s, p in found), reverse=True):
        room -= size
        if room < 0:
            Path(path).unlink(missing_ok=True)
