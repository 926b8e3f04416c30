"""What becomes of invented piles: events of one kind, wordings, follow-ups, shared background."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from retold.model import Document, article_id
from retold.reuse import find
from retold.stories import group, members
from tests.reuse.build import document
from tests.stories import texts
from tests.stories.test_group import shape

QUAKE = (
    "A strong earthquake shook {place} {when}, and {dead} people died under falling roofs.",
    "Rescuers dug through the rubble of {town}, where a school and {houses} houses collapsed.",
    "{chief}, who leads the rescue in {place}, said that aftershocks made every step a risk.",
    "The tremor had a magnitude of {size}; its centre lay {depth} kilometres below {town}.",
    "Hospitals in {place} ran out of beds, and the injured lay in tents beside the road.",
    "The ministry sent blankets, water and {trucks} lorries of food to the valley of {town}.",
)
ISK = {
    "place": "Iskland", "when": "at dawn on 3 May", "dead": "112", "town": "Vell", "houses": "640",
    "chief": "Teodora Quill", "size": "6.7", "depth": "14", "trucks": "35",
}  # fmt: skip
TAM = {
    "place": "Tamaria", "when": "on the night of 19 June", "dead": "38", "town": "Orrin",
    "houses": "210", "chief": "Bastian Vorholt", "size": "5.9", "depth": "31", "trucks": "12",
}  # fmt: skip
TRIAL = (
    "The trial of {name}, accused of the murder of {victim}, began in {town} on {when}.",
    "Prosecutor {counsel} told the jury that {name} had planned the murder for {weeks} weeks.",
    "The defence of {name} said there was no witness, no weapon and no motive.",
    "The family of {victim} sat in the first row of the court in {town} and wept.",
    "The judge, {judge}, expects a verdict of the jury after {days} days of hearings.",
    "If convicted of murder, {name} faces {years} years in the prison of {prison}.",
)
HASP = {
    "name": "Ludo Hasp", "victim": "Mira Tolland", "town": "Dunmoor", "when": "4 March",
    "counsel": "Ines Corvane", "weeks": "9", "judge": "Arno Velt", "days": "21", "years": "30",
    "prison": "Corrow",
}  # fmt: skip
BRISK = {
    "name": "Oda Brisk", "victim": "Jory Pell", "town": "Velmark", "when": "11 October",
    "counsel": "Edda Lund", "weeks": "3", "judge": "Toma Grell", "days": "8", "years": "25",
    "prison": "Norrad",
}  # fmt: skip
FILLING = ("people", "officials", "neighbours", "reporters", "families")


def reports(template, facts, seed, count=5):
    """Reports of one event: four of the sentences each, in an order of their own."""
    random = Random(seed)
    for number in range(count):
        lines = random.sample(template, 5)
        extra = f"{FILLING[number].title()} waited for news through the day."
        yield " ".join(line.format(**facts) for line in [*lines, extra])


def pile(*groups):
    """Documents of several groups of texts, and the numbers of each group."""
    documents, numbers = [], []
    for of_one in groups:
        start = len(documents)
        documents += [
            document(text, outlet=f"Outlet {start + at}") for at, text in enumerate(of_one)
        ]
        numbers.append(frozenset(range(start, len(documents))))
    return documents, set(numbers)


def on(documents, when):
    """The same documents, published on a day."""

    def dated(one):
        article = one.article
        name = article_id(article.text, "", article.outlet, "", "", when)
        return Document(replace(article, id=name, published=when))

    return [dated(one) for one in documents]


def test_two_earthquakes_stay_apart():
    documents, events = pile(reports(QUAKE, ISK, 1), reports(QUAKE, TAM, 2))
    assert shape(documents, group(documents, [])) == events


def test_two_trials_stay_apart():
    documents, events = pile(reports(TRIAL, HASP, 3), reports(TRIAL, BRISK, 4))
    assert shape(documents, group(documents, [])) == events


def test_one_event_in_three_wordings_comes_together():
    wordings = (
        "The ferry Hesper ran aground off Cape Merrow on Sunday with 214 passengers aboard. Its "
        "captain, Halla Morne, blamed fog. Tugs from Kelp Bay pulled it free after six hours.",
        "Six hours on a sandbank: 214 travellers spent their Sunday on the Hesper, stuck near Cape "
        "Merrow in thick fog, until tugs came from Kelp Bay. Its master is Halla Morne.",
        "Passengers of a stranded ship are back in Kelp Bay. Fog had driven the Hesper onto the "
        "shoals of Cape Merrow, its captain, Halla Morne, said. All 214 are well.",
    )
    documents, events = pile(wordings, [texts.VELL], [texts.STRIKE])
    assert shape(documents, group(documents, [])) == events


def test_a_follow_up_a_week_later_is_another_story():
    first = [texts.VELL, texts.VELL_REWRITE]
    later = [
        "A week after the flood in Vell the market square is dry, and Teodora Quill counts the "
        "damage: nine million crowns. The insurers will pay for half, the mayor said on Tuesday.",
        "Nine million crowns: that is what the flood cost Vell, says mayor Teodora Quill. Insurers "
        "cover half of the damage; for the rest the town will borrow, she announced.",
    ]
    documents, _ = pile(first, later)
    day = datetime(2031, 4, 9, tzinfo=UTC)
    documents = on(documents[:2], day) + on(documents[2:], day + timedelta(days=8))
    stories = group(documents, find(documents))
    assert shape(documents, stories) == {frozenset({0, 1}), frozenset({2, 3})}


def test_a_copy_a_month_later_is_the_same_story():
    documents, _ = pile([texts.VELL, texts.VELL_COPY])
    day = datetime(2031, 4, 9, tzinfo=UTC)
    documents = on(documents[:1], day) + on(documents[1:], day + timedelta(days=30))
    (story,) = group(documents, find(documents))
    assert len(story.articles) == 2


def test_a_background_paragraph_in_twenty_stories_joins_none():
    random = Random(7)
    syllables = ("bra", "kes", "tor", "lum", "vek", "dri", "sol", "mar", "pen", "quo", "zil")

    def word():
        return "".join(random.choice(syllables) for _ in range(3))

    def report():
        names = [word().title() for _ in range(12)]
        return " ".join(
            f"In {a} the {word()} of {b} {word()} the {word()} near {a} for "
            f"{random.randint(5, 99)} {word()} of {b}."
            for a, b in pairwise(names)
        )

    documents, events = pile(*([f"{report()} {texts.BACKGROUND}"] for _ in range(20)))
    matches = find(documents)
    assert matches, "the background itself is a match"
    assert shape(documents, group(documents, matches)) == events


PIECES = (
    texts.VELL, texts.VELL_COPY, texts.VELL_REWRITE, texts.ORRIN, texts.ORRIN_REWRITE, texts.STRIKE,
    texts.PRISONERS, texts.TURBINES, *reports(QUAKE, ISK, 1), *reports(QUAKE, TAM, 2),
)  # fmt: skip


@settings(max_examples=20)
@given(st.permutations(range(len(PIECES))), st.integers(1, len(PIECES)))
def test_one_by_one_gives_the_same_stories_as_all_at_once(order, first):
    documents, _ = pile(*([text] for text in PIECES))
    at_once = group(documents, [])
    arrived = [documents[at] for at in order]
    before = group(arrived[:first], [])
    assert sorted(a for s in before for a in s.articles) == sorted(d.id for d in arrived[:first])
    assert group(arrived, []) == at_once
    assert members(arrived) == [story.articles for story in at_once]
