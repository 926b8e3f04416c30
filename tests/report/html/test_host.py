"""The piece in a page of another shell, in a real headless Chromium, under a strict policy."""

import re

import pytest
from playwright.sync_api import expect

import retold
from retold.report.html import Lead, Links, body
from tests.chromium import open_all, settled, window
from tests.report.contrast import CONTRAST
from tests.report.html import piles
from tests.report.html.host import TAKEN, page_of, serving

pytestmark = pytest.mark.browser

DESK = Links(
    article=lambda article: f"/articles/{article.id}",
    outlet=lambda name: f"/outlets/{name}",
    story=lambda story: Lead(story, f"/stories/{story}"),
)
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event => {
  window.violations.push(event.violatedDirective + " " + event.blockedURI);
});
"""
CLASHES = """
() => { const all = Array.from(document.querySelectorAll("[id]"), n => n.id);
        return all.filter((id, n) => all.indexOf(id) !== n); }
"""
BROKEN = """
() => Array.from(document.querySelectorAll("main a[href^='#']"), a => a.getAttribute("href"))
        .filter(href => !document.getElementById(href.slice(1)))
"""


@pytest.fixture(scope="module")
def pages():
    example, plain, crowd = retold.demo(), piles.dossier(), piles.wide(32, 6)
    return {
        "example": page_of(body(example, DESK)),
        "two": page_of(
            body(plain, DESK, "one-"),
            body(crowd, DESK, "two-"),
        ),
        "hostile": page_of(body(piles.hostile(), DESK)),
        "inline": f'{page_of(body(plain))}<p style="color:red">x</p>',
    }


@pytest.fixture(scope="module")
def site(pages):
    with serving(pages) as address:
        yield address


@pytest.fixture
def visit(browser, site):
    """Open a page of the site and, at the end, hold it to silence and to its own files."""
    opened, said = [], []

    def visited(name, *, size=(1280, 900), part="", **options):
        context = window(browser, size, reduced_motion="reduce", **options)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("response", lambda r: said.append(f"{r.status} {r.url}") if not r.ok else None)
        page.on("requestfailed", lambda request: said.append(request.url))
        page.goto(f"{site}/{name}{part}")
        opened.append((page, options.get("java_script_enabled", True)))
        return page

    yield visited
    violations = []
    for page, scripted in opened:
        if scripted:
            settled(page)
        assert page.url.startswith(site)
        violations += page.evaluate("window.violations ?? []")
        page.context.close()
    assert (said, violations) == ([], [])


def test_the_policy_is_in_force_and_what_breaks_it_is_heard(browser, site):
    context = window(browser)
    context.add_init_script(WATCH)
    page = context.new_page()
    with page.expect_console_message(lambda said: "Content Security Policy" in said.text):
        page.goto(f"{site}/inline")
    settled(page)
    assert page.evaluate("window.violations") == ["style-src-attr inline"]
    context.close()


@pytest.mark.parametrize("name", ["example", "two", "hostile"])
def test_it_opens_in_silence_with_ids_of_its_own(visit, name):
    page = visit(name)
    assert page.evaluate("document.documentElement.classList.contains('js')")
    assert page.evaluate("typeof retold") == "object"
    open_all(page)
    for pair in page.locator(".pair").all():
        pair.locator(".show").click()
        expect(pair.locator(".pairs")).to_be_visible()
    assert page.evaluate(CLASHES) == []
    assert page.evaluate(BROKEN) == []
    assert page.evaluate("window.pwned") is None
    for taken in TAKEN:
        assert page.locator(f"[id='{taken}']").count() == 1
    assert page.locator("#v1").inner_text() == "A host"


def test_a_line_of_the_picture_says_why_by_keyboard(visit):
    page = visit("example")
    page.locator(".tree").first.locator("a:not(.edge)").last.focus()
    page.keyboard.press("Tab")
    line = page.locator(".tree a.edge:focus")
    expect(line).to_have_attribute("aria-label", re.compile("^Why: "))
    evidence = page.locator(f"[id='{line.get_attribute('href')[1:]}']")
    assert not evidence.is_visible()
    page.keyboard.press("Enter")
    expect(evidence.locator("q").first).to_be_visible()
    expect(page).to_have_url(re.compile("#told-story-1-why-"))
    place = evidence.locator("a.place").first
    place.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='{place.get_attribute('href')[1:]}']")).to_be_visible()


def test_filters_work_and_their_address_can_be_shared(visit):
    page = visit("example")
    every = page.locator(".count").inner_text()
    page.locator(".by-kind").select_option("figure")
    page.locator(".by-version").select_option("C")
    asked = "#told-story-1-apparatus;change=figure;version=C"
    expect(page).to_have_url(re.compile(f"{re.escape(asked)}$"))
    expect(page.locator(".count")).to_have_text(re.compile(r"^\d+ of \d+ claims"))
    fitting = page.locator(".count").inner_text()
    shared = visit("example", part=asked)
    expect(shared.locator(".count")).to_have_text(fitting)
    shared.locator(".clear").click()
    expect(shared.locator(".count")).to_have_text(every)
    shared.locator(".by-words").fill("no such word anywhere")
    expect(shared.locator(".count")).to_have_text(re.compile("^0 of"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_it_never_scrolls_sideways_and_can_be_read(visit, scheme):
    page = visit("example", size=(360, 780), color_scheme=scheme)
    open_all(page)
    page.locator(".pair .show").click()
    expect(page.locator(".pairs")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator(".filters").is_visible()
    worst = page.evaluate(CONTRAST)
    assert len(worst) > 30
    assert {k: round(v, 2) for k, v in worst.items() if v < 4.5} == {}


def test_rows_open_into_readings_that_lead_to_their_places(visit):
    page = visit("example")
    row = page.locator(".claims > tbody").first
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    link = row.locator(".read a.w").first
    target = link.get_attribute("href")[1:]
    assert re.fullmatch(r"told-v\d+-\d+", target)
    link.click()
    expect(page.locator(f"[id='{target}']")).to_be_visible()


def test_two_pieces_on_one_page_keep_to_themselves(visit):
    page = visit("two")
    one, two = page.locator("#one-story-1"), page.locator("#two-story-1")
    before = two.locator(".count").inner_text()
    one.locator(".by-version").select_option("D")
    expect(one.locator(".count")).to_contain_text(" of ")
    expect(page).to_have_url(re.compile("#one-story-1-apparatus;version=D$"))
    assert two.locator(".count").inner_text() == before
    one.locator("button.compare").first.click()
    expect(one.locator(".pairs")).to_be_visible()
    assert two.locator(".pairs").count() == 0
    two.locator(".compact-box").uncheck()  # readings come from the texts of this very story
    full = two.locator("td .place:has(.full)").first
    expect(full).to_be_visible()
    place = page.locator(f"[id='{full.get_attribute('href')[1:]}']")
    assert full.locator(".full").text_content().startswith(place.text_content())
    assert place.evaluate("(node, id) => node.closest('.story').id === id", "two-story-1")
    two.locator("details.version > summary").nth(2).click()
    letter = two.locator("details.version[open] .from a[aria-label]").first
    expect(letter).to_be_attached()
    other = page.evaluate(
        "id => document.getElementById(id).closest('.version').querySelector('h4').textContent",
        letter.get_attribute("href")[1:],
    )
    assert letter.get_attribute("aria-label") == f"in {other}"


def test_without_scripts_it_can_still_be_read(visit):
    page = visit("example", java_script_enabled=False)
    expect(page.locator(".filters")).not_to_be_visible()
    line = page.locator(".tree a.edge").first
    line.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='{line.get_attribute('href')[1:]}']")).to_be_visible()


def test_names_lead_to_pages_of_the_host(visit, site):
    page = visit("example")
    text = page.locator("details.version").first
    assert text.locator(".headline a").get_attribute("href").startswith("/articles/")
    assert text.locator(".about a[href^='/outlets/']").count() == 1
    assert page.locator(".facts a[href^='/outlets/']").count() > 1
    for scheme in ("javascript:", "data:"):
        assert page.locator(f"a[href^='{scheme}']").count() == 0
