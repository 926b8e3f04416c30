"""Rulings made one: newer before older, in any order where they do not meet."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from retold.model import RuledDate, RuledSpeaker, Ruling, RulingKind, Rulings, Span
from retold.rulings import (
    among,
    configuration,
    contradicted,
    dated,
    followed,
    ruled_by,
    settle,
    told,
)
from tests.reuse.build import document

NAMES = "abcdef"
WHEN = datetime(2031, 4, 9, tzinfo=UTC)


def together(*names):
    return Ruling(RulingKind.TOGETHER, names)


def apart(ours, theirs):
    return Ruling(RulingKind.APART, tuple(ours), tuple(theirs))


@st.composite
def given_rulings(draw):
    some = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)
    made = []
    for kind in draw(st.lists(st.booleans(), max_size=6)):
        ours, theirs = draw(some), draw(some)
        if kind:
            made.append(together(*ours))
        else:
            made.append(apart(ours, set(theirs) - set(ours)))
    return made


def blocks(rulings):
    """Which articles are one, by closing the pairs over one another."""
    home = {name: {name} for name in NAMES}
    for a, b in rulings.together:
        joined = home[a] | home[b]
        home.update(dict.fromkeys(joined, joined))
    return home


@given(given_rulings())
def test_what_is_settled_never_contradicts_itself(rulings):
    found = settle(rulings)
    home = blocks(found)
    assert not any(b in home[a] for a, b in found.apart)
    assert found.together == tuple(sorted(found.together))
    if rulings:  # the newest always holds
        newest = rulings[-1]
        if newest.kind is RulingKind.TOGETHER:
            assert set(newest.articles) <= home[newest.articles[0]]
        else:
            pairs = {tuple(sorted((a, b))) for a in newest.articles for b in newest.others}
            assert pairs <= set(found.apart)


@given(given_rulings(), st.randoms())
def test_without_contradiction_no_order_counts(rulings, random):
    found = settle(rulings)
    if not found.overruled:
        shuffled = list(rulings)
        random.shuffle(shuffled)
        assert settle(shuffled) == found


@given(given_rulings(), st.sets(st.sampled_from(NAMES)))
def test_what_holds_among_all_holds_among_some(rulings, held):
    found = settle(rulings)
    some, home = among(found, held), blocks(found)
    inside = blocks(some)
    assert {n for pair in (*some.together, *some.apart) for n in pair} <= held
    for a in held:
        assert inside[a] & held == home[a] & held
    for a, b in found.apart:
        for x in home[a] & held:
            for y in home[b] & held:
                assert any(
                    {p, q} <= home[x] | home[y] and (p in home[x]) != (q in home[x])
                    for p, q in some.apart
                )
    assert among(some, held) == some


def test_the_newer_wins_and_it_is_said():
    older, newer = together("a", "b", "c"), apart("c", "ab")
    found = settle([older, newer])
    assert (found.together, found.apart) == ((("a", "b"),), (("a", "c"), ("b", "c")))
    assert found.overruled == (
        "An older ruling that a, b, c tell one story is contradicted by newer ones.",
    )
    assert found.overruled[0] in told(found)
    again = settle([newer, older])
    assert again.apart == ()
    assert len(again.overruled) == 1


def test_of_two_rulings_on_one_thing_the_newer_counts():
    words = Span("a", 3, 9)
    by = [
        Ruling(RulingKind.SPEAKER, spans=(words,), speaker=name, by="kim")
        for name in ("Orla Finch", "Ines Corvane")
    ]
    days = [Ruling(RulingKind.DATE, ("a",), published=when) for when in (None, WHEN)]
    found = settle([*by, *days])
    assert found.speakers == (RuledSpeaker(words, "Ines Corvane", "kim"),)
    assert found.dates == (RuledDate("a", WHEN),)
    before = Ruling(RulingKind.SPEAKER, spans=(Span("a", 5, 40),), speaker="Bastian Vorholt")
    assert [one.speaker for one in settle([by[0], before, by[1]]).speakers] == [
        "Bastian Vorholt",
        "Ines Corvane",
    ]
    assert len(found.overruled) == 2
    assert ruled_by(found, Span("a", 0, 10), "Ines Corvane") == ", as kim ruled"
    assert ruled_by(found, Span("a", 0, 10), "Orla Finch") == ""
    assert ruled_by(found, Span("a", 9, 20), "Ines Corvane") == ""
    assert ruled_by(None, words, "Ines Corvane") == ""


@given(given_rulings())
def test_what_is_contradicted_is_named_with_what_holds(rulings):
    def overruled(place, since):
        newer = rulings[since:]
        return len(settle([rulings[place], *newer]).overruled) > len(settle(newer).overruled)

    expected = {}
    for place in range(len(rulings)):
        against = [n for n in range(place + 1, len(rulings)) if overruled(place, n)]
        if against:
            expected[place] = max(against)
    assert contradicted(rulings) == expected


def test_of_words_and_dates_the_newest_is_named():
    words = Span("a", 0, 10)

    def said(speaker):
        return Ruling(RulingKind.SPEAKER, spans=(words,), speaker=speaker)

    def on(name, when):
        return Ruling(RulingKind.DATE, (name,), published=when)

    given = [said("Orla Finch"), on("a", WHEN), said("Kim Tarn"), said("Orla Finch"), on("b", None)]
    assert contradicted(given) == {2: 3}
    assert contradicted([*given, on("a", None)]) == {1: 5, 2: 3}


def test_the_latest_text_stands_for_the_earlier():
    ruled = Rulings(
        together=(("a", "b"),),
        not_derived=(("a", "c"), ("a", "d")),
        not_same=((Span("a", 0, 1), Span("c", 0, 1)), (Span("b", 0, 1), Span("c", 0, 1))),
    )
    found = among(ruled, "bcde", {"a": "d"})
    assert found.together == (("b", "d"),)
    assert found.not_derived == (("d", "c"),)
    assert found.not_same == ((Span("b", 0, 1), Span("c", 0, 1)),)


def test_a_ruled_date_leaves_the_id_and_says_whence_it_is():
    article = document("The dyke gave way.").article
    found = dated([article], Rulings(dates=(RuledDate(article.id, WHEN),)))[article.id]
    assert (found.id, found.published, found.published_source) == (article.id, WHEN, "ruled")
    assert dated([article], Rulings()) == {article.id: article}


def test_only_rulings_change_the_digest():
    assert configuration("sha256:x", Rulings()) == "sha256:x"
    digests = {
        configuration("sha256:x", r)
        for r in (Rulings(), Rulings(together=(("a", "b"),)), Rulings(apart=(("a", "b"),)))
    }
    assert len(digests) == 3
    there = timezone(timedelta(hours=2))
    dated_so = [Rulings(dates=(RuledDate("a", when),)) for when in (WHEN, WHEN.astimezone(there))]
    assert len({configuration("sha256:x", r) for r in dated_so}) == 1, "equal rulings, one digest"
    assert told(Rulings()) == []


@st.composite
def texts_with_span(draw):
    """A text, a span of it, and a later text that has pieces of it."""
    word = st.sampled_from(["a", "b", "ab", "“a", "b.”"])
    blank = st.sampled_from([" ", "\n\n", "\u00a0 "])
    some = st.lists(st.tuples(word, blank), min_size=1, max_size=7).map(
        lambda pairs: "".join(part for pair in pairs for part in pair)
    )
    text, later = draw(some), draw(some)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return text, (start, end), draw(st.sampled_from([later, later + text, f"b {text}", text]))


def places(words, text):
    """Every stretch of a text that begins and ends in ink and has these words, the slow way."""
    return [
        (start, end)
        for start in range(len(text))
        for end in range(start + 1, len(text) + 1)
        if text[start:end].split() == words and text[start:end] == text[start:end].strip()
    ]


@given(texts_with_span())
def test_words_are_followed_where_the_later_text_has_them_as_often(case):
    text, (start, end), later = case
    earlier, after = document(text).article, document(later).article
    words = text[start:end].split()
    before, now = places(words, text), places(words, later)
    found = followed(Span(earlier.id, start, end), earlier, after)
    if not words or len(before) != len(now):
        assert found is None
    else:
        own = next(at for at, (first, last) in enumerate(before) if start <= first and last <= end)
        assert found == Span(after.id, *now[own])
