"""The tools: each asks the desk one thing and tells it as values and in plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from mcp.types import CallToolResult, TextContent
from pydantic import Field, RootModel, TypeAdapter

import retold
from retold.desk import Desk
from retold.desk.values import ArticleFilter, ArticleRow, Moved, SearchFilter, StoryRow
from retold.errors import UsageError
from retold.labels import short
from retold.mcp import plain, recognised
from retold.mcp.answers import (
    EXPLAINED,
    NAMED,
    NOTICE,
    Articles,
    ArticleTold,
    Explained,
    FoundArticle,
    Hits,
    Listed,
    Stories,
    handed_in,
    listed,
    quoted,
    story_listed,
)
from retold.mcp.comparisons import Compared, Comparisons, Given, made
from retold.mcp.recognised import SeenAnswer
from retold.mcp.stories import MOST as ITEMS
from retold.mcp.stories import OVERVIEW, Part, RelatedStory, StoryAnswer, Teller
from retold.model import Article, Span
from retold.report.export.told import told

STRETCH = 8_000
"""Characters of a text at once, at most."""
GROUPS = 5
"""Things that are told of one story where its versions tell several, at most."""
PLACES = 20
"""Places told of one hit, at most."""

Kind = Literal["text", "quotation", "figure", "name"]
Query = Annotated[
    str,
    Field(
        min_length=1,
        max_length=500,
        description='Words that must all be there; "a phrase"; begin*; -not.',
    ),
]
Name = Annotated[str, Field(max_length=500)]
Moment = Annotated[datetime | None, Field(description="ISO 8601; without a zone it is in UTC.")]
Cursor = Annotated[
    str | None, Field(max_length=4000, description="`next` of the page before, of the same call.")
]
Limit = Annotated[int, Field(ge=1, le=50)]
Number = Annotated[int, Field(ge=1, lt=2**63, description="Number of a story.")]
Key = Annotated[
    str, Field(min_length=1, max_length=100, description="Id (sha256:...) or number of an article.")
]


class Tools:
    """What an assistant can ask of a desk."""

    def __init__(self, desk: Desk) -> None:
        """Ask ``desk``, which stays open."""
        self.desk = desk
        self.comparisons = Comparisons(desk)

    def every(self) -> Iterable[Callable[..., Any]]:
        """Return the tools."""
        return (
            self.search,
            self.articles,
            self.article,
            self.stories,
            self.story,
            self.compare,
            self.seen,
            self.explain,
        )

    def search(
        self,
        query: Query,
        kind: Annotated[
            Kind, Field(description="Titles and texts, or what was found in them.")
        ] = "text",
        outlet: Name = "",
        since: Moment = None,
        until: Moment = None,
        cursor: Cursor = None,
        limit: Limit = 10,
    ) -> Annotated[CallToolResult, RootModel[Hits]]:
        """Search all articles; tell where the words stand, and in which story."""
        wanted = SearchFilter(outlet=outlet, since=_utc(since), until=_utc(until))
        page = self.desk.search(query, kind, wanted, cursor, limit)
        homes = self.desk.stories_of(hit.article.id for hit in page.items)
        found = [
            FoundArticle(
                listed(hit.article, homes.get(hit.article.id)),
                short(hit.about, NAMED),
                quoted(hit.text, hit.excerpt),
                [(span.start, span.end) for span in hit.spans[:PLACES]],
            )
            for hit in page.items
        ]
        answer = Hits(NOTICE, page.total, found, page.next)
        return _answer(answer, plain.told_hits(answer))

    def articles(
        self,
        outlet: Name = "",
        since: Moment = None,
        until: Moment = None,
        cursor: Cursor = None,
        limit: Limit = 20,
    ) -> Annotated[CallToolResult, RootModel[Articles]]:
        """List articles, the latest published first."""
        wanted = ArticleFilter(outlet=outlet, since=_utc(since), until=_utc(until))
        page = self.desk.articles(wanted, cursor, limit)
        homes = self.desk.stories_of(row.id for row in page.items)
        found = [listed(row, homes.get(row.id)) for row in page.items]
        answer = Articles(NOTICE, found, page.next)
        return _answer(answer, plain.told_articles(answer))

    def article(
        self,
        article: Key,
        start: Annotated[int, Field(ge=0, description="Where in the text to begin.")] = 0,
        length: Annotated[int, Field(ge=1, le=STRETCH)] = STRETCH,
    ) -> Annotated[CallToolResult, RootModel[ArticleTold]]:
        """Tell of one article, with a stretch of its text, quoted, and its revisions."""
        row = self._row(article)
        held = self.desk.value(row.id)
        text = held.text if held else ""
        span = Span(row.id, min(start, len(text)), min(start + length, len(text)))
        home = self.desk.story_of(row.id)
        revisions = self.desk.revisions(row.id)
        answer = ArticleTold(
            NOTICE,
            listed(row, home),
            len(text),
            quoted(text[span.start : span.end], span, STRETCH),
            span.end if span.end < len(text) else None,
            [listed(each, home) for each in revisions] if len(revisions) > 1 else [],
        )
        return _answer(answer, plain.told_article(answer))

    def stories(
        self,
        order: Literal["new", "growing", "retold", "altered"] = "new",
        since: Moment = None,
        cursor: Cursor = None,
        limit: Limit = 20,
    ) -> Annotated[CallToolResult, RootModel[Stories]]:
        """List the stories that several versions tell: new, growing, most retold, most altered."""
        page = self.desk.stories(order, _utc(since), cursor, limit)
        answer = Stories(NOTICE, [story_listed(row) for row in page.items], page.next)
        return _answer(answer, plain.told_stories(answer))

    def story(
        self,
        story: Number,
        part: Annotated[Part, Field(description="All in brief, or more of one list.")] = "overview",
        words: Annotated[
            str,
            Field(
                max_length=500,
                description="Only changes, claims, quotations and figures with all these words.",
            ),
        ] = "",
        start: Annotated[int, Field(ge=0, description="Item of that list to begin with.")] = 0,
        limit: Annotated[int, Field(ge=1, le=ITEMS)] = OVERVIEW,
    ) -> Annotated[CallToolResult, RootModel[StoryAnswer]]:
        """Tell of one story: versions, who took it from whom, changes, claims, related stories ...

        Of a claim, quotation or figure: who has it, from how many independent origins, and who
        altered it. Name some of its words to find it.
        """
        row = self._story(story)
        versions = {each.id: listed(each, row.number) for each in self.desk.versions(row.number)}
        dossier = self.desk.dossier(row.number)
        several = told(dossier) if dossier else []
        found = [
            Teller(each, lambda a: versions.get(a.id) or handed_in(a)).told(
                part, start, limit, words
            )
            for each in several[:GROUPS]
        ]
        within = {name for each in several for name in each.versions}
        bare = [each for name, each in versions.items() if name not in within]
        answer = StoryAnswer(
            NOTICE,
            story_listed(row),
            dossier is not None,
            found[0] if found else None,
            found[1:],
            bare[:ITEMS],
            self._related(row, part == "related"),
        )
        return _answer(answer, plain.told_story(answer, part, start))

    def _related(self, row: StoryRow, wanted: bool) -> list[RelatedStory]:  # noqa: FBT001
        """Return the related stories, if they are wanted: they are sought each time."""
        found = self.desk.related(row.number)[:ITEMS] if wanted else []
        return [
            RelatedStory(story_listed(each.story), each.score, short(each.explanation, 2 * NAMED))
            for each in found
        ]

    def compare(
        self,
        articles: Annotated[list[Key], Field(max_length=8)] = [],  # noqa: B006 - never changed
        texts: Annotated[list[Given], Field(max_length=8)] = [],  # noqa: B006
    ) -> Annotated[CallToolResult, RootModel[Compared]]:
        """Lay 2 to 8 articles of the desk, or texts, side by side: versions, sources, changes.

        It takes some seconds. Nothing is stored; explain can be asked about the answer's ids.
        """
        rows = {row.id: row for row in map(self._row, articles)}
        name, dossier = self.comparisons.compare([*rows], texts)
        homes = self.desk.stories_of(rows)

        def listing(article: Article) -> Listed:
            row = rows.get(article.id)
            return listed(row, homes.get(row.id)) if row else handed_in(article)

        alone = {a for s in dossier.stories if len(s.articles) == 1 for a in s.articles}
        answer = Compared(
            NOTICE,
            name,
            [Teller(story, listing).told() for story in told(dossier)],
            [listing(a) for a in dossier.articles if a.id in alone],
        )
        return _answer(answer, plain.told_comparison(name, answer.stories, answer.alone))

    def seen(
        self,
        text: Given,
    ) -> Annotated[CallToolResult, RootModel[SeenAnswer]]:
        """Say whether the desk has seen a text: its versions, and the passages that they share.

        The text is not stored.
        """
        found = self.desk.seen(made(text))
        held = self.desk.values(version.article.id for version in found.versions)
        answer = recognised.answer(found, {name: each.text for name, each in held.items()})
        return _answer(answer, recognised.told(answer))

    def explain(
        self,
        id: Annotated[str, Field(min_length=1, max_length=200)],  # noqa: A002 - what it is called
        story: Annotated[Number | None, Field(description="The story that the id is of.")] = None,
        comparison: Annotated[
            str, Field(max_length=100, description="Or the comparison that the id is of.")
        ] = "",
    ) -> Annotated[CallToolResult, RootModel[Explained]]:
        """Show the evidence behind anything that an answer gives an id: an edge, a change ..."""
        if (story is None) == (not comparison):
            raise UsageError("give the story or the comparison that the id is of")
        if story is None:
            dossier = self.comparisons.get(comparison)
        else:
            number = self._story(story).number
            kept = self.desk.dossier(number)
            if kept is None:
                raise UsageError(f"story {number}: nothing is worked out yet; ask again later")
            dossier = kept
        text = retold.explain(dossier, id)
        cut = text if len(text) <= EXPLAINED else text[:EXPLAINED] + "…"
        answer = Explained(NOTICE, id, cut)
        return _answer(answer, plain.told_evidence(cut))

    def _story(self, number: int) -> StoryRow:
        found = self.desk.story(number)
        if isinstance(found, Moved):
            found = self.desk.story(found.to)
        if not isinstance(found, StoryRow):
            raise UsageError(f"story {number}: not in the desk; stories tells numbers")
        return found

    def _row(self, key: str) -> ArticleRow:
        number = key.isascii() and key.isdigit() and len(key) < 19
        row = self.desk.article(int(key) if number else key)
        if row is None:
            raise UsageError(f"article {key}: not in the desk; search and articles tell ids")
        return row


def _utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _answer(answer: Any, text: str) -> CallToolResult:
    values = TypeAdapter(type(answer)).dump_python(answer, mode="json")
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=values)
