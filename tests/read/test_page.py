# ruff: noqa: E501 - the pieces stand together, so that they can be read
"""Web pages: text, fields, furniture, hostility."""

import json
from datetime import UTC, datetime

import pytest

from retold.config import ReadConfig
from retold.model import CutKind, Reason
from retold.read.fields import Raw
from retold.read.page import fragment_text, read_page
from tests.read.pieces import BODY, FIRST, SECOND, THIRD, TITLE, one, refused

AT = datetime(2031, 2, 3, 6, 15, tzinfo=UTC)
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Other"},
        {
            "@type": ["NewsArticle"],
            "headline": TITLE,
            "datePublished": "2031-02-03T07:15:00+01:00",
            "author": [{"@type": "Person", "name": "Odd Brisk"}, {"name": "Ilsabet Orrin"}],
            "publisher": {"@type": "Organization", "name": "Tarn Post"},
        },
    ],
}
PARAGRAPHS = "".join(f"<p>{p}</p>\n" for p in BODY.split("\n\n"))
FURNITURE = """
<section id="comments"><h3>Leave a Reply</h3><form>
<p>Your email address will not be published. Required fields are marked *</p><label>Name *</label>
</form></section><aside><h3>Related articles</h3><ul><li><a>Council votes</a></li></ul></aside>
<footer><p>© 2031 Tarn Post. All rights reserved.</p>
<p>Plover is a next generation WordPress theme. It is pretty.</p></footer>"""


def page(head="", body=f"<article><h1>{TITLE}</h1>{PARAGRAPHS}</article>", tail=FURNITURE):
    return f"<!doctype html><html><head>{head}</head><body>{body}{tail}</body></html>"


def write(tmp_path, text, name="a.html"):
    path = tmp_path / name
    path.write_text(text)
    return path


def test_a_page_with_linked_data(tmp_path):
    head = (
        f"<title>{TITLE} | Tarn Post</title><script type='application/ld+json'>{json.dumps(LINKED)}"
        "</script><link rel='canonical' href='https://tarnpost.example/quell'>"
    )
    article = one(write(tmp_path, page(head)))
    assert (article.title, article.text, article.outlet) == (TITLE, BODY, "Tarn Post")
    assert article.byline == "Odd Brisk, Ilsabet Orrin"
    assert article.url == "https://tarnpost.example/quell"
    assert (article.published, article.published_source) == (AT, "html-metadata")
    assert article.extractor.startswith("trafilatura ")
    assert article.remarks == ()


def test_a_page_with_meta_tags(tmp_path):
    head = (
        f"<meta property='og:title' content='{TITLE} – Tarn Post'>"
        "<meta property='og:site_name' content='Tarn Post'><meta name='author' content='Odd Brisk'>"
        "<meta property='article:published_time' content='2031-02-03T06:15:00Z'>"
        "<meta property='og:url' content='https://tarnpost.example/quell'>"
    )
    article = one(write(tmp_path, page(head)))
    assert (article.title, article.text, article.outlet) == (TITLE, BODY, "Tarn Post")
    assert (article.byline, article.url, article.published) == (
        "Odd Brisk",
        "https://tarnpost.example/quell",
        AT,
    )


def test_a_page_that_says_nothing_of_itself(tmp_path):
    article = one(write(tmp_path, page()))
    assert (article.title, article.text) == (TITLE, BODY)
    assert (article.published, article.published_source, article.outlet) == (None, "", "")


def test_furniture_of_a_page_is_listed(tmp_path):
    article = one(write(tmp_path, page()))
    kinds = {cut.kind for cut in article.cuts}
    assert kinds >= {
        CutKind.COMMENT_FORM,
        CutKind.LEGAL,
        CutKind.THEME_ADVERT,
        CutKind.READ_ALSO,
    }
    assert any(cut.text.startswith("Plover is a next") for cut in article.cuts)


def test_lines_of_the_source_are_no_lines_of_the_text(tmp_path):
    wrapped = PARAGRAPHS.replace(" the ", "\n    the\n")
    article = one(write(tmp_path, page(body=f"<article><h1>{TITLE}</h1>{wrapped}</article>")))
    assert article.text == BODY


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (page(body="<nav>Home</nav>"), Reason.FURNITURE_ONLY),
        (page(body="<div id='root'></div><script>load()</script>", tail=""), Reason.FURNITURE_ONLY),
        ("<html></html>", Reason.FURNITURE_ONLY),
        ("<!doctype html>", Reason.FURNITURE_ONLY),
    ],
)
def test_a_page_without_an_article(tmp_path, text, reason):
    rejected = refused(write(tmp_path, text))
    assert rejected.reason is reason
    assert "copy" in rejected.detail


