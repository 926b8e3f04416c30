"""Five real articles, where they lie beside the checkout."""

from tests.read.pieces import gather


def test_titles_and_furniture_of_the_seeds(seeds):
    articles, rejected = gather(*sorted(seeds.glob("00*.txt")))
    assert rejected == []
    assert [bool(a.title) for a in articles] == [True, True, False, True, True]
    assert [len(a.cuts) for a in articles] == [0, 0, 0, 0, 2]
    assert [str(cut.kind) for cut in articles[4].cuts] == ["comment-form", "theme-advert"]
    for article in articles:
        assert article.language == "en"
        assert article.title not in article.text or not article.title
        assert "WordPress" not in article.text
        assert "email address" not in article.text
    assert len(articles[2].text.split("\n\n")) == 25
