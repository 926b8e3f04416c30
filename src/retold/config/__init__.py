"""Every threshold, with its unit and where it comes from.

One frozen dataclass a stage, in a module each, gathered in :class:`Config`; all are imported from
here. What cannot change a result (number of processes, progress) is not here: the configuration's
hash keys what is stored. ``FetchConfig`` and ``FeedConfig`` stand apart for that reason: they are
about the web.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from retold.config.collate import CollateConfig
from retold.config.feeds import FeedConfig
from retold.config.fetch import FetchConfig
from retold.config.pile import PileConfig
from retold.config.read import ReadConfig
from retold.config.reuse import ReuseConfig
from retold.config.rewrite import RewriteConfig
from retold.config.scan import ScanConfig
from retold.config.stemma import StemmaConfig
from retold.config.stories import StoriesConfig

__all__ = [
    "CollateConfig",
    "Config",
    "FeedConfig",
    "FetchConfig",
    "PileConfig",
    "ReadConfig",
    "ReuseConfig",
    "RewriteConfig",
    "ScanConfig",
    "StemmaConfig",
    "StoriesConfig",
    "canonical",
    "digest",
]


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration of a run."""

    read: ReadConfig = field(default_factory=ReadConfig)
    reuse: ReuseConfig = field(default_factory=ReuseConfig)
    rewrite: RewriteConfig = field(default_factory=RewriteConfig)
    stories: StoriesConfig = field(default_factory=StoriesConfig)
    stemma: StemmaConfig = field(default_factory=StemmaConfig)
    collate: CollateConfig = field(default_factory=CollateConfig)
    scan: ScanConfig = field(default_factory=ScanConfig)
    pile: PileConfig = field(default_factory=PileConfig)
    seed: int = 0

    def digest(self) -> str:
        """Return ``sha256:`` and the hash of every value, in canonical JSON."""
        return digest(self)


def digest(*configs: Any) -> str:
    """Return ``sha256:`` and the hash of every value of some of the classes above."""
    return f"sha256:{hashlib.sha256(canonical(*configs).encode()).hexdigest()}"


def canonical(*configs: Any) -> str:
    """Return every value of some of the classes above as canonical JSON, by class."""
    values = {type(c).__name__: dataclasses.asdict(c) for c in configs}
    return json.dumps(values, sort_keys=True, separators=(",", ":"))
