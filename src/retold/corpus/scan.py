"""``retold scan``: from files to tables, one stage after the other."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from retold._version import __version__
from retold.config import Config, ReadConfig, ScanConfig, canonical, digest
from retold.corpus import deliver, groups, matches, outlets, passages
from retold.corpus.index import build
from retold.corpus.keep import check
from retold.corpus.keep import keep as keep_articles
from retold.corpus.prepare import Prepared, prepare
from retold.corpus.results import Scan, load_scan, path_of
from retold.corpus.store import Store, is_full, unwritten, write_table
from retold.corpus.survey import Survey, checkpoint_name, survey
from retold.corpus.tables import (
    GROUPS,
    MATCHES,
    OUTLETS,
    PASSAGES,
    REJECTED,
    RUN,
    SCHEMA,
    Table,
)
from retold.engine import Progress, cores, in_threads, silent
from retold.errors import InputError, ScanError
from retold.model import Rejected
from retold.read import corpus
from retold.reuse.buffers import Buffers
from retold.reuse.compiled import compiling

_FORMAT = "1"
"""Version of what a store holds; grows when a kernel gives other words, sketches or passages."""
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
    """Find every copy in a corpus and write the tables (:mod:`retold.corpus.tables`).

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
    configuration = digest(config.read, config.scan)
    if not index and _is_finished(folder, items, configuration):
        made = load_scan(folder)
        return keep_articles(made, keep) if keep is not None else made
    content = f"{configuration} {_FORMAT}"
    work = Path(index) if index else folder / _WORK
    with Store(work, content) as store, compiling(progress):
        _fill(store, items, config, threads, progress)
        rejected = sorted({*unreached, *store.rejected()})
        if not store.parts():
            lines = [f"{r.source}: {r.detail}" for r in rejected[:20]]
            raise InputError("\n".join(["no article could be read", *lines]))
        try:
            found = _write(store, folder, rejected, configuration, config, threads, progress)
            if index:
                build(store, found.known, config.scan)
        except OSError as error:
            if is_full(error):
                raise unwritten(store.folder, error) from None
            raise
    if not index:
        shutil.rmtree(folder / _WORK)
    made = load_scan(folder)
    return keep_articles(made, keep) if keep is not None else made


def _is_finished(folder: Path, items: Sequence[corpus.Input], configuration: str) -> bool:
    """Whether the folder holds the tables of these very inputs."""
    try:
        run = load_scan(folder).run.to_table().to_pylist()[0]
    except ScanError:
        return False
    held = sorted((i["source"], i["sha256"]) for i in run["inputs"])
    wanted = sorted((item.source, item.sha256) for item in items)
    return (run["version"], run["configuration"], held) == (__version__, configuration, wanted)


def _fill(
    store: Store, items: Sequence[corpus.Input], config: Config, threads: int, progress: Progress
) -> None:
    """Read what the store does not hold yet."""
    total = sum(item.bytes for item in items)
    done = 0
    for item in items:
        progress("read", done, total)
        if not store.complete(item.sha256):
            for size in _add(store, item, config.read, config.scan, threads):
                # what texts take of a file is not known; it is never told as more than the file
                progress("read", done + min(size, item.bytes), total)
            store.finish(item.sha256, item.source, item.bytes)
        done += item.bytes
    progress("read", total, total)


def _add(
    store: Store, item: corpus.Input, read: ReadConfig, config: ScanConfig, threads: int
) -> Iterator[int]:
    """Add an input; yield how many bytes of text were added so far."""
    batches = (
        (number, batch)
        for number, batch in enumerate(corpus.batches(item, read))
        if not store.has(item.sha256, number)
    )

    free: SimpleQueue[Buffers] = SimpleQueue()

    def made(numbered: tuple[int, corpus.Batch]) -> tuple[int, Prepared, Buffers]:
        number, batch = numbered
        try:
            buffers = free.get_nowait()
        except Empty:
            buffers = Buffers()
        ready = prepare(batch, config, buffers)
        try:
            write_table(ready.articles, store.draft(item.sha256, number), lasting=False)
        except OSError as error:
            raise unwritten(store.folder, error) from None
        return number, ready, buffers

    size = 0
    for number, ready, buffers in in_threads(made, batches, threads):
        store.add(item.sha256, number, ready)
        free.put(buffers)
        size += ready.articles["text"].nbytes
        yield size


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
    name = checkpoint_name(store.state(), f"{configuration} {_FORMAT}")
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
    certain = every.verified
    joined = groups.group(
        ranked.original,
        every.pairs[certain],
        every.resemblance[certain],
        config.scan.anchors,
        crowds=found.crowds,
    )
    notices = []

    def listed() -> pa.Table:
        table, cut = passages.table(found, known, parts, config.scan)
        if cut:
            notices.append(passages.too_many(config.scan))
        return table

    def grouped() -> pa.Table:
        return groups.table(joined, ids, matches.names(every, ids).filter(pa.array(certain)))

    def left_out() -> pa.Table:
        columns = [[getattr(r, column.name) for r in rejected] for column in REJECTED.columns]
        return pa.table(columns, schema=REJECTED.schema)

    jobs: list[tuple[Table, Callable[[], pa.Table]]] = [
        (PASSAGES, listed),
        (OUTLETS, lambda: outlets.table(joined, known, names)),
        (MATCHES, lambda: matches.table(every, found, ids)),
        (GROUPS, grouped),
        (REJECTED, left_out),
    ]
    deliver.begin(folder, parts)

    def done_with(job: tuple[Table, Callable[[], pa.Table]]) -> str:
        deliver.put(job[1](), path_of(folder, job[0].name))
        return job[0].name

    progress("write", 0, len(jobs))
    for done, _ in enumerate(in_threads(done_with, jobs, threads)):
        progress("write", done + 1, len(jobs))
    # that of the run last: it says that all are there
    run = _run(store, configuration, config, found, len(rejected), notices)
    deliver.put(run, path_of(folder, RUN.name))
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
