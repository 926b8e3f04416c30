"""What the pages of stories show that takes long to make: made ahead, and kept beside the dossier.

It only saves time. What is not kept, or no longer holds, is made when it is asked for, and nothing
else would have been kept.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import suppress
from math import log

import zstandard
from markupsafe import Markup

from retold.config import StoriesConfig
from retold.desk import addresses, paging, related, standing, stories, wording
from retold.desk.code import made_by
from retold.desk.database import Database
from retold.desk.reader import Reader
from retold.errors import DossierError
from retold.report.html.piece import Body, body
from retold.report.json import loads

LEAST = 20_000
"""Bytes of a dossier, as it is stored, from which on its piece is kept: that of another is made in
some 30 ms, which is not worth its room."""
LEVEL = 9
"""Of compression: beyond it, it takes many times as long for little."""
GROWN = 1.1
"""What the articles in stories must have become times as many for words to count as otherwise
common."""


def ask(connection: sqlite3.Connection, story: int) -> None:
    """Let what is shown of a story be made ahead: its dossier was made just now."""
    connection.execute(
        "INSERT INTO ahead (story) VALUES (?) ON CONFLICT (story)"
        " DO UPDATE SET made = '', renewed = 0, piece = NULL",
        (story,),
    )


def lacking(connection: sqlite3.Connection, config: StoriesConfig, most: int) -> list[int]:
    """Return stories of which nothing is made ahead, or by another Retold, the newest first."""
    if most < 1:
        return []
    maker = _maker(config)
    found = connection.execute(
        "SELECT story FROM ahead WHERE (made < ? OR made > ?)"
        " AND story NOT IN (SELECT story FROM job) ORDER BY story DESC LIMIT ?",
        (maker, maker, most),
    )
    return [row["story"] for row in found]


def make(database: Database, reader: Reader, story: int) -> None:
    """Make ahead what is shown of a story, and keep it, unless its dossier changed meanwhile."""
    with database.read() as connection:
        row = _dossier(connection, story)
        if row is None:
            return
        try:
            made: tuple[bytes | None, str, str, str] | None
            made = _ahead(connection, reader, story, row["body"])
        except DossierError:
            made = None
        except Exception:  # noqa: BLE001 - who asks for the page is told; others are made meanwhile
            made = None, "", "", ""
    with database.write() as connection:
        if made is None:  # another Retold wrote it, and this one cannot read it
            stories.ask(connection, story)
            return
        connection.execute(
            "UPDATE ahead SET made = ?, renewed = dossier.renewed, piece = ?, state = ?, near = ?,"
            " related = ? FROM dossier WHERE dossier.story = ahead.story AND ahead.story = ?"
            " AND dossier.renewed = ?",
            (_maker(reader.config), *made, story, row["renewed"]),
        )


def _ahead(
    connection: sqlite3.Connection, reader: Reader, story: int, dossier: bytes
) -> tuple[bytes | None, str, str, str]:
    """Return the piece, the state of all stories, what the related ones are of, and these."""
    background = wording.everywhere(connection)
    others = related.sought(connection, reader, story, background)
    near = _near(connection, story, others, background.articles)
    found = related.compared(connection, reader, story, others, background)
    told = [(number, each.score, each.explanation) for number, each in found.items()]
    packed = None
    if len(dossier) >= LEAST:
        raw = zstandard.decompress(dossier)
        packed = pack(_made(connection, raw), raw)
    return packed, _state(connection), near, json.dumps(told, ensure_ascii=False)


def piece(connection: sqlite3.Connection, config: StoriesConfig, story: int) -> Body | None:
    """Return what the dossier of a story tells, as a piece of a page.

    None where there is none, or none that this Retold can read.
    """
    row = _dossier(connection, story)
    if row is None:
        return None
    kept = connection.execute(
        "SELECT piece FROM ahead WHERE story = ? AND made = ? AND renewed = ?",
        (story, _maker(config), row["renewed"]),
    ).fetchone()
    raw = zstandard.decompress(row["body"])
    if kept is None or kept["piece"] is None:
        with suppress(DossierError):
            return _made(connection, raw)
        return None
    return unpack(kept["piece"], raw)


def find_related(
    connection: sqlite3.Connection, reader: Reader, story: int
) -> dict[int, tuple[float, str]]:
    """Return the stories that a story is related to, the most alike first.

    Those that were found ahead are, as long as it would be compared with the same stories in the
    same versions.

    Returns:
        By number, how alike they are, and in what.
    """
    kept = connection.execute(
        "SELECT state, near, related FROM ahead WHERE story = ? AND made = ?",
        (story, _maker(reader.config)),
    ).fetchone()
    if kept is not None and kept["state"] == _state(connection):
        return _read(kept["related"])
    background = wording.everywhere(connection)
    others = related.sought(connection, reader, story, background)
    near = _near(connection, story, others, background.articles)
    if kept is not None and kept["near"] == near:
        return _read(kept["related"])
    found = related.compared(connection, reader, story, others, background)
    return {number: (each.score, each.explanation) for number, each in found.items()}


def pack(shown: Body, dossier: bytes) -> bytes:
    """Return a piece as it is kept; most of its words stand in the JSON of its dossier."""
    told = json.dumps([shown.title, shown.skips, shown.html], ensure_ascii=False)
    return zstandard.ZstdCompressor(LEVEL, dict_data=_words(dossier)).compress(told.encode())


def unpack(packed: bytes, dossier: bytes) -> Body:
    """Return a piece that was kept beside this dossier, JSON.

    Raises:
        ZstdError, ValueError: it is damaged, or of another dossier.
    """
    raw = zstandard.ZstdDecompressor(dict_data=_words(dossier)).decompress(packed)
    title, skips, html = json.loads(raw)
    return Body(title, Markup(html), [(href, words) for href, words in skips])  # noqa: S704


def _words(dossier: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(dossier, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _made(connection: sqlite3.Connection, dossier: bytes) -> Body:
    def number(name: str) -> int | None:
        row = connection.execute("SELECT row FROM article WHERE id = ?", (name,)).fetchone()
        return None if row is None else int(row["row"])

    return body(loads(dossier), addresses.links(number))


def _dossier(connection: sqlite3.Connection, story: int) -> sqlite3.Row | None:
    if not paging.storable(story):
        return None
    found: sqlite3.Row | None = connection.execute(
        "SELECT renewed, body FROM dossier WHERE story = ?", (story,)
    ).fetchone()
    return found


def _read(told: str) -> dict[int, tuple[float, str]]:
    return {number: (score, why) for number, score, why in json.loads(told)}


def _state(connection: sqlite3.Connection) -> str:
    """Return what changes whenever the versions of stories change, or something is decided."""
    return json.dumps([*stories.state(connection), standing.step(connection)])


def _near(connection: sqlite3.Connection, story: int, others: list[int], articles: int) -> str:
    """Return a sum over a story and those that it is compared with, as they are now."""
    asked = json.dumps([story, *others])
    held = connection.execute(
        "SELECT row, grown FROM story WHERE row IN (SELECT value FROM json_each(?)) ORDER BY row",
        (asked,),
    ).fetchall()
    ruled = standing.days(connection)
    names = connection.execute(
        "SELECT id FROM story_article JOIN article ON article.row = article"
        " WHERE story IN (SELECT value FROM json_each(?))"
        " AND id IN (SELECT value FROM json_each(?))",
        (asked, json.dumps(list(ruled))),
    ).fetchall()
    days = sorted((name, ruled[name]) for (name,) in names)
    common = int(log(max(articles, 1)) / log(GROWN))
    told = json.dumps([common, [list(row) for row in held], days])
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def _maker(config: StoriesConfig) -> str:
    """Return by what things are made now: another Retold or other thresholds make others."""
    return f"{_code()} {hashlib.sha256(repr(config).encode()).hexdigest()[:12]}"


def _code() -> str:
    """Return by which code and templates."""
    return made_by()
