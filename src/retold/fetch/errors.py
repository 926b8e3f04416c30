"""How the reading of one address stops. Never leaves the room: it becomes a ``Refused``."""

from __future__ import annotations

from datetime import datetime

from retold.fetch.values import Refused
from retold.model import Reason


class UnfetchedError(Exception):
    """An address cannot or may not be read."""

    def __init__(
        self, reason: Reason, detail: str, status: int = 0, retry: datetime | None = None
    ) -> None:
        """Keep why, what the user can do, what the server said and when to ask again.

        Whether the site itself is ``held`` until then is for the reader to add.
        """
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.status = status
        self.retry = retry
        self.held = False

    def refused(self, url: str) -> Refused:
        """Return the value that says why ``url`` was not read."""
        return Refused(url, self.reason, self.detail, self.status, self.retry, held=self.held)
