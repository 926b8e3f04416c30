"""The command line: one file a command, each calling one function of the API."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from retold._version import __version__
from retold.engine import garbage
from retold.errors import RetoldError, UsageError

COMMANDS = {
    "add": "Add articles to the desk: files, pages of the web, whole sites.",
    "check": "Say which sentences of a text its source does not bear out.",
    "compare": "Find the stories in a pile of articles and lay their versions side by side.",
    "demo": "Compare the bundled example, a fictional story in fifteen versions.",
    "derive": "Work out who copied whom from the collation of any text.",
    "desk": "Look after a desk: check, back up, restore, search.",
    "explain": "Show the evidence behind anything in a dossier or a scan.",
    "export": "Write a dossier in other forms: a page, tables, TEI, drafts, graphs.",
    "find": "Find the articles of an index that share text with a text.",
    "mcp": "Let an assistant ask the desk.",
    "outlets": "Show which outlets carry whose text, over many stories.",
    "scan": "Find every copy in a corpus, passage by passage.",
    "schema": "Print the JSON Schema of a dossier.",
    "serve": "Serve the desk as pages and as a JSON API.",
    "watch": "Ask the desk's feeds when they are due and add their articles.",
}

OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
"""The exit codes; docs/cli.md says when each is given."""


class _Lazy(click.Group):
    """Imports a command's file when it is run, so that ``--help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"retold.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="retold")
def group() -> None:
    """Retold shows how a news story was retold.

    It finds the versions of each story, works out who took it from whom, and lays the versions side
    by side. It does not say what is true.
    """


def main() -> None:
    """Run a command; say errors in one line and give the documented exit code."""
    # of many small products: a second thread of linear algebra would wait, and take a core for it
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    garbage.seldom()
    try:
        sys.exit(group(standalone_mode=False, prog_name="retold") or OK)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; no file is half written", err=True)
        sys.exit(INTERRUPTED)
    except RetoldError as error:
        click.echo(f"retold: {_shown(error)}", err=True)
        sys.exit(USAGE if isinstance(error, UsageError) else FAILED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(OK)


def _shown(error: RetoldError) -> str:
    """Return a message without the terminal's escapes, as it may quote names from an input."""
    from retold.labels import visible

    return "\n".join(map(visible, str(error).splitlines()))
