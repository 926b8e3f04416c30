"""What is kept of a corpus: words, sketches, texts; added to in batches, safe at any moment.

A folder. ``ledger.jsonl`` (:mod:`retold.corpus.journal`) has a line for each batch that is wholly
there, keyed by the hash of its input and its number, with how long each file was then; what stands
behind that in the files is the rest of an interruption and is cut off when the store is opened. One
process writes at a time.
"""

from __future__ import annotations

import errno
import json
import mmap
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from retold.corpus.journal import Journal
from retold.corpus.prepare import ID_BYTES, Prepared
from retold.errors import ScanError
from retold.model import Reason, Rejected
from retold.reuse.sketch import Hashes
from retold.reuse.tokens import Words

_LEDGER = "ledger.jsonl"
_FILES = ("words", "starts", "lengths", "hashes", "records")
RECORD = np.dtype(
    [("id", np.uint8, (ID_BYTES,)), ("words", "<i8"), ("hashes", "<i8"), ("whole", "<u8")]
)
"""An article: its id, how many words and hashes stand before the end of its own, and the hash of
its words."""
_ROWS = 4096
"""Rows of a row group: small enough that a single text is fetched quickly."""


class Content(NamedTuple):
    """All that the store holds, as arrays over its files. Articles in the order of adding."""

    ids: NDArray[np.uint8]
    words: Words
    bounds: NDArray[np.int64]
    starts: NDArray[np.int32]
    lengths: NDArray[np.uint8]
    hashes: Hashes
    hash_bounds: NDArray[np.int64]
    whole: Hashes


@dataclass(frozen=True, slots=True)
class Part:
    """A file of articles: their rows are those from ``first`` on in the order of adding."""

    path: Path
    first: int
    articles: int


