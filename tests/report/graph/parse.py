"""Slow, plain readers of DOT and Newick, to see that what is written can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|->|[\w.]+|[{}\[\];=,]|\s+|.', re.DOTALL)


@dataclass
class Drawing:
    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    links: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    clusters: list[str] = field(default_factory=list)


def unquoted(token: str) -> str:
    if not token.startswith('"'):
        return token
    return re.sub(r"\\(.)", lambda m: " " if m[1] == "n" else m[1], token[1:-1], flags=re.DOTALL)


def dot(text: str) -> Drawing:
    """Read what Retold writes; any other character outside a string is an error."""
    tokens = [t for t in _TOKEN.findall(text) if t.strip() and not t.startswith("//")]
    assert tokens[0] == "digraph"
    assert tokens[2] == "{"
    assert tokens[-1] == "}"
    assert all(len(t) > 1 or t.isalnum() or t in "{}[];=," for t in tokens)
    found, at = Drawing(), 3
    while at < len(tokens) - 1:
        if tokens[at] == "subgraph":
            found.clusters.append(tokens[at + 1])
            at += 3
        elif tokens[at] in "};":
            at += 1
        elif tokens[at + 1] == "=":
            at += 3
        else:
            name = [unquoted(tokens[at])]
            at += 1
            if tokens[at] == "->":
                name.append(unquoted(tokens[at + 1]))
                at += 2
            assert tokens[at] == "["
            end = tokens.index("]", at)
            body = [t for t in tokens[at + 1 : end] if t not in {",", "="}]
            values = {k: unquoted(v) for k, v in zip(body[::2], body[1::2], strict=True)}
            at = end + 1
            if len(name) == 2:
                found.links.append((*name, values))
            elif name[0] not in {"node", "edge"}:
                found.nodes[name[0]] = values
    return found


def newick(line: str) -> list[tuple[str, str | None, str]]:
    """Read one tree: (name, name of its parent, annotation) of each node, children first."""
    tokens = re.findall(r"'(?:[^']|'')*'|\[[^\]]*\]|[(),;]|:[\d.e-]+|.", line)
    stack: list[list[str]] = [[]]
    found: list[tuple[str, str | None, str]] = []
    parents: dict[str, str] = {}
    notes: dict[str, str] = {}
    closed: list[str] = []
    name = ""
    for token in tokens:
        if token == "(":
            stack.append([])
        elif token == ")":
            closed = stack.pop()
        elif token.startswith("'"):
            name = token[1:-1].replace("''", "'")
            parents |= dict.fromkeys(closed, name)
            closed = []
            stack[-1].append(name)
            notes[name] = ""
        elif token.startswith("["):
            notes[name] = token
        else:
            assert token in ",;" or token.startswith(":")
    assert len(stack) == 1
    found += [(n, parents.get(n), note) for n, note in notes.items()]
    return found
