"""The page in a real headless Chromium, opened from a file."""

import re

import pytest
from playwright.sync_api import expect

from tests.chromium import open_all, window

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", ["plain", "hostile", "wide", "large"])
def test_it_opens_from_a_file_in_silence(show, name):
    page = show(name)
    assert page.locator("h1").inner_text() == "Retold"
    assert page.evaluate("document.documentElement.classList.contains('js')")
    assert page.evaluate("getComputedStyle(document.querySelector('.masthead')).display") == "flex"


def test_hostile_text_shows_as_text_and_runs_nothing(show):
    page = show("hostile")
    page.locator(".open-all").click()
    page.locator(".pair .show").click()
    expect(page.locator(".pairs")).to_be_visible()
    open_all(page)
    assert page.evaluate("window.pwned") is None
    body = page.locator("#v1 .body").inner_text()
    for line in (
        "<script>window.pwned = 1</script> The crane fell.",
        '<img src=x onerror="window.pwned = 3">',
        "{{ 7 * 7 }} {% raw %} ${7*7} <%= 7*7 %> -->",
        "&lt;b&gt; &amp;#x3c;",
    ):
        assert line in body
    assert page.locator("#v1 .body .ctl").all_inner_texts() == [
        f"U+{code}"
        for code in ["202E", "202C", "200B", "2066", "2069", "0000", "0001", "FEFF", "00AD", "D800"]
    ]
    assert page.locator(".pairs").inner_text().count("window.pwned = 3") == 2
    assert page.locator("img, iframe, .body svg, .pairs svg").count() == 0
    assert "javascript:window.pwned = 7" in page.locator("#v1 .about").inner_text()
    assert page.locator("a[href^='javascript'], a[href^='data']").count() == 0


def test_a_foreign_script_is_refused_by_the_policy(browser, files, tmp_path):
    """What the policy is for: were markup ever to slip through, it would still not run."""
    slipped = tmp_path / "slipped.html"
    text = files["plain"].read_text(encoding="utf-8")
    evil = (
        "<script>window.pwned = 1</script><img src=x onerror='window.pwned = 2'>"
        "<p style='color:red' id=red>x</p>"
    )
    slipped.write_text(text.replace("</main>", evil + "</main>"), encoding="utf-8")
    context = window(browser)
    page = context.new_page()
    refused = []

    def thrice(message):
        refused.extend([message.text] if "Content Security Policy" in message.text else [])
        return len(refused) == 3

    with page.expect_console_message(thrice):
        page.goto(slipped.as_uri())
    assert page.evaluate("window.pwned") is None
    assert (
        page.evaluate("getComputedStyle(document.querySelector('#red')).color") != "rgb(255, 0, 0)"
    )
    context.close()


def test_a_reading_leads_to_its_place_in_the_text(show):
    page = show("plain")
    row = page.locator(".claims > tbody", has_text="Sundmark Freight postponed an inspection").first
    cell = row.locator("tr").first.locator("td").nth(3).locator("a.place")
    target = cell.get_attribute("href")[1:]
    assert not page.locator(f"[id='{target}']").is_visible()
    cell.click()
    place = page.locator(f"[id='{target}']")
    expect(place).to_be_visible()
    assert place.inner_text().startswith("The owners, Sundmark")
    expect(place).to_be_in_viewport(ratio=1)


def test_a_shared_link_opens_its_version(show):
    page = show("plain")
    target = page.locator("#v4 .p").first.get_attribute("id")
    page = show("plain", part=f"#{target}")
    expect(page.locator("#v4")).to_have_js_property("open", True)


def test_the_basic_reading_works_without_scripts(show):
    page = show("plain", java_script_enabled=False)
    assert page.locator(".claims").first.is_visible()
    page.locator(".fold > summary").first.click()
    expect(page.locator(".fold .ones").first).to_be_visible()
    expect(page.locator(".pair")).not_to_be_visible()
    expect(page.locator(".by-kind")).not_to_be_visible()
    page.locator("#v2 > summary").click()
    expect(page.locator("#v2 .body")).to_contain_text(
        "Families of the injured", use_inner_text=True
    )
    link = page.locator(".telling a.place").nth(1)
    target = link.get_attribute("href")[1:]
    link.click()
    expect(page.locator(f"[id='{target}']")).to_be_visible()
    expect(page.locator(".claims td .full").first).to_be_visible()
    page.locator(".compact-box").check()
    expect(page.locator(".claims td .full").first).not_to_be_visible()


