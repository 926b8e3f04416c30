"""How the page looks in a real headless Chromium: widths, contrast, print, and in a crowd."""

import re

import pytest
from playwright.sync_api import expect

from tests.chromium import open_all, settled
from tests.report.contrast import CONTRAST

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("plain", 320),
        ("hostile", 320),
        ("wide", 320),
        ("large", 320),
        ("plain", 768),
        ("plain", 2560),
    ],
)
def test_the_page_itself_never_scrolls_sideways(show, name, width):
    page = show(name, size=(width, 900))
    open_all(page)
    page.locator(".pair .show").click()
    expect(page.locator(".pairs")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == 320 and name in {"plain", "wide"}:
        grid = page.locator(".grid").first
        assert grid.evaluate("g => g.scrollWidth > g.clientWidth")
        assert grid.get_attribute("tabindex") == "0"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["plain", "hostile"])
def test_all_text_stands_out_from_its_ground(show, scheme, name):
    page = show(name, color_scheme=scheme)
    worst = page.evaluate(CONTRAST)
    assert len(worst) > 30
    assert {k: round(v, 2) for k, v in worst.items() if v < 4.5} == {}
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (int(re.findall(r"\d+", paper)[0]) < 60) == (scheme == "dark")


def test_on_a_phone_the_stemma_begins_where_the_story_does(show):
    page = show("plain", size=(400, 900))
    assert page.evaluate("""() => {
        const tree = document.querySelector("svg.tree"), scroll = tree.parentElement;
        const boxes = Array.from(tree.querySelectorAll("rect.node, rect.hollow"));
        const tops = boxes.map(box => box.y.baseVal.value);
        const first = boxes[tops.indexOf(Math.min(...tops))].getBoundingClientRect();
        const seen = scroll.getBoundingClientRect();
        return first.left >= seen.left && first.right <= seen.right;
    }""")


def test_colour_is_never_the_only_cue(show):
    page = show("plain")
    lines = page.evaluate(
        "['verbatim', 'near', 'rewrite', 'own'].map(k => {"
        " const s = getComputedStyle(document.querySelector('.legend .p-' + k));"
        " return s.textDecorationLine + ' ' + s.textDecorationStyle; })"
    )
    assert lines == ["underline solid", "underline dashed", "underline dotted", "none solid"]


def test_printed_everything_is_open_and_no_control_is_left(show):
    page = show("plain")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#v5 .body")).to_be_visible()
    expect(page.locator(".edges-table table")).to_be_visible()
    for gone in (".controls", ".filters", ".pair", ".skips", ".parts"):
        expect(page.locator(gone).first).not_to_be_visible()
    expect(page.locator(".count")).to_be_visible()  # what is hidden is said on paper too
    expect(page.locator(".grid")).to_have_css("max-height", "none")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator("#v5 .body")).not_to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_without_scripts_a_print_is_open_too(show):
    page = show("plain", java_script_enabled=False)
    page.emulate_media(media="print")
    expect(page.locator("#v5 .body")).to_be_visible()


def test_sixty_versions_keep_header_and_first_column_in_sight(show):
    page = show("wide")
    expect(page.locator(".compact-box")).to_be_checked()
    grid = page.locator(".grid")
    grid.evaluate("g => { g.scrollLeft = 700; g.scrollTop = 600; }")
    settled(page)
    box = grid.bounding_box()
    corner = page.locator(".claims thead .first").bounding_box()
    assert abs(corner["x"] - box["x"]) < 2
    assert abs(corner["y"] - box["y"]) < 2
    page.locator(".compact-box").uncheck()
    expect(page.locator(".claims td .full").first).to_be_visible()
    page.locator(".by-words").fill("barge at Vey")
    expect(page.locator(".count")).to_have_text(re.compile(r"^\d+ of 40 claims"))
    assert page.locator("svg.tree rect.node").count() == 60


def test_in_a_crowd_the_readings_come_from_the_texts(show):
    page = show("wide")
    assert page.locator(".claims td .full").count() == 0
    page.locator(".compact-box").uncheck()
    expect(page.locator(".claims td .full").first).to_be_visible()
    filled = page.evaluate(
        """() => {
          const data = JSON.parse(document.querySelector('.alignment').textContent);
          const rows = Array.from(document.querySelectorAll('.claims > tbody'));
          return rows.map((row, r) => Array.from(row.querySelectorAll('td > .place'), place => [
            place.querySelector('.full').textContent,
            document.getElementById(place.hash.slice(1)).textContent,
            Array.from(place.querySelectorAll('mark'), m => m.textContent),
            place.parentElement.querySelector('.vh').textContent,
          ])).flat(); }"""
    )
    assert len(filled) > 1000
    assert all(there and full.startswith(there) for full, there, _, _ in filled)
    assert all(full.endswith("council.") for full, _, _, _ in filled)
    assert {said for _, _, _, said in filled} == {
        "the same words",
        "in other words",
        "changed: figure",
    }
    assert any(marks for _, _, marks, _ in filled)
    assert all(not marks for _, _, marks, said in filled if said == "the same words")


def test_in_a_crowd_small_letters_get_their_names_when_a_text_opens(show):
    page = show("wide")
    page.locator("#v3 > summary").click()
    expect(page.locator("#v3 .from a[aria-label]").first).to_be_visible()
    letter = page.locator("#v3 .from a").first
    label = letter.get_attribute("aria-label")
    assert label.startswith(f"in {letter.inner_text()} ")
    assert page.locator("#v3 .cn:not([aria-label])").count() == 0
