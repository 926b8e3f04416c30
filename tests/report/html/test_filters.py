"""The filters of the page in a real headless Chromium, and what the address keeps of them."""

import re

import pytest

pytestmark = pytest.mark.browser

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


def test_a_link_to_a_filtered_row_shows_it(show):
    page = show("plain")
    page.locator(".by-agreement").select_option("singular")
    assert page.locator(".claims > tbody:visible").count() == 0
    page.locator(".telling .go").first.click()
    assert page.locator(".claims > tbody").first.is_visible()
