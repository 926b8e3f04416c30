"""Retold shows how a news story was retold."""

from retold._version import __version__

__all__ = ["__version__"]
