"""Files, folders and texts to articles. Nothing is dropped in silence.

``read`` yields articles and what was left out, ``from_text`` makes an article from text at hand,
and ``FIELDS`` names the fields that a column can be mapped to.
"""

from retold.read.fields import FIELDS
from retold.read.reader import from_text, read

__all__ = ["FIELDS", "from_text", "read"]
