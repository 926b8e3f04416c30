"""How the reader stops reading one file. Never leaves the room: it becomes a ``Rejected``."""

from __future__ import annotations

from retold.model import Reason, Rejected


class UnreadableError(Exception):
    """A file, or the rest of one, cannot be used."""

    def __init__(self, reason: Reason, detail: str) -> None:
        """Keep why, and what the user can do about it."""
        super().__init__(detail)
        self.reason = reason
        self.detail = detail

    def rejected(self, source: str) -> Rejected:
        """Return the line that lists ``source`` as left out."""
        return Rejected(source, self.reason, self.detail)
