"""The edition: valid, its pointers resolved, its text that of the versions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from retold.model import Dossier
from retold.report.export.tei import _cert, edition, legal

SUBSET = etree.RelaxNG(etree.parse(Path(__file__).parent / "tei_subset.rng"))
TEI = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"


def test_it_is_valid(dossier: Dossier) -> None:
    SUBSET.assertValid(etree.fromstring(edition(dossier)))


def test_several_stories_are_valid_together(two_stories: Dossier) -> None:
    tree = etree.fromstring(edition(two_stories))
    SUBSET.assertValid(tree)
    assert len(tree.findall(".//t:listWit", TEI)) == 2


def test_every_pointer_has_its_target(dossier: Dossier) -> None:
    tree = etree.fromstring(edition(dossier))
    ids = [e.get(ID) for e in tree.iter() if e.get(ID)]
    assert len(set(ids)) == len(ids)
    for name in ("wit", "target", "targetEnd", "active", "passive"):
        for value in tree.xpath(f"//@{name}"):
            assert {pointer[1:] for pointer in value.split()} <= set(ids)


def test_every_version_stands_in_every_entry_once(dossier: Dossier) -> None:
    tree = etree.fromstring(edition(dossier))
    for number, division in enumerate(tree.findall(".//t:div[@type='story']", TEI), 1):
        listed = tree.findall(".//t:listWit", TEI)[number - 1].findall("t:witness", TEI)
        versions = sorted(f"#{w.get(ID)}" for w in listed if not w.get("cert"))
        for app in division.findall(".//t:app", TEI):
            said = [w for r in app if r.tag.endswith(("lem", "rdg")) for w in r.get("wit").split()]
            assert sorted(said) == versions


def test_readings_are_the_words_of_their_versions(plain: Dossier) -> None:
    tree = etree.fromstring(edition(plain))
    texts = {a.id: a.text for a in plain.articles}
    articles = {
        f"#{w.get(ID)}": w.findtext(".//t:idno[@type='article']", namespaces=TEI)
        for w in tree.findall(".//t:witness", TEI)
    }
    checked = 0
    for app in tree.findall(".//t:app", TEI):
        words = {f"#{r.get(ID)}": "".join(r.itertext()) for r in app if r.get(ID)}
        for detail in app.findall("t:witDetail[@type='offsets']", TEI):
            spans = [tuple(map(int, p.split("–"))) for p in detail.text.split(", ")]
            text = texts[articles[detail.get("wit")]]
            assert words[detail.get("target")] == " … ".join(text[s:e] for s, e in spans)
            checked += 1
    assert checked > 20


def test_a_change_points_at_its_words(plain: Dossier) -> None:
    tree = etree.fromstring(edition(plain))
    note = tree.find(".//t:note[@subtype='figure']", TEI)
    marked = []
    for start, end in zip(note.get("target").split(), note.get("targetEnd").split(), strict=True):
        (first,) = tree.xpath("//*[@xml:id=$at]", at=start[1:])
        assert first.getnext().get(ID) == end[1:]
        marked.append(first.tail)
    assert marked == ["17", "Seventy-one"]
    assert 0 < float(note.get("cert")) < 1


def test_the_stemma_is_told(plain: Dossier) -> None:
    tree = etree.fromstring(edition(plain))
    edges = [e for e in plain.stories[0].stemma.edges if e.parent]
    assert len(tree.findall(".//t:relation", TEI)) == len(edges)
    unseen = [w for w in tree.findall(".//t:witness", TEI) if w.get("cert")]
    assert len(unseen) == len(plain.stories[0].stemma.hypothetical)


@given(st.text(st.characters()))
def test_any_text_becomes_legal(text: str) -> None:
    element = etree.Element("a")
    element.text = legal(text)
    element.set("b", legal(text))
    assert etree.fromstring(etree.tostring(element)).text == (legal(text) or None)


@pytest.mark.parametrize(
    ("text", "said"),
    [("a\x00b", "a[U+0000]b"), ("\ud800", "[U+D800]"), ("\uffff", "[U+FFFF]"), ("é\t\n", "é\t\n")],
)
def test_only_what_is_illegal_is_replaced(text: str, said: str) -> None:
    assert legal(text) == said


@pytest.mark.parametrize(
    ("probability", "written"), [(0.5, "0.5"), (1.03e16, "1"), (-2.0, "0"), (float("nan"), "0")]
)
def test_whatever_stands_for_a_probability_is_one(probability, written):
    assert _cert(probability) == written
