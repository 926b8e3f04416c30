"""How much a desk holds."""

from __future__ import annotations

from retold.desk import times
from retold.desk.database import Database
from retold.desk.values import Status

_COUNTS = """
SELECT
    (SELECT count(*) FROM article) AS articles,
    (SELECT count(*) FROM article WHERE latest IS NOT NULL) AS revised,
    (SELECT count(*) FROM article WHERE placed = 0) AS waiting,
    (SELECT count(*) FROM story WHERE versions > 1) AS stories,
    (SELECT count(*) FROM (SELECT DISTINCT outlet FROM article WHERE outlet <> '')) AS outlets,
    (SELECT min(moment) FROM article) AS earliest,
    (SELECT max(moment) FROM article) AS latest,
    (SELECT arrived FROM article ORDER BY row DESC LIMIT 1) AS arrived,
    (SELECT count(*) FROM run) AS runs
"""


def status(database: Database) -> Status:
    """Return how much a desk holds and how large its file is."""
    with database.read() as connection:
        row = connection.execute(_COUNTS).fetchone()
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    ends = ("", "-wal")
    files = (database.path.with_name(database.path.name + end) for end in ends)
    moments = (row["earliest"], row["latest"], row["arrived"])
    earliest, latest, arrived = (None if m is None else times.shown(m) for m in moments)
    return Status(
        str(database.path),
        version,
        sum(file.stat().st_size for file in files if file.exists()),
        row["articles"],
        row["revised"],
        row["waiting"],
        row["stories"],
        row["outlets"],
        row["runs"],
        earliest,
        latest,
        arrived,
    )
