"""A dossier in a notebook: a compact summary, without scripts or styles of its own.

Notebooks strip scripts and sanitise styles, so this is plain markup that reads well unstyled. The
whole page is :func:`retold.report.html.render`.
"""

from __future__ import annotations

from markupsafe import Markup

from retold.model import Dossier
from retold.report.html.context import ChangeView, Quote
from retold.report.html.naming import shown
from retold.report.html.story import StoryView
from retold.report.html.view import Page, SingleView, build

_Rows = list[tuple[str | Markup, ...]]


def _table(head: tuple[str, ...], rows: _Rows) -> Markup:
    """Return a table with a header row; the first cell of each row is its header."""
    top = Markup("").join(Markup('<th scope="col">{}</th>').format(h) for h in head)
    body = Markup("").join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            row[0], Markup("").join(Markup("<td>{}</td>").format(c) for c in row[1:])
        )
        for row in rows
    )
    return Markup("<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(top, body)


def _quote(quote: Quote) -> Markup:
    words = Markup("").join(
        Markup("<mark>{}</mark>").format(p.text) if p.kind else p.text for p in quote.pieces
    )
    return Markup("<bdi>{}</bdi>: <q>{}</q>").format(quote.witness.name, words)


def _change(change: ChangeView) -> Markup:
    sides = [_quote(side) for side in (change.before, change.after) if side]
    joined = Markup(" → ").join(sides) if change.directed else Markup("; ").join(sides)
    return Markup("<li><b>{}</b> {} <i><bdi>{}</bdi></i></li>").format(
        change.kind_label, joined, change.explanation
    )


def _story(story: StoryView) -> Markup:
    facts = "; ".join(f"{f.value} {f.label}" for f in story.facts)
    parents = {e.child: e for e in reversed(story.descent.edges)}
    rows: _Rows = []
    for text in story.texts:
        edge = parents.get(text.witness.name)
        shares = ", ".join(f"{s.percent} {s.label}" for s in text.taken if s.width)
        made = "; ".join(part for part in (text.derivation, shares) if part)
        origin = ""
        if edge:
            origin = f"{edge.parent}, {edge.probability}" + ("" if edge.decided else ", undecided")
        rows.append((text.witness.name, shown(text.witness.detail), origin, made))
    telling = Markup("<ol>{}</ol>").format(Markup("").join(_change(c) for c in story.telling))
    return Markup("<h4><bdi>{}</bdi></h4><p>{}</p>{}{}").format(
        story.title,
        facts,
        telling if story.telling else "",
        _table(("Version", "Date or title", "Taken from", "Made of"), rows),
    )


def _singles(singles: list[SingleView]) -> Markup:
    if not singles:
        return Markup("")
    items = Markup("").join(Markup("<li><bdi>{}</bdi></li>").format(a.title) for a in singles)
    return Markup(
        "<details><summary>Articles of other stories: {}</summary><ul>{}</ul></details>"
    ).format(len(singles), items)


def _rejected(page: Page) -> Markup:
    if not page.rejected:
        return Markup("")
    return Markup("<details><summary>Left out: {}</summary>{}</details>").format(
        len(page.rejected), _table(("Input", "Reason", "What to do"), list(page.rejected))
    )


def notebook_html(dossier: Dossier) -> str:
    """Return a short summary of a dossier as an HTML fragment, everything in it escaped."""
    page = build(dossier)
    notices = Markup("").join(Markup("<p><b>{}</b></p>").format(n) for n in page.notices)
    stories = Markup("").join(_story(s) for s in page.stories)
    return str(
        Markup("<div><p>{}</p>{}{}{}{}</div>").format(
            page.summary, notices, stories, _singles(page.singles), _rejected(page)
        )
    )
