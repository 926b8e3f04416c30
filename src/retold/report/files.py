"""Files are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from retold.errors import RetoldError


def put(target: Path, content: str | bytes, *, folder: bool = False) -> None:
    """Write a file whole or not at all; with ``folder``, make its folder where it is missing.

    Raises:
        RetoldError: it cannot be written.
    """
    data = content if isinstance(content, bytes) else content.encode()
    try:
        if folder:
            target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
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
