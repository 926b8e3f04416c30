"""``retold desk decide``, ``undo``, ``decisions`` and ``note``: what editors decided."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from retold.cli.options import Command, desk_option
from retold.errors import UsageError

if TYPE_CHECKING:
    from retold.desk import Desk
    from retold.desk.values import ArticleRow, Decision, DecisionRow
    from retold.model import Article, Span

_SPAN = re.compile(r"(?P<article>.+):(?P<start>\d{1,18})-(?P<end>\d{1,18})")
_NUMBER = re.compile(r"\d{1,18}", re.ASCII)
UNKNOWN = "unknown"
"""What is given for the date of an article that nobody knows."""
NAMED = 3
"""Articles of a side that are named in a list; of more the rest is counted."""


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # nobody has this number on the system
        return ""


_by = click.option(
    "--by", metavar="NAME", default=_user, help="Who decides; your user name unless given."
)
_note = click.option("--note", metavar="TEXT", default="", help="Why, in words.")


def _options(function: Command) -> Command:
    """Add who decides, why, and the desk."""
    return _note(_by(desk_option(function)))


@click.group()
def decide() -> None:
    """Decide what goes before what is found.

    An ARTICLE is its id, or its number as `retold desk articles` lists it. A SPAN is an article
    with the offsets of some of its text: 12:340-395. The stories that a decision touches are told
    anew when the desk is next worked on; `retold desk undo` takes a decision back.
    """


@decide.command()
@click.argument("stories", nargs=-1, required=True, type=int, metavar="STORY STORY...")
@_options
def merge(desk: str, stories: tuple[int, ...], by: str, note: str) -> None:
    """Make stories, by number, one."""
    with _open(desk) as opened:
        _done(opened.merge(stories, by, note))


@decide.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option(
    "--from", "story", type=int, required=True, metavar="STORY", help="The story that they leave."
)
@_options
def split(desk: str, articles: tuple[str, ...], story: int, by: str, note: str) -> None:
    """Take articles out of a story: they tell something else than the rest."""
    with _open(desk) as opened:
        _done(opened.split(_ids(opened, articles), story, by, note))


@decide.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE ARTICLE...")
@_options
def together(desk: str, articles: tuple[str, ...], **given: Any) -> None:
    """Say that articles tell one story."""
    _keep(desk, "together", articles=articles, **given)


@decide.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option(
    "--other",
    "others",
    multiple=True,
    required=True,
    metavar="ARTICLE",
    help="An article of the other side. May be given several times.",
)
@_options
def apart(desk: str, articles: tuple[str, ...], others: tuple[str, ...], **given: Any) -> None:
    """Say that no ARTICLE tells the story of any --other."""
    _keep(desk, "apart", articles=articles, others=others, **given)


@decide.command("not-derived")
@click.argument("child")
@click.argument("parent")
@_options
def not_derived(desk: str, child: str, parent: str, **given: Any) -> None:
    """Say that the article CHILD did not take its text from PARENT."""
    _keep(desk, "not-derived", articles=(child, parent), **given)


@decide.command("not-same")
@click.argument("one", metavar="SPAN")
@click.argument("other", metavar="SPAN")
@_options
def not_same(desk: str, one: str, other: str, **given: Any) -> None:
    """Say that two readings are not of one claim."""
    _keep(desk, "not-same", spans=(one, other), **given)


@decide.command()
@click.argument("span")
@click.argument("name")
@_options
def speaker(desk: str, span: str, name: str, **given: Any) -> None:
    """Say that the words of SPAN are NAME's."""
    _keep(desk, "speaker", spans=(span,), value=name, **given)


@decide.command()
@click.argument("article")
@click.argument("time")
@_options
def date(desk: str, article: str, time: str, **given: Any) -> None:
    """Say when ARTICLE was published.

    TIME is 2031-04-09 or 2031-04-09T08:00, in UTC unless it says otherwise, or `unknown`.
    """
    _keep(desk, "date", articles=(article,), value="" if time == UNKNOWN else time, **given)


@click.command()
@click.argument("subject")
@click.argument("text")
@click.option("--article", is_flag=True, help="SUBJECT is an article, not a story's number.")
@_by
@desk_option
def note(desk: str, subject: str, text: str, by: str, article: bool) -> None:  # noqa: FBT001
    """Write a note on a story or, with --article, on an article.

    A note on a story stays with its versions, whatever becomes of the story.
    """
    with _open(desk) as opened:
        _done(opened.note(_subject(opened, subject, article=article), text, by))


@click.command()
@click.argument("number", type=int)
@_by
@desk_option
def undo(desk: str, number: int, by: str) -> None:
    """Take the decision NUMBER back; it stays in the list, with who undid it and when."""
    with _open(desk) as opened:
        opened.undo(number, by)
    click.echo(f"decision {number}: undone")


