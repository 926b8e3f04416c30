"""The page in a real headless Chromium, opened from a file."""

import json
import re
import shutil

import pytest

from retold.report.html import render
from tests.report.html import fiction, piles

pytestmark = pytest.mark.browser

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
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield launched
        launched.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    made = {
        "plain": piles.dossier(),
        "hostile": piles.hostile(),
        "wide": piles.wide(),
        "unsure": piles.unsure(),
    }
    found = {}
    for name, dossier in made.items():
        found[name] = folder / f"{name}.html"
        found[name].write_text(render(dossier), encoding="utf-8")
    return found


@pytest.fixture
def show(browser, files):
    """Open a page and, at the end, hold it to silence: no message, no error, no request."""
    contexts, said, asked = [], [], []

    def opened(name, *, size=(1280, 900), part="", **options):
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(files[name].as_uri() + part)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []
    assert {url.partition("#")[0] for url in asked} <= {f.as_uri() for f in files.values()}
    assert len(asked) == len(contexts)


@pytest.mark.parametrize("name", ["plain", "hostile", "wide"])
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


ROWS = ":is(.claims, .ones) > tbody:visible"


def test_the_filters_leave_what_fits(show):
    page = show("plain")
    rows = page.locator(ROWS)
    count = page.locator(".count")
    assert count.inner_text() == "7 claims, 1 quotation, 2 figures."
    assert rows.count() == 5  # and one of one version only, and one of opinion, folded away
    page.locator(".by-agreement").select_option("singular")
    assert rows.count() == 2
    page.locator(".by-agreement").select_option("contradicted")
    assert rows.count() == 2
    assert count.inner_text() == "2 of 7 claims, 1 quotation, 2 figures."
    page.locator(".by-kind").select_option("hedge")
    assert rows.count() == 1
    page.locator(".by-agreement").select_option("")
    page.locator(".by-kind").select_option("any")
    assert count.inner_text() == "5 of 7 claims, 1 quotation, 1 of 2 figures."
    page.locator(".by-kind").select_option("")
    page.locator(".by-words").fill("INFIRMARY")
    page.locator(".count", has_text="1 of 7 claims, 0 of 1 quotation").wait_for()
    assert "0 of 1 fit the filters" in page.locator(".items p.fits").first.inner_text()
    assert "0 of 2 fit the filters" in page.locator(".items p.fits").nth(1).inner_text()
    assert not page.locator(".items .fold").is_visible()
    page.locator(".clear").click()
    page.locator(".count", has_text=re.compile("^7 claims, 1 quotation, 2 figures.$")).wait_for()
    assert page.locator(".items .fold > summary").inner_text() == "1 figure that no version changes"
    assert rows.count() == 6  # what the words opened stays open
    assert page.evaluate("document.activeElement.classList.contains('by-kind')")
    assert not page.locator(".clear").is_visible()


def test_a_version_is_asked_for_alone_and_with_a_change(show):
    page = show("plain")
    page.locator(".by-version").select_option("E")
    assert page.locator(".count").inner_text().startswith("3 of 7 claims")
    assert page.locator(".claims thead th.on").inner_text().startswith("E")
    page.locator(".by-kind").select_option("figure")
    assert page.locator(".count").inner_text().startswith("0 of 7 claims")
    page.locator(".by-version").select_option("D")
    assert page.locator(ROWS).count() == 1
    assert page.locator(ROWS).locator(".label").inner_text().startswith("A crane collapsed")


def test_possible_changes_are_hidden_said_and_shown(show):
    page = show("unsure")
    row = page.locator(".claims > tbody", has_text="Sundmark Freight postponed").first
    assert "1 possible change is hidden (under 50 %)." in page.locator(".count").inner_text()
    assert row.locator(".many-changes").inner_text() == "1 change"
    assert row.locator("mark.k-hedge").first.evaluate(BARE)
    assert not row.locator("mark.k-negation").first.evaluate(BARE)
    row.locator("summary").click()
    assert row.locator(".each > li:visible").count() == 1
    page.locator(".show-possible").click()
    assert row.locator(".many-changes").inner_text() == "1 change, 1 possible"
    assert row.locator(".each > li:visible").count() == 2
    assert row.locator(".tag.perhaps:visible").inner_text() == "possible"
    assert not row.locator("mark.k-hedge").first.evaluate(BARE)
    page.locator(".compact-box").check()
    assert "H?" in row.locator(".sym").all_inner_texts()
    page.locator(".by-probability").select_option("2")
    assert "2 less probable changes are hidden." in page.locator(".count").inner_text()
    assert set(row.locator(".sym").all_inner_texts()) <= {"=", "~"}
    assert row.locator(".many-changes").inner_text() == "Readings and origins"


BARE = "m => getComputedStyle(m).borderBottomWidth === '0px'"


