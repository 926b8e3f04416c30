"""``retold scan``: from files to tables, one stage after the other."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from retold._version import __version__
from retold.config import Config, ReadConfig, ScanConfig, canonical, digest
from retold.engine import Progress, cores, in_threads, silent
from retold.errors import InputError
from retold.model import Rejected
from retold.read import corpus
from retold.scan import groups, matches, outlets, passages
from retold.scan.index import build
from retold.scan.keep import check
from retold.scan.keep import keep as keep_articles
from retold.scan.prepare import Prepared, prepare
from retold.scan.results import Scan, load_scan, path_of
from retold.scan.store import Part, Store, unwritten, write_table
from retold.scan.survey import Survey, checkpoint_name, survey
from retold.scan.tables import (
    ARTICLES,
    GROUPS,
    MATCHES,
    OUTLETS,
    PASSAGES,
    REJECTED,
    RUN,
    SCHEMA,
)  # fmt: skip

_FORMAT = "1"
"""Version of what a store holds; grows when a kernel gives other words or sketches."""
_WORK = ".store"
"""Folder, within that of the tables, for what a scan without an index has done so far."""


def scan(
    sources: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    config: Config | None = None,
    *,
    index: str | os.PathLike[str] | None = None,
    keep: str | None = None,
    processes: int | None = None,
    progress: Progress = silent,
) -> Scan:
    """Find every copy in a corpus and write the tables (:mod:`retold.scan.tables`).

    Args:
        sources: files, folders and patterns.
        out: folder for the tables.
        config: its ``read`` and ``scan`` count.
        index: folder that keeps what was read, for later scans to add to; the tables then tell of
            all that it holds.
        keep: policy by which one article of each group is kept.
        processes: how many threads work side by side; all cores where None.
        progress: is told how far it has come.

    Raises:
        InputError: not one article could be read.
        ScanError: a folder cannot be written, or the index was made with other thresholds.
        UsageError: the policy or a field is unknown.
    """
    config = config or Config()
    folder = Path(out)
    if keep is not None:
        check(keep)
    threads = processes or cores()
    items, unreached = corpus.inputs(sources, progress)
    configuration = digest(config.read, config.scan) + _FORMAT
    with Store(Path(index) if index else folder / _WORK, configuration) as store:
        _fill(store, items, config, threads, progress)
        rejected = sorted({*unreached, *store.rejected()})
        if not store.parts():
            lines = [f"{r.source}: {r.detail}" for r in rejected[:20]]
            raise InputError("\n".join(["no article could be read", *lines]))
        found = _write(store, folder, rejected, configuration, config, threads, progress)
        if index:
            build(store, found.known, config.scan)
    if not index:
        shutil.rmtree(folder / _WORK)
    made = load_scan(folder)
    return keep_articles(made, keep) if keep is not None else made


def _fill(
    store: Store, items: Sequence[corpus.Input], config: Config, threads: int, progress: Progress
) -> None:
    """Read what the store does not hold yet."""
    total = sum(item.bytes for item in items)
    done = 0
    for item in items:
        progress("read", done, total)
        if not store.complete(item.sha256):
            _add(store, item, config.read, config.scan, threads)
            store.finish(item.sha256, item.source, item.bytes)
        done += item.bytes
    progress("read", total, total)


def _add(
    store: Store, item: corpus.Input, read: ReadConfig, config: ScanConfig, threads: int
) -> None:
    batches = (
        (number, batch)
        for number, batch in enumerate(corpus.batches(item, read))
        if not store.has(item.sha256, number)
    )

    def made(numbered: tuple[int, corpus.Batch]) -> tuple[int, Prepared]:
        number, batch = numbered
        ready = prepare(batch, config)
        try:
            write_table(ready.articles, store.draft(item.sha256, number))
        except OSError as error:
            raise unwritten(store.folder, error) from None
        return number, ready

    for number, ready in in_threads(made, batches, threads):
        store.add(item.sha256, number, ready)


def _write(
    store: Store,
    folder: Path,
    rejected: Sequence[Rejected],
    configuration: str,
    config: Config,
    threads: int,
    progress: Progress,
) -> Survey:
    """Compute all tables from the store and write them."""
    content, parts = store.content(), store.parts()
    columns = [pq.read_table(p.path, columns=["outlet", "published"]) for p in parts]
    names, by_number, published = _fields(pa.concat_tables(columns))
    name = checkpoint_name(store.state(), configuration)
    checkpoints = store.folder / "aligned" / name
    for old in (store.folder / "aligned").glob("*"):
        if old.name != name:
            shutil.rmtree(old)
    checkpoints.mkdir(parents=True, exist_ok=True)
    found = survey(content, by_number, config.scan, checkpoints, threads, progress)
    ranked = found.ranked
    ids = content.ids[ranked.order]
    known = passages.Articles(ids, by_number[ranked.order], published[ranked.order])
    every = matches.matched(found)
    made: dict[str, pa.Table] = {}
    made[MATCHES.name] = matches.table(every, found, ids)
    certain = every.verified
    joined = groups.group(
        ranked.original, every.pairs[certain], every.resemblance[certain], config.scan.anchors
    )
    match_names = matches.names(every, ids).filter(pa.array(certain))
    made[GROUPS.name] = groups.table(joined, ids, match_names)
    made[OUTLETS.name] = outlets.table(joined, known, names)
    listed, cut = passages.table(found, known, parts, config.scan)
    made[PASSAGES.name] = listed
    made[REJECTED.name] = pa.table(
        [[getattr(r, column.name) for r in rejected] for column in REJECTED.columns],
        schema=REJECTED.schema,
    )
    notices = []
    if cut:
        notices.append(
            f"More than {config.scan.passages:,} passages were found; those in most articles are"
            " listed."
        )
    made[RUN.name] = _run(store, configuration, config, found, len(rejected), notices)
    _deliver(made, parts, folder)
    return found


def _fields(table: pa.Table) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return the outlets, sorted, and by article the outlet's number and the time."""
    coded = table["outlet"].combine_chunks().dictionary_encode()
    held = coded.dictionary.to_pylist()
    names = sorted(filter(None, held))
    place = {name: number for number, name in enumerate(names)}
    numbers = np.array([place.get(name, -1) for name in held], np.int32)
    moments = table["published"].combine_chunks().cast(pa.int64())
    never = pa.scalar(passages.NEVER, pa.int64())
    return names, numbers[coded.indices.to_numpy()], moments.fill_null(never).to_numpy()


