"""A judge that users bring: what is read from its folder, and what it is asked."""

from __future__ import annotations

import hashlib
import json
import random
from itertools import permutations
from pathlib import Path

import onnx
import pytest
from onnx import TensorProto

from retold.collate.crossencoder import BATCH, CrossEncoder
from retold.errors import ModelError
from retold.model import Doubt
from tests.judges import THREE, judge, share, tokenizing

WORDS = {"a": (1.0, 0.0, 0.0), "b": (0.0, 2.0, 0.0), "c": (0.5, 0.0, 1.0)}
SECOND = {"a": (-1.0, 0.0, 0.5), "b": (3.0, 0.0, 0.0), "50": (0.25, 0.0, 0.0)}
HUNDRED = [
    (" ".join(chosen.choices("abc", k=chosen.randint(1, 40))), chosen.choice("abc"))
    for chosen in map(random.Random, range(100))
]


def expected(first: str, second: str, *, of: int = 0) -> float:
    sums = [0.0, 0.0, 0.0]
    for says, text in ((WORDS, first), (SECOND, second)):
        for word in text.split():
            sums = [s + add for s, add in zip(sums, says.get(word, (0.0,) * 3), strict=True)]
    return share(sums, of)


def told(folder: Path, *pairs: tuple[str, str]) -> list[float]:
    found = CrossEncoder(folder).judge(pairs)
    return [found[pair] for pair in pairs]


def fault(folder: Path) -> str:
    with pytest.raises(ModelError) as caught:
        CrossEncoder(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_logits_of_both_sides_become_a_probability(tmp_path: Path) -> None:
    folder = judge(tmp_path, first=WORDS, second=SECOND)
    pairs = [("a b", "b"), ("b", "a b"), ("", ""), ("A  “b”", "c")]
    assert told(folder, *pairs[:2]) == [expected(*pair) for pair in pairs[:2]]
    assert told(folder, pairs[2]) == [round(1 / 3, 4)]
    assert told(folder, pairs[3]) == [expected("a b", "c")]
    assert CrossEncoder(folder).judge([]) == {}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_labels_stand_in_any_order_and_case(tmp_path: Path, order: tuple[int, ...]) -> None:
    names = ("CONTRADICTION", "Entailment", "neutral")
    made = {
        side: {word: tuple(adds[n] for n in order) for word, adds in says.items()}
        for side, says in (("first", WORDS), ("second", SECOND))
    }
    folder = judge(tmp_path, labels=[names[n] for n in order], **made)
    assert CrossEncoder(folder).doubt is Doubt.CONTRADICTED
    assert told(folder, ("a b c", "b")) == [expected("a b c", "b")]


@pytest.mark.parametrize(
    ("labels", "doubt", "column"),
    [
        (("entailment", "not_entailment"), Doubt.UNSUPPORTED, 1),
        (("NOT-ENTAILMENT", "Entailment"), Doubt.UNSUPPORTED, 0),
        (("non_contradiction", "contradiction"), Doubt.CONTRADICTED, 1),
        (("entailment", "contradiction"), Doubt.CONTRADICTED, 1),
    ],
)
def test_two_classes_will_do(
    tmp_path: Path, labels: tuple[str, str], doubt: Doubt, column: int
) -> None:
    folder = judge(tmp_path, first={"a": (1.0, 3.0)}, labels=labels)
    assert CrossEncoder(folder).doubt is doubt
    assert told(folder, ("a", "b")) == [share((1.0, 3.0), column)]


@pytest.mark.parametrize(
    "labels",
    [
        ("LABEL_0", "LABEL_1", "LABEL_2"),
        ("contradiction", "contradiction", "neutral"),
        ("contradiction", "entailment", "neutral", "other"),
        ("entailment", "neutral"),
        ("neutral", "not neutral"),
        ("relevance",),
    ],
)
def test_other_labels_are_told_with_the_remedy(tmp_path: Path, labels: tuple[str, ...]) -> None:
    message = fault(judge(tmp_path, labels=labels))
    assert "config.json" in message
    assert "not_entailment" in message
    assert all(label in message for label in labels)


@pytest.mark.parametrize("named", [None, [], {}, {"1": "contradiction"}, {"0": "a", "2": "b"}])
def test_labels_that_are_missing_are_told(tmp_path: Path, named: object) -> None:
    message = fault(judge(tmp_path, settings={"id2label": named}))
    assert "id2label" in message
    assert "config.json" in message


def test_batches_change_nothing(tmp_path: Path) -> None:
    folder = judge(tmp_path, first=WORDS, second=SECOND)
    encoder = CrossEncoder(folder)
    assert encoder._batch == BATCH
    assert encoder.judge(HUNDRED) == {pair: expected(*pair) for pair in HUNDRED}


def test_a_model_that_sees_its_batch_is_asked_pair_by_pair(tmp_path: Path) -> None:
    padded = WORDS | {"[PAD]": (2.0, 0.0, 0.0)}
    encoder = CrossEncoder(judge(tmp_path, first=padded, second=SECOND, masked=False))
    assert encoder._batch == 1
    assert encoder.judge(HUNDRED) == {pair: expected(*pair) for pair in HUNDRED}


def test_the_id_that_fills_rows_up_is_the_models(tmp_path: Path) -> None:
    filled = WORDS | {"[UNK]": (0.0, 0.0, 0.0), "[PAD]": (2.0, 0.0, 0.0)}
    folder = judge(
        tmp_path, first=filled, second=SECOND, masked=False, settings={"pad_token_id": 1}
    )
    encoder = CrossEncoder(folder)
    assert encoder._batch == BATCH
    assert encoder.judge(HUNDRED) == {pair: expected(*pair) for pair in HUNDRED}


@pytest.mark.parametrize(
    "limit",
    [{"settings": {"max_position_embeddings": 12}}, {"truncated": 12}],
    ids=["of the model", "of the tokenizer"],
)
def test_the_end_of_the_longer_text_goes(tmp_path: Path, limit: dict[str, object]) -> None:
    folder = judge(tmp_path, first=WORDS, second=SECOND, **limit)
    evidence = " ".join(["a"] * 7 + ["b"] * 400)
    # three marks and the two words of the claim leave room for seven
    assert told(folder, (evidence, "b c")) == [expected("a " * 7, "b c")]


def test_no_more_is_read_than_models_are_made_for(tmp_path: Path) -> None:
    folder = judge(tmp_path, second={"50": (0.01, 0.0, 0.0)}, settings={})
    assert told(folder, ("a", "50 " * 600)) == [share((0.01 * (512 - 4), 0, 0), 0)]


def test_room_for_nothing_is_told(tmp_path: Path) -> None:
    message = fault(judge(tmp_path, settings={"max_position_embeddings": 4}))
    assert "room for 4 tokens" in message


def test_models_without_types_and_with_narrow_numbers_run(tmp_path: Path) -> None:
    folder = judge(tmp_path, first=WORDS, types=False, width=TensorProto.INT32)
    assert told(folder, ("a", "b")) == [share((1.0, 2.0, 0.0), 0)]


@pytest.mark.parametrize(
    "file",
    ["model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx"],
)
def test_the_record_names_file_labels_and_hashes(tmp_path: Path, file: str) -> None:
    folder = judge(tmp_path / "small", first=WORDS, file=file)
    record = CrossEncoder(folder).file
    assert record.name == f"small/{file}"
    assert record.version.startswith("labels contradiction, entailment, neutral; tokenizer ")
    assert record.sha256 == hashlib.sha256((folder / file).read_bytes()).hexdigest()


def test_the_model_of_full_precision_is_taken(tmp_path: Path) -> None:
    judge(tmp_path, file="model_quantized.onnx")
    judge(tmp_path, file="onnx/model.onnx")
    assert CrossEncoder(tmp_path).file.name.endswith("/onnx/model.onnx")


def test_weights_in_a_file_beside_the_model_count(tmp_path: Path) -> None:
    folder = judge(tmp_path, first=WORDS, second=SECOND)
    whole = CrossEncoder(folder).file
    model = onnx.load(folder / "model.onnx")
    onnx.save_model(
        model,
        folder / "model.onnx",
        save_as_external_data=True,
        location="model.onnx_data",
        size_threshold=256,
    )
    encoder = CrossEncoder(folder)
    assert encoder.judge([("a b", "b")]) == {("a b", "b"): expected("a b", "b")}
    both = b"".join((folder / n).read_bytes() for n in ("model.onnx", "model.onnx_data"))
    assert encoder.file.sha256 == hashlib.sha256(both).hexdigest() != whole.sha256


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "config.json"])
def test_what_is_missing_is_named_with_the_remedy(tmp_path: Path, name: str) -> None:
    (judge(tmp_path) / name).unlink()
    message = fault(tmp_path)
    assert f"{name} is missing" in message
    assert "export" in message


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "config.json"])
@pytest.mark.parametrize("half", [True, False])
def test_what_is_damaged_is_named_with_the_remedy(tmp_path: Path, name: str, half: bool) -> None:
    path = judge(tmp_path, first=WORDS) / name
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] if half else b"[]")
    message = fault(tmp_path)
    assert name in message
    assert "export" in message


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    model = judge(tmp_path) / "model.onnx"
    assert "no such folder" in fault(model)
    assert "no such folder" in fault(tmp_path / "nowhere")


