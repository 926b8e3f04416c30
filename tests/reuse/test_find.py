from itertools import permutations
from random import Random
from statistics import median

import pytest

from retold.config import ReuseConfig
from retold.model import MatchKind
from retold.reuse import find
from tests.reuse.build import document, edited, prose

RUN = "the warden of Kestria Hollow locked the seventh sluice before the grey lanterns failed"


def texts_of(match, *documents):
    by_id = {d.id: d for d in documents}
    return by_id[match.a.article].text_of(match.a), by_id[match.b.article].text_of(match.b)


@pytest.mark.parametrize("rate", [0.05, 0.1, 0.15])
def test_planted_copies_are_found_to_within_three_words(rate):
    random = Random(11)
    off, found = [], 0
    for _ in range(30):
        text = prose(random, 60)
        copy = edited(random, text, rate)
        before, after = prose(random, 40), prose(random, 40)
        source = document(" ".join([*prose(random, 30), *text, *prose(random, 30)]), outlet="Owl")
        taker = document(" ".join([*before, *copy, *after]), outlet="Heron")
        matches = find([source, taker])
        found += len(matches)
        sides = [m.a if m.a.article == taker.id else m.b for m in matches]
        start = min(side.start for side in sides)
        end = max(side.end for side in sides)
        off.append(abs(len(taker.article.text[:start].split()) - 40))
        off.append(abs(len(taker.article.text[end:].split()) - 40))
    assert median(off) <= 1
    assert max(off) <= 12
    assert found <= 45, "copies are in one piece, or in two at most"


def test_an_edit_names_both_wordings():
    a = document(f"Yesterday {RUN}, people say.")
    b = document(RUN.replace("seventh", "ninth").replace("grey ", "") + " at last.")
    (match,) = find([a, b])
    assert match.kind is MatchKind.NEAR
    assert match.score == pytest.approx(12 / 14, abs=1e-4)
    by_id = {a.id: a, b.id: b}
    edits = [
        tuple(by_id[span.article].text_of(span) for span in (edit.a, edit.b))
        for edit in match.edits
    ]
    turned = [pair if match.a.article == a.id else pair[::-1] for pair in edits]
    assert turned == [("seventh", "ninth"), ("grey", "")]
    empty = next(s for edit in match.edits for s in (edit.a, edit.b) if s.start == s.end)
    assert by_id[empty.article].article.text[: empty.start].endswith("before the")


def test_typography_and_case_make_no_difference():
    a = document(
        "The warden’s “seventh” sluice — Kestria\u00a0Hollow’s — fai\u00adled on\u200b Monday night"
    )
    b = document("THE WARDEN'S \"seventh\" sluice - Kestria Hollow's - failed on Monday night")
    (match,) = find([a, b])
    assert match.kind is MatchKind.VERBATIM
    assert match.score == 1
    assert match.edits == ()
    assert set(texts_of(match, a, b)) == {a.article.text, b.article.text}


def test_a_passage_runs_over_sentences_and_paragraphs():
    text = "Ansa Merrow left Vell at dusk.\n\nThe sluice keepers followed her.\nNobody spoke of it."
    (match,) = find([document(text, outlet="Owl"), document(text, outlet="Heron")])
    assert match.kind is MatchKind.VERBATIM
    assert match.a.end - match.a.start == len(text) - 1


def test_a_stray_word_of_the_next_paragraph_is_left_out():
    a = document(f"The end of Vell\n\n{RUN}\nOwls sang.")
    b = document(f"Nobody left Vell\n\n{RUN}\nOwls slept.")
    (match,) = find([a, b])
    assert texts_of(match, a, b) == (RUN, RUN)
    joined = document(f"Nobody left Vell {RUN}. Owls slept.")
    (match,) = find([document(f"The end of Vell {RUN}. Owls sang."), joined])
    assert joined.article.text[slice(*_range(match, joined))] == f"Vell {RUN}. Owls"


def _range(match, document):
    side = match.a if match.a.article == document.id else match.b
    return side.start, side.end


def test_moved_passages_are_two_matches():
    random = Random(12)
    one, two = " ".join(prose(random, 25)), " ".join(prose(random, 25))
    a, b = document(f"{one} {two}"), document(f"{two} {one}")
    matches = find([a, b])
    assert {texts_of(m, a, b) for m in matches} == {(one, one), (two, two)}


