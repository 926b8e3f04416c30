"""Searches: which articles are found, in which order, and where in them."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.desk import Desk, common, finding, runs, schema, search
from retold.desk.values import Hit, SearchFilter
from retold.errors import UsageError
from tests.desk.making import DAY, article, numbered

FERRY = (
    "Die Fähre nach Gull Point lief im Nebel auf. The ferry to Gull Point ran aground in thick"
    " fog. “Nobody drowned,” said Ebba Rusk."
)


def walked(desk: Desk, query: str, wanted: SearchFilter | None = None, limit: int = 3) -> list[Hit]:
    """Return all that is found, page by page."""
    hits: list[Hit] = []
    cursor = None
    while True:
        page = desk.search(query, wanted=wanted, cursor=cursor, limit=limit)
        hits += page.items
        cursor = page.next
        if cursor is None:
            assert page.total == len(hits)
            return hits


def found(desk: Desk, query: str) -> list[str]:
    """Return the words that are found in the texts, hit by hit."""
    texts = {hit.article.id: desk.value(hit.article.id) for hit in walked(desk, query)}
    return [
        text.text[span.start : span.end]
        for hit in walked(desk, query)
        for span in hit.spans
        if (text := texts[span.article])
    ]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("FERRY", ["ferry"]),
        ("fahre", ["Fähre"]),
        ('"Gull point"', ["Gull Point", "Gull Point"]),
        ('"point gull"', []),
        ("thick drowned", ["thick", "drowned"]),
        ("thick whale", []),
        ("drow*", ["drowned"]),
        ('"ebba ru*"', []),
        ('"ebba rus*"', ["Ebba Rusk"]),
        ("thick -whale", ["thick"]),
        ("thick -“gull point”", []),
        ("thick -foggy* -fo*", ["thick"]),
        ("thick -fog*", []),
    ],
)
def test_finds_are_spans_of_the_text(desk: Desk, query: str, words: list[str]):
    desk.add([article(FERRY)])
    assert found(desk, query) == words


def test_offsets_count_code_points(desk: Desk):
    text = "🚢🚢 <b>É\u0301té</b> & 𝔣𝔬𝔤 – the “ferry”\u202e"
    desk.add([article(text, title="🚢 Ferry, ferry")])
    (hit,) = walked(desk, "ferry")
    assert [text[s.start : s.end] for s in hit.spans] == ["ferry"]
    assert ["🚢 Ferry, ferry"[a:b] for a, b in hit.title_spans] == ["Ferry", "ferry"]
    assert (hit.text, hit.excerpt.start, hit.excerpt.end) == (text, 0, len(text))


def test_a_text_cannot_feign_a_find(desk: Desk):
    text = "\x02\x03 <mark>not</mark> \x020123456789abcdef\x03 ferry \x02"
    desk.add([article(text)])
    (hit,) = walked(desk, "ferry")
    assert [text[s.start : s.end] for s in hit.spans] == ["ferry"]


def test_titles_count_more(desk: Desk):
    desk.add(
        [
            article("A ferry ran late in Kestria again today.", title="Late again"),
            article("It ran late in Kestria again, the board says.", title="Ferry late"),
        ]
    )
    hits = walked(desk, "ferry")
    assert [hit.article.title for hit in hits] == ["Ferry late", "Late again"]
    assert hits[0].score is not None
    assert hits[1].score is not None
    assert hits[0].score > hits[1].score


def test_an_excerpt_shows_where_most_is_found(desk: Desk):
    filler = "Nothing of note happened at the harbour on that day. " * 40
    text = f"{filler}One ferry. {filler}The ferry met a ferry near another ferry. {filler}"
    desk.add([article(text)])
    (hit,) = walked(desk, "ferry")
    assert hit.text == text[hit.excerpt.start : hit.excerpt.end]
    assert hit.text.count("ferry") == 3
    assert len(hit.text) <= search.EXCERPT
    assert not text[hit.excerpt.start - 1].strip()
    assert not text[hit.excerpt.end].strip()
    assert len(hit.spans) == 4


@given(st.text(st.sampled_from("ab "), max_size=900), st.data())
def test_excerpts_hold_their_first_find(text, data):
    ends = data.draw(st.lists(st.integers(0, len(text)), max_size=12, unique=True).map(sorted))
    spans = list(zip(ends[::2], ends[1::2], strict=False))
    start, stop = search.excerpt(text, spans)
    assert 0 <= start <= stop <= len(text)
    assert stop - start <= search.EXCERPT
    assert not spans or any(start <= span[0] < stop or start == stop for span in spans)


def test_a_long_word_and_very_many_finds_are_bounded(desk: Desk):
    desk.add([article("x" * 400_000 + " ferry" * 5_000 + "\x00 ferry")])
    (hit,) = walked(desk, "ferry")
    assert len(hit.spans) == search.MOST_SPANS
    assert len(hit.text) <= search.EXCERPT
    assert walked(desk, "x" * 1_999) == []


WORDS = ("ferry", "fog", "crane", "weir", "Fähre", "tram")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """Sixty articles of few words, many of them alike, of three days and outlets."""
    draw = random.Random(23)
    with Desk.open(tmp_path_factory.mktemp("desk") / "retold.db") as desk:
        desk.add(
            article(
                " ".join(
                    [*draw.choices(WORDS, k=draw.randint(1, 5)), *["ferry"] * draw.randint(0, 1)]
                ),
                title=" ".join(draw.choices(WORDS, k=draw.randint(0, 2))),
                outlet=f"Outlet {draw.randrange(3)}",
                published=DAY + timedelta(days=draw.randrange(3)),
                byline=str(number),
            )
            for number in range(60)
        )
        yield desk


wanted_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)
unwanted_words = st.lists(st.sampled_from(WORDS), max_size=1)


@given(
    wanted_words,
    unwanted_words,
    st.sampled_from(["best", "published"]),
    st.sampled_from(["", "Outlet 2"]),
    st.integers(1, 40),
    st.sampled_from([4, 9, 28, 20_000]),
    st.sampled_from([0, 21, 1_000]),
)
def test_searches_find_what_reading_all_finds(
    mixed, has, lacks, order, outlet, limit, most, single
):
    wanted = SearchFilter(outlet=outlet, order=order)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "MOST", most)
        patch.setattr(finding, "SINGLE", single)
        patch.setattr(common, "SAMPLE", 20)
        query = " ".join([*has, *(f"-{word}" for word in lacks)])
        hits, cursor, totals = [], None, set()
        while True:
            page = mixed.search(query, wanted=wanted, cursor=cursor, limit=limit)
            assert len(page.items) <= limit
            hits += page.items
            totals.add(page.total)
            cursor = page.next
            if cursor is None:
                break
    expected = [
        row
        for row in (mixed.article(number) for number in range(1, 61))
        if set(has) <= {*row.opening.split(), *row.title.split()}
        and not set(lacks) & {*row.opening.split(), *row.title.split()}
        and outlet in {"", row.outlet}
    ]
    many = len(expected) > most
    last = [mixed.article(number) for number in range(41, 61)]
    held = Counter(word for row in last for word in {*row.opening.split(), *row.title.split()})
    tell = most * 2 >= 60 or any(held[word] <= 10 for word in has)
    assert totals == {None if many else len(expected)}
    numbers = [hit.article.number for hit in hits]
    if order == "published":
        expected.sort(key=lambda row: (row.published, row.number), reverse=True)
        assert numbers == [row.number for row in expected]
    elif many or not tell:
        last = expected[-most:]
        last.sort(key=lambda row: (set(has) <= set(row.title.split()), row.number), reverse=True)
        assert numbers == [row.number for row in last]
        assert {hit.score for hit in hits} <= {None}
    else:
        assert sorted(numbers) == [row.number for row in expected]
        keys = [(-hit.score, hit.article.number) for hit in hits]
        assert keys == sorted(keys)
    for hit in hits:
        text = hit.article.opening
        places = [text[span.start : span.end] for span in hit.spans]
        # neighbours that are both found are told apart
        assert sorted(places) == sorted(word for word in text.split() if word in has)


@given(
    wanted_words,
    st.sampled_from(["best", "published"]),
    st.sampled_from(["", "Outlet 2"]),
    st.sampled_from([4, 20_000]),
    st.sampled_from(['"{}"', "{}* -tram", "{:.3}* fog", '"{}" -"fog crane"']),
)
def test_rows_that_are_looked_up_singly_are_those_of_all_finds(
    mixed, words, order, outlet, most, form
):
    query, wanted = form.format(" ".join(words)), SearchFilter(outlet=outlet, order=order)
    lists = []
    for single in (0, 12, 1_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(finding, "MOST", most)
            patch.setattr(finding, "SINGLE", single)
            found = mixed.search(query, wanted=wanted, limit=7)
        lists.append((found.total, [(hit.article.number, hit.spans) for hit in found.items]))
    assert lists[0] == lists[1] == lists[2]


def test_an_older_desk_finds_what_it_found(tmp_path, monkeypatch: pytest.MonkeyPatch):
    known = schema.migrations()
    with monkeypatch.context() as patch:
        patch.setattr(schema, "migrations", lambda: known[:7])
        with Desk.open(tmp_path / "retold.db") as desk, desk.database.write() as connection:
            run = runs.begin(connection, "add", "")
            connection.execute(
                "INSERT INTO article SELECT 1, 'sha256:1', 'Cränes', '', '', '', '', 'en', NULL,"
                " '', NULL, 1, 1, 3, '', '', '[]', '[]', ?, NULL, 0",
                (run,),
            )
            connection.execute("INSERT INTO article_body VALUES (1, 'Ferries are late.')")
            connection.execute(
                "INSERT INTO article_text (rowid, title, text)"
                " SELECT row, title, text FROM article_full"
            )
            connection.execute("INSERT INTO mention VALUES (1, 1, 'name', 0, 7, 'Ferries', '', 1)")
    with Desk.open(tmp_path / "retold.db") as desk:
        assert desk.status().schema == schema.newest()
        for query in ("cra*", "fer* late", '"ferries are"', "cranes -tram"):
            assert [hit.article.number for hit in walked(desk, query)] == [1]
        (hit,) = desk.search("fer*", "name").items
        assert hit.spans[0].end == 7
        desk.add([article("The ferry is late.")])
        assert {hit.article.number for hit in walked(desk, "fer*")} == {1, 2}
        with desk.database.write() as connection:
            connection.execute("DELETE FROM mention")
            for table in ("article_text", "mention_text"):
                connection.execute(
                    f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)"
                )


@pytest.mark.parametrize("kind", ["text", "quotation", "figure", "name"])
@pytest.mark.parametrize("order", ["best", "published"])
@pytest.mark.parametrize("most", [4, 5_000])
def test_the_index_is_asked_first(mixed, monkeypatch, kind, order, most):
    monkeypatch.setattr(finding, "MOST", most)
    asked = []
    with mixed.database.read() as connection:
        connection.set_trace_callback(asked.append)
    wanted = SearchFilter("Outlet 2", "en", DAY, DAY + timedelta(days=9), True, order)
    mixed.search("ferry", kind, wanted)
    with mixed.database.read() as connection:
        connection.set_trace_callback(None)
        searched = [each for each in asked if "MATCH" in each and not each.startswith("--")]
        # nothing is sought where no row passes the filter
        assert bool(searched) == (kind == "text")
        for statement in searched:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchone()
            assert "VIRTUAL TABLE INDEX" in plan["detail"], statement


def test_filters_narrow(desk: Desk):
    desk.add(numbered(n) for n in range(12))
    minutes = DAY + timedelta(minutes=4), DAY + timedelta(minutes=9)
    wanted = SearchFilter(since=minutes[0], until=minutes[1])
    assert {hit.article.number for hit in walked(desk, "board", wanted)} == {5, 6, 7, 8, 9}
    assert walked(desk, "board", SearchFilter(language="de")) == []
    assert len(walked(desk, "board", SearchFilter(standing=True))) == 12


def test_what_cannot_be_searched_is_named(desk: Desk):
    with pytest.raises(UsageError, match="search for smells: give one of text"):
        desk.search("ferry", "smells")
    with pytest.raises(UsageError, match="order worst: give one of best, published"):
        desk.search("ferry", wanted=SearchFilter(order="worst"))
    desk.add([numbered(n) for n in range(5)])
    cursor = desk.search("board", limit=2).next
    with pytest.raises(UsageError, match="another list"):
        desk.search("said", cursor=cursor)
