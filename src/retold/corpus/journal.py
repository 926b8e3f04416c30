"""Lines that say what a store holds, written after what they tell of is on the disk."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

Line = dict[str, Any]

_GROUP = 64 << 20
"""Bytes that are brought to the disk together: waiting for it costs the same for few and many."""


class Journal:
    """A file of JSON lines, added to.

    What a line tells of may be written and still be in memory alone: a line waits until enough has
    come together, then all is brought to the disk at once, in a thread of its own, and the lines
    after it. An interruption loses at most what waits.
    """

    def __init__(self, path: Path) -> None:
        """Open or begin a journal; the end of an interruption is cut off.

        Raises:
            OSError: it cannot be read or written.
        """
        self.lines: list[Line] = []
        kept = 0
        if path.is_file():
            with path.open("rb") as stream:
                for line in stream:
                    if not line.endswith(b"\n"):
                        break  # the end of an interruption
                    self.lines.append(json.loads(line))
                    kept += len(line)
        self._file = path.open("ab")
        self._file.truncate(kept)
        self._thread = ThreadPoolExecutor(1)
        self._under_way: Future[None] | None = None
        self._lines: list[Line] = []
        self._paths: list[Path] = []
        self._bytes = 0
        self._failed = False

    def add(self, line: Line, size: int, paths: Iterable[Path]) -> None:
        """Add a line that tells of ``size`` bytes in ``paths``.

        Raises:
            OSError: these or earlier ones could not be brought to the disk.
        """
        self.lines.append(line)
        self._lines.append(line)
        self._paths += paths
        self._bytes += size
        if self._bytes >= _GROUP:
            self._begin()

    def note(self, line: Line) -> None:
        """Add a line; on return it and all before it are on the disk.

        Raises:
            OSError: these or earlier ones could not be brought to the disk.
        """
        self.add(line, 0, ())
        self.commit()

    def commit(self) -> None:
        """Bring to the disk what waits.

        Raises:
            OSError: it could not be done.
        """
        self._begin()
        self._wait()

    def close(self) -> None:
        """Bring to the disk what still can be, and close."""
        with suppress(OSError):  # told when it was added, or the disk takes no more of it
            self.commit()
        self._thread.shutdown()
        with suppress(OSError):
            self._file.close()

    def _wait(self) -> None:
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            under_way.result()

    def _begin(self) -> None:
        self._wait()
        if self._lines:
            self._under_way = self._thread.submit(self._bring, self._lines, set(self._paths))
            self._lines, self._paths, self._bytes = [], [], 0

    def _bring(self, lines: list[Line], paths: set[Path]) -> None:
        if self._failed:  # a line must not stand where one before it is missing
            return
        self._failed = True
        for path in paths:
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
        self._file.write(b"".join(json.dumps(line).encode() + b"\n" for line in lines))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._failed = False