@click.command()
@click.argument("subject", required=False)
@click.option("--article", is_flag=True, help="SUBJECT is an article, not a story's number.")
@click.option("--cursor", metavar="TEXT", help="Go on where a page ended, as it told.")
@click.option(
    "--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="How many at most."
)
@desk_option
def decisions(
    desk: str,
    subject: str | None,
    article: bool,  # noqa: FBT001
    cursor: str | None,
    limit: int,
) -> None:
    """List decisions and notes, the last first: all, or those on a story or an article.

    SUBJECT is a story's number or, with --article, an article.
    """
    with _open(desk) as opened:
        about = None if subject is None else _subject(opened, subject, article=article)
        found = opened.decisions(about, cursor, limit)
        listed = opened.concerned(found.items, NAMED)
        texts = opened.values({s.article for row in found.items for s in row.decision.spans})
    for row in found.items:
        click.echo(_told(row, listed, texts))
    if found.next:
        click.echo(f"more: --cursor {found.next}")


def _open(desk: str) -> Desk:
    from retold.desk import Desk

    return Desk.open(desk, create=False)


def _keep(
    desk: str,
    kind: str,
    by: str,
    note: str,
    articles: tuple[str, ...] = (),
    others: tuple[str, ...] = (),
    spans: tuple[str, ...] = (),
    value: str = "",
) -> None:
    from retold.desk.values import Decision, DecisionKind

    with _open(desk) as opened:
        decision = Decision(
            DecisionKind(kind),
            _ids(opened, articles),
            _ids(opened, others),
            tuple(_span(opened, span) for span in spans),
            value,
            note,
        )
        _done(opened.decide(decision, by))


def _done(row: DecisionRow) -> None:
    click.echo(f"decision {row.number}: kept; `retold desk undo {row.number}` takes it back")


def _ids(desk: Desk, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids of articles that are named by id or by number."""
    return tuple(_id(desk, name) for name in given)


def _id(desk: Desk, given: str) -> str:
    found = desk.article(int(given) if _NUMBER.fullmatch(given) else given)
    if found is None:
        raise UsageError(
            f"article {given}: is not in the desk; `retold desk articles` lists them by number"
        )
    return found.id


def _span(desk: Desk, given: str) -> Span:
    from retold.model import Span

    parts = _SPAN.fullmatch(given)
    if parts is None:
        raise UsageError(f"{given}: give an article and offsets in its text, as in 12:340-395")
    return Span(_id(desk, parts["article"]), int(parts["start"]), int(parts["end"]))


def _subject(desk: Desk, given: str, *, article: bool) -> str | int:
    if article:
        return _id(desk, given)
    if not _NUMBER.fullmatch(given):
        raise UsageError(f"{given}: give the number of a story, or --article")
    return int(given)


def _told(row: DecisionRow, listed: Mapping[str, ArticleRow], texts: Mapping[str, Article]) -> str:
    from retold.labels import visible

    what = f"{row.number:>6}  {row.made:%Y-%m-%d %H:%M}  {visible(row.by)}: {row.decision.kind}"
    undone = f"  (undone by {visible(row.undone_by)}, {row.undone:%Y-%m-%d})" if row.undone else ""
    lines = [f"{what}{undone}"]
    lines += [f"        {line}" for line in _about(row.decision, listed, texts)]
    if row.decision.note:
        lines.append(f"        “{visible(row.decision.note)}”")
    if row.overruled:
        lines.append(f"        a newer one says otherwise, and holds: decision {row.overruled}")
    return "\n".join(lines)


def _about(
    decision: Decision, listed: Mapping[str, ArticleRow], texts: Mapping[str, Article]
) -> list[str]:
    """Return what a decision is about, in words."""
    from retold.labels import count, short, visible

    def named(ids: tuple[str, ...]) -> str:
        shown = []
        for name in ids[:NAMED]:
            found = listed.get(name)
            title = found and (found.title or found.opening)
            outlet = (found and found.outlet) or "no outlet"
            shown.append(f"{short(outlet, 24)}, “{short(title or name, 40)}”")
        more = f" and {count(len(ids) - NAMED, 'more article')}" if len(ids) > NAMED else ""
        return "; ".join(shown) + more

    lines = [named(ids) for ids in (decision.articles, decision.others) if ids]
    for span in decision.spans:
        said = texts[span.article].text[span.start : span.end] if span.article in texts else ""
        lines.append(f"{named((span.article,))}: “{short(said, 60)}”")
    if decision.value:
        lines.append(visible(decision.value))
    return lines
