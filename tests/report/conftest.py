"""A real headless Chromium, for the tests of every page."""

import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.chromium import PATIENCE, WITHIN, settled, window

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (looked for chromium and google-chrome)")
    expect.set_options(timeout=WITHIN)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS, timeout=PATIENCE)
        yield launched
        launched.close()


@pytest.fixture
def show(browser, files):
    """Open a page and, at the end, hold it to silence: no message, no error, no request."""
    pages, said, asked = [], [], []

    def opened(name, *, size=(1280, 900), part="", **options):
        page = window(browser, size, reduced_motion="reduce", **options).new_page()
        pages.append((page, options.get("java_script_enabled", True)))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(files[name].as_uri() + part)
        return page

    yield opened
    for page, scripted in pages:
        if scripted:
            settled(page)
        page.context.close()
    assert said == []
    assert {url.partition("#")[0] for url in asked} <= {f.as_uri() for f in files.values()}
    assert len(asked) == len(pages)
