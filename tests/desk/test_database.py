"""The file of a desk: who may open it, transactions, many readers beside a writer."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from retold.desk import Desk, database, runs, schema
from retold.errors import DeskError
from tests.conftest import ROOT
from tests.desk.making import damage, numbered

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def python(code: str, *words: str | Path) -> subprocess.Popen[str]:
    """Run Python beside this process."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        env=ENVIRONMENT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def execute(path: Path, *statements: str) -> None:
    """Change a file without Retold."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


# what is opened


def test_a_desk_is_made_where_there_is_none(path: Path):
    with pytest.raises(DeskError, match="there is no desk"):
        Desk.open(path, create=False)
    assert not path.exists()
    with Desk.open(path) as desk:
        desk.add([numbered(1)])
    with Desk.open(str(path), create=False) as desk:
        assert desk.status().articles == 1
    assert [file.name for file in path.parent.iterdir()] == ["retold.db"]


def test_an_empty_file_becomes_a_desk_if_one_may_be_made(path: Path):
    path.touch()
    with pytest.raises(DeskError, match="there is no desk"):
        Desk.open(path, create=False)
    execute(path, "PRAGMA journal_mode = WAL")  # as one is left that was killed at once
    with pytest.raises(DeskError, match="is empty"):
        Desk.open(path, create=False)
    with Desk.open(path) as desk:
        assert desk.check() == []


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda path: path.write_text("Dear diary. " * 500), "is no desk of Retold, or is damaged"),
        (lambda path: execute(path, "CREATE TABLE diary (day)"), "but no desk of Retold"),
        (lambda path: execute(path, "PRAGMA application_id = 77"), "but no desk of Retold"),
        (lambda path: path.mkdir(), "is a folder"),
    ],
)
def test_what_is_no_desk_is_left_alone(path: Path, spoil, message: str):
    spoil(path)
    before = None if path.is_dir() else path.read_bytes()
    with pytest.raises(DeskError, match=message):
        Desk.open(path)
    assert before is None or path.read_bytes() == before


def test_a_folder_that_is_missing_is_named(path: Path):
    with pytest.raises(DeskError, match="there is no folder"):
        Desk.open(path.parent / "none" / "retold.db")


def test_a_desk_of_a_newer_retold_is_left_alone(path: Path):
    Desk.open(path).close()
    execute(path, "PRAGMA user_version = 9000")
    before = path.read_bytes()
    with pytest.raises(DeskError, match=r"newer Retold \(schema 9000"):
        Desk.open(path)
    assert path.read_bytes() == before


def test_a_damaged_desk_is_told(path: Path):
    with Desk.open(path) as desk:
        desk.add(numbered(n) for n in range(300))
    damage(path, "article_body")
    with Desk.open(path) as desk, pytest.raises(DeskError, match="desk restore"):
        desk.articles(limit=200)


def test_a_desk_that_cannot_be_written_can_be_read(path: Path, monkeypatch: pytest.MonkeyPatch):
    with Desk.open(path) as desk:
        desk.add([numbered(1)])
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda p, **o: connect(f"file:{p}?mode=ro", uri=True, **o)
    )
    with Desk.open(path) as desk:
        assert desk.article(1) is not None
        with pytest.raises(DeskError, match="cannot be written; change its permissions"):
            desk.add([numbered(2)])


def test_an_old_sqlite_is_named(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    with pytest.raises(DeskError, match="use a newer Python"):
        Desk.open(path)


def test_a_file_system_without_shared_memory_is_named(path: Path, monkeypatch: pytest.MonkeyPatch):
    Desk.open(path).close()
    execute(path, "PRAGMA journal_mode = DELETE")

    class Stubborn(sqlite3.Connection):
        def execute(self, sql, *given):
            return super().execute(sql.replace("= WAL", "= DELETE"), *given)

    monkeypatch.setattr(
        sqlite3, "connect", lambda *w, real=sqlite3.connect, **o: real(*w, factory=Stubborn, **o)
    )
    with pytest.raises(DeskError, match="put it on a local disk"):
        Desk.open(path)


def test_a_closed_desk_says_so(desk: Desk):
    desk.close()
    for use in (desk.articles, desk.status, lambda: desk.add([numbered(1)])):
        with pytest.raises(DeskError, match="open it again"):
            use()
    desk.close()


# migrations


def test_migrations_are_numbered_and_applied_once(path: Path):
    numbers = [migration.number for migration in schema.migrations()]
    assert numbers == list(range(1, len(numbers) + 1))
    with Desk.open(path) as desk:
        desk.add([numbered(1)])
    with Desk.open(path) as desk, desk.database.read() as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == numbers[-1]
        assert connection.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION
        assert connection.execute("SELECT count(*) FROM article").fetchone()[0] == 1


def grown(monkeypatch: pytest.MonkeyPatch, *scripts: str) -> None:
    """Let there be more migrations than there are."""
    known = schema.migrations()
    more = [
        schema.Migration(schema.newest() + at, f"{at}.sql", script)
        for at, script in enumerate(scripts, 1)
    ]
    monkeypatch.setattr(schema, "migrations", lambda: (*known, *more))


def test_an_older_desk_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch):
    with Desk.open(path) as desk:
        desk.add([numbered(1)])
    grown(monkeypatch, "CREATE TABLE one (x TEXT) STRICT;", "-- none\nSELECT 1;")
    with Desk.open(path) as desk, desk.database.read() as connection:
        assert connection.execute("SELECT count(*) FROM one").fetchone()[0] == 0
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert desk.status().schema == schema.newest()


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ("CREATE TABLE one (x TEXT) STRICT; CREATE TABLE article (x);", sqlite3.OperationalError),
        ("UPDATE article SET run = 99;", DeskError),
    ],
)
def test_a_migration_that_fails_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, script: str, error: type[Exception]
):
    with Desk.open(path) as desk:
        desk.add([numbered(1)])
        version = desk.status().schema
    with monkeypatch.context() as patch:
        grown(patch, script)
        with pytest.raises(error):
            Desk.open(path)
    with Desk.open(path) as desk:
        assert desk.status().schema == version
        assert desk.check() == []
        with desk.database.read() as connection, pytest.raises(sqlite3.OperationalError):
            connection.execute("SELECT * FROM one")


def test_scripts_are_split_at_statements_and_nowhere_else():
    script = """
    CREATE TABLE a (b); -- one; two
    CREATE TRIGGER c AFTER INSERT ON a BEGIN
        SELECT ';';
        SELECT 2;
    END;
    """
    assert len(list(schema.statements(script))) == 2
    with pytest.raises(ValueError, match="within a statement"):
        list(schema.statements("SELECT 1; SELECT"))


def test_several_processes_may_begin_the_same_desk(path: Path):
    code = (
        "import sys; from retold.desk import Desk; from tests.desk.making import damage, numbered\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "with Desk.open(sys.argv[1]) as d: print(d.add(numbered(n) for n in range(20)).new)"
    )
    others = [python(code, path) for _ in range(2)]
    for other in others:
        assert other.stdout.readline() == "ready\n"
    for other in others:
        other.stdin.write("go\n")
        other.stdin.flush()
    told = [other.communicate()[0] for other in others]
    assert sum(int(said) for said in told) == 20
    with Desk.open(path) as desk:
        assert desk.status().articles == 20
        assert desk.check() == []


# transactions


def test_a_transaction_that_raises_is_undone(desk: Desk):
    with pytest.raises(sqlite3.IntegrityError), desk.database.write() as connection:
        [runs.begin(connection, kind, "") for kind in ("watch", None)]
    assert desk.runs().items == ()
    desk.begin("watch")
    assert len(desk.runs().items) == 1


def test_transactions_are_not_nested(desk: Desk):
    with pytest.raises(RuntimeError, match="within"), desk.database.write():
        desk.begin("watch")
    assert desk.runs().items == ()
    desk.begin("watch")


def test_reading_connections_cannot_write(desk: Desk):
    with pytest.raises(DeskError, match="cannot be written"), desk.database.read() as connection:
        connection.execute("DELETE FROM run")


def test_mistakes_in_sql_stay_what_they_are(desk: Desk):
    with pytest.raises(sqlite3.OperationalError), desk.database.read() as connection:
        connection.execute("SELECT nonsense")
    with pytest.raises(sqlite3.IntegrityError), desk.database.write() as connection:
        connection.execute("INSERT INTO rejected (run, source, reason, detail) VALUES (9,'','','')")
    assert desk.check() == []


def test_a_reader_sees_one_state(desk: Desk):
    desk.add([numbered(1)])
    with desk.database.read() as connection:
        before = connection.execute("SELECT count(*) FROM article").fetchone()[0]
        desk.add([numbered(2)])
        assert connection.execute("SELECT count(*) FROM article").fetchone()[0] == before
    assert desk.status().articles == before + 1


def test_threads_read_while_one_writes(desk: Desk):
    desk.add([numbered(0)])
    wrong: list[object] = []
    done = threading.Event()

    def read() -> None:
        seen = 0
        while not done.is_set():
            try:
                count = desk.search("board said", limit=1).total or 0
                if count < seen or not desk.articles(limit=3).items:
                    wrong.append((seen, count))
                seen = count
            except Exception as error:  # noqa: BLE001 - whatever it is, it is wrong
                wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    writers = [
        threading.Thread(
            target=lambda at: [desk.add([numbered(at * 100 + n)]) for n in range(1, 21)], args=(at,)
        )
        for at in range(2)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert desk.status().articles == 41
    assert desk.check() == []


def test_a_process_reads_while_this_one_writes(desk: Desk, path: Path):
    desk.add([numbered(0)])
    code = (
        "import sys; from retold.desk import Desk\n"
        "with Desk.open(sys.argv[1], create=False) as d:\n"
        "    for line in sys.stdin: print(d.search('board').total, flush=True)"
    )
    with python(code, path) as other:
        for count in range(1, 6):
            other.stdin.write("\n")
            other.stdin.flush()
            assert int(other.stdout.readline()) == count
            desk.add([numbered(count)])
        with desk.database.write() as connection:
            connection.execute("DELETE FROM rejected")
            other.stdin.write("\n")
            other.stdin.flush()
            assert int(other.stdout.readline()) == 6
        other.stdin.close()


def test_the_log_is_emptied_though_others_read(
    desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(database, "_WAL_BYTES", 40_000)
    monkeypatch.setattr(database, "_WAL_WAIT", 0.05)
    log = path.with_name("retold.db-wal")
    with desk.database.read() as connection:
        connection.execute("SELECT count(*) FROM article").fetchone()
        desk.add(numbered(n) for n in range(60))
        grown = log.stat().st_size
        assert grown > 40_000
    desk.add([numbered(60)])
    assert log.stat().st_size < 40_000
    assert desk.status().articles == 61


def test_who_waits_too_long_for_another_writer_is_told(
    desk: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    with Desk.open(path) as second, desk.database.write():
        with pytest.raises(DeskError, match="another process has been writing"):
            second.begin("watch")
        assert second.runs().items == ()
    desk.begin("watch")


def test_looking_at_a_desk_is_quick():
    heavy = {"numba", "spacy", "onnxruntime", "numpy"}
    code = f"import sys, retold.desk, retold.cli.desk; print(*({heavy} & sys.modules.keys()))"
    with python(code) as other:
        assert other.stdout.read().split() == []
