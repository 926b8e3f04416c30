"""The corpus at large: every copy in millions of articles, on one machine.

The room has the name of its verb. Python makes a room that was imported an attribute of the package
above, where ``retold.scan`` is to be the function: so the room itself can be called, and
``retold.scan(...)`` does the same before and after.
"""

import sys
from types import ModuleType
from typing import Any


class _Room(ModuleType):
    """A module that is called like the function of its name."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Scan a corpus: see :func:`retold.api.scan`."""
        from retold import api

        return api.scan(*args, **kwargs)


sys.modules[__name__].__class__ = _Room
