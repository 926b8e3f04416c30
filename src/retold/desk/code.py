"""By which code something was made: what is kept of it is of no use to another."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from retold._version import __version__

ROOT = Path(__file__).parents[1]
READ = frozenset({".py", ".j2", ".npz", ".tsv"})
"""Endings of what decides what is made: code, templates and tables."""


@cache
def made_by(*parts: str) -> str:
    """Return the version, with a sum over some parts of Retold, or over all of it.

    Between two versions the code changes too, for whoever installs what was last committed.

    Args:
        parts: files and folders within the package.
    """
    found = hashlib.sha256()
    for part in parts or ("",):
        path = ROOT / part
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix in READ:
                found.update(file.read_bytes())
    return f"{__version__} {found.hexdigest()[:16]}"
