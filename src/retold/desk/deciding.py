"""What editors decide: the part of :class:`retold.desk.Desk` that keeps it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from retold.desk import decisions
from retold.desk.database import Database
from retold.desk.paging import PAGE
from retold.desk.values import ArticleRow, Decision, DecisionRow, Page
from retold.model import Rulings


class Deciding:
    """Decisions and notes, with who made them and when."""

    database: Database

    def decide(self, decision: Decision, by: str) -> DecisionRow:
        """Keep what an editor decided, with who and when.

        It goes before what is found from now on: the stories that it touches wait to be told anew.
        Of two decisions that contradict each other the later holds.

        Raises:
            UsageError: it lacks something, has too much, or names what is not in the desk.
        """
        with self.database.write() as connection:
            return decisions.decide(connection, decision, by)

    def merge(self, stories: Iterable[int], by: str, note: str = "") -> DecisionRow:
        """Decide that stories, by number, are one.

        Raises:
            UsageError: they are fewer than two, or there is none of a number.
        """
        with self.database.write() as connection:
            return decisions.decide(connection, decisions.merged(connection, stories, note), by)

    def split(self, articles: Iterable[str], story: int, by: str, note: str = "") -> DecisionRow:
        """Decide that articles, by id, do not tell the story that they are in.

        Raises:
            UsageError: the story is not there, or they are none or all of its versions.
        """
        with self.database.write() as connection:
            made = decisions.split(connection, articles, story, note)
            return decisions.decide(connection, made, by)

    def note(self, subject: str | int, text: str, by: str) -> DecisionRow:
        """Keep a note on an article, by id, or on a story, by number: on its versions as they are.

        Raises:
            UsageError: the subject is not there, or the note is empty or too long.
        """
        with self.database.write() as connection:
            return decisions.decide(connection, decisions.noted(connection, subject, text), by)

    def undo(self, decision: int, by: str) -> DecisionRow:
        """Let a decision stand no more: what it changed is found as if it had not been made.

        It stays in the list, with who undid it and when.

        Raises:
            UsageError: there is none of this number, or it was undone before.
        """
        with self.database.write() as connection:
            return decisions.undo(connection, decision, by)

    def decision(self, number: int) -> DecisionRow | None:
        """Return a decision, undone or not."""
        from retold.desk import standing

        with self.database.read() as connection:
            found = decisions.one(connection, number)
            return None if found is None else standing.marked(connection, [found])[0]

    def decisions(
        self, subject: str | int | None = None, cursor: str | None = None, limit: int = PAGE
    ) -> Page[DecisionRow]:
        """Return a page of decisions and notes, the last made first, the undone ones among them.

        ``subject`` is an article's id, or a story's number: what was decided on its versions as
        they are now. One that stands tells which newer one contradicts it.
        """
        from retold.desk import standing

        with self.database.read() as connection:
            found = decisions.listed(connection, subject, cursor, limit)
            return replace(found, items=standing.marked(connection, found.items))

    def concerned(self, rows: Collection[DecisionRow], most: int) -> dict[str, ArticleRow]:
        """Return the articles that decisions are about, by id: of each side ``most`` at most."""
        with self.database.read() as connection:
            return decisions.concerned(connection, rows, most)

    def rulings(self, ids: Iterable[str] | None = None) -> Rulings:
        """Return what stands, of some articles or of all, as :func:`retold.compare` takes it."""
        from retold.desk import standing

        with self.database.read() as connection:
            return standing.rulings(connection, None if ids is None else set(ids))
