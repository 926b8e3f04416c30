"""The page as markup: what can be said of it without a browser."""

import dataclasses
import json
from copy import deepcopy

import pytest
from lxml import html as lxml_html

from retold.model import (
    Agreement,
    Apparatus,
    ChangeKind,
    Handing,
    QuotationStatus,
    Span,
    Stemma,
    StoryDossier,
)
from retold.report.explain import explain
from retold.report.html import render
from retold.report.html.context import AGREEMENTS, KINDS, STATUSES, level
from retold.report.html.texts import PASSAGES
from retold.report.html.view import build
from retold.report.notebook import notebook_html
from tests.report.html import piles, quellmar
from tests.report.markup import parsed, words_of


@pytest.fixture(scope="module")
def plain():
    return parsed(render(piles.dossier()))


def test_the_reading_view_holds_the_whole_text(plain):
    story, pile = quellmar.story, quellmar.pile
    for text in build(piles.dossier()).stories[0].texts:
        body = deepcopy(plain.xpath(f"//*[@id='{text.witness.anchor}']//div[@class='body']")[0])
        for small in body.xpath(".//*[@class='cn' or @class='from']"):
            small.drop_tree()
        lines = [p.text_content() for p in body.xpath("./p")]
        assert lines == [line for line in text.witness.article.text.split("\n") if line.strip()]
    assert len(pile) == len(story.articles)


def test_passages_lead_to_where_they_come_from(plain):
    wire = plain.xpath("//details[contains(@class, 'version')][.//h4/b='A']")[0]
    first = wire.xpath(".//span[contains(@class, 'p-verbatim')]")[0]
    link = wire.xpath(".//span[@class='from']/a")[0]
    target = plain.get_element_by_id(link.get("href")[1:])
    assert link.text == "B"
    assert "verbatim" in link.get("aria-label")
    assert target.text_content().startswith("A loading crane")
    assert first.text_content().startswith("A loading crane")


def test_the_top_says_what_an_editor_asks_first(plain):
    top = words_of(plain.xpath("//dl[@class='facts']")[0])
    for said in (
        "versions7",
        "outlets6",
        "independent origins1–2",
        "3 March 2031, 09:15 UTC",
        "Meridian Wire",
        "picture only",
        "3 without a date",
    ):
        assert said in top
    telling = plain.xpath("//section[@class='telling']//li")
    assert len(telling) == 5
    assert "Seventy-one" in words_of(telling[0])
    assert "17" in words_of(telling[0])


def test_the_earliest_is_said_to_be_unknown_where_no_version_has_a_date():
    d = piles.dossier()
    undated = tuple(dataclasses.replace(a, published=None) for a in d.articles)
    text = render(dataclasses.replace(d, articles=undated))
    assert "No dates" in text


def test_the_stemma_is_told_in_a_table_too(plain):
    rows = plain.xpath("//details[@class='edges-table']//tbody/tr")
    assert len(rows) == len(quellmar.story.stemma.edges)
    said = words_of(rows[0].getparent())
    for phrase in (
        "no parent among these",
        "undecided",
        "further source",
        "C (Northreach Daily), 1 %",
    ):
        assert phrase in said


def test_every_line_says_what_it_is_and_leads_to_its_evidence(plain):
    (story,) = piles.dossier().stories
    lines = plain.xpath("//svg[@class='tree']//a[@class='edge']")
    drawn = [e for e in story.stemma.edges if e.parent is not None]
    assert len(lines) == len(drawn)
    said = {line.get("aria-label") for line in lines}
    assert sum(", undecided;" in label for label in said) == sum(not e.decided for e in drawn)
    assert all("; runner-up: " in label or "; no runner-up" in label for label in said)
    for line in lines:
        reasons = plain.get_element_by_id(line.get("href")[1:])
        row = next(e for e in reasons.iterancestors("tr"))
        child, parent = line.get("aria-label").removeprefix("Why: ").split(": ")[0].split(" from ")
        assert child in words_of(row)
        assert parent in words_of(row)
        assert row.xpath(".//blockquote|.//q|.//ul[@class='quotes']") or not row.xpath(".//li")


def test_a_folded_stemma_draws_every_version_once_and_counts_the_rest():
    tree = lxml_html.document_fromstring(render(piles.large()))
    first, *others = tree.xpath("//svg[@class='tree']")
    named = [a.get("href") for a in first.xpath(".//a[@href][rect[@class='node']]")]
    bundles = [href for href in named if "-bundle-" in href]
    assert [d.get("id") for d in tree.xpath("//div[@class='bundles']/details")] == [
        f"story-1-bundle-{n}" for n in range(1, len(bundles) + 1)
    ]
    assert len(others) == len(bundles)
    drawn = {href for href in named if "-bundle-" not in href}
    for other in others:
        boxes = other.xpath(".//a[rect[@class='node']]/@href")
        drawn |= set(boxes)
    assert len(drawn) == 160


