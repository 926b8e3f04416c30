"""What the stages make of a pile as a whole."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import retold
from retold.annotate import annotate_batch
from retold.model import QuotationStatus, RuledDate, RuledSpeaker, Rulings, Span
from retold.pipeline import examine
from retold.report.html import render
from retold.report.json import dumps, loads
from tests.stories import texts

DAY = datetime(2031, 4, 9, 8, tzinfo=UTC)
URL = "https://harbour.example/flood"


def test_of_one_address_the_latest_text_is_compared_and_the_earlier_kept():
    told = [texts.VELL, f"{texts.VELL} The mayor spoke again at noon.", texts.VELL_COPY]
    updates = [
        retold.article(text, outlet="Harbour Post", url=URL, published=DAY + timedelta(hours=at))
        for at, text in enumerate(told)
    ]
    other = retold.article(texts.VELL_REWRITE, outlet="Isk Star", published=DAY)
    pile = [*updates, other]
    dossier = retold.compare(pile)
    first, second, latest = (article.id for article in updates)
    assert [(r.article.id, r.latest) for r in dossier.revisions] == [
        (second, latest),
        (first, latest),
    ]
    assert {a.id for a in dossier.articles} == {latest, other.id}
    (story,) = dossier.stories
    assert set(story.articles) == {latest, other.id}
    assert dossier.run.articles_in == dossier.run.articles_out == len(pile)
    again = retold.compare(pile[::-1])
    assert (again.articles, again.revisions) == (dossier.articles, dossier.revisions)


def test_what_was_annotated_before_changes_nothing():
    told = [texts.VELL, texts.VELL_COPY, texts.VELL_REWRITE, texts.ORRIN, texts.STRIKE]
    pile = [retold.article(text, outlet=f"Outlet {n}") for n, text in enumerate(told)]
    known = {d.id: d for article in pile[1:] for d in annotate_batch((article,))}

    def timeless(dossier):
        return dumps(replace(dossier, run=replace(dossier.run, started=None, seconds=None)))

    assert timeless(examine(pile, known=known)) == timeless(examine(pile))


BRIDGE = (
    "The council of Orrin closed the old bridge on Monday after a crack was found. Twelve houses"
    " were cleared. “We never closed the sluice gates that night, although the wardens begged us to"
    " do it,” said {}. Engineers counted 37 rusted bolts in the arch."
)
MAYOR, OTHER = "Mayor Arn Holt", "Governor Ilse Brandt"


def bridge():
    """Two versions that give the same words to two people."""
    return [
        retold.article(
            BRIDGE.format(name), outlet=f"Paper {at}", published=DAY + timedelta(hours=at)
        )
        for at, name in enumerate((MAYOR, OTHER))
    ]


def test_without_rulings_all_is_as_it_was_and_rulings_on_others_are_of_no_account():
    pile = bridge()
    plain = retold.compare(pile)
    assert plain.run.rulings is None
    for ruled in (Rulings(), Rulings(together=(("sha256:x", pile[0].id),))):
        again = retold.compare(pile, rulings=ruled)
        assert replace(again, run=plain.run) == plain
        assert replace(again.run, started=None, seconds=None) == replace(
            plain.run, started=None, seconds=None
        )


def test_a_speaker_that_is_ruled_is_told_with_who_ruled_and_changes_are_found_anew():
    pile = bridge()
    plain = retold.compare(pile)
    (quotation,) = plain.stories[0].apparatus.quotations
    assert quotation.status is QuotationStatus.OTHER_SPEAKER
    (wrong,) = (r for r in quotation.readings if r.article == pile[1].id)
    words = Span(wrong.article, wrong.start, wrong.end)
    ruled = Rulings(speakers=(RuledSpeaker(words, "Arn Holt", "kim"),))
    found = retold.compare(pile, rulings=ruled)
    (quotation,) = found.stories[0].apparatus.quotations
    assert quotation.status is QuotationStatus.SAME
    assert {r.speaker for r in quotation.readings} == {"Arn Holt"}
    assert found.run.rulings == ruled
    assert found.run.configuration != plain.run.configuration
    assert "Editors ruled on this: 1 × speaker corrected." in found.run.notices
    assert "direct, Arn Holt, as kim ruled\n" in retold.explain(found, quotation.id)
    assert "Arn Holt, direct speech, as kim ruled" in render(found)
    assert loads(dumps(found)) == found


def test_a_ruled_date_turns_the_direction_and_says_whence_it_is():
    first, second = bridge()
    plain = retold.compare([first, second])
    assert [e.parent for e in plain.stories[0].stemma.edges if e.child == second.id] == [first.id]
    ruled = Rulings(dates=(RuledDate(first.id, DAY + timedelta(days=1), "kim"),))
    found = retold.compare([first, second], rulings=ruled)
    (article,) = (a for a in found.articles if a.id == first.id)
    assert (article.published, article.published_source) == (DAY + timedelta(days=1), "ruled")
    assert [e.parent for e in found.stories[0].stemma.edges if e.child == first.id] == [second.id]
    assert " (as an editor ruled)" in render(found)
