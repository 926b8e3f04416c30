"""Every page by keyboard and as axe-core sees it: light and dark, on a desk and on a phone."""

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from retold.desk import Desk
from retold.desk.people import People, Role
from retold.desk.values import Decision, DecisionKind
from tests.chromium import open_all
from tests.report.conftest import browser
from tests.web import hostile
from tests.web.browsing import WIDER, Visits, serving
from tests.web.conftest import TOKEN

__all__ = ["browser"]
pytestmark = pytest.mark.browser
SEVERE = {"serious", "critical"}
MOST_TABS = 40
FOCUS = """() => {
  const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
  return {
    tag: e.tagName, name: (e.getAttribute('aria-label') || e.textContent || e.name || '').trim(),
    ring: (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none',
    seen: r.width > 0 && r.height > 0 && r.right > 0 && r.left < innerWidth && r.bottom > 0,
  };
}"""


@pytest.fixture(scope="module")
def story(stock):
    """The number of the example's story."""
    with Desk.open(stock) as desk:
        return desk.stories().items[0].number


@pytest.fixture(scope="module")
def home(stock, story, tmp_path_factory):
    """The example's desk, with decisions, feeds and hostile articles, served for a browser."""
    path = tmp_path_factory.mktemp("access") / "access.desk"
    path.write_bytes(stock.read_bytes())
    with Desk.open(path) as desk:
        desk.add(hostile.articles()[:3], "hostile")
        first, second = (row.id for row in desk.versions(story)[:2])
        desk.decide(Decision(DecisionKind.NOTE, (first,), note="Ask the keeper."), "Edda")
        made = desk.decide(Decision(DecisionKind.NOT_DERIVED, (first, second)), "Edda")
        desk.undo(made.number, "Oswin")
        desk.add_feed("https://quell-bell.example/feed")
    with serving(path) as address:
        yield address


@pytest.fixture(scope="module")
def named(stock, story):
    """What the addresses of pages name."""
    with Desk.open(stock) as desk:
        claims = desk.dossier(story).stories[0].apparatus.claims
        pair = desk.carried().items[0]
        return {
            "story": story,
            "lone": next(n for n in range(1, 9) if desk.story(n).versions == 1),
            "claim": next(c.id for c in claims if len(c.readings) > 1),
            "outlet": quote(pair.outlet),
            "source": quote(pair.source),
        }


@pytest.fixture
def visit(browser, home):
    visits = Visits(browser, home)
    yield visits.open
    visits.close()


PAGES = (
    "/",
    "/stories/{story}",
    "/stories/{story}/decide?claim={claim}",
    "/stories/{lone}",
    "/articles",
    "/articles/1",
    "/outlets",
    "/outlet?name={outlet}",
    "/outlets/carried",
    "/outlets/carried?outlet={outlet}&source={source}",
    "/search?q=Brannock",
    "/search?q=dam&kind=quotation",
    "/seen",
    "/compare?article=1&article=2",
    "/decisions",
    "/feeds",
    "/runs",
    "/runs/1",
)
ELSEWHERE = {"runOnly": ["color-contrast", "scrollable-region-focusable", "target-size"]}
"""What may be otherwise in the dark and on a phone; the rest is the same elements."""


def findings(page, options=None, context=None):
    """Return what axe-core finds of weight, each with the first elements that it finds it of."""
    open_all(page)  # a row's readings are written when it opens: they are looked at too
    expect(page.locator(".js tbody details.changes[open]:not(:has(.read))")).to_have_count(0)
    found = Axe().run(page, context, options={"resultTypes": ["violations"], **(options or {})})
    return [
        (each["id"], each["impact"], [node["html"][:150] for node in each["nodes"][:3]])
        for each in found.response["violations"]
        if each["impact"] in SEVERE
    ]


@pytest.mark.parametrize(
    ("size", "scheme", "options"), [("desk", "light", None), ("phone", "dark", ELSEWHERE)]
)
def test_axe_finds_nothing_serious_on_any_page(visit, home, named, size, scheme, options):
    page = visit("/", size, color_scheme=scheme)
    found = {}
    for path in PAGES:
        page.goto(home + path.format(**named))
        found[path] = (findings(page, options), page.evaluate(WIDER))
    assert found == dict.fromkeys(PAGES, ([], 0))


