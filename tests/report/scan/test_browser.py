"""The page of a scan in a real headless Chromium, opened from a file."""

import re

import pytest
from playwright.sync_api import expect

from retold.report.scan.page import render
from tests.chromium import open_all, settled
from tests.report.contrast import CONTRAST

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def files(scans, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    found = {}
    for name in ("plain", "hostile", "crowd"):
        found[name] = folder / f"{name}.html"
        found[name].write_text(render(scans[name]), encoding="utf-8")
    return found


@pytest.mark.parametrize("name", ["plain", "hostile", "crowd"])
def test_it_opens_from_a_file_in_silence(show, name):
    page = show(name)
    assert page.locator("h1").inner_text() == "Retold"
    assert page.evaluate("document.documentElement.classList.contains('js')")
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).display") == "flex"


def test_hostile_text_runs_nothing(show):
    page = show("hostile")
    open_all(page)
    page.locator(".by-words").fill("pwned")
    expect(page.locator(".count")).to_have_text(re.compile(r"^[1-9]\d* of \d+ groups?$"))
    settled(page)
    assert page.evaluate("window.pwned") is None
    assert "<script>window.pwned = 1</script>" in page.locator("blockquote").first.inner_text()
    assert page.locator("blockquote .ctl").first.inner_text() == "U+001B"
    expect(page.locator("a[href^='javascript']")).to_have_count(0)


def test_the_basic_reading_works_without_scripts(show):
    page = show("plain", java_script_enabled=False)
    expect(page.locator(".members").first).to_be_visible()
    page.locator("#g2 > summary").click()
    expect(page.locator("#g2")).to_contain_text("Herons are back", use_inner_text=True)
    page.locator("#p1 summary").click()
    expect(page.locator("#p1 .carriers")).to_be_visible()
    expect(page.locator(".by-words")).not_to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("#p2 .carriers")).to_be_visible()


def test_groups_are_found_by_words_and_by_keyboard(show):
    page = show("crowd")
    groups = page.locator("details.version:visible")
    expect(groups).to_have_count(20)
    page.locator(".by-words").focus()
    page.keyboard.type("Ferry 7 TURNS")
    expect(groups).to_have_count(1)
    expect(page.locator(".count")).to_have_text("1 of 20 groups")
    page.locator(".by-words").fill("")
    expect(groups).to_have_count(20)
    page.locator("#g3 > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#g3 .members")).to_be_visible()
    page.locator(".close-all").click()
    expect(page.locator("details.version[open]")).to_have_count(0)


def test_a_link_into_a_closed_group_opens_it(show):
    page = show("crowd", part="#g4-7")
    expect(page.locator("#g4")).to_have_js_property("open", True)
    expect(page.locator("#g4-7")).to_be_visible()
    page.locator("#g4-8 td a").click()
    expect(page).to_have_url(re.compile("#g4-1$"))


def test_the_skip_link_is_the_first_stop(show):
    page = show("plain")
    page.keyboard.press("Tab")
    expect(page.locator("a:focus")).to_have_text("Skip to what was found")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize(
    ("name", "width"),
    [("plain", 320), ("hostile", 320), ("crowd", 320), ("plain", 768), ("crowd", 2560)],
)
def test_the_page_itself_never_scrolls_sideways(show, name, width):
    page = show(name, size=(width, 900))
    open_all(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for scroll in page.locator(".scroll").all():
        assert scroll.get_attribute("tabindex") == "0"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(show, scheme):
    page = show("plain", color_scheme=scheme)
    worst = page.evaluate(CONTRAST)
    assert len(worst) > 20
    assert {k: round(v, 2) for k, v in worst.items() if v < 4.5} == {}
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (int(re.findall(r"\d+", paper)[0]) < 60) == (scheme == "dark")


def test_names_in_the_picture_stay_inside_it(show):
    page = show("crowd")
    outside = page.evaluate(
        """() => {
          const svg = document.querySelector('.round'), v = svg.viewBox.baseVal;
          return Array.from(svg.querySelectorAll('text'), t => t.getBBox())
            .filter(b => b.x < 0 || b.y < 0 || b.x + b.width > v.width || b.y + b.height > v.height)
            .length; }"""
    )
    assert outside == 0


def test_printed_everything_is_open_and_no_control_is_left(show):
    page = show("plain")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#g2 .members")).to_be_visible()
    for gone in (".controls", ".skips", ".parts"):
        expect(page.locator(gone).first).not_to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator("details.version[open]")).to_have_count(1)
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_assistive_technology_finds_the_parts_by_role_and_name(show):
    page = show("plain")
    for role, name in (
        ("heading", "Scan of 7 articles"),
        ("heading", "Who carries whose text"),
        ("navigation", "Parts of the page"),
        ("searchbox", "Words"),
        ("button", "Open all"),
        ("region", "Members of group 1, a table"),
        ("region", "The outlets as a table"),
        ("img", "Outlets in a circle, with a line between any two that share text"),
        ("rowheader", "Harbour Post carries text of Meridian Wire"),
    ):
        assert page.get_by_role(role, name=name, exact=True).count() == 1, name
    for landmark in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(landmark)).to_have_count(1)
    nameless = re.compile(r'^\s*- (button|link|searchbox)( ""|:)', re.MULTILINE)
    assert nameless.findall(page.locator("body").aria_snapshot()) == []
