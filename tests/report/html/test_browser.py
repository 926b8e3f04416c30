"""The page in a real headless Chromium, opened from a file."""

import re

import pytest

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
    page.locator("details").evaluate_all("all => all.forEach(d => { d.open = true; })")
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
    context = browser.new_context()
    page = context.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(slipped.as_uri())
    assert page.evaluate("window.pwned") is None
    assert (
        page.evaluate("getComputedStyle(document.querySelector('#red')).color") != "rgb(255, 0, 0)"
    )
    assert len([r for r in refused if "Content Security Policy" in r]) >= 3
    context.close()


def test_a_reading_leads_to_its_place_in_the_text(show):
    page = show("plain")
    row = page.locator(".claims > tbody", has_text="Sundmark Freight postponed an inspection").first
    cell = row.locator("tr").first.locator("td").nth(3).locator("a.place")
    target = cell.get_attribute("href")[1:]
    assert not page.locator(f"[id='{target}']").is_visible()
    cell.click()
    place = page.locator(f"[id='{target}']")
    assert place.is_visible()
    assert place.inner_text().startswith("The owners, Sundmark")
    assert page.evaluate(
        "id => { const b = document.getElementById(id).getBoundingClientRect();"
        " return b.top >= 0 && b.bottom <= innerHeight; }",
        target,
    )


def test_a_shared_link_opens_its_version(show):
    page = show("plain")
    target = page.locator("#v4 .p").first.get_attribute("id")
    page = show("plain", part=f"#{target}")
    assert page.locator("#v4").evaluate("d => d.open")


def test_the_basic_reading_works_without_scripts(show):
    page = show("plain", java_script_enabled=False)
    assert page.locator(".claims").first.is_visible()
    page.locator(".fold > summary").first.click()
    assert page.locator(".fold .ones").first.is_visible()
    assert not page.locator(".pair").is_visible()
    assert not page.locator(".by-kind").is_visible()
    page.locator("#v2 > summary").click()
    assert "Families of the injured" in page.locator("#v2 .body").inner_text()
    link = page.locator(".telling a.place").nth(1)
    target = link.get_attribute("href")[1:]
    link.click()
    assert page.locator(f"[id='{target}']").is_visible()
    page.locator(".compact-box").check()
    assert not page.locator(".claims td .full").first.is_visible()


def test_two_versions_stand_side_by_side_by_keyboard(show):
    page = show("plain")
    page.locator(".pair .left").focus()
    page.keyboard.type("A")
    page.keyboard.press("Tab")
    page.keyboard.type("D")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Show side by side"
    page.keyboard.press("Enter")
    table = page.locator(".pairs")
    assert table.locator("thead th").all_inner_texts() == [
        "A Meridian Wire",
        "D The Tidewater Post",
    ]
    assert page.locator(".pair .status").inner_text() == "4 passages correspond."
    row = table.locator("tr", has_text="reportedly postponed")
    assert row.locator("td").nth(0).locator("mark").all_inner_texts() == ["reportedly"]
    assert row.locator("td").nth(1).locator("mark").count() == 0
    assert "nearly the same" in row.inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert table.locator("thead th").first.inner_text() == "D The Tidewater Post"


@pytest.mark.parametrize(("left", "right"), [(1, 2), (4, 6), (5, 1), (3, 7)])
def test_side_by_side_drops_no_word_of_either_version(show, left, right):
    page = show("plain")
    page.locator(".pair .left").select_option(f"v{left}")
    page.locator(".pair .right").select_option(f"v{right}")
    page.locator(".pair .show").click()
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
    assert page.evaluate("document.activeElement.textContent") == "Two versions side by side"
    assert page.locator(".pairs tbody tr").count() > 3


def test_a_line_shows_its_runner_up_and_opens_its_evidence_by_keyboard(show):
    page = show("plain")
    line = page.locator(".tree a.edge:has(.e-rival)").first
    rival = line.locator(".e-rival")
    assert not rival.is_visible()
    line.focus()
    assert rival.evaluate("node => getComputedStyle(node).visibility") == "visible"
    page.keyboard.press("Enter")
    assert page.locator(line.get_attribute("href")).is_visible()
    page.locator(".edges-table .compare").first.click()
    assert page.locator(".pair .out").first.inner_text()


