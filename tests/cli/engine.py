"""An engine that finds at once what is written down."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from retold.corpus.keep import keep
from retold.corpus.results import Found, FoundSpan, Scan, load_scan
from tests.corpus.fiction import Barge, barge


class Engine:
    """Stands in for the engine; ``asked`` is what it was given."""

    def __init__(self) -> None:
        self.told: Barge = barge()
        self.asked: list[tuple[Any, ...]] = []
        self.found: list[Found] = []
        self.raises: BaseException | None = None

    def scan(self, sources: list[str], out: Path, config: Any, **options: Any) -> Scan:
        self.asked.append((sources, out, config, options))
        if self.raises:
            raise self.raises
        options["progress"]("read", 7, 7)
        done = load_scan(self.told.fiction.write(out))
        return keep(done, options["keep"]) if options["keep"] else done

    def find(self, text: str, index: Path, config: Any) -> list[Found]:
        self.asked.append((text, index, config))
        return self.found


def install(monkeypatch: pytest.MonkeyPatch) -> Engine:
    engine = Engine()
    for name, function in (("scan", engine.scan), ("index", engine.find)):
        module = ModuleType(f"retold.corpus.{name}")
        setattr(module, function.__name__, function)
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return engine


def found(title: str = "Barge blocks the Isk") -> Found:
    when = datetime(2031, 3, 3, 6, tzinfo=UTC)
    spans = (FoundSpan(0, 16, 125, 141, 3),)
    return Found("article:0", "Meridian Wire", title, when, 0.9, 0.1, spans)
