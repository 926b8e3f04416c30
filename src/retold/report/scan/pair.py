"""Two outlets that share text: of a scan, and of the stories of a desk, which reads no tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """Two outlets that share text, told from the side that mostly came later."""

    outlet: str
    other: str
    articles: int
    """Articles of ``outlet`` with text of ``other``."""
    share: float
    """The same by all articles of ``outlet``."""
    share_other: float | None
    """Share of the articles of ``other`` that share text with ``outlet``."""
    later: int
    earlier: int
    lag: float | None
    """Median of hours from ``other`` to ``outlet``."""

    @property
    def directed(self) -> bool:
        """Whether times say which of the two mostly came later."""
        return self.later > self.earlier