@pytest.mark.parametrize(
    "phrase",
    [
        "at the time of writing it was not clear whether",
        "the man told reporters on Monday that he was",
        "did not immediately respond to a request for comment on",
    ],
)
def test_common_wording_is_no_match(phrase):
    random = Random(13)
    a = document(" ".join([*prose(random, 20), phrase, *prose(random, 20)]))
    b = document(" ".join([*prose(random, 20), phrase, *prose(random, 20)]))
    assert find([a, b]) == []


def test_a_short_run_of_rare_wording_is_a_match():
    random = Random(14)
    run = "the sluice wardens hummed beneath crooked lanterns"
    a = document(" ".join([*prose(random, 20), run, *prose(random, 20)]))
    b = document(" ".join([*prose(random, 20), run, *prose(random, 20)]))
    (match,) = find([a, b])
    assert texts_of(match, a, b) == (run, run)


def test_a_name_with_its_title_is_no_match():
    title = "Chief Sluice Warden Osric Quillon Brandegar"
    texts = (f"{title} slept late", f"Few in Vell ever saw {title}")
    assert len(find([document(text) for text in texts])) == 1
    assert find([document(text, names=(title,)) for text in texts]) == []


def test_long_wording_counts_however_common():
    phrase = "it was one of the first of these to be in and on the same as that which was " * 3
    assert len(find([document(phrase, outlet="Owl"), document(phrase, outlet="Heron")])) == 1


def test_what_lies_in_asides_on_both_sides_is_no_match():
    random = Random(15)

    def article(outlet, *, aside):
        text = f"{' '.join(prose(random, 30))} {RUN} {' '.join(prose(random, 30))}"
        return document(text, outlet=outlet, asides=(RUN,) if aside else ())

    assert find([article("Owl", aside=True), article("Heron", aside=True)]) == []
    assert len(find([article("Owl", aside=True), article("Heron", aside=False)])) == 1


def test_every_pair_of_equal_texts_matches_whole():
    documents = [document(RUN, outlet=f"Outlet {n}") for n in range(4)]
    matches = find(documents)
    assert len(matches) == 6
    assert {(m.kind, m.a.start, m.a.end) for m in matches} == {(MatchKind.VERBATIM, 0, len(RUN))}
    assert all(m.a.article < m.b.article for m in matches)


def test_the_order_of_the_articles_makes_no_difference():
    random = Random(16)
    text = prose(random, 50)
    documents = [
        document(" ".join([*edited(random, text, 0.1), *prose(random, 10)]), outlet=f"Outlet {n}")
        for n in range(4)
    ]
    documents[3] = document(documents[0].article.text, outlet="Outlet 4")
    results = [find(order) for order in permutations(documents)]
    assert len(results[0]) >= 6
    assert all(result == results[0] for result in results)


def test_progress_ends_with_all_pairs():
    seen = []
    documents = [document(f"{RUN} {n}") for n in range(4)]
    find(documents, progress=lambda *said: seen.append(said))
    assert seen == [("reuse", 0, 6), ("reuse", 6, 6)]


def test_the_threshold_divides_a_passage():
    random = Random(17)
    a = prose(random, 45)
    b = [*a[:20], *prose(random, 10), *a[30:]]
    pair = document(" ".join(a)), document(" ".join(b))
    assert len(find(pair)) == 1
    assert len(find(pair, ReuseConfig(near_share=0.9))) == 2


@pytest.mark.parametrize("text", ["", "!?", "one", "\ud800 " * 30, "\n\n \t"])
def test_odd_texts_are_no_trouble(text):
    assert find([document(text, outlet="Owl"), document(RUN)]) == []


def test_hostile_texts_of_a_megabyte_end():
    drum, beat = "drumdrumdrumdrum" * 2 + " ", "beatbeatbeat" * 2 + " "
    same = drum * 30_000
    (match,) = find([document(same), document(same[:500_000], outlet="Owl")])
    assert match.kind is MatchKind.VERBATIM
    find([document(same), document((drum + beat) * 17_000), document("<script>" * 125_000)])
