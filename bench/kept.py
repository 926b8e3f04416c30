"""Measurements that were kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SCANS = Path(__file__).parent / "results" / "scan"
SPARKS = SCANS.with_name("spark")


def newest(folder: Path = SCANS) -> list[dict[str, Any]]:
    """Return the newest measurement of each size, the smallest first."""
    kept = [json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.json")]
    kept.sort(key=lambda told: (told["date"], told["commit"]))
    by_size = {told["size"]: told for told in kept}
    return sorted(by_size.values(), key=lambda told: int(told["articles"]))
