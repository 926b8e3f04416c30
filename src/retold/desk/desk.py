"""The desk: all that commands, pages, the API and assistants do with the store."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self

from retold.config import Config
from retold.desk import backup, check, status
from retold.desk.database import Database
from retold.desk.deciding import Deciding
from retold.desk.feeding import Feeding
from retold.desk.holding import Holding
from retold.desk.telling import Telling
from retold.desk.values import Status
from retold.engine import Progress, silent


class Desk(Holding, Telling, Deciding, Feeding):
    """A store of articles that grows, and what is found in it.

    Any number of threads and processes may have the same file open. What a method stores is durable
    when it returns; what it reads is one state of the store. Open one with :meth:`open`, and close
    it, or use it in a ``with`` statement. Its parts stand in modules of their own.
    """

    def __init__(self, database: Database, config: Config) -> None:
        """Stand upon an open database; see :meth:`open`."""
        self.database = database
        self.config = config

    @classmethod
    def open(
        cls, path: str | os.PathLike[str], *, create: bool = True, config: Config | None = None
    ) -> Self:
        """Open the desk in the file ``path``; make one where there is none, if ``create``.

        A desk of an older Retold is brought up to date.

        Raises:
            DeskError: the file is no desk, of a newer Retold, damaged, or cannot be read or
                written; the message names the remedy. Any method may raise it where the disk fails.
        """
        return cls(Database(Path(path), create=create), config or Config())

    def close(self) -> None:
        """Close the file; nothing can be asked afterwards."""
        self.database.close()

    def __enter__(self) -> Self:
        """Return the desk itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def status(self) -> Status:
        """Return how much the desk holds and how large its file is."""
        return status.status(self.database)

    def check(self, progress: Progress = silent) -> list[str]:
        """Return what is wrong with the desk, a sentence each; nothing where it is sound.

        Looked at are the file and its references, each article (does its content fit its id?),
        which text stands for which, the indexes of searches, and whether stories, dossiers, what
        was found in articles and the counts of words fit the articles. Others go on meanwhile: a
        copy is examined, for which there must be room beside the desk.

        Raises:
            DeskError: there is none.
        """
        return check.check(self.database, self.config.stories, progress)

    def backup(self, target: str | os.PathLike[str], progress: Progress = silent) -> None:
        """Copy the desk, as it is at this moment, to the file ``target``; others go on meanwhile.

        The copy is a desk in one file. It is examined, and appears whole or not at all.

        Raises:
            DeskError: the file exists or cannot be written, or the desk is damaged.
        """
        backup.backup(self.database, Path(target), progress)

    @staticmethod
    def restore(
        path: str | os.PathLike[str],
        source: str | os.PathLike[str],
        progress: Progress = silent,
    ) -> Path | None:
        """Make the desk at ``path`` what the backup ``source`` is, if nobody has it open.

        Broken off at any moment, the desk is what it was or what the backup is.

        Returns:
            The file in which the desk that was there is kept, beside it; None if there was none.

        Raises:
            DeskError: the desk is in use, or either file is no desk; nothing was changed then.
        """
        return backup.restore(Path(path), Path(source), progress)
