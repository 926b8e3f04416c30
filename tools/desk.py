"""The page about a desk's file: its tables as their scripts make and explain them."""

from __future__ import annotations

import re
import sqlite3

from retold.desk import schema

HEAD = """# The desk's file

A desk is one SQLite file. Everything in it can be read with whatever reads SQLite; this page says
what stands where. It is made from the scripts that make the tables by `python3 task.py docs`.

## Opening it with other programs

Any number of programs may read it while `retold serve`, `retold watch` and `retold add` work on
it: it has a write-ahead log, so nobody waits. Copy it with `retold desk backup`, not with `cp`:
what was stored last may still be in the log beside it (`retold.db-wal`). Do not write into it
with other programs; after a change by hand `retold desk check` says what no longer fits.

With the `sqlite3` command:

```sh
sqlite3 -readonly retold.db "SELECT outlet, count(*) FROM article GROUP BY outlet"
```

With [Datasette](https://datasette.io), which shows the tables as pages and searches
`article_text` (and `article_full`, with `?_fts_table=article_text&_fts_pk=row` in its address):

```sh
datasette retold.db
```

It shows all of it, `person`, `session` and `token` too, to whoever reaches it: as it comes, that is
this machine alone. These hold sums of passwords and tokens, never one itself.

Questions to begin with, for any of them:

```sql
-- the stories that most tell, and from how many independent origins
SELECT row, title, versions, origins_low, origins_high, altered FROM story
WHERE versions > 1 ORDER BY versions DESC LIMIT 10;

-- who carries whose text, and how surely
SELECT source, outlet, count(DISTINCT article) AS articles, round(avg(probability), 2) AS sure
FROM carried WHERE decided GROUP BY source, outlet ORDER BY articles DESC, sure DESC LIMIT 10;

-- what was said, by whom, and where it stands
SELECT mention.about AS speaker, mention.shown AS quotation, article.outlet
FROM mention JOIN article ON article.row = mention.article
WHERE mention.kind = 'quotation' ORDER BY speaker, article.moment LIMIT 10;

-- articles with these words, the most telling first
SELECT article.outlet, article.title, datetime(article.moment / 1000000, 'unixepoch') AS published
FROM article_text JOIN article ON article.row = article_text.rowid
WHERE article_text MATCH '"Brannock Dam" evacuat*' ORDER BY article_text.rank LIMIT 5;
```

With Python and pandas, times turned into times:

```python
import sqlite3

import pandas as pd

with sqlite3.connect("file:retold.db?mode=ro", uri=True) as connection:
    articles = pd.read_sql("SELECT id, title, outlet, moment, words FROM article", connection)
articles["moment"] = pd.to_datetime(articles["moment"], unit="us", utc=True)
```

DuckDB and Polars read what `retold desk export` writes as [Parquet](how-to-export.md#from-a-desk).
DuckDB can also attach the file itself, `ATTACH 'retold.db' AS desk (TYPE sqlite)`: it fetches its
extension for SQLite from the web when that is asked for the first time, and the tables without
search indexes can be asked then.

## Conventions

- **Times** are integers: microseconds since 1970 in UTC. In SQL `datetime(moment / 1000000,
  'unixepoch')`.
- **Numbers**: `row` numbers the rows of a table and is the desk's own; an article's is the order
  in which it came, a story's is its permanent link. The **id** of an article is a hash of its
  text, title, outlet, address, byline and time of publication: the same in every desk.
- **Offsets** are half-open and count Unicode code points of `article_body.text`:
  `text[start:end]` in Python, `substr(text, start + 1, end - start)` in SQL.
- **Empty text** means that nothing is known; null stands for no time and no reference.
- **Articles** are stored once by content and never change; another text is another article. Where
  a later text of the same address revises one, `latest` names the one that stands for it.
- **Full-text search**: `SELECT rowid FROM article_text WHERE article_text MATCH 'ferry'`, with
  the rows of `article`; case and accents are of no account.
- The file is marked with `PRAGMA application_id` 0x52544C44 and its version with `PRAGMA
  user_version`, now NEWEST. A newer Retold brings an older file up to date when it opens it,
  script by script, each wholly or not at all; an older Retold leaves a newer file alone.
"""

_TABLE = re.compile(
    r"((?:^-- [^\n]*\n)*)^CREATE (VIRTUAL TABLE|TABLE|VIEW) (\w+)(.*);\s*\Z",
    re.DOTALL | re.MULTILINE,
)
_COLUMN = re.compile(
    r"^    (\w+) (TEXT|INTEGER|REAL|BLOB)\b([^\n]*?)\s*(?:--\s*([^\n]*))?$", re.MULTILINE
)
_REFERENCE = re.compile(r"REFERENCES (\w+)")


def page() -> str:
    """Return the page.

    Raises:
        ValueError: a table has a column that its script does not show.
    """
    parts = [HEAD.replace("NEWEST", str(schema.newest()))]
    made = sqlite3.connect(":memory:")
    for migration in schema.migrations():
        told = []
        for statement in schema.statements(migration.script):
            made.execute(statement)
            if found := _TABLE.search(statement.strip() + "\n"):
                told.append(_told(made, *found.groups()))
        if told:
            parts += [f"## {_about(migration.script)}\n", *told]
    return "\n".join(parts).rstrip() + "\n"


def _about(script: str) -> str:
    """Return the first line of a script as a heading."""
    first = script.splitlines()[0].removeprefix("-- ")
    return first.partition(". ")[0].rstrip(".")


def _told(made: sqlite3.Connection, comment: str, kind: str, name: str, body: str) -> str:
    lines = [line.removeprefix("-- ") for line in comment.splitlines()]
    about = " ".join(lines)
    head = f"### {name}\n"
    if kind != "TABLE":
        what = "A view" if kind == "VIEW" else "A full-text index (FTS5)"
        names = ", ".join(f"`{row[1]}`" for row in made.execute(f"PRAGMA table_info({name})"))
        return f"{head}\n" + f"{what}: {names}. {about}".rstrip() + "\n"
    columns = _COLUMN.findall(body)
    shown = {column[0] for column in columns}
    there = {row[1] for row in made.execute(f"PRAGMA table_info({name})")}
    if shown != there:
        raise ValueError(f"{name}: its script shows {sorted(shown ^ there)} otherwise")
    rows = [
        f"| `{column}` | {_type(kind, rest)} | {meaning.strip().replace('|', '/')} |"
        for column, kind, rest, meaning in columns
    ]
    return "\n".join(
        [
            head,
            f"{about}\n" if about else "",
            "| column | type | meaning |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _type(kind: str, rest: str) -> str:
    """Return a column's type in words: may it be null, and to what does it refer?"""
    words = [kind.lower()]
    if "PRIMARY KEY" in rest:
        words.append("key")
    elif "NOT NULL" not in rest:
        words.append("or null")
    if found := _REFERENCE.search(rest):
        words.append(f"→ `{found[1]}`")
    return " ".join(words)
