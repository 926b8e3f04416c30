"""What was annotated on articles by themselves, kept: it is most of the work, and never changes.

Names and credits are joined over the articles that are compared, each time anew; what is kept here
is what :func:`retold.annotate.annotate_batch` made of each article alone.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache

import zstandard
from pydantic import TypeAdapter, ValidationError

from retold import annotate
from retold.desk import mentions
from retold.desk.articles import values
from retold.desk.code import made_by
from retold.desk.database import Database
from retold.model import Article, Document

BATCH = 16
"""Articles that are annotated between two transactions."""
CODE = ("annotate", "lexicon.npz", "lexicon.py", "model", "text.py")
"""What decides what is found in an article by itself."""


@cache
def _adapter() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


@cache
def _made() -> str:
    """Return by what documents are made now: other code, another parser or table makes others."""
    models = "".join(f"{model.name} {model.sha256}\n" for model in annotate.models())
    return f"{made_by(*CODE)} {hashlib.sha256(models.encode()).hexdigest()[:16]}"


def known(connection: sqlite3.Connection, articles: Iterable[Article]) -> dict[str, Document]:
    """Return the documents that are kept of some articles, by id; none that cannot be read."""
    wanted = {article.id: article for article in articles}
    found = connection.execute(
        "SELECT id, body FROM document JOIN article ON article.row = document.article"
        " WHERE made = ? AND id IN (SELECT value FROM json_each(?))",
        (_made(), json.dumps(list(wanted))),
    )
    made = {}
    for name, body in found:
        with suppress(zstandard.ZstdError, ValidationError):
            made[name] = _unpacked(body, wanted[name])
    return made


def make(database: Database, articles: Iterable[Article]) -> dict[str, Document]:
    """Return the documents of articles of the desk; those that are not kept are made and kept."""
    wanted = {article.id: article for article in articles}
    with database.read() as connection:
        found = known(connection, wanted.values())
    lacking = [article for name, article in sorted(wanted.items()) if name not in found]
    for first in range(0, len(lacking), BATCH):
        batch = annotate.annotate_batch(tuple(lacking[first : first + BATCH]))
        made = {document.id: document for document in batch}
        with database.write() as connection:
            _keep(connection, made)
        found |= made
    return found


def lacking(connection: sqlite3.Connection, most: int) -> list[str]:
    """Return the ids of articles in stories of which no document is kept, the last stored first."""
    found = connection.execute(
        "SELECT id FROM story_article JOIN article ON article.row = story_article.article"
        " LEFT JOIN document ON document.article = article.row AND document.made = ?"
        " WHERE document.article IS NULL ORDER BY article.row DESC LIMIT ?",
        (_made(), most),
    )
    return [row["id"] for row in found]


def annotate_stored(database: Database, ids: Iterable[str]) -> None:
    """Make and keep the documents of articles of the desk, by id."""
    with database.read() as connection:
        told = values(connection, ids)
    make(database, told.values())


def _keep(connection: sqlite3.Connection, made: Mapping[str, Document]) -> None:
    rows = connection.execute(
        "SELECT id, row FROM article WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(made)),),
    ).fetchall()
    for name, row in rows:
        connection.execute(
            "INSERT INTO document VALUES (?, ?, ?) ON CONFLICT (article)"
            " DO UPDATE SET made = excluded.made, body = excluded.body",
            (row, _made(), _packed(made[name])),
        )
        mentions.store(connection, row, made[name])


def _packed(document: Document) -> bytes:
    bare = replace(document, article=Article(document.id, ""))
    return zstandard.compress(_adapter().dump_json(bare))


def _unpacked(body: bytes, article: Article) -> Document:
    return replace(_adapter().validate_json(zstandard.decompress(body)), article=article)
