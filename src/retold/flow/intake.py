"""From the files of a corpus to rows of articles on Spark, with all that could not be read.

Spark passes over what is damaged without a word. So each part that is read tells how much it was,
and each file is held against what it should have given: a Parquet file against the rows that its
end tells of, lines against their bytes. What is short, or has no article, is read once more by
Retold's own reader, which tells why and names records as on one machine; of a file that is too
large for that what Spark gave is kept, and how much is missing is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from retold.config import Config
from retold.engine.edges import PATH, source_of
from retold.errors import InputError
from retold.flow import reading, rows
from retold.model import Reason, Rejected
from retold.read.stream import size

if TYPE_CHECKING:
    from retold.engine.spark import File, Listed, SparkEngine

_UNPACKED = 4
"""Times the bytes of its files that articles and sketches take as Parquet, at most as a rule."""
_MARK = 3
"""Bytes of a mark at the beginning of a file that says that it is UTF-8, which is not counted."""
_NO_ROW = "Spark could not read it: it is damaged. Copy it anew, or export it again."
_GONE = "There is no such file. Check the spelling of the path."
_FORBIDDEN = "It may not be read by you. Give yourself permission (chmod u+r) and run again."


@dataclass(slots=True)
class _Count:
    """What is known of a file: rows, or bytes of lines, and articles; None where nothing is."""

    seen: int | None = None
    articles: int = 0
    holds: int = 0


def read(
    engine: SparkEngine, listed: Listed, config: Config, again: int
) -> tuple[Any, list[Rejected]]:
    """Read all files by the readers that fit them.

    Args:
        engine: holds the rows.
        listed: the files.
        config: its ``read`` and ``scan`` count.
        again: bytes of a file up to which it is read once more where something of it is missing.

    Returns:
        Rows of :data:`retold.flow.rows.READ`, and what could not be read besides.

    Raises:
        InputError: there is no file to read.
    """
    from retold.engine.spark import files

    if not any(file.way for file in listed.files.values()):
        told = [f"{r.source}: {r.detail}" for r in listed.rejected]
        raise InputError("\n".join(["no file could be reached", *told]))
    most = config.read.max_record_bytes
    frames: list[Any] = []
    for frame in files.parquet(engine, listed.of("parquet")):
        frames += [_streamed(frame, reading.of_parquet, config), _held(frame)]
    for frame in files.lines(engine, listed.of("lines", "packed lines"), most):
        frames.append(_streamed(frame, reading.of_lines, config))
    frames += _whole(engine, listed.of("whole"), config)
    data = _kept(engine, "read", frames, sum(file.size for file in listed.files.values()))
    counts = _counts(data)
    short = {
        source: file
        for source, file in sorted(listed.files.items())
        if _is_short(file, counts.get(source, _Count()))
    }
    once_more = {source: file for source, file in short.items() if file.size <= again}
    if once_more:
        frames = _whole(engine, [file.address for file in once_more.values()], config)
        more = _kept(engine, "again", frames, sum(file.size for file in once_more.values()))
        data = files.beside(engine, files.without(engine, data, list(once_more)), more)
        found = _counts(more)
        counts |= {source: found.get(source, _Count()) for source in once_more}
        short = {
            source: file
            for source, file in short.items()
            if source not in once_more or counts[source].seen is None
        }
    missing = [
        rejected
        for source, file in short.items()
        for rejected in _missing(engine, source, file, counts.get(source, _Count()), config)
    ]
    for source, file in sorted(listed.files.items()):
        if file.way == "packed lines" and source in counts:
            missing += _torn(engine, source, file, counts[source], most)
    return data, missing


def _streamed(frame: Any, made: Callable[..., Any], config: Config) -> Any:
    from retold.engine.spark import files

    return files.streamed(frame, partial(made, read=config.read, scan=config.scan), rows.READ)


def _whole(engine: SparkEngine, paths: Sequence[str], config: Config) -> list[Any]:
    from retold.engine.spark import files

    return [_streamed(frame, reading.of_files, config) for frame in files.whole(engine, paths)]


def _held(frame: Any) -> Any:
    """Return rows of what Parquet files hold by what their ends say."""
    from retold.engine.spark import files

    return files.held(frame, {"source": PATH, "seen": "count"}, {"reason": rows.HOLDS}, rows.READ)


def _kept(engine: SparkEngine, name: str, frames: list[Any], size: int) -> Any:
    """Return rows that are asked for more than once."""
    if not frames:
        return rows.READ.empty_table()
    if _UNPACKED * size < engine.gather:
        return engine.fetched(frames, rows.READ)
    return engine.named(name, frames, rows.READ)


def _counts(data: Any) -> dict[str, _Count]:
    """Return what is known of each file."""
    from retold.engine.spark import files

    counts: dict[str, _Count] = {}
    for row in files.tallied(data, [rows.SEEN, rows.HOLDS]).to_pylist():
        if row["reason"] == rows.HOLDS:
            counts.setdefault(source_of(row["source"]), _Count()).holds += row["seen"]
        else:
            count = counts.setdefault(row["source"], _Count())
            count.seen = (count.seen or 0) + row["seen"]
            count.articles += row["articles"]
    return counts


def _is_short(file: File, count: _Count) -> bool:
    """Say whether something of a file is missing, or may be read by another reader."""
    if file.way in ("", "whole") or count.seen is None:
        return bool(file.way) and count.seen is None
    return not count.articles or _is_partial(file, count)


def _is_partial(file: File, count: _Count) -> bool:
    """Say whether something of a file that gave rows is missing."""
    if file.way == "parquet":
        return count.seen != count.holds
    # where it is packed nobody says how many bytes there are; the last line may have no end
    if file.way == "packed lines" or count.seen is None:
        return False
    return not file.size - _MARK <= count.seen <= file.size + 1


def _torn(
    engine: SparkEngine, source: str, file: File, count: _Count, longest: int
) -> Iterator[Rejected]:
    """List packed lines that end before their end.

    Gzip data end with how many bytes they unpack to, modulo 2**32 (RFC 1952, ISIZE). Where that is
    not what was read, they are damaged or of several members, and are read again to tell.
    """
    from retold.engine.spark import files, places

    if count.seen is None:
        return
    last = places.ending(engine.session, file.address, file.size, 4)
    # the last line may have no end
    if last in [(count.seen - less).to_bytes(9, "little")[:4] for less in (0, 1)]:
        return
    if not files.unpacks(engine, file.address, longest):
        detail = (
            "Its gzip data are damaged (Spark could not unpack them). Copy or download the file"
            " again."
        )
        before = f" The {count.articles} articles before the damage were read."
        yield Rejected(source, Reason.DAMAGED, detail + (before if count.articles else ""))


def _missing(
    engine: SparkEngine, source: str, file: File, count: _Count, config: Config
) -> Iterator[Rejected]:
    """List what of a file could not be read."""
    from retold.engine.spark import files, places

    if count.seen is None:
        why = places.trouble(engine.session, file.address)
        if why is None:
            yield Rejected(source, Reason.MISSING, _GONE)
        elif "ermission" in why:
            yield Rejected(source, Reason.NO_PERMISSION, _FORBIDDEN)
        else:
            yield Rejected(source, Reason.DAMAGED, _NO_ROW)
        return
    if not _is_partial(file, count):
        return
    rest = f" The {count.articles} articles in the rest were read." if count.articles else ""
    if file.way == "parquet":
        lost = f"{count.holds - count.seen} of {count.holds} rows could not be read"
        what = lost if count.holds > count.seen else "its rows could not be counted"
        detail = f"The Parquet data are damaged ({what}). Write or copy the file again."
    else:
        longest = size(files.LONGER * config.read.max_record_bytes)
        detail = (
            f"Of {file.size} bytes {count.seen} could be read as lines: one is longer than"
            f" {longest}, or it is damaged. Split such lines, one article a record, or copy the"
            " file again."
        )
    yield Rejected(source, Reason.DAMAGED, detail + rest)
