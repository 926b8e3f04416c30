"""Newick, the format of tree viewers: a line a tree, annotated as FigTree and BEAST do."""

from __future__ import annotations

from retold.errors import UsageError
from retold.report.graph.values import Graph, Link, Node
from retold.report.html.naming import visible


def write(graph: Graph) -> str:
    """Return a tree a line; what is no tree is named in a comment and left out.

    Raises:
        UsageError: nothing is a tree.
    """
    lines: list[str] = []
    excuses: list[str] = []
    for number, title in enumerate(graph.groups):
        members = [n for n in graph.nodes if n.group == number]
        trees, excuse = _trees(members, graph.links)
        if excuse:
            excuses.append(f"{title}: {excuse}")
            lines.append(_comment(excuses[-1]))
        elif members:
            more = f" ({len(trees)} trees, as {len(trees)} have no parent here)"
            lines.append(_comment(title + (more if len(trees) > 1 else "")))
            lines += trees
    if not any(line.endswith(";") for line in lines):
        raise UsageError(
            "Newick holds trees only; "
            + ("; ".join(excuses) or "there is no graph here")
            + "; write .dot, .graphml, .gexf or .json instead"
        )
    return "\n".join([*lines, ""])


def _comment(text: str) -> str:
    """Return a comment; a bracket in it would close it."""
    line = " ".join(visible(text).split()).replace("[", "(").replace("]", ")")
    return f"[{line.removesuffix(';')}]"


def _trees(members: list[Node], links: tuple[Link, ...]) -> tuple[list[str], str]:
    """Return the trees of some nodes, or else why they are none."""
    known = {n.id: n for n in members}
    into: dict[str, Link] = {}
    below: dict[str, list[str]] = {}
    for link in links:
        if link.target not in known or link.source not in known:
            continue
        if link.target in into:
            return [], f"no tree, as {known[link.target].label} draws on several versions"
        into[link.target] = link
        below.setdefault(link.source, []).append(link.target)
    roots = [n.id for n in members if n.id not in into]
    order: list[str] = []
    stack = list(roots)
    while stack:  # not recursive: a chain of copies may be long
        order.append(stack.pop())
        stack += below.get(order[-1], [])
    if len(order) < len(members):
        return [], "no tree, as some versions derive from one another in a circle"
    done: dict[str, str] = {}
    for node in reversed(order):
        inner = ",".join(done[child] for child in below.get(node, []))
        done[node] = (f"({inner})" if inner else "") + _label(known[node], into.get(node))
    return [f"{done[root]};" for root in roots], ""


def _label(node: Node, link: Link | None) -> str:
    name = "'" + visible(" ".join(node.label.split())).replace("'", "''") + "'"
    if link is None:
        return name
    told = f"[&probability={link.weight:.4g},decided={0 if link.faint else 1}]"
    return name + told + (f":{link.length:.4g}" if link.length is not None else "")
