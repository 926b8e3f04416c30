"""Where passages come from, and texts of a shape that nobody writes."""

import dataclasses
from collections import Counter

import pytest
from lxml import html as lxml_html

from retold.model import (
    Apparatus,
    Article,
    Derivation,
    Dossier,
    MakeUp,
    MatchKind,
    Origins,
    Passage,
    Stemma,
    StoryDossier,
    article_id,
)
from retold.report.html import render
from retold.report.html.texts import ALSO, FRESH, paragraphs_of
from retold.report.html.view import build
from tests.report.html import fiction, piles
from tests.report.markup import words_of


def carriers(story, article, passage):
    """The slow way: every match of the story, held against every passage."""
    found = set()
    for match in story.matches:
        for side, other in ((match.a, match.b), (match.b, match.a)):
            if side.article != article:
                continue
            shared = min(side.end, passage.end) - max(side.start, passage.start)
            if match.id == passage.match or 2 * shared >= passage.end - passage.start:
                found.add(other.article)
    return found


@pytest.mark.parametrize("make", [piles.dossier, lambda: piles.wide(14, 10)])
def test_every_passage_names_the_versions_that_the_slow_way_finds(make):
    dossier = make()
    story = dossier.stories[0]
    view = build(dossier).stories[0]
    for text in view.texts:
        (version,) = (v for v in story.apparatus.versions if v.article == text.witness.article.id)
        expected = Counter(
            len(carriers(story, version.article, p)) for p in version.passages if p.kind
        )
        segments = [g for line in text.paragraphs for g in line if g.sources]
        assert Counter(len(g.sources) + g.more for g in segments) == expected
        assert all(len(g.sources) <= ALSO + 1 for g in segments)


def test_a_text_says_what_it_took_and_marks_what_others_have_from_it():
    dossier = piles.dossier()
    story = dossier.stories[0]
    elsewhere, text = next(
        (v, a.text)
        for v in story.apparatus.versions
        for a in dossier.articles
        if a.id == v.article and v.passages[0].kind and v.own < 1
    )
    end = elsewhere.passages[0].end
    passages = (Passage(0, end, None), Passage(end, len(text), MatchKind.NEAR, "match:1"))
    made = MakeUp(
        elsewhere.article, ("x",), 100, 0, 0.75, 0, 0.25, Derivation.PARTIALLY, 0.6, False, passages
    )
    told = dataclasses.replace(dossier, stories=(dataclasses.replace(story, makeup=(made,)),))
    tree = lxml_html.document_fromstring(render(told))
    fresh = [words_of(e) for e in tree.xpath("//*[contains(@class, 'p-fresh')]")]
    assert fresh.pop(0) == FRESH  # the legend
    assert " ".join(" ".join(fresh).split()) == " ".join(text[:end].split())
    (about,) = tree.xpath("//div[dt='Made of']/dd")
    assert words_of(about).endswith("75 % with light edits, 25 % its own")
    (head,) = tree.xpath("//summary[contains(., 'partially derived')]")
    assert "partially derived (60 %, undecided)" in words_of(head)
    assert head.xpath(".//rect[@class='p-near'][@width='75.0']")
    plain = lxml_html.document_fromstring(render(dossier))
    assert not plain.xpath("//*[contains(@class, 'p-fresh')]")


def test_lines_are_ranges_of_the_text_and_blank_ones_are_left_out():
    text = "One.\n\n  \nTwo.\n"
    assert [text[a:b] for a, b in paragraphs_of(text)] == ["One.", "Two."]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "\u202e" * 50_000,
        "“" * 200_000,
        " \n" * 200_000 + "end",
        ". " * 300_000,
        "",
    ],
    ids=["no-blank", "controls", "quotes", "blank-lines", "stops", "empty"],
)
def test_a_text_of_an_odd_shape_still_makes_a_page(text):
    pair = [Article(article_id(text, t), text, title=t) for t in ("One", "Two")]
    ids = tuple(sorted(a.id for a in pair))
    story = StoryDossier(
        "story:odd",
        ids,
        (),
        (),
        (),
        Origins(2, 2, ids, "Two roots."),
        Stemma("story:odd", "evidence"),
        Apparatus(),
    )
    page = render(Dossier(fiction.run(), tuple(sorted(pair, key=lambda a: a.id)), (), (story,)))
    assert page.count('class="version"') == 2
