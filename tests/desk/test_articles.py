"""Articles in the desk: once by content, given back as they came, listed by key."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.desk import Desk, adding
from retold.desk.values import ArticleFilter, ArticleRow, Page
from retold.errors import UsageError
from retold.model import Article, Cut, CutKind, Reason, Rejected
from tests.desk.making import DAY, article, numbered

FULL = article(
    "Zwölf Boote warteten vor Gull Point. 🚢 “Niemand fährt”, sagte Ebba Rusk.",
    title="Boote warten",
    outlet="Hafenpost",
    byline="N. Orrin",
    url="https://hafen.example/7?utm_source=x",
    language="de",
    published=datetime(1969, 7, 20, 20, 17, 40, 123456, tzinfo=UTC),
    published_source="given",
    fetched=datetime(2031, 4, 9, 8, 0, 0, 1, tzinfo=UTC),
    extractor="plain 1",
    source="pile/boats.txt",
    cuts=(Cut(CutKind.SHARE_BAR, "Teilen | Drucken"),),
    remarks=("The encoding was taken for UTF-8.", "A second remark."),
)


def walked(desk: Desk, wanted: ArticleFilter, limit: int) -> list[ArticleRow]:
    """Return all that is listed, page by page."""
    rows: list[ArticleRow] = []
    cursor = None
    while True:
        page: Page[ArticleRow] = desk.articles(wanted, cursor, limit)
        assert 1 <= len(page.items) <= limit or not rows
        rows += page.items
        cursor = page.next
        if cursor is None:
            return rows


def test_an_article_is_given_back_as_it_came(desk: Desk):
    bare = article("No date, no name.")
    assert desk.add([FULL, bare]).new == 2
    assert desk.value(FULL.id) == FULL
    assert desk.values([bare.id, FULL.id, "sha256:none"]) == {FULL.id: FULL, bare.id: bare}
    row = desk.article(FULL.id)
    assert row is not None
    assert (row.title, row.language, row.published, row.fetched, row.words, row.opening) == (
        *(FULL.title, FULL.language, FULL.published, FULL.fetched, 12, FULL.text),
    )
    assert (row.latest, row.placed, row.run) == (None, False, 1)
    assert desk.article(row.number) == row
    assert desk.article("sha256:none") is None
    assert desk.article(2**70) is None


def test_an_article_is_stored_once(desk: Desk):
    some = [numbered(n) for n in range(7)]
    first = desk.add([*some, some[3]], "first")
    assert (first.new, first.known, first.rejected) == (7, 1, 0)
    again = desk.add([*some, numbered(7), replace(some[0], fetched=DAY)], "second")
    assert (again.new, again.known) == (1, 8)
    assert len(walked(desk, ArticleFilter(), 50)) == 8
    assert desk.value(some[0].id) == some[0]


def test_what_was_left_out_is_listed_by_run(desk: Desk):
    left = [Rejected(f"file-{n}", Reason.EMPTY, f"Nothing in {n}.") for n in range(5)]
    added = desk.add([left[0], numbered(1), *left[1:]], "a folder")
    assert (added.new, added.rejected) == (1, 5)
    page = desk.rejected(added.run, limit=3)
    assert (page.items, page.total) == (tuple(left[:3]), 5)
    assert desk.rejected(added.run, page.next, limit=3).items == tuple(left[3:])
    assert desk.rejected(99).items == ()
    assert desk.rejected(2**70).items == ()
    run = desk.run(added.run)
    assert run is not None
    assert (run.kind, run.source, run.new, run.rejected) == ("add", "a folder", 1, 5)
    assert run.finished is not None


def test_a_run_takes_several_additions(desk: Desk):
    number = desk.begin("watch", "https://news.example/feed")
    desk.add([numbered(1)], run=number)
    desk.add([numbered(1), numbered(2)], run=number)
    open_run = desk.run(number)
    assert open_run is not None
    assert (open_run.finished, open_run.new, open_run.known) == (None, 2, 1)
    desk.end(number)
    for gone in (number, 77):
        with pytest.raises(UsageError, match="begin another"):
            desk.add([numbered(3)], run=gone)
    desk.add([numbered(3)])
    page = desk.runs(limit=1)
    assert [run.number for run in page.items] == [number + 1]
    assert [run.number for run in desk.runs(page.next).items] == [number]
    assert desk.run(number + 2) is None
    assert desk.run(2**70) is None


def test_what_is_stored_stays_when_adding_breaks_off(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(adding, "BATCH_ARTICLES", 3)

    def broken() -> Iterator[Article]:
        yield from (numbered(n) for n in range(7))
        raise ConnectionError

    with pytest.raises(ConnectionError):
        desk.add(broken(), "half a pile")
    assert len(walked(desk, ArticleFilter(), 50)) == 6
    run = desk.run(1)
    assert run is not None
    assert (run.finished, run.new) == (None, 6)
    added = desk.add((numbered(n) for n in range(9)), "the whole pile")
    assert (added.new, added.known) == (3, 6)


@pytest.mark.parametrize(
    ("size", "name"), [(4, "BATCH_CHARACTERS"), (0.0, "BATCH_SECONDS"), (1, "BATCH_ARTICLES")]
)
def test_batches_end_in_time(desk: Desk, monkeypatch: pytest.MonkeyPatch, size: float, name: str):
    monkeypatch.setattr(adding, name, size)

    def coming() -> Iterator[Article]:
        for n in range(3):
            yield numbered(n)
            assert desk.article(numbered(n).id) is not None

    assert desk.add(coming()).new == 3


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (replace(FULL, text="Another text."), "is not that of its content"),
        (article("Half \ud800 a pair"), "half a surrogate pair"),
        (article("Whole", extractor="\ud800"), "half a surrogate pair"),
        (
            article(
                "Elsewhere", published=datetime(2031, 1, 1, tzinfo=timezone(timedelta(hours=2)))
            ),
            "is not that of its content",
        ),
    ],
)
def test_what_could_not_be_given_back_is_refused(desk: Desk, bad: Article, why: str):
    with pytest.raises(UsageError, match=why):
        desk.add([numbered(1), bad])
    assert desk.articles().items == ()


def test_hostile_texts_are_kept_as_they_are(desk: Desk):
    texts = [
        "a\x00b NUL",
        "x" * 300_000,
        "<script>alert(1)</script>",
        "\u202e evil \u200b",
        " ",
        "",
    ]
    made = [article(text, title=text[:40]) for text in texts]
    desk.add(made)
    assert [desk.value(one.id) for one in made] == made
    assert desk.check() == []


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Forty articles of three outlets and seven times, many of them equal, some without."""
    draw = random.Random(11)
    with Desk.open(tmp_path_factory.mktemp("desk") / "retold.db") as desk:
        desk.add(
            article(
                f"Text {number}",
                outlet=f"Outlet {draw.randrange(3)}",
                published=DAY + timedelta(days=draw.randrange(7)) if draw.random() < 0.8 else None,
            )
            for number in range(40)
        )
        yield desk


