"""The filters of the page in a real headless Chromium, and what the address keeps of them."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ROWS = ":is(.claims, .ones) > tbody:visible"


def test_the_filters_leave_what_fits(show):
    page = show("plain")
    rows = page.locator(ROWS)
    count = page.locator(".count")
    expect(count).to_have_text("7 claims, 1 quotation, 2 figures.")
    expect(rows).to_have_count(5)  # and one of one version only, and one of opinion, folded away
    page.locator(".by-agreement").select_option("singular")
    expect(rows).to_have_count(2)
    page.locator(".by-agreement").select_option("contradicted")
    expect(rows).to_have_count(2)
    expect(count).to_have_text("2 of 7 claims, 1 quotation, 2 figures.")
    page.locator(".by-kind").select_option("hedge")
    expect(rows).to_have_count(1)
    page.locator(".by-agreement").select_option("")
    page.locator(".by-kind").select_option("any")
    expect(count).to_have_text("5 of 7 claims, 1 quotation, 1 of 2 figures.")
    page.locator(".by-kind").select_option("")
    page.locator(".by-words").fill("INFIRMARY")
    expect(page.locator(".count")).to_contain_text("1 of 7 claims, 0 of 1 quotation")
    expect(page.locator(".items p.fits").first).to_contain_text("0 of 1 fit the filters")
    expect(page.locator(".items p.fits").nth(1)).to_contain_text("0 of 2 fit the filters")
    expect(page.locator(".items .fold")).not_to_be_visible()
    page.locator(".clear").click()
    expect(page.locator(".count")).to_have_text(re.compile("^7 claims, 1 quotation, 2 figures.$"))
    expect(page.locator(".items .fold > summary")).to_have_text("1 figure that no version changes")
    expect(rows).to_have_count(6)  # what the words opened stays open
    expect(page.locator(".by-kind")).to_be_focused()
    expect(page.locator(".clear")).not_to_be_visible()


def test_a_version_is_asked_for_alone_and_with_a_change(show):
    page = show("plain")
    page.locator(".by-version").select_option("E")
    expect(page.locator(".count")).to_have_text(re.compile("^3 of 7 claims"))
    expect(page.locator(".claims thead th.on")).to_have_text(re.compile("^E"))
    page.locator(".by-kind").select_option("figure")
    expect(page.locator(".count")).to_have_text(re.compile("^0 of 7 claims"))
    page.locator(".by-version").select_option("D")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator(ROWS).locator(".label")).to_have_text(re.compile("^A crane collapsed"))


def test_possible_changes_are_hidden_said_and_shown(show):
    page = show("unsure")
    row = page.locator(".claims > tbody", has_text="Sundmark Freight postponed").first
    expect(page.locator(".count")).to_contain_text("1 possible change is hidden (under 50 %).")
    expect(row.locator(".many-changes")).to_have_text("1 change")
    expect(row.locator("mark.k-hedge").first).to_have_css(*BARE)
    expect(row.locator("mark.k-negation").first).not_to_have_css(*BARE)
    row.locator("summary").click()
    expect(row.locator(".each > li:visible")).to_have_count(1)
    page.locator(".show-possible").click()
    expect(row.locator(".many-changes")).to_have_text("1 change, 1 possible")
    expect(row.locator(".each > li:visible")).to_have_count(2)
    expect(row.locator(".tag.perhaps:visible")).to_have_text("possible")
    expect(row.locator("mark.k-hedge").first).not_to_have_css(*BARE)
    page.locator(".compact-box").check()
    expect(row.locator(".sym").get_by_text("H?", exact=True).first).to_be_visible()
    page.locator(".by-probability").select_option("2")
    expect(page.locator(".count")).to_contain_text("2 less probable changes are hidden.")
    assert set(row.locator(".sym").all_inner_texts()) <= {"=", "~"}
    expect(row.locator(".many-changes")).to_have_text("Readings and origins")


BARE = ("border-bottom-width", "0px")


def test_without_scripts_possible_changes_are_shown_as_such(show):
    page = show("unsure", java_script_enabled=False)
    expect(page.locator(".apparatus .lead")).to_contain_text("1 of the changes is only possible")
    row = page.locator(".claims > tbody", has_text="Sundmark Freight postponed").first
    assert "hedge?" in row.locator(".tag").all_inner_texts()
    row.locator("summary").click()
    expect(row.locator(".tag.perhaps")).to_have_text("possible")


def test_the_address_keeps_what_was_asked_for(show):
    page = show("unsure")
    page.locator(".by-kind").select_option("any")
    page.locator(".by-version").select_option("D")
    page.locator(".by-probability").select_option("0")
    page.locator(".by-order").select_option("story")
    page.locator(".by-words").fill("postponed; = &")
    expect(page.locator(".count")).to_contain_text("0 of 7 claims")
    asked = (
        "#story-1-apparatus;change=any;version=D;probability=0;words=postponed%3B%20%3D%20%26;"
        "order=story"
    )
    expect(page).to_have_url(re.compile(f"{re.escape(asked)}$"))
    again = show("unsure", part=asked)
    expect(again.locator(".by-version")).to_have_value("D")
    expect(again.locator(".by-words")).to_have_value("postponed; = &")
    expect(again.locator(".count")).to_have_text(page.locator(".count").inner_text())
    again.locator(".clear").click()
    expect(again).to_have_url(re.compile("#story-1-apparatus$"))


def test_a_link_that_is_followed_keeps_the_filters_and_back_brings_them_again(show):
    page = show("plain")
    page.locator(".by-version").select_option("D")
    page.locator(".telling a.place").first.click()
    expect(page).to_have_url(re.compile(r"#v\d+-\d+;version=D$"))
    page.locator(".by-version").select_option("")
    page.go_back()
    expect(page.locator(".count")).to_contain_text("of 7 claims")
    expect(page.locator(".by-version")).to_have_value("D")


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
    expect(page.locator(".count")).to_have_text("7 claims, 1 quotation, 2 figures.")
    expect(page.locator(ROWS)).to_have_count(5)


def test_rows_come_most_telling_first_or_as_in_the_story(show):
    page = show("plain")
    numbers = page.locator(".claims .no")
    expect(numbers).to_have_text(["1", "4", "3", "5", "2"])
    page.locator(".by-order").select_option("story")
    expect(numbers).to_have_text(["1", "2", "3", "4", "5"])
    page.locator(".by-order").select_option("")
    expect(numbers).to_have_text(["1", "4", "3", "5", "2"])


def test_a_link_to_a_filtered_row_shows_it(show):
    page = show("plain")
    page.locator(".by-agreement").select_option("singular")
    expect(page.locator(".claims > tbody:visible")).to_have_count(0)
    page.locator(".telling .go").first.click()
    expect(page.locator(".claims > tbody").first).to_be_visible()
