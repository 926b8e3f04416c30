"""``retold desk user``: who may use a desk over the network."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from retold.cli.options import desk_option

if TYPE_CHECKING:
    from retold.desk.people import People

ROLES = ("reader", "editor")

name_argument = click.argument("name")
role_option = click.option(
    "--role", type=click.Choice(ROLES), help="Readers see everything; editors also change things."
)
password_option = click.option(
    "--password-stdin", is_flag=True, help="Read the password from the standard input; do not ask."
)


@contextmanager
def _people(desk: str, *, create: bool = False) -> Iterator[People]:
    from retold.desk import Desk
    from retold.desk.people import People

    with Desk.open(desk, create=create) as opened:
        yield People(opened.database)


def _password(*, stdin: bool) -> str:
    if stdin:
        # whatever the bytes are, it is told what is wrong with them
        return sys.stdin.buffer.readline().decode("utf-8", "surrogateescape").rstrip("\r\n")
    told: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return told


@click.group()
def command() -> None:
    """Say who may use the desk over the network."""


@command.command()
@name_argument
@role_option
@password_option
@desk_option
def add(name: str, role: str | None, password_stdin: bool, desk: str) -> None:  # noqa: FBT001
    """Let NAME in, with a password that is asked for; as a reader unless a role is given."""
    from retold.desk.people import Role

    with _people(desk, create=True) as people:
        person = people.add(name, Role(role or "reader"), _password(stdin=password_stdin))
    click.echo(f"{person.name} may log in as {person.role}")


@command.command("list")
@desk_option
def listed(desk: str) -> None:
    """List everybody, and the tokens of programs."""
    from retold.desk.times import shown

    with _people(desk) as people:
        for person in people.everybody():
            click.echo(f"{person.name}: {person.role}")
        for token in people.tokens():
            ends = f"until {shown(token.ends):%Y-%m-%d %H:%M} UTC" if token.ends else "for good"
            click.echo(f"token {token.row} of {token.person}: {token.label or 'no label'}, {ends}")


@command.command()
@name_argument
@role_option
@click.option("--password", is_flag=True, help="Ask for a new password; sessions and tokens end.")
@password_option
@click.option("--keep-tokens", is_flag=True, help="Let the tokens of NAME outlive the password.")
@desk_option
def change(
    name: str,
    role: str | None,
    password: bool,  # noqa: FBT001
    password_stdin: bool,  # noqa: FBT001
    keep_tokens: bool,  # noqa: FBT001
    desk: str,
) -> None:
    """Change the role of NAME, or the password, or both.

    A new password ends every session of NAME at once, and every token of programs that act for
    NAME: who knew the old one may have made some.
    """
    from retold.desk.people import Role
    from retold.errors import UsageError
    from retold.labels import count

    renewed = password or password_stdin
    if not (role or renewed):
        raise UsageError("give --role, --password or both")
    if keep_tokens and not renewed:
        raise UsageError("--keep-tokens: goes with a new password; a role ends no token")
    with _people(desk) as people:
        ended = people.change(
            name,
            role=Role(role) if role else None,
            password=_password(stdin=password_stdin) if renewed else None,
            keep_tokens=keep_tokens,
        )
    sessions, tokens = count(ended.sessions, "session"), count(ended.tokens, "token")
    click.echo(f"{name}: changed" + (f"; {sessions} and {tokens} ended" if renewed else ""))
    if ended.kept:
        numbers = ", ".join(map(str, ended.kept))
        click.echo(f"tokens that live on: {numbers}; `retold desk user drop-token` ends one")


@command.command()
@name_argument
@desk_option
def remove(name: str, desk: str) -> None:
    """Let NAME in no more: sessions and tokens end at once."""
    with _people(desk) as people:
        people.remove(name)
    click.echo(f"{name}: may log in no more")


@command.command()
@name_argument
@click.option("--label", default="", help="What it is for; shown by `list`.")
@click.option("--days", type=click.FloatRange(0, min_open=True), help="Days after which it ends.")
@desk_option
def token(name: str, label: str, days: float | None, desk: str) -> None:
    """Make a token for a program that acts for NAME, and print it; it cannot be shown again."""
    with _people(desk) as people:
        click.echo(people.make_token(name, label, days))


@command.command("drop-token")
@click.argument("number", type=int)
@desk_option
def drop_token(number: int, desk: str) -> None:
    """End the token NUMBER, as `list` shows it."""
    with _people(desk) as people:
        people.drop_token(number)
    click.echo(f"token {number}: ended")
