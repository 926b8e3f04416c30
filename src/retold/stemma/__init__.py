"""Stemma: who derives from whom, with evidence, probability and what stays undecided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from retold.config import StemmaConfig
from retold.errors import UsageError
from retold.model import Document, Row, Stemma, Story
from retold.stemma.evidence import EvidenceMethod
from retold.stemma.origins import origins
from retold.stemma.ruled import Barred, told

__all__ = ["METHODS", "StemmaMethod", "build", "origins"]


class StemmaMethod(Protocol):
    """A way to infer the derivation of a story's versions."""

    name: str

    def build(
        self,
        story: Story,
        documents: Mapping[str, Document],
        rows: tuple[Row, ...],
        config: StemmaConfig,
        barred: Barred,
    ) -> Stemma:
        """Return the stemma: at least one edge for every article, decided edges without a cycle.

        No edge leads from a child to a parent that is ``barred`` for it, nor is one runner-up.

        The result must not depend on the order of ``rows``, ``story.matches`` or ``documents``.
        """


METHODS: dict[str, type[StemmaMethod]] = {EvidenceMethod.name: EvidenceMethod}
"""The methods by name."""


def build(
    story: Story,
    documents: Mapping[str, Document],
    rows: tuple[Row, ...],
    config: StemmaConfig | None = None,
    barred: Barred = (),
) -> Stemma:
    """Infer who derives from whom among the versions of a story.

    ``documents`` holds at least the story's articles, by id; ``rows`` are the story's aligned
    statements; ``barred`` are the derivations that an editor ruled out. Raises
    :class:`retold.errors.UsageError` for an unknown ``config.method``.
    """
    config = config or StemmaConfig()
    method = METHODS.get(config.method)
    if method is None:
        raise UsageError(
            f"no method {config.method!r} for the stemma; there are: {', '.join(sorted(METHODS))}"
        )
    return told(method().build(story, documents, rows, config, barred), barred, documents)
