"""Collate: the readings of a story, aligned, with the typed changes between them."""

from __future__ import annotations

from retold.collate.align import align
from retold.collate.apparatus import collate
from retold.collate.check import check
from retold.collate.conflict import contradiction
from retold.collate.contradictions import judged_by
from retold.collate.makeup import makeup

__all__ = ["align", "check", "collate", "contradiction", "judged_by", "makeup"]
