"""``retold mcp``."""

from __future__ import annotations

import click

from retold.cli.options import desk_option


@click.command()
@desk_option
def command(desk: str) -> None:
    """Let an assistant ask the desk, over the Model Context Protocol.

    It speaks over standard input and output: an assistant's program starts it. It only reads.
    """
    from retold.errors import UsageError

    try:
        from retold.mcp.server import run
    except ImportError as error:
        if (error.name or "").partition(".")[0] == "retold":
            raise
        raise UsageError("this needs one more package: pip install 'retold[mcp]'") from None

    run(desk)
