"""One batch of articles made ready for the store: ids, words, sketches."""

from __future__ import annotations

from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from retold.config import ScanConfig
from retold.corpus.tables import ARTICLES
from retold.model import Rejected
from retold.read.corpus import Batch
from retold.reuse.buffers import Buffers
from retold.reuse.sketch import Hashes, sketch
from retold.reuse.tokens import Words, tokenise

ID_BYTES = 10
"""Bytes of an article's id: among ten million articles the chance that two are equal by accident is
below one in ten thousand million."""
_NAMED = ("outlet", "title", "url")
_DIGITS = np.frombuffer(b"0123456789abcdef", np.uint8)
_TAG = b"article:"


class Prepared(NamedTuple):
    """A batch as the store keeps it."""

    articles: pa.Table
    """Of the schema of :data:`retold.corpus.tables.ARTICLES`."""
    ids: NDArray[np.uint8]
    """Shape (articles, ID_BYTES)."""
    words: Words
    bounds: NDArray[np.int64]
    """Where each article's words begin; one longer than the articles."""
    starts: NDArray[np.int32]
    """Of each word, its first code point."""
    lengths: NDArray[np.uint8]
    """And its length."""
    hashes: Hashes
    hash_bounds: NDArray[np.int64]
    whole: Hashes
    """By article, a hash of all its words."""
    rejected: tuple[Rejected, ...]


def text_buffers(texts: pa.Array) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the UTF-8 of a ``large_string`` array without nulls, and where each text begins."""
    _, offsets, data = texts.buffers()
    begins = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8), begins


def prepare(batch: Batch, config: ScanConfig, buffers: Buffers) -> Prepared:
    """Make a batch ready. Texts that are there twice stay so: the store tells.

    Words and hashes are written to ``buffers`` and hold until these are used again.
    """
    table = batch.articles.combine_chunks()
    texts = _only(table["text"])
    data, begins = text_buffers(texts)
    tokens = tokenise(data, begins, buffers)
    hashes, hash_bounds, whole = sketch(
        tokens.words, tokens.bounds, config.shingle, config.rate, config.floor, buffers
    )
    ids = _ids(table, data, begins)
    articles = pa.table(
        [
            written(ids),
            *(_only(table[name]) for name in ("source", *_NAMED, "published")),
            pa.array(np.diff(tokens.bounds).astype(np.int32)),
            texts,
        ],
        schema=ARTICLES.schema,
    )
    return Prepared(
        articles,
        ids,
        tokens.words,
        tokens.bounds,
        tokens.starts,
        tokens.lengths,
        hashes,
        hash_bounds,
        whole,
        batch.rejected,
    )


def _only(column: pa.ChunkedArray) -> pa.Array:
    """Return a column's one chunk."""
    return column.chunk(0) if column.num_chunks else pa.array([], column.type)


def _ids(table: pa.Table, data: NDArray[np.uint8], begins: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Hash each article's text and fields."""
    named = [_only(table[name]).fill_null("None") for name in _NAMED]
    moments = _only(table["published"]).cast(pa.int64()).cast(pa.large_string()).fill_null("None")
    end, between = (pa.scalar(c, pa.large_string()) for c in ("", "\x1f"))
    heads, begun = text_buffers(pc.binary_join_element_wise(*named, moments, end, between))
    head, text = heads.tobytes(), data.data
    ids = bytearray()
    edges = zip(pairwise(begun.tolist()), pairwise(begins.tolist()), strict=True)
    for (head_begin, head_end), (begin, end) in edges:
        digest = sha256(head[head_begin:head_end])
        digest.update(text[begin:end])
        ids += digest.digest()[:ID_BYTES]
    return np.frombuffer(bytes(ids), np.uint8).reshape(-1, ID_BYTES)


def written(ids: NDArray[np.uint8], tag: bytes = _TAG) -> pa.Array:
    """Write ids as ``article:`` and hexadecimal digits, as Arrow text."""
    width = len(tag) + 2 * ids.shape[1]
    text = np.empty((len(ids), width), np.uint8)
    text[:, : len(tag)] = np.frombuffer(tag, np.uint8)
    text[:, len(tag) :: 2] = _DIGITS[ids >> 4]
    text[:, len(tag) + 1 :: 2] = _DIGITS[ids & 15]
    offsets = np.arange(len(ids) + 1, dtype=np.int64) * width
    return pa.LargeStringArray.from_buffers(
        len(ids), pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(text))
    )
