"""A judge that users bring: a classifier of sentence pairs, as exported to ONNX, from a folder.

The folder holds the model (one of :data:`MODELS`), its ``tokenizer.json`` and its ``config.json``,
whose ``id2label`` names what each output stands for. Nothing is fetched, and no code of the folder
is run. What a pair of texts gets depends on these two alone: pairs are run in batches only where
the model gives the same in a batch as by itself, which one with dynamic quantisation does not.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retold.engine.local import cores, in_threads
from retold.errors import ModelError
from retold.labels import short
from retold.model import Doubt, ModelFile, rounded
from retold.text import squeeze

MODELS = ("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
"""Where exporters put the model; the first that is there is taken."""
TOKENIZER, CONFIG = "tokenizer.json", "config.json"

LENGTH = 512
"""Tokens of a pair that are read at most, its marks included; fewer where the model reads fewer.
What is too long loses its end, the longer of the two first."""

BATCH = 16
"""Pairs a run, sorted by length so that padding costs little."""

SAME = 1e-4
"""How far a probability may differ between a batch and a single run: what rounding leaves."""

_THREE = frozenset({"contradiction", "entailment", "neutral"})
_DENIED = ("not", "non", "no")
_WIDTHS = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
_NEEDED, _OPTIONAL = {"input_ids", "attention_mask"}, {"token_type_ids"}
_AGAIN = "export the model again with `optimum-cli export onnx --task text-classification`"
_PROBES = (
    ("It rained.", "It was dry."),
    ("The ferry left at noon with 87 people aboard, the harbour board said.", "It sank."),
    ("Nobody was hurt.", "Two sailors and a pilot were hurt when the mast of the ferry broke."),
)
"""Pairs of unlike lengths."""

Floats = NDArray[np.float64]


class CrossEncoder:
    """A classifier of sentence pairs that is ready to judge.

    Attributes:
        file: its folder's name and where the model lies in it; as version, what the outputs are
            called, in their order, and a hash of the tokenizer; the hash of the model.
        doubt: what its probabilities are of.
    """

    def __init__(self, folder: Path) -> None:
        """Load what lies in ``folder``, and try it.

        Raises:
            ModelError: something is missing, damaged or not what a judge needs; the message names
                the file and the remedy.
        """
        if not folder.is_dir():
            raise ModelError(
                f"{folder}: no such folder; give the one that holds {MODELS[0]}, {TOKENIZER} and"
                f" {CONFIG}"
            )
        model = next((folder / name for name in MODELS if (folder / name).is_file()), None)
        if model is None:
            raise ModelError(
                f"{folder}: {MODELS[0]} is missing ({' or '.join(MODELS[1:])} would do, too);"
                f" {_AGAIN}"
            )
        settings = _settings(folder / CONFIG)
        labels = _labels(folder / CONFIG, settings)
        self._model, self._labels = model, labels
        self.doubt, self._column = _sought(folder / CONFIG, labels)
        self._tokenizer = _tokenizer(folder / TOKENIZER, settings)
        self._padding = _padding(self._tokenizer, settings)
        self._tokenizer.no_padding()
        self._session = _session(model)
        self._widths = _widths(model, self._session)
        self.file = ModelFile(
            f"{folder.resolve().name}/{model.relative_to(folder).as_posix()}",
            f"labels {', '.join(labels)}; tokenizer {_digest([folder / TOKENIZER])[:12]}",
            _digest([model, *_weights_beside(model)]),
        )
        self._batch = BATCH if self._same_in_a_batch() else 1

    def judge(self, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], float]:
        """Return how probably each first text leaves the second in ``doubt``, 0..1, by pair.

        Raises:
            ModelError: the model fails on a pair.
        """
        encoded = [
            (pair, self._tokenizer.encode(squeeze(pair[0]), squeeze(pair[1])))
            for pair in sorted(set(pairs))
        ]
        encoded.sort(key=lambda item: len(item[1].ids))
        batches = [encoded[n : n + self._batch] for n in range(0, len(encoded), self._batch)]
        runs = in_threads(self._run, [[e for _, e in batch] for batch in batches], cores())
        return {
            pair: rounded(probability)
            for batch, found in zip(batches, runs, strict=True)
            for (pair, _), probability in zip(batch, found, strict=True)
        }

    def require_contradictions(self) -> None:
        """Make sure that the model tells a contradiction from what is merely not said.

        Raises:
            ModelError: it does not.
        """
        if self.doubt is not Doubt.CONTRADICTED:
            raise ModelError(
                f"{self._model}: tells only what follows from a text from what does not"
                f" ({', '.join(self._labels)}), so it can check a text but not compare readings;"
                " take one that names contradiction, too"
            )

    def _same_in_a_batch(self) -> bool:
        encoded = [self._tokenizer.encode(*pair) for pair in _PROBES]
        alone = np.concatenate([self._run([each]) for each in encoded])
        return bool(np.abs(self._run(encoded) - alone).max() < SAME)

    def _run(self, rows: Sequence[Any]) -> Floats:
        """Return the probability sought for each of some tokenised pairs."""
        longest = max(len(row.ids) for row in rows)
        shape = (len(rows), longest)
        ids, mask, types = (np.full(shape, fill, np.int64) for fill in (self._padding, 0, 0))
        for n, row in enumerate(rows):
            ids[n, : len(row.ids)] = row.ids
            mask[n, : len(row.ids)] = 1
            types[n, : len(row.ids)] = row.type_ids
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
        feed = {name: given[name].astype(width) for name, width in self._widths.items()}
        try:
            logits = np.asarray(self._session.run(["logits"], feed)[0], np.float64)
        except Exception as error:  # noqa: BLE001 - onnxruntime's own, of many kinds
            raise ModelError(f"{self._model}: cannot be run ({_why(error)}); {_AGAIN}") from None
        if logits.shape != (len(rows), len(self._labels)):
            raise ModelError(
                f"{self._model}: gives logits of shape {logits.shape} for {len(rows)} pairs, and"
                f" {CONFIG} names {len(self._labels)} labels; take both from one model"
            )
        if not np.isfinite(logits).all():
            raise ModelError(f"{self._model}: gives logits that are no numbers; {_AGAIN}")
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        found: Floats = powers[:, self._column] / powers.sum(axis=1)
        return found


def _settings(path: Path) -> Mapping[str, Any]:
    """Read ``config.json``."""
    try:
        settings = json.loads(_content(path))
    except ValueError as error:
        raise ModelError(f"{path}: is no JSON ({_why(error)}); {_AGAIN}") from None
    if not isinstance(settings, dict):
        raise ModelError(f"{path}: holds no settings of a model; {_AGAIN}")
    return settings


def _labels(path: Path, settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what the outputs are called, in their order."""
    named = settings.get("id2label")
    if not isinstance(named, dict) or {str(n) for n in range(len(named))} != named.keys():
        raise ModelError(
            f'{path}: has no id2label that names each output; write {{"0": "contradiction", ...}},'
            " in the order that the model's card gives"
        )
    return tuple(short(str(named[str(n)]), 40) for n in range(len(named)))


