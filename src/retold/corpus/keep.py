"""A corpus without its copies: of each group one article is kept, by a policy.

Only ids, dates and lengths of the articles in groups are held in memory, some 100 bytes each; texts
pass through a batch at a time.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from retold.corpus.results import Scan, files_of, load_scan, path_of
from retold.corpus.rows import BATCH, batches, tables
from retold.corpus.tables import KEEP_TABLES, KEPT, LEFT_OUT
from retold.errors import RetoldError, ScanError, UsageError
from retold.labels import count, percent

Numbers = np.ndarray[Any, np.dtype[Any]]

POLICIES = {
    "earliest": "the first by time of publication; of equals, and of articles without a time, the"
    " longest",
    "longest": "the one with most words; of equals the earliest",
    "central": "the one with most verified matches within its group; of equals the earliest, then"
    " the longest",
}
"""What each policy keeps of a group; among those equal in all that, the smallest id."""

IDS = 1 << 20
"""Rows whose ids are looked up at once: each time, all members are put into a hash table."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
UNDATED = int(np.iinfo(np.int64).max)
"""Stands for the time of an article that has none."""


@dataclass(frozen=True, slots=True)
class _Members:
    """The articles in groups, one entry each in every array."""

    ids: pa.Array
    groups: pa.Array
    """Ids of the groups, once each."""
    group: Numbers
    """Number of the group in ``groups``."""
    size: Numbers
    """Number of members of the group."""
    row: Numbers
    """Number of the row in the articles."""
    published: Numbers
    """Microseconds since 1970, or ``UNDATED``."""
    words: Numbers


def keep(scan: Scan, policy: str) -> Scan:
    """Write ``kept`` and ``left_out`` beside the tables of a scan.

    Of each group the article that the policy prefers is kept; articles in no group are all kept.
    Where the tables are there, made by this policy from these very tables, they are left as they
    are.

    Args:
        scan: a finished scan.
        policy: one of :data:`POLICIES`.

    Returns:
        The scan with both tables.

    Raises:
        UsageError: the policy is unknown.
        ScanError: a table is damaged.
        RetoldError: the tables cannot be written.
    """
    check(policy)
    mark = {"retold.policy": policy, "retold.tables": fingerprint(scan)}
    if _marks(scan.folder) == [mark] * len(KEEP_TABLES):
        return load_scan(scan.folder)
    members = _members(scan)
    criteria = _criteria(scan, members, policy)
    chosen = _chosen(members, criteria)
    left = np.flatnonzero(chosen != np.arange(len(chosen)))
    left = left[np.argsort(members.row[left])]  # in the order of the articles
    kept = np.ones(scan.counts["articles"], dtype=bool)
    kept[members.row[left]] = False
    share = _containment(scan, members, chosen)
    with _written(path_of(scan.folder, LEFT_OUT.name), LEFT_OUT.schema, mark) as writer:
        for low in range(0, len(left), BATCH):
            part = left[low : low + BATCH]
            reasons = _reasons(members, criteria, part, chosen[part], share[part], policy)
            writer.write_table(_left_out(members, part, chosen[part], share[part], reasons))
    with _written(path_of(scan.folder, KEPT.name), KEPT.schema, mark) as writer:
        at = 0
        for batch in batches(scan.articles, KEPT.schema.names):
            mask = pa.array(kept[at : at + len(batch)])
            writer.write_table(pa.Table.from_batches([batch.filter(mask)]))
            at += len(batch)
    return load_scan(scan.folder)


def check(policy: str) -> None:
    """Raise a UsageError where there is no such policy."""
    if policy not in POLICIES:
        raise UsageError(f"{policy!r}: no such policy; take one of {', '.join(POLICIES)}")


def discard(scan: Scan) -> Scan:
    """Remove ``kept`` and ``left_out`` where they were made from other tables than these."""
    current = fingerprint(scan)
    for table, mark in zip(KEEP_TABLES, _marks(scan.folder), strict=True):
        if mark.get("retold.tables") != current:
            path_of(scan.folder, table.name).unlink(missing_ok=True)
    return load_scan(scan.folder)