def alone(folder: Path, *, wait: bool = False) -> FileLock:
    """Make a folder and hold the lock of who writes there; if it may not wait, a ScanError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock")
        lock.acquire(timeout=-1 if wait else 0)
    except Timeout:
        raise ScanError(f"{folder}: another scan writes in it; wait for its end") from None
    except OSError as error:
        raise ScanError(f"{folder}: cannot be written ({error.strerror})") from None
    return lock


class Store:
    """An open store. Close it, or use it in a ``with`` statement."""

    def __init__(self, folder: Path, configuration: str, *, wait: bool = True) -> None:
        """Open or begin a store.

        Args:
            folder: where it is.
            configuration: hash of all that its content depends on.
            wait: whether to wait while another process writes in it.

        Raises:
            ScanError: another process writes in it and ``wait`` is False; it was made with another
                configuration; a file of it is missing or damaged; or it cannot be written.
        """
        self.folder = folder
        self._lock = alone(folder, wait=wait)
        self._seen = _Seen()
        self._files: dict[str, IO[bytes]] = {}
        try:
            self._open(configuration)
        except BaseException:
            self.close()
            raise

    def _open(self, configuration: str) -> None:
        (self.folder / "parts").mkdir(exist_ok=True)
        self._journal = Journal(self.folder / _LEDGER)
        self._lines = self._journal.lines
        if not self._lines:
            self._journal.note({"configuration": configuration})
        elif self._lines[0].get("configuration") != configuration:
            raise ScanError(
                f"{self.folder}: made with other thresholds or by another version; "
                "give another folder, or the same options as then"
            )
        self._ends = dict.fromkeys(_FILES, 0)
        for note in self._lines:
            self._ends.update(note.get("ends", {}))
        for name in _FILES:
            file = (self.folder / name).open("ab")
            self._files[name] = file
            if file.tell() < self._ends[name]:
                raise ScanError(
                    f"{self.folder / name}: is shorter than it was; "
                    f"remove {self.folder} and scan again"
                )
            file.truncate(self._ends[name])
        for part in (self.folder / "parts").iterdir():
            if part.name not in {line.get("part") for line in self._lines}:
                part.unlink()
        self._seen.add(leading(_mapped(self.folder / "records", RECORD)["id"]))

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the files and let others write; what was added is on the disk then."""
        if hasattr(self, "_journal"):
            self._journal.close()
        for file in self._files.values():
            file.close()
        self._lock.release()

    # ------------------------------------------------------------ adding

    def has(self, key: str, batch: int) -> bool:
        """Whether a batch of an input is there."""
        return any(line.get("input") == key and line.get("batch") == batch for line in self._lines)

    def complete(self, key: str) -> bool:
        """Whether all batches of an input are there."""
        return any(line.get("input") == key and "source" in line for line in self._lines)

    def draft(self, key: str, batch: int) -> Path:
        """Return where the articles of a batch may be written before it is added."""
        return self.folder / "parts" / f"{key[:32]}-{batch}"

    def add(self, key: str, batch: int, made: Prepared) -> None:
        """Add a batch whose articles are written as a draft; it is on the disk a little later.

        Articles that are there already, in text and fields, are left out and listed.

        Raises:
            ScanError: the disk is full, or cannot be written; what was added before stays.
        """
        fresh = self._seen.fresh(leading(made.ids))
        rejected = [*made.rejected]
        if not fresh.all():
            rejected += self._again(made, fresh)
            made = _kept(made, fresh)
        part = f"{sum('part' in line for line in self._lines):06}.parquet"
        try:
            if not fresh.all():
                write_table(made.articles, self.draft(key, batch), lasting=False)
            paths = [self.folder / name for name in _FILES]
            if len(made.ids):
                paths.append(self.draft(key, batch).replace(self.folder / "parts" / part))
            else:
                self.draft(key, batch).unlink()
            every = (made.words, made.starts, made.lengths, made.hashes, self._made(made))
            for name, data in zip(_FILES, every, strict=True):
                self._files[name].write(np.ascontiguousarray(data).data.cast("B"))
                self._files[name].flush()
            ends = {name: self._files[name].tell() for name in _FILES}
            line = {
                "input": key,
                "batch": batch,
                "articles": len(made.ids),
                "ends": ends,
                "rejected": [[r.source, str(r.reason), r.detail] for r in rejected],
            }
            if len(made.ids):
                line["part"] = part
            self._journal.add(line, made.articles.nbytes, paths)
        except OSError as error:
            raise unwritten(self.folder, error) from None
        self._ends = ends
        self._seen.add(leading(made.ids))

    def _again(self, made: Prepared, fresh: NDArray[np.bool_]) -> list[Rejected]:
        """List articles that are there already, but for those that come from the same place."""
        rows = pa.array(np.flatnonzero(~fresh))
        again = made.articles.select(["article", "source"]).take(rows)
        held = [pq.read_table(part.path, columns=["article", "source"]) for part in self.parts()]
        first = made.articles.select(["article", "source"]).filter(pa.array(fresh))
        known = pa.concat_tables([*held, first])
        known = known.filter(pc.is_in(known["article"], again["article"].combine_chunks()))
        place = dict(zip(*(known[name].to_pylist() for name in known.column_names), strict=True))
        return [
            Rejected(row["source"], Reason.DUPLICATE, seen_in(place[row["article"]]))
            for row in again.to_pylist()
            if place[row["article"]] != row["source"]
        ]

    def finish(self, key: str, source: str, size: int) -> None:
        """Note that an input is wholly there; on return it is on the disk.

        Raises:
            ScanError: the disk is full, or cannot be written; what was added before stays.
        """
        try:
            self._journal.note({"input": key, "source": source, "bytes": size})
        except OSError as error:
            raise unwritten(self.folder, error) from None

    def _made(self, made: Prepared) -> NDArray[Any]:
        records = np.zeros(len(made.ids), RECORD)
        records["id"] = made.ids
        records["words"] = self._ends["words"] // 4 + made.bounds[1:]
        records["hashes"] = self._ends["hashes"] // 8 + made.hash_bounds[1:]
        records["whole"] = made.whole
        return records

    # ------------------------------------------------------------ reading

    def content(self) -> Content:
        """Return all that is held, mapped from the files."""
        return read_content(self.folder)

    def parts(self) -> list[Part]:
        """Return the files of articles, in the order of adding."""
        return _parts(self.folder, self._lines)

    def rejected(self) -> list[Rejected]:
        """Return what was left out of the inputs, sorted."""
        lines = (entry for line in self._lines for entry in line.get("rejected", ()))
        return sorted(Rejected(source, Reason(reason), detail) for source, reason, detail in lines)

    def inputs(self) -> Iterator[tuple[str, int, str]]:
        """Yield source, bytes and hash of each input, sorted."""
        yield from sorted(
            (line["source"], line["bytes"], line["input"])
            for line in self._lines
            if "source" in line
        )

    def state(self) -> str:
        """Return what identifies the content: it changes with every batch."""
        return json.dumps([[line.get("input"), line.get("batch")] for line in self._lines])


def read_content(folder: Path) -> Content:
    """Map the files of a store; another process may be adding to it."""
    records = _mapped(folder / "records", RECORD)
    zero = np.zeros(1, np.int64)
    return Content(
        np.ascontiguousarray(records["id"]),
        _mapped(folder / "words", np.dtype("<u4")),
        np.concatenate((zero, records["words"])),
        _mapped(folder / "starts", np.dtype("<i4")),
        _mapped(folder / "lengths", np.dtype("u1")),
        _mapped(folder / "hashes", np.dtype("<u8")),
        np.concatenate((zero, records["hashes"])),
        np.ascontiguousarray(records["whole"]),
    )