def test_without_scripts_a_line_opens_its_evidence_too(show):
    page = show("plain", java_script_enabled=False)
    line = page.locator(".tree a.edge").first
    line.focus()
    page.keyboard.press("Enter")
    assert page.locator(line.get_attribute("href")).is_visible()


def test_a_stemma_of_very_many_fits_a_page_and_its_bundles_open_by_keyboard(show):
    page = show("large")
    tree = page.locator(".tree").first
    assert 10 < tree.locator("rect.node").count() <= 30
    size = tree.bounding_box()
    assert size["height"] < 1200
    bundle = tree.locator("a:has(.behind)").first
    held = bundle.get_attribute("aria-label")
    opened = page.locator(bundle.get_attribute("href"))
    assert not opened.locator(".tree").is_visible()
    bundle.focus()
    page.keyboard.press("Enter")
    assert opened.locator(".tree").is_visible()
    assert held.startswith(opened.locator("summary").inner_text())
    sigla = held.rpartition(": ")[2].split(", ")
    drawn = opened.locator(".tree .sig").all_text_contents()
    assert set(sigla) <= set(drawn)
    line = opened.locator("a.edge").first
    line.focus()
    page.keyboard.press("Enter")
    assert page.locator(line.get_attribute("href")).is_visible()


def test_a_row_opens_into_its_sentences_in_context(show):
    page = show("plain")
    row = page.locator(".claims > tbody").first
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    first = row.locator(".each > li").first
    sides = first.locator(".side")
    assert [s.split("\n")[0] for s in sides.all_inner_texts()] == [
        "A Meridian Wire, earlier",
        "D The Tidewater Post, later",
    ]
    assert sides.locator("mark").all_inner_texts() == ["17", "Seventy-one"]
    assert sides.nth(0).locator(".ctx").inner_text().startswith("QUELLMAR, March 3")
    read = row.locator(".read > li")
    assert read.count() == 6
    assert [a.split(" ")[0] for a in read.locator("a.w").all_inner_texts()].count("A") == 1
    wordings = [" ".join(t.split()) for t in read.locator(".ctx").all_inner_texts()]
    assert any("71 workers were wounded" in w for w in wordings)
    target = read.locator("a.w").first.get_attribute("href")[1:]
    assert page.locator(f"[id='{target}']").count() == 1


def test_arrow_keys_go_from_reading_to_reading(show):
    page = show("plain")
    first = page.locator(".claims > tbody").first
    first.locator("td a").nth(1).focus()
    at = """() => { const e = document.activeElement, row = e.closest('tbody');
        return [row.dataset.n, e.tagName === 'SUMMARY' ? 'open' : e.closest('td').cellIndex]; }"""
    walked = []
    for key in ("Right", "Down", "Down", "Down", "Down", "Up", "Left"):
        page.keyboard.press(f"Arrow{key}")
        walked.append(page.evaluate(at))
    assert walked[:4] == [["1", 3], ["1", "open"], ["4", 2], ["4", "open"]]
    assert walked[5] == ["4", "open"]
    page.keyboard.press("Enter")
    assert (
        page.locator(".claims > tbody").nth(1).locator("details.changes").get_attribute("open")
        == ""
    )


def test_opinion_stands_apart_from_what_is_reported(show):
    page = show("plain")
    folds = page.locator(".apparatus .fold > summary")
    assert folds.all_inner_texts() == [
        "1 claim that only one version makes",
        "1 statement of opinion, outlook or scene: nothing that could be checked",
    ]
    folds.nth(1).click()
    assert "verdict" in page.locator(".fold").nth(1).locator("tbody").inner_text()
    assert "verdict" not in page.locator(".claims").inner_text()


def test_the_skip_link_is_the_first_stop_and_can_be_seen(show):
    page = show("plain")
    page.keyboard.press("Tab")
    focused = page.evaluate(
        "(() => { const e = document.activeElement, b = e.getBoundingClientRect(),"
        " s = getComputedStyle(e); return [e.textContent, b.top >= 0, s.outlineStyle]; })()"
    )
    assert focused == ["Skip to the stories", True, "solid"]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


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
