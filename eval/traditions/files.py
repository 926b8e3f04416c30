"""Traditions in files: articles as JSON Lines, the true stemma as Graphviz dot and as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from eval.core import GoldError, records
from eval.traditions.taken import KINDS, Taken, taken
from eval.traditions.tradition import Tradition, clocks
from retold.model import Derivation

VERSION = "2.0"
"""Of the simulator and its texts: figures on traditions of one version can be compared."""

ARTICLES, DOT, TRUTH = "articles.jsonl", "truth.dot", "truth.json"


def write(folder: Path, tradition: Tradition, dates: str = "given") -> None:
    """Write a tradition into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = clocks({v.name: v.published for v in tradition.kept}, dates, tradition.seed)
    lines = []
    for version in tradition.kept:
        host = version.outlet.lower().replace(" ", "-")
        time = shown[version.name]
        record = {
            "version": version.name,
            "url": f"https://{host}.example/{version.name}",
            "outlet": version.outlet,
            "title": version.title,
            "text": version.text,
        } | ({"published": time.isoformat()} if time else {})
        lines.append(json.dumps(record, ensure_ascii=False))
    (folder / ARTICLES).write_text("\n".join(lines) + "\n", "utf-8")
    (folder / DOT).write_text(_dot(tradition), "utf-8")
    (folder / TRUTH).write_text(json.dumps(_truth(tradition), indent=1) + "\n", "utf-8")


def _dot(tradition: Tradition) -> str:
    lines = [f'digraph "{tradition.name}" {{', f'  level="{tradition.level}";']
    for version in tradition.versions:
        style = " [hypothetical=true, style=dashed]" if version.lost else ""
        lines.append(f'  "{version.name}"{style};')
    for version in tradition.versions:
        lines += [f'  "{parent}" -> "{version.name}";' for parent in version.parents]
    return "\n".join([*lines, "}"]) + "\n"


def _truth(tradition: Tradition) -> dict[str, Any]:
    made = taken(tradition)
    return {
        "traditions": VERSION,
        "name": tradition.name,
        "story": tradition.story,
        "level": tradition.level,
        "seed": tradition.seed,
        "versions": [
            {
                "version": v.name,
                "parents": list(v.parents),
                "hypothetical": v.lost,
                "published": v.published.isoformat(),
                "operations": list(v.operations),
                "statements": list(v.statements),
                "derivation": made[v.name].derivation,
                "taken": dict(zip(KINDS, made[v.name].shares, strict=True)),
            }
            for v in tradition.versions
        ],
    }


@dataclass(frozen=True, slots=True)
class Text:
    """A collected version as it is read."""

    name: str
    outlet: str
    title: str
    url: str
    text: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Told:
    """A tradition as it is read: its collected texts, and the true stemma."""

    name: str
    level: str
    texts: tuple[Text, ...]
    parents: Mapping[str, tuple[str, ...]]
    """Of every node; one that no text has is hypothetical."""
    taken: Mapping[str, Taken]
    """The true make-up of the collected versions; empty where it is not told."""


def load(path: Path) -> list[Told]:
    """Read the traditions of a folder: its own, or those of its subfolders.

    Raises:
        GoldError: where there is none, or one is damaged.
    """
    found = [read(file.parent) for file in sorted(path.rglob(DOT))]
    if not found:
        raise GoldError(f"{path}: no {DOT} in it or below")
    return found


def read(folder: Path) -> Told:
    """Read one tradition.

    Raises:
        GoldError: where a file is missing or damaged, or a text stands in no stemma.
    """
    texts = records(folder / ARTICLES, _text, "not a version with a text")
    dot = (folder / DOT).read_text("utf-8")
    parents = stemma(dot)
    strange = [t.name for t in texts if t.name not in parents]
    if strange:
        raise GoldError(f"{folder / DOT}: no node {strange[0]!r}")
    level = re.search(r'level="?(\w+)', dot)
    made = _taken(folder / TRUTH, {t.name for t in texts})
    return Told(folder.name, level[1] if level else "given", tuple(texts), parents, made)


def _taken(file: Path, wanted: set[str]) -> dict[str, Taken]:
    if not file.is_file():
        return {}
    try:
        told = json.loads(file.read_text("utf-8"))["versions"]
        return {
            v["version"]: Taken(
                Derivation(v["derivation"]), tuple(float(v["taken"][kind]) for kind in KINDS)
            )
            for v in told
            if v["version"] in wanted and "taken" in v
        }
    except (ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{file}: not the truth of a tradition ({error})") from None


def _text(record: Any) -> Text:
    time = record.get("published")
    return Text(
        str(record["version"]),
        str(record.get("outlet", "")),
        str(record.get("title", "")),
        str(record.get("url", "")),
        str(record["text"]),
        datetime.fromisoformat(time) if time else None,
    )


_NODE = r'(?:"([^"]+)"|([\w.]+))'
_EDGE = re.compile(rf"{_NODE}\s*->\s*{_NODE}")
_ALONE = re.compile(rf"^\s*{_NODE}\s*(?:\[[^\]]*\])?\s*;?\s*$")


def stemma(dot: str) -> dict[str, tuple[str, ...]]:
    """Return the parents of each node of a directed graph, one statement a line."""
    found: dict[str, list[str]] = {}
    for line in dot.splitlines():
        edge = _EDGE.search(line)
        alone = None if edge else _ALONE.match(line)
        if edge:
            parent, child = edge[1] or edge[2], edge[3] or edge[4]
            found.setdefault(parent, [])
            found.setdefault(child, []).append(parent)
        elif alone and (alone[1] or alone[2]) not in {"node", "edge", "graph", "digraph"}:
            found.setdefault(alone[1] or alone[2], [])
    return {node: tuple(above) for node, above in found.items()}
