"""``retold scan --engine spark``: from files to tables, wherever Spark reads and writes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from retold._version import __version__
from retold.config import Config, canonical, digest
from retold.corpus import keep, passages
from retold.corpus.results import Scan, load_scan
from retold.corpus.store import seen_in
from retold.corpus.tables import (
    ARTICLES,
    GROUPS,
    MATCHES,
    OUTLETS,
    PASSAGES,
    REJECTED,
    RUN,
    SCHEMA,
    TABLES,
    Table,
)
from retold.engine import Progress, silent
from retold.errors import InputError, ScanError, UsageError
from retold.flow import articles, intake, rows
from retold.flow.scan import Flow, flow
from retold.model import Reason, Rejected

if TYPE_CHECKING:
    from retold.engine.spark import Listed, SparkEngine

_WORK = "_work"
"""Folder, within that of the tables, for what an unfinished scan has done so far."""
_SHOWN = 20
"""Inputs that are told of where not one article could be read."""
_WRITERS = 3
"""Tables that are written at a time."""


def scan(
    sources: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    config: Config | None = None,
    *,
    master: str | None = None,
    progress: Progress = silent,
) -> Scan:
    """Find every copy in a corpus on Spark, and write the tables as folders of Parquet files.

    Args:
        sources: files, folders and patterns, as paths or as addresses that Spark reads.
        out: folder for the tables; an address that Spark writes to.
        config: its ``read`` and ``scan`` count.
        master: where Spark runs; see :func:`retold.engine.spark.started`.
        progress: is told how far it has come.

    Returns:
        The scan; its tables can be opened where ``out`` is a folder of this machine.

    Raises:
        InputError: not one article could be read.
        ScanError: the tables cannot be written.
        UsageError: Spark is not installed, or does not start.
    """
    try:
        from py4j.protocol import Py4JError  # type: ignore[import-untyped]
        from pyspark.errors import PySparkException

        from retold.engine.spark import Listed, SparkEngine, again, gathering, started, warm
    except ImportError as error:
        missing = f"Spark is not installed ({error})"
        raise UsageError(f"{missing}; install it: pip install 'retold[spark]'") from None
    config = config or Config()
    folder = _address(out)
    with started(master) as session:
        engine = SparkEngine(session, folder, gathering(session))
        listed = Listed(session, [_address(source) for source in sources])
        inputs, configuration = _inputs(listed), digest(config.read, config.scan)
        held = _finished(folder, inputs, configuration)
        if held is not None:
            return held
        warm(session)
        most = again(session)
        state = hashlib.sha256(json.dumps([__version__, configuration, inputs, most]).encode())
        engine.work = f"{folder}/{_WORK}/{state.hexdigest()[:32]}"
        try:
            return _scan(engine, listed, folder, config, most, progress)
        except (PySparkException, Py4JError) as error:
            reason = str(error).strip().partition("\n")[0]
            raise ScanError(
                f"{folder}: Spark could not finish ({reason}); mend that and give the same command"
                " again: it goes on where it stopped"
            ) from error


def asked(
    out: str | os.PathLike[str], more: Sequence[str], index: object, policy: str | None
) -> bool:
    """Say whether a scan's tables lie on this machine, once all that is asked of it can be done.

    Args:
        out: folder for the tables.
        more: what is asked for besides the tables of every scan.
        index: folder for an index, where one is asked for.
        policy: by which articles are kept, where they are.

    Raises:
        UsageError: it cannot.
    """
    if index:
        raise UsageError("an index is kept on one machine: leave --engine spark or --index out")
    if policy is not None:
        keep.check(policy)
    here = "://" not in os.fspath(out)
    if more and not here:
        raise UsageError(
            f"{', '.join(f'--{name}' for name in more)}: made from tables on this machine; give a"
            " folder here as --out, or copy the tables and scan again"
        )
    return here


def _address(path: str | os.PathLike[str]) -> str:
    """Return a path in full, and an address as it is."""
    text = os.fspath(path)
    return text.rstrip("/") if "://" in text else str(Path(text).absolute())


def _inputs(listed: Listed) -> list[dict[str, Any]]:
    inputs = []
    for source, file in sorted(listed.files.items()):
        state = json.dumps([file.address, file.size, file.changed])
        told = hashlib.sha256(state.encode()).hexdigest()
        inputs.append({"source": source, "bytes": file.size, "sha256": told})
    return inputs


def _finished(folder: str, inputs: list[dict[str, Any]], configuration: str) -> Scan | None:
    """Return the scan of these very inputs, where the folder holds it."""
    try:
        made = load_scan(folder)
        row = made.run.to_table().to_pylist()[0]
    except ScanError:
        return None
    held = row["version"], row["configuration"], row["inputs"]
    return made if held == (__version__, configuration, inputs) else None


def _scan(
    engine: SparkEngine,
    listed: Listed,
    folder: str,
    config: Config,
    again: int,
    progress: Progress,
) -> Scan:
    from retold.engine.spark import files, places

    progress("read", 0, 0)
    read, missing = intake.read(engine, listed, config, again)
    rejected = [*listed.rejected, *missing]
    told = flow(engine, read, config.scan, progress)
    if not told.count:
        left_out = engine.map(articles.left_out, told.articles, rows.LEFT_OUT)
        lines = [f"{r.source}: {r.detail}" for r in rejected]
        lines += [f"{r['source']}: {r['detail']}" for r in files.first(left_out, _SHOWN)]
        lines = sorted(lines)[:_SHOWN]
        raise InputError("\n".join(["no article could be read", *lines]))
    places.remove(engine.session, _place(folder, RUN))
    left_out = _write(engine, told, rejected, folder, progress)
    run = pa.Table.from_pylist([_run(listed, config, told, left_out)], schema=RUN.schema)
    files.write(engine, run, RUN.schema, _place(folder, RUN))
    places.remove(engine.session, f"{folder}/{_WORK}")
    if "://" in folder:
        counts = {table.name: files.written(engine, _place(folder, table)) for table in TABLES}
        return Scan(Path(folder), counts)
    return load_scan(folder)


def _place(folder: str, table: Table) -> str:
    return f"{folder}/{table.name}" + ("" if table is ARTICLES else ".parquet")


def _write(
    engine: SparkEngine,
    found: Flow[Any],
    rejected: list[Rejected],
    folder: str,
    progress: Progress,
) -> int:
    """Write all tables but that of the run; return how much was left out."""
    from retold.engine.spark import files

    given = rows.made(
        rows.LEFT_OUT,
        [r.source for r in rejected],
        [str(r.reason) for r in rejected],
        [r.detail for r in rejected],
    )
    parts = [
        engine.map(articles.left_out, found.articles, rows.LEFT_OUT, columns=rows.LEFT_OUT.names),
        engine.map(_twice, found.twice, rows.LEFT_OUT),
        engine.of(given),
    ]
    left_out = engine.named("rejected", parts, rows.LEFT_OUT)
    jobs: list[tuple[Table, Any, tuple[str, ...]]] = [
        (ARTICLES, engine.map(articles.public, found.articles, ARTICLES.schema), ()),
        (MATCHES, found.matches, ("a", "b")),
        (GROUPS, found.members, ("-size", "lead", "place")),
        (PASSAGES, found.passages, ("-articles", "rank", "-words", "n", "lead")),
        (OUTLETS, found.outlets, ("outlet", "-articles", "other")),
        (REJECTED, left_out, ("source",)),
    ]
    progress("write", 0, len(jobs))
    # at once, as Spark is idle while a small one is planned
    with ThreadPoolExecutor(_WRITERS) as pool:
        tasks = [
            pool.submit(files.write, engine, data, table.schema, _place(folder, table), order)
            for table, data, order in jobs
        ]
        for done, task in enumerate(as_completed(tasks), 1):
            task.result()
            progress("write", done, len(jobs))
    return files.count(left_out)


def _twice(table: pa.Table) -> pa.Table:
    reason = str(Reason.DUPLICATE)
    told = [seen_in(kept) for kept in table["kept"].to_pylist()]
    return rows.made(rows.LEFT_OUT, table["source"], [reason] * len(table), told)


def _run(listed: Listed, config: Config, found: Flow[Any], left_out: int) -> dict[str, Any]:
    return {
        "version": __version__,
        "schema": SCHEMA,
        "configuration": digest(config.read, config.scan),
        "thresholds": canonical(config.read, config.scan),
        "inputs": _inputs(listed),
        "articles_in": found.count + left_out,
        "articles_out": found.count,
        "words": found.words,
        "candidates": found.candidates,
        "notices": [passages.too_many(config.scan)] if found.cut else [],
    }
