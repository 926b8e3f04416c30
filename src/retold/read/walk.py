"""Paths and folders to files, in an order that does not depend on how they were given."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from retold.model import Reason, Rejected


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A file to read, under the name by which it was reached."""

    source: str
    path: Path = field(compare=False)


@dataclass(slots=True)
class _Walk:
    files: dict[str, Path] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    folders: dict[str, str] = field(default_factory=dict)
    """Folders that were walked: their real path, and the name by which they were reached."""
    links: list[Path] = field(default_factory=list)
    """Links to folders, followed after the real folders: the real name is the one that stays."""


def walk(paths: Sequence[str | os.PathLike[str]]) -> tuple[list[Found], list[Rejected]]:
    """Return the files under ``paths``, sorted by source, and what could not be reached.

    Folders are walked whole; names that begin with a point are passed over there. A folder, or a
    file, that is reached twice is read once. Links that lead back to a folder above are listed.
    A path that is not there and has ``*``, ``?`` or ``[`` in it is a pattern; ``**`` stands for
    any number of folders.
    """
    found = _Walk()
    given = {path for p in paths for path in _matching(os.fspath(p), found)}
    for path in sorted(given, key=lambda p: p.as_posix()):
        if path.is_symlink() and _is_folder(path):
            found.links.append(path)
        else:
            _visit(path, found, given=True)
    while found.links:
        link = min(found.links, key=lambda p: p.as_posix())
        found.links.remove(link)
        _follow(link, found)
    return _once(found), found.rejected


def _matching(path: str, found: _Walk) -> list[Path]:
    """Return what a pattern stands for, and any other path as it is."""
    if not glob.has_magic(path) or os.path.lexists(path):
        return [Path(path)]
    paths = [Path(p) for p in glob.iglob(path, recursive=True)]  # noqa: PTH207 - Path.glob has no absolute patterns
    if not paths:
        found.rejected.append(
            Rejected(
                Path(path).as_posix(),
                Reason.MISSING,
                "Nothing fits this pattern. Check the spelling; names that begin with a point are "
                "passed over.",
            )
        )
    return paths


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _visit(path: Path, found: _Walk, *, given: bool = False) -> None:
    pending = [path]
    while pending:
        here = pending.pop()
        source = here.as_posix()
        try:
            mode = here.stat().st_mode
        except OSError as error:
            found.rejected.append(_unreachable(here, error, given=given))
            continue
        if stat.S_ISDIR(mode):
            pending.extend(_enter(here, found))
        elif stat.S_ISREG(mode):
            found.files[source] = here
        else:
            found.rejected.append(
                Rejected(
                    source,
                    Reason.UNKNOWN_FORMAT,
                    "It is no regular file (a pipe, socket or device). Save its content to a file.",
                )
            )


def _enter(folder: Path, found: _Walk) -> Iterator[Path]:
    """Yield what lies in a folder, links to folders apart; nothing where it was walked already."""
    real = os.path.realpath(folder)
    source = folder.as_posix()
    if real in found.folders:
        if found.folders[real] != source:
            found.rejected.append(_twice(source, found.folders[real], "folder"))
        return
    found.folders[real] = source
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        found.rejected.append(_unreachable(folder, error, given=False))
        return
    for name in names:
        inner = folder / name
        if inner.is_symlink() and _is_folder(inner):
            found.links.append(inner)
        else:
            yield inner


def _follow(link: Path, found: _Walk) -> None:
    """Walk the folder that a link leads to, unless it lies above the link or was walked."""
    real = os.path.realpath(link)
    above = os.path.realpath(link.parent)
    if above == real or above.startswith(real.rstrip(os.sep) + os.sep):
        found.rejected.append(
            Rejected(
                link.as_posix(),
                Reason.LOOP,
                f"The link leads back to the folder {link.resolve().name or '/'} that it lies in. "
                "Nothing is lost: that folder is read once. Remove the link to be rid of this "
                "line.",
            )
        )
    else:
        _visit(link, found)


def _once(found: _Walk) -> list[Found]:
    """Return each file once, under the name that comes first; files before links to them."""
    kept: dict[str, str] = {}
    order = sorted(found.files, key=lambda s: (found.files[s].is_symlink(), s))
    for source in order:
        real = os.path.realpath(found.files[source])
        if real in kept:
            found.rejected.append(_twice(source, kept[real], "file"))
        else:
            kept[real] = source
    return sorted(Found(source, found.files[source]) for source in kept.values())


def _twice(source: str, kept: str, what: str) -> Rejected:
    return Rejected(
        source,
        Reason.DUPLICATE,
        f"It is the same {what} as {kept}, which was read. Nothing needs to be done.",
    )


def _unreachable(path: Path, error: OSError, *, given: bool) -> Rejected:
    source = path.as_posix()
    if isinstance(error, PermissionError):
        what = "folder may not be opened" if _is_folder(path) else "path may not be reached"
        return Rejected(
            source,
            Reason.NO_PERMISSION,
            f"The {what} by you. Give yourself permission (chmod u+rx) and run again.",
        )
    if path.is_symlink():
        loop = getattr(error, "errno", None) == 40  # ELOOP
        if loop:
            return Rejected(
                source, Reason.LOOP, "The link leads to itself. Remove it or mend what it leads to."
            )
        return Rejected(
            source,
            Reason.MISSING,
            "The link leads to nothing. Mend it, or give the path of the file itself.",
        )
    if given:
        hint = (
            f"The folder {path.parent.as_posix()} is there"
            if path.parent.is_dir()
            else (f"There is no folder {path.parent.as_posix()} either")
        )
        return Rejected(
            source,
            Reason.MISSING,
            f"There is no such file or folder. {hint}. Check the spelling.",
        )
    return Rejected(
        source,
        Reason.MISSING,
        "It went away while the folder was read. Run again when all is in place.",
    )
