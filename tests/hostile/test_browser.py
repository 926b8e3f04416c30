"""Hostile articles in a real browser: nothing of them runs, loads, moves or stretches a page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from retold.web.guard.headers import POLICY
from tests.chromium import settled, window
from tests.hostile.attacks import ATTACKS
from tests.report.conftest import browser
from tests.web.browsing import WIDER, Visits, serving

__all__ = ["browser"]
pytestmark = pytest.mark.browser
WATCH = """
window.breaches = [];
addEventListener("securitypolicyviolation", e => window.breaches.push(e.violatedDirective));
"""
STATE = f"""() => ({{
  taken: window.taken === undefined && document.title !== 'taken' ? null : 'taken',
  breaches: window.breaches, wider: {WIDER}, frames: window.length,
  foreign: document.querySelectorAll('iframe, object, embed, base, #injected, math, img').length,
}})"""
CALM = {"taken": None, "breaches": [], "wider": 0, "frames": 0, "foreign": 0}


@pytest.fixture(scope="module")
def home(hostile_path, tmp_path_factory):
    path = tmp_path_factory.mktemp("browser") / "browser.desk"
    path.write_bytes(hostile_path.read_bytes())
    with serving(path) as address:
        yield address


@pytest.fixture
def page(browser, home):
    """A phone that watches for breaches of the policy; it must stay silent and at home."""
    visits = Visits(browser, home)
    opened = visits.open("/articles", "phone")
    opened.context.add_init_script(WATCH)
    yield opened
    visits.close()


def test_no_article_has_any_effect_on_any_page(page, home, numbers):
    lists = ("/", "/articles", "/outlets", "/decisions", "/feeds", "/runs", "/search?q=sail")
    articles = page.request.get(f"{home}/api/v1/articles?limit=200").json()["items"]
    addresses = [
        *lists,
        "/runs/1",
        *(f"/articles/{row['number']}" for row in articles),
        *(f"/stories/{number}" for number in numbers),
        f"/stories/{numbers[0]}/decide",
        *(f"/search?kind={kind}&q=sail" for kind in ("quotation", "figure", "name")),
    ]
    found = {}
    for address in addresses:
        page.goto(home + address)
        settled(page)
        assert page.url == home + address
        found[address] = page.evaluate(STATE)
    assert found == dict.fromkeys(addresses, CALM)


def test_a_pasted_text_has_none_either(page, home):
    page.goto(f"{home}/seen")
    text = "\n\n".join(attack[:900] for attack in ATTACKS.values())
    for label in ("Text", "Title, if it has one", "Outlet, if you know it"):
        page.get_by_label(label).fill(
            re.sub("[\ud800-\udfff]", "", text)[: 20_000 if label == "Text" else 400]
        )
    with page.expect_navigation() as answer:
        page.get_by_role("button", name="Ask").click()
    assert (answer.value.request.method, answer.value.ok) == ("POST", True)
    expect(page.locator("h1")).to_be_visible()
    settled(page)
    assert page.evaluate(STATE) == CALM


def test_were_markup_to_slip_through_the_policy_would_stop_it(browser, home):
    """What the header is for: every attack, unescaped, on a page that is served with it."""
    context = window(browser)
    slipped = context.new_page()
    context.add_init_script(WATCH)
    left = {"frames", "surrogates"}  # a policy stops no <meta refresh>; halves cannot be served
    body = "\n".join(attack for name, attack in ATTACKS.items() if name not in left)
    slipped.route(
        f"{home}/slipped",
        lambda route: route.fulfill(
            body=f"<!doctype html><title>x</title>{body}",
            content_type="text/html; charset=utf-8",
            headers={"content-security-policy": POLICY},
        ),
    )
    refused = []
    slipped.on("requestfailed", lambda request: refused.append((request.url, request.failure)))
    slipped.goto(f"{home}/slipped")
    settled(slipped)
    state = slipped.evaluate(STATE)
    assert (state["taken"], bool(state["breaches"])) == (None, True)
    assert {why for url, why in refused if "evil.example" in url} <= {"csp", "origin"}
    context.close()