def test_two_versions_stand_side_by_side_by_keyboard(show):
    page = show("plain")
    page.locator(".pair .left").focus()
    page.keyboard.type("A")
    page.keyboard.press("Tab")
    expect(page.locator(".pair .right")).to_be_focused()
    page.keyboard.type("D")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show side by side", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    table = page.locator(".pairs")
    expect(table.locator("thead th")).to_have_text(["A Meridian Wire", "D The Tidewater Post"])
    expect(page.locator(".pair .status")).to_have_text("4 passages correspond.")
    row = table.locator("tr", has_text="reportedly postponed")
    assert row.locator("td").nth(0).locator("mark").all_inner_texts() == ["reportedly"]
    assert row.locator("td").nth(1).locator("mark").count() == 0
    assert "nearly the same" in row.inner_text()
    page.keyboard.press("Tab")
    expect(page.locator(".pair .swap")).to_be_focused()
    page.keyboard.press("Enter")
    expect(table.locator("thead th").first).to_have_text("D The Tidewater Post")


@pytest.mark.parametrize(("left", "right"), [(1, 2), (4, 6), (5, 1), (3, 7)])
def test_side_by_side_drops_no_word_of_either_version(show, left, right):
    page = show("plain")
    page.locator(".pair .left").select_option(f"v{left}")
    page.locator(".pair .right").select_option(f"v{right}")
    page.locator(".pair .show").click()
    expect(page.locator(".pairs")).to_be_visible()
    for column, version in enumerate((left, right)):
        shown = page.evaluate(
            """column => Array.from(document.querySelectorAll('.pairs tbody tr'), row => {
                 const cell = row.cells[column].cloneNode(true);
                 cell.querySelectorAll('.hint, .vh').forEach(n => n.remove());
                 return cell.textContent; }).join(' ')""",
            column,
        )
        whole = page.evaluate(
            "v => Array.from(document.querySelectorAll('#v' + v + ' .body .p'),"
            " n => n.textContent).join(' ')",
            version,
        )
        assert sorted(re.findall(r"\w+", shown)) == sorted(re.findall(r"\w+", whole))


def test_kin_open_side_by_side(show):
    page = show("plain")
    page.locator("button.compare").nth(1).click()
    heading = page.get_by_role("heading", name="Two versions side by side", exact=True)
    expect(heading).to_be_focused()
    expect(page.locator(".pairs tbody tr").nth(3)).to_be_visible()


def test_a_line_shows_its_runner_up_and_opens_its_evidence_by_keyboard(show):
    page = show("plain")
    line = page.locator(".tree a.edge:has(.e-rival)").first
    rival = line.locator(".e-rival")
    assert not rival.is_visible()
    line.focus()
    expect(rival).to_have_css("visibility", "visible")
    page.keyboard.press("Enter")
    expect(page.locator(line.get_attribute("href"))).to_be_visible()
    page.locator(".edges-table .compare").first.click()
    expect(page.locator(".pair .out").first).not_to_be_empty()


def test_without_scripts_a_line_opens_its_evidence_too(show):
    page = show("plain", java_script_enabled=False)
    line = page.locator(".tree a.edge").first
    line.focus()
    page.keyboard.press("Enter")
    expect(page.locator(line.get_attribute("href"))).to_be_visible()


def test_a_stemma_of_very_many_fits_a_page_and_its_bundles_open_by_keyboard(show):
    page = show("large")
    tree = page.locator(".tree").first
    assert 10 < tree.locator("rect.node").count() <= 30
    size = tree.bounding_box()
    assert size["height"] < 1200
    bundle = tree.locator("a:has(.behind)").first
    held = bundle.get_attribute("aria-label")
    opened = page.locator(bundle.get_attribute("href"))
    expect(opened.locator(".tree")).not_to_be_visible()
    bundle.focus()
    page.keyboard.press("Enter")
    expect(opened.locator(".tree")).to_be_visible()
    assert held.startswith(opened.locator("summary").inner_text())
    sigla = held.rpartition(": ")[2].split(", ")
    drawn = opened.locator(".tree .sig").all_text_contents()
    assert set(sigla) <= set(drawn)
    line = opened.locator("a.edge").first
    line.focus()
    page.keyboard.press("Enter")
    expect(page.locator(line.get_attribute("href"))).to_be_visible()


