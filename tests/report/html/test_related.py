"""Related stories are told where a story is, with links, and their texts are escaped."""

from dataclasses import replace
from io import StringIO

from rich.console import Console

from retold.model import Dossier, Related, Revision, Stemma, StoryDossier
from retold.report.explain import explain
from retold.report.html import render
from retold.report.json import dumps, loads
from retold.report.terminal import summary
from tests.report.html import fiction, piles

EVIL = "Both have the words “<script>alert(1)</script>”."


def told() -> Dossier:
    """The fiction, its other article a related story."""
    plain = piles.dossier()
    (story,) = plain.stories
    (other,) = (a for a in plain.articles if a.id not in story.articles)
    back = Related(story.id, 0.21, False, "Both have the words “wind”.")
    alone = StoryDossier(
        "story:000000000000", (other.id,), (), (), (), fiction.origins(other.id),
        Stemma("story:000000000000", ""), replace(story.apparatus, claims=(), quotations=(),
        figures=(), telling=()), related=(back,),
    )  # fmt: skip
    near = Related(alone.id, 0.21, True, EVIL)
    return replace(plain, stories=(replace(story, related=(near,)), alone))


def test_page_terminal_and_explanation_tell_of_related_stories():
    dossier = told()
    page = render(dossier)
    assert "Related stories" in page
    assert "was one group with this" in page
    assert '<a href="#story-1">' in page
    assert "<script>alert" not in page
    assert page.count('class="related"') == 2
    shown = StringIO()
    Console(width=200, file=shown).print(summary(dossier))
    assert "Related: “No wind in Lower Tamsin”" in shown.getvalue()
    assert "likeness 0.21" in explain(dossier, dossier.stories[0].id)
    assert loads(dumps(dossier)) == dossier


def test_nothing_is_said_where_nothing_is_related():
    assert "Related stories" not in render(piles.dossier())


def test_earlier_texts_are_told_and_what_is_gone_from_them_is_struck_out():
    plain = piles.dossier()
    latest = next(a for a in plain.articles if a.id in plain.stories[0].articles)
    old = replace(latest, id="sha256:0", text=f"{latest.text}\n\nA <b>crane</b> of paper flew.")
    dossier = replace(plain, revisions=(Revision(old, latest.id),))
    page = render(dossier)
    assert "Earlier text of" in page
    assert "7 words gone since, 0 words new in the latest" in page
    assert "<del>A &lt;b&gt;crane&lt;/b&gt; of paper flew</del>" in page
    shown = StringIO()
    Console(width=200, file=shown).print(summary(dossier))
    assert "1 earlier text" in shown.getvalue()
    assert "Revised: " in shown.getvalue()
    assert "Earlier text of" in explain(dossier, old.id)
    assert old.id in explain(dossier, latest.id)
    assert loads(dumps(dossier)) == dossier


def test_of_a_single_article_earlier_texts_are_told_too():
    plain = piles.dossier()
    (alone,) = (a for a in plain.articles if a.id not in plain.stories[0].articles)
    old = replace(alone, id="sha256:0", text=f"Gone now. {alone.text}")
    page = render(replace(plain, revisions=(Revision(old, alone.id),)))
    assert "<del>Gone now</del>" in page