def _sought(path: Path, labels: Sequence[str]) -> tuple[Doubt, int]:
    """Return what can be told from outputs of these names, and by which of them."""
    plain = [" ".join(re.sub(r"[\W_]+", " ", label.casefold()).split()) for label in labels]
    denied = {f"{word} {label}": label for label in _THREE for word in _DENIED}
    known = {label: n for n, label in enumerate(plain) if label in _THREE or label in denied}
    asserted = {denied.get(label, label) for label in known}
    if len(known) == len(labels) and (
        set(known) == _THREE
        or set(known) == {"contradiction", "entailment"}
        or (len(labels) == 2 and len(asserted) == 1)
    ):
        if "contradiction" in known:
            return Doubt.CONTRADICTED, known["contradiction"]
        if "entailment" in known:
            return Doubt.UNSUPPORTED, 1 - known["entailment"]
    shown = ", ".join(labels[:8])
    raise ModelError(
        f"{path}: id2label has {shown or 'no label'}; a judge has contradiction, entailment and"
        " neutral, or entailment and not_entailment: take a model for natural language inference,"
        " or write these names there, in the order that its card gives"
    )


def _tokenizer(path: Path, settings: Mapping[str, Any]) -> Any:
    """Load the tokenizer and let it cut what is too long for the model."""
    from tokenizers import Tokenizer

    content = _content(path)
    try:
        tokenizer = Tokenizer.from_buffer(content)
    except Exception as error:  # noqa: BLE001 - of no narrower class
        raise ModelError(f"{path}: is no tokenizer ({_why(error)}); {_AGAIN}") from None
    marks = tokenizer.num_special_tokens_to_add(is_pair=True)
    if not marks:
        raise ModelError(f"{path}: puts no mark between two texts; {_AGAIN}")
    limits = [LENGTH, settings.get("max_position_embeddings")]
    if tokenizer.truncation:
        limits.append(tokenizer.truncation["max_length"])
    length = min(n for n in limits if isinstance(n, int) and n > 0)
    if length < marks + 2:
        raise ModelError(f"{path}: with {CONFIG}, leaves room for {length} tokens; {_AGAIN}")
    tokenizer.enable_truncation(length, strategy="longest_first")
    return tokenizer


