"""Commands, options and settings that deploy/ and the docs name are there, and are all told of."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import click
import pytest

from retold.cli import group, serve
from retold.web.settings import PREFIX, Settings, from_environment

HOME = Path(__file__).parents[1]
FILES = sorted((HOME / "deploy").iterdir())
PAGES = [*FILES, *HOME.glob("*.md"), *(HOME / "docs").rglob("*.md")]
SERVING = (HOME / "docs" / "how-to-serve.md").read_text(encoding="utf-8")


def options(command: click.Command) -> set[str]:
    """Return the variables that the options of a command read, and of all that are under it."""
    found = {name for option in command.params for name in _names(option.envvar)}
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            under = command.get_command(context, name)
            assert under
            found |= options(under)
    return found


def _names(given: object) -> list[str]:
    return [given] if isinstance(given, str) else list(given or ())  # type: ignore[call-overload]


READ = options(group) | {PREFIX + field.name.upper() for field in fields(Settings)}
"""Every variable that is read."""


def commands(text: str) -> list[list[str]]:
    """Return the words after ``retold`` of every command that a file runs."""
    found = [
        shlex.split(re.sub(r"\$\(.*?\)", "NOW", line))
        for line in re.findall(r"/opt/retold/bin/retold (.+?)'?$", text, re.MULTILINE)
    ]
    return found + [json.loads(told)[1:] for told in re.findall(r"^CMD (.+)$", text, re.MULTILINE)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_command_can_be_parsed(file: Path) -> None:
    for given in commands(file.read_text(encoding="utf-8")):
        command: click.Command = group
        words = given
        context = click.Context(group)
        while isinstance(command, click.Group):
            name, found, words = command.resolve_command(context, words)
            assert found is not None
            command = found
        command.make_context(name, list(words))


def test_all_that_runs_was_looked_at() -> None:
    found = [words[0] for file in FILES for words in commands(file.read_text(encoding="utf-8"))]
    assert sorted(found) == ["desk", "serve", "serve", "watch"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_variable_that_is_named_is_read(page: Path) -> None:
    assert set(re.findall(rf"{PREFIX}[A-Z_]+", page.read_text(encoding="utf-8"))) <= READ


def test_every_variable_that_is_read_stands_in_the_table_of_settings() -> None:
    rows = re.findall(rf"^\| (`{PREFIX}.*?) \|.*\| (.*) \|$", SERVING, re.MULTILINE)
    usual: dict[str, str] = {}
    for names, values in rows:
        usual |= zip(re.findall(r"\w+", names), values.replace("`", "").split(", "), strict=True)
    assert usual.keys() == READ
    for field in fields(Settings):
        told = usual[PREFIX + field.name.upper()]
        made = getattr(
            from_environment({} if told == "none" else {PREFIX + field.name.upper(): told}),
            field.name,
        )
        assert made == getattr(Settings(), field.name), field.name


def test_every_option_of_serving_is_a_setting() -> None:
    given = {option.name for option in serve.command.params}
    assert given <= {field.name for field in fields(Settings)} | {"desk"}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    units = [file for file in FILES if file.suffix in {".service", ".timer"}]
    for file in units:
        # systemd looks whether the program is there
        told = file.read_text(encoding="utf-8").replace("/opt/retold/bin/retold", sys.executable)
        (tmp_path / file.name).write_text(told, encoding="utf-8")
    looked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / file.name) for file in units)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert not [line for line in looked.stderr.splitlines() if "retold" in line]
