"""Write what the docs generate from the code: commands, schemas, thresholds, what was measured.

``python -m tools.docs`` writes them; with ``--check`` it fails where they are stale.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import click
import pyarrow as pa

from eval.floors import FLOORS
from retold.cli import COMMANDS, group
from retold.config import PileConfig, ScanConfig, StoriesConfig
from retold.corpus.keep import POLICIES
from retold.corpus.tables import KEEP_TABLES, REWRITES, SCHEMA, STORY_TABLES, TABLES, Table
from retold.report.export.sheets import SHEETS, STORY
from retold.report.graph import FORMATS
from retold.report.graph.stemma import LINK_FIELDS, NODE_FIELDS
from retold.report.json import schema_text
from tools import desk, operated
from tools.grouped import grouped
from tools.scans import scans
from tools.sparks import sparks

DOCS = Path(__file__).parents[1] / "docs"
RESULTS = Path(__file__).parents[1] / "bench" / "results"

HEAD = """# Commands

Generated from the commands' own help by `python3 task.py docs`.

Exit codes: 0 done, also where some inputs were left out (they are listed); 1 nothing could be done:
no article could be read, or a dossier, a scan or a judge cannot be used, or a file cannot be
written; 2 the call itself is off: an unknown option, field or id; 130 interrupted: no file is half
written, and a scan goes on where it stopped when the same command is given again.

Progress goes to standard error, results to standard output. Files are written whole or not at all.
"""


def reference() -> str:
    """Return the command reference as Markdown."""
    parts = [HEAD, _help(group, "retold")]
    for name in COMMANDS:
        parts += _helps(import_module(f"retold.cli.{name}").command, f"retold {name}")
    return "\n".join(parts)


def _helps(command: click.Command, name: str) -> list[str]:
    """Return the help of a command and of all that are under it."""
    found = [_help(command, name)]
    if isinstance(command, click.Group):
        for under, one in sorted(command.commands.items()):
            found += _helps(one, f"{name} {under}")
    return found


def _help(command: click.Command, name: str) -> str:
    context = click.Context(
        command, info_name=name, terminal_width=80, help_option_names=["-h", "--help"]
    )
    return f"## {name}\n\n```text\n{command.get_help(context)}\n```\n"


SCAN = f"""# The tables of a scan

`retold scan CORPUS... --out DIR` and `retold.scan(...)` write these tables into a folder, one
Parquet file each; how to ask them stands in [Scanning a corpus](how-to-scan.md). This page is made
from the code by `python3 task.py docs`.

The version of the tables is {SCHEMA}; it stands in the metadata of each file (`retold.schema`) and
in `run.schema`. A new column does not raise it; a column that changes its meaning or goes does.

**Offsets** are half-open and count Unicode code points of `articles.text`: `text[start:end]` in
Python, `substring(text, start + 1, end - start)` in SQL. **Times** are in UTC. **Ids** are hashes
of what they name: `article:` and 20 hex digits, say; `retold explain DIR ID` shows what stands
behind any of them.

**The same input gives the same tables**, byte for byte, whatever the order of the files and the
number of processes, also where a scan was interrupted and went on, or where articles were added to
an index later. Nothing in them tells the time of the run.
"""


def scan() -> str:
    """Return the reference of a scan's tables, policies and thresholds."""
    parts = [SCAN, *(_table(t) for t in TABLES)]
    parts.append("## With `--keep`\n\nOf each group one article is kept, by a policy:\n")
    parts += [f"- `{name}`: {meaning}." for name, meaning in POLICIES.items()]
    parts.append("\nArticles in no group are all kept. Two more tables are written.\n")
    parts += [_table(t) for t in KEEP_TABLES]
    parts.append("## With `--rewrites`\n\nOne more table is written.\n")
    parts.append(_table(REWRITES))
    parts.append("## With `--stories`\n\nThree more tables are written.\n")
    parts += [_table(t) for t in STORY_TABLES]
    parts.append("## Thresholds\n")
    for config, what in (
        (ScanConfig, ""),
        (PileConfig, ", for `--rewrites`"),
        (StoriesConfig, ", for `--stories`"),
    ):
        parts.append(f"The fields of `retold.config.{config.__name__}`{what}.\n")
        parts.append("| threshold | default | meaning |\n|---|---|---|")
        for name, meaning in _meanings(config).items():
            parts.append(f"| `{name}` | {getattr(config(), name):,} | {_cell(meaning)} |")
        parts.append("")
    return "\n".join(parts) + "\n"


