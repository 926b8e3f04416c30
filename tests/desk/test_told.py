"""What is told of the stories of a desk: dossiers, mentions, outlets, texts that were seen."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
import zstandard

import retold
from retold.annotate import annotate_batch
from retold.desk import Desk, documents, dossiers
from retold.desk.mentions import of_document
from retold.desk.values import SearchFilter
from retold.errors import UsageError
from retold.pipeline import examine
from retold.report.json import dumps
from retold.report.outlets.gather import of_dossier
from tests.desk.making import DAY, article
from tests.stories import texts

SAID = (
    "“Nobody may stay below the mill,” mayor Teodora Quill said. The insurers, she said, would pay"
    " nine million crowns."
)
TOLD = [f"{texts.VELL} {SAID}", texts.VELL_COPY, texts.VELL_REWRITE, texts.STRIKE]
ARTICLES = [
    article(text, title=f"Report {at}", outlet=f"Outlet {at}", published=DAY + timedelta(hours=at))
    for at, text in enumerate(TOLD)
]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A desk with a story of three versions and one of one, on which all is done."""
    with Desk.open(tmp_path_factory.mktemp("desk") / "retold.db") as desk:
        desk.add(ARTICLES)
        desk.work()
        yield desk


def timeless(dossier):
    return dumps(replace(dossier, run=replace(dossier.run, started=None, seconds=None)))


def test_a_dossier_is_what_is_found_in_the_versions_alone(told):
    (story,) = told.stories().items
    assert (story.versions, story.outlets, story.waits) == (3, 3, False)
    assert story.renewed is not None
    assert [a.outlet for a in told.versions(story.number)] == ["Outlet 0", "Outlet 1", "Outlet 2"]
    dossier = told.dossier(story.number)
    expected = examine(ARTICLES[:3])
    assert timeless(dossier) == timeless(expected)
    (found,) = expected.stories
    assert story.origins == (found.origins.low, found.origins.high)
    assert story.altered == dossiers.altered(found)
    assert told.dossier(told.story_of(ARTICLES[3].id)) is None
    assert told.dossier(99) is None


def test_a_dossier_is_the_same_when_one_comes_after_the_others(tmp_path):
    with Desk.open(tmp_path / "retold.db") as desk:
        for each in ARTICLES[2::-1]:
            desk.add([each])
            desk.work()
        (story,) = desk.stories().items
        assert timeless(desk.dossier(story.number)) == timeless(examine(ARTICLES[:3]))


def test_what_was_annotated_is_kept_as_it_was(told):
    made = {d.id: d for d in annotate_batch(tuple(ARTICLES[:3]))}
    with told.database.read() as connection:
        assert documents.known(connection, ARTICLES) == made


@pytest.mark.parametrize("body", [b"no frame", zstandard.compress(b'{"article": 5}')])
def test_what_was_annotated_but_cannot_be_read_is_made_anew(tmp_path, body):
    with Desk.open(tmp_path / "retold.db") as desk:
        desk.add(ARTICLES[:3])
        desk.work()
        with desk.database.write() as connection:
            connection.execute("UPDATE document SET body = ?", (body,))
            connection.execute(
                "INSERT INTO job (story, since, asked) SELECT story, 0, 1 FROM dossier"
            )
        assert desk.work().renewed == 1
        with desk.database.read() as connection:
            assert len(documents.known(connection, ARTICLES)) == 3


def test_a_story_that_cannot_be_told_lets_others_be(tmp_path, monkeypatch):
    def fail(*_, **__):
        raise ValueError("words of an article")

    with Desk.open(tmp_path / "retold.db") as desk:
        desk.add(ARTICLES)
        monkeypatch.setattr(dossiers, "examine", fail)
        assert desk.work().renewed == dossiers.TRIES
        left = desk.waiting()
        assert (left.articles, left.dossiers, left.failed) == (0, 1, 1)
        with desk.database.read() as connection:
            fault = connection.execute("SELECT fault FROM job").fetchone()[0]
        assert fault.startswith("ValueError in test_told.py")
        assert "words" not in fault


