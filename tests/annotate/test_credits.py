"""Credits in invented articles, and on the seeds where they are."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.annotate.credits import canonical, find_credits, join_credits
from retold.model import Article, Credit, CreditForm, Document, Span, article_id


def credited(text, **fields):
    document = Document(Article("sha256:0", text, **fields))
    return [(c.agency, str(c.form)) for c in find_credits(document)]


@pytest.mark.parametrize(
    ("text", "agency", "form"),
    [
        ("The gate broke, TASS reported on Monday.", "TASS", "reported"),
        ("This order, reported by TASS, says much.", "TASS", "reported"),
        ("According to reports from TASS, the gate broke.", "TASS", "reported"),
        ("According to the Associated Press, the gate broke.", "AP", "reported"),
        ("The gate broke, the state news agency Xinhua said.", "Xinhua", "reported"),
        ("PORT ALMERY (Reuters) - The gate broke.", "Reuters", "dateline"),
        ("PORT ALMERY, March 3 (Reuters) – The gate broke.", "Reuters", "dateline"),
        ("(AFP) — The gate broke.", "AFP", "dateline"),
        ("TARN HOLLOW, Kestria (Meridian) — A gate broke.", "Meridian", "dateline"),
        ("ISK, November 30. /TASS/. The gate broke.", "TASS", "dateline"),
        (
            "This article was first published in the Isk Valley Herald.",
            "Isk Valley Herald",
            "first-published",
        ),
        ("She told the Kestria Observer that it broke.", "Kestria Observer", "told"),
        ("The mayor told the Courier that it broke.", "Courier", "told"),
        ("The Vale Tribune reported that it broke.", "Vale Tribune", "reported"),
        ("With reporting by Interfax.", "Interfax", "reported"),
        ("With reporting by Meridian.", "Meridian", "reported"),
        ("This story first appeared in Meridian.", "Meridian", "first-published"),
        ("The gate broke (via Interfax).", "Interfax", "reported"),
        ("The Associated Press contributed to this report.", "AP", "reported"),
        ("By Nell Ode, Associated Press\n\nThe gate broke.", "AP", "byline"),
        ("The gate broke.\n\n(Photo: Reuters)", "Reuters", "photo"),
        ("Photo by Nell Ode/AFP via Getty Images\n\nIt broke.", "AFP", "photo"),
    ],
)
def test_credits(text, agency, form):
    assert (agency, form) in credited(text)
    assert len(credited(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Reuters is a company with many rooms.",
        "The good news reported here is old. Times change, and the sun said nothing.",
        "Two deaths were reported. The post was lifted.",
        "He told the Harbour Agency that the gate broke.".replace("Agency", "Council"),
        "They met in Daily Square near the Globe.",
        "#TASS @Reuters said nothing",
        "Additional reporting by Nell Ode.",
    ],
)
def test_no_credits(text):
    assert credited(text) == []


def test_the_byline_field_has_no_place_in_the_text():
    document = Document(Article("sha256:0", "The gate broke.", byline="Nell Ode, Reuters"))
    assert find_credits(document) == (Credit(Span("sha256:0", 0, 0), "Reuters", CreditForm.BYLINE),)
    assert credited("It broke.", byline="Nell Ode for the Isk Valley Herald") == [
        ("Isk Valley Herald", "byline")
    ]


def test_an_outlet_does_not_credit_itself():
    text = "“We left,” Quillon told the Courier."
    assert credited(text, outlet="Brannock Courier") == []
    assert credited(text, outlet="Northshore Digest") == [("Courier", "told")]
    assert credited("“We left.”", outlet="The Port Almery Lantern", byline="Lantern staff") == []


def test_aliases_share_one_name():
    assert {canonical(n) for n in ("The Associated Press", "Associated Press", "AP")} == {"AP"}
    assert canonical("the Vale Tribune’s") == "Vale Tribune"


@given(
    st.lists(
        st.sampled_from(
            [
                "TASS",
                "reported",
                "by",
                "the",
                "Vale",
                "Tribune",
                "(",
                ")",
                "—",
                "\n",
                "Photo",
                ":",
                "/",
                "told",
                "first published in",
                "According to",
                "AP",
                "é",
            ]
        ),
        max_size=25,
    )
)
def test_any_text_gives_valid_spans_in_order(words):
    text = " ".join(words)
    found = find_credits(Document(Article("sha256:0", text)))
    assert [c.span for c in found] == sorted(c.span for c in found)
    for credit in found:
        assert 0 <= credit.span.start < credit.span.end <= len(text)
        assert canonical(text[credit.span.start : credit.span.end]) == credit.agency


@pytest.mark.parametrize("pattern", ["the News ", "Reuters reported ", "(A/B", "By ", "via the "])
def test_long_runs_end(pattern):
    find_credits(Document(Article("sha256:0", pattern * 10_000)))


def test_the_seeds_credit_one_agency_twice(seeds):
    found = {
        file.name[:3]: credited(file.read_text(encoding="utf-8"))
        for file in sorted(seeds.glob("*.txt"))
    }
    assert found == {
        "000": [("TASS", "reported")],
        "001": [],
        "002": [],
        "003": [("TASS", "reported")],
        "004": [],
    }
    assert all(re.fullmatch(r"\d{3}", name) for name in found)


def test_a_short_name_joins_the_only_longer_one_of_the_pile() -> None:
    def made(outlet: str, text: str) -> Document:
        article = Article(article_id(text, outlet=outlet), text, outlet=outlet)
        return Document(article)

    def crediting(document: Document, *agencies: str) -> Document:
        span = Span(document.id, 0, 1)
        found = tuple(Credit(span, a, CreditForm.REPORTED) for a in agencies)
        return replace(document, credits=found)

    pile = [
        crediting(made("Brannock Valley Courier", "a"), "Meridian Press Agency"),
        crediting(made("Northshore Digest", "b"), "Courier", "Meridian"),
        crediting(made("The Almery Echo", "c"), "Echo", "Valley"),
        crediting(made("Isk Echo", "d"), "Almery Echo"),
    ]
    joined = join_credits(pile)
    assert [[c.agency for c in d.credits] for d in joined] == [
        ["Meridian Press Agency"],
        ["Brannock Valley Courier", "Meridian Press Agency"],
        ["Echo", "Valley"],
        ["Almery Echo"],
    ]
    assert join_credits(pile[::-1]) == joined[::-1]
