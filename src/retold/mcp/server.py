"""The server: what it says of itself, its tools, and how it is run over stdio."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from retold import __version__
from retold.desk import Desk
from retold.errors import RetoldError
from retold.labels import visible
from retold.mcp.answers import NOTICE
from retold.mcp.tools import Tools

INSTRUCTIONS = (
    "Retold's desk holds news articles and the stories that they tell: which articles are versions"
    " of one story, who took it from whom, and what each version kept, changed, dropped or added."
    " Begin with search or stories. Cite the spans that answers come with, give probabilities as"
    " they are, and call undecided what is undecided. Nothing here changes the desk. "
) + NOTICE


def made(desk: Desk) -> MCPServer[Any]:
    """Return a server that answers from an open desk."""
    server: MCPServer[Any] = MCPServer(
        "retold",
        title="Retold's desk",
        instructions=INSTRUCTIONS,
        version=__version__,
        log_level="WARNING",
    )
    only_reads = ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    tools = Tools(desk)
    for tool in tools.every():
        server.add_tool(_refusing(tool), annotations=only_reads)
    return server


def _refusing(tool: Callable[..., Any]) -> Callable[..., Any]:
    """Let what a tool refuses be an error that the assistant reads, with the remedy."""

    @functools.wraps(tool)
    def asked(*args: Any, **kwargs: Any) -> Any:
        try:
            return tool(*args, **kwargs)
        except RetoldError as error:
            raise ToolError("\n".join(map(visible, str(error).splitlines()))) from None

    return asked


def run(path: str | os.PathLike[str]) -> None:
    """Answer over standard input and output until the input ends.

    Raises:
        DeskError: the file is no desk, or there is none.
    """
    with Desk.open(path, create=False) as desk:
        made(desk).run("stdio")