def test_a_row_opens_into_its_sentences_in_context(show):
    page = show("plain")
    row = page.locator(".claims > tbody").first
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    first = row.locator(".each > li").first
    sides = first.locator(".side")
    expect(row.locator(".read > li")).to_have_count(6)
    assert [s.split("\n")[0] for s in sides.all_inner_texts()] == [
        "A Meridian Wire, earlier",
        "D The Tidewater Post, later",
    ]
    assert sides.locator("mark").all_inner_texts() == ["17", "Seventy-one"]
    assert sides.nth(0).locator(".ctx").inner_text().startswith("QUELLMAR, March 3")
    read = row.locator(".read > li")
    assert [a.split(" ")[0] for a in read.locator("a.w").all_inner_texts()].count("A") == 1
    wordings = [" ".join(t.split()) for t in read.locator(".ctx").all_inner_texts()]
    assert any("71 workers were wounded" in w for w in wordings)
    target = read.locator("a.w").first.get_attribute("href")[1:]
    assert page.locator(f"[id='{target}']").count() == 1


def test_arrow_keys_go_from_reading_to_reading(show):
    page = show("plain")
    rows = page.locator(".claims > tbody")
    rows.first.locator("td a").nth(1).focus()
    for key, claim, place in (
        ("Right", "1", "td:nth-child(4) a"),
        ("Down", "1", "summary"),
        ("Down", "4", "td:nth-child(3) a"),
        ("Down", "4", "summary"),
        ("Down", "3", "a"),
        ("Up", "4", "summary"),
        ("Left", "4", "summary"),
    ):
        page.keyboard.press(f"Arrow{key}")
        expect(page.locator(f".claims > tbody[data-n='{claim}'] :focus")).to_have_count(1)
        assert page.evaluate("s => document.activeElement.matches(s)", place)
    page.keyboard.press("Enter")
    expect(rows.nth(1).locator("details.changes")).to_have_attribute("open", "")


def test_opinion_stands_apart_from_what_is_reported(show):
    page = show("plain")
    folds = page.locator(".apparatus .fold > summary")
    assert folds.all_inner_texts() == [
        "1 claim that only one version makes",
        "1 statement of opinion, outlook or scene: nothing that could be checked",
    ]
    folds.nth(1).click()
    opinion = page.locator(".fold").nth(1).locator("tbody")
    expect(opinion).to_be_visible()
    expect(opinion).to_contain_text("verdict", use_inner_text=True)
    assert "verdict" not in page.locator(".claims").inner_text()


def test_the_skip_link_is_the_first_stop_and_can_be_seen(show):
    page = show("plain")
    page.keyboard.press("Tab")
    link = page.locator("a:focus")
    expect(link).to_have_text("Skip to the stories")
    expect(link).to_be_in_viewport(ratio=1)
    expect(link).to_have_css("outline-style", "solid")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_assistive_technology_finds_the_parts_by_role_and_name(show):
    page = show("plain")
    for role, name in (
        ("heading", "Retold"),
        ("heading", "Crane collapses at port of Quellmar, injuring 17"),
        ("navigation", "Parts of the story"),
        ("combobox", "Agreement"),
        ("combobox", "Left"),
        ("searchbox", "Words"),
        ("checkbox", "Compact: symbols only"),
        ("button", "Show side by side"),
        ("region", "The apparatus, a table"),
        ("region", "The stemma as a picture"),
        ("columnheader", "A Meridian Wire"),
        ("rowheader", re.compile("The crane carried about 40 tonnes")),
        ("link", re.compile(r"^A \(Meridian Wire\), 3 March 2031")),
        ("link", "claim 4"),
    ):
        assert page.get_by_role(role, name=name, exact=isinstance(name, str)).count() >= 1, name
    for landmark in ("banner", "main", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1
    nameless = re.compile(r'^\s*- (button|link|combobox|searchbox|checkbox)( ""|:)', re.MULTILINE)
    assert nameless.findall(page.locator("body").aria_snapshot()) == []