def read_parts(folder: Path) -> list[Part]:
    """Return the files of articles of a store; another process may be adding to it."""
    with (folder / _LEDGER).open("rb") as stream:
        return _parts(folder, [json.loads(line) for line in stream if line.endswith(b"\n")])


def _parts(folder: Path, lines: Sequence[Mapping[str, Any]]) -> list[Part]:
    found, first = [], 0
    for line in lines:
        if "part" in line:
            found.append(Part(folder / "parts" / line["part"], first, line["articles"]))
            first += line["articles"]
    return found


def write_table(table: pa.Table, path: Path, *, lasting: bool = True) -> None:
    """Write a Parquet file whole or not at all.

    Where it is ``lasting`` it is on the disk on return; else that is for others to see to.
    """
    draft = path.with_name(f"{path.name}.part")
    coded = [f.name for f in table.schema if f.name in {"outlet", "kind", "reason"}]
    pq.write_table(
        table, draft, compression="snappy", row_group_size=_ROWS, use_dictionary=coded,
        write_statistics=[f.name for f in table.schema if f.name != "text"],
    )  # fmt: skip
    if lasting:
        with draft.open("rb+") as stream:
            os.fsync(stream.fileno())  # before anything says that it is there
    draft.replace(path)


def is_full(error: OSError) -> bool:
    """Whether what failed is that the disk has no room."""
    return error.errno in {errno.ENOSPC, errno.EDQUOT}


def unwritten(folder: Path, error: OSError) -> ScanError:
    """Return what to raise where a folder cannot be written."""
    if is_full(error):
        return ScanError(
            f"{folder}: the disk is full; make room and run the same command again: "
            "it goes on where it stopped"
        )
    return ScanError(f"{folder}: cannot be written ({error.strerror}); run the command again")


def seen_in(source: str) -> str:
    """Return what to say of an article that was read from ``source`` already."""
    return (
        f"The same text, title, outlet, address and date as {source}; if another outlet printed it,"
        " give each its outlet or url."
    )


def _kept(made: Prepared, fresh: NDArray[np.bool_]) -> Prepared:
    """Return a batch without the articles that are there already."""

    def runs(values: Any, bounds: NDArray[np.int64]) -> Any:
        return values[np.repeat(fresh, np.diff(bounds))]

    def begins(bounds: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.concatenate((np.zeros(1, np.int64), np.cumsum(np.diff(bounds)[fresh])))

    return Prepared(
        made.articles.filter(pa.array(fresh)).combine_chunks(),
        made.ids[fresh],
        runs(made.words, made.bounds),
        begins(made.bounds),
        runs(made.starts, made.bounds),
        runs(made.lengths, made.bounds),
        runs(made.hashes, made.hash_bounds),
        begins(made.hash_bounds),
        made.whole[fresh],
        made.rejected,
    )


def release(values: NDArray[Any]) -> None:
    """Let go of the memory that a mapped file takes; what is read again is mapped again."""
    mapping = getattr(values, "base", None)
    if isinstance(mapping, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapping.madvise(mmap.MADV_DONTNEED)


def _mapped(path: Path, kind: np.dtype[Any]) -> NDArray[Any]:
    if not path.stat().st_size:
        return np.empty(0, kind)
    return np.memmap(path, kind, "r")


def leading(ids: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return the first eight bytes of ids as numbers, which sort as they do."""
    return np.ascontiguousarray(ids[:, :8]).view(">u8").ravel().astype(np.uint64)


class _Seen:
    """A growing set of numbers: sorted runs, of which like sizes are merged."""

    def __init__(self) -> None:
        self._runs: list[NDArray[np.uint64]] = []

    def fresh(self, keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Say which keys are new here, and the first of their kind."""
        fresh = np.zeros(len(keys), np.bool_)
        fresh[np.unique(keys, return_index=True)[1]] = True
        for run in self._runs:
            at = np.searchsorted(run, keys)
            at[at == len(run)] = 0
            fresh &= run[at] != keys
        return fresh

    def add(self, keys: NDArray[np.uint64]) -> None:
        """Add keys that are new."""
        run = np.sort(keys)
        while self._runs and len(self._runs[-1]) <= 2 * len(run):
            run = np.sort(np.concatenate((self._runs.pop(), run)))
        if len(run):
            self._runs.append(run)
