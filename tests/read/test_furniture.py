"""Site furniture is cut and listed; what only looks like it stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.model import CutKind
from retold.read import from_text
from retold.read.furniture import clear, is_prose, kind_of
from tests.read.pieces import BODY, FIRST, SECOND, THIRD, TITLE

FURNITURE = {
    CutKind.COMMENT_FORM: [
        "Your email address will not be published. Required fields are marked *",
        "Your e-mail address will never be shared.",
        "Leave a Reply",
        "Leave a Reply Cancel reply",
        "Post a comment",
        "Save my name, email, and website in this browser for the next time I comment.",
        "Notify me of new posts by email.",
        "This site uses Akismet to reduce spam. Learn how your comment data is processed.",
        "You must be logged in to post a comment.",
        "Be the first to comment",
        "View all 14 comments",
        "Comments are closed.",
        "3 Comments",
        "Name *",
    ],
    CutKind.THEME_ADVERT: [
        "Plover is a next generation WordPress theme. It’s fast and pretty.",
        "Proudly powered by WordPress | Theme: Plover by Quell Studio.",
        "Theme by Quell Studio",
        "Advertisement",
        "- ADVERTISEMENT -",
        "Story continues below advertisement",
        "Sponsored content",
    ],
    CutKind.READ_ALSO: [
        "Read also: Divers find a second crack in the Quell Bridge",
        "Read More: “We will wait,” says harbour chief",
        "See also",
        "RELATED: Council votes on the money",
        "Related articles",
        "You may also like",
        "Recommended for you",
        "More from the Tarn Post",
        "Most read",
        "Click here to read the full report.",
        "Previous article",
    ],
    CutKind.SHARE_BAR: [
        "Share this:",
        "Share this article",
        "Share on Facebook Share on Twitter",
        "Facebook Twitter WhatsApp Email",
        "FacebookTwitterEmailPrint",
        "Facebook | X | Telegram",
        "Click to share on Twitter (Opens in new window)",
        "Follow us on Facebook and Instagram",
        "Copy link",
    ],
    CutKind.SUBSCRIPTION: [
        "Sign up for our daily newsletter and never miss a tide.",
        "Subscribe to the Tarn Post newsletter",
        "Get the day's top stories delivered to your inbox",
        "Enter your email address",
        "By signing up, you agree to our terms.",
        "Already a subscriber? Log in",
        "Support local journalism: give what you can.",
        "Join our Telegram channel",
        "Download our free app",
        "Subscribe",
    ],
    CutKind.LEGAL: [
        "© 2031 Tarn Post. All rights reserved.",
        "Copyright 2031 by the Tarn Post",
        "All Rights Reserved",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "This website uses cookies to improve your experience. By using it you agree to our "
        "policy.",
        "We use cookies and similar technologies.",
        "By continuing to browse this site, you agree to our use of cookies.",
        "Accept all cookies",
        "Privacy Policy | Terms of Use | Contact",
        "We may earn a commission from links on this page.",
    ],
    CutKind.NAVIGATION: [
        "Skip to main content",
        "Back to top",
        "Home > News > Tarnmouth",
        "Tags: bridge, harbour, Tarnmouth",
        "Filed under: Harbour",
        "4 min read",
        "Image 3 of 12",
        "* * *",
        "more_vert",
        "Toggle navigation",
    ],
}

ARTICLE_TEXT = [
    "Cookies have become the council's latest worry: every visitor to its site is tracked.",
    "This site uses cookies to follow readers from page to page, the watchdog said in its report.",
    "We use cookies everywhere in this kitchen, says baker Odd Brisk, and laughs.",
    "“Share this with your neighbours,” the harbour office told the crowd on the quay.",
    "'Share this article with everyone you know,' she wrote to her readers.",
    "Share this burden, and the town will stand.",
    "Read also the report that the divers wrote in March, which names the welder.",
    "Read more of her letters and you will find the same complaint on every page.",
    "Read more than one page of the report and the numbers no longer add up.",
    "Subscribe to that view, and the whole winter becomes a lie.",
    "Sign up sheets hung in the harbour office until Friday.",
    "Subscribers of the Tarn Post will pay two crowns more from May.",
    "Advertisements for the ferry were taken down on Monday.",
    "Copyright law does not cover bridges, the court in Quell ruled.",
    "All rights reserved to the fishermen in 1911 were sold, the council said, in a single night.",
    "The newsletter that the office sends to 4,000 homes was late.",
    "Follow us, the pilots signalled, but nobody on the ferry saw it.",
    "Comments by the mayor angered the fishermen.",
    "Comment is free, he said.",
    "No comment.",
    "Home is where the ferry lands.",
    "Related by marriage, the two welders never spoke.",
    "Related to this is the matter of the second pier.",
    "Watch the water, the pilots say, and not the clock.",
    "Previous articles of the treaty had named the river.",
    "Your email address will tell them where you live, Orrin warned, and so will your name.",
    "Join the queue early, the ferry company advises, because the last boat leaves at nine.",
    "Get to the harbour before dawn and you will see them at work.",
    "More than 300 people stood on the quay.",
    "More on the crack was expected by nightfall.",
    "Top officials stayed away.",
    "Image is everything in Tarnmouth.",
    "Plover, a next generation ferry, was launched in the rain.",
    "Facebook and X removed the pictures on Tuesday.",
    "Print runs fell by a third.",
    "Tags were found on 40 of the 90 seals.",
    "Today the bridge is shut.",
    "A theme by Brisk ran through the concert.",
    "Terms of the sale were not disclosed.",
    "Privacy was never promised, the company says.",
    "Also on the tour: the bell, the crypt and the pilot's grave, the guides say.",
    "Accept it, she said.",
    "Leave a light on, the pilots ask.",
    "Become a pilot and you will never sleep again, Brisk said.",
]


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line) for kind, lines in FURNITURE.items() for line in lines]
)
def test_furniture_is_told(kind, line):
    assert kind_of(line) is kind
    curly = line.replace("'", "’")
    assert kind_of(curly) is kind
    cleared = clear([FIRST, line, SECOND])
    assert cleared.paragraphs == (FIRST, SECOND)
    assert [(c.kind, c.text) for c in cleared.cuts] == [(kind, line)]


@pytest.mark.parametrize("line", ARTICLE_TEXT)
def test_article_text_stays(line):
    assert kind_of(line) is None
    for paragraphs in ([line], [FIRST, line, SECOND], [line, FIRST], [FIRST, line]):
        assert clear(paragraphs).paragraphs == tuple(paragraphs)


def test_the_end_of_a_page(tmp_path):
    tail = [
        "Share",
        "Facebook",
        "Leave a comment",
        "Your email address will not be published. Required fields are marked *",
        "Related stories",
        "Divers find a second crack",
        "Council to vote on the money",
        "Plover is a next generation WordPress theme. It’s powerful.",
    ]
    article = from_text("\n\n".join((TITLE, BODY, *tail)))
    assert article.text == BODY
    assert [cut.text for cut in article.cuts] == tail


def test_labels_count_at_the_edges_only():
    assert clear(["Politics", FIRST, SECOND, "Print"]).paragraphs == (FIRST, SECOND)
    inside = [FIRST, "Politics", SECOND, "Facebook", THIRD]
    assert clear(inside).paragraphs == tuple(inside)


def test_labels_one_under_the_other_are_a_bar():
    assert clear([FIRST, "Facebook", "Twitter", "Print", SECOND]).paragraphs == (FIRST, SECOND)


def test_labels_that_repeat_are_buttons():
    body = [FIRST, "Listen", SECOND, "Listen", THIRD, "Listen", FIRST]
    assert clear(body).paragraphs == (FIRST, SECOND, THIRD, FIRST)


def test_a_box_of_links_ends_where_sentences_begin():
    page = [
        FIRST,
        "Related stories",
        "Divers find a second crack in the Quell Bridge",
        "Council to vote on the money for repairs",
        SECOND,
        "Pilots warn of ice on the outer harbour",
    ]
    cleared = clear(page)
    assert cleared.paragraphs == (FIRST, SECOND, page[-1])
    assert {cut.kind for cut in cleared.cuts} == {CutKind.READ_ALSO}


def test_a_subhead_after_a_box_stays():
    page = [FIRST, "Read more", "What happens next", SECOND]
    assert clear(page).paragraphs == (FIRST, "What happens next", SECOND)


def test_a_title_or_byline_under_a_head_stays():
    page = ["More", TITLE, "By Odd Brisk", FIRST]
    assert clear(page).paragraphs == (TITLE, "By Odd Brisk", FIRST)
    assert clear(["Analysis: why the bridge failed", FIRST]).paragraphs[0].startswith("Analysis")


def test_furniture_on_the_end_of_the_last_line():
    glued = f"{THIRD} Your email address will not be published. Required fields are marked *"
    cleared = clear([FIRST, glued])
    assert cleared.paragraphs == (FIRST, THIRD)
    assert [c.kind for c in cleared.cuts] == [CutKind.COMMENT_FORM]


def test_long_paragraphs_are_never_furniture():
    assert kind_of("Your email address will not be published. " + FIRST * 3) is None


@given(
    st.lists(st.sampled_from(ARTICLE_TEXT + [x for v in FURNITURE.values() for x in v]), max_size=9)
)
def test_nothing_is_lost(paragraphs):
    cleared = clear(paragraphs)
    kept = list(cleared.paragraphs)
    assert len(kept) + len(cleared.cuts) == len(paragraphs)
    assert sorted([*kept, *(cut.text for cut in cleared.cuts)]) == sorted(paragraphs)


def test_sentences_are_told_from_headlines():
    assert is_prose(FIRST)
    assert is_prose(SECOND)
    assert not is_prose(TITLE)
    assert not is_prose("He left.")