def test_quotations_figures_and_names_are_found_where_they_stand(told):
    (quotation,) = told.search("stay", "quotation").items
    assert (quotation.about, quotation.article.id) == ("Teodora Quill", ARTICLES[0].id)
    (span,) = quotation.spans
    assert ARTICLES[0].text[span.start : span.end] == "Nobody may stay below the mill"
    assert quotation.excerpt.contains(span)
    assert [h.article.id for h in told.search("quill", "quotation").items] == [ARTICLES[0].id]
    assert {h.article.id for h in told.search("Quill", "name").items} == {
        each.id for each in ARTICLES[:3]
    }
    figures = told.search("million", "figure")
    assert [h.text[h.spans[0].start - h.excerpt.start :][:4] for h in figures.items] == ["nine"]
    assert told.search("", "name").items == ()
    with pytest.raises(UsageError):
        told.search("x", "verb")


def test_every_mention_is_found_and_pages_hold_each_once(told):
    wanted = SearchFilter(order="published")
    for each in ARTICLES[:3]:
        (document,) = annotate_batch((each,))
        for kind, start, _, shown, _ in of_document(document):
            found = told.search(f'"{shown}"', kind, limit=200)
            at = [h.spans[0] for h in found.items if h.article.id == each.id]
            assert any(each.text[s.start : s.end] == shown for s in at), (kind, start, shown)
    every = told.search("vell", "name", wanted, limit=200)
    listed, cursor = [], None
    while True:
        page = told.search("vell", "name", wanted, cursor, 1)
        assert page.total == every.total
        listed += page.items
        if (cursor := page.next) is None:
            break
    assert tuple(listed) == every.items


def test_a_text_is_known_again_and_not_stored(told):
    before = told.status()
    found = told.seen(retold.article(texts.VELL))
    number = told.story_of(ARTICLES[0].id)
    assert found.story == number
    assert {v.article.id for v in found.versions} == {each.id for each in ARTICLES[:3]}
    first = found.versions[0]
    assert (first.article.id, first.held, first.story) == (ARTICLES[0].id, 1.0, number)
    (passage,) = first.passages
    assert passage.a.article == found.text.id == ""
    assert found.text.text[passage.a.start : passage.a.end] == texts.VELL[:-1]
    assert told.seen(ARTICLES[0]).story == number
    assert told.seen(retold.article(texts.TURBINES)).versions == ()
    assert told.seen(retold.article(texts.TURBINES)).story is None
    assert told.status() == before


def test_articles_picked_by_hand_are_compared(told):
    picked = [ARTICLES[0].id, ARTICLES[3].id]
    assert timeless(told.compare(picked)) == timeless(examine([ARTICLES[0], ARTICLES[3]]))
    with pytest.raises(UsageError, match="is not in the desk"):
        told.compare([ARTICLES[0].id, "sha256:none"])
    with pytest.raises(UsageError, match="at most"):
        told.compare([str(at) for at in range(99)])


def test_books_are_not_compared_by_hand_either(told, monkeypatch):
    monkeypatch.setattr(dossiers, "LONG", 100)
    with pytest.raises(UsageError, match="too long to be compared: "):
        told.compare([ARTICLES[0].id, ARTICLES[3].id])


def test_outlets_are_linked_as_the_dossiers_say(told):
    (story,) = told.stories().items
    expected = of_dossier(told.dossier(story.number))
    graph = told.outlet_graph()
    assert [replace(c, cases=()) for c in graph.carried] == [
        replace(c, cases=()) for c in expected.carried
    ]
    assert graph.carried
    rows = told.outlets().items
    assert [row.name for row in rows] == [f"Outlet {at}" for at in range(4)]
    for row in rows:
        assert told.outlet(row.name) == row
        assert row.carries == sum(c.articles for c in graph.carried if c.outlet == row.name)
    first = told.outlets(limit=3)
    assert first.items + told.outlets(first.next, 3).items == rows
    assert told.outlet("Nobody's") is None


