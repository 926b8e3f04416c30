"""What pages of stories show is the same whether it was made ahead or when it was asked for."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from retold.desk import Desk, ahead, related
from retold.desk.addresses import links
from retold.desk.values import Decision, DecisionKind
from retold.report.html.piece import Body, body
from tests.desk.making import DAY, article, numbered
from tests.desk.test_related import ARTICLES as MANY

ARTICLES = MANY[:5]
VELL = ARTICLES[0].id
HERON = "A heron was seen on the pier of Low Tarn, the wardens said."
MORE = (
    "The insurers of Vell have begun to pay for the flood, mayor Teodora Quill said: the river had"
    " stood in the mill and on the market square for four days."
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A backup of a desk with a story of two versions, two related ones and another, all told."""
    folder = tmp_path_factory.mktemp("desk")
    with Desk.open(folder / "first.db") as desk:
        desk.add(ARTICLES)
        desk.work()
        desk.backup(folder / "filled.db")
    return folder / "filled.db"


@pytest.fixture
def desk(filled, tmp_path, monkeypatch):
    """That desk, of which pieces are kept however short they are, and nothing is made ahead."""
    monkeypatch.setattr(ahead, "LEAST", 0)
    Desk.restore(tmp_path / "retold.db", filled)
    with Desk.open(tmp_path / "retold.db") as opened:
        yield opened


@pytest.fixture
def number(desk):
    """The number of the story of two versions."""
    return desk.story_of(VELL)


def made_now(desk, number):
    def row(name):
        return desk.article(name).number

    return body(desk.dossier(number), links(row))


def refuse(*_):
    raise AssertionError("this was made ahead")


def kept(desk, what="piece IS NOT NULL"):
    with desk.database.read() as connection:
        return connection.execute(f"SELECT count(*) FROM ahead WHERE {what}").fetchone()[0]


def test_a_piece_that_was_made_ahead_is_the_one_that_would_be_made(desk, number, monkeypatch):
    expected = made_now(desk, number)
    assert desk.piece(number) == expected
    assert kept(desk) == 0
    assert desk.work(ahead=9).ahead == 1
    assert desk.work(ahead=9).ahead == 0
    assert kept(desk) == 1
    assert desk.check() == []
    monkeypatch.setattr(ahead, "_made", refuse)
    found = desk.piece(number)
    assert found == expected
    assert isinstance(found.html, Markup)


def test_a_short_one_is_not_kept(desk, number, monkeypatch):
    monkeypatch.setattr(ahead, "LEAST", 1 << 40)
    assert desk.work(ahead=9).ahead == 1
    assert kept(desk) == 0
    assert desk.piece(number) == made_now(desk, number)


def test_as_many_as_asked_for_are_made(desk):
    assert desk.work(ahead=0).ahead == 0
    assert desk.work(ahead=1).ahead == 1


def test_a_story_without_a_dossier_has_no_piece(desk):
    assert desk.piece(desk.story_of(ARTICLES[-1].id)) is None
    assert desk.piece(99) is None


@pytest.mark.parametrize("column", ["piece", "related"])
def test_what_cannot_be_read_is_told(desk, number, column):
    desk.work(ahead=9)
    with desk.database.write() as connection:
        connection.execute(f"UPDATE ahead SET {column} = substr({column}, 1, 9)")
    told = f"what was made ahead for the page of story {number} cannot be read"
    assert told in "\n".join(desk.check())


def test_another_retold_makes_its_own(desk, number, monkeypatch):
    desk.work(ahead=9)
    monkeypatch.setattr(ahead, "_code", lambda: "another")
    monkeypatch.setattr(ahead, "body", lambda *_: Body("Other", Markup("<p>"), []))
    assert desk.piece(number).title == "Other"
    assert desk.work(ahead=9).ahead == 1
    monkeypatch.setattr(ahead, "_made", refuse)
    assert desk.piece(number).title == "Other"


@pytest.mark.parametrize("change", ["version", "decision"])
def test_what_changes_the_dossier_lets_it_be_made_anew(desk, number, change):
    desk.work(ahead=9)
    before = desk.piece(number)
    if change == "version":
        text = next(a.text for a in ARTICLES if a.id == VELL)
        desk.add([article(f"{text} Nobody was hurt.", published=DAY + timedelta(hours=1))])
        desk.work(most=0)
    else:
        desk.decide(Decision(DecisionKind.DATE, (VELL,), value="2031-04-01T08:00:00+00:00"), "Ada")
    with desk.database.read() as connection:  # what waits for its dossier is not made ahead
        assert ahead.lacking(connection, desk.config.stories, 9) == []
    assert desk.piece(number) == before
    assert desk.work().renewed == 1
    assert kept(desk) == 0
    assert desk.piece(number) == made_now(desk, number) != before
    assert desk.work(ahead=9).ahead == 1
    assert desk.piece(number) == made_now(desk, number)
    assert desk.check() == []


def test_it_goes_with_the_dossier(desk, number):
    desk.work(ahead=9)
    ids = [version.id for version in desk.versions(number)]
    desk.decide(Decision(DecisionKind.APART, (ids[0],), (ids[1],)), "Ada")
    desk.work()
    assert kept(desk, "1") == 0
    assert desk.check() == []


