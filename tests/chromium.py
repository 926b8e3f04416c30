"""What the tests of every page share in a real headless Chromium.

An event that a page hears (a change of its address, a fold that opens) comes in a task of its own,
after the click or key that caused it: what follows an action is therefore asserted with
``playwright.sync_api.expect``, which waits for it. ``Page.wait_for_function`` is of no use here: it
asks again by ``eval``, which the policy of every page forbids, and counts as a breach of it.
"""

from playwright.sync_api import Browser, BrowserContext, Page

PATIENCE = 60_000
"""Milliseconds that a page may take to load, and a browser to start, on a machine that is busy."""
WITHIN = 20_000
"""Milliseconds within which what ``expect`` claims must come true."""
QUIET = """() => new Promise(done =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"""


def window(browser: Browser, size: tuple[int, int] = (1280, 900), **options) -> BrowserContext:
    """Return a new window, ``size`` wide and high in pixels, patient with what loads in it."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
    context.set_default_timeout(PATIENCE)
    return context


def settled(page: Page) -> None:
    """Return once events that wait in a page were heard and two frames of it were drawn.

    It goes before a claim that something did not happen. Where scripts are off nothing can, and
    this would wait for ever.
    """
    page.evaluate(QUIET)


def open_all(page: Page) -> None:
    """Open every fold of a page, and return once the page has done what it does then."""
    page.locator("details").evaluate_all("all => all.forEach(d => { d.open = true; })")
    settled(page)
