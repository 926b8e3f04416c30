"""Retold shows how a news story was retold.

Given a pile of articles it says which are versions of one another, who took the text from whom, and
what each version kept, changed, dropped or made up. The public API is what this module names.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from retold._version import __version__

if TYPE_CHECKING:
    from retold.api import (
        article,
        check,
        compare,
        demo,
        derive,
        explain,
        export,
        find,
        group,
        load,
        load_scan,
        outlets,
        scan,
    )
    from retold.config import Config
    from retold.corpus.results import Found, Scan
    from retold.desk import Desk
    from retold.errors import (
        DeskError,
        DossierError,
        InputError,
        ModelError,
        RetoldError,
        ScanError,
        UsageError,
    )
    from retold.model import Article, Check, Dossier, Rejected, Rulings, Story, Tradition
    from retold.report.outlets.values import Outlets

__all__ = [
    "Article",
    "Check",
    "Config",
    "Desk",
    "DeskError",
    "Dossier",
    "DossierError",
    "Found",
    "InputError",
    "ModelError",
    "Outlets",
    "Rejected",
    "RetoldError",
    "Rulings",
    "Scan",
    "ScanError",
    "Story",
    "Tradition",
    "UsageError",
    "__version__",
    "article",
    "check",
    "compare",
    "demo",
    "derive",
    "explain",
    "export",
    "find",
    "group",
    "load",
    "load_scan",
    "outlets",
    "scan",
]

_HOMES = {
    "retold.api": (
        "article",
        "check",
        "compare",
        "demo",
        "derive",
        "explain",
        "export",
        "find",
        "group",
        "load",
        "load_scan",
        "outlets",
        "scan",
    ),
    "retold.config": ("Config",),
    "retold.desk": ("Desk",),
    "retold.errors": (
        "DeskError",
        "DossierError",
        "InputError",
        "ModelError",
        "RetoldError",
        "ScanError",
        "UsageError",
    ),
    "retold.model": (
        "Article",
        "Check",
        "Dossier",
        "Rejected",
        "Rulings",
        "Story",
        "Tradition",
    ),
    "retold.corpus.results": ("Found", "Scan"),
    "retold.report.outlets.values": ("Outlets",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that ``retold --help`` stays quick."""
    if name not in _HOME:
        raise AttributeError(f"module 'retold' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value