def test_axe_finds_nothing_serious_in_what_forms_answer(visit, home, story):
    page = visit("/seen")
    page.get_by_label("Text").fill(
        page.request.get(f"{home}/api/v1/articles/1/value").json()["text"]
    )
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("h1")).to_contain_text("Yes")
    page.wait_for_load_state()
    seen = findings(page)
    page.goto(f"{home}/compare?article=1&article=2")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator("article.story")).to_be_visible()
    page.wait_for_load_state()
    around = {"exclude": [["article.story"]]}  # it is that of a story's page
    assert (seen, findings(page, context=around)) == ([], [])


@pytest.mark.parametrize(("size", "scheme"), [("desk", "light"), ("phone", "dark")])
def test_axe_finds_nothing_serious_before_the_door(browser, tmp_path, size, scheme):
    """The page to log in at, what it says to a wrong token, and an error."""
    path = tmp_path / "door.desk"
    with Desk.open(path) as desk:
        desk.add(hostile.articles()[:1], "hostile")
        People(desk.database).add("Edda", Role.EDITOR, "a long enough password")
    with serving(path, token=TOKEN) as home:
        visits = Visits(browser, home)
        page = visits.open("/articles/1", size, color_scheme=scheme)
        expect(page).to_have_url(f"{home}/login?next=%2Farticles%2F1")
        found = [(findings(page), page.evaluate(WIDER))]
        for token, status in (("a token that is another", 403), (TOKEN, 200)):
            page.get_by_label("token").fill(token)
            with page.expect_navigation() as answer:
                page.get_by_role("button", name="Log in").press("Enter")
            assert answer.value.status == status
            found.append((findings(page), page.evaluate(WIDER)))
        expect(page).to_have_url(f"{home}/articles/1")
        expect(page.get_by_role("button", name="Log out")).to_be_visible()
        assert page.goto(f"{home}/articles/999").status == 404
        found.append((findings(page), page.evaluate(WIDER)))
        assert found == [([], 0)] * 4
        refusals = [said for said in visits.said if "403" in said or "404" in said]
        visits.said = [said for said in visits.said if said not in refusals]
        visits.close()


def test_the_keyboard_reaches_everything_and_shows_where_it_is(visit):
    page = visit("/articles")
    names = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        assert at["ring"], at
        assert at["seen"], at
        names.append(at["name"])
    assert names[0] == "Skip to the content"
    wanted = ("Retold", "Stories", "Feeds", "q", "Search", "Last to arrive")
    assert [names.index(name) for name in wanted] == sorted(map(names.index, wanted))


def test_paste_search_open_decide_and_undo_with_keys_alone(visit, home, story):
    page = visit("/")
    press = page.keyboard.press

    def go(name):
        """Tab on until what has this name has the focus, and shows it."""
        for _ in range(400):
            press("Tab")
            at = page.evaluate(FOCUS)
            if at["name"].startswith(name):
                assert at["ring"], at
                return
        raise AssertionError(f"the keyboard does not reach {name}")

    def past_the_masthead():
        press("Tab")
        press("Enter")
        expect(page.locator("#main")).to_be_focused()

    go("Seen before?")
    press("Enter")
    page.wait_for_url("**/seen")
    past_the_masthead()
    go("text")
    text = page.request.get(f"{home}/api/v1/articles/1/value").json()["text"]
    page.keyboard.insert_text(text)
    go("Ask")
    press("Enter")
    expect(page.locator("h1")).to_contain_text(f"Yes: it belongs to story {story}")
    page.wait_for_load_state()
    go("q")
    page.keyboard.type("spillway")
    press("Enter")
    page.wait_for_url("**/search?q=spillway")
    title = page.locator("main h2 a").first.inner_text()
    past_the_masthead()
    go(title)
    press("Enter")
    page.wait_for_url("**/articles/*")
    expect(page.locator("h1")).to_have_text(title)
    go("Story ")
    press("Enter")
    page.wait_for_url(f"**/stories/{story}")
    go("Decide")
    press("Enter")
    page.wait_for_url("**/decide")
    go("note")
    page.keyboard.type("Read once more.")
    press("Tab")
    expect(page.get_by_role("button", name="Keep the note")).to_be_focused()
    press("Enter")
    page.wait_for_url("**#decided")
    expect(page.locator("#decided li").first).to_contain_text("Read once more.")
    go("Undo")
    press("Enter")
    expect(page.locator("#decided li:first-child.undone")).to_contain_text("undone by local")