def test_undecided_edges_are_dashed_and_hypothetical_ancestors_hollow(plain):
    story = quellmar.story
    open_edges = sum(not e.decided for e in story.stemma.edges)
    assert (
        len(plain.xpath("//*[@class='edges']//path[starts-with(@class, 'e-open')]")) == open_edges
    )
    assert len(plain.xpath("//svg[@class='tree']//rect[@class='hollow']")) == 1
    assert len(plain.xpath("//svg[@class='tree']//rect[@class='node']")) == 7
    widths = {float(p.get("stroke-width")) for p in plain.xpath("//path[@class='e-sure']")}
    assert len(widths) > 1


def test_a_changed_word_is_marked_in_its_cell_with_its_kind(plain):
    marks = plain.xpath("//table[@class='claims']//td//mark[contains(@class, 'k-figure')]")
    assert {words_of(m) for m in marks} == {"17", "Seventy-one"}
    cells = plain.xpath("//table[@class='claims']/tbody[1]/tr[1]/td")
    assert "changed: figure" in words_of(cells[3])
    assert "not in this version" in words_of(
        plain.xpath("//table[@class='claims']/tbody[@data-n='2']/tr[1]/td")[4]
    )


def test_the_most_telling_rows_come_first(plain):
    numbers = plain.xpath("//table[@class='claims']/tbody/@data-n")
    assert numbers == ["1", "4", "3", "5", "2"]
    assert words_of(plain.xpath("//table[@class='claims']//summary")[0]).startswith(
        "2 changes figure"
    )


def test_every_kind_step_and_status_has_its_words():
    assert set(KINDS) == set(ChangeKind)
    assert set(AGREEMENTS) == set(Agreement)
    assert set(STATUSES) >= set(QuotationStatus)
    assert [level(p) for p in (0, 0.4999, 0.5, 0.6999, 0.7, 0.9, 1)] == [0, 0, 1, 1, 2, 3, 3]


def test_rows_that_are_only_possible_stand_apart():
    dossier = piles.dossier()
    (first, *rest) = dossier.stories
    claims = [
        dataclasses.replace(c, probability=0.4) if len({r.article for r in c.readings}) > 1 else c
        for c in first.apparatus.claims
    ]
    apparatus = dataclasses.replace(first.apparatus, claims=tuple(claims))
    doubted = dataclasses.replace(
        dossier, stories=(dataclasses.replace(first, apparatus=apparatus), *rest)
    )
    story = build(doubted).stories[0]
    assert story.shared == []
    assert len(story.perhaps) == len(build(dossier).stories[0].shared) > 0
    folds = lxml_html.document_fromstring(render(doubted)).xpath("//details[@class='fold']/summary")
    assert any("possibly tell the same" in words_of(fold) for fold in folds)


def test_in_a_crowd_a_cell_holds_its_symbol_and_leads_to_the_reading():
    dossier = piles.wide(32, 6)
    tree = lxml_html.document_fromstring(render(dossier))
    words = {a.id: a.text for a in dossier.articles}
    (story,) = build(dossier).stories
    rows = tree.xpath("//table[@class='claims']/tbody")
    data = json.loads(tree.xpath("//script[@class='alignment']")[0].text)
    assert len(rows) == len(data["claims"]) == len(story.shared) + len(story.lone)
    anchors = {w.number: w for w in story.versions}
    for row in rows:
        flat = data["claims"][int(row.get("data-n")) - 1]
        cells = row.xpath("./tr[1]/td")
        assert len(cells) == 32
        for at in range(0, len(flat), 3):
            version, start, length = flat[at : at + 3]
            (link,) = cells[version - 1].xpath("./a")
            assert link.get("href") == f"#v{version}-{start}"
            assert link.text in {"=", "~", "F"}
            here = tree.get_element_by_id(link.get("href")[1:])
            whole = words[anchors[version].article.id]
            assert whole[start : start + length].startswith(words_of(here)[:20])
        assert sum(c.get("class") is not None for c in cells) == len(flat) // 3


def test_quotations_and_figures_name_speaker_status_and_versions(plain):
    quotations = words_of(plain.get_element_by_id("story-1-quotes"))
    for said in (
        "given to another speaker",
        "Ilvo Brandt, direct speech",
        "a dockers' spokeswoman, direct speech",
    ):
        assert said in quotations
    figures = words_of(plain.get_element_by_id("story-1-figures"))
    assert "Seventy-one 71 D The Tidewater Post" in figures
    assert "17 A Meridian Wire, B Quellmar Courier" in figures