EXPORT = """# The tables of an export

`retold export DOSSIER.json --csv DIR` and `retold.export(dossier, csv=...)` write these tables, one
CSV file each; how to use them stands in [Exporting](how-to-export.md). This page is made from the
code by `python3 task.py docs`.

The files are UTF-8 with a byte-order mark, commas and CRLF, as spreadsheets expect. Stories of one
version are left out. **Offsets** are half-open and count Unicode code points of the article's text.
**Yes and no** are written so. **Times** are in UTC. An empty cell means that nothing is known.

The same dossier gives the same tables, byte for byte.
"""


GRAPH = """## Graphs

`--graph FILE` and `retold.export(dossier, graph=...)` write who took it from whom as one graph over
all stories of several versions. The ending says how:
"""


def export() -> str:
    """Return the reference of the tables of an export."""
    parts = [EXPORT]
    for sheet in SHEETS:
        parts.append(f"## {sheet.name}.csv\n\n{sheet.meaning}\n")
        parts.append("| column | meaning |\n|---|---|")
        columns = {**STORY, **sheet.columns}
        parts += [f"| `{name}` | {_cell(meaning)} |" for name, meaning in columns.items()]
        parts.append("")
    parts.append(GRAPH)
    parts += [f"- `{ending}`: {meaning}" for ending, (meaning, _) in FORMATS.items()]
    for fields, what in ((NODE_FIELDS, "node"), (LINK_FIELDS, "link")):
        parts.append(f"\n| of a {what} | type | meaning |\n|---|---|---|")
        parts += [f"| `{f.name}` | {f.type.__name__} | {_cell(f.meaning)} |" for f in fields]
    parts.append("")
    return "\n".join(parts)


def _table(table: Table) -> str:
    rows = [f"| `{c.name}` | {_type(c.type)} | {_cell(c.meaning)} |" for c in table.columns]
    head = "| column | type | meaning |\n|---|---|---|"
    return "\n".join([f"## {table.name}\n\n{table.meaning}\n\n{head}", *rows, ""])


def _type(kind: pa.DataType) -> str:
    """Return what a type is called where the tables are read."""
    if pa.types.is_list(kind):
        return f"list of {_type(kind.value_type)}"
    if pa.types.is_struct(kind):
        fields = (kind.field(i) for i in range(kind.num_fields))
        return ", ".join(f"`{f.name}` {_type(f.type)}" for f in fields)
    if pa.types.is_timestamp(kind):
        return "time"
    return {"large_string": "text", "bool": "boolean"}.get(str(kind), str(kind))


def _meanings(of: type) -> dict[str, str]:
    """Return the docstring below each field of a class."""
    (found,) = ast.parse(inspect.getsource(of)).body
    assert isinstance(found, ast.ClassDef)
    meanings = {}
    for field, text in pairwise(found.body):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
            assert isinstance(field.target, ast.Name)
            meanings[field.target.id] = ast.literal_eval(text.value)
    return meanings


def _cell(text: str) -> str:
    """Return documentation as one line of Markdown that fits in a table."""
    plain = re.sub(r":\w+:`~?\.?([^`]+)`", r"`\1`", " ".join(text.split()))
    return plain.replace("``", "`").replace("|", "\\|")


