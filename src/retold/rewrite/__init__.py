"""Rewrite: sentences that tell the same in other words, by vectors and words together."""

from __future__ import annotations

from retold.model import ModelFile
from retold.rewrite import vectors
from retold.rewrite.ahead import ahead
from retold.rewrite.find import find, scored
from retold.rewrite.score import Scorer

__all__ = ["Scorer", "ahead", "find", "models", "notices", "scored"]


def models() -> tuple[ModelFile, ...]:
    """The sentence model, where it is there and sound."""
    return () if vectors.fault() else (vectors.model_file(),)


def notices() -> tuple[str, ...]:
    """What the user should know: that the sentence model is missing or damaged, say."""
    fault = vectors.fault()
    return (fault,) if fault else ()
