"""Reuse: passages that articles share, word for word or nearly so, and how much they cover."""

from retold.reuse.broder import containment
from retold.reuse.find import find

__all__ = ["containment", "find"]
