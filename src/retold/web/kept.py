"""What was rendered last, so that it need not be again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from retold.report.html.piece import Body


class Kept:
    """Pieces of pages by what they were made from; those not asked for longest go first."""

    def __init__(self, most: int = 64 << 20) -> None:
        """Keep ``most`` characters."""
        self.most, self.size = most, 0
        self.held: OrderedDict[Hashable, Body] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Body | None]) -> Body | None:
        """Return the piece of ``key``; make it where it is not kept, if that can be."""
        with self.lock:
            found = self.held.get(key)
            if found is not None:
                self.held.move_to_end(key)
                return found
        made = make()  # others go on meanwhile, and may make the same
        if made is None:
            return None
        with self.lock:
            if key not in self.held:
                self.held[key] = made
                self.size += len(made.html)
            while self.size > self.most:
                _, gone = self.held.popitem(last=False)
                self.size -= len(gone.html)
        return made
