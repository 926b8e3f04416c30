"""Where passages come from, and texts of a shape that nobody writes."""

from collections import Counter

import pytest

from retold.model import (
    Apparatus,
    Article,
    Dossier,
    Origins,
    Stemma,
    StoryDossier,
    article_id,
)
from retold.report.html import render
from retold.report.html.texts import ALSO, paragraphs_of
from retold.report.html.view import build
from tests.report.html import fiction, piles


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
