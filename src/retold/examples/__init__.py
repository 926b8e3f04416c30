"""The bundled example: a fictional story in a fictional place, with its true stemma beside it."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.engine import Progress
    from retold.model import Article, Rejected


def brannock(config: ReadConfig, progress: Progress) -> list[Article | Rejected]:
    """Read the story, its articles and what is left out of them.

    They are named by file alone, so that what is found is the same wherever Retold is installed.
    """
    from retold.read import read

    with as_file(files(__name__) / "brannock" / "articles") as folder:
        return [
            replace(item, source=item.source.removeprefix(f"{folder.as_posix()}/"))
            for item in read([folder], config, progress)
        ]