def test_without_scripts_possible_changes_are_shown_as_such(show):
    page = show("unsure", java_script_enabled=False)
    assert "1 of the changes is only possible" in page.locator(".apparatus .lead").inner_text()
    row = page.locator(".claims > tbody", has_text="Sundmark Freight postponed").first
    assert "hedge?" in row.locator(".tag").all_inner_texts()
    row.locator("summary").click()
    assert row.locator(".tag.perhaps").inner_text() == "possible"


def test_the_address_keeps_what_was_asked_for(show):
    page = show("unsure")
    page.locator(".by-kind").select_option("any")
    page.locator(".by-version").select_option("D")
    page.locator(".by-probability").select_option("0")
    page.locator(".by-order").select_option("story")
    page.locator(".by-words").fill("postponed; = &")
    page.locator(".count", has_text="0 of 7 claims").wait_for()
    asked = page.evaluate("location.hash")
    assert asked == (
        "#story-1-apparatus;change=any;version=D;probability=0;words=postponed%3B%20%3D%20%26;"
        "order=story"
    )
    again = show("unsure", part=asked)
    assert again.locator(".by-version").input_value() == "D"
    assert again.locator(".by-words").input_value() == "postponed; = &"
    assert again.locator(".count").inner_text() == page.locator(".count").inner_text()
    again.locator(".clear").click()
    assert again.evaluate("location.hash") == "#story-1-apparatus"


def test_a_link_that_is_followed_keeps_the_filters_and_back_brings_them_again(show):
    page = show("plain")
    page.locator(".by-version").select_option("D")
    page.locator(".telling a.place").first.click()
    assert re.fullmatch(r"#v\d+-\d+;version=D", page.evaluate("location.hash"))
    page.locator(".by-version").select_option("")
    page.go_back()
    page.locator(".count", has_text="of 7 claims").wait_for()
    assert page.locator(".by-version").input_value() == "D"


@pytest.mark.parametrize(
    "part",
    [
        "#story-1-apparatus;change=nonsense;version=%E0%A4%A;order=<img>;unknown=1;words",
        "#%E0%A4%A;version=D",
        "#gone;version=D",
        "#;;;",
    ],
)
def test_an_address_that_asks_for_nonsense_asks_for_nothing(show, part):
    page = show("plain", part=part)
    assert page.locator(".count").inner_text() == "7 claims, 1 quotation, 2 figures."
    assert page.locator(ROWS).count() == 5


def test_rows_come_most_telling_first_or_as_in_the_story(show):
    page = show("plain")
    numbers = page.locator(".claims .no")
    assert numbers.all_inner_texts() == ["1", "4", "3", "5", "2"]
    page.locator(".by-order").select_option("story")
    assert numbers.all_inner_texts() == ["1", "2", "3", "4", "5"]
    page.locator(".by-order").select_option("")
    assert numbers.all_inner_texts() == ["1", "4", "3", "5", "2"]


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


def test_a_link_to_a_filtered_row_shows_it(show):
    page = show("plain")
    page.locator(".by-agreement").select_option("singular")
    assert page.locator(".claims > tbody:visible").count() == 0
    page.locator(".telling .go").first.click()
    assert page.locator(".claims > tbody").first.is_visible()


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


@pytest.mark.parametrize(
    ("name", "width"),
    [("plain", 320), ("hostile", 320), ("wide", 320), ("plain", 768), ("plain", 2560)],
)
def test_the_page_itself_never_scrolls_sideways(show, name, width):
    page = show(name, size=(width, 900))
    page.locator("details").evaluate_all("all => all.forEach(d => { d.open = true; })")
    page.locator(".pair .show").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width == 320 and name != "hostile":
        grid = page.locator(".grid").first
        assert grid.evaluate("g => g.scrollWidth > g.clientWidth")
        assert grid.get_attribute("tabindex") == "0"


