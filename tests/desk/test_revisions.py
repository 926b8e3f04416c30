"""Texts of one address: which stands for which, in whatever order they arrive."""

from __future__ import annotations

import random
from datetime import timedelta

from retold.config import StoriesConfig
from retold.desk import Desk
from retold.model import Article
from retold.stories import revisions
from tests.desk.making import DAY, article
from tests.stories.texts import VELL, VELL_COPY

URL = "https://www.harbour.example/news/ferry"
FERRY = (
    "The ferry from Port Almery struck a pontoon in thick fog, harbourmaster Ebba Rusk reported."
)
STRIKE = "Tram drivers in Kestria walked out over night shifts, their union secretary announced."


def texts() -> list[Article]:
    """Three texts of one report, another report under its address, and one elsewhere."""
    return [
        article(FERRY, url=URL, published=DAY),
        article(
            f"{FERRY} Nobody drowned.", url=f"{URL}?utm_id=3", published=DAY + timedelta(hours=2)
        ),
        article(f"{FERRY} Two passengers fell.", url=f"{URL}/", published=DAY + timedelta(hours=3)),
        article(STRIKE, url=URL, published=DAY + timedelta(hours=1)),
        article(STRIKE, url="https://other.example/1", published=DAY),
    ]


def test_the_order_of_arrival_is_of_no_account(tmp_path):
    made = texts()
    expected = revisions(made, StoriesConfig())
    assert len(expected) == 2
    draw = random.Random(3)
    for trial in range(12):
        draw.shuffle(made)
        with Desk.open(tmp_path / f"{trial}.db") as desk:
            if trial % 2:
                revised = desk.add(made).revised
            else:
                revised = sum(desk.add([one]).revised for one in made)
            found = {row.id: row.latest for row in desk.articles().items if row.latest}
            assert found == expected
            assert revised >= 2
            assert desk.check() == []


def test_what_changes_waits_to_be_placed_again(desk: Desk):
    first, second, third, strike, other = texts()
    desk.add([second, strike, other])
    with desk.database.write() as connection:
        connection.execute("UPDATE article SET placed = 1")
    assert desk.add([first]).revised == 1
    waiting = {row.id for row in desk.articles().items if not row.placed}
    assert waiting == {first.id}
    assert desk.add([third]).revised == 1
    waiting = {row.id for row in desk.articles().items if not row.placed}
    assert waiting == {first.id, second.id, third.id}


def test_all_texts_of_one_report(desk: Desk):
    first, second, third, strike, other = texts()
    desk.add([third, other, first, strike, second])
    told = [third.id, second.id, first.id]
    for key in told:
        assert [row.id for row in desk.revisions(key)] == told
    assert [row.id for row in desk.revisions(strike.id)] == [strike.id]
    assert desk.revisions("sha256:none") == []


def test_an_earlier_text_comes_into_the_dossier_of_its_version(desk: Desk):
    pile = [
        article(VELL, outlet="A", url="https://a.example/v", published=DAY + timedelta(hours=3)),
        article(VELL_COPY, outlet="B", url="https://b.example/v", published=DAY),
    ]
    desk.add(pile)
    desk.work()
    early = article(f"{VELL} More soon.", outlet="A", url="https://a.example/v", published=DAY)
    desk.add([early])
    desk.work()
    number = desk.story_of(early.id)
    assert number is not None
    dossier = desk.dossier(number)
    assert dossier is not None
    assert [(r.article.id, r.latest) for r in dossier.revisions] == [(early.id, pile[0].id)]