@given(
    st.integers(1, 50),
    st.sampled_from(["published", "arrived"]),
    st.sampled_from(["", "Outlet 1", "Outlet 9"]),
    st.none() | st.integers(-1, 7),
    st.none() | st.integers(-1, 7),
)
def test_pages_are_the_list(mixed, limit, order, outlet, since, until):
    wanted = ArticleFilter(
        outlet=outlet,
        since=None if since is None else DAY + timedelta(days=since),
        until=None if until is None else DAY + timedelta(days=until),
        order=order,
    )
    kept = [
        row
        for row in filter(None, map(mixed.article, range(1, 41)))
        if outlet in {"", row.outlet}
        and (wanted.since is None or (row.published or row.arrived) >= wanted.since)
        and (wanted.until is None or (row.published or row.arrived) < wanted.until)
    ]
    kept.sort(key=lambda row: row.number, reverse=True)
    if order == "published":
        kept.sort(key=lambda row: row.published or row.arrived, reverse=True)
    assert walked(mixed, wanted, limit) == kept


def test_a_page_does_not_shift_when_articles_come(desk: Desk):
    desk.add(numbered(n) for n in range(9))
    first = desk.articles(limit=4)
    desk.add([numbered(99)])
    second = desk.articles(cursor=first.next, limit=50)
    titles = [row.number for row in (*first.items, *second.items)]
    assert titles == [9, 8, 7, 6, 5, 4, 3, 2, 1]


def test_filters_by_language_run_and_standing(desk: Desk):
    desk.add([FULL])
    run = desk.add([numbered(1)]).run
    assert [row.id for row in desk.articles(ArticleFilter(language="de")).items] == [FULL.id]
    assert [row.id for row in desk.articles(ArticleFilter(run=run)).items] == [numbered(1).id]
    assert len(desk.articles(ArticleFilter(standing=True)).items) == 2


@pytest.mark.parametrize("cursor", ["", "x", "é", "AAAA", "W10", "WyJh", "bnVsbA", "eyJhIjoxfQ"])
def test_a_cursor_of_elsewhere_is_refused(desk: Desk, cursor: str):
    with pytest.raises(UsageError, match="begin at the first page"):
        desk.articles(cursor=cursor)


def test_cursors_fit_one_list_only(desk: Desk):
    desk.add(numbered(n) for n in range(5))
    cursor = desk.articles(limit=2).next
    assert cursor is not None
    for other in (ArticleFilter(outlet="Harbour Post"), ArticleFilter(order="arrived")):
        with pytest.raises(UsageError, match="another list"):
            desk.articles(other, cursor)


@pytest.mark.parametrize("limit", [0, -1, 201, 10**30])
def test_pages_are_bounded(desk: Desk, limit: int):
    with pytest.raises(UsageError, match="1 to 200"):
        desk.articles(limit=limit)


def test_orders_are_named(desk: Desk):
    with pytest.raises(UsageError, match="published, arrived"):
        desk.articles(ArticleFilter(order="worst"))


def test_articles_do_not_change(desk: Desk, path: Path):
    desk.add([numbered(1)])
    with sqlite3.connect(path) as other:
        for change in (
            "article SET title = 'x'",
            "article SET id = 'x'",
            "article_body SET text = ''",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="do not change"):
                other.execute(f"UPDATE {change}")
    other.close()


def test_an_article_leaves_with_all_that_is_its_own(desk: Desk, path: Path):
    desk.add([numbered(1), numbered(2)])
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA foreign_keys = ON")
    other.execute("DELETE FROM article WHERE row = 1")
    other.close()
    assert desk.value(numbered(1).id) is None
    assert [hit.article.number for hit in desk.search("board said").items] == [2]
    assert desk.check() == []
