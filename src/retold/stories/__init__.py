"""Stories: articles that tell the same event are put together, and each merge is explained."""

from retold.stories.arrive import extend
from retold.stories.group import group
from retold.stories.revisions import address, revisions

__all__ = ["address", "extend", "group", "revisions"]
