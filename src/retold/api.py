"""The functions behind the commands: one a verb."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from retold.engine import LocalEngine, Progress, silent
from retold.errors import InputError

if TYPE_CHECKING:
    from retold.config import Config
    from retold.model import Article, Dossier, Rejected

Source = str | os.PathLike[str]


def compare(
    sources: Source | Iterable[Source | Article],
    config: Config | None = None,
    *,
    processes: int = 1,
    progress: Progress = silent,
) -> Dossier:
    """Find the stories in a pile of articles and lay their versions side by side.

    Args:
        sources: files and folders, articles (see :func:`retold.article`), or both.
        config: thresholds; the defaults of :class:`retold.Config` where None.
        processes: how many processes annotate; the result is the same for any number.
        progress: is told how far each stage has come.

    Returns:
        The dossier: the articles, what was left out, and each story with its stemma and apparatus.

    Raises:
        InputError: not one article could be read; the message lists why.
    """
    from retold.config import Config
    from retold.model import Article, Rejected
    from retold.pipeline import examine
    from retold.read import read

    given = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
    config = config or Config()
    articles = [item for item in given if isinstance(item, Article)]
    rejected: list[Rejected] = []
    paths = [item for item in given if not isinstance(item, Article)]
    for item in read(paths, config.read, progress):
        if isinstance(item, Rejected):
            rejected.append(item)
        else:
            articles.append(item)
    if not articles:
        raise InputError(_nothing(rejected))
    return examine(articles, rejected, config, LocalEngine(processes), progress)


def _nothing(rejected: list[Rejected]) -> str:
    lines = [f"{r.source}: {r.detail}" for r in sorted(rejected)[:20]]
    if len(rejected) > len(lines):
        lines.append(f"and {len(rejected) - len(lines)} more")
    return "\n".join(["no article could be read", *lines])


def article(text: str, **fields: str) -> Article:
    """Make an article from text that you hold: the same cleaning as for a plain-text file.

    ``fields`` are Retold's field names: title, outlet, byline, url, published, language.
    """
    from retold.read import from_text

    return from_text(text, **fields)


def load(path: Source) -> Dossier:
    """Read a dossier that ``compare --json`` wrote.

    Raises:
        DossierError: the file cannot be read or is no dossier of this schema.
    """
    from retold.report.json import load as load_json

    return load_json(Path(path))


def explain(dossier: Dossier, name: str) -> str:
    """Return the evidence of a match, merge, edge, claim, change, quotation or figure in words.

    ``name`` is its id, or any beginning of it that fits only one.

    Raises:
        UsageError: nothing in the dossier, or more than one thing, has this id.
    """
    from retold.report.explain import explain as explain_id

    return explain_id(dossier, name)


def demo(config: Config | None = None, *, progress: Progress = silent) -> Dossier:
    """Compare the bundled example: a fictional story in fifteen versions."""
    from importlib.resources import as_file, files

    from retold.config import Config
    from retold.model import Rejected
    from retold.pipeline import examine
    from retold.read import read

    config = config or Config()
    with as_file(files("retold.examples") / "brannock" / "articles") as folder:
        # named by file alone, so that the demonstration is the same wherever Retold is installed
        items = [
            replace(item, source=item.source.removeprefix(f"{folder.as_posix()}/"))
            for item in read([folder], config.read, progress)
        ]
    rejected = [item for item in items if isinstance(item, Rejected)]
    articles = [item for item in items if not isinstance(item, Rejected)]
    return examine(articles, rejected, config, LocalEngine(), progress)
