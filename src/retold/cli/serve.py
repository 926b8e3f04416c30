"""``retold serve``."""

from __future__ import annotations

import os
from typing import Any

import click

from retold.cli.options import desk_option


@click.command()
@desk_option
@click.option("--host", metavar="ADDRESS", help="Address to bind to; 127.0.0.1 unless given.")
@click.option("--port", type=int, help="Port to bind to; 8765 unless given, 0 for any free one.")
@click.option(
    "--token",
    metavar="SECRET",
    help="Let in, as an editor, whoever has this secret. Better given as RETOLD_TOKEN: other"
    " people on the machine can read a command's words.",
)
@click.option(
    "--name",
    "names",
    metavar="HOST",
    multiple=True,
    help="Answer to this host name too. May be given several times.",
)
@click.option(
    "--proxy",
    metavar="ADDRESS",
    help="Address of a reverse proxy whose word on client and scheme is taken.",
)
@click.option("--rate", type=float, help="Requests a second of one client; 0 for no limit.")
@click.option("--body-bytes", type=int, help="Bytes of a request's body, at most.")
@click.option("--session-hours", type=float, help="Hours after which one must log in again.")
@click.option(
    "--allow-private",
    "private",
    is_flag=True,
    default=None,
    help="Let people ask about addresses of this machine and of private networks, too.",
)
@click.option("--work/--no-work", default=None, help="Place and renew what waits meanwhile.")
def command(desk: str, **given: Any) -> None:
    """Serve the desk as pages and as a JSON API.

    It binds to this machine alone. Another --host needs a --token, or a user with a password (see
    `retold desk user`). Every option can be given as an environment variable too: RETOLD_PORT is
    --port. One line of JSON for each request goes to the standard error.
    """
    from retold.errors import UsageError

    try:
        from retold.web.serve import serve
        from retold.web.settings import from_environment
    except ImportError as error:
        if (error.name or "").partition(".")[0] == "retold":
            raise
        raise UsageError("serving needs more packages: pip install 'retold[desk]'") from None

    given["names"] = given["names"] or None
    serve(desk, from_environment(os.environ, **given), click.echo)
