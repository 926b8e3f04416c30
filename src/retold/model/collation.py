"""A collated text: what each witness has at each place."""

from __future__ import annotations

from dataclasses import dataclass

from retold.model.stemma import Stemma


@dataclass(frozen=True, slots=True)
class Collation:
    """Witnesses side by side, place by place."""

    name: str
    """What the table is called: its file, without the ending."""
    witnesses: tuple[str, ...]
    """Their sigla, in the order of the table."""
    places: tuple[tuple[str | None, ...], ...]
    """The reading of each witness at each place: empty where it omits what others have, None where
    it cannot be read (a lacuna)."""


@dataclass(frozen=True, slots=True)
class Tradition:
    """A collated text with the stemma that its readings call for."""

    collation: Collation
    stemma: Stemma
    """Its versions are called by their sigla. Spans count in the readings of a witness, as
    :meth:`text` joins them."""

    def text(self, witness: str) -> str:
        """Return the readings of a witness, a line each, ``[om.]`` for what it omits."""
        column = self.collation.witnesses.index(witness)
        readings = (row[column] for row in self.collation.places)
        return "\n".join(r or "[om.]" for r in readings if r is not None)