def test_a_file_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (judge(tmp_path) / "tokenizer.json").unlink()
    (tmp_path / "tokenizer.json").mkdir()
    assert "tokenizer.json: cannot be read" in fault(tmp_path)


@pytest.mark.parametrize(
    ("graph", "named"),
    [
        ({"more": ["pixel_values"]}, "pixel_values"),
        ({"output": "last_hidden_state"}, "last_hidden_state"),
        ({"length": 128}, "128"),
        ({"width": TensorProto.FLOAT}, "tensor(float)"),
    ],
)
def test_a_model_of_another_kind_is_told(tmp_path: Path, graph: dict, named: str) -> None:
    message = fault(judge(tmp_path, first=WORDS, **graph))
    assert named in message
    assert "model.onnx" in message
    assert "export" in message


def test_another_number_of_outputs_than_labels_is_told(tmp_path: Path) -> None:
    judge(tmp_path, labels=THREE)
    settings = {"id2label": {"0": "entailment", "1": "not_entailment"}}
    (tmp_path / "config.json").write_text(json.dumps(settings))
    assert "names 2 labels" in fault(tmp_path)


def test_weights_that_are_no_numbers_are_told(tmp_path: Path) -> None:
    nothing = {"[SEP]": (float("nan"), 0.0, 0.0)}
    assert "no numbers" in fault(judge(tmp_path, first=nothing))


def test_a_model_that_fails_at_a_pair_is_told(tmp_path: Path) -> None:
    folder = judge(tmp_path, first=WORDS)
    larger = tokenizing()
    larger.add_tokens(["gryphon"])  # the model has no row for it
    larger.save(str(folder / "tokenizer.json"))
    with pytest.raises(ModelError, match=r"model\.onnx: cannot be run"):
        told(folder, ("a", "b gryphon"))


def test_a_tokenizer_without_marks_is_told(tmp_path: Path) -> None:
    plain = json.loads((judge(tmp_path) / "tokenizer.json").read_text())
    plain["post_processor"] = None
    (tmp_path / "tokenizer.json").write_text(json.dumps(plain))
    assert "no mark between two texts" in fault(tmp_path)
