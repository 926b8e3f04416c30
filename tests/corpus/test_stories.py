"""``retold scan --stories``: the stories of a corpus are those of the same pile held in memory."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest

import retold
from retold.config import Config
from retold.corpus.results import path_of
from retold.corpus.stories import _documents, _matches
from retold.errors import UsageError
from retold.stories import group
from tests.corpus.test_scan import FOOTER, Words, contents, record, written
from tests.stories import texts
from tests.stories.test_piles import ISK, QUAKE, TAM, reports

Row = dict[str, str]
EVENTS = [
    [texts.VELL, texts.VELL_COPY, texts.VELL_REWRITE],
    [texts.ORRIN, texts.ORRIN_REWRITE],
    [texts.STRIKE],
    [*reports(QUAKE, ISK, 1)],
    [*reports(QUAKE, TAM, 2)],
]
ALONE = 12
URL = "https://harbour.example/quake"


def pile() -> list[Row]:
    """Five events, an update at one address, and an outlet whose footer is the only thing alike."""
    told = [text for event in EVENTS for text in event]
    rows = [record(n, text, f"Outlet {n}") for n, text in enumerate(told)]
    for row in rows[-2:]:
        row["url"] = URL
    rows[-2]["text"] = f"{rows[-1]['text']} More to follow."
    alone = (f"{Words(50 + n).text(150)}\n\n{FOOTER}" for n in range(ALONE))
    rows += [record(100 + n, text, "Saltmarsh Post") for n, text in enumerate(alone)]
    return rows


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> retold.Scan:
    folder = tmp_path_factory.mktemp("stories")
    return retold.scan(written(folder, pile()), folder / "out", stories=True, processes=2)


def tables(scan: retold.Scan) -> dict[str, list[Row]]:
    names = ("stories", "merges", "related")
    return {name: pq.read_table(path_of(scan.folder, name)).to_pylist() for name in names}


def test_the_stories_are_those_of_the_pile_in_memory(made):
    config = Config()
    documents = list(_documents(made, {}, config))
    articles = {row["article"]: row for row in made.articles.to_table().to_pylist()}
    assert {d.id for d in documents} == set(articles)
    for document in documents:
        for aside in document.asides:
            assert document.article.text[aside.span.start : aside.span.end] in FOOTER
    members = tables(made)["stories"]
    earlier = {row["article"]: row["revision_of"] for row in members if row["revision_of"]}
    kept = [document for document in documents if document.id not in earlier]
    random.Random(1).shuffle(kept)
    expected = group(kept, [*_matches(made, earlier)], config.stories)
    found: dict[str, set[str]] = {}
    for row in members:
        if not row["revision_of"]:
            found.setdefault(row["story"], set()).add(row["article"])
    assert found == {story.id: set(story.articles) for story in expected}
    merges = {(m.a, m.b): m.explanation for story in expected for m in story.merges}
    assert {(row["a"], row["b"]): row["reason"] for row in tables(made)["merges"]} == merges
    told = [(s.id, r.story, r.divided, r.explanation) for s in expected for r in s.related]
    rows = tables(made)["related"]
    assert sorted((r["story"], r["other"], r["divided"], r["reason"]) for r in rows) == sorted(told)


def test_events_are_told_apart_and_a_footer_joins_none(made):
    titles = {
        row["article"]: int(row["title"].split()[1]) for row in made.articles.to_table().to_pylist()
    }
    stories: dict[str, set[int]] = {}
    for row in tables(made)["stories"]:
        stories.setdefault(row["story"], set()).add(titles[row["article"]])
    at, events = 0, set()
    for event in EVENTS:
        events.add(frozenset(range(at, at + len(event))))
        at += len(event)
    assert {frozenset(s) for s in stories.values()} == events | {
        frozenset({100 + n}) for n in range(ALONE)
    }


def test_an_update_is_listed_with_the_text_that_stands_for_it(made):
    (row,) = (row for row in tables(made)["stories"] if row["revision_of"])
    both = [r for r in made.articles.to_table().to_pylist() if r["url"] == URL]
    latest = max(both, key=lambda r: r["published"])
    assert row["revision_of"] == latest["article"]
    assert row["size"] == len(EVENTS[-1]) - 1


def test_the_tables_are_the_same_however_they_came_about(made, tmp_path):
    rows = pile()
    random.Random(2).shuffle(rows)
    for place, threads in (("one", 1), ("three", 3)):
        path = written(tmp_path / place, rows)
        again = retold.scan(path, tmp_path / place / "out", stories=True, processes=threads)
        assert tables(again) == tables(made)


def test_articles_that_come_to_an_index_give_the_same_stories(made, tmp_path):
    rows = pile()
    first = written(tmp_path / "first", rows[:7])
    retold.scan(first, tmp_path / "out", index=tmp_path / "index", stories=True)
    later = written(tmp_path / "later", rows[7:])
    scan = retold.scan(later, tmp_path / "out", index=tmp_path / "index", stories=True)
    assert tables(scan) == tables(made)


def test_it_can_be_asked_for_later_and_goes_when_the_tables_change(tmp_path):
    path = written(tmp_path / "in", pile())
    plain = retold.scan(path, tmp_path / "out")
    with pytest.raises(UsageError, match="--stories"):
        _ = plain.stories
    asked = retold.scan(path, tmp_path / "out", stories=True)
    assert asked.counts["stories"] == len(pile())
    assert asked.stories.count_rows() == len(pile())
    assert asked.merges.count_rows() == asked.counts["merges"]
    assert asked.related.count_rows() == asked.counts["related"]
    before = contents(tmp_path / "out")
    retold.scan(path, tmp_path / "out", stories=True)
    assert contents(tmp_path / "out") == before
    assert "stories" in retold.scan(path, tmp_path / "out").counts
    path = written(tmp_path / "in", pile()[:9])
    assert "stories" not in retold.scan(path, tmp_path / "out").counts


def test_dates_keep_a_follow_up_apart(tmp_path):
    rows = [record(n, texts.VELL_REWRITE if n else texts.VELL, f"Outlet {n}") for n in range(2)]
    for row, day in zip(rows, (9, 29), strict=True):
        row["published"] = datetime(2031, 4, day, tzinfo=UTC).isoformat()
    found = tables(retold.scan(written(tmp_path, rows), tmp_path / "out", stories=True))
    assert len({row["story"] for row in found["stories"]}) == 2
    assert {row["other"] for row in found["related"]} == {r["story"] for r in found["stories"]}
