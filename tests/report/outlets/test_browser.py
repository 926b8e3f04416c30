"""The page of the outlets in a real headless Chromium, opened from a file."""

import pytest
from playwright.sync_api import expect

from tests.chromium import open_all
from tests.report.contrast import CONTRAST

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", ["two", "hostile", "scan", "hostile scan", "crowd", "empty"])
def test_it_opens_in_silence_and_runs_nothing(show, name):
    page = show(name)
    assert page.locator("h1").inner_text() == "Retold"
    open_all(page)
    assert page.evaluate("window.pwned") is None
    assert page.locator("img, iframe, a[href^='javascript'], a[href^='data']").count() == 0


def test_a_row_opens_by_keyboard_into_its_articles(show):
    page = show("two")
    summary = page.locator(".pairing summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pairing .carriers").first).to_be_visible()


@pytest.mark.parametrize("width", [400, 1400])
def test_the_page_itself_never_scrolls_sideways(show, width):
    page = show("two", size=(width, 900))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("svg.tree")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(show, scheme):
    page = show("two", color_scheme=scheme)
    open_all(page)
    worst = page.evaluate(CONTRAST)
    assert worst
    assert min(worst.values()) >= 4.5, worst


def test_it_reads_without_scripts(show):
    page = show("two", java_script_enabled=False)
    page.locator(".pairing summary").first.click()
    expect(page.locator(".pairing .carriers").first).to_be_visible()