def test_one_that_cannot_be_made_ahead_lets_others_be(desk, number, monkeypatch):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ahead, "_ahead", refuse)
        assert desk.work(ahead=9).ahead == 1
        assert desk.work(ahead=9).ahead == 0
    assert kept(desk) == 0
    assert desk.piece(number) == made_now(desk, number)
    assert desk.related(number)


def test_related_stories_that_were_found_ahead_are_those_that_would_be(desk, number, monkeypatch):
    expected = desk.related(number)
    assert len(expected) > 1
    desk.work(ahead=9)
    monkeypatch.setattr(related, "sought", refuse)
    desk._related.clear()
    assert desk.related(number) == expected


def test_they_hold_while_the_same_stories_are_compared(desk, number, monkeypatch):
    monkeypatch.setattr(ahead, "GROWN", 1000)
    desk.work(ahead=9)
    expected = desk.related(number)
    desk.add([article(HERON, published=DAY)])
    desk.work()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(related, "compared", refuse)
        assert desk.related(number) == expected
    desk.add([article(MORE, published=DAY + timedelta(days=9))])
    desk.work()
    found = [each.story.number for each in desk.related(number)]
    assert found != [each.story.number for each in expected]


def test_they_do_not_hold_where_a_date_is_corrected(desk, number, monkeypatch):
    desk.work(ahead=9)
    other = next(iter(desk.versions(desk.related(number)[0].story.number)))
    far = Decision(DecisionKind.DATE, (other.id,), value="2032-09-01T08:00:00+00:00")
    desk.decide(far, "Ada")
    assert desk.story_of(other.id) not in [r.story.number for r in desk.related(number)]


def test_they_do_not_hold_where_a_story_of_two_versions_is_divided(desk, number):
    """Also for who asks between the decision and its effect, which leaves two stories of one."""
    desk.add(article(HERON, outlet=outlet, published=DAY) for outlet in ("One", "Two"))
    desk.work()
    other = desk.related(number)[0].story.number
    ids = [version.id for version in desk.versions(number)]
    desk.decide(Decision(DecisionKind.APART, (ids[0],), (ids[1],)), "Ada")
    before = [each.story.number for each in desk.related(other)]
    desk.work(ahead=9)
    after = [each.story.number for each in desk.related(other)]
    assert after != before
    with Desk.open(desk.database.path) as fresh:
        assert after == [each.story.number for each in fresh.related(other)]


def test_what_is_listed_of_them_is_as_it_is_now(desk, number):
    (other, *_) = (each.story.number for each in desk.related(number))
    assert [each.story.waits for each in desk.related(other) if each.story.number == number] == [
        False
    ]
    desk.decide(
        Decision(DecisionKind.NOT_DERIVED, tuple(v.id for v in desk.versions(number))), "Ada"
    )
    told = {each.story.number: each.story for each in desk.related(other)}
    assert told[number].waits
    desk.work()
    told = {each.story.number: each.story for each in desk.related(other)}
    assert told[number] == desk.story(number)
    assert not told[number].waits


def test_they_do_not_hold_where_much_has_come(desk, number, monkeypatch):
    desk.work(ahead=9)
    desk.add(map(numbered, range(20, 40)))
    desk.work()
    monkeypatch.setattr(related, "compared", lambda *_: {})
    assert desk.related(number) == []


def write_otherwise(desk, number):
    """Write a dossier in a form that is not that of this Retold."""
    with desk.database.write() as connection:
        row = connection.execute("SELECT body FROM dossier WHERE story = ?", [number]).fetchone()
        told = json.loads(zstandard.decompress(row["body"]))
        del told["stories"][0]["stemma"]
        body = zstandard.compress(json.dumps(told).encode())
        connection.execute("UPDATE dossier SET body = ? WHERE story = ?", (body, number))


@pytest.mark.parametrize("first", ["dossier", "piece", "work"])
def test_a_dossier_that_another_retold_wrote_is_made_anew(desk, number, first):
    expected = desk.dossier(number).stories
    write_otherwise(desk, number)
    assert desk.waiting().dossiers == 0
    if first == "work":
        done = desk.work(ahead=9)
        assert (done.ahead, done.renewed) == (2, 1)
    else:
        assert getattr(desk, first)(number) is None
        assert desk.waiting().dossiers == 1
        assert getattr(desk, first)(number) is None
        with desk.database.read() as connection:
            assert connection.execute("SELECT asked FROM job").fetchone()[0] == 1
        assert desk.work().renewed == 1
    assert desk.dossier(number).stories == expected
    assert desk.piece(number) == made_now(desk, number)


TEXT = st.text(max_size=60)


@given(title=TEXT, html=TEXT, skips=st.lists(st.tuples(TEXT, TEXT)), dossier=st.binary(max_size=99))
def test_a_piece_is_unpacked_as_it_was_packed(title, html, skips, dossier):
    piece = Body(title, Markup(html), skips)
    assert ahead.unpack(ahead.pack(piece, dossier), dossier) == piece