def fingerprint(scan: Scan) -> str:
    """Return a hash of the bytes of the run and of the shape of the tables that a policy reads."""
    digest = hashlib.sha256()
    for file in files_of(path_of(scan.folder, "run")):
        digest.update(file.read_bytes())
    for name in ("articles", "groups", "matches"):
        size = sum(file.stat().st_size for file in files_of(path_of(scan.folder, name)))
        digest.update(f"{name} {size} {scan.counts[name]}".encode())
    return digest.hexdigest()


def _marks(folder: Path) -> list[dict[str, str]]:
    """Return what the metadata of both tables says of policy and origin; empty where it is not."""
    marks = []
    for table in KEEP_TABLES:
        mark = {}
        with suppress(OSError, pa.ArrowException):
            with path_of(folder, table.name).open("rb") as stream:
                found = pq.read_metadata(stream).metadata or {}
            keys = (b"retold.policy", b"retold.tables")
            mark = {k.decode(): found[k].decode() for k in keys if k in found}
        marks.append(mark)
    return marks


def _members(scan: Scan) -> _Members:
    names = ["group", "article", "size"]
    held = list(batches(scan.groups, names, size=IDS))
    table = pa.Table.from_batches(held, pa.schema([scan.groups.schema.field(n) for n in names]))
    ids = table.column("article").combine_chunks()
    groups = table.column("group").combine_chunks().dictionary_encode()
    row = np.full(len(ids), -1, dtype=np.int64)
    published = np.full(len(ids), UNDATED, dtype=np.int64)
    words = np.zeros(len(ids), dtype=np.int64)
    at = 0
    for batch in tables(scan.articles, ("article", "published", "words"), IDS):
        found = pc.index_in(batch.column("article"), value_set=ids)
        here = np.flatnonzero(_numbers(found.is_valid()))
        member = _numbers(found.drop_null())
        row[member] = at + here
        times = batch.column("published").cast(pa.int64()).fill_null(UNDATED)
        published[member] = _numbers(times)[here]
        words[member] = _numbers(batch.column("words").fill_null(0))[here]
        at += len(batch)
    if (row < 0).any():
        lost = ids[int(np.argmin(row))].as_py()
        raise ScanError(f"{scan.folder}: {lost} stands in the groups but not in the articles")
    size = _numbers(table.column("size"))
    group = _numbers(groups.indices)
    return _Members(ids, groups.dictionary, group, size, row, published, words)


def _numbers(array: pa.Array | pa.ChunkedArray) -> Numbers:
    found: Numbers = np.asarray(array)
    return found


def _criteria(scan: Scan, members: _Members, policy: str) -> tuple[Numbers, ...]:
    """Return what a policy goes by, of each the smallest preferred."""
    if policy == "central":
        return -_degree(scan, members), members.published, -members.words
    if policy == "longest":
        return -members.words, members.published
    return members.published, -members.words


