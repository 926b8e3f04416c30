"""The files of a corpus, wherever Spark's file systems are."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from py4j.protocol import Py4JError  # type: ignore[import-untyped]
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from retold.engine.edges import local_of
from retold.engine.spark.places import located, said
from retold.model import Reason, Rejected
from retold.read.files import EMPTY
from retold.read.walk import walk

_PARQUET = (".parquet", ".pq")
_LINES = (".jsonl", ".ndjson")
_PACKED = tuple(f"{ending}.gz" for ending in _LINES)
_MOST = (1 << 31) - 1024
"""Bytes of a file that is read whole: what Spark and Java hold in one piece."""
_HIDDEN = (
    "Spark passes over names that begin with an underscore or end in ._COPYING_. Rename it, if it"
    " holds articles."
)
_UNREACHED = "Spark cannot open a name that has a colon or is not UTF-8. Rename it."


@dataclass(frozen=True, slots=True)
class File:
    """A file as its file system tells of it."""

    address: str
    size: int
    """Bytes."""
    changed: int
    """When, in milliseconds since 1970."""
    way: str
    """How it is read: as ``parquet``, ``lines``, ``packed lines`` or ``whole``; empty where nothing
    is in it."""


class Listed:
    """The files of a corpus, and what could not be reached."""

    def __init__(self, session: SparkSession, paths: Sequence[str]) -> None:
        """List files, folders and patterns.

        On this machine they are found as a scan without Spark finds them.
        """
        self.files: dict[str, File] = {}
        """By the names by which they are told of."""
        self.rejected: list[Rejected] = []
        here: list[str] = []
        for path in sorted(set(paths)):
            try:
                place, system = located(session, path)
                if system.getUri().getScheme() == "file":
                    here += _here(local_of(path), place, system)
                    continue
                found = [system.getFileStatus(place)] if system.exists(place) else None
                found = found or system.globStatus(place) or []
                for status in found:
                    self._add(system, status)
            except (Py4JError, PySparkException) as error:
                self.rejected.append(Rejected(path, Reason.MISSING, _why(error)))
                continue
            if not len(found):
                self.rejected.append(
                    Rejected(
                        path,
                        Reason.MISSING,
                        "There is no such file or folder, as Spark sees it. Check the spelling, and"
                        " that the cluster can reach it.",
                    )
                )
        self._walk(here)
        self.rejected = sorted(set(self.rejected))

    def of(self, *ways: str) -> list[str]:
        """Return the addresses of the files that are read in some ways."""
        return sorted(file.address for file in self.files.values() if file.way in ways)

    def _walk(self, paths: list[str]) -> None:
        """List what is on this machine."""
        found, rejected = walk(paths)
        self.rejected += rejected
        for file in found:
            try:
                told = file.path.stat()
            except OSError:
                detail = "It went away while the folder was read. Run again when all is in place."
                self.rejected.append(Rejected(file.source, Reason.MISSING, detail))
                continue
            source = os.fsencode(file.source).decode("utf-8", "replace")
            if source != file.source or ":" in file.path.name:
                self.rejected.append(Rejected(source, Reason.MISSING, _UNREACHED))
            else:
                changed = told.st_mtime_ns // 1_000_000
                self._take(source, f"file:{source}", told.st_size, changed)

    def _add(self, system: Any, status: Any) -> None:
        """List a file, or what is in a folder, of another file system."""
        if status.isFile():
            self._status(status)
            return
        within = system.listFiles(status.getPath(), True)  # noqa: FBT003 - Java's
        root = status.getPath().toString()
        while within.hasNext():
            one = within.next()
            names = one.getPath().toString().removeprefix(root).split("/")
            if any(name.startswith(".") for name in names):
                continue
            folder = next((at for at, name in enumerate(names[:-1]) if _hidden(name)), None)
            if folder is None:
                self._status(one)
            else:
                source = root + "/".join(names[: folder + 1])
                self.rejected.append(Rejected(source, Reason.UNKNOWN_FORMAT, _HIDDEN))

    def _status(self, status: Any) -> None:
        path = status.getPath().toString()
        self._take(path, path, status.getLen(), status.getModificationTime())

    def _take(self, source: str, address: str, size: int, changed: int) -> None:
        name = source.rpartition("/")[2]
        way = _way(name.lower(), size)
        if not size:
            self.rejected.append(Rejected(source, Reason.EMPTY, EMPTY))
            self.files[source] = File(address, size, changed, "")
        elif _hidden(name):
            self.rejected.append(Rejected(source, Reason.UNKNOWN_FORMAT, _HIDDEN))
        elif not way:
            self.rejected.append(
                Rejected(
                    source,
                    Reason.TOO_LARGE,
                    "It is larger than 2 GiB, which Spark reads in one piece. Split it, or write it"
                    " as Parquet or JSON Lines.",
                )
            )
        else:
            self.files[source] = File(address, size, changed, way)


def _here(path: str, place: Any, system: Any) -> list[str]:
    """Return paths and patterns of this machine; braces, which its patterns have not, spread."""
    if "{" not in path or os.path.lexists(path):
        return [path]
    found = system.globStatus(place) or []
    return [local_of(status.getPath().toString()) for status in found] or [path]


def _hidden(name: str) -> bool:
    """Say whether Spark's readers pass over a name."""
    return (name.startswith("_") and "=" not in name) or name.endswith("._COPYING_")


def _way(name: str, size: int) -> str:
    if name.endswith(_PARQUET):
        return "parquet"
    # of a packed file damage is told where it is read whole, so that is done where it can be
    if name.endswith(_PACKED) and size > _MOST:
        return "packed lines"
    if name.endswith(_LINES):
        return "lines"
    return "whole" if size <= _MOST else ""


def _why(error: Exception) -> str:
    return (
        f"Spark could not reach it ({said(error)}). Check the address and what the cluster may"
        " read."
    )
