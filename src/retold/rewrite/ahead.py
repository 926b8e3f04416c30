"""Embed the sentences of a small pile while the parser reads them: both are slow, on two cores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread

from retold.errors import ModelError
from retold.rewrite import vectors

MOST = 600
"""Distinct sentences that are embedded ahead, some six seconds' work: an interrupt waits for no
more, and the parser of a larger pile has all cores for itself."""


@contextmanager
def ahead(texts: Sequence[str]) -> Iterator[None]:
    """Embed ``texts`` beside what the block does; :func:`retold.rewrite.find` then has them.

    The vectors are the same as without. Does nothing for more than :data:`MOST` distinct texts, or
    where the model is missing.
    """
    if len(set(texts)) > MOST:
        yield
        return
    thread = Thread(target=_embed, args=(texts,), name="embed ahead", daemon=True)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def _embed(texts: Sequence[str]) -> None:
    with suppress(ModelError):  # who needs the vectors will be told
        vectors.embed(texts)