def _run(
    store: Store,
    configuration: str,
    config: Config,
    found: Survey,
    rejected: int,
    notices: list[str],
) -> pa.Table:
    articles = len(found.ranked.order)
    inputs = [
        {"source": source, "bytes": size, "sha256": key} for source, size, key in store.inputs()
    ]
    row = {
        "version": __version__,
        "schema": SCHEMA,
        "configuration": configuration,
        "thresholds": canonical(config.read, config.scan),
        "inputs": inputs,
        "articles_in": articles + rejected,
        "articles_out": articles,
        "words": int(found.ranked.content.bounds[-1]),
        "candidates": found.candidates,
        "notices": notices,
    }
    return pa.Table.from_pylist([row], schema=RUN.schema)


def _deliver(made: dict[str, pa.Table], parts: Sequence[Part], folder: Path) -> None:
    """Put the tables into the folder; the one of the run last, which says that all are there."""
    try:
        path_of(folder, RUN.name).unlink(missing_ok=True)
        articles = path_of(folder, ARTICLES.name)
        if articles.is_dir():
            shutil.rmtree(articles)
        articles.mkdir(parents=True)
        for number, part in enumerate(parts):
            target = articles / f"part-{number:06}.parquet"
            try:
                target.hardlink_to(part.path)
            except OSError:  # another disk, or one without links
                shutil.copyfile(part.path, target)
        for table in (MATCHES, GROUPS, PASSAGES, OUTLETS, REJECTED, RUN):
            write_table(made[table.name], path_of(folder, table.name))
    except OSError as error:
        raise unwritten(folder, error) from None
