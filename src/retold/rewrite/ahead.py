"""Embed the sentences of a pile while other stages leave a processor idle."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread, get_native_id

from retold.errors import ModelError
from retold.rewrite import copies

NICE = 10
"""How far the work stands back behind that of other threads and processes, where the system can
tell threads apart in this: what is done ahead must not slow down what is waited for."""


class _EnoughError(Exception):
    """Nobody waits for the rest."""


@contextmanager
def ahead(texts: Iterable[str]) -> Iterator[None]:
    """Embed ``texts`` beside what the block does; :func:`retold.rewrite.find` then has them.

    The vectors are the same as without. What is not ready at the end of the block is left to
    ``find``, which has all processors for it. ``texts`` are read beside the block too. Does nothing
    where the model is missing.
    """
    enough = Event()
    thread = Thread(target=_embed, args=(texts, enough), name="embed ahead", daemon=True)
    thread.start()
    try:
        yield
    finally:
        enough.set()
        thread.join()


def _embed(texts: Iterable[str], enough: Event) -> None:
    def tick(_done: int, _total: int) -> None:
        if enough.is_set():
            raise _EnoughError

    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, get_native_id(), NICE)
    with suppress(ModelError, _EnoughError):  # who needs the vectors will be told
        copies.embed(texts, tick, threads=1)
