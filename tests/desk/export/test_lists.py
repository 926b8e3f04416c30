"""Lists as files: every form holds the same rows, programs read them, and no cell is computed."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from pyarrow import parquet

from retold.desk import Desk
from retold.desk.export import FORMS, LISTS, export_list
from retold.desk.values import Decision, DecisionKind
from retold.errors import RetoldError, UsageError
from retold.model import Article, Reason, Rejected, article_id

DAY = datetime(2031, 4, 9, 8, tzinfo=UTC)


def made(number: int, **fields: object) -> Article:
    text = f"The ferry at Gull Point was late on day {number}, the board said."
    named = {
        "title": f"Ferry late, day {number}",
        "outlet": ("Harbour Post", "The Almery Echo")[number % 2],
        "url": f"https://news.example/{number}",
        "published": DAY + timedelta(minutes=number),
        **fields,
    }
    return Article(article_id(text, **named), text, **named)  # type: ignore[arg-type]


@pytest.fixture
def desk(tmp_path: Path):
    with Desk.open(tmp_path / "test.desk") as opened:
        opened.add(
            [*(made(n) for n in range(450)), Rejected("a.txt", Reason.EMPTY, "nothing in it")],
            "a folder",
        )
        yield opened


def test_a_list_longer_than_a_page_is_written_whole_in_every_form(
    desk: Desk, tmp_path: Path
) -> None:
    wanted = [f"Ferry late, day {n}" for n in reversed(range(450))]
    for ending in FORMS:
        assert export_list(desk, "articles", tmp_path / f"out{ending}") == 450
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["title"] for row in csv.DictReader(stream)] == wanted
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["title"] for line in lines] == wanted
    assert parquet.read_table(tmp_path / "out.parquet")["title"].to_pylist() == wanted


@pytest.mark.parametrize("ending", FORMS)
def test_duckdb_reads_every_form_with_its_types(desk: Desk, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"out{ending}"
    export_list(desk, "texts", out)
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    found = connection.execute(
        f"SELECT number, CAST(published AS TIMESTAMP), text, placed FROM '{out}'"
        " WHERE title = 'Ferry late, day 7'"
    ).fetchall()
    ((number, published, text, placed),) = found
    assert (number, published) == (8, datetime(2031, 4, 9, 8, 7))  # noqa: DTZ001 - without a zone
    assert text == made(7).text
    assert placed in {False, "no"}


@pytest.mark.parametrize("ending", FORMS)
def test_hits_tell_where_the_words_stand(desk: Desk, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"out{ending}"
    assert export_list(desk, "hits", out, query='"day 12"') == 1
    column = "article.title" if ending == ".jsonl" else "article_title"
    title, spans = duckdb.connect().execute(f"SELECT {column}, spans FROM '{out}'").fetchone()
    assert title == "Ferry late, day 12"
    span = json.loads(spans)[0] if ending == ".csv" else spans[0]
    assert made(12).text[span["start"] : span["end"]] == "day 12"


def test_lists_are_narrowed_and_ordered(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    number = export_list(
        desk,
        "articles",
        out,
        outlet="Harbour Post",
        since=DAY + timedelta(minutes=440),
        order="arrived",
    )
    titles = [json.loads(line)["title"] for line in out.read_text().splitlines()]
    assert number == 5
    assert titles == [f"Ferry late, day {n}" for n in (448, 446, 444, 442, 440)]


def test_what_was_left_out_is_written_with_its_reason(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert export_list(desk, "rejected", out, run=1) == 1
    assert out.read_bytes() == b"\xef\xbb\xbfsource,reason,detail\r\na.txt,empty,nothing in it\r\n"


@pytest.mark.parametrize("ending", FORMS)
def test_decisions_feeds_and_outlets_are_rows(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"out{ending}"
    pair = [made(1), made(2)]
    ids = sorted(article.id for article in pair)
    with Desk.open(tmp_path / "small.desk") as desk:
        desk.add(pair)
        desk.decide(Decision(DecisionKind.TOGETHER, tuple(ids), note="one ferry"), "Ida")
        desk.add_feed("https://news.example/feed", outlet="Harbour Post")
        desk.settle()
        assert export_list(desk, "decisions", out) == 1
        column = "decision.articles" if ending == ".jsonl" else "decision_articles"
        by, articles = first_of(out, f'"by", {column}')
        assert by == "Ida"
        assert sorted(json.loads(articles) if ending == ".csv" else articles) == ids
        assert export_list(desk, "feeds", out) == 1
        assert first_of(out, "outlet, url") == ("Harbour Post", "https://news.example/feed")
        assert export_list(desk, "outlets", out) == 2
        assert export_list(desk, "stories", out) == 1
        assert first_of(out, "number, versions") == (1, 2)
        assert export_list(desk, "versions", out) == 2
        assert first_of(out, "min(story), max(story), count(*)") == (1, 1, 2)


def first_of(out: Path, columns: str) -> tuple:
    """Return the first row of a file, as DuckDB reads it."""
    found = duckdb.connect().execute(f"SELECT {columns} FROM '{out}'").fetchone()
    assert found is not None
    return found


@pytest.mark.parametrize(
    "bad", ['=HYPERLINK("http://evil.example")', "@SUM(1)", "+1", "-1", "\t=1"]
)
def test_no_cell_is_computed_by_a_spreadsheet(desk: Desk, tmp_path: Path, bad: str) -> None:
    desk.add([made(1000, title=bad, outlet=bad, url=bad)])
    out = tmp_path / "out.csv"
    export_list(desk, "articles", out)
    with out.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.reader(stream):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)


@pytest.mark.parametrize("ending", FORMS)
def test_an_empty_list_is_a_file_without_rows(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"out{ending}"
    with Desk.open(tmp_path / "empty.desk") as desk:
        for what, listing in LISTS.items():
            asked: dict[str, object] = {"query": "ferry", "run": 1}
            given = {name: asked[name] for name in listing.needs}
            assert export_list(desk, what, out, **given) == 0
    assert out.exists()


@pytest.mark.parametrize(
    ("what", "name", "asked", "why"),
    [
        ("ferries", "out.csv", {}, "give one of articles"),
        ("articles", "out.xls", {}, "name a file that ends in .csv"),
        ("runs", "out.csv", {"outlet": "x"}, "cannot be narrowed by outlet"),
        ("hits", "out.csv", {}, "give the query"),
        ("articles", "out.csv", {"order": "loudest"}, "order loudest"),
    ],
)
def test_what_cannot_be_written_is_refused_and_leaves_no_file(
    desk: Desk, tmp_path: Path, what: str, name: str, asked: dict[str, object], why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        export_list(desk, what, tmp_path / name, **asked)
    assert not (tmp_path / name).exists()


def test_a_missing_folder_is_named(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(RetoldError, match="cannot be written"):
        export_list(desk, "articles", tmp_path / "none" / "out.csv")