def test_a_quotation_says_whom_it_was_taken_from():
    d = piles.dossier()
    (story,) = d.stories
    (quotation,) = story.apparatus.quotations
    one, two, three, _ = [Span(r.article, r.start, r.end) for r in quotation.readings]
    handed = dataclasses.replace(
        quotation,
        probability=0.8,
        first=one.article,
        first_probability=0.95,
        handed=(
            Handing(one, two, QuotationStatus.SAME, 0.99),
            Handing(one, three, QuotationStatus.SHORTENED, 0.9),
        ),
    )
    apparatus = dataclasses.replace(story.apparatus, quotations=(handed,))
    made = dataclasses.replace(d, stories=(dataclasses.replace(story, apparatus=apparatus),))
    tree = lxml_html.document_fromstring(render(made))
    said = [words_of(li) for li in tree.xpath("//ul[@class='handed']/li")]
    assert said == [
        "All others have it from A Meridian Wire 95 %",
        "Shortened by D The Tidewater Post, from A Meridian Wire 90 %",
    ]
    assert "That its readings say the same: 80 %." in words_of(
        tree.get_element_by_id("story-1-quotes")
    )
    told = explain(made, quotation.id)
    assert "probability 0.80" in told
    assert "has it from Meridian Wire: shortened, probability 0.90" in told


def test_what_was_left_out_is_listed(plain):
    said = words_of(plain.get_element_by_id("left-out"))
    for phrase in (
        "1 binary, 1 empty",
        "pile/photo.txt",
        "Read also: Regatta called off",
        "read also",
        "sha256:abab",
        "10 in, 8 used, 2 left out",
        "sentence vectors (invented)",
    ):
        assert phrase in said
    assert "No wind in Lower Tamsin" in words_of(plain.get_element_by_id("singles"))


def test_several_stories_have_an_index():
    d = piles.dossier()
    second = piles.wide(3, 4)
    both = dataclasses.replace(
        d, articles=(*d.articles, *second.articles), stories=(*d.stories, *second.stories)
    )
    tree = lxml_html.document_fromstring(render(both))
    links = tree.xpath("//nav[@class='index']//a/@href")
    assert links == ["#story-1", "#story-2", "#singles", "#left-out"]
    assert tree.xpath("//h2[@id='story-2-h']")


def test_a_story_with_nothing_found_in_it_still_reads():
    d = piles.dossier()
    story = d.stories[0]
    bare = StoryDossier(
        story.id,
        story.articles,
        (),
        (),
        (),
        story.origins,
        Stemma(story.id, "evidence"),
        Apparatus(),
    )
    tree = lxml_html.document_fromstring(render(dataclasses.replace(d, stories=(bare,))))
    said = words_of(tree)
    assert "No statement of one version was found again in another." in said
    assert "Families of the injured" in said


def test_a_cap_is_said_where_it_is_hit():
    d = piles.dossier()
    story = d.stories[0]
    claim = story.apparatus.claims[0]
    many = tuple(dataclasses.replace(claim.changes[0], id=f"change:{i}") for i in range(18))
    full = dataclasses.replace(claim, changes=many)
    apparatus = dataclasses.replace(story.apparatus, claims=(full,))
    text = render(
        dataclasses.replace(d, stories=(dataclasses.replace(story, apparatus=apparatus),))
    )
    assert "18 changes" in text
    assert "6 further changes are listed in the JSON dossier." in text


def test_the_notebook_summary_is_plain_markup():
    fragment = notebook_html(piles.dossier())
    for said in ("Crane collapses at port of Quellmar", "Seventy-one", "7 versions", "Left out: 2"):
        assert said in fragment
    bad = lxml_html.fragment_fromstring(notebook_html(piles.hostile()), create_parent=True)
    tags = {e.tag for e in bad.iter()}
    assert tags <= {
        "div",
        "p",
        "b",
        "i",
        "h4",
        "ol",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "bdi",
        "q",
        "mark",
        "details",
        "summary",
        "span",
    }
    assert not bad.xpath("//@href|//@src|//@style")


def listed(tree, name):
    """The entries of the legends of one class."""
    return {words_of(li) for li in tree.xpath(f"//ul[@class='{name}']/li")}


def test_the_legends_name_what_the_page_has(plain):
    page = build(piles.dossier())
    (story,) = page.stories
    kinds = {str(c.kind) for i in quellmar.story.apparatus.claims for c in i.changes}
    told = set(plain.xpath("//ul[@class='symbols']//b/@data-kind"))
    assert kinds <= told < set(map(str, KINDS))
    assert ChangeKind.CONTRADICTION not in told
    for kind, words in PASSAGES.items():
        there = plain.xpath(f"//div[@class='body']//*[contains(@class, 'p-{kind}')]")
        assert bool(there) == (words in listed(plain, "legend"))
    assert "undecided" in listed(plain, "key")
    assert any(not e.decided for e in story.descent.edges)


def test_a_stemma_without_derivations_explains_no_lines():
    d = piles.dossier()
    bare = dataclasses.replace(d.stories[0], stemma=Stemma(d.stories[0].id, "evidence"))
    d = dataclasses.replace(d, stories=(bare,))
    assert not {k for k in listed(parsed(render(d)), "key") if "times in UTC" not in k}