def test_marks_in_the_text_are_text(tmp_path):
    odd = f"{FIRST} It showed &lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; more &mdash; so it went."
    article = one(write(tmp_path, page(body=f"<article><p>{odd}</p>{PARAGRAPHS}</article>")))
    assert "<script>alert(1)</script>" in article.text
    assert "more — so it went." in article.text


def test_scripts_styles_and_handlers_are_no_text(tmp_path):
    body = (
        f"<article onload='alert(1)'><style>p{{}}</style><p>{FIRST}</p><script>alert('{SECOND}')"
        f"</script><svg><text>vector</text></svg><p onclick=x()>{THIRD}</p>"
        "<img src='data:image/png;base64,AAAA'><iframe srcdoc='<p>frame</p>'></iframe></article>"
    )
    article = one(write(tmp_path, page(body=body)))
    assert article.text == f"{FIRST}\n\n{THIRD}"


def test_pages_of_too_many_elements_give_their_sentences():
    config = ReadConfig(max_page_elements=10)
    found = read_page(Raw(html=page()), config)
    assert found.text == BODY
    assert found.extractor == "retold-page"
    assert "No article was marked" in found.remarks[0]


def test_pages_too_large_are_refused(tmp_path):
    path = write(tmp_path, page(body=PARAGRAPHS * 200))
    assert refused(path, max_page_bytes=10_000).reason is Reason.TOO_LARGE
    scripts = f"<script>{'x' * 30_000}</script><img src='data:image/png;base64,{'A' * 30_000}'>"
    assert one(write(tmp_path, page(tail=scripts)), max_page_bytes=10_000).text == BODY


def test_fields_of_the_record_win_over_the_page(tmp_path):
    path = tmp_path / "a.jsonl"
    head = f"<title>Other</title><script type='application/ld+json'>{json.dumps(LINKED)}</script>"
    path.write_text(json.dumps({"html": page(head), "title": "Given", "date": "2031-02-01"}))
    article = one(path)
    assert (article.title, article.outlet) == ("Given", "Tarn Post")
    assert (article.published, article.published_source) == (
        datetime(2031, 2, 1, tzinfo=UTC),
        "date",
    )


def test_fragments_are_all_text():
    assert fragment_text("<p>One <b>two</b></p><p>three<br>four</p>five") == (
        "One two\n\nthree\n\nfour\n\nfive"
    )
    assert fragment_text("plain & simple") == "plain & simple"
    assert fragment_text("") == ""


@pytest.mark.parametrize(
    "linked", ["{", "[[[[", "null", "5", '"x"', '{"@type": 5}', '{"@graph": {"@type": "Article"}}', "[" * 50_000]
)  # fmt: skip
def test_broken_linked_data_is_survived(tmp_path, linked):
    head = f"<script type='application/ld+json'>{linked}</script>"
    assert one(write(tmp_path, page(head))).text == BODY


@pytest.mark.parametrize("depth", [100, 300, 5000])
@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "table", "ul"])
def test_deep_nesting_is_survived(tmp_path, tag, depth):
    body = f"<{tag}>" * depth + PARAGRAPHS + f"</{tag}>" * depth
    config = ReadConfig()
    found = read_page(Raw(html=page(body=body)), config)
    assert isinstance(found.text, str)


@pytest.mark.parametrize(
    "piece",
    ["<script>", "<script ", "<svg/>", "<!--", "<", "&", "&lt;", "data:", "data:a/b;base64,", "<![CDATA[", "<a b='", "</p>",
     "<p>word. ", "<a href=x>y</a>", "<li>word word", "<meta name=author content=x>", "<title>", "<td>", "<noscript>", "]]>", "<?x "],
)  # fmt: skip
def test_a_page_of_one_piece_repeated_is_survived(piece):
    body = piece * (200_000 // len(piece))
    found = read_page(Raw(html=page(body=body + PARAGRAPHS)), ReadConfig())
    assert isinstance(found.text, str)
