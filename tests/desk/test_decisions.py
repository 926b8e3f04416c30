"""What editors decide is kept for good, holds wherever stories are told, and can be undone."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import retold
from retold.desk import Desk
from retold.desk.placing import place
from retold.desk.reader import Reader
from retold.desk.settle import settle
from retold.desk.values import Decision, DecisionKind
from retold.errors import UsageError
from retold.model import Dossier, RuledSpeaker, Rulings, Span
from tests.desk.making import article
from tests.stories import texts

PIECES = (
    *(texts.VELL, texts.VELL_COPY, texts.VELL_REWRITE),
    *(texts.ORRIN, texts.ORRIN_REWRITE, texts.STRIKE),
)
DAY = datetime(2031, 4, 9, 8, tzinfo=UTC)
ARTICLES = [article(t, outlet=f"Outlet {n}", published=DAY) for n, t in enumerate(PIECES)]
IDS = [each.id for each in ARTICLES]
FOUND = {frozenset(IDS[:3]), frozenset(IDS[3:5]), frozenset(IDS[5:])}


def told(desk: Desk, *, settled: bool = False) -> set[frozenset[str]]:
    """The stories, by the ids of their articles, once nothing waits."""
    reader = Reader(desk.config.stories)
    while place(desk.database, reader):
        pass
    if settled:
        settle(desk.database, reader)
    with desk.database.read() as connection:
        held: dict[int, set[str]] = {}
        for story, name in connection.execute(
            "SELECT story, id FROM story_article JOIN article ON article.row = article"
        ):
            held.setdefault(story, set()).add(name)
    return {frozenset(names) for names in held.values()}


def number_of(desk: Desk, name: str) -> int:
    with desk.database.read() as connection:
        found: int = connection.execute(
            "SELECT story FROM story_article JOIN article ON row = article WHERE id = ?", (name,)
        ).fetchone()[0]
    return found


def jobs(desk: Desk) -> set[int]:
    with desk.database.read() as connection:
        return {row[0] for row in connection.execute("SELECT story FROM job")}


def clear(desk: Desk) -> None:
    with desk.database.write() as connection:
        connection.execute("DELETE FROM job")


@pytest.fixture
def filled(desk: Desk) -> Desk:
    desk.add(ARTICLES)
    assert told(desk) == FOUND
    clear(desk)
    return desk


def test_stories_are_merged_and_told_apart_again(filled: Desk) -> None:
    strike, orrin = number_of(filled, IDS[5]), number_of(filled, IDS[3])
    row = filled.merge([strike, orrin], "kim", "one flood stopped the ferries")
    assert row.decision.kind is DecisionKind.TOGETHER
    merged = {frozenset(IDS[:3]), frozenset(IDS[3:])}
    assert told(filled) == merged
    assert told(filled, settled=True) == merged
    assert number_of(filled, IDS[5]) == min(strike, orrin)
    assert filled.decisions(max(strike, orrin)).items == (row,), "the number that ended leads on"
    undone = filled.undo(row.number, "lee")
    assert (undone.undone_by, undone.by) == ("lee", "kim")
    assert told(filled) == FOUND
    assert told(filled, settled=True) == FOUND


def test_an_article_is_split_off_and_stays_so_when_more_comes(filled: Desk) -> None:
    vell = number_of(filled, IDS[0])
    row = filled.split([IDS[2]], vell, "kim")
    assert set(row.decision.others) == set(IDS[:2])
    divided = {*FOUND, frozenset(IDS[:2]), frozenset(IDS[2:3])} - {frozenset(IDS[:3])}
    assert told(filled) == divided
    assert number_of(filled, IDS[0]) == vell
    more = article(texts.VELL_COPY + " The mill is shut.", outlet="Late", published=DAY)
    filled.add([more])
    grown = {*divided, frozenset([*IDS[:2], more.id])} - {frozenset(IDS[:2])}
    assert told(filled) == grown
    assert told(filled, settled=True) == grown
    filled.undo(row.number, "kim")
    assert frozenset([*IDS[:3], more.id]) in told(filled)


def test_what_comes_later_joins_what_it_was_put_together_with(desk: Desk) -> None:
    desk.add(ARTICLES)
    desk.decide(Decision(DecisionKind.TOGETHER, (IDS[5], IDS[0])), "kim")
    assert told(desk) == {frozenset([*IDS[:3], IDS[5]]), frozenset(IDS[3:5])}


def test_of_contradicting_decisions_the_later_holds(filled: Desk) -> None:
    filled.decide(Decision(DecisionKind.APART, (IDS[0],), (IDS[1],)), "kim")
    filled.decide(Decision(DecisionKind.TOGETHER, (IDS[0], IDS[1])), "lee")
    assert told(filled) == FOUND
    assert filled.rulings(IDS).apart == ()
    assert "contradicted by newer ones" in filled.rulings().overruled[0]
    filled.work()
    made = filled.dossier(number_of(filled, IDS[0]))
    assert made
    words = "“Outlet 0” and “Outlet 1” do not tell one story is contradicted by newer ones."
    assert f"An older ruling that {words}" in made.run.notices


def test_a_date_decides_which_event_is_told(filled: Desk) -> None:
    later = "2031-05-30T08:00"
    row = filled.decide(Decision(DecisionKind.DATE, (IDS[2],), value=later), "kim")
    assert row.decision.value == "2031-05-30T08:00:00+00:00"
    alone = {*FOUND, frozenset(IDS[:2]), frozenset(IDS[2:3])} - {frozenset(IDS[:3])}
    assert told(filled) == alone
    assert told(filled, settled=True) == alone
    (ruled,) = filled.rulings([IDS[2]]).dates
    assert ruled.published == datetime(2031, 5, 30, 8, tzinfo=UTC)
    filled.decide(Decision(DecisionKind.DATE, (IDS[2],)), "kim")
    assert told(filled) == FOUND, "an article without a date is compared with all"


def test_what_is_decided_within_a_story_lets_its_dossier_be_renewed(filled: Desk) -> None:
    vell = number_of(filled, IDS[0])
    one, other = Span(IDS[0], 0, 30), Span(IDS[1], 0, 30)
    made = [
        Decision(DecisionKind.NOT_DERIVED, (IDS[1], IDS[0])),
        Decision(DecisionKind.NOT_SAME, spans=(one, other)),
        Decision(DecisionKind.SPEAKER, spans=(one,), value="  Teodora   Quill "),
    ]
    for decision in made:
        row = filled.decide(decision, "kim")
        assert jobs(filled) == {vell}
        clear(filled)
        filled.undo(row.number, "kim")
        assert jobs(filled) == {vell}
        clear(filled)
    filled.decide(made[2], "kim")
    assert filled.rulings() == Rulings(speakers=(RuledSpeaker(one, "Teodora Quill", "kim"),))
    assert told(filled) == FOUND


def test_notes_change_nothing_and_stay_with_their_story(filled: Desk) -> None:
    row = filled.decide(Decision(DecisionKind.NOTE, (IDS[0],), note="ask the mayor"), "kim")
    assert not jobs(filled)
    assert not filled.rulings()
    vell = number_of(filled, IDS[0])
    assert filled.decisions(vell).items == (row,)
    assert filled.decisions(IDS[0]).items == (row,)
    assert filled.decisions(IDS[1]).items == ()
    assert filled.decisions(number_of(filled, IDS[5])).items == ()
    assert filled.decision(row.number) == row
    assert filled.decision(2**70) is None
    on_story = filled.note(vell, "two floods?", "lee")
    assert set(on_story.decision.articles) == set(IDS[:3])
    assert filled.decisions(IDS[1]).items == (on_story,)
    assert filled.note(IDS[1], "see above", "lee").decision.articles == (IDS[1],)


def test_decisions_are_listed_in_pages_the_last_first(filled: Desk) -> None:
    for number in range(5):
        filled.decide(Decision(DecisionKind.NOTE, (IDS[number],), note=f"note {number}"), "kim")
    filled.undo(3, "lee")
    first = filled.decisions(limit=2)
    assert [row.number for row in first.items] == [5, 4]
    assert first.next
    rest = filled.decisions(cursor=first.next, limit=10)
    assert [row.number for row in rest.items] == [3, 2, 1]
    assert [row.undone_by for row in rest.items] == ["lee", "", ""]
    with pytest.raises(UsageError, match="another list"):
        filled.decisions(IDS[0], cursor=first.next)


@pytest.mark.parametrize(
    ("decision", "why"),
    [
        (Decision(DecisionKind.TOGETHER, (IDS[0], IDS[0])), "two articles or more"),
        (Decision(DecisionKind.TOGETHER, (IDS[0], "sha256:none")), "not in the desk"),
        (Decision(DecisionKind.APART, (IDS[0],)), "both sides"),
        (Decision(DecisionKind.APART, (IDS[0],), (IDS[0],)), "on both sides"),
        (Decision(DecisionKind.NOT_DERIVED, tuple(IDS[:3])), "child before the parent"),
        (Decision(DecisionKind.NOT_SAME, spans=(Span(IDS[0], 0, 5),)), "two readings"),
        (Decision(DecisionKind.NOT_SAME, spans=(Span(IDS[0], 0, 5),) * 2), "same as itself"),
        (Decision(DecisionKind.SPEAKER, spans=(Span(IDS[0], 0, 9999),), value="X"), "no part"),
        (Decision(DecisionKind.SPEAKER, spans=(Span(IDS[0], 0, 9),), value=" "), "give a name"),
        (Decision(DecisionKind.DATE, (IDS[0],), value="yesterday"), "is no time"),
        (Decision(DecisionKind.DATE, (IDS[0],), value="0001-01-01T00:00+23:00"), "is no time"),
        (Decision(DecisionKind.NOTE, (IDS[0],), note=" "), "needs some words"),
        (Decision(DecisionKind.NOTE, (IDS[0],), note="x" * 10_001), "at most"),
        (Decision(DecisionKind.NOTE, (IDS[0],), value="x", note="x"), "nothing else"),
        (Decision(DecisionKind.NOTE, (IDS[0],), note="\ud800"), "surrogate"),
        (Decision(DecisionKind.SPEAKER, spans=(Span(IDS[0], 0, 9),), value="\udfff"), "surrogate"),
        (Decision(DecisionKind.NOT_SAME, spans=(Span("\ud800", 0, 9), Span(IDS[0], 0, 9))), "desk"),
        (Decision(DecisionKind.SPEAKER, spans=(Span(IDS[0], -(2**70), 9),), value="X"), "no part"),
    ],
)
def test_what_cannot_be_is_refused(filled: Desk, decision: Decision, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        filled.decide(decision, "kim")
    assert filled.decisions().items == ()


def test_stories_that_are_not_there_and_halves_that_are_none_are_refused(filled: Desk) -> None:
    vell = number_of(filled, IDS[0])
    for call, why in (
        (lambda: filled.merge([vell, vell], "kim"), "two stories"),
        (lambda: filled.merge([vell, 99], "kim"), "there is none"),
        (lambda: filled.split([IDS[5]], vell, "kim"), "has no article"),
        (lambda: filled.split(IDS[:3], vell, "kim"), "not all"),
        (lambda: filled.split([], vell, "kim"), "name some"),
        (lambda: filled.undo(1, "kim"), "there is none"),
        (
            lambda: filled.decide(Decision(DecisionKind.NOTE, (IDS[0],), note="x"), " "),
            "who decides",
        ),
    ):
        with pytest.raises(UsageError, match=why):
            call()
    row = filled.merge([vell, number_of(filled, IDS[5])], "kim")
    filled.undo(row.number, "kim")
    with pytest.raises(UsageError, match="was undone by kim"):
        filled.undo(row.number, "kim")


def test_the_file_itself_keeps_decisions(filled: Desk) -> None:
    filled.undo(filled.merge([1, 2], "kim").number, "kim")
    for statement in (
        "DELETE FROM decision",
        "UPDATE decision SET by = 'lee'",
        "UPDATE decision SET undone = NULL, undone_by = NULL",
    ):
        with pytest.raises(sqlite3.IntegrityError), filled.database.write() as connection:
            connection.execute(statement)


def test_a_later_text_of_an_address_takes_over_what_was_decided(desk: Desk) -> None:
    url = "https://harbour.example/flood"
    first = article(texts.VELL, outlet="Harbour Post", url=url, published=DAY)
    strike = article(texts.STRIKE, outlet="Isk Star", published=DAY)
    desk.add([first, strike])
    desk.decide(Decision(DecisionKind.TOGETHER, (first.id, strike.id)), "kim")
    desk.decide(Decision(DecisionKind.NOT_DERIVED, (strike.id, first.id)), "kim")
    later = article(
        f"{texts.VELL} The mayor spoke again.",
        outlet="Harbour Post",
        url=url,
        published=DAY.replace(hour=12),
    )
    desk.add([later])
    assert told(desk) == {frozenset([later.id, strike.id])}
    ruled = desk.rulings([later.id, strike.id])
    assert ruled.not_derived == ((strike.id, later.id),)
    assert len(desk.decisions(number_of(desk, later.id)).items) == 2


def flood(desk: Desk, hour: int, tail: str = "") -> str:
    """Add a text of one address; return its id."""
    made = article(
        texts.VELL + tail,
        outlet="Harbour Post",
        url="https://harbour.example/flood",
        published=DAY.replace(hour=hour),
        fetched=DAY.replace(hour=20) if tail else None,
    )
    desk.add([made])
    return made.id


@pytest.mark.parametrize("merged_last", [True, False])
def test_of_decisions_on_two_texts_of_an_address_the_later_holds(
    desk: Desk, *, merged_last: bool
) -> None:
    first = flood(desk, 8)
    desk.add([ARTICLES[1]])
    together, apart = DecisionKind.TOGETHER, DecisionKind.APART

    def decide(kind: DecisionKind, name: str) -> int:
        both = (name, IDS[1])
        made = Decision(kind, both) if kind is together else Decision(kind, both[:1], both[1:])
        return desk.decide(made, "kim").number

    decide(apart if merged_last else together, first)
    told(desk)
    later = flood(desk, 12, " The mayor spoke again.")
    number = decide(together if merged_last else apart, later)
    one, two = {frozenset([later, IDS[1]])}, {frozenset([later]), frozenset([IDS[1]])}
    assert told(desk) == (one if merged_last else two)
    assert told(desk, settled=True) == (one if merged_last else two)
    assert len(desk.rulings().overruled) == 1
    desk.undo(number, "kim")
    assert told(desk) == (two if merged_last else one)


def test_what_hangs_together_is_followed_from_text_to_later_text(desk: Desk) -> None:
    first = flood(desk, 8)
    desk.add(ARTICLES[3:])
    desk.decide(Decision(DecisionKind.TOGETHER, (IDS[5], first)), "kim")
    later = flood(desk, 12, " The mayor spoke again.")
    desk.decide(Decision(DecisionKind.TOGETHER, (later, IDS[3])), "kim")
    assert desk.rulings([IDS[3], IDS[5]]).together == (tuple(sorted((IDS[3], IDS[5]))),)


def test_a_date_holds_for_a_later_text_that_gives_the_date_that_was_corrected(desk: Desk) -> None:
    first = flood(desk, 8)
    row = desk.decide(Decision(DecisionKind.DATE, (first,), value="2031-05-30"), "kim")
    same, moment = flood(desk, 8, " The mayor spoke again."), datetime(2031, 5, 30, tzinfo=UTC)
    assert {d.article: d.published for d in desk.rulings().dates} == {first: moment, same: moment}
    desk.add(ARTICLES[1:2])
    assert told(desk) == {frozenset([same]), frozenset([IDS[1]])}
    newer = desk.decide(Decision(DecisionKind.DATE, (same,), value="2031-04-09"), "lee")
    assert told(desk) == {frozenset([same, IDS[1]])}
    desk.undo(newer.number, "lee")
    assert told(desk, settled=True) == {frozenset([same]), frozenset([IDS[1]])}
    other = flood(desk, 9, " The mayor spoke again, and again.")
    assert {d.article for d in desk.rulings().dates} == {first}
    assert told(desk) == {frozenset([other, IDS[1]])}
    desk.undo(row.number, "kim")
    assert not desk.rulings()


def test_what_was_decided_on_words_follows_them_into_a_later_text(desk: Desk) -> None:
    first = flood(desk, 8)
    desk.add(ARTICLES[1:2])
    words = Span(first, texts.VELL.index("The "), texts.VELL.index("The ") + 40)
    other = Span(IDS[1], 0, 30)
    said = desk.decide(Decision(DecisionKind.SPEAKER, spans=(words,), value="Ida Morn"), "kim")
    desk.decide(Decision(DecisionKind.NOT_SAME, spans=(words, other)), "kim")
    before = "  It rained.\n\n"
    later = article(
        before + texts.VELL.replace(" ", "\n", 3),
        outlet="Harbour Post",
        url="https://harbour.example/flood",
        published=DAY.replace(hour=12),
    )
    desk.add([later])
    moved = Span(later.id, words.start + len(before), words.end + len(before))
    ruled = desk.rulings([first, later.id, IDS[1]])
    assert ruled.speakers == (RuledSpeaker(moved, "Ida Morn", "kim"),)
    assert ruled.not_same == (tuple(sorted((moved, other))),)
    assert said.decision.spans == (words,), "what was decided stays as it was decided"
    newest = flood(desk, 13, f" {texts.VELL}")
    ruled = desk.rulings([first, newest, IDS[1]])
    assert ruled.speakers == (RuledSpeaker(words, "Ida Morn", "kim"),), "which of two is meant?"
    desk.work()
    made = desk.dossier(number_of(desk, newest))
    assert made
    assert any("nobody is said to have said characters" in notice for notice in made.run.notices)


def test_a_date_does_not_change_which_text_of_an_address_stands(desk: Desk) -> None:
    first = flood(desk, 8)
    later = article(
        f"{texts.VELL} The mayor spoke again.",
        outlet="Harbour Post",
        url="https://harbour.example/flood",
        published=DAY.replace(hour=12),
    )
    desk.add([later, ARTICLES[1]])
    desk.decide(Decision(DecisionKind.DATE, (later.id,), value="2031-04-09T05:00"), "kim")
    desk.work()
    made = desk.dossier(number_of(desk, later.id))
    assert made
    assert {a.id for a in made.articles} == {later.id, IDS[1]}
    assert [r.article.id for r in made.revisions] == [first]


def test_a_decision_made_while_articles_are_placed_is_not_lost(filled: Desk) -> None:
    reader = Reader(filled.config.stories)
    filled.add([article(texts.VELL + " It rained.", outlet="Late", published=DAY)])
    read = reader.stored

    def meanwhile(*given):  # a decision comes between reading and writing
        reader.stored = read
        filled.decide(Decision(DecisionKind.APART, (IDS[0],), (IDS[1],)), "kim")
        return read(*given)

    reader.stored = meanwhile
    place(filled.database, reader)
    assert all(not set(IDS[:2]) <= story for story in told(filled))


def test_a_dossier_can_be_made_under_what_stands(filled: Desk) -> None:
    filled.decide(Decision(DecisionKind.APART, (IDS[2],), tuple(IDS[:2])), "kim")
    dossier = retold.compare(ARTICLES[:3], rulings=filled.rulings(IDS[:3]))
    assert {frozenset(s.articles) for s in dossier.stories} == {
        frozenset(IDS[:2]),
        frozenset(IDS[2:3]),
    }
    assert dossier.run.rulings == filled.rulings(IDS[:3])


def without_times(dossier: Dossier) -> Dossier:
    return replace(dossier, run=replace(dossier.run, started=None, seconds=None))


def test_dossiers_are_renewed_under_what_stands_and_as_before_when_it_is_undone(
    desk: Desk,
) -> None:
    desk.add(ARTICLES)
    desk.work()
    vell = number_of(desk, IDS[0])
    before = desk.dossier(vell)
    assert before
    assert before.run.rulings is None
    (edge,) = (e for e in before.stories[0].stemma.edges if e.child == IDS[1])
    assert edge.parent == IDS[0]
    row = desk.decide(Decision(DecisionKind.NOT_DERIVED, (IDS[1], IDS[0])), "kim")
    desk.work()
    ruled = desk.dossier(vell)
    assert ruled
    assert ruled.run.rulings == Rulings(not_derived=((IDS[1], IDS[0]),))
    assert ruled.run.configuration != before.run.configuration
    edges = {(e.child, e.parent) for e in ruled.stories[0].stemma.edges}
    assert (IDS[1], IDS[0]) not in edges
    desk.undo(row.number, "kim")
    desk.work()
    after = desk.dossier(vell)
    assert after
    assert without_times(after) == without_times(before)


@st.composite
def some_decisions(draw):
    several = st.lists(st.sampled_from(IDS), min_size=2, max_size=3, unique=True)
    made = []
    for kind in draw(st.lists(st.sampled_from(["together", "apart", "date"]), max_size=4)):
        first, *rest = draw(several)
        if kind == "together":
            made.append(Decision(DecisionKind.TOGETHER, (first, *rest)))
        elif kind == "apart":
            made.append(Decision(DecisionKind.APART, (first,), tuple(rest)))
        else:
            day = draw(st.sampled_from(["", "2031-04-10", "2031-06-10"]))
            made.append(Decision(DecisionKind.DATE, (first,), value=day))
    return made


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some_decisions(), st.randoms())
def test_decisions_hold_and_without_them_all_is_as_it_was(tmp_path_factory, made, random):
    path = tmp_path_factory.mktemp("desk") / "retold.db"
    with Desk.open(path) as desk:
        desk.add(ARTICLES)
        numbers = []
        for decision in made:
            numbers.append(desk.decide(decision, "kim").number)
            if random.random() < 0.5:
                told(desk)
        for settled in (False, True):
            stories = told(desk, settled=settled)
            home = {name: story for story in stories for name in story}
            ruled = desk.rulings()
            assert all(home[a] == home[b] for a, b in ruled.together)
            assert all(home[a] != home[b] for a, b in ruled.apart)
            # by placing one after another as by all at once
            assert stories == {frozenset(s.articles) for s in retold.group(ARTICLES, rulings=ruled)}
        random.shuffle(numbers)
        for number in numbers:
            desk.undo(number, "kim")
        assert told(desk) == FOUND
        assert not desk.rulings()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some_decisions(), st.lists(st.integers(0, 6), max_size=2), st.randoms())
def test_decisions_outlive_revisions_and_are_undone_in_any_order(
    tmp_path_factory, made, revised, random
):
    """Of one article later texts come between the decisions, which are on any of its texts."""
    with Desk.open(tmp_path_factory.mktemp("desk") / "retold.db") as desk:
        desk.add(ARTICLES[1:])
        of_flood, standing = [flood(desk, 8)], []

        def named(ids):
            return tuple(random.choice(of_flood) if name == IDS[0] else name for name in ids)

        def latest(ids):
            return {of_flood[-1] if name in of_flood else name for name in ids}

        for number, decision in enumerate(made):
            if number in revised:
                of_flood.append(flood(desk, 9 + number, " The mayor spoke again." * (number + 1)))
            on = replace(decision, articles=named(decision.articles), others=named(decision.others))
            standing.append(desk.decide(on, "kim"))
            if random.random() < 0.5:
                told(desk)
        every = list(desk.values([*IDS[1:], *of_flood]).values())
        random.shuffle(standing)
        while True:
            stories = told(desk)
            home = {name: story for story in stories for name in story}
            newest = max(standing, key=lambda row: row.number, default=None)
            if newest and newest.decision.kind is DecisionKind.TOGETHER:
                assert len({home[name] for name in latest(newest.decision.articles)}) == 1
            if newest and newest.decision.kind is DecisionKind.APART:
                ours, others = newest.decision.articles, newest.decision.others
                assert not {home[n] for n in latest(ours)} & {home[n] for n in latest(others)}
            alone = retold.group(every, rulings=desk.rulings())
            assert stories == {frozenset(story.articles) for story in alone}
            if not standing:
                break
            desk.undo(standing.pop().number, "lee")
        assert not desk.rulings()
        assert told(desk, settled=True) == stories


def dossiers(desk: Desk) -> list[Dossier]:
    """All of them as they are once nothing waits, but for the times."""
    desk.work()
    with desk.database.read() as connection:
        numbers = [row for (row,) in connection.execute("SELECT story FROM dossier ORDER BY story")]
    return [without_times(made) for made in map(desk.dossier, numbers) if made]


def readings(made: Dossier) -> list[Span]:
    """Whatever words an editor can decide on."""
    found = [s.apparatus for s in made.stories]
    items = [item for a in found for part in (a.claims, a.quotations, a.figures) for item in part]
    spans = {Span(r.article, r.start, r.end) for item in items for r in item.readings}
    return sorted(spans)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_dossiers_are_what_they_were_when_all_is_undone(tmp_path_factory, data):
    with Desk.open(tmp_path_factory.mktemp("desk") / "retold.db") as desk:
        desk.add(ARTICLES[:5])
        before = dossiers(desk)
        assert len(before) == 2
        spans = st.sampled_from(readings(before[0]))
        pairs = st.lists(st.sampled_from(IDS[:3]), min_size=2, max_size=2, unique=True).map(tuple)
        kinds = DecisionKind
        one = st.one_of(
            st.builds(Decision, st.just(kinds.NOT_DERIVED), pairs),
            st.builds(
                lambda two: Decision(kinds.NOT_SAME, spans=two),
                st.lists(spans, min_size=2, max_size=2, unique=True).map(tuple),
            ),
            st.builds(lambda s: Decision(kinds.SPEAKER, spans=(s,), value="Ida Morn"), spans),
            st.builds(
                lambda n, day: Decision(kinds.DATE, (n,), value=day),
                *(st.sampled_from(IDS[:3]), st.sampled_from(["", "2031-04-08T01:00"])),
            ),
            st.builds(lambda p: Decision(kinds.APART, p[:1], p[1:]), pairs),
        )
        made = data.draw(st.lists(one, min_size=1, max_size=4))
        rows = [desk.decide(decision, "kim") for decision in made]
        ruled = dossiers(desk)
        for told_of in ruled:
            apparatus = [s.apparatus for s in told_of.stories]
            rulings = told_of.run.rulings or Rulings()
            edges = {(e.child, e.parent) for s in told_of.stories for e in s.stemma.edges}
            assert not edges & set(rulings.not_derived)
            for claim in (claim for a in apparatus for claim in a.claims):
                held = {Span(r.article, r.start, r.end) for r in claim.readings}
                assert not any(set(pair) <= held for pair in rulings.not_same)
        # the same once more changes nothing
        again = [desk.decide(decision, "kim") for decision in made]
        assert [each.stories for each in dossiers(desk)] == [each.stories for each in ruled]
        for row in data.draw(st.permutations([*rows, *again])):
            desk.undo(row.number, "lee")
        assert dossiers(desk) == before


def test_a_decision_that_a_newer_one_contradicts_names_it(desk):
    desk.add(ARTICLES)
    told(desk)

    def marks():
        return {row.number: row.overruled for row in desk.decisions().items}

    desk.decide(Decision(DecisionKind.TOGETHER, (IDS[0], IDS[3])), "kim")
    desk.decide(Decision(DecisionKind.DATE, (IDS[0],), value="2031-04-08T08:00"), "kim")
    desk.decide(Decision(DecisionKind.NOTE, (IDS[0],), note="read again"), "kim")
    assert set(marks().values()) == {None}
    desk.decide(Decision(DecisionKind.APART, (IDS[0],), (IDS[3],)), "ines")
    desk.decide(Decision(DecisionKind.DATE, (IDS[0],), value="2031-04-07T08:00"), "ines")
    assert marks() == {1: 4, 2: 5, 3: None, 4: None, 5: None}
    assert desk.decision(1).overruled == 4
    assert {row.overruled for row in desk.decisions(IDS[3]).items} == {4, None}
    desk.undo(4, "kim")
    assert marks() == {1: None, 2: 5, 3: None, 4: None, 5: None}
    desk.undo(2, "kim")
    assert set(marks().values()) == {None}


def test_a_decision_on_an_earlier_text_is_contradicted_by_one_on_the_later(desk):
    first = article(texts.VELL, url="https://vell.example/a", published=DAY)
    later = article(
        texts.VELL + " More came.", url="https://vell.example/a", published=DAY.replace(hour=9)
    )
    other = article(texts.ORRIN, url="https://orrin.example/b", published=DAY)
    desk.add([first, other])
    desk.decide(Decision(DecisionKind.TOGETHER, (first.id, other.id)), "kim")
    desk.add([later])
    assert desk.decision(1).overruled is None
    desk.decide(Decision(DecisionKind.APART, (later.id,), (other.id,)), "kim")
    assert desk.decision(1).overruled == 2
