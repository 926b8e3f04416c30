"""Every threshold, with its unit and where it comes from.

One frozen dataclass a stage, gathered in :class:`Config`. What cannot change a result (number of
processes, progress) is not here: the configuration's hash keys what is stored.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """How files become articles."""

    fields: tuple[tuple[str, str], ...] = ()
    """Pairs (Retold's field, the file's column) that override the usual names."""
    languages: tuple[str, ...] = ("en",)
    """ISO 639-1 codes that the later stages can read."""
    assume_language: str = ""
    """Skip detection and take every article as written in this language."""


@dataclass(frozen=True, slots=True)
class AnnotateConfig:
    """How articles become documents."""


@dataclass(frozen=True, slots=True)
class ReuseConfig:
    """How verbatim and near passages are found."""


@dataclass(frozen=True, slots=True)
class RewriteConfig:
    """How rewritten sentences are found."""


@dataclass(frozen=True, slots=True)
class StoriesConfig:
    """How articles are grouped into stories."""


@dataclass(frozen=True, slots=True)
class StemmaConfig:
    """How derivation is inferred."""

    method: str = "evidence"
    """A name in :data:`retold.stemma.METHODS`."""


@dataclass(frozen=True, slots=True)
class CollateConfig:
    """How readings are aligned and changes typed."""


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration of a run."""

    read: ReadConfig = field(default_factory=ReadConfig)
    annotate: AnnotateConfig = field(default_factory=AnnotateConfig)
    reuse: ReuseConfig = field(default_factory=ReuseConfig)
    rewrite: RewriteConfig = field(default_factory=RewriteConfig)
    stories: StoriesConfig = field(default_factory=StoriesConfig)
    stemma: StemmaConfig = field(default_factory=StemmaConfig)
    collate: CollateConfig = field(default_factory=CollateConfig)
    seed: int = 0

    def digest(self) -> str:
        """Return ``sha256:`` and the hash of every value, in canonical JSON."""
        canonical = json.dumps(dataclasses.asdict(self), sort_keys=True, separators=(",", ":"))
        return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"