def _chosen(members: _Members, criteria: tuple[Numbers, ...]) -> Numbers:
    """Return, for each member, the number of the member that is kept of its group."""
    rank = np.empty(len(members.ids), dtype=np.int64)
    rank[_numbers(pc.sort_indices(members.ids))] = np.arange(len(rank))
    order = np.lexsort((rank, *reversed(criteria), members.group))
    grouped = members.group[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = grouped[1:] != grouped[:-1]
    best = np.zeros(len(members.groups), dtype=np.int64)
    best[grouped[first]] = order[first]
    chosen: Numbers = best[members.group]
    return chosen


def _within(
    scan: Scan, members: _Members, *columns: str
) -> Iterator[tuple[Numbers, Numbers, pa.Table]]:
    """Yield the matches within groups: the numbers of both members, and the other columns."""
    for batch in tables(scan.matches, ("a", "b", *columns), IDS):
        both = pa.chunked_array([*batch.column("a").chunks, *batch.column("b").chunks])
        found = _numbers(pc.index_in(both, value_set=members.ids).fill_null(-1))
        a, b = found[: len(batch)], found[len(batch) :]
        within = (a >= 0) & (b >= 0)
        within[within] = members.group[a[within]] == members.group[b[within]]
        yield a[within], b[within], batch.filter(pa.array(within))


def _degree(scan: Scan, members: _Members) -> Numbers:
    """Count the verified matches of each member within its group."""
    degree = np.zeros(len(members.ids), dtype=np.int64)
    for a, b, batch in _within(scan, members, "verified"):
        verified = _numbers(batch.column("verified"))
        for side in (a, b):
            degree += np.bincount(side[verified], minlength=len(degree))
    return degree


def _containment(scan: Scan, members: _Members, chosen: Numbers) -> Numbers:
    """Return the share of each member's words in the one kept; NaN where they have no match."""
    share = np.full(len(members.ids), np.nan, dtype=np.float32)
    for a, b, batch in _within(scan, members, "containment_a", "containment_b"):
        for mine, other, name in ((a, b, "containment_a"), (b, a, "containment_b")):
            direct = chosen[mine] == other
            share[mine[direct]] = _numbers(batch.column(name))[direct]
    return share


def _left_out(
    members: _Members, part: Numbers, kept: Numbers, share: Numbers, reasons: list[str]
) -> pa.Table:
    """Return the rows of the members in ``part``, for which those in ``kept`` stand."""
    columns = [
        members.ids.take(pa.array(part)),
        members.groups.take(pa.array(members.group[part])),
        members.ids.take(pa.array(kept)),
        pa.array(share, pa.float32(), from_pandas=True),
        pa.array(reasons, pa.large_string()),
    ]
    return pa.table(columns, schema=LEFT_OUT.schema)


def _reasons(
    members: _Members,
    criteria: tuple[Numbers, ...],
    part: Numbers,
    kept: Numbers,
    share: Numbers,
    policy: str,
) -> list[str]:
    numbers = zip(
        zip(*(c[kept].tolist() for c in criteria), strict=True),
        zip(*(c[part].tolist() for c in criteria), strict=True),
        members.size[part].tolist(),
        share.tolist(),
        strict=True,
    )
    return [_reason(policy, *each) for each in numbers]


def _reason(
    policy: str, kept: tuple[int, ...], mine: tuple[int, ...], size: int, share: float
) -> str:
    """Say by what another was kept of a group, from what the policy goes by in both."""
    decided = next((i for i in range(len(mine)) if kept[i] != mine[i]), None)
    if decided is None:
        why = "both are equal in all that the policy goes by, so the smaller id decides"
    else:
        tell = {
            "earliest": (_when, _length),
            "longest": (_length, _when),
            "central": (_matches, _when, _length),
        }[policy][decided]
        why = f"{tell(kept[decided])}, this one {tell(mine[decided])}"
    stands = (
        "the two have no match and are joined through others"
        if math.isnan(share)
        else f"{percent(share)} of this one's words stand there"
    )
    best = "most central" if policy == "central" else policy
    return f"The {best} of {count(size, 'version')} is kept: {why}; {stands}."


def _when(at: int) -> str:
    if at == UNDATED:
        return "without a time of publication"
    moment = EPOCH + timedelta(microseconds=at)
    return f"published {moment.isoformat(' ', 'seconds').removesuffix('+00:00')} UTC"


def _length(negative: int) -> str:
    return f"of {count(-negative, 'word')}"


def _matches(negative: int) -> str:
    return f"with {count(-negative, 'verified match', 'verified matches')}"


@contextmanager
def _written(path: Path, schema: pa.Schema, mark: dict[str, str]) -> Iterator[pq.ParquetWriter]:
    """Give a writer of a table that is there whole in the end, or not at all."""
    part = path.with_name(f".{path.name}.part")
    marked = schema.with_metadata({**(schema.metadata or {}), **mark})
    try:
        try:
            with pq.ParquetWriter(part, marked, compression="zstd") as writer:
                yield writer
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
    except OSError as error:
        reason = error.strerror or str(error).partition("\n")[0]
        raise RetoldError(
            f"{path}: cannot be written ({reason}); make room there or name another folder"
        ) from None
