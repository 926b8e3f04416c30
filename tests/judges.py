"""Classifiers of sentence pairs, made by hand: each word of either side adds to the logits."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

THREE = ("contradiction", "entailment", "neutral")
MARKS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
WORDS = ("a", "b", "c", "30", "50", "boats", "dawn", "two")
VOCABULARY = {word: n for n, word in enumerate((*MARKS, *WORDS))}

Says = Mapping[str, tuple[float, ...]]
"""Word -> what it adds to each logit where it stands."""


def judge(
    folder: Path,
    *,
    first: Says | None = None,
    second: Says | None = None,
    labels: Sequence[str] = THREE,
    file: str = "model.onnx",
    settings: Mapping[str, Any] | None = None,
    truncated: int | None = None,
    **graph: Any,
) -> Path:
    """Write a judge into a folder; ``first`` and ``second`` are what words of either side add."""
    target = folder / file
    target.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(network(first or {}, second or {}, len(labels), **graph), target)
    tokenizer = tokenizing()
    if truncated:
        tokenizer.enable_truncation(truncated)
        tokenizer.enable_padding(length=truncated)
    tokenizer.save(str(folder / "tokenizer.json"))
    named = {"id2label": {str(n): label for n, label in enumerate(labels)}} | dict(settings or {})
    (folder / "config.json").write_text(json.dumps(named), encoding="utf-8")
    return folder


def tokenizing() -> Any:
    """A tokenizer of whole words, with marks as BERT has them."""
    tokenizer = Tokenizer(models.WordLevel(VOCABULARY, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return tokenizer


def network(
    first: Says,
    second: Says,
    outputs: int,
    *,
    types: bool = True,
    masked: bool = True,
    width: int = TensorProto.INT64,
    output: str = "logits",
    more: Sequence[str] = (),
    length: int | None = None,
) -> onnx.ModelProto:
    """The sum of what the words add; without ``types``, the side makes no difference."""
    table = np.zeros((2, len(VOCABULARY), outputs), np.float32)
    for side, says in enumerate((first, second)):
        for word, adds in says.items():
            table[side, VOCABULARY[word]] = adds
    constants = {
        "table": table.reshape(-1, outputs),
        "size": np.array(len(VOCABULARY), np.int64),
        "one": np.array([1], np.int64),
        "two": np.array([2], np.int64),
    }
    node = helper.make_node
    nodes = [node("Cast", ["input_ids"], ["ids"], to=TensorProto.INT64)]
    rows = "ids"
    if types:
        nodes += [
            node("Cast", ["token_type_ids"], ["sides"], to=TensorProto.INT64),
            node("Mul", ["sides", "size"], ["shift"]),
            node("Add", ["ids", "shift"], ["placed"]),
        ]
        rows = "placed"
    nodes += [
        node("Gather", ["table", rows], ["added"]),
        node("Cast", ["attention_mask"], ["kept"], to=TensorProto.FLOAT),
        node("Unsqueeze", ["kept", "two"], ["column"]),
        node("Mul", ["added", "column"], ["seen"]),
        node("ReduceSum", ["seen" if masked else "added", "one"], [output], keepdims=0),
    ]
    names = ["input_ids", "attention_mask", *(["token_type_ids"] if types else []), *more]
    made = helper.make_graph(
        nodes,
        "judge",
        [helper.make_tensor_value_info(n, width, ["rows", length or "tokens"]) for n in names],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["rows", outputs])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def share(logits: Sequence[float], of: int) -> float:
    """What a softmax makes of one of some logits, as results show it."""
    powers = [math.exp(x) for x in logits]
    return round(powers[of] / sum(powers), 4)
