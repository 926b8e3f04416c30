"""Stories: articles that tell the same event are put together, and each merge is explained."""

from retold.stories.arrive import extend
from retold.stories.bags import Bag, bag
from retold.stories.group import group, members
from retold.stories.near import alike, likeness
from retold.stories.revisions import address, revisions
from retold.stories.terms import Background, telling

__all__ = [
    "Background",
    "Bag",
    "address",
    "alike",
    "bag",
    "extend",
    "group",
    "likeness",
    "members",
    "revisions",
    "telling",
]
