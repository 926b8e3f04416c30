"""``retold derive``."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

TABLE = "A,B,C,D\n" + "\n".join(
    [f"a{n},a{n},b{n},b{n}" for n in range(12)] + [f"x,x,x,y{n}" for n in range(6)]
)


def test_the_stemma_is_told_and_written(run: Run, tmp_path: Path) -> None:
    table, drawn = tmp_path / "heron.csv", tmp_path / "heron.dot"
    table.write_text(TABLE, encoding="utf-8")
    done = run("derive", table, "--graph", drawn)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "4 witnesses, 18 places"
    assert all(any(w in line.split() for line in lines) for w in "ABCD")
    assert lines[-1] == f"written: {drawn}"
    assert drawn.read_text("utf-8").startswith("digraph")


def test_a_bad_table_is_named(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "heron.csv"
    table.write_text("A,B\nx,y\n", encoding="utf-8")
    done = run("derive", table)
    assert done.code == 1
    assert "2 witnesses; a stemma takes 3" in done.err


def test_sigla_bring_no_escapes_to_the_terminal(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "heron.csv"
    table.write_text(TABLE.replace("A,", "\x1b]0;owned\x07A,", 1), encoding="utf-8")
    done = run("derive", table)
    assert done.code == 0, done.err
    assert "\x1b" not in done.out
    table.write_text("\x1b[2JA,\x1b[2JA,C\nx,y,z\n", encoding="utf-8")
    done = run("derive", table)
    assert (done.code, done.out) == (1, "")
    assert "two columns are called" in done.err
    assert "\x1b" not in done.err
