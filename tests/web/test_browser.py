"""The pages in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from retold.desk import Desk
from tests.chromium import settled
from tests.report.conftest import browser
from tests.web import hostile
from tests.web.browsing import WIDER, Visits, serving

__all__ = ["browser"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(stock, tmp_path_factory):
    """The example's desk with hostile articles, served for a browser."""
    path = tmp_path_factory.mktemp("browser") / "browser.desk"
    path.write_bytes(stock.read_bytes())
    with Desk.open(path) as desk:
        desk.add(hostile.articles(), "hostile")
    with serving(path) as address:
        yield address


@pytest.fixture
def visit(browser, home):
    """Open a page; hold it to silence and to the desk's own addresses."""
    visits = Visits(browser, home)
    yield visits.open
    visits.close()


def test_search_open_and_back_by_keyboard(visit):
    page = visit("/articles")
    page.keyboard.press("Tab")
    expect(page.locator("a:focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.get_by_role("searchbox", name="Search the desk").fill("“spillway gate”")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    first = page.locator("main h2 a").first
    title = first.inner_text()
    expect(page.locator("main mark").nth(3)).to_be_visible()
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*")
    expect(page.locator("h1")).to_have_text(title)


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desk", "light")])
@pytest.mark.parametrize(
    "path",
    ["/", "/articles/1", "/outlets", "/search?q=Brannock", "/compare?article=1", "/seen", "/feeds"],
)
def test_pages_fit_and_can_be_read(visit, path, size, scheme):
    page = visit(path, size, color_scheme=scheme)
    assert page.evaluate(WIDER) <= 0
    back = page.evaluate("getComputedStyle(document.body).backgroundColor")
    light = sum(map(int, re.findall(r"\d+", back)[:3])) > 384
    assert light == (scheme == "light")


def test_paste_open_decide_undo(visit, home):
    page = visit("/seen")
    text = page.request.get(f"{home}/api/v1/articles/1/value").json()["text"]
    page.get_by_label("Text").fill(text)
    page.get_by_role("button", name="Ask").press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile("^Yes: it belongs to story"))
    page.locator("h1 a").press("Enter")
    page.wait_for_url("**/stories/*")
    expect(page.locator("section.apparatus")).to_be_visible()
    page.get_by_role("link", name="Decide: split").press("Enter")
    page.get_by_label("Note", exact=True).fill("Ask <i>Edda</i>")
    page.get_by_role("button", name="Keep the note").press("Enter")
    page.wait_for_url("**/stories/*#decided")
    decided = page.locator("#decided li").first
    expect(decided).to_contain_text("Ask <i>Edda</i>")
    decided.get_by_role("button", name="Undo").press("Enter")
    expect(page.locator("#decided li").first).to_contain_text("undone by local")
    expect(page).to_have_url(re.compile(r"/stories/\d+#decided$"))


def test_the_story_works_as_the_report_does(visit):
    page = visit("/")
    page.locator("main h2 a").first.press("Enter")
    page.wait_for_url("**/stories/*")
    story = page.locator("article.story")
    shown = story.locator(".count").inner_text()
    story.locator(".by-words").fill("Hallam")
    expect(story.locator(".count")).to_have_text(re.compile(r"^\d+ of \d+ claims"))
    expect(story.locator(".count")).not_to_have_text(shown)
    story.locator(".pair .show").click()
    expect(story.locator(".pair table.pairs tr").nth(1)).to_be_visible()
    assert story.locator("a[href^='/articles/']").count()


def test_compare_what_was_picked(visit):
    page = visit("/articles", "phone")
    boxes = page.get_by_role("checkbox", name="Pick")
    for n in range(2):
        boxes.nth(n).press("Space")
        expect(boxes.nth(n)).to_be_checked()
    page.get_by_role("button", name="Compare those picked").press("Enter")
    page.wait_for_url("**/compare?*")
    expect(page.get_by_role("checkbox")).to_have_count(2)


@pytest.mark.parametrize("path", ["/articles", "/compare?article=1&article=2", "/", "/outlets"])
def test_lists_are_printed_without_what_is_for_the_screen(visit, path):
    page = visit(path)
    page.emulate_media(media="print")
    expect(page.locator("main li h2 a, main th a").first).to_be_visible()
    controls = page.locator("button, input, select, .tabs, .masthead nav").all()
    assert controls
    for each in controls:
        expect(each).not_to_be_visible()


def test_hostile_articles_do_nothing(visit):
    page = visit("/articles?order=arrived", "phone")
    addresses = page.locator("main h2 a").evaluate_all("links => links.map(a => a.href)")
    for address in addresses[: len(hostile.ATTACKS)]:
        page.goto(address)
        expect(page.locator("main .body p").first).to_be_visible()
        settled(page)
        assert page.title() != "taken"
        assert page.evaluate(WIDER) <= 0, address
