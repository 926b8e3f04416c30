"""Who may use the desk over the network: people with passwords, their sessions and tokens.

Passwords are kept as argon2 makes them. Sessions and tokens are 256 random bits, of which only the
SHA-256 sum is kept: whoever reads the file can use none of them.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from retold.desk.paging import storable
from retold.desk.runs import nameable
from retold.desk.times import now
from retold.errors import UsageError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from retold.desk.database import Database

SHORTEST = 10
"""Characters of a password."""
LONGEST = 1024
"""Characters of a password beyond which hashing it would only cost time."""
HOUR = 3_600_000_000
"""Microseconds."""
MOST_DAYS = 36_500
"""Until a token ends, where it does."""


class Role(StrEnum):
    """What a person may do."""

    READER = "reader"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may use the desk."""

    name: str
    role: Role
    proof: bytes = field(default=b"", repr=False, compare=False)
    """Of whom a password let in, a sum over how that one is kept."""


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token for programs, without its secret."""

    row: int
    person: str
    label: str
    made: int
    """Microseconds UTC."""
    ends: int | None


@dataclass(frozen=True, slots=True)
class Ended:
    """What a new password ended."""

    sessions: int = 0
    tokens: int = 0
    kept: tuple[int, ...] = ()
    """Tokens that live on, by number."""


GRANTED = Person("token", Role.EDITOR)
"""Whoever has the server's own token."""


def summed(secret: str) -> bytes:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def same(secret: str, other: str) -> bool:
    """Compare two secrets in a time that does not tell how much of them is alike."""
    return bool(other) and hmac.compare_digest(summed(secret), summed(other))


@cache
def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
    except ImportError:
        raise UsageError("passwords need more packages: pip install 'retold[desk]'") from None
    return PasswordHasher()


@cache
def _nobody() -> str:
    """Return the hash of a password that nobody has: unknown names take as long as known ones."""
    return _hasher().hash(secrets.token_hex())