def by_pages(list_, *args, limit=2):
    """Return all items of a list, a page at a time."""
    found, cursor = [], None
    while True:
        page = list_(*args, cursor=cursor, limit=limit)
        found += page.items
        cursor = page.next
        if cursor is None:
            return found


NAMES = ("Bell", "The Post", "Grebe Times", "Wire")


@pytest.fixture
def carrying(tmp_path):
    """A desk on which many articles took text from others, without dossiers."""
    rng = random.Random(5)
    with Desk.open(tmp_path / "retold.db") as desk:
        desk.add(
            article(f"{texts.VELL} It was report {at}.", title=f"Report {at}", outlet=outlet)
            for at, outlet in enumerate([*rng.choices(NAMES[:3], k=24), "", ""])
        )
        with desk.database.write() as connection:
            for story in (1, 2, 3):
                connection.execute(
                    "INSERT INTO story VALUES (?, 'Flood', 2, 2, 1, 2, 1, 1, 1, 1, 0)", (story,)
                )
            rows = connection.execute("SELECT row, outlet FROM article WHERE outlet <> ''")
            for child, outlet in rows.fetchall():
                for source in rng.sample([n for n in NAMES if n != outlet], 2):
                    parent = None if source == "Wire" else rng.randrange(1, 25)
                    lag = rng.choice((None, 0.5, 2.0))
                    at = (rng.randrange(1, 4), f"{child}-{source}", outlet, source, child, parent)
                    sure, share = round(rng.random(), 4), rng.choice((0.25, 0.5))
                    connection.execute(
                        "INSERT INTO carried VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        (*at, sure, share, lag, rng.random() < 0.5),
                    )
        yield desk


def test_who_carries_whose_text_comes_page_by_page(carrying):
    """The pages have what is gathered at once, but for the articles; these are listed apart."""
    whole = carrying.outlet_graph()
    bare = [replace(c, cases=()) for c in whole.carried]
    assert len(bare) > 8
    assert by_pages(carrying.carried) == bare
    outline = carrying.outlet_graph(5)
    assert outline == replace(whole, carried=tuple(bare[:5]))
    for name in NAMES:
        assert by_pages(carrying.carried, name) == [c for c in bare if c.outlet == name]
        assert by_pages(carrying.carried, "", name) == [c for c in bare if c.source == name]
    for pair in whole.carried:
        assert carrying.carried(pair.outlet, pair.source).items == (replace(pair, cases=()),)
        taken = by_pages(carrying.cases, pair.outlet, pair.source)
        assert sorted(t.case.edge for t in taken) == sorted(c.edge for c in pair.cases)
        chances = [t.case.probability for t in taken]
        assert chances == sorted(chances, reverse=True)
        assert all(carrying.article(int(t.article)).outlet == pair.outlet for t in taken)
    assert carrying.carried("Nobody's").items == ()
    with pytest.raises(UsageError, match="another list"):
        carrying.carried("Bell", cursor=carrying.carried(limit=1).next)


def test_outlets_are_counted_together_as_each_is_alone(carrying):
    rows = by_pages(carrying.outlets)
    assert [row.name for row in rows] == [row.name for row in carrying.outlets().items]
    for row in (*rows, carrying.outlet("Wire")):
        assert carrying.outlet(row.name) == row
        for pairs, number in (
            (by_pages(carrying.carried, row.name), row.carries),
            (by_pages(carrying.carried, "", row.name), row.carried),
        ):
            taken = [t for p in pairs for t in by_pages(carrying.cases, p.outlet, p.source)]
            assert number == len({t.article for t in taken})


def test_articles_alone_are_annotated_when_asked(told):
    assert not told.search("Corvane", "name").items
    assert told.work(alone=5).annotated == 1
    assert [h.article.id for h in told.search("Corvane", "name").items] == [ARTICLES[3].id]
