"""Stemmata drawn in Graphviz's DOT language, as scholars publish them."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from retold.errors import InputError

_TOKEN = re.compile(
    r'"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<skip>//[^\n]*|/\*.*?\*/|\#[^\n]*|\s+)'
    r"|(?P<arrow>->|--)|(?P<mark>[{}\[\];,=:])|(?P<word>-?[^\W\d][\w.]*|-?[\d.]+\w*)"
    r"|<(?P<html>(?:[^<>]|<[^<>]*>)*)>",
    re.DOTALL,
)
_DEEPEST = 50
"""Subgraphs within one another at most; drawings have one or two."""
_Token = tuple[str, str]
"""What it is (``word``, ``quoted``, ``html``, ``arrow``, ``mark``) and how it is written."""


def read_dot(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the parents of each node of a drawn stemma, by the names of the nodes.

    An arrow leads from a source to its copy. Attributes are passed over; a node with a label and no
    text of its own is called by its name, not its label.

    Raises:
        InputError: the file cannot be read, is no directed graph, or has a circle.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    parents = _Reader(_tokens(text, path), path).read()
    _check(parents, path)
    return {node: tuple(sorted(above)) for node, above in sorted(parents.items())}


def _tokens(text: str, path: Path) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            line = text.count("\n", 0, at) + 1
            raise InputError(f"{path}:{line}: not DOT at {text[at : at + 20]!r}")
        kind = str(match.lastgroup)
        if kind == "quoted":
            found.append((kind, re.sub(r'\\(["\\])', r"\1", match[kind])))
        elif kind != "skip":
            found.append((kind, match[kind]))
        at = match.end()
    return found


class _Reader:
    """Walks over the statements of one graph."""

    def __init__(self, tokens: list[_Token], path: Path) -> None:
        self._tokens, self._path, self._at, self._depth = tokens, path, 0, 0
        self.parents: dict[str, set[str]] = {}

    def _next(self) -> _Token:
        if self._at >= len(self._tokens):
            raise InputError(f"{self._path}: ends inside the graph; a closing }} is missing")
        self._at += 1
        return self._tokens[self._at - 1]

    def _peek(self) -> str:
        here = self._tokens[self._at : self._at + 1]
        return here[0][1] if here and here[0][0] not in {"quoted", "html"} else ""

    def read(self) -> dict[str, set[str]]:
        """Return the parents of each node."""
        while self._peek().lower() == "strict":
            self._next()
        kind = self._next()[1].lower() if self._tokens else ""
        if kind != "digraph":
            raise InputError(
                f"{self._path}: not a directed graph; begin it with `digraph {{`, each arrow from"
                " the source to its copy"
            )
        while self._next() != ("mark", "{"):
            pass
        self._body()
        return self.parents

    def _body(self) -> set[str]:
        """Read statements up to the closing brace; return the nodes that they name."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise InputError(f"{self._path}: subgraphs are nested more than {_DEEPEST} deep")
        named: set[str] = set()
        while self._peek() != "}":
            named |= self._statement()
        self._next()
        self._depth -= 1
        return named

    def _statement(self) -> set[str]:
        if self._peek() in {";", ","}:
            self._next()
            return set()
        before = self._group()
        named = set(before)
        while self._peek() in {"->", "--"}:
            if self._next()[1] == "--":
                raise InputError(f"{self._path}: a line without direction (--); draw it as ->")
            after = self._group()
            for child in after:
                self.parents[child] |= before
            named |= after
            before = after
        self._attributes()
        return named

    def _group(self) -> set[str]:
        """Read a node, a default, or a subgraph; return the nodes that it stands for."""
        if self._peek().lower() == "subgraph":
            self._next()
            if self._peek() != "{":
                self._next()
        if self._peek() == "{":
            self._next()
            return self._body()
        kind, name = self._next()
        if kind in {"mark", "arrow"}:
            raise InputError(f"{self._path}: not DOT: {name} where a node should stand")
        if self._peek() == "=":
            self._next()
            self._next()
            return set()
        if kind == "word" and name.lower() in {"node", "edge", "graph"}:
            return set()
        while self._peek() == ":":  # a port
            self._next()
            self._next()
        self.parents.setdefault(name, set())
        return {name}

    def _attributes(self) -> None:
        while self._peek() == "[":
            while self._next() != ("mark", "]"):
                pass


def _check(parents: dict[str, set[str]], path: Path) -> None:
    """Refuse what is no stemma: nothing, or a node that descends from itself."""
    if not parents:
        raise InputError(f"{path}: no node is drawn")
    try:
        TopologicalSorter(parents).prepare()
    except CycleError as error:
        left = ", ".join(sorted(set(error.args[1]))[:5])
        raise InputError(f"{path}: some descend from themselves, among them {left}") from None