def _hashed(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(f"a password has {SHORTEST} to {LONGEST} characters")
    if not storable(password):
        raise UsageError("the password is no text in UTF-8; give another")
    return _hasher().hash(password)


def spelt(name: str) -> str:
    """Return a name in the one way in which it is kept and looked up, but for its capitals."""
    return " ".join(nameable(name).split())


def _checked(name: str) -> str:
    held = spelt(name)
    seen = not any(unicodedata.category(c)[0] == "C" for c in held) and storable(name)
    if not (seen and 1 <= len(held) <= 64):
        raise UsageError("a name has 1 to 64 characters that can be seen")
    if held.casefold() in (GRANTED.name, "local"):
        raise UsageError(f"{held} stands for those without a name of their own; take another")
    return held


def _end(connection: sqlite3.Connection, person: int, *, keep_tokens: bool) -> Ended:
    """End the sessions of somebody, and the tokens; what had ended by itself is not counted."""
    given = (person, now())
    sessions = connection.execute(
        "SELECT count(*) FROM session WHERE person = ? AND ends > ?", given
    ).fetchone()[0]
    tokens = connection.execute(
        "SELECT row FROM token WHERE person = ? AND (ends IS NULL OR ends > ?) ORDER BY row", given
    ).fetchall()
    connection.execute("DELETE FROM session WHERE person = ?", (person,))
    if keep_tokens:
        return Ended(sessions, kept=tuple(row for (row,) in tokens))
    connection.execute("DELETE FROM token WHERE person = ?", (person,))
    return Ended(sessions, len(tokens))


class People:
    """The people of a desk."""

    def __init__(self, database: Database) -> None:
        """Keep them in ``database``."""
        self.database = database

    def add(self, name: str, role: Role, password: str) -> Person:
        """Let somebody in.

        Raises:
            UsageError: the name is taken or cannot be shown, or the password is too short.
        """
        person, hashed = Person(_checked(name), role), _hashed(password)
        try:
            with self.database.write() as connection:
                connection.execute(
                    "INSERT INTO person (name, role, password, made) VALUES (?, ?, ?, ?)",
                    (person.name, str(role), hashed, now()),
                )
        except sqlite3.IntegrityError:
            raise UsageError(f"{person.name}: there is somebody of this name") from None
        return person

    def change(
        self,
        name: str,
        *,
        role: Role | None = None,
        password: str | None = None,
        keep_tokens: bool = False,
    ) -> Ended:
        """Change somebody's role or password; a new password ends their sessions and tokens.

        Whoever changes a password may do so because another knows it, who could have made or read
        a token as well.

        Args:
            name: whose.
            role: the new one.
            password: the new one.
            keep_tokens: let the tokens of their programs live on.

        Raises:
            UsageError: nobody has this name, or the password is too short.
        """
        hashed = None if password is None else _hashed(password)
        ended = Ended()
        with self.database.write() as connection:
            row = self._row(connection, name)
            if role is not None:
                connection.execute("UPDATE person SET role = ? WHERE row = ?", (str(role), row))
            if hashed is not None:
                connection.execute("UPDATE person SET password = ? WHERE row = ?", (hashed, row))
                ended = _end(connection, row, keep_tokens=keep_tokens)
        return ended

    def remove(self, name: str) -> None:
        """Let somebody in no more; their sessions and tokens end.

        Raises:
            UsageError: nobody has this name.
        """
        with self.database.write() as connection:
            connection.execute("DELETE FROM person WHERE row = ?", (self._row(connection, name),))

    def everybody(self) -> list[Person]:
        """Return all people, by name."""
        rows = self._rows("SELECT name, role FROM person ORDER BY name")
        return [Person(name, Role(role)) for name, role in rows]

    def any(self) -> bool:
        """Say whether anybody can log in with a password."""
        return bool(self._rows("SELECT 1 FROM person LIMIT 1"))

    def known(self, name: str, password: str) -> Person | None:
        """Return who has this name and password. Takes about the same time whoever it is."""
        from argon2.exceptions import VerificationError

        if not storable(password):
            return None
        sql = "SELECT name, role, password FROM person WHERE name = ?"
        found = self._rows(sql, spelt(name))
        held = found[0][2] if found else _nobody()
        try:
            _hasher().verify(held, password[: LONGEST + 1])
        except VerificationError:
            return None
        return Person(found[0][0], Role(found[0][1]), summed(held)) if found else None

    def open_session(self, person: Person, hours: float, grant: str = "") -> str:
        """Begin a session and return its secret.

        Args:
            person: whose session it is.
            hours: after which it ends.
            grant: the server's token, where one logged in with that: the session ends with it.

        Raises:
            UsageError: nobody has this name any more, or the password is another by now.
        """
        secret, moment = secrets.token_urlsafe(32), now()
        with self.database.write() as connection:
            connection.execute("DELETE FROM session WHERE ends <= ?", (moment,))
            row = None if grant else self._row(connection, person.name)
            if person.proof and not self._holds(connection, row, person.proof):
                raise UsageError("the password was changed just now; log in with the new one")
            connection.execute(
                "INSERT INTO session (secret, person, grant_sum, made, ends)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    summed(secret),
                    row,
                    summed(grant) if grant else None,
                    moment,
                    moment + round(hours * HOUR),
                ),
            )
        return secret

    def session(self, secret: str, grant: str = "") -> Person | None:
        """Return whose session has this secret; None where it has ended."""
        rows = self._rows(
            "SELECT p.name, p.role, s.grant_sum FROM session s"
            " LEFT JOIN person p ON p.row = s.person WHERE s.secret = ? AND s.ends > ?",
            summed(secret),
            now(),
        )
        for name, role, granted in rows:
            if granted is None:
                return Person(name, Role(role))
            if grant and hmac.compare_digest(granted, summed(grant)):
                return GRANTED
        return None

    def close_session(self, secret: str) -> None:
        """End a session."""
        with self.database.write() as connection:
            connection.execute("DELETE FROM session WHERE secret = ?", (summed(secret),))

    def make_token(self, name: str, label: str = "", days: float | None = None) -> str:
        """Make a token for programs that act for somebody, and return its secret.

        Raises:
            UsageError: nobody has this name, or the days are too many.
        """
        secret, moment = secrets.token_urlsafe(32), now()
        if days is not None and days > MOST_DAYS:
            raise UsageError(f"a token ends after {MOST_DAYS:,} days at most; without days, never")
        with self.database.write() as connection:
            connection.execute(
                "INSERT INTO token (secret, person, label, made, ends) VALUES (?, ?, ?, ?, ?)",
                (
                    summed(secret),
                    self._row(connection, name),
                    nameable(label),
                    moment,
                    None if days is None else moment + round(days * 24 * HOUR),
                ),
            )
        return secret

    def token(self, secret: str) -> Person | None:
        """Return for whom a program with this token acts."""
        rows = self._rows(
            "SELECT p.name, p.role FROM token t JOIN person p ON p.row = t.person"
            " WHERE t.secret = ? AND (t.ends IS NULL OR t.ends > ?)",
            summed(secret),
            now(),
        )
        return Person(rows[0][0], Role(rows[0][1])) if rows else None

    def tokens(self) -> list[TokenRow]:
        """Return all tokens, without their secrets."""
        rows = self._rows(
            "SELECT t.row, p.name, t.label, t.made, t.ends FROM token t"
            " JOIN person p ON p.row = t.person ORDER BY t.row"
        )
        return [TokenRow(*row) for row in rows]

    def drop_token(self, row: int) -> None:
        """End a token.

        Raises:
            UsageError: there is none of this number.
        """
        with self.database.write() as connection:
            held = row if storable(row) else None
            if not connection.execute("DELETE FROM token WHERE row = ?", (held,)).rowcount:
                raise UsageError(f"{row}: there is no token of this number")

    def _rows(self, sql: str, *values: Any) -> list[Any]:
        with self.database.read() as connection:
            return list(connection.execute(sql, values))

    @staticmethod
    def _holds(connection: sqlite3.Connection, row: int | None, proof: bytes) -> bool:
        """Say whether the password is still the one that let somebody in."""
        held = connection.execute("SELECT password FROM person WHERE row = ?", (row,)).fetchone()
        return held is not None and hmac.compare_digest(summed(held[0]), proof)

    @staticmethod
    def _row(connection: sqlite3.Connection, name: str) -> int:
        found = connection.execute(
            "SELECT row FROM person WHERE name = ?", (spelt(name),)
        ).fetchone()
        if found is None:
            raise UsageError(f"{name}: nobody has this name; `retold desk user list` shows who is")
        return int(found[0])