QUALITY = """# Quality

Made from the last full measurement by `python3 task.py docs`. Each figure stands with its 95 %
interval (of the bootstrap where the text does not say another), the number of cases n, the
same figure for a simple method, and what others have published, mostly on another part of the set.
The figures are floors: `python3 task.py floors` fails when one falls. `python -m eval TASK PATH`
scores any folder of the same layout.

Where a task does not say that the project makes its data itself, they are other people's and no
part of this project. Where weights that ship were trained on a set, or a threshold or rule was
chosen while looking at a part of one, the task's text says so.

How often changes and verdicts are right that are given with a probability, drawn by
`python -m eval.calibration`:

![Shares that are right, by the probability that was given](calibration.svg)
"""


def quality() -> str:
    """Return the table of what was measured."""
    parts = [QUALITY]
    for task, entry in sorted(json.loads(FLOORS.read_text(encoding="utf-8")).items()):
        module = import_module(f"eval.tasks.{task}")
        published: dict[str, str] = getattr(module, "PUBLISHED", {})
        parts.append(f"## {task}\n\n{(module.__doc__ or '').strip()}\n")
        parts.append("| figure | value | 95 % interval | n | simple method | published |")
        parts.append("|---|---|---|---|---|---|")
        for s in entry["measured"]:
            base = "" if s["baseline"] is None else f"{s['baseline']:.3f} ({s['baseline_name']})"
            span = f"{s['low']:.3f} to {s['high']:.3f}"
            cells = (s["name"], f"{s['value']:.3f}", span, f"{s['n']:,}", base)
            parts.append(f"| {' | '.join(cells)} | {published.get(s['name'], '')} |")
        parts.append("")
    return "\n".join(parts)


PERFORMANCE = """# Performance

Made from the newest file in `bench/results/` by `python3 task.py docs`; `python3 task.py bench`
measures again. Whole processes, from start to the written page, timed from outside: median of
several runs after a warm-up (the longest job runs once, cold), and the largest peak memory.

## Comparing a pile

No other tool does the whole job, so there is no peer to stand beside it.

The 100 versions are a harsh pile (`bench/pile.py`): every paragraph is edited anew in each version,
so that nearly every sentence of the pile is a sentence of its own, and each version has reporting
of its own in sentences of a few shapes that resemble one another. The 500 are grown from one
report (`eval/traditions`, level middle, dates hidden); reading, matching and aligning them is not
in the time.
"""


def performance() -> str:
    """Return the table of the newest measurement."""
    kept = [json.loads(f.read_text(encoding="utf-8")) for f in RESULTS.glob("*.json")]
    newest = max(kept, key=lambda r: (r["date"], r["commit"]))
    where = f"Commit {newest['commit']}, {newest['date'][:10]}, {newest['cores']} cores,"
    parts = [PERFORMANCE, f"{where} Python {newest['python']}.\n"]
    parts.append("| job | seconds, median | slowest | aim | MiB | aim | runs |")
    parts.append("|---|---|---|---|---|---|---|")
    for r in newest["results"]:
        aim = "" if r["target_mebibytes"] is None else f"{r['target_mebibytes']:g}"
        seconds = f"{r['seconds']:.2f} | {r['slowest']:.2f} | {r['target_seconds']:g}"
        parts.append(f"| {r['name']} | {seconds} | {r['mebibytes']:.0f} | {aim} | {r['runs']} |")
    return "\n".join([*parts, grouped(), scans(), sparks()]).rstrip() + "\n"


def generated() -> dict[Path, str]:
    """Return every generated file with its text."""
    return {
        DOCS / "cli.md": reference(),
        DOCS / "dossier.schema.json": schema_text(),
        DOCS / "quality.md": quality(),
        DOCS / "performance.md": performance(),
        DOCS / "scan.md": scan(),
        DOCS / "export.md": export(),
        DOCS / "desk.md": desk.page(),
        DOCS / "operations.md": operated.page((DOCS / "operations.md").read_text("utf-8")),
    }


def main(*, check: bool) -> int:
    """Write or check; return the exit code."""
    stale = []
    for path, text in generated().items():
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(path.name)
        if not check:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(("stale: " if check else "written: ") + ", ".join(stale))
        if check:
            print("renew them with: python3 task.py docs")
    return 1 if stale and check else 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
