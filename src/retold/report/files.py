"""Files are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from retold.errors import RetoldError


def put(target: Path, content: str | bytes, *, folder: bool = False) -> None:
    """Write a file whole or not at all; with ``folder``, make its folder where it is missing.

    Raises:
        RetoldError: it cannot be written.
    """
    with writing(target, folder=folder) as stream:
        stream.write(content if isinstance(content, bytes) else content.encode())


@contextmanager
def writing(target: Path, *, folder: bool = False) -> Iterator[BinaryIO]:
    """Give a stream that becomes the file ``target`` when all went well, and else nothing.

    Raises:
        RetoldError: it cannot be written.
    """
    try:
        if folder:
            target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                yield stream
            umask = os.umask(0)
            os.umask(umask)
            Path(name).chmod(0o666 & ~umask)
            Path(name).replace(target)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise RetoldError(
            f"{target}: cannot be written ({error.strerror}); name another place"
        ) from None
