"""Tables put where they were asked for, whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from retold.corpus.results import path_of
from retold.corpus.store import Part, unwritten, write_table
from retold.corpus.tables import ARTICLES, RUN, TABLES


def begin(folder: Path, parts: Sequence[Part]) -> None:
    """Take away the table of an earlier run and put the articles into the folder.

    Raises:
        ScanError: the disk is full, or cannot be written.
    """
    try:
        run = path_of(folder, RUN.name)
        if run.is_dir():
            shutil.rmtree(run)
        run.unlink(missing_ok=True)
        for table in TABLES:  # those that Spark wrote are folders
            path = path_of(folder, table.name)
            if path.is_dir():
                shutil.rmtree(path)
        articles = path_of(folder, ARTICLES.name)
        articles.mkdir(parents=True)
        for number, part in enumerate(parts):
            target = articles / f"part-{number:06}.parquet"
            try:
                target.hardlink_to(part.path)
            except OSError:  # another disk, or one without links
                shutil.copyfile(part.path, target)
    except OSError as error:
        raise unwritten(folder, error) from None


def put(table: pa.Table, path: Path) -> None:
    """Write a table.

    Raises:
        ScanError: the disk is full, or cannot be written.
    """
    try:
        write_table(table, path)
    except OSError as error:
        raise unwritten(path.parent, error) from None
