"""Embedding ahead changes no vector, and nobody waits for what is not ready."""

import os
import sys
import threading

import numpy as np
import pytest

from retold.rewrite import ahead, vectors

TEXTS = ["The heron of Low Withy left on Monday.", "A gate broke.", "Nobody sails blind."]


def running():
    return [thread for thread in threading.enumerate() if thread.name == "embed ahead"]


def test_what_was_embedded_ahead_is_the_same() -> None:
    vectors._KNOWN.clear()
    plain = {t: vectors.embed(TEXTS)[t].vector for t in TEXTS}
    vectors._KNOWN.clear()
    with ahead(iter(TEXTS)):
        for thread in running():
            thread.join()
    assert set(vectors._KNOWN) == set(TEXTS)
    assert all(np.array_equal(vectors._KNOWN[t].vector, plain[t]) for t in TEXTS)


def test_what_is_not_ready_is_left() -> None:
    vectors._KNOWN.clear()
    texts = [f"Boat {n} sank." for n in range(20 * vectors.BATCH)]
    with ahead(texts):
        pass
    assert not running()
    assert len(vectors._KNOWN) <= 2 * vectors.BATCH


def test_a_missing_model_is_no_trouble(monkeypatch) -> None:
    monkeypatch.setattr(vectors, "_KNOWN", {})
    monkeypatch.setattr(vectors, "model_path", lambda: None)
    vectors.fault.cache_clear()
    vectors._session.cache_clear()
    with ahead(TEXTS):
        for thread in running():
            thread.join()
    assert not vectors._KNOWN
    vectors.fault.cache_clear()
    vectors._session.cache_clear()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process has one priority")
def test_what_is_waited_for_keeps_its_priority() -> None:
    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    with ahead(TEXTS):
        for thread in running():
            thread.join()
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before