CONTRAST = """
() => {
  function channel(v) {
    v /= 255;
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }
  function light(c) {
    return 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  }
  function parse(text) {
    const m = text.match(/[\\d.]+/g).map(Number);
    return m.length === 3 ? [...m, 1] : m;
  }
  function ground(node) {
    for (let n = node; n; n = n.parentElement) {
      const c = parse(getComputedStyle(n).backgroundColor);
      if (c[3] === 1) return c;
    }
    return [255, 255, 255, 1];
  }
  document.querySelectorAll('details').forEach(d => { d.open = true; });
  const worst = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || node.closest('svg, script, style')) continue;
    if (!node.checkVisibility()) continue;
    const a = light(parse(getComputedStyle(node).color)), b = light(ground(node));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const key = node.tagName + '.' + node.className;
    if (!(key in worst) || ratio < worst[key]) worst[key] = ratio;
  }
  return worst;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["plain", "hostile"])
def test_all_text_stands_out_from_its_ground(show, scheme, name):
    page = show(name, color_scheme=scheme)
    worst = page.evaluate(CONTRAST)
    assert len(worst) > 30
    assert {k: round(v, 2) for k, v in worst.items() if v < 4.5} == {}
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (int(re.findall(r"\d+", paper)[0]) < 60) == (scheme == "dark")


def test_colour_is_never_the_only_cue(show):
    page = show("plain")
    lines = page.evaluate(
        "['verbatim', 'near', 'rewrite', 'own'].map(k => {"
        " const s = getComputedStyle(document.querySelector('.legend .p-' + k));"
        " return s.textDecorationLine + ' ' + s.textDecorationStyle; })"
    )
    assert lines == ["underline solid", "underline dashed", "underline dotted", "none solid"]


def test_printed_everything_is_open_and_no_control_is_left(show):
    page = show("plain")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#v5 .body").is_visible()
    assert page.locator(".edges-table table").is_visible()
    for gone in (".controls", ".filters", ".pair", ".skips", ".parts"):
        assert not page.locator(gone).first.is_visible()
    assert page.locator(".count").is_visible()  # what is hidden is said on paper too
    assert page.evaluate("getComputedStyle(document.querySelector('.grid')).maxHeight") == "none"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert not page.locator("#v5 .body").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_without_scripts_a_print_is_open_too(show):
    page = show("plain", java_script_enabled=False)
    page.emulate_media(media="print")
    assert page.locator("#v5 .body").is_visible()


def test_sixty_versions_keep_header_and_first_column_in_sight(show):
    page = show("wide")
    assert page.locator(".compact-box").is_checked()
    grid = page.locator(".grid")
    grid.evaluate("g => { g.scrollLeft = 700; g.scrollTop = 600; }")
    box = grid.bounding_box()
    corner = page.locator(".claims thead .first").bounding_box()
    assert abs(corner["x"] - box["x"]) < 2
    assert abs(corner["y"] - box["y"]) < 2
    page.locator(".compact-box").uncheck()
    assert page.locator(".claims td .full").first.is_visible()
    page.locator(".by-words").fill("barge at Vey")
    page.locator(".count", has_text=re.compile(r"^\d+ of 40 claims")).wait_for()
    assert page.locator("svg.tree rect.node").count() == 60


def test_in_a_crowd_the_readings_come_from_the_texts(show):
    page = show("wide")
    assert page.locator(".claims td .full").count() == 0
    page.locator(".compact-box").uncheck()
    filled = page.evaluate(
        """() => {
          const data = JSON.parse(document.querySelector('.alignment').textContent);
          const rows = Array.from(document.querySelectorAll('.claims > tbody'));
          return rows.map((row, r) => Array.from(row.querySelectorAll('td > .place'), place => [
            place.querySelector('.full').textContent,
            document.getElementById(place.hash.slice(1)).textContent,
            Array.from(place.querySelectorAll('mark'), m => m.textContent),
            place.parentElement.querySelector('.vh').textContent,
          ])).flat(); }"""
    )
    assert len(filled) > 1000
    assert all(there and full.startswith(there) for full, there, _, _ in filled)
    assert all(full.endswith("council.") for full, _, _, _ in filled)
    assert {said for _, _, _, said in filled} == {
        "the same words",
        "in other words",
        "changed: figure",
    }
    assert any(marks for _, _, marks, _ in filled)
    assert all(not marks for _, _, marks, said in filled if said == "the same words")


def test_in_a_crowd_small_letters_get_their_names_when_a_text_opens(show):
    page = show("wide")
    page.locator("#v3 > summary").click()
    page.locator("#v3 .from a[aria-label]").first.wait_for()
    letter = page.locator("#v3 .from a").first
    label = letter.get_attribute("aria-label")
    assert label.startswith(f"in {letter.inner_text()} ")
    assert page.locator("#v3 .cn:not([aria-label])").count() == 0


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


def unpacked(packed):
    """Read base64 VLQ the obvious way: runs of characters that end below 32, in bits."""
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    found, bits = [], ""
    for letter in packed:
        digit = digits.index(letter)
        bits = f"{digit % 32:05b}{bits}"
        if digit < 32:
            found.append(int(bits[:-1], 2) * (-1 if bits[-1] == "1" else 1))
            bits = ""
    assert not bits
    return found


def test_the_alignment_data_name_stretches_inside_the_texts(show):
    page = show("plain")
    data = json.loads(page.locator(".alignment").text_content())
    lengths = page.evaluate(
        "Object.fromEntries(Array.from(document.querySelectorAll('.version'),"
        " v => [v.id.slice(1), v.id]))"
    )
    longest = max(map(len, (fiction.WIRE, fiction.COURIER, fiction.POST)))
    assert data["pairs"]
    for a, b, packed in data["pairs"]:
        assert str(a) in lengths
        assert str(b) in lengths
        flat = unpacked(packed)
        assert sum(flat[0::4]) + sum(flat[1::4]) <= longest
        longer = sum(number // 3 for number in flat[3::4])
        assert sum(flat[1::4]) + sum(flat[2::4]) + longer <= longest