def _padding(tokenizer: Any, settings: Mapping[str, Any]) -> int:
    """Return the id that fills a row up."""
    if tokenizer.padding:
        return int(tokenizer.padding["pad_id"])
    told = settings.get("pad_token_id")
    return told if isinstance(told, int) and told >= 0 else 0


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.intra_op_num_threads = 1  # batches run beside one another instead
    options.use_deterministic_compute = True
    try:
        return onnxruntime.InferenceSession(
            str(path), sess_options=options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # noqa: BLE001 - onnxruntime's own, of many kinds
        raise ModelError(f"{path}: cannot be loaded ({_why(error)}); {_AGAIN}") from None


def _widths(path: Path, session: Any) -> dict[str, Any]:
    """Return the inputs of a model with the width of their numbers."""
    inputs = {each.name: each for each in session.get_inputs()}
    outputs = [each.name for each in session.get_outputs()]
    if not _NEEDED <= inputs.keys() <= _NEEDED | _OPTIONAL or "logits" not in outputs:
        raise ModelError(
            f"{path}: takes {_listed(inputs)} and gives {_listed(outputs)}; a judge takes"
            f" input_ids, attention_mask and at most token_type_ids, and gives logits: {_AGAIN}"
        )
    for name, each in inputs.items():
        if each.type not in _WIDTHS or any(isinstance(size, int) for size in each.shape):
            raise ModelError(
                f"{path}: takes {name} as {each.type} of shape {each.shape}; a judge takes whole"
                f" numbers in rows of any number and length: {_AGAIN}"
            )
    return {name: _WIDTHS[each.type] for name, each in inputs.items()}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(short(name, 40) for name in sorted(names)[:8]) or "nothing"


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ModelError(f"{path.parent}: {path.name} is missing; {_AGAIN}") from None
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); check the path") from None


def _weights_beside(model: Path) -> list[Path]:
    """Return the files that hold the weights of a model too large for one file."""
    return sorted(
        path
        for path in model.parent.iterdir()
        if path.name.startswith((f"{model.name}_data", f"{model.name}.data"))
    )


def _digest(paths: Iterable[Path]) -> str:
    """Return the SHA-256 of files, one after the other."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _why(error: Exception) -> str:
    """Return the first line of an error, for a message of one line."""
    return short((str(error).strip() or type(error).__name__).splitlines()[0], 160)
